/* A linear model whose inputs are dropped out, and the ridge that it should
   come to.

   References: N. Srivastava et al., "Dropout", JMLR 15 (2014), section 9;
   S. Wager, S. Wang, P. Liang, "Dropout training as adaptive regularization",
   NIPS 2013.  */
#include <config.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "../net/exact.h"
#include "regularise.h"

#define SEED_SMALL 101
#define INPUTS 8 /* of the linear model, so 256 masks */

void
bd_linear_by_masks (const gsl_matrix *X, double q, gsl_matrix *A,
                    double mean[])
{
  size_t c = X->size2;

  gsl_blas_dgemm (CblasTrans, CblasNoTrans, 1, X, X, 0, A);
  for (size_t i = 0; i < c; i++)
    mean[i] = 0;
  for (size_t i = 0; i < c; i++)
    for (size_t j = 0; j <= i; j++)
      {
        double both = 0; /* mean product of their factors */
        for (size_t mask = 0; mask < (size_t)1 << c; mask++)
          {
            double p = 1;
            for (size_t k = 0; k < c; k++)
              p *= mask >> k & 1 ? 1 - q : q;
            if (mask >> i & mask >> j & 1)
              both += p / gsl_pow_2 (1 - q);
            if (i == j && mask >> i & 1)
              mean[i] += p / (1 - q);
          }
        gsl_matrix_set (A, i, j, both * gsl_matrix_get (A, i, j));
        gsl_matrix_set (A, j, i, gsl_matrix_get (A, i, j));
      }
}

void
bd_linear_by_ridge (const gsl_matrix *X, double q, gsl_matrix *A,
                    double mean[])
{
  gsl_blas_dgemm (CblasTrans, CblasNoTrans, 1, X, X, 0, A);
  for (size_t i = 0; i < X->size2; i++)
    {
      *gsl_matrix_ptr (A, i, i) += q / (1 - q) * gsl_matrix_get (A, i, i);
      mean[i] = 1;
    }
}

int
bd_linear_solve (const gsl_matrix *X, const double y[], gsl_matrix *A,
                 const double mean[], double t[], double *df)
{
  gsl_vector_view to = gsl_vector_view_array (t, X->size1);
  gsl_vector_const_view from = gsl_vector_const_view_array (y, X->size1);
  gsl_matrix *S = gsl_matrix_alloc (X->size2, X->size2);
  gsl_vector *w = gsl_vector_alloc (X->size2);
  gsl_vector *b = gsl_vector_alloc (X->size2);
  int code = S && w && b ? gsl_linalg_cholesky_decomp1 (A) : GSL_ENOMEM;

  *df = 0;
  if (!code)
    {
      gsl_blas_dgemv (CblasTrans, 1, X, &from.vector, 0, b);
      gsl_blas_dgemm (CblasTrans, CblasNoTrans, 1, X, X, 0, S);
      for (size_t j = 0; j < X->size2; j++)
        {
          *gsl_vector_ptr (b, j) *= mean[j];
          gsl_vector_view row = gsl_matrix_row (S, j);
          gsl_vector_scale (&row.vector, mean[j]);
        }
      gsl_linalg_cholesky_solve (A, b, w);
      gsl_blas_dgemv (CblasNoTrans, 1, X, w, 0, &to.vector);
      for (size_t j = 0; j < X->size2; j++)
        {
          gsl_vector_view column = gsl_matrix_column (S, j);
          gsl_linalg_cholesky_solve (A, &column.vector, w);
          *df += gsl_vector_get (w, j);
        }
    }
  gsl_matrix_free (S);
  gsl_vector_free (w);
  gsl_vector_free (b);
  return code;
}

/* Subtract its mean from X (N); returns its sum of squares after that.  */
static double
centre (size_t n, double x[])
{
  double mean = 0, ss = 0, before = 0;

  for (size_t i = 0; i < n; i++)
    {
      mean += x[i] / (double)n;
      before += x[i] * x[i];
    }
  for (size_t i = 0; i < n; i++)
    {
      x[i] -= mean;
      ss += x[i] * x[i];
    }
  return ss > GSL_DBL_EPSILON * before ? ss : 0;
}

