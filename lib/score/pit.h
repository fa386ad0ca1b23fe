/* Probability integral transforms u = F (y): uniform on [0, 1] when the
   forecasts are right.

   References: T. Gneiting, F. Balabdaoui, A. E. Raftery, "Probabilistic
   forecasts, calibration and sharpness", JRSS B 69 (2007); T. M. Hamill,
   "Interpretation of rank histograms for verifying ensemble forecasts",
   Monthly Weather Review 129 (2001).  */
#ifndef BD_SCORE_PIT_H
#define BD_SCORE_PIT_H

#include <gsl/gsl_rng.h>

#include "forecast.h"

/* Phi ((y_i - mean_i) / sd_i) of each row; NaN where a number is missing.  */
void bd_pit_normal (const bd_forecast *f, double u[]);

/* (rank of y_i among the members + U) / (B + 1), U uniform from R and the rank
   of equal values drawn at random.  A histogram of B + 1 bins is the rank
   histogram.  */
void bd_pit_members (const bd_forecast *f, gsl_rng *r, double u[]);

/* How many of N values fall in each of BINS equal parts of [0, 1]; what is not
   a number falls in none.  */
void bd_pit_histogram (const double u[], size_t n, size_t bins,
                       size_t count[]);

/* Counts between which a bin of BINS stays with a chance of LEVEL at least
   when N values are uniform (binomial quantiles; each bin by itself).  */
void bd_pit_band (size_t n, size_t bins, double level, size_t *lo, size_t *hi);

/* Largest distance between the distribution of N values and the uniform one
   (Kolmogorov & Smirnov); the chance of a larger one under uniformity goes to
   P, if not NULL (M. A. Stephens, JRSS B 32 (1970)).  NaN if a value is.
   GSL_ENOMEM.  */
int bd_pit_ks (const double u[], size_t n, double *distance, double *p);

/* Pearson's chi-square of a histogram against equal counts, and the chance of
   a larger one (BINS - 1 degrees of freedom; good for five in a bin or
   more).  */
double bd_pit_chi2 (const size_t count[], size_t bins, double *p);

#endif
