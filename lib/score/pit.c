#include <config.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "pit.h"
#include "scores.h"

void
bd_pit_normal (const bd_forecast *f, double u[])
{
  for (size_t i = 0; i < f->n; i++)
    u[i] = f->mean && f->sd
               ? gsl_cdf_ugaussian_P ((f->y[i] - f->mean[i]) / f->sd[i])
               : GSL_NAN;
}

void
bd_pit_members (const bd_forecast *f, gsl_rng *r, double u[])
{
  for (size_t i = 0; i < f->n; i++)
    {
      size_t below = 0, equal = 0;
      bool known = f->T && f->B > 0 && !gsl_isnan (f->y[i]);
      for (size_t b = 0; known && b < f->B; b++)
        {
          double t = f->T[b * f->n + i];
          known = !gsl_isnan (t);
          below += t < f->y[i];
          equal += t == f->y[i];
        }
      double rank
          = (double)below + floor (gsl_rng_uniform (r) * ((double)equal + 1));
      u[i] = (rank + gsl_rng_uniform (r)) / ((double)f->B + 1);
      if (!known)
        u[i] = GSL_NAN;
    }
}

void
bd_pit_histogram (const double u[], size_t n, size_t bins, size_t count[])
{
  memset (count, 0, bins * sizeof *count);
  for (size_t i = 0; i < n; i++)
    if (u[i] >= 0 && u[i] <= 1)
      count[GSL_MIN ((size_t)(u[i] * (double)bins), bins - 1)]++;
}

/* The least count that binomial (N, P) does not exceed with this chance.  */
static size_t
quantile (double chance, double p, size_t n)
{
  size_t lo = 0, hi = n;

  while (lo < hi)
    {
      size_t middle = lo + (hi - lo) / 2;
      if (gsl_cdf_binomial_P ((unsigned)middle, p, (unsigned)n) < chance)
        lo = middle + 1;
      else
        hi = middle;
    }
  return lo;
}

void
bd_pit_band (size_t n, size_t bins, double level, size_t *lo, size_t *hi)
{
  *lo = quantile ((1 - level) / 2, 1 / (double)bins, n);
  *hi = quantile ((1 + level) / 2, 1 / (double)bins, n);
}

/* Kolmogorov's limit of the distribution of the distance.  */
static double
chance_beyond (double x)
{
  double sum = 0;

  if (x < 0.2)
    return 1;
  for (int k = 1; k <= 100; k++)
    sum += (k % 2 ? 2 : -2) * exp (-2 * gsl_pow_2 (k * x));
  return GSL_MIN (GSL_MAX (sum, 0), 1);
}

int
bd_pit_ks (const double u[], size_t n, double *distance, double *p)
{
  double *x = bd_array (n, 1), count = (double)n, root = sqrt (count);

  *distance = n ? 0 : GSL_NAN;
  if (!x)
    return GSL_ENOMEM;
  memcpy (x, u, n * sizeof *x);
  gsl_sort (x, 1, n);
  for (size_t i = 0; i < n; i++)
    {
      double up = (double)(i + 1) / count - x[i],
             down = x[i] - (double)i / count;
      *distance = GSL_MAX (*distance, GSL_MAX (up, down));
    }
  for (size_t i = 0; i < n; i++)
    if (gsl_isnan (u[i]))
      *distance = GSL_NAN;
  if (p)
    *p = gsl_isnan (*distance)
             ? GSL_NAN
             : chance_beyond (*distance * (root + 0.12 + 0.11 / root));
  free (x);
  return GSL_SUCCESS;
}

double
bd_pit_chi2 (const size_t count[], size_t bins, double *p)
{
  double n = 0, sum = 0;

  for (size_t k = 0; k < bins; k++)
    n += (double)count[k];
  double expected = n / (double)bins;
  for (size_t k = 0; k < bins; k++)
    sum += gsl_pow_2 ((double)count[k] - expected) / expected;
  if (p)
    *p = gsl_isnan (sum) ? GSL_NAN : gsl_cdf_chisq_Q (sum, (double)bins - 1);
  return sum;
}

static int
ks (const bd_forecast *f, double *score)
{
  double *u = bd_array (f->n, 1);

  *score = GSL_NAN;
  if (!u)
    return GSL_ENOMEM;
  bd_pit_normal (f, u);
  int code = bd_pit_ks (u, f->n, score, NULL);
  free (u);
  return code;
}

const bd_score_type bd_score_type_ks = {
  .name = "pit_ks",
  .title = "KS of the PIT",
  .help = "largest distance of the PIT of N (mean, sd^2) from uniformity",
  .unit = "share",
  .better = BD_LESS_IS_BETTER,
  .aim = GSL_NAN,
  .whole = ks,
};
