/* Simultaneous bands: mean -+ c sd at all points at once.

   For a normal process whose covariance is that of the influences, c is the
   quantile of max_j |Z (x_j)| / sd (x_j) ("sup-t"), found by drawing
   Z (x_j) = sum_i L_i (x_j) g_i with g_i standard normal.

   Reference: J. L. Montiel Olea, M. Plagborg-Moller, "Simultaneous confidence
   bands: theory, implementation, and an application to SVARs", J. Appl.
   Econometrics 34 (2019).

   Few members blur the influences by noise that is correlated like the members
   between points; where that is less than the mean's correlation, c is too
   large.  Normal limits are used: with few units (rows, groups) bands are a
   little too narrow, as those of one point are.  */
#ifndef BD_VARIANCE_BANDS_H
#define BD_VARIANCE_BANDS_H

#include <stdint.h>

#include "influence.h"

typedef struct
{
  double level;     /* of the band */
  double pointwise; /* the c of one point: 1.645 for level 0.9 */
  double c;         /* for all points at once; NaN where no point has a
                       variance, or one is not known */
  double error;     /* its Monte Carlo standard error, by the binomial limits
                       of the order statistic */
  size_t points;    /* points that have a variance */
  size_t draws;
} bd_band;

/* The band of LEVEL in (0, 1) at the points of F.  DRAWS 0: 10000, or as many
   as take some 4e10 operations, at least 1000.  SEED: the run's; draws have a
   lane of their own.  GSL_EINVAL, GSL_ENOMEM.  */
int bd_band_find (const bd_influence *f, double level, size_t draws,
                  uint64_t seed, bd_band *band);

#endif
