#include <config.h>

#include <gsl/gsl_cblas.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <limits.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../base/blas.h"
#include "../base/rng.h"
#include "bands.h"

#define BLOCK 64 /* draws in one product, with a stream of their own */
#define DRAWS 10000
#define LEAST 1000
#define WORK 4e10

typedef struct
{
  gsl_rng *r;
  double *inverse; /* m: 1 / sd, 0 where the variance is 0 */
  double *g, *Z;   /* BLOCK x n, BLOCK x m */
  double *most;    /* draws */
} work;

static void
work_free (work *w)
{
  gsl_rng_free (w->r);
  free (w->inverse);
  free (w->g);
  free (w->Z);
  free (w->most);
}

static int
work_init (work *w, const bd_influence *f, size_t draws)
{
  *w = (work){ .r = gsl_rng_alloc (bd_rng_philox),
               .inverse = bd_array (f->m, 1),
               .g = bd_array (BLOCK, f->n),
               .Z = bd_array (BLOCK, f->m),
               .most = bd_array (draws, 1) };
  if (w->r && w->inverse && w->g && w->Z && w->most)
    return GSL_SUCCESS;
  work_free (w);
  return GSL_ENOMEM;
}

/* Returns how many points have a variance; NaN: one of them is NaN.  */
static double
take_sd (const bd_influence *f, double inverse[])
{
  double points = 0;

  for (size_t i = 0; i < f->n; i++)
    for (size_t j = 0; j < f->m; j++)
      inverse[j] += gsl_pow_2 (f->L[i * f->m + j]);
  for (size_t j = 0; j < f->m; j++)
    {
      if (!gsl_finite (inverse[j]))
        return GSL_NAN;
      points += inverse[j] > 0;
      inverse[j] = inverse[j] > 0 ? 1 / sqrt (inverse[j]) : 0;
    }
  return points;
}

/* The largest of each of COUNT draws, the first of which is number FIRST.  */
static void
draw_block (work *w, const bd_influence *f, uint64_t seed, size_t first,
            size_t count)
{
  size_t n = f->n, m = f->m;

  bd_rng_seek (w->r, seed, BD_LANE_BAND, first / BLOCK);
  for (size_t k = 0; k < count * n; k++)
    w->g[k] = gsl_ran_gaussian_ziggurat (w->r, 1);
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)count, (int)m,
               (int)n, 1.0, w->g, (int)n, f->L, (int)m, 0.0, w->Z, (int)m);
  for (size_t b = 0; b < count; b++)
    {
      double most = 0;
      for (size_t j = 0; j < m; j++)
        most = GSL_MAX_DBL (most, fabs (w->Z[b * m + j]) * w->inverse[j]);
      w->most[first + b] = most;
    }
}

/* The quantile, and half the distance of the order statistics one binomial
   standard deviation to either side.  */
static void
take_quantile (double most[], size_t draws, bd_band *band)
{
  double level = band->level, R = (double)draws, at = level * R;
  double off = sqrt (R * level * (1 - level));

  gsl_sort (most, 1, draws);
  size_t low = (size_t)GSL_MAX_DBL (ceil (at - off), 1);
  size_t high = (size_t)GSL_MIN_DBL (ceil (at + off), R);
  band->c = most[(size_t)GSL_MAX_DBL (ceil (at), 1) - 1];
  band->error = (most[high - 1] - most[low - 1]) / 2;
}

static size_t
usual_draws (const bd_influence *f)
{
  double cost = 2 * (double)f->n * (double)f->m;
  double most = GSL_MAX_DBL (LEAST, WORK / GSL_MAX_DBL (cost, 1));

  return (size_t)GSL_MIN_DBL (DRAWS, floor (most / BLOCK) * BLOCK + BLOCK);
}

int
bd_band_find (const bd_influence *f, double level, size_t draws, uint64_t seed,
              bd_band *band)
{
  work w;

  *band = (bd_band){ .level = level, .c = GSL_NAN, .error = GSL_NAN };
  if (!(level > 0 && level < 1) || f->n > INT_MAX || f->m > INT_MAX)
    GSL_ERROR ("no such level, or too many points", GSL_EINVAL);
  band->pointwise = gsl_cdf_ugaussian_Pinv ((1 + level) / 2);
  band->draws = draws ? draws : usual_draws (f);
  if (work_init (&w, f, band->draws))
    return GSL_ENOMEM;
  bd_blas_one_thread ();
  double points = take_sd (f, w.inverse);
  if (points > 0)
    {
      band->points = (size_t)points;
      for (size_t b = 0; b < band->draws; b += BLOCK)
        draw_block (&w, f, seed, b, GSL_MIN (BLOCK, band->draws - b));
      take_quantile (w.most, band->draws, band);
    }
  work_free (&w);
  return GSL_SUCCESS;
}