/* What the units of a small trained network tell of the training rows, centred
   and without those that tell nothing.  NULL in *X: none does.  */
static int
make_inputs (const bd_cast *c, gsl_matrix **X)
{
  const bd_dataset *d = c->r->train;
  bd_net_options o = c->base;
  bd_net_model *model = NULL;
  double *Z = bd_array (d->n, d->d), *H = bd_array (INPUTS, d->n);
  size_t used = 0;

  o.hidden[0] = INPUTS;
  o.depth = 1;
  int code = Z && H ? bd_team_train (&o, d, NULL,
                                     bd_rng_derive (c->r->seed, SEED_SMALL), 0,
                                     &model)
                    : GSL_ENOMEM;
  if (!code)
    {
      const bd_rates q = bd_rates_same (&model->net, .5, 0);
      bd_net_standardise (model, d->X, Z);
      code = bd_exact_closed_units (model, &q, d->n, Z, H, NULL);
    }
  for (size_t j = 0; !code && j < INPUTS; j++)
    if (centre (d->n, H + j * d->n) > 0)
      {
        for (size_t i = 0; i < d->n; i++)
          H[used * d->n + i] = H[j * d->n + i];
        used++;
      }
  *X = NULL;
  if (!code && used && !(*X = gsl_matrix_alloc (d->n, used)))
    code = GSL_ENOMEM;
  for (size_t j = 0; *X && j < used; j++)
    for (size_t i = 0; i < d->n; i++)
      gsl_matrix_set (*X, i, j, H[j * d->n + i]);
  bd_net_model_free (model);
  free (Z);
  free (H);
  return code;
}

/* Both at rate number K; T and Y are n each, the former twice.  */
static int
compare (const gsl_matrix *X, const double y[], double ss, size_t k,
         double t[], double df[2], double *off)
{
  size_t n = X->size1;
  gsl_matrix *A = gsl_matrix_alloc (X->size2, X->size2);
  double q = bd_cast_rates[k], mean[INPUTS];
  int code = A ? GSL_SUCCESS : GSL_ENOMEM;

  if (!code)
    {
      bd_linear_by_masks (X, q, A, mean);
      code = bd_linear_solve (X, y, A, mean, t, &df[0]);
    }
  if (!code)
    {
      bd_linear_by_ridge (X, q, A, mean);
      code = bd_linear_solve (X, y, A, mean, t + n, &df[1]);
    }
  for (size_t i = 0; !code && i < n; i++)
    *off = GSL_MAX_DBL (*off, fabs (t[i] - t[n + i]) / sqrt (ss / (double)n));
  gsl_matrix_free (A);
  return code;
}

int
bd_regularise_linear (const bd_cast *c, const bd_layout *l, double v[])
{
  const bd_dataset *d = c->r->train;
  gsl_matrix *X;
  double *y = bd_array (3, d->n), ss = 0, off = 0, df[2];
  int code = y ? make_inputs (c, &X) : GSL_ENOMEM;

  if (!y)
    return code;
  for (size_t i = 0; i < d->n; i++)
    y[i] = gsl_vector_get (d->y, i);
  ss = centre (d->n, y);
  for (size_t k = 0; !code && X && ss > 0 && k < BD_RATES; k++)
    {
      code = compare (X, y, ss, k, y + d->n, df, &off);
      /* One more for the constant.  */
      bd_layout_in (l, v, "df_by_rate", BD_REG_LINEAR_DROPOUT)[k] = 1 + df[0];
      bd_layout_in (l, v, "df_by_rate", BD_REG_LINEAR_RIDGE)[k] = 1 + df[1];
      *bd_layout_in (l, v, "off", BD_REG_LINEAR_RIDGE) = off;
    }
  gsl_matrix_free (X);
  free (y);
  return code == GSL_EDOM ? GSL_SUCCESS : code;
}
