/* The splits of a comparison: what is trained on and what is held out.
   Private to the study.  */
#ifndef BD_STUDY_HELD_H
#define BD_STUDY_HELD_H

#include "compare.h"

typedef struct
{
  const bd_dataset *train, *test;
  bd_row_labels labels; /* of the rows to train on; without levels: none */
  bd_dataset *own[2];   /* what was copied for it */
} bd_held;

/* Set the number of splits of C and their ratio; for classes make the folds.
   GSL_EINVAL and a sentence when a class has too few rows for them,
   GSL_ENOMEM.  */
int bd_held_count (bd_comparison *c, bd_error *err);

/* GSL_EINVAL and a sentence when a class of the rows held out is in none of
   the rows that some split trains on; GSL_ENOMEM.  */
int bd_held_check (const bd_comparison *c, bd_error *err);

/* Split J of C into H, which bd_held_give releases in any case; GSL_ENOMEM. */
int bd_held_take (const bd_comparison *c, size_t j, bd_held *h);
void bd_held_give (bd_held *h);

#endif
