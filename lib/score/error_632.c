#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_statistics_double.h>

#include "error_632.h"

#define SEEN (1 - 1 / M_E) /* chance that a resample has a row */

double
bd_error_632 (double train, double out)
{
  return (1 - SEEN) * train + SEEN * out;
}

double
bd_error_632_plus (double train, double out, double none, double *overfit)
{
  double most = out > none ? none : out, R = 0;

  if (most > train && none > train)
    R = (most - train) / (none - train);
  if (overfit)
    *overfit = R;
  double weight = SEEN / (1 - (1 - SEEN) * R);
  return (1 - weight) * train + weight * most;
}

double
bd_no_information_mse (const double y[], const double f[], size_t n)
{
  double a = gsl_stats_mean (y, 1, n), b = gsl_stats_mean (f, 1, n);

  return gsl_stats_variance_with_fixed_mean (y, 1, n, a)
         + gsl_stats_variance_with_fixed_mean (f, 1, n, b) + gsl_pow_2 (a - b);
}

double
bd_no_information_wrong (const size_t y[], const size_t f[], size_t n,
                         size_t k)
{
  double right = 0, pairs = (double)n * (double)n;

  for (size_t c = 0; c < k; c++)
    {
      double came = 0, said = 0;
      for (size_t i = 0; i < n; i++)
        {
          came += y[i] == c;
          said += f[i] == c;
        }
      right += came * said / pairs;
    }
  return n ? 1 - right : GSL_NAN;
}
