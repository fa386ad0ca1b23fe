/* Leave-one-out cross-validation for the kernel smoother.

   Reference: R. M. Clark, "Non-parametric estimation of a smooth regression
   function", J. R. Statist. Soc. B 39 (1977).

   On a grid in which h^2 halves from step to step the kernel's values are the
   squares of those of the step before, so that one exponential serves all
   steps.  Values are relative to that of the nearest row that is left, which
   keeps the sums away from 0/0.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "bandwidth.h"

#define STEPS 29      /* h from LARGEST down by sqrt (2) to about 1/2000 */
#define LARGEST 8.0   /* in standard deviations */
#define PAIRS 1000000 /* row and place */
#define FEWEST 50     /* rows that are left out, if there are as many */
#define NARROW 5      /* steps of golden section */

typedef struct
{
  const bd_places *s;
  size_t left_out;             /* rows that are left out in turn */
  double *W, *S, *far, *value; /* count */
} folds;

/* Take row I out; its squared distances less that to the nearest place.
   Returns its place.  */
static uint32_t
leave_out (folds *f, size_t i)
{
  const bd_places *s = f->s;
  const uint32_t own = s->of[i];
  const double *z = s->z + own * s->d;
  double least = GSL_POSINF;

  f->W[own] -= 1;
  f->S[own] -= s->y[i];
  for (size_t g = 0; g < s->count; g++)
    {
      f->far[g] = bd_places_distance (s, g, z);
      if (f->W[g] > 0.5 && f->far[g] < least)
        least = f->far[g];
    }
  for (size_t g = 0; g < s->count; g++)
    f->far[g] = GSL_MAX (f->far[g] - least, 0);
  return own;
}

static void
put_back (folds *f, size_t i)
{
  f->W[f->s->of[i]] += 1;
  f->S[f->s->of[i]] += f->s->y[i];
}

/* Residual of row I from the others with the kernel's values; squares them
   for the next step.  */
static double
residual (folds *f, size_t i)
{
  double weight = 0, sum = 0;

  for (size_t g = 0; g < f->s->count; g++)
    {
      weight += f->W[g] * f->value[g];
      sum += f->S[g] * f->value[g];
      f->value[g] *= f->value[g];
    }
  return f->s->y[i] - sum / weight;
}

static size_t
row (const folds *f, size_t k)
{
  return (size_t)((double)f->s->n * (double)k / (double)f->left_out);
}

/* Sums of squares for COUNT bandwidths, H the first and largest.  */
static void
try_grid (folds *f, double h, size_t count, double score[])
{
  for (size_t c = 0; c < count; c++)
    score[c] = 0;
  for (size_t k = 0; k < f->left_out; k++)
    {
      const size_t i = row (f, k);
      const uint32_t own = leave_out (f, i);
      for (size_t g = 0; g < f->s->count; g++)
        f->value[g] = exp (-f->far[g] / (2 * h * h));
      if (f->W[own] < 0.5) /* rounding of the sum must not count */
        f->value[own] = 0;
      for (size_t c = 0; c < count; c++)
        score[c] += gsl_pow_2 (residual (f, i));
      put_back (f, i);
    }
}

static double
try_one (folds *f, double log_h)
{
  double score;

  try_grid (f, exp (log_h), 1, &score);
  return score;
}

static double
narrow (folds *f, double lo, double hi)
{
  const double golden = 0.3819660112501051;
  double u = lo + golden * (hi - lo), v = hi - golden * (hi - lo);
  double fu = try_one (f, u), fv = try_one (f, v);

  for (int k = 0; k < NARROW; k++)
    if (fu < fv)
      {
        hi = v;
        v = u;
        fv = fu;
        u = lo + golden * (hi - lo);
        fu = try_one (f, u);
      }
    else
      {
        lo = u;
        u = v;
        fu = fv;
        v = hi - golden * (hi - lo);
        fv = try_one (f, v);
      }
  return (lo + hi) / 2;
}

static double
search (folds *f)
{
  double score[STEPS], step = M_LN2 / 2;
  size_t best = 0;

  try_grid (f, LARGEST, STEPS, score);
  for (size_t c = 1; c < STEPS; c++)
    if (score[c] < score[best])
      best = c;
  double at = log (LARGEST) - step * (double)best;
  if (best == 0 || best + 1 == STEPS)
    return exp (at);
  return exp (narrow (f, at - step, at + step));
}

int
bd_kernel_bandwidth (const bd_places *s, double *h)
{
  const size_t fit = GSL_MAX (PAIRS / s->count, FEWEST);
  folds f = { .s = s, .left_out = GSL_MIN (s->n, fit) };
  double *all = bd_array (4, s->count);

  *h = LARGEST;
  if (!all)
    return GSL_ENOMEM;
  f.W = all;
  f.S = all + s->count;
  f.far = all + 2 * s->count;
  f.value = all + 3 * s->count;
  for (size_t i = 0; i < s->n; i++)
    put_back (&f, i);
  if (s->count > 1)
    *h = search (&f);
  free (all);
  return GSL_SUCCESS;
}
