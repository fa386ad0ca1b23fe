/* Whether a predictive standard deviation is right.

   References: C. J. Clopper, E. S. Pearson, "The use of confidence or fiducial
   limits illustrated in the case of the binomial", Biometrika 26 (1934);
   V. Kuleshov, N. Fenner, S. Ermon, "Accurate uncertainties for deep learning
   using calibrated regression", ICML 2018; D. Levi, L. Gispan, N. Giladi, E.
   Fetaya, "Evaluating and calibrating uncertainty prediction in regression
   tasks", Sensors 22 (2022).  */
#ifndef BD_SCORE_COVERAGE_H
#define BD_SCORE_COVERAGE_H

#include "forecast.h"

/* Exact limits (Clopper & Pearson) of the chance of which HITS of N came, at
   LEVEL; NaN for N = 0.  */
void bd_binomial_limits (size_t hits, size_t n, double level, double *lo,
                         double *hi);

/* Share of the rows of F whose y lies in the central interval of N (mean_i,
   sd_i^2) at each of COUNT levels.  NaN where a number is missing.
   GSL_ENOMEM.  */
int bd_calibration_curve (const bd_forecast *f, const double level[],
                          size_t count, double cover[]);

/* One part of the rows, in the order of their sd.  */
typedef struct
{
  size_t rows;
  double sd;               /* root of the mean sd^2 */
  double rmse;             /* of the mean */
  double cover, low, high; /* of the intervals, with 95 % limits */
} bd_sd_bin;

#define BD_BINS 10

/* Bins that the rows of F are cut into: 10, or fewer so that each has 10 rows,
   at least one.  */
size_t bd_sd_bin_count (const bd_forecast *f);

/* Cut the rows of F into COUNT parts of equal size (as far as they go) by
   their sd; of equal ones the first row is first.  NaN where a number is
   missing.  GSL_ENOMEM.  */
int bd_sd_bins (const bd_forecast *f, size_t count, bd_sd_bin bin[]);

#endif
