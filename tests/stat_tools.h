/* Fitters of one number, a statistic of the weighted response that they
   predict at every point: for tests of what is made of members.  */
#ifndef STAT_TOOLS_H
#define STAT_TOOLS_H

#include "fitter/fitter.h"

/* Weights that sum to 0 cannot be fitted.  The mean takes other responses; the
   median is the lower one where half the weight is reached exactly.  */
extern const bd_fitter_type stat_mean, stat_median, stat_maximum;

#endif
