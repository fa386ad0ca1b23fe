/* The plan of the linear fitters: standardised inputs, their orthonormal form.
   References stand in linear.c.  */
#include <config.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "linear.h"

/* Singular values of the standardised inputs below this share of the largest
   are taken for rounding: the data are collinear.  */
#define RANK_TOLERANCE 1e-12

/* Products of columns are stored up to this many doubles, a cache full, and
   so many per row; beyond it a member costs less as a matrix product.  */
#define PRODUCTS_MAX ((size_t)1 << 17)
#define PRODUCTS_ROW 120

void
bd_linear_free_plan (void *plan)
{
  linear_plan *a = plan;

  if (!a)
    return;
  gsl_matrix_free (a->M);
  gsl_matrix_free (a->Mp);
  gsl_matrix_free (a->O);
  gsl_vector_free (a->y);
  gsl_vector_free (a->once);
  free (a);
}

/* Values are brought to at most 1 by a power of two before they are squared:
   x = (centre + spread z)/unit, spread 0 for exactly constant values.  */
typedef struct
{
  double unit;
  long double centre, spread; /* long only for its digits */
} standard;

static standard
standard_of (const double x[], size_t stride, size_t count, bool centred)
{
  standard s = { 1, 0, 0 };
  long double sum = 0, squares = 0;
  double most = 0;
  int exponent;

  for (size_t i = 0; i < count; i++)
    most = GSL_MAX (most, fabs (x[i * stride]));
  frexp (most, &exponent);
  s.unit = ldexp (1, GSL_MIN (-exponent, 1000));
  long double first = x[0] * s.unit;
  for (size_t i = 0; i < count; i++)
    sum += x[i * stride] * s.unit - first;
  if (centred)
    s.centre = first + sum / (long double)count;
  for (size_t i = 0; i < count; i++)
    {
      long double d = x[i * stride] * s.unit - s.centre;
      squares += d * d;
    }
  s.spread = sqrtl (squares / (long double)count);
  return s;
}

static long double
standardise (double x, standard s)
{
  return s.spread > 0 ? (x * s.unit - s.centre) / s.spread : 0;
}

/* V S^-1 sqrt (n) of Z = U S V', the columns of negligible s left out; NULL
   when memory is short.  It maps rows of Z to a basis with U'U = n I, and the
   solution in that basis is the one of least norm in the other.  */
static gsl_matrix *
orthonormal_map (const gsl_matrix *Z)
{
  size_t n = Z->size1, p = Z->size2, k = 0;
  gsl_matrix *Q = gsl_matrix_alloc (n, p), *A = NULL;
  gsl_matrix *R = gsl_matrix_calloc (p, p), *V = gsl_matrix_alloc (p, p);
  gsl_vector *s = gsl_vector_alloc (p);

  if (!Q || !R || !V || !s)
    goto done;
  gsl_matrix_memcpy (Q, Z);
  if (gsl_linalg_QR_decomp (Q, s))
    goto done;
  for (size_t i = 0; i < p; i++)
    for (size_t j = i; j < p; j++)
      gsl_matrix_set (R, i, j, gsl_matrix_get (Q, i, j));
  if (gsl_linalg_SV_decomp_jacobi (R, V, s))
    goto done;
  double least = RANK_TOLERANCE * gsl_vector_get (s, 0);
  while (k < p && gsl_vector_get (s, k) > least)
    k++;
  A = gsl_matrix_calloc (p, GSL_MAX (k, 1));
  for (size_t j = 0; A && j < k; j++)
    for (size_t i = 0; i < p; i++)
      gsl_matrix_set (A, i, j,
                      gsl_matrix_get (V, i, j) / gsl_vector_get (s, j)
                          * sqrt ((double)n));
  if (A)
    A->size2 = k; /* perhaps nothing but the constant is left */
done:
  gsl_matrix_free (Q);
  gsl_matrix_free (R);
  gsl_matrix_free (V);
  gsl_vector_free (s);
  return A;
}

/* [1 Z A], without the constant if there is none, or [1 Z] if A is NULL, for
   the rows of X.  Summed in long double: A is as large as Z is collinear.  */
static gsl_matrix *
design (const linear_plan *a, const gsl_matrix *X, const standard s[],
        const gsl_matrix *A)
{
  size_t n = X->size1, p = X->size2, first = a->kind.intercept;
  gsl_matrix *M = gsl_matrix_alloc (n, a->c);
  long double *z = calloc (p + 1, sizeof *z);

  for (size_t i = 0; M && z && i < n; i++)
    {
      for (size_t j = 0; j < p; j++)
        z[j] = standardise (gsl_matrix_get (X, i, j), s[j]);
      gsl_matrix_set (M, i, 0, 1);
      for (size_t k = 0; k + first < a->c; k++)
        {
          long double sum = A ? 0 : z[k];
          for (size_t j = 0; A && j < p; j++)
            sum += z[j] * gsl_matrix_get (A, j, k);
          gsl_matrix_set (M, i, k + first, (double)sum);
        }
    }
  if (!z)
    {
      gsl_matrix_free (M);
      M = NULL;
    }
  free (z);
  return M;
}

