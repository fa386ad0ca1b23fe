/* Linear regression: ordinary least squares and ridge.

   References: A. E. Hoerl, R. W. Kennard, "Ridge regression: biased estimation
   for nonorthogonal problems", Technometrics 12 (1970); A. Bjorck, "Numerical
   Methods for Least Squares Problems", SIAM (1996), section 2.7 for the
   solution of least norm.

   Least squares: the plan turns the standardised inputs Z = USV' into an
   orthonormal basis and drops the directions of negligible s, so that the
   weighted normal equations of a member are well conditioned whatever the
   inputs are, and collinear inputs share their coefficient (least norm).

   Ridge minimises  sum w_i (y_i - a - z_i'b)^2 + lambda |b|^2  where z are the
   inputs standardised with the weights w of that member: that adds  lambda
   G_jj/W  to the diagonal of the centred normal equations G, W being the sum
   of the weights.  A row of weight 2 is thus the row twice, in the scale
   too.  */
#include <config.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "linear.h"

enum
{
  KNOB_LAMBDA,
  KNOB_INTERCEPT
};

static const bd_knob linear_knobs[] = {
  { "lambda", 0, 0, 1e12, false,
    "ridge penalty on the standardised inputs (0: least squares)", NULL },
  { "intercept", 1, 0, 1, true, "1: with a constant, 0: through the origin",
    NULL },
  { NULL, 0, 0, 0, false, NULL, NULL },
};

/* A pivot of the normal equations below this share of the sum of weights: the
   rows of the member do not determine its coefficients.  */
#define PIVOT_TOLERANCE 1e-12

static void *
linear_plan_knobs (const bd_settings *set, const gsl_matrix *X,
                   const gsl_vector *y, const gsl_matrix *P, bd_error *err)
{
  linear_kind kind
      = { set->value[KNOB_LAMBDA], set->value[KNOB_INTERCEPT] > 0 };

  return bd_linear_plan (kind, X, y, P, err);
}

void
bd_linear_free_work (void *work)
{
  linear_work *w = work;

  if (!w)
    return;
  gsl_matrix_free (w->G);
  gsl_matrix_free (w->Mw);
  gsl_vector_free (w->g);
  gsl_vector_free (w->wy);
  gsl_vector_free (w->beta);
  gsl_vector_free (w->own);
  free (w);
}

void *
bd_linear_work (const void *plan)
{
  const linear_plan *a = plan;
  linear_work *w = calloc (1, sizeof *w);

  if (!w)
    return NULL;
  w->G = gsl_matrix_alloc (a->c, a->c);
  w->g = gsl_vector_alloc (a->c * (a->c + 1) / 2);
  w->wy = gsl_vector_alloc (a->n);
  w->beta = gsl_vector_calloc (a->c);
  w->own = gsl_vector_alloc (a->n);
  w->y = a->y;
  if (!a->O)
    w->Mw = gsl_matrix_alloc (a->n, a->c);
  if (w->G && w->g && w->wy && w->beta && w->own && (a->O || w->Mw))
    return w;
  bd_linear_free_work (w);
  return NULL;
}

/* G = M'WM, lower triangle, from the stored products.  */
static void
gram_of_products (const linear_plan *a, linear_work *w, const double weight[])
{
  gsl_vector_const_view v = gsl_vector_const_view_array (weight, a->n);

  gsl_blas_dgemv (CblasTrans, 1, a->O, &v.vector, 0, w->g);
  for (size_t j = 0, at = 0; j < a->c; j++)
    for (size_t k = 0; k <= j; k++)
      gsl_matrix_set (w->G, j, k, gsl_vector_get (w->g, at++));
}

/* The same from rows times sqrt (w), rows without weight left out.  */
static void
gram_of_rows (const linear_plan *a, linear_work *w, const double weight[])
{
  size_t rows = 0;

  for (size_t i = 0; i < a->n; i++)
    {
      if (!(weight[i] > 0))
        continue;
      double root = sqrt (weight[i]);
      const double *from = gsl_matrix_const_ptr (a->M, i, 0);
      double *to = gsl_matrix_ptr (w->Mw, rows++, 0);
      for (size_t j = 0; j < a->c; j++)
        to[j] = root * from[j];
    }
  gsl_matrix_view Mw = gsl_matrix_submatrix (w->Mw, 0, 0, rows, a->c);
  gsl_blas_dsyrk (CblasLower, CblasTrans, 1, &Mw.matrix, 0, w->G);
}

