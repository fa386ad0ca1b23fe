#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "jackknife.h"

double
bd_jackknife_se (size_t G, const double theta[])
{
  double mean = 0, sum = 0;

  if (G < 2)
    return GSL_NAN;
  for (size_t g = 0; g < G; g++)
    mean += theta[g] / (double)G;
  for (size_t g = 0; g < G; g++)
    sum += gsl_pow_2 (theta[g] - mean);
  return gsl_finite (sum) ? sqrt (sum * (double)(G - 1) / (double)G) : GSL_NAN;
}

int
bd_jackknife (size_t B, size_t G,
              double (*statistic) (void *params, const bool use[], size_t B),
              void *params, double *se)
{
  size_t groups = GSL_MIN (G, B);
  double *theta = bd_array (groups, 1);
  bool *use = malloc (GSL_MAX (B, 1) * sizeof *use);
  int code = theta && use ? GSL_SUCCESS : GSL_ENOMEM;

  *se = GSL_NAN;
  for (size_t g = 0; !code && g < groups; g++)
    {
      for (size_t b = 0; b < B; b++)
        use[b] = b % groups != g;
      theta[g] = statistic (params, use, B);
    }
  if (!code)
    *se = bd_jackknife_se (groups, theta);
  free (theta);
  free (use);
  return code;
}
