/* The splits of a comparison: what is trained on and what is held out.
   Private to the study.  */
#ifndef BD_STUDY_HELD_H
#define BD_STUDY_HELD_H

#include "compare.h"

typedef struct
{
  const bd_dataset *train, *test;
  bd_dataset *own[2]; /* what was copied for it */
} bd_held;

/* Set the number of splits of C and their ratio.  */
void bd_held_count (bd_comparison *c);

/* Split J of C into H, which bd_held_give releases in any case; GSL_ENOMEM. */
int bd_held_take (const bd_comparison *c, size_t j, bd_held *h);
void bd_held_give (bd_held *h);

#endif
