/* The plan of the penalised spline: basis, its orthonormal form, penalty.
   References stand in pspline.c.  */
#include <config.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>

#include "pspline.h"

#define LINES_ABOVE 25 /* inputs: beyond it their terms are straight lines */

void
bd_pspline_free_plan (void *plan)
{
  pspline_plan *a = plan;

  if (!a)
    return;
  free (a->basis);
  gsl_vector_free (a->mean);
  gsl_matrix_free (a->T);
  gsl_matrix_free (a->U);
  gsl_matrix_free (a->Up);
  gsl_vector_free (a->s);
  gsl_vector_free (a->y);
  free (a);
}

/* Raw design, n x p.  */
static gsl_matrix *
design (const pspline_plan *a, const gsl_matrix *X)
{
  gsl_matrix *B = gsl_matrix_alloc (X->size1, a->p);

  for (size_t i = 0; B && i < X->size1; i++)
    for (size_t j = 0, at = 0; j < a->d; at += a->basis[j].p, j++)
      bd_basis_row (&a->basis[j], gsl_matrix_get (X, i, j),
                    gsl_matrix_ptr (B, i, at));
  return B;
}

static void
subtract_means (const gsl_vector *mean, gsl_matrix *B)
{
  for (size_t i = 0; i < B->size1; i++)
    {
      gsl_vector_view row = gsl_matrix_row (B, i);
      gsl_vector_sub (&row.vector, mean);
    }
}

static void
column_means (const gsl_matrix *B, gsl_vector *mean)
{
  gsl_vector_set_zero (mean);
  for (size_t i = 0; i < B->size1; i++)
    {
      gsl_vector_const_view row = gsl_matrix_const_row (B, i);
      gsl_vector_add (mean, &row.vector);
    }
  gsl_vector_scale (mean, 1 / (double)B->size1);
}

/* Eigenvectors Z of A, largest eigenvalues first.  A is overwritten.  */
static int
eigen (gsl_matrix *A, gsl_vector *value, gsl_matrix *Z)
{
  gsl_eigen_symmv_workspace *w = gsl_eigen_symmv_alloc (A->size1);

  if (!w)
    return GSL_ENOMEM;
  gsl_eigen_symmv (A, value, Z, w);
  gsl_eigen_symmv_sort (value, Z, GSL_EIGEN_SORT_VAL_DESC);
  gsl_eigen_symmv_free (w);
  return GSL_SUCCESS;
}

/* Most directions that are kept: a member costs their third power.  */
#define DIRECTIONS 200

/* How many of the eigenvalues G, in falling order, the data can tell from
   zero.  */
static size_t
useful (const gsl_vector *g)
{
  size_t kept = 0;

  while (kept < GSL_MIN (g->size, DIRECTIONS)
         && gsl_vector_get (g, kept) > 1e-10 * gsl_vector_get (g, 0))
    kept++;
  return kept;
}

/* Z = V diag (1 / g^POWER) for the useful eigenvectors.  When there is none,
   one function that is zero everywhere takes their place.  */
static gsl_matrix *
scaled (const gsl_matrix *V, const gsl_vector *g, double power)
{
  size_t kept = useful (g);
  gsl_matrix *Z = gsl_matrix_calloc (V->size1, GSL_MAX (kept, 1));

  for (size_t j = 0; Z && j < kept; j++)
    {
      double scale = pow (gsl_vector_get (g, j), -power);
      for (size_t i = 0; i < V->size1; i++)
        gsl_matrix_set (Z, i, j, scale * gsl_matrix_get (V, i, j));
    }
  return Z;
}

/* Z: p x kept, columns scaled so that (B Z)'(B Z) = I; functions that the
   data cannot tell apart are dropped.  From B'B = V diag (g) V', Z = V g^-1/2;
   with more functions than rows from BB' = E diag (g) E', Z = B' E g^-1.  */
static gsl_matrix *
orthonormal (const gsl_matrix *B)
{
  bool wide = B->size2 > B->size1;
  size_t p = GSL_MIN (B->size1, B->size2);
  gsl_matrix *G = gsl_matrix_alloc (p, p), *V = gsl_matrix_alloc (p, p);
  gsl_vector *g = gsl_vector_alloc (p);
  gsl_matrix *Z = NULL, *E = NULL;

  if (!G || !V || !g)
    goto done;
  gsl_blas_dsyrk (CblasLower, wide ? CblasNoTrans : CblasTrans, 1, B, 0, G);
  if (eigen (G, g, V))
    goto done;
  E = scaled (V, g, wide ? 1 : 0.5);
  if (wide && E)
    Z = gsl_matrix_alloc (B->size2, E->size2);
  if (Z)
    gsl_blas_dgemm (CblasTrans, CblasNoTrans, 1, B, E, 0, Z);
  if (!wide)
    {
      Z = E;
      E = NULL;
    }
done:
  gsl_matrix_free (G);
  gsl_matrix_free (V);
  gsl_matrix_free (E);
  gsl_vector_free (g);
  return Z;
}

/* The roughness of every input; straight lines for want of it their slope,
   which makes ridge regression on standardised inputs.  */
static void
fill_penalty (const pspline_plan *a, const gsl_matrix *B, gsl_matrix *P)
{
  for (size_t j = 0, at = 0; j < a->d; at += a->basis[j].p, j++)
    bd_basis_penalty (&a->basis[j], P, at);
  for (size_t k = 0; a->d > LINES_ABOVE && k < a->p; k++)
    {
      gsl_vector_const_view column = gsl_matrix_const_column (B, k);
      gsl_matrix_set (P, k, k, gsl_pow_2 (gsl_blas_dnrm2 (&column.vector)));
    }
}

