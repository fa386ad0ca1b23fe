/* The data of one repetition.  Private to the room.  */
#ifndef BD_PERSPECTIVE_REPETITION_H
#define BD_PERSPECTIVE_REPETITION_H

#include "perspective.h"

#define BD_TEST_ROWS 500 /* most rows that are tested on */

typedef struct bd_repetition
{
  const bd_perspective_options *o;
  size_t number;
  uint64_t seed; /* all that is random in it comes from here */
  bd_dataset *train;
  bd_dataset *test; /* its response is free of noise if it is simulated */
} bd_repetition;

/* Rows of the training and the test part for these options, and the ratio of
   Nadeau and Bengio.  */
void bd_repetition_rows (const bd_perspective_options *o, size_t *train,
                         size_t *test, double *ratio);

/* Repetition NUMBER, from 0; all experiments see the same data in it.
   GSL_ENOMEM; free it in any case.  */
int bd_repetition_make (bd_repetition *r, const bd_perspective_options *o,
                        size_t number);
void bd_repetition_free (bd_repetition *r);

/* Another training set like that of R, number K from 1: a new draw of the
   scenario, or for a table a random half of the training rows.  NULL: no
   memory.  The caller frees.  */
bd_dataset *bd_repetition_like (const bd_repetition *r, size_t k);

#endif
