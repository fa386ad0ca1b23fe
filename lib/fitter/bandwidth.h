/* Private to the kernel smoother: its bandwidth from the data.  */
#ifndef BD_FITTER_BANDWIDTH_H
#define BD_FITTER_BANDWIDTH_H

#include "place.h"

/* Bandwidth H of a Gaussian kernel over the places S that minimises, to
   a few percent, the sum of squared leave-one-out residuals, between 1/2000
   and 8 (the unit of the places: one standard deviation); the larger one of
   equals.  With many rows the sum is over evenly spaced ones only (about a
   million pairs). GSL_ENOMEM when memory is short.  */
int bd_kernel_bandwidth (const bd_places *s, double *h);

#endif
