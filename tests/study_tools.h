/* What the tests of comparisons share.  */
#ifndef STUDY_TOOLS_H
#define STUDY_TOOLS_H

#include "study/compare.h"

#define STUDY_ROWS 40

/* Few members, so that two comparisons take seconds: powers of two, so that
   the last point of a growth curve is the whole ensemble.  */
bd_compare_options study_small (int threads);

/* Check that COUNT numbers have the same bits, or are absent in both.  */
void same_numbers (const double *a, const double *b, size_t count);

/* The same for all that is in an answer but its seconds.  */
void same_answer (const bd_answer *a, const bd_answer *b);

#endif
