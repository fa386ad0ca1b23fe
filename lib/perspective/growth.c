#include <config.h>

#include <gsl/gsl_math.h>

#include "growth.h"

/* Mean squared error of the mean of COUNT predictions.  */
static double
error_of_mean (const double t[], size_t count, const gsl_vector *y,
               double room[])
{
  size_t m = y->size;
  double sum = 0;

  for (size_t i = 0; i < m; i++)
    room[i] = 0;
  for (size_t b = 0; b < count; b++)
    for (size_t i = 0; i < m; i++)
      room[i] += t[b * m + i] / (double)count;
  for (size_t i = 0; i < m; i++)
    sum += gsl_pow_2 (room[i] - gsl_vector_get (y, i));
  return sum / (double)m;
}

void
bd_growth (const double t[], size_t count, const gsl_vector *y, double room[],
           double error[BD_GROWTH_STEPS])
{
  for (size_t k = 0, M = 1; k < BD_GROWTH_STEPS; k++, M *= 2)
    {
      size_t groups = count / M;
      error[k] = groups ? 0 : GSL_NAN;
      for (size_t g = 0; g < groups; g++)
        error[k] += error_of_mean (t + g * M * y->size, M, y, room)
                    / (double)groups;
    }
}

void
bd_growth_law (const double t[], size_t count, const gsl_vector *y, double *c,
               double *w)
{
  size_t m = y->size;

  *c = *w = 0;
  for (size_t i = 0; i < m; i++)
    {
      double mean = 0, ss = 0;
      for (size_t b = 0; b < count; b++)
        mean += t[b * m + i] / (double)count;
      for (size_t b = 0; b < count; b++)
        ss += gsl_pow_2 (t[b * m + i] - mean);
      *w += ss / (double)(count - 1) / (double)m;
      *c += gsl_pow_2 (mean - gsl_vector_get (y, i)) / (double)m;
    }
  *c -= *w / (double)count;
}
