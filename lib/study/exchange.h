/* What a method is worth in bagged networks.  Private to the study.  */
#ifndef BD_STUDY_EXCHANGE_H
#define BD_STUDY_EXCHANGE_H

#include "compare.h"

/* Mean CRPS at y of N (mean_i, v_i + s^2), the noise s^2 of every other row
   being the one that makes the rows between them most likely.  V NULL or a
   variance that is not a number: 0.  ROOM: 2 n places.  NaN for less than 4
   rows.  */
double bd_recalibrated_crps (const double y[], const double mean[],
                             const double v[], size_t n, double room[]);

/* For a method of networks fill OUT->recalibrated with the same of its answer
   A at the first points, BD_GROWN at most, where members are kept; for a bag
   of them OUT->exchange with that of bd_exchange_size members, averaged over
   disjoint groups (32 at most); their variance has the divisor of a mixture.
   NaN elsewhere. GSL_ENOMEM.  */
int bd_exchange_scores (const bd_method *method, const bd_answer *a,
                        const double y[], bd_fold_result *out);

/* The K-th number of members out of KEPT: 1, 2, 4 ... and then all; 0 beyond
   that.  */
size_t bd_exchange_size (size_t k, size_t kept);

/* What row ROW is worth in members of row BAG.  */
bd_equivalent bd_exchange_of (const bd_comparison *c,
                              const bd_compare_row *row,
                              const bd_compare_row *bag);

#endif