/* An input that is constant among the member's rows gets a penalty that keeps
   its coefficient at zero.  */
static void
penalise (const linear_plan *a, gsl_matrix *G, double total)
{
  for (size_t j = a->kind.intercept; j < a->c; j++)
    {
      double *g = gsl_matrix_ptr (G, j, j), square = *g;
      if (a->kind.intercept)
        square -= gsl_pow_2 (gsl_matrix_get (G, j, 0)) / total;
      *g += square > 1e-14 * *g ? a->kind.lambda * square / total : total;
    }
}

/* G = LL'; a code when it is singular for all that rounding lets see.  */
static int
factor (gsl_matrix *G, double total)
{
  int code = gsl_linalg_cholesky_decomp1 (G);

  for (size_t j = 0; !code && j < G->size1; j++)
    if (!(gsl_pow_2 (gsl_matrix_get (G, j, j)) > PIVOT_TOLERANCE * total))
      GSL_ERROR ("the rows do not determine the coefficients", GSL_ESING);
  return code == GSL_EDOM ? GSL_ESING : code;
}

int
bd_linear_fit (const void *plan, void *work, const double weight[], gsl_rng *r)
{
  const linear_plan *a = plan;
  linear_work *w = work;
  double total = 0;

  (void)r;
  for (size_t i = 0; i < a->n; i++)
    {
      total += weight[i];
      gsl_vector_set (w->wy, i, weight[i] * gsl_vector_get (w->y, i));
    }
  if (!(total > 0))
    GSL_ERROR ("all weights are zero", GSL_EDOM);
  if (a->O)
    gram_of_products (a, w, weight);
  else
    gram_of_rows (a, w, weight);
  if (a->kind.lambda > 0)
    penalise (a, w->G, total);
  int code = factor (w->G, total);
  if (code)
    return code;
  gsl_blas_dgemv (CblasTrans, 1, a->M, w->wy, 0, w->beta);
  return gsl_linalg_cholesky_svx (w->G, w->beta);
}

int
bd_linear_respond (const void *plan, void *work, const double y[])
{
  const linear_plan *a = plan;
  linear_work *w = work;

  w->y = y ? w->own : a->y;
  for (size_t i = 0; y && i < a->n; i++)
    gsl_vector_set (w->own, i, (y[i] - a->y0) / a->scale);
  return GSL_SUCCESS;
}

double
bd_linear_pivot (const void *plan, const void *work)
{
  const linear_plan *a = plan;
  const linear_work *w = work;
  double worst = GSL_POSINF;
  const double *l = w->G->data;

  for (size_t j = 0; j < a->c; j++, l += w->G->tda + 1)
    worst = GSL_MIN (worst, *l / a->once->data[j]);
  return worst * worst;
}

int
bd_linear_predict (const void *plan, void *work, double t[])
{
  const linear_plan *a = plan;
  linear_work *w = work;
  gsl_vector_view to = gsl_vector_view_array (t, a->m);

  gsl_vector_set_all (&to.vector, a->y0);
  return gsl_blas_dgemv (CblasNoTrans, a->scale, a->Mp, w->beta, 1,
                         &to.vector);
}

const bd_fitter_type bd_fitter_linear = {
  .name = "linear",
  .title = "linear regression",
  .help = "ordinary least squares on all inputs, or ridge regression",
  .knobs = linear_knobs,
  .resample = "bayes",
  .inputs = 0,
  .plan = linear_plan_knobs,
  .free_plan = bd_linear_free_plan,
  .work = bd_linear_work,
  .free_work = bd_linear_free_work,
  .fit = bd_linear_fit,
  .respond = bd_linear_respond,
  .pivot = bd_linear_pivot,
  .predict = bd_linear_predict,
};
