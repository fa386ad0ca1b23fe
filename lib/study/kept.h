/* Results on splits that go into a store and come back from it.  Private to
   the study.  */
#ifndef BD_STUDY_KEPT_H
#define BD_STUDY_KEPT_H

#include "compare.h"

/* Take the result of method K on split R, of ROWS test rows, from the store of
   C into its place; false if there is none.  */
bool bd_kept_recall (bd_comparison *c, size_t k, size_t r, size_t rows);

/* Give the result of method K on split R to the store of C, if it has one.  */
int bd_kept_keep (const bd_comparison *c, size_t k, size_t r, bd_error *err);

#endif
