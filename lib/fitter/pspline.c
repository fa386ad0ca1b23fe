/* Penalised B-splines with the smoothing parameter by generalised
   cross-validation; additive for several inputs, with one smoothing parameter
   for all of them.

   References: P. H. C. Eilers, B. D. Marx, "Flexible smoothing with B-splines
   and penalties", Statistical Science 11 (1996); P. Craven, G. Wahba,
   "Smoothing noisy data with spline functions", Numer. Math. 31 (1979);
   A. Demmler, C. Reinsch, "Oscillation matrices with spline smoothing",
   Numer. Math. 24 (1975).

   The plan turns the basis into one, U, with U'U = I and a diagonal penalty
   s, so that the weighted normal equations of the members stay well
   conditioned.  A member factors  U'WU + lambda0 diag(s) = LL'  once, and the
   eigenvalues of  L^-1 diag(s) L^-T  give the fit for every other lambda in
   k operations.  */
#include <config.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "pspline.h"

static const bd_knob pspline_knobs[] = {
  { "knots", 0, 0, BD_BASIS_KNOTS, true,
    "inner knots of each input (0: 20 for one input, 4 for several; above 25 "
    "inputs straight lines with a ridge penalty)",
    NULL },
  { "lambda", 0, 0, 1e12, false, "roughness penalty (0: chosen by GCV)",
    NULL },
  { NULL, 0, 0, 0, false, NULL, NULL },
};

static void
pspline_free_work (void *work)
{
  pspline_work *w = work;

  if (!w)
    return;
  gsl_matrix_free (w->Uw);
  gsl_matrix_free (w->L);
  gsl_matrix_free (w->S);
  gsl_matrix_free (w->Q);
  gsl_vector_free (w->yw);
  gsl_vector_free (w->b);
  gsl_vector_free (w->z);
  gsl_vector_free (w->tau);
  gsl_vector_free (w->beta);
  gsl_eigen_symmv_free (w->eigen);
  free (w);
}

static void *
pspline_make_work (const void *plan)
{
  const pspline_plan *a = plan;
  pspline_work *w = calloc (1, sizeof *w);

  if (!w)
    return NULL;
  w->Uw = gsl_matrix_alloc (a->n, a->k);
  w->yw = gsl_vector_alloc (a->n);
  w->L = gsl_matrix_alloc (a->k, a->k);
  w->S = gsl_matrix_alloc (a->k, a->k);
  w->Q = gsl_matrix_alloc (a->k, a->k);
  w->b = gsl_vector_alloc (a->k);
  w->z = gsl_vector_alloc (a->k);
  w->tau = gsl_vector_alloc (a->k);
  w->beta = gsl_vector_alloc (a->k);
  w->eigen = gsl_eigen_symmv_alloc (a->k);
  if (w->Uw && w->yw && w->L && w->S && w->Q && w->b && w->z && w->tau
      && w->beta && w->eigen)
    return w;
  pspline_free_work (w);
  return NULL;
}

/* Rows of weight > 0 times sqrt (w), packed; returns the sum of weights.  */
static double
weigh (const pspline_plan *a, pspline_work *w, const double weight[],
       size_t *rows)
{
  double total = 0;

  *rows = 0;
  for (size_t i = 0; i < a->n; i++)
    {
      if (!(weight[i] > 0))
        continue;
      double root = sqrt (weight[i]);
      const double *from = gsl_matrix_const_ptr (a->U, i, 0);
      double *to = gsl_matrix_ptr (w->Uw, *rows, 0);
      for (size_t j = 0; j < a->k; j++)
        to[j] = root * from[j];
      gsl_vector_set (w->yw, *rows, root * gsl_vector_get (a->y, i));
      total += weight[i];
      ++*rows;
    }
  return total;
}

/* LL' = U'WU + lambda0 S (+ a hair), tau and Q of L^-1 S L^-T, and z = Q'
   L^-1 U'Wy.  */
static int
factor (const pspline_plan *a, pspline_work *w, size_t rows)
{
  gsl_matrix_view U = gsl_matrix_submatrix (w->Uw, 0, 0, rows, a->k);
  gsl_vector_view y = gsl_vector_subvector (w->yw, 0, rows);

  gsl_blas_dsyrk (CblasLower, CblasTrans, 1, &U.matrix, 0, w->L);
  gsl_blas_dgemv (CblasTrans, 1, &U.matrix, &y.vector, 0, w->b);
  for (size_t j = 0; j < a->k; j++)
    *gsl_matrix_ptr (w->L, j, j)
        += a->lambda0 * gsl_vector_get (a->s, j) + 1e-10;
  int code = gsl_linalg_cholesky_decomp1 (w->L);
  if (code)
    return code;
  gsl_matrix_set_zero (w->S);
  for (size_t j = 0; j < a->k; j++)
    gsl_matrix_set (w->S, j, j, gsl_vector_get (a->s, j));
  gsl_blas_dtrsm (CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, 1, w->L,
                  w->S);
  gsl_blas_dtrsm (CblasRight, CblasLower, CblasTrans, CblasNonUnit, 1, w->L,
                  w->S);
  code = gsl_eigen_symmv (w->S, w->tau, w->Q, w->eigen);
  gsl_vector_memcpy (w->beta, w->b);
  gsl_blas_dtrsv (CblasLower, CblasNoTrans, CblasNonUnit, w->L, w->beta);
  gsl_blas_dgemv (CblasTrans, 1, w->Q, w->beta, 0, w->z);
  return code;
}

