#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "growth.h"

/* MSE of the mean of COUNT kept members from FIRST on; SUM is work space.  */
static double
group_mse (const bd_answer *a, const double y[], size_t first, size_t count,
           double sum[])
{
  size_t points = a->keep_points;
  double mse = 0;

  memset (sum, 0, points * sizeof *sum);
  for (size_t b = first; b < first + count; b++)
    for (size_t j = 0; j < points; j++)
      sum[j] += a->keep[b * points + j];
  for (size_t j = 0; j < points; j++)
    mse += gsl_pow_2 (sum[j] / (double)count - y[j]) / (double)points;
  return mse;
}

int
bd_grow (const bd_answer *a, const double y[], double growth[BD_STEPS])
{
  double *sum = calloc (a->keep_points + 1, sizeof *sum);

  if (!sum)
    return GSL_ENOMEM;
  for (size_t k = 0; k < BD_STEPS; k++)
    {
      size_t size = (size_t)1 << k, groups = 0;
      double total = 0;
      for (size_t b = 0; b + size <= a->kept; b += size)
        {
          double mse = group_mse (a, y, b, size, sum);
          total += gsl_isnan (mse) ? 0 : mse;
          groups += !gsl_isnan (mse);
        }
      growth[k] = groups ? total / (double)groups : GSL_NAN;
    }
  free (sum);
  return GSL_SUCCESS;
}
