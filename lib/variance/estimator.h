/* The estimators of the variance of an ensemble's mean, by name.

   All of them are signed: what is unbiased falls below 0 now and then when the
   variance is small.  bd_variance_positive makes a number to show of one.  */
#ifndef BD_VARIANCE_ESTIMATOR_H
#define BD_VARIANCE_ESTIMATOR_H

#include "moments.h"

typedef struct
{
  const char *name, *help;
  const char *target; /* what a column of it is an estimate of */
  bool apart, split;  /* needs moments in which these are true */
  bool little;        /* is for resampling in little bags, and only for it */

  /* V[0 .. a->mc - 1]; SE, if not NULL, the Monte Carlo standard error.
     FACTOR is that of the resampling, for the infinitesimal jackknife or for
     little bags.  NaN where it cannot be estimated, or if FACTOR is NaN.  */
  void (*estimate) (const bd_moments *a, double factor, double V[],
                    double se[]);
} bd_estimator;

extern const bd_estimator *const bd_estimators[]; /* ends with NULL */
#define BD_ESTIMATORS 7

/* The estimator called NAME, or NULL.  */
const bd_estimator *bd_estimator_find (const char *name);

#endif
