/* Polynomials by least squares.

   References: G. E. Forsythe, "Generation and use of orthogonal polynomials
   for data-fitting with a digital computer", J. SIAM 5 (1957); W. Gautschi,
   "Orthogonal Polynomials: Computation and Approximation", Oxford 2004,
   section 2.2 (Stieltjes' procedure); C. W. Clenshaw, "A note on the summation
   of Chebyshev series", MTAC 9 (1955).

   The plan fits the rows of weight 1 in long double, in polynomials that are
   orthonormal over them.  A member fits what that leaves: sums of weights
   times T_0 ... T_2d give its normal equations, since T_i T_j is the mean of
   T_i+j and T_|i-j|.  Where the rows are so uneven that Chebyshev polynomials
   are nearly dependent on them, the orthonormal ones take their place.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/kernel.h"
#include "poly.h"

static const bd_knob poly_knobs[] = {
  { "degree", 3, 0, POLY_DEGREE, true, "degree of the polynomial", NULL },
  { NULL, 0, 0, 0, false, NULL, NULL },
};

void
bd_poly_free_work (void *work)
{
  poly_work *w = work;

  if (!w)
    return;
  free (w->own);
  gsl_matrix_free (w->Qw);
  free (w);
}

void *
bd_poly_work (const void *plan)
{
  const poly_plan *a = plan;
  poly_work *w = calloc (1, sizeof *w);

  if (!w)
    return NULL;
  w->own = bd_array (a->n + POLY_BLOCK, 1);
  w->rest = a->rest;
  if (a->Q)
    w->Qw = gsl_matrix_alloc (a->n, a->terms + 1);
  if (w->own && (w->Qw || !a->Q))
    return w;
  bd_poly_free_work (w);
  return NULL;
}

static void
solve (size_t terms, const double G[], double c[])
{
  for (size_t i = 1; i < terms; i++)
    for (size_t j = 0; j < i; j++)
      c[i] -= G[i * POLY_TERMS + j] * c[j];
  for (size_t i = 0; i < terms; i++)
    c[i] /= G[i * POLY_TERMS + i];
  for (size_t i = terms; i-- > 1;)
    for (size_t j = 0; j < i; j++)
      c[j] -= G[i * POLY_TERMS + j] * c[i];
}

/* Equal weights give the plan's own fit, to all its digits.  */
static bool
all_equal (size_t n, const double w[])
{
  size_t i = 1;

  while (i < n && w[i] == w[0])
    i++;
  return i == n && w[0] > 0;
}

static int
poly_fit (const void *plan, void *work, const double weight[], gsl_rng *r)
{
  const poly_plan *a = plan;
  poly_work *w = work;

  (void)r;
  memset (w->c, 0, sizeof w->c);
  w->equal = w->rest == a->rest && all_equal (a->n, weight) ? weight[0] : 0;
  if (w->equal > 0)
    return GSL_SUCCESS;
  bd_poly_normal (a, w, weight);
  if (!(bd_poly_factor (a->terms, w->G) > 1e-12))
    GSL_ERROR ("too few rows for the degree of the polynomial", GSL_ESING);
  solve (a->terms, w->G, w->c);
  /* What is not finite anywhere has come down to the first coefficient.  */
  if (!gsl_finite (w->c[0]))
    GSL_ERROR ("the coefficients of a polynomial overflow", GSL_EOVRFLW);
  return GSL_SUCCESS;
}

static int
poly_respond (const void *plan, void *work, const double y[])
{
  const poly_plan *a = plan;
  poly_work *w = work;

  w->rest = y ? w->own : a->rest;
  for (size_t i = 0; y && i < a->n; i++)
    w->own[i] = y[i] - a->base[i];
  return GSL_SUCCESS;
}

static double
poly_pivot (const void *plan, const void *work)
{
  const poly_plan *a = plan;
  const poly_work *w = work;
  double worst = GSL_POSINF;

  if (w->equal > 0)
    return w->equal;
  for (size_t k = 0; k < a->terms; k++)
    worst = GSL_MIN (worst, w->G[k * POLY_TERMS + k] / a->once[k]);
  return worst;
}

