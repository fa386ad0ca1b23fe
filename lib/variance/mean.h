/* How sure the mean of an ensemble is: at every point the steady infinitesimal
   jackknife or, for members in little bags, these; and what follows from it.
   V and SE hold a->m values each; those of the functions below the first come
   from it.  FACTOR is that of the resampling for the estimator.  */
#ifndef BD_VARIANCE_MEAN_H
#define BD_VARIANCE_MEAN_H

#include "moments.h"

/* V: variance of the mean, by bd_variance_ij_steady at the first a->mc points
   and as their common share of the member variance behind them; NaN without
   co-moments.  SE, the first a->mc: Monte Carlo error of the estimate before
   it was steadied.  Returns the additive share, NaN for little bags.  */
double bd_variance_mean (const bd_moments *a, double factor, double V[],
                         double se[]);

/* What of the member variance is that of the mean, over the points with
   co-moments; all of it where that is not known.  */
double bd_variance_mean_share (const bd_moments *a, const double V[]);

/* Monte Carlo error of the standard deviations sqrt (V), relative, over the
   points with co-moments.  */
double bd_variance_mean_error (const bd_moments *a, const double V[],
                               const double se[]);

/* Members that would make that error TARGET: by bd_variance_members, or for
   little bags from the error that there is.  */
uint64_t bd_variance_mean_members (const bd_moments *a, double factor,
                                   const double V[], const double se[],
                                   double target);

/* Standard deviations of the first M points: between members, of the mean, and
   the Monte Carlo error of that; NaN what is not known.  */
void bd_variance_sd (const bd_moments *a, size_t m, const double V[],
                     const double se[], double sd_member[], double sd_mean[],
                     double sd_error[]);

#endif
