/* Statistics of seven rows over all 7^7 sequences of draws, in long double and
   without weights: what a bag of all resamples has to be.  */
#ifndef EXACT_TOOLS_H
#define EXACT_TOOLS_H

#include <stdbool.h>
#include <stddef.h>

#define ROWS 7
#define SEQUENCES 823543 /* 7^7 */

extern const double exact_x[ROWS], exact_y[ROWS];

/* Fit to the rows drawn and predict at all rows; false: it cannot be done.  */
typedef bool brute_fit (const unsigned row[ROWS], long double t[ROWS]);

brute_fit brute_mean, brute_median, brute_maximum, brute_line;

/* Expectations over the sequences that can be fitted.  */
typedef struct
{
  long double used, mean[ROWS], v[ROWS], count[ROWS];
  long double C[ROWS][ROWS];                   /* row, point */
  long double left[ROWS], without[ROWS][ROWS]; /* sequences without the row */
} truth;

truth enumerate (brute_fit *fit);

/* Of point J: infinitesimal jackknife, jackknife after bootstrap.  */
double true_ij (const truth *a, size_t j);
double true_jab (const truth *a, size_t j);

/* Root mean squared error of the mean of the sequences without a row, at that
   row.  */
double true_oob (const truth *a);

/* Additive share of all points together.  */
double true_share (const truth *a);

#endif
