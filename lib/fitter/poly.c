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

#include <gsl/gsl_blas.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/kernel.h"
#include "poly.h"

#define LANES POLY_LANES

static const bd_knob poly_knobs[] = {
  { "degree", 3, 0, POLY_DEGREE, true, "degree of the polynomial", NULL },
  { NULL, 0, 0, 0, false, NULL, NULL },
};

static void
poly_free_work (void *work)
{
  poly_work *w = work;

  if (!w)
    return;
  free (w->own);
  gsl_matrix_free (w->Qw);
  free (w);
}

static void *
poly_make_work (const void *plan)
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
  poly_free_work (w);
  return NULL;
}

/* Add weighted terms k ... k + 3 of a block: themselves, times y, times the
   top term.  BACK and NOW are terms k - 1 and k, and move on by four.  The
   sums are kept in S meanwhile, which a compiler leaves in registers.  */
BD_INLINE void
add_four (const double *restrict z2, const double *restrict y,
          const double *restrict top, double *restrict back,
          double *restrict now, double *restrict sum)
{
  double s[12][LANES];

  memcpy (s, sum, sizeof s);
  for (size_t i = 0; i < POLY_BLOCK; i += LANES)
    for (size_t l = 0; l < LANES; l++)
      {
        double z = z2[i + l], yi = y[i + l], u = top[i + l];
        double p0 = now[i + l], p1 = z * p0 - back[i + l];
        double p2 = z * p1 - p0, p3 = z * p2 - p1;

        s[0][l] += p0;
        s[1][l] += p0 * yi;
        s[2][l] += p0 * u;
        s[3][l] += p1;
        s[4][l] += p1 * yi;
        s[5][l] += p1 * u;
        s[6][l] += p2;
        s[7][l] += p2 * yi;
        s[8][l] += p2 * u;
        s[9][l] += p3;
        s[10][l] += p3 * yi;
        s[11][l] += p3 * u;
        now[i + l] = z * p3 - p2;
        back[i + l] = p3;
      }
  memcpy (sum, s, sizeof s);
}

/* The last one or two.  */
BD_INLINE void
add_two (const double *restrict z2, const double *restrict y,
         const double *restrict top, const double *restrict back,
         const double *restrict now, double *restrict sum)
{
  double s[6][LANES];

  memcpy (s, sum, sizeof s);
  for (size_t i = 0; i < POLY_BLOCK; i += LANES)
#pragma GCC unroll 1 /* unrolled, it would not be vectorised */
    for (size_t l = 0; l < LANES; l++)
      {
        double yi = y[i + l], u = top[i + l];
        double p0 = now[i + l], p1 = z2[i + l] * p0 - back[i + l];

        s[0][l] += p0;
        s[1][l] += p0 * yi;
        s[2][l] += p0 * u;
        s[3][l] += p1;
        s[4][l] += p1 * yi;
        s[5][l] += p1 * u;
      }
  memcpy (sum, s, sizeof s);
}

BD_KERNEL static void
poly_sums (const poly_plan *a, const double *restrict w,
           const double *restrict y, double (*restrict sum)[3])
{
  _Alignas(64) double back[POLY_BLOCK], now[POLY_BLOCK];
  _Alignas(64) double s[POLY_TERMS * 3][LANES] = { { 0 } };

  for (size_t at = 0; at < a->n; at += POLY_BLOCK)
    {
      size_t rows = GSL_MIN (a->n - at, POLY_BLOCK);

      memcpy (now, w + at, rows * sizeof *now);
      memset (now + rows, 0, (POLY_BLOCK - rows) * sizeof *now);
      for (size_t i = 0; i < POLY_BLOCK; i++)
        back[i] = a->z2[at + i] / 2 * now[i];
      size_t k = 0;
      for (; k + 2 < a->terms; k += 4)
        add_four (a->z2 + at, y + at, a->top + at, back, now, s[3 * k]);
      if (k < a->terms)
        add_two (a->z2 + at, y + at, a->top + at, back, now, s[3 * k]);
    }
  for (size_t q = 0; q < 3 * a->terms; q++)
    sum[q / 3][q % 3] = ((s[q][0] + s[q][4]) + (s[q][2] + s[q][6]))
                        + ((s[q][1] + s[q][5]) + (s[q][3] + s[q][7]));
}

static void
normal_chebyshev (const poly_plan *a, poly_work *w, const double weight[])
{
  double t[2 * POLY_TERMS], sum[POLY_TERMS][3];
  size_t d = a->terms - 1;

  poly_sums (a, weight, w->rest, sum);
  for (size_t k = 0; k <= d; k++)
    {
      t[k] = sum[k][0];
      w->c[k] = sum[k][1];
    }
  for (size_t k = 1; k <= d; k++)
    t[d + k] = 2 * sum[k][2] - t[d - k];
  for (size_t i = 0; i <= d; i++)
    for (size_t j = 0; j <= i; j++)
      w->G[i * POLY_TERMS + j] = (t[i + j] + t[i - j]) / 2;
}

static void
normal_orthonormal (const poly_plan *a, poly_work *w, const double weight[])
{
  gsl_matrix_view G
      = gsl_matrix_view_array_with_tda (w->G, a->terms, a->terms, POLY_TERMS);
  gsl_vector_view c = gsl_vector_view_array (w->c, a->terms);
  gsl_matrix_view Q = gsl_matrix_submatrix (w->Qw, 0, 0, a->n, a->terms);
  gsl_vector_view y = gsl_matrix_column (w->Qw, a->terms);

  for (size_t i = 0; i < a->n; i++)
    {
      double root = sqrt (weight[i]), *to = gsl_matrix_ptr (w->Qw, i, 0);
      const double *from = gsl_matrix_const_ptr (a->Q, i, 0);
      for (size_t k = 0; k < a->terms; k++)
        to[k] = root * from[k];
      to[a->terms] = root * w->rest[i];
    }
  gsl_blas_dsyrk (CblasLower, CblasTrans, 1, &Q.matrix, 0, &G.matrix);
  gsl_blas_dgemv (CblasTrans, 1, &Q.matrix, &y.vector, 0, &c.vector);
}

void
bd_poly_normal (const poly_plan *a, poly_work *w, const double weight[])
{
  if (a->Q)
    normal_orthonormal (a, w, weight);
  else
    normal_chebyshev (a, w, weight);
}

double
bd_poly_factor (size_t terms, double G[])
{
  double worst = 1;

  for (size_t i = 0; i < terms; i++)
    {
      double *row = G + i * POLY_TERMS, whole = row[i];

      for (size_t j = 0; j < i; j++)
        {
          const double *up = G + j * POLY_TERMS;
          for (size_t k = 0; k < j; k++)
            row[j] -= row[k] * up[k];
        }
      /* Until here row holds L D.  */
      for (size_t j = 0; j < i; j++)
        {
          double l = row[j] / G[j * POLY_TERMS + j];
          row[i] -= l * row[j];
          row[j] = l;
        }
      worst = row[i] > 0 ? GSL_MIN (worst, row[i] / whole) : 0;
      if (!(worst > 0))
        return 0;
    }
  return worst;
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
  if (w->rest == a->rest && all_equal (a->n, weight))
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
  .work = poly_make_work,
  .free_work = poly_free_work,
  .fit = poly_fit,
  .respond = poly_respond,
  .predict = poly_predict,
};
