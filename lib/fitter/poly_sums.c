/* The polynomial's normal equations and their factor.  References stand in
   poly.c.  */
#include <config.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_math.h>
#include <string.h>

#include "../base/kernel.h"
#include "poly.h"

#define LANES POLY_LANES

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
