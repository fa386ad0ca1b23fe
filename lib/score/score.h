/* Scores of predictions, and differences between methods.

   A predictive distribution is N (mean_i, sd_i^2) here; every score is in the
   units of the response.  */
#ifndef BD_SCORE_SCORE_H
#define BD_SCORE_SCORE_H

#include <stddef.h>

/* Mean over i of the negative log density of N (mean_i, sd_i^2) at y_i.  */
double bd_score_nll (const double y[], const double mean[], const double sd[],
                     size_t n);

/* Mean continuous ranked probability score of N (mean_i, sd_i^2):
   s [z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi)]  (Gneiting & Raftery 2007).
   The absolute error where sd_i is 0.  */
double bd_score_crps (const double y[], const double mean[], const double sd[],
                      size_t n);

/* Share of y_i inside mean_i -+ z sd_i, z the normal quantile of the central
   LEVEL, and the mean width of these intervals.  */
double bd_score_cover (const double y[], const double mean[],
                       const double sd[], size_t n, double level);
double bd_score_width (const double sd[], size_t n, double level);

/* Mean over i of the negative log density at y_i of the equal mixture of
   N (t_bi, SD^2), T (B x n) holding members as rows, by the logarithm of a sum
   of exponentials (Gal & Ghahramani 2016).  A member with a value that is not
   a number is left out; NaN without members.  Another number than bd_score_nll
   of the mixture's mean and variance.  */
double bd_score_nll_mixture (const double y[], const double T[], size_t B,
                             size_t n, double sd);

/* The standard deviation SD that makes that density greatest, from the points
   that the members were not trained on.  Not the noise of bd_score_noise:
   where members are few or far off, the mixture needs more.  Between a
   thousandth of the root mean squared error of the members and twice it; NaN
   without members.  */
double bd_score_noise_mixture (const double y[], const double T[], size_t B,
                               size_t n);

/* Mean squared error.  */
double bd_score_mse (const double y[], const double mean[], size_t n);

/* Variance s^2 of the noise that makes N (0, s^2 + v_i) most likely for the
   residuals R_i; V holds the variances v_i of the predictions.  Never below
   1e-6 of the mean squared residual.  NaN without residuals.  */
double bd_score_noise (const double r[], const double v[], size_t n);

typedef struct
{
  double mean, se, lo, hi; /* mean, its standard error, 95 % limits */
} bd_interval;

/* Mean over J splits of x_j with the variance corrected for training sets
   that overlap: var = (1/J + RATIO) s^2, Student's t with J - 1 degrees of
   freedom; RATIO is test rows / training rows (Nadeau & Bengio 2003).  With
   J < 2 only the mean is known.  */
bd_interval bd_score_splits (const double x[], size_t J, double ratio);

#endif
