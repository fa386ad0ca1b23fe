#include <config.h>

#include <gsl/gsl_cblas.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../base/blas.h"
#include "../base/rng.h"
#include "bands.h"

#define BLOCK 64 /* draws in one product, with a stream of their own */
#define DRAWS 10000
#define LEAST 1000
#define WORK 4e10
#define TINY 1e-8 /* of a variance of 1 */
#define RANK 256  /* most that is looked for */

/* Z = g F with g standard normal: ROWS x m, columns of length 1, or 0 where
   there is no variance.  */
typedef struct
{
  size_t rows, m, points;
  double *F;
} factor;

/* The columns of L divided by their lengths; false if one is not known.  */
static bool
normalise (const bd_influence *f, factor *to)
{
  size_t n = f->n, m = f->m;
  bool known = true;

  to->rows = n;
  to->points = 0;
  for (size_t j = 0; j < m; j++)
    {
      double length = cblas_dnrm2 ((int)n, f->L + j, (int)m);
      double inverse = length > 0 ? 1 / length : 0;
      known = known && gsl_finite (length);
      to->points += length > 0;
      for (size_t i = 0; i < n; i++)
        to->F[i * m + j] = inverse * f->L[i * m + j];
    }
  return known;
}

/* Gram and Schmidt with the largest column next: F = Q R up to a variance of
   TINY, Q orthonormal, so that R has the law of F with fewer normal numbers.
   F is lost.  Returns the rows of R; 0 if MOST are not enough.  */
static size_t
reduce (factor *a, size_t most, double R[], double left[], double q[])
{
  int n = (int)a->rows, m = (int)a->m;

  for (int j = 0; j < m; j++)
    left[j] = gsl_pow_2 (cblas_dnrm2 (n, a->F + j, m));
  for (size_t k = 0; k <= most; k++)
    {
      size_t p = cblas_idamax (m, left, 1);
      double *r = R + k * a->m;
      if (left[p] < TINY)
        return k;
      if (k == most)
        break;
      double length = cblas_dnrm2 (n, a->F + p, m);
      for (size_t i = 0; i < a->rows; i++)
        q[i] = a->F[i * a->m + p] / length;
      cblas_dgemv (CblasRowMajor, CblasTrans, n, m, 1.0, a->F, m, q, 1, 0.0, r,
                   1);
      cblas_dger (CblasRowMajor, n, m, -1.0, q, 1, r, 1, a->F, m);
      for (size_t j = 0; j < a->m; j++)
        left[j] = GSL_MAX_DBL (left[j] - r[j] * r[j], 0);
      left[p] = 0;
    }
  return 0;
}

/* The factor of F's correlation, small where that is smooth.  GSL_EDOM: a
   variance is not known.  */
static int
factor_init (factor *a, const bd_influence *f)
{
  size_t most = GSL_MIN (GSL_MIN (f->n / 2, f->m), RANK);
  double *R = bd_array (most + 1, f->m), *left = bd_array (f->m, 1);
  double *q = bd_array (f->n, 1);
  int code = GSL_ENOMEM;

  *a = (factor){ .m = f->m, .F = bd_array (f->n, f->m) };
  if (a->F && R && left && q)
    code = normalise (f, a) ? GSL_SUCCESS : GSL_EDOM;
  size_t rank = code ? 0 : reduce (a, most, R, left, q);
  if (rank > 0)
    {
      double *F = a->F;
      a->F = R;
      a->rows = rank;
      R = F;
    }
  else if (!code)
    normalise (f, a);
  free (R);
  free (left);
  free (q);
  return code;
}

typedef struct
{
  gsl_rng *r;
  double *g, *Z; /* BLOCK x rows, BLOCK x m */
  double *most;  /* draws */
} work;

static void
work_free (work *w)
{
  gsl_rng_free (w->r);
  free (w->g);
  free (w->Z);
  free (w->most);
}

static int
work_init (work *w, const factor *a, size_t draws)
{
  *w = (work){ .r = gsl_rng_alloc (bd_rng_philox),
               .g = bd_array (BLOCK, a->rows),
               .Z = bd_array (BLOCK, a->m),
               .most = bd_array (draws, 1) };
  return w->r && w->g && w->Z && w->most ? GSL_SUCCESS : GSL_ENOMEM;
}

/* The largest of each of COUNT draws, the first of which is number FIRST.  */
static void
draw_block (work *w, const factor *a, uint64_t seed, size_t first,
            size_t count)
{
  size_t n = a->rows, m = a->m;

  bd_rng_seek (w->r, seed, BD_LANE_BAND, first / BLOCK);
  for (size_t k = 0; k < count * n; k++)
    w->g[k] = gsl_ran_gaussian_ziggurat (w->r, 1);
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)count, (int)m,
               (int)n, 1.0, w->g, (int)n, a->F, (int)m, 0.0, w->Z, (int)m);
  for (size_t b = 0; b < count; b++)
    {
      size_t at = cblas_idamax ((int)m, w->Z + b * m, 1);
      w->most[first + b] = fabs (w->Z[b * m + at]);
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
usual_draws (const factor *a)
{
  double cost = 2 * (double)a->rows * (double)a->m;
  double most = GSL_MAX_DBL (LEAST, WORK / GSL_MAX_DBL (cost, 1));

  return (size_t)GSL_MIN_DBL (DRAWS, floor (most / BLOCK) * BLOCK + BLOCK);
}

static int
draw_all (const factor *a, uint64_t seed, bd_band *band)
{
  work w;
  int code = work_init (&w, a, band->draws);

  for (size_t b = 0; !code && b < band->draws; b += BLOCK)
    draw_block (&w, a, seed, b, GSL_MIN (BLOCK, band->draws - b));
  if (!code)
    take_quantile (w.most, band->draws, band);
  work_free (&w);
  return code;
}

int
bd_band_find (const bd_influence *f, double level, size_t draws, uint64_t seed,
              bd_band *band)
{
  factor a;

  *band = (bd_band){ .level = level, .c = GSL_NAN, .error = GSL_NAN };
  if (!(level > 0 && level < 1) || f->n > INT_MAX || f->m > INT_MAX)
    GSL_ERROR ("no such level, or too many points", GSL_EINVAL);
  band->pointwise = gsl_cdf_ugaussian_Pinv ((1 + level) / 2);
  bd_blas_one_thread ();
  int code = factor_init (&a, f);
  if (!code && a.points > 0)
    {
      band->points = a.points;
      band->draws = draws ? draws : usual_draws (&a);
      code = draw_all (&a, seed, band);
    }
  free (a.F);
  return code == GSL_EDOM ? GSL_SUCCESS : code;
}