/* The map for the standardised X; NULL when memory is short.  */
static gsl_matrix *
map_of (const gsl_matrix *X, const standard s[])
{
  gsl_matrix *Z = gsl_matrix_alloc (X->size1, X->size2);

  for (size_t i = 0; Z && i < X->size1; i++)
    for (size_t j = 0; j < X->size2; j++)
      gsl_matrix_set (Z, i, j,
                      (double)standardise (gsl_matrix_get (X, i, j), s[j]));
  gsl_matrix *A = Z ? orthonormal_map (Z) : NULL;
  gsl_matrix_free (Z);
  return A;
}

static int
add_design (linear_plan *a, const gsl_matrix *X, const gsl_matrix *P)
{
  bool ridge = a->kind.lambda > 0;
  standard *s = calloc (X->size2 + 1, sizeof *s);
  gsl_matrix *A = NULL;

  if (!s)
    return GSL_ENOMEM;
  for (size_t j = 0; j < X->size2; j++)
    s[j] = standard_of (X->data + j, X->tda, X->size1, a->kind.intercept);
  if (ridge || (A = map_of (X, s)))
    {
      a->c = (A ? A->size2 : X->size2) + a->kind.intercept;
      a->M = a->c > 0 ? design (a, X, s, A) : NULL;
      a->Mp = a->c > 0 ? design (a, P, s, A) : NULL;
    }
  gsl_matrix_free (A);
  free (s);
  return a->M && a->Mp ? GSL_SUCCESS : GSL_ENOMEM;
}

/* Without O a member costs a weighted copy of M and a matrix product.  */
static void
add_products (linear_plan *a)
{
  size_t q = a->c * (a->c + 1) / 2;

  if (q > PRODUCTS_ROW || a->n > PRODUCTS_MAX / q)
    return;
  a->O = gsl_matrix_alloc (a->n, q);
  for (size_t i = 0; a->O && i < a->n; i++)
    for (size_t j = 0, at = 0; j < a->c; j++)
      for (size_t k = 0; k <= j; k++)
        gsl_matrix_set (a->O, i, at++,
                        gsl_matrix_get (a->M, i, j)
                            * gsl_matrix_get (a->M, i, k));
}

static int
add_response (linear_plan *a, const gsl_vector *y)
{
  standard s = standard_of (y->data, y->stride, a->n, a->kind.intercept);

  a->y0 = (double)s.centre / s.unit;
  a->scale = s.spread > 0 ? (double)s.spread / s.unit : 1;
  a->y = gsl_vector_alloc (a->n);
  for (size_t i = 0; a->y && i < a->n; i++)
    gsl_vector_set (a->y, i, (double)standardise (gsl_vector_get (y, i), s));
  return a->y ? GSL_SUCCESS : GSL_ENOMEM;
}

/* The pivots that those of members are held against.  */
static int
count_once (linear_plan *a)
{
  linear_work *w = bd_linear_work (a);
  gsl_vector *ones = gsl_vector_alloc (a->n);

  a->once = gsl_vector_alloc (a->c);
  bool room = w && ones && a->once;
  if (room)
    {
      gsl_vector_set_all (ones, 1);
      bool good = bd_linear_fit (a, w, ones->data, NULL) == GSL_SUCCESS;
      for (size_t j = 0; j < a->c; j++)
        gsl_vector_set (a->once, j,
                        good ? gsl_matrix_get (w->G, j, j) : GSL_NAN);
    }
  gsl_vector_free (ones);
  bd_linear_free_work (w);
  return room ? GSL_SUCCESS : GSL_ENOMEM;
}

static int
check (linear_kind kind, const gsl_matrix *X, const gsl_vector *y,
       const gsl_matrix *P, bd_error *err)
{
  size_t n = X->size1, p = X->size2 + kind.intercept;

  for (size_t i = 0; i < n; i++)
    {
      bool good = gsl_finite (gsl_vector_get (y, i));
      for (size_t j = 0; j < X->size2; j++)
        good = good && gsl_finite (gsl_matrix_get (X, i, j));
      if (!good)
        return BD_FAIL (err, GSL_EDOM, "row %zu is not finite", i + 1);
    }
  for (size_t i = 0; i < P->size1 * P->size2; i++)
    if (!gsl_finite (gsl_matrix_get (P, i / P->size2, i % P->size2)))
      return BD_FAIL (err, GSL_EDOM, "prediction point %zu is not finite",
                      i / P->size2 + 1);
  if (n <= p && !(kind.lambda > 0))
    return BD_FAIL (err, GSL_EDOM,
                    "%zu row%s, %zu coefficient%s: use "
                    "linear:lambda=1",
                    n, n == 1 ? "" : "s", p, p == 1 ? "" : "s");
  return GSL_SUCCESS;
}

linear_plan *
bd_linear_plan (linear_kind kind, const gsl_matrix *X, const gsl_vector *y,
                const gsl_matrix *P, bd_error *err)
{
  linear_plan *a = NULL;

  if (check (kind, X, y, P, err))
    return NULL;
  a = calloc (1, sizeof *a);
  if (!a)
    goto fail;
  a->kind = kind;
  a->n = X->size1;
  a->m = P->size1;
  if (add_design (a, X, P) || add_response (a, y))
    goto fail;
  add_products (a);
  if (count_once (a))
    goto fail;
  return a;

fail:
  if (a && !kind.intercept && a->c == 0)
    BD_FAIL (err, GSL_EDOM, "all inputs are zero and there is no intercept");
  else
    BD_FAIL (err, GSL_ENOMEM,
             "out of memory for a fit to %zu rows and %zu "
             "inputs",
             X->size1, X->size2);
  bd_linear_free_plan (a);
  return NULL;
}