/* log GCV at lambda: rss = yy - sum z^2 (2/e - (1 - lambda0 tau)/e^2),
   trace = sum (1 - lambda0 tau)/e  with  e = 1 + (lambda - lambda0) tau.  */
static double
gcv (const pspline_plan *a, const pspline_work *w, double n, double yy,
     double lambda)
{
  double rss = yy, trace = 0;

  for (size_t j = 0; j < a->k; j++)
    {
      double tau = GSL_MAX (gsl_vector_get (w->tau, j), 0);
      double z = gsl_vector_get (w->z, j), data = 1 - a->lambda0 * tau;
      double e = 1 + (lambda - a->lambda0) * tau;
      trace += data / e;
      rss -= z * z * (2 / e - data / (e * e));
    }
  double left = n - trace;
  return left > 1e-6 * n ? log (GSL_MAX (rss, 1e-12 * yy)) - 2 * log (left)
                         : GSL_POSINF;
}

#define GRID 49

/* A grid over the whole useful range, then golden section.  */
static double
best_lambda (const pspline_plan *a, const pspline_work *w, double n, double yy)
{
  const double golden = 0.3819660112501051;
  double lo = -8, hi = 10, step = (hi - lo) / (GRID - 1), best = GSL_POSINF;
  double at = 0, unit = 1e3 * a->lambda0;

  for (int g = 0; g < GRID; g++)
    {
      double f = gcv (a, w, n, yy, unit * pow (10, lo + g * step));
      if (f < best)
        {
          best = f;
          at = lo + g * step;
        }
    }
  lo = at - step;
  hi = at + step;
  for (int k = 0; k < 30; k++)
    {
      double u = lo + golden * (hi - lo), v = hi - golden * (hi - lo);
      if (gcv (a, w, n, yy, unit * pow (10, u))
          < gcv (a, w, n, yy, unit * pow (10, v)))
        hi = v;
      else
        lo = u;
    }
  return unit * pow (10, (lo + hi) / 2);
}

static int
pspline_fit (const void *plan, void *work, const double weight[], gsl_rng *r)
{
  const pspline_plan *a = plan;
  pspline_work *w = work;
  size_t rows;
  double n = weigh (a, w, weight, &rows), yy = 0, lambda = a->lambda0;

  (void)r;
  if (rows == 0)
    GSL_ERROR ("all weights are zero", GSL_EDOM);
  int code = factor (a, w, rows);
  if (code)
    return code;
  for (size_t i = 0; i < rows; i++)
    yy += gsl_pow_2 (gsl_vector_get (w->yw, i));
  if (!a->fixed)
    lambda = best_lambda (a, w, n, yy);
  for (size_t j = 0; j < a->k; j++)
    {
      double tau = GSL_MAX (gsl_vector_get (w->tau, j), 0);
      gsl_vector_set (w->z, j,
                      gsl_vector_get (w->z, j)
                          / (1 + (lambda - a->lambda0) * tau));
    }
  gsl_blas_dgemv (CblasNoTrans, 1, w->Q, w->z, 0, w->beta);
  return gsl_blas_dtrsv (CblasLower, CblasTrans, CblasNonUnit, w->L, w->beta);
}

static int
pspline_predict (const void *plan, void *work, double t[])
{
  const pspline_plan *a = plan;
  pspline_work *w = work;
  gsl_vector_view to = gsl_vector_view_array (t, a->m);

  gsl_vector_set_all (&to.vector, a->y0);
  return gsl_blas_dgemv (CblasNoTrans, 1, a->Up, w->beta, 1, &to.vector);
}

const bd_fitter_type bd_fitter_pspline = {
  .name = "pspline",
  .title = "smoothing spline",
  .help = "penalised cubic B-spline, additive for several inputs; smoothness "
          "by generalised cross-validation",
  .knobs = pspline_knobs,
  .resample = "bayes",
  .plan = bd_pspline_plan,
  .free_plan = bd_pspline_free_plan,
  .work = pspline_make_work,
  .free_work = pspline_free_work,
  .fit = pspline_fit,
  .predict = pspline_predict,
};
