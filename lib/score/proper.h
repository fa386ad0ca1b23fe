/* Proper scores of one forecast and one observation.  Less is better; the
   units are those of the response but for the negative log density.
   Reference: T. Gneiting, A. E. Raftery, "Strictly proper scoring rules,
   prediction, and estimation", JASA 102 (2007).  */
#ifndef BD_SCORE_PROPER_H
#define BD_SCORE_PROPER_H

#include <stdbool.h>
#include <stddef.h>

/* Negative log density of N (mean, sd^2) at Y.  */
double bd_nll_normal (double y, double mean, double sd);

/* Continuous ranked probability score of N (mean, sd^2):
   s [z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi)], the absolute error where sd
   is 0.  */
double bd_crps_normal (double y, double mean, double sd);

/* The same of B members, which come in ascending order:
   mean |t_b - y| - sum_bb' |t_b - t_b'| / (2 D), where D = B^2, or for the
   FAIR score B (B - 1), whose expectation does not depend on B (C. A. T.
   Ferro, "Fair scores for ensemble forecasts", QJRMS 140 (2014)); fair and
   B = 1: NaN.  */
double bd_crps_members (double y, const double sorted[], size_t B, bool fair);

/* Score of the interval [lo, hi] of LEVEL = 1 - alpha: its width, and 2/alpha
   times how far Y lies outside.  */
double bd_interval_score (double y, double lo, double hi, double level);

/* Loss of Q as the quantile of order TAU: (tau - 1{y < q}) (y - q).  */
double bd_pinball (double y, double q, double tau);

#endif
