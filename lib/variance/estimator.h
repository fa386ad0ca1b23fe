/* The estimators of the variance of an ensemble's mean, by name.

   All of them are signed: what is unbiased falls below 0 now and then when the
   variance is small.  bd_variance_positive makes a number to show of one.  */
#ifndef BD_VARIANCE_ESTIMATOR_H
#define BD_VARIANCE_ESTIMATOR_H

#include "moments.h"

typedef struct
{
  const char *name, *help;
  bool apart; /* needs moments whose `apart' is true */

  /* V[0 .. a->mc - 1]; SE, if not NULL, the Monte Carlo standard error.
     FACTOR is that of the resampling for the infinitesimal jackknife.  NaN
     where it cannot be estimated.  */
  void (*estimate) (const bd_moments *a, double factor, double V[],
                    double se[]);
} bd_estimator;

extern const bd_estimator *const bd_estimators[]; /* ends with NULL */
#define BD_ESTIMATORS 5

/* The estimator called NAME, or NULL.  */
const bd_estimator *bd_estimator_find (const char *name);

#endif
