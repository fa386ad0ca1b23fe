#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "../base/array.h"
#include "ambiguity.h"

static bool
all_numbers (size_t m, const double t[])
{
  double sum = 0;

  for (size_t j = 0; j < m; j++)
    sum += 0 * t[j];
  return sum == 0;
}

/* Sums over the members that are whole, and their means.  */
static void
take_means (size_t B, size_t m, size_t tda, const double T[], double mean[],
            bd_ambiguity *a)
{
  for (size_t b = 0; b < B; b++)
    {
      const double *t = T + b * tda;
      if (!all_numbers (m, t))
        continue;
      a->members++;
      for (size_t j = 0; j < m; j++)
        mean[j] += t[j];
    }
  for (size_t j = 0; j < m; j++)
    mean[j] /= (double)a->members;
}

static void
add_member (size_t m, const double t[], const double mean[], const double y[],
            bd_ambiguity *a)
{
  for (size_t j = 0; j < m; j++)
    if (!gsl_isnan (y[j]))
      {
        a->single += gsl_pow_2 (t[j] - y[j]);
        a->ambiguity += gsl_pow_2 (t[j] - mean[j]);
      }
}

int
bd_ambiguity_of (size_t B, size_t m, size_t tda, const double T[],
                 const double y[], bd_ambiguity *a)
{
  double *mean = bd_array (m, 1);

  *a = (bd_ambiguity){ 0 };
  if (!mean)
    return GSL_ENOMEM;
  take_means (B, m, tda, T, mean, a);
  for (size_t j = 0; j < m; j++)
    if (!gsl_isnan (y[j]))
      {
        a->points++;
        a->mse += gsl_pow_2 (mean[j] - y[j]);
      }
  for (size_t b = 0; b < B; b++)
    if (all_numbers (m, T + b * tda))
      add_member (m, T + b * tda, mean, y, a);
  double points = a->members ? (double)a->points : 0;
  a->mse /= points;
  a->single /= points * (double)a->members;
  a->ambiguity /= points * (double)a->members;
  free (mean);
  return GSL_SUCCESS;
}

double
bd_ambiguity_gap (const bd_ambiguity *a)
{
  double gap = fabs (a->mse - (a->single - a->ambiguity));
  double size = GSL_MAX_DBL (a->single, a->ambiguity);

  return gap > 0 ? gap / size : gap;
}

/* Means over the repetitions of each member at one point, predictions of which
   are STRIDE apart, into MEAN; returns the mean of these.  */
static double
member_means (size_t R, size_t B, size_t stride, const double T[],
              double mean[])
{
  double all = 0;

  for (size_t b = 0; b < B; b++)
    {
      mean[b] = 0;
      for (size_t r = 0; r < R; r++)
        mean[b] += T[(r * B + b) * stride] / (double)R;
      all += mean[b] / (double)B;
    }
  return all;
}

static void
add_point (size_t R, size_t B, size_t stride, const double T[], double y,
           double mean[], bd_covariances *a)
{
  double pairs = (double)B * ((double)B - 1);

  a->points++;
  a->bias2 += gsl_pow_2 (member_means (R, B, stride, T, mean) - y);
  for (size_t r = 0; r < R; r++)
    {
      double squares = 0, sum = 0, ensemble = 0;
      for (size_t b = 0; b < B; b++)
        {
          double t = T[(r * B + b) * stride], d = t - mean[b];
          ensemble += t / (double)B;
          squares += d * d;
          sum += d;
        }
      a->variance += squares / (double)(R * B);
      a->covariance += (sum * sum - squares) / (pairs * (double)R);
      a->mse += gsl_pow_2 (ensemble - y) / (double)R;
    }
}

int
bd_covariances_of (size_t R, size_t B, size_t m, const double T[],
                   const double y[], bd_covariances *a)
{
  double *mean = bd_array (B, 1);

  *a = (bd_covariances){ .repetitions = R, .members = B };
  if (!mean)
    return GSL_ENOMEM;
  for (size_t j = 0; j < m; j++)
    if (!gsl_isnan (y[j]))
      add_point (R, B, m, T + j, y[j], mean, a);
  double points = R > 0 && B > 0 ? (double)a->points : 0;
  a->mse /= points;
  a->bias2 /= points;
  a->variance /= points;
  a->covariance /= B > 1 ? points : 0;
  free (mean);
  return GSL_SUCCESS;
}

double
bd_covariances_gap (const bd_covariances *a)
{
  double B = (double)a->members;
  double pairs = a->members > 1 ? (1 - 1 / B) * a->covariance : 0;
  double gap = fabs (a->mse - (a->bias2 + a->variance / B + pairs));
  double size = GSL_MAX_DBL (a->mse, GSL_MAX_DBL (a->bias2, a->variance));

  return gap > 0 ? gap / size : gap;
}