/* Step K of Clenshaw's sum on a block.  */
BD_INLINE void
sum_term (const double *restrict z, const poly_basis *b, size_t k, double c,
          double *restrict s1, double *restrict s2)
{
  double slope = b->slope[k], level = b->level[k], back = b->back[k + 1];

  for (size_t i = 0; i < POLY_BLOCK; i++)
    {
      double p = (c + level * s1[i] - back * s2[i]) + slope * z[i] * s1[i];
      s2[i] = s1[i];
      s1[i] = p;
    }
}

/* Four steps for Chebyshev's polynomials, as if T_1 were 2 z like all later
   slopes.  */
BD_INLINE void
chebyshev_four (const double *restrict z, const double *restrict c,
                double *restrict s1, double *restrict s2)
{
  for (size_t i = 0; i < POLY_BLOCK; i++)
    {
      double z2 = z[i] + z[i], p4 = s1[i], p3 = z2 * p4 + (c[3] - s2[i]);
      double p2 = z2 * p3 + (c[2] - p4), p1 = z2 * p2 + (c[1] - p3);

      s1[i] = z2 * p1 + (c[0] - p2);
      s2[i] = p1;
    }
}

/* The first two, from nothing.  */
BD_INLINE void
chebyshev_two (const double *restrict z, const double *restrict c,
               double *restrict s1, double *restrict s2)
{
  for (size_t i = 0; i < POLY_BLOCK; i++)
    {
      s1[i] = (z[i] + z[i]) * c[1] + c[0];
      s2[i] = c[1];
    }
}

BD_KERNEL static void
poly_evaluate (const poly_plan *a, const double *restrict c,
               double *restrict t)
{
  _Alignas(64) double s1[POLY_BLOCK], s2[POLY_BLOCK];

  for (size_t at = 0; at < a->m; at += POLY_BLOCK)
    {
      size_t points = GSL_MIN (a->m - at, POLY_BLOCK);

      memset (s1, 0, sizeof s1);
      memset (s2, 0, sizeof s2);
      for (size_t k = a->terms; k-- > 0;)
        sum_term (a->zp + at, &a->basis, k, c[k], s1, s2);
      for (size_t j = 0; j < points; j++)
        t[at + j] = a->base_p[at + j] + a->basis.first * s1[j];
    }
}

/* With that slope of T_1 the sum is b_0 - z b_1.  */
BD_KERNEL static void
chebyshev_evaluate (const poly_plan *a, const double *restrict c,
                    double *restrict t)
{
  _Alignas(64) double s1[POLY_BLOCK], s2[POLY_BLOCK];

  for (size_t at = 0; at < a->m; at += POLY_BLOCK)
    {
      size_t points = GSL_MIN (a->m - at, POLY_BLOCK);
      size_t k = (a->terms + 1) / 2 * 2;
      const double *restrict z = a->zp + at;

      if (k % 4)
        chebyshev_two (z, c + (k -= 2), s1, s2);
      else
        {
          memset (s1, 0, sizeof s1);
          memset (s2, 0, sizeof s2);
        }
      for (; k > 0; k -= 4)
        chebyshev_four (z, c + k - 4, s1, s2);
      for (size_t j = 0; j < points; j++)
        t[at + j] = a->base_p[at + j] + (s1[j] - z[j] * s2[j]);
    }
}

static int
poly_predict (const void *plan, void *work, double t[])
{
  const poly_plan *a = plan;
  poly_work *w = work;

  (a->Q ? poly_evaluate : chebyshev_evaluate) (a, w->c, t);
  return GSL_SUCCESS;
}

const bd_fitter_type bd_fitter_poly = {
  .name = "poly",
  .title = "polynomial",
  .help = "polynomial by least squares, computed in orthogonal ones",
  .knobs = poly_knobs,
  .resample = "bayes",
  .inputs = 1,
  .plan = bd_poly_plan,
  .free_plan = bd_poly_free_plan,
  .work = bd_poly_work,
  .free_work = bd_poly_free_work,
  .fit = poly_fit,
  .respond = poly_respond,
  .pivot = poly_pivot,
  .predict = poly_predict,
};
