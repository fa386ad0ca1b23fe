#include <config.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "coverage.h"
#include "scores.h"

/* The chance of H or more of N is TAIL at this probability; by bisection,
   which cannot fail as Newton's steps do in the corners.  */
static double
chance_of (size_t h, size_t n, double tail)
{
  double lo = 0, hi = 1, a = (double)h, b = (double)(n - h) + 1;

  for (int k = 0; k < 1100 && lo < hi; k++)
    {
      double middle = lo + (hi - lo) / 2;
      if (middle <= lo || middle >= hi)
        break;
      if (gsl_cdf_beta_P (middle, a, b) < tail)
        lo = middle;
      else
        hi = middle;
    }
  return lo + (hi - lo) / 2;
}

void
bd_binomial_limits (size_t hits, size_t n, double level, double *lo,
                    double *hi)
{
  double tail = (1 - level) / 2;

  *lo = *hi = GSL_NAN;
  if (n == 0 || hits > n)
    return;
  *lo = hits ? chance_of (hits, n, tail) : 0;
  *hi = hits < n ? 1 - chance_of (n - hits, n, tail) : 1;
}

static int
cover (const bd_forecast *f, double score[])
{
  double lo, hi;

  for (size_t i = 0; i < f->n; i++)
    {
      bd_forecast_ends (f, i, &lo, &hi);
      bool known = !gsl_isnan (f->y[i] + lo + hi);
      score[i] = known ? lo <= f->y[i] && f->y[i] <= hi : GSL_NAN;
    }
  return GSL_SUCCESS;
}

/* A mean of zeros and ones, with exact limits.  */
static void
share (const double score[], size_t n, bd_interval *a)
{
  *a = bd_score_of_rows (score, n);
  if (gsl_isnan (a->mean))
    return;
  size_t hits = (size_t)lround (a->mean * (double)n);
  a->se = sqrt (a->mean * (1 - a->mean) / (double)n);
  bd_binomial_limits (hits, n, 0.95, &a->lo, &a->hi);
}

static int
cover_limits (const bd_forecast *f, bd_interval *a)
{
  double *score = bd_array (f->n, 1);

  if (!score)
    return GSL_ENOMEM;
  cover (f, score);
  share (score, f->n, a);
  free (score);
  return GSL_SUCCESS;
}

static int
width (const bd_forecast *f, double score[])
{
  double lo, hi;

  for (size_t i = 0; i < f->n; i++)
    {
      bd_forecast_ends (f, i, &lo, &hi);
      score[i] = hi - lo;
    }
  return GSL_SUCCESS;
}

static int
variance (const bd_forecast *f, double score[])
{
  for (size_t i = 0; i < f->n; i++)
    score[i] = f->sd ? gsl_pow_2 (f->sd[i]) : GSL_NAN;
  return GSL_SUCCESS;
}

static int
z2 (const bd_forecast *f, double score[])
{
  for (size_t i = 0; i < f->n; i++)
    score[i] = f->mean && f->sd ? gsl_pow_2 ((f->y[i] - f->mean[i]) / f->sd[i])
                                : GSL_NAN;
  return GSL_SUCCESS;
}

const bd_score_type bd_score_type_cover = {
  .name = "cover",
  .title = "coverage",
  .help = "share of rows inside their interval, with exact binomial limits",
  .unit = "share",
  .better = BD_AIM_IS_BEST,
  .aim = BD_FORECAST_LEVEL,
  .rows = cover,
  .limits = cover_limits,
};

const bd_score_type bd_score_type_width = {
  .name = "width",
  .title = "width",
  .help = "mean width of the intervals",
  .unit = "y",
  .better = BD_NO_BETTER,
  .aim = GSL_NAN,
  .rows = width,
};

const bd_score_type bd_score_type_sharpness = {
  .name = "sharpness",
  .title = "sharpness",
  .help = "root of the mean sd^2",
  .unit = "y",
  .better = BD_NO_BETTER,
  .aim = GSL_NAN,
  .root = true,
  .rows = variance,
};

const bd_score_type bd_score_type_z = {
  .name = "z_rms",
  .title = "RMS of z",
  .help = "root mean square of (y - mean) / sd",
  .unit = "1",
  .better = BD_AIM_IS_BEST,
  .aim = 1,
  .root = true,
  .rows = z2,
};
