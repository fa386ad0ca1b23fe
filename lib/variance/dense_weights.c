/* Any weights: both factors centred in doubles and multiplied in single
   precision, 128 units by 512 points at a time.  A run of members is short
   enough for its sums to keep their digits; runs are added in doubles.  */
#include <config.h>

#include <gsl/gsl_cblas.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../base/kernel.h"
#include "dense_parts.h"

BD_NO_CONTRACTION

#define UNITS 128
#define POINTS 512
#define RUN 512

typedef struct
{
  bd_dense *d;
  float *t; /* B x mc: (t - mean) / far */
  float *u; /* B x UNITS: centred weights */
  float *z; /* B x UNITS: 1 where a unit is left out */
} products;

/* What a thread has of its own.  */
typedef struct
{
  float *run;
  double *sum;
} tile;

/* Team.  */
static void
centre_points (const products *w)
{
  const bd_moments *a = w->d->a;

#pragma omp for
  for (size_t b = 0; b < w->d->B; b++)
    for (size_t j = 0; j < a->mc; j++)
      {
        double far = w->d->far[j];
        w->t[b * a->mc + j]
            = far > 0 ? (float)((w->d->t[b][j] - a->t[j]) / far) : 0;
      }
}

/* Units from I on; team.  */
static void
centre_units (const products *w, size_t i, size_t count)
{
  const bd_moments *a = w->d->a;

#pragma omp for
  for (size_t b = 0; b < w->d->B; b++)
    for (size_t k = 0; k < count; k++)
      {
        double u = bd_dense_u (w->d, b, i + k);
        w->u[b * UNITS + k] = (float)(u - a->u[i + k]);
        if (w->z)
          w->z[b * UNITS + k] = u == 0 ? 1 : 0;
      }
}

BD_KERNEL static void
add_run (size_t count, const float from[], double to[])
{
  for (size_t k = 0; k < count; k++)
    to[k] += from[k];
}

/* x->sum := U' T for COUNT units and points J ... J + MANY - 1.  */
static void
multiply (const products *w, const float *U, size_t count, size_t j,
          size_t many, tile *x)
{
  size_t B = w->d->B, mc = w->d->a->mc;

  for (size_t k = 0; k < count * many; k++)
    x->sum[k] = 0;
  for (size_t b = 0; b < B; b += RUN)
    {
      cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int)count,
                   (int)many, (int)GSL_MIN (B - b, RUN), 1, U + b * UNITS,
                   UNITS, w->t + b * mc + j, (int)mc, 0, x->run, (int)many);
      add_run (count * many, x->run, x->sum);
    }
}

/* V[k] += (sum[k] / by)^2 far[k]^2 */
BD_KERNEL static void
add_squares (size_t many, const double sum[], const double far[], double by,
             double V[])
{
  for (size_t k = 0; k < many; k++)
    {
      double c = sum[k] / by * far[k];
      V[k] += c * c;
    }
}

/* COUNT units from I on with points from J on.  */
static void
add_tile (const products *w, size_t i, size_t count, size_t j, tile *x)
{
  bd_moments *a = w->d->a;
  size_t many = GSL_MIN (a->mc - j, POINTS);
  const double *far = w->d->far + j;

  multiply (w, w->u, count, j, many, x);
  for (size_t k = 0; k < count; k++)
    add_squares (many, x->sum + k * many, far, a->p, a->ij + j);
  if (!w->z)
    return;
  multiply (w, w->z, count, j, many, x);
  for (size_t k = 0; k < count; k++)
    if (a->left_p[i + k] > 0)
      add_squares (many, x->sum + k * many, far, a->left_p[i + k], a->jab + j);
}

static void
multiply_all (const products *w)
{
  bd_moments *a = w->d->a;
  tile x = { bd_floats ((size_t)UNITS * POINTS), bd_array (UNITS, POINTS) };

  if (!x.run || !x.sum)
    {
#pragma omp atomic write
      w->d->failed = true;
    }
#pragma omp barrier
  centre_points (w);
  for (size_t i = 0; i < a->n && !w->d->failed; i += UNITS)
    {
      size_t count = GSL_MIN (a->n - i, UNITS);
      centre_units (w, i, count);
#pragma omp for schedule(dynamic, 1)
      for (size_t j = 0; j < a->mc; j += POINTS)
        add_tile (w, i, count, j, &x);
    }
  free (x.run);
  free (x.sum);
}

void
bd_dense_weights (bd_dense *d, int threads)
{
  products w = { .d = d };
  size_t mc = d->a->mc ? d->a->mc : 1;

  if (d->B < SIZE_MAX / sizeof (float) / GSL_MAX (mc, UNITS))
    {
      w.t = bd_floats (d->B * mc);
      w.u = bd_floats (d->B * UNITS);
      w.z = d->a->apart ? bd_floats (d->B * UNITS) : NULL;
    }
  d->failed = !w.t || !w.u || (d->a->apart && !w.z);
  if (!d->failed)
    {
#pragma omp parallel num_threads(threads) if (threads > 1)
      multiply_all (&w);
    }
  free (w.t);
  free (w.u);
  free (w.z);
}