/* Turn Z so that the penalty is diagonal: T = Z Q, s behind the constant.  */
static int
diagonalise (pspline_plan *a, const gsl_matrix *B, const gsl_matrix *Z)
{
  size_t k = Z->size2;
  gsl_matrix *P = gsl_matrix_calloc (a->p, a->p);
  gsl_matrix *PZ = gsl_matrix_alloc (a->p, k);
  gsl_matrix *S = gsl_matrix_alloc (k, k), *Q = gsl_matrix_alloc (k, k);
  int code = GSL_ENOMEM;

  a->T = gsl_matrix_alloc (a->p, k);
  a->s = gsl_vector_calloc (k + 1);
  if (!P || !PZ || !S || !Q || !a->T || !a->s)
    goto done;
  fill_penalty (a, B, P);
  gsl_blas_dgemm (CblasNoTrans, CblasNoTrans, 1, P, Z, 0, PZ);
  gsl_blas_dgemm (CblasTrans, CblasNoTrans, 1, Z, PZ, 0, S);
  gsl_vector_view s = gsl_vector_subvector (a->s, 1, k);
  code = eigen (S, &s.vector, Q);
  for (size_t j = 1; !code && j <= k; j++)
    if (gsl_vector_get (a->s, j) < 1e-9 * gsl_vector_get (a->s, 1))
      gsl_vector_set (a->s, j, 0);
  if (!code)
    gsl_blas_dgemm (CblasNoTrans, CblasNoTrans, 1, Z, Q, 0, a->T);
  a->k = k + 1;
done:
  gsl_matrix_free (P);
  gsl_matrix_free (PZ);
  gsl_matrix_free (S);
  gsl_matrix_free (Q);
  return code;
}

/* U = [1/sqrt(n), B T].  */
static gsl_matrix *
turned (const pspline_plan *a, const gsl_matrix *B)
{
  gsl_matrix *U = gsl_matrix_alloc (B->size1, a->k);

  if (!U)
    return NULL;
  gsl_matrix_view rest = gsl_matrix_submatrix (U, 0, 1, B->size1, a->k - 1);
  gsl_blas_dgemm (CblasNoTrans, CblasNoTrans, 1, B, a->T, 0, &rest.matrix);
  for (size_t i = 0; i < B->size1; i++)
    gsl_matrix_set (U, i, 0, 1 / sqrt ((double)a->n));
  return U;
}

static int
make_basis (pspline_plan *a, const gsl_matrix *X, size_t inner)
{
  if (inner == 0)
    inner = a->d == 1 ? 20 : 4;
  a->basis = calloc (a->d, sizeof *a->basis);
  if (!a->basis)
    return GSL_ENOMEM;
  for (size_t j = 0; j < a->d; j++)
    {
      if (bd_basis_init (&a->basis[j], X->data + j, X->tda, a->n, inner))
        return GSL_ENOMEM;
      if (a->d > LINES_ABOVE)
        a->basis[j].p = 1;
      a->p += a->basis[j].p;
    }
  a->mean = gsl_vector_alloc (a->p);
  return a->mean ? GSL_SUCCESS : GSL_ENOMEM;
}

/* Everything of the plan that is made of matrices.  */
static int
make_matrices (pspline_plan *a, const gsl_matrix *X, const gsl_matrix *P)
{
  gsl_matrix *B = design (a, X), *Bp = design (a, P), *Z = NULL;
  int code = GSL_ENOMEM;

  if (!B || !Bp)
    goto done;
  column_means (B, a->mean);
  subtract_means (a->mean, B);
  subtract_means (a->mean, Bp);
  Z = orthonormal (B);
  if (!Z || (code = diagonalise (a, B, Z)))
    goto done;
  a->U = turned (a, B);
  a->Up = turned (a, Bp);
  code = a->U && a->Up ? GSL_SUCCESS : GSL_ENOMEM;
done:
  gsl_matrix_free (B);
  gsl_matrix_free (Bp);
  gsl_matrix_free (Z);
  return code;
}

void *
bd_pspline_plan (const bd_settings *set, const gsl_matrix *X,
                 const gsl_vector *y, const gsl_matrix *P, bd_error *err)
{
  pspline_plan *a = calloc (1, sizeof *a);

  if (!a)
    goto fail;
  a->n = X->size1;
  a->m = P->size1;
  a->d = X->size2;
  a->y0 = gsl_stats_mean (y->data, y->stride, a->n);
  a->fixed = set->value[KNOB_LAMBDA] > 0;
  a->y = gsl_vector_alloc (a->n);
  if (!a->y || make_basis (a, X, (size_t)set->value[KNOB_KNOTS])
      || make_matrices (a, X, P))
    goto fail;
  gsl_vector_memcpy (a->y, y);
  gsl_vector_add_constant (a->y, -a->y0);
  /* Halves the roughest direction but one in a thousand; any positive value
     gives the same fits.  */
  a->lambda0
      = a->fixed ? set->value[KNOB_LAMBDA] : 1e-3 / gsl_vector_max (a->s);
  if (!gsl_finite (a->lambda0))
    a->lambda0 = 1;
  return a;
fail:
  BD_FAIL (err, GSL_ENOMEM, "no memory for a spline of %zu rows", X->size1);
  bd_pspline_free_plan (a);
  return NULL;
}
