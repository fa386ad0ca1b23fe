/* Dropout by propagation of means and variances: an approximation at the cost
   of a few forward passes, for any depth, mask law and unit.

   Each unit's input is taken for Gaussian and the units of a layer for
   independent.  Exact for one hidden layer with a real output and no input
   dropout, and for linear units of one layer with input dropout.

   Reference: S. Wang, C. D. Manning, "Fast dropout training", ICML 2013.  */
#ifndef BD_NET_PROPAGATE_H
#define BD_NET_PROPAGATE_H

#include <stddef.h>

#include "../base/error.h"
#include "exact.h"
#include "model.h"

/* Mean and variance of a unit's value for a Gaussian input with mean MU and
   standard deviation SD >= 0.  relu, linear: exact.  The others: the
   trapezoidal rule over 7.5 standard deviations with a step that shrinks like
   1 / sd; absolute error below 1e-10 up to sd = 50, below 1e-3 beyond (NaN
   for sd < 0 or NaN).  */
void bd_unit_moments (const bd_unit *unit, double mu, double sd, double *mean,
                      double *variance);

/* Mean and variance (m each; either may be NULL) of the prediction at M
   standardised points, in the response's units.  Factors are independent with
   mean 1 and variance q / (1 - q).

   "real": of the output.  "gaussian": of the mean that it states; NOISE (m,
   or NULL) receives the mean of its variance, that of a log-normal variable.
   "logistic": the mean probability logistic (mu / sqrt (1 + pi s^2 / 8)), and
   as VARIANCE that of the log odds, s^2.  NOISE is NaN for outputs that state
   none.  GSL_EINVAL with a sentence for "softmax", GSL_ENOMEM.  */
int bd_propagate (const bd_net_model *model, const bd_rates *rates, size_t m,
                  const double Z[], double mean[], double variance[],
                  double noise[], bd_error *err);

#endif
