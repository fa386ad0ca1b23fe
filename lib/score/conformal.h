/* Intervals for a new observation from residuals of rows that a fit had not
   seen: conformal prediction.  Plain arrays; nothing here knows what was
   fitted.

   ALPHA is one minus the level.  The limits are order statistics: the
   floor (alpha (n + 1))-th smallest of n numbers below and the
   ceil ((1 - alpha) (n + 1))-th smallest above, -inf and inf when there is no
   such number.

   References: R. F. Barber, E. J. Candes, A. Ramdas, R. J. Tibshirani,
   "Predictive inference with the jackknife+", Annals of Statistics 49 (2021)
   for jackknife+ and CV+; B. Kim, C. Xu, R. F. Barber, "Predictive inference
   is free with the jackknife+-after-bootstrap", NeurIPS 2020; J. Lei, M.
   G'Sell, A. Rinaldo, R. J. Tibshirani, L. Wasserman, "Distribution-free
   predictive inference for regression", JASA 113 (2018) for split and locally
   scaled intervals; H. Zhang, J. Zimmerman, D. Nettleton, D. J. Nordman,
   "Random forest prediction intervals", The American Statistician 74 (2020)
   for out-of-bag residuals.  */
#ifndef BD_SCORE_CONFORMAL_H
#define BD_SCORE_CONFORMAL_H

#include <stddef.h>

typedef struct
{
  double lo, hi;
} bd_limits;

/* floor (alpha (n + 1)), 0 .. n + 1, for 0 <= ALPHA <= 1; a product that is
   whole but for rounding counts as whole, so that 1 - .9 means .1.  The rank
   of the other end is n + 1 less this one.  */
size_t bd_conformal_rank (double alpha, size_t n);

/* The least number of rows whose limits are finite: bd_conformal_rank is 1
   then.  */
size_t bd_conformal_rows (double alpha);

/* The K-th smallest, from 1, of X, whose order changes; -inf for K = 0 and
   inf for K > N.  Infinite values are fine, NaN is not.  */
double bd_conformal_smallest (double x[], size_t n, size_t k);

/* Limits at one point from n rows: MU_i is the prediction there without row
   i, R_i >= 0 how far row i was from its own prediction without it, in units
   of SCALE_i, which is the spread at this point without row i (NULL: 1).
   Jackknife+, J+aB and, with the same MU for all rows of a part, CV+.
   SCRATCH: n places.  */
bd_limits bd_conformal_plus (size_t n, const double mu[], const double r[],
                             const double scale[], double alpha,
                             double scratch[]);

/* Split: the ceil ((1 - alpha) (n + 1))-th smallest of the scores R_i >= 0,
   by which an interval goes to both sides.  SCRATCH: n places.  */
double bd_conformal_split (size_t n, const double r[], double alpha,
                           double scratch[]);

/* Limits of signed residuals E_i, half of ALPHA on each side.  SCRATCH: n
   places.  */
bd_limits bd_conformal_signed (size_t n, const double e[], double alpha,
                               double scratch[]);

/* What is promised, for rows that could have come in any order: CV+ with K
   parts of n rows (Barber et al. 2021, theorem 4); K = n is jackknife+,
   1 - 2 alpha.  Not below 0.  */
double bd_conformal_promise (double alpha, size_t n, size_t K);

#endif
