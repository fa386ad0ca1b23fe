/* Reference: C. de Boor, "A Practical Guide to Splines", revised edition,
   Springer 2001, chapters IX and X.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>
#include <string.h>

#include "basis.h"

#define ORDER 4

/* Inner knots at quantiles of the COUNT distinct sorted values Z.  */
static void
place_knots (bd_basis *b, const double z[], size_t count)
{
  for (size_t k = 0; k < ORDER; k++)
    {
      b->knot[k] = 0;
      b->knot[ORDER + b->inner + k] = 1;
    }
  for (size_t k = 1; k <= b->inner; k++)
    {
      double at = (double)k * (double)(count - 1) / (double)(b->inner + 1);
      size_t i = (size_t)at;
      double part = at - (double)i;
      b->knot[ORDER + k - 1] = z[i] + part * (z[i + 1] - z[i]);
    }
}

int
bd_basis_init (bd_basis *b, const double x[], size_t stride, size_t n,
               size_t inner)
{
  double *z = malloc (n * sizeof *z);
  size_t count = 1;

  if (!z)
    GSL_ERROR ("no memory for a spline basis", GSL_ENOMEM);
  for (size_t i = 0; i < n; i++)
    z[i] = x[i * stride];
  gsl_sort (z, 1, n);
  b->lo = z[0];
  b->scale = z[n - 1] > z[0] ? z[n - 1] - z[0] : 1;
  for (size_t i = 1; i < n; i++)
    if (z[i] > z[count - 1])
      z[count++] = z[i];
  for (size_t i = 0; i < count; i++)
    z[i] = (z[i] - b->lo) / b->scale;
  b->inner = GSL_MIN (GSL_MIN (inner, BD_BASIS_KNOTS), count / 2);
  b->p = count < 5 ? 1 : b->inner + ORDER;
  if (b->p > 1)
    place_knots (b, z, count);
  free (z);
  return GSL_SUCCESS;
}

/* The four functions that are not zero at Z in the interval after knot K
   (de Boor's recurrence).  */
static void
four (const double *knot, size_t k, double z, double value[ORDER])
{
  value[0] = 1;
  for (size_t order = 1; order < ORDER; order++)
    {
      double saved = 0;
      for (size_t r = 0; r < order; r++)
        {
          double right = knot[k + r + 1] - z;
          double left = z - knot[k + 1 - order + r];
          double share = value[r] / (right + left);
          value[r] = saved + right * share;
          saved = left * share;
        }
      value[order] = saved;
    }
}

/* Straight on from the end at Z0 with the slope there: only the two outer
   functions of a clamped basis have one.  */
static void
extend (const bd_basis *b, double z, double row[])
{
  size_t last = b->p - 1;
  const double *t = b->knot;

  if (z < 0)
    {
      double rise = 3 * z / (t[ORDER] - t[0]);
      row[0] -= rise;
      row[1] += rise;
    }
  else if (z > 1)
    {
      double rise = 3 * (z - 1) / (1 - t[last]);
      row[last - 1] -= rise;
      row[last] += rise;
    }
}

void
bd_basis_row (const bd_basis *b, double x, double row[])
{
  double z = (x - b->lo) / b->scale, inside = GSL_MIN (GSL_MAX (z, 0), 1);
  size_t k = ORDER - 1;

  if (b->p == 1)
    {
      row[0] = z;
      return;
    }
  while (k < b->p - 1 && b->knot[k + 1] <= inside)
    k++;
  memset (row, 0, b->p * sizeof *row);
  four (b->knot, k, inside, row + k + 1 - ORDER);
  extend (b, z, row);
}

/* Row k of D: the second derivative at distinct knot k as a combination of
   coefficients; between knots it is linear.  */
static void
second_derivative (const bd_basis *b, size_t k, double row[3])
{
  const double *t = b->knot + k;
  double h2 = 2 / (t[4] - t[2]), a = 3 / (t[4] - t[1]), c = 3 / (t[5] - t[2]);

  row[0] = h2 * a;
  row[1] = -h2 * (a + c);
  row[2] = h2 * c;
}

void
bd_basis_penalty (const bd_basis *b, gsl_matrix *P, size_t at)
{
  if (b->p == 1)
    return;
  for (size_t k = 0; k + 1 < b->inner + 2; k++)
    {
      double left[4] = { 0 }, right[4] = { 0 };
      double h = b->knot[ORDER + k] - b->knot[ORDER - 1 + k];
      second_derivative (b, k, left);
      second_derivative (b, k + 1, right + 1);
      for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 4; j++)
          *gsl_matrix_ptr (P, at + k + i, at + k + j)
              += h / 6
                 * (2 * left[i] * left[j] + left[i] * right[j]
                    + right[i] * left[j] + 2 * right[i] * right[j]);
    }
}
