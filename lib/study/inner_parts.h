/* The parts inside the training rows of a method.  Private to the study.  */
#ifndef BD_STUDY_INNER_PARTS_H
#define BD_STUDY_INNER_PARTS_H

#include <stdint.h>

#include "../base/knob.h"
#include "../data/split.h"

typedef struct
{
  bd_split **split;
  size_t parts;  /* splits */
  size_t *place; /* of each row that some split holds out among those: 0 ..
                    held - 1 */
  size_t held;
} bd_inner_parts;

/* Parts of N rows: FOLDS by chance, from SEED (bd_split_fold); where LABELS
   are groups, which stay whole, at most as many as there are groups; where
   they are times, one, which holds the latest rows out, about one in FOLDS.
   LABELS NULL, or of one level only: by chance.  GSL_ENOMEM; free in any case.
 */
int bd_inner_parts_make (bd_inner_parts *a, size_t n, size_t folds,
                         uint64_t seed, const bd_row_labels *labels);
void bd_inner_parts_free (bd_inner_parts *a);

#endif
