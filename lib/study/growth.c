#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "growth.h"

/* The mean loss of the mean of COUNT kept members from FIRST on; SUM is work
   space.  */
static double
group_loss (const bd_answer *a, const bd_response_type *type, const double y[],
            size_t first, size_t count, double sum[])
{
  size_t points = a->keep_points, wide = points * a->places;
  double loss = 0;

  memset (sum, 0, wide * sizeof *sum);
  for (size_t b = first; b < first + count; b++)
    for (size_t j = 0; j < wide; j++)
      sum[j] += a->keep[b * wide + j];
  for (size_t j = 0; j < wide; j++)
    sum[j] /= (double)count;
  for (size_t j = 0; j < points; j++)
    loss += type->lost (a->places, sum + j * a->places, y[j]) / (double)points;
  return loss;
}

int
bd_grow (const bd_answer *a, const bd_response_type *type, const double y[],
         double growth[BD_STEPS])
{
  double *sum = calloc (a->keep_points * a->places + 1, sizeof *sum);

  if (!sum)
    return GSL_ENOMEM;
  for (size_t k = 0; k < BD_STEPS; k++)
    {
      size_t size = (size_t)1 << k, groups = 0;
      double total = 0;
      for (size_t b = 0; b + size <= a->kept; b += size)
        {
          double loss = group_loss (a, type, y, b, size, sum);
          total += gsl_isnan (loss) ? 0 : loss;
          groups += !gsl_isnan (loss);
        }
      growth[k] = groups ? total / (double)groups : GSL_NAN;
    }
  free (sum);
  return GSL_SUCCESS;
}
