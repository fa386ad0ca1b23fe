/* Where the variance of a prediction comes from: the nested design.

   At one point f[r][s][m] is the prediction of member m = 1 .. M (a bag, a
   mask, a seed) of training s = 1 .. S on data set r = 1 .. R.  Data sets are
   independent; the trainings on one of them differ by nothing but chance, and
   so do the members of one training.  The mean squares of the balanced nested
   analysis of variance have the expectations

     MS_m: w      MS_s: w + M u      MS_D: w + M u + M S d

   for the variances w between members, u between trainings and d between data
   sets (Searle, Casella & McCulloch 1992, "Variance components", chapter 3).
   Solved for them they are unbiased and so may come out negative: they are
   never clipped.

   The error of what would be used, one training of an ensemble of M, is

     MSE = bias^2 + d + u + w / M + noise

   and with the squared bias freed of its own variance, (mean - truth)^2 less
   MS_D / (R S M), the left side is the mean of (f_rs. - truth)^2 over the R S
   ensembles themselves: parts and error agree to rounding.

   A level that is not there goes into the one above it: with M = 1 what
   trainings differ by is w + u, with S = 1 what data sets differ by is
   u + d.  */
#ifndef BD_VARIANCE_ANOVA_H
#define BD_VARIANCE_ANOVA_H

#include <stddef.h>

/* Mean MEAN of the M predictions of one training, STRIDE apart in F, and the
   sum SS of their squared distances from it.  */
void bd_anova_members (const double f[], size_t stride, size_t M, double *mean,
                       double *ss);

/* What one data set gives at one point.  */
typedef struct
{
  double mean;        /* of its S M predictions */
  double ss_training; /* sum over s of (f_s. - mean)^2 */
  double ss_member;   /* sum over s and m of (f_sm - f_s.)^2 */
} bd_anova_set;

/* From the means and sums of its S trainings, STRIDE apart.  */
void bd_anova_trainings (const double mean[], const double ss[], size_t stride,
                         size_t S, bd_anova_set *set);

typedef struct
{
  double mean;                   /* of all predictions */
  double mean_var;               /* variance of it: MS_D / (R S M) */
  double data, training, member; /* d, u, w; NaN: the level is not there */
} bd_anova;

/* Solve for the parts at one point from R data sets, all but set SKIP (R: all
   of them).  With one set left its part, and mean_var, are NaN.  */
void bd_anova_solve (const bd_anova_set set[], size_t R, size_t skip, size_t S,
                     size_t M, bd_anova *a);

/* The parts of the mean squared error of an ensemble of M members.  */
typedef struct
{
  double bias2, data, training, member; /* w / M; NaN: no such level */
  double noise;
} bd_error_parts;

#define BD_ERROR_PARTS 5 /* numbers in bd_error_parts, in this order */

/* The parts at one point.  TRUTH is the noise-free response there and NOISE
   the variance of the noise; or TRUTH is an observed response that no data
   set contained and NOISE is NaN: the bias then contains the noise, as only
   their sum can be known.

   Data sets that share rows, drawn without replacement from a larger table,
   vary too little: MORE >= 1 is what their part is multiplied by, 1 / (1 - m
   / n) for m of n rows; what this adds was in the bias.  1: data sets are
   independent.  */
void bd_anova_parts (const bd_anova *a, size_t M, double truth, double noise,
                     double more, bd_error_parts *to);

/* Their sum; levels that are not there count 0.  NaN when the squared bias or
   the data part is: with one data set.  */
double bd_error_parts_sum (const bd_error_parts *p);

/* The jackknife's standard error over data sets of a number whose value
   without set r is LEFT[r]: sqrt ((R - 1) / R sum (left_r - mean)^2).  NaN
   for R < 3, where a set less would leave none or one.  */
double bd_anova_jackknife (const double left[], size_t R);

#endif
