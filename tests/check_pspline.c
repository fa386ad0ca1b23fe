/* The penalised spline against dense normal equations in the raw B-spline
   basis, solved here without any of the fitter's transformations.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_blas.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_fit.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdio.h>
#include <stdlib.h>

#include "fitter/basis.h"
#include "fitter/fitter.h"
#include "tap.h"
#include "tools.h"

#define ROWS 60

static const bd_fitter_type *const type = &bd_fitter_pspline;

/* Fit with the knobs SPEC; predictions at the rows of P.  */
static void
fit (const char *spec, const gsl_matrix *X, const gsl_vector *y,
     const double w[], const gsl_matrix *P, double t[])
{
  bd_settings knob;
  bd_error err = { "" };

  ck_assert_int_eq (bd_knob_parse (type->knobs, spec, &knob, &err), 0);
  void *plan = type->plan (&knob, X, y, P, &err);
  ck_assert_msg (plan != NULL, "%s", err.text);
  void *work = type->work (plan);
  ck_assert_int_eq (type->fit (plan, work, w, NULL), GSL_SUCCESS);
  ck_assert_int_eq (type->predict (plan, work, t), GSL_SUCCESS);
  type->free_work (work);
  type->free_plan (plan);
}

/* Rows of a noisy curve in D inputs, with weights 0, 1, 2 ... */
typedef struct
{
  gsl_matrix *X;
  gsl_vector *y;
  double w[ROWS];
} sample;

static sample
make (uint64_t index, size_t d)
{
  gsl_rng *r = stream (index);
  sample s = { gsl_matrix_alloc (ROWS, d), gsl_vector_alloc (ROWS), { 0 } };

  for (size_t i = 0; i < ROWS; i++)
    {
      double f = 0;
      for (size_t j = 0; j < d; j++)
        {
          double x = gsl_ran_flat (r, -3, 3);
          gsl_matrix_set (s.X, i, j, x);
          f += j % 2 ? x * x / 4 : sin (1.5 * x);
        }
      gsl_vector_set (s.y, i, 10 + f + 0.4 * gsl_ran_ugaussian (r));
      s.w[i] = (double)gsl_ran_poisson (r, 1.5);
    }
  gsl_rng_free (r);
  return s;
}

static void
release (sample *s)
{
  gsl_matrix_free (s->X);
  gsl_vector_free (s->y);
}

/* The dense problem: raw design B, weights, penalty.  */
typedef struct
{
  gsl_matrix *B, *P, *G, *H; /* G: pseudo-inverse of B'WB + lambda P */
  const sample *s;
} dense;

static dense
dense_alloc (const sample *s, size_t inner)
{
  size_t d = s->X->size2, p = 0;
  bd_basis basis[3];

  for (size_t j = 0; j < d; j++)
    {
      ck_assert_int_eq (
          bd_basis_init (&basis[j], s->X->data + j, s->X->tda, ROWS, inner),
          0);
      p += basis[j].p;
    }
  dense a
      = { gsl_matrix_calloc (ROWS, p + 1), gsl_matrix_calloc (p + 1, p + 1),
          gsl_matrix_alloc (p + 1, p + 1), gsl_matrix_alloc (ROWS, ROWS), s };
  for (size_t j = 0, at = 1; j < d; at += basis[j].p, j++)
    {
      bd_basis_penalty (&basis[j], a.P, at);
      for (size_t i = 0; i < ROWS; i++)
        bd_basis_row (&basis[j], gsl_matrix_get (s->X, i, j),
                      gsl_matrix_ptr (a.B, i, at));
    }
  for (size_t i = 0; i < ROWS; i++)
    gsl_matrix_set (a.B, i, 0, 1);
  return a;
}

static void
dense_free (dense *a)
{
  gsl_matrix_free (a->B);
  gsl_matrix_free (a->P);
  gsl_matrix_free (a->G);
  gsl_matrix_free (a->H);
}

/* A := its pseudo-inverse, A symmetric.  */
static void
pseudo_inverse (gsl_matrix *A)
{
  size_t p = A->size1;
  gsl_matrix *V = gsl_matrix_alloc (p, p), *Z = gsl_matrix_alloc (p, p);
  gsl_vector *g = gsl_vector_alloc (p);
  gsl_eigen_symmv_workspace *w = gsl_eigen_symmv_alloc (p);

  gsl_eigen_symmv (A, g, V, w);
  double most = gsl_vector_max (g);
  gsl_matrix_memcpy (Z, V);
  for (size_t j = 0; j < p; j++)
    {
      gsl_vector_view z = gsl_matrix_column (Z, j);
      double value = gsl_vector_get (g, j);
      gsl_vector_scale (&z.vector, value > 1e-13 * most ? 1 / value : 0);
    }
  gsl_blas_dgemm (CblasNoTrans, CblasTrans, 1, Z, V, 0, A);
  gsl_eigen_symmv_free (w);
  gsl_matrix_free (V);
  gsl_matrix_free (Z);
  gsl_vector_free (g);
}

/* Fitted values T at LAMBDA; returns GCV, n RSS / (n - trace)^2 over the
   rows written out.  */
static double
dense_fit (dense *a, double lambda, double t[])
{
  size_t p = a->B->size2;
  gsl_matrix *W = gsl_matrix_alloc (ROWS, p), *T = gsl_matrix_alloc (ROWS, p);
  double n = 0, rss = 0, trace = 0;

  gsl_matrix_memcpy (W, a->B);
  for (size_t i = 0; i < ROWS; i++)
    {
      gsl_vector_view row = gsl_matrix_row (W, i);
      gsl_vector_scale (&row.vector, a->s->w[i]);
    }
  gsl_blas_dgemm (CblasTrans, CblasNoTrans, 1, a->B, W, 0, a->G);
  for (size_t j = 0; j < p * p; j++)
    a->G->data[j] += lambda * a->P->data[j];
  pseudo_inverse (a->G);
  gsl_blas_dgemm (CblasNoTrans, CblasNoTrans, 1, a->B, a->G, 0, T);
  gsl_blas_dgemm (CblasNoTrans, CblasTrans, 1, T, W, 0, a->H);
  gsl_vector_view to = gsl_vector_view_array (t, ROWS);
  gsl_blas_dgemv (CblasNoTrans, 1, a->H, a->s->y, 0, &to.vector);
  for (size_t i = 0; i < ROWS; i++)
    {
      n += a->s->w[i];
      trace += gsl_matrix_get (a->H, i, i);
      rss += a->s->w[i] * gsl_pow_2 (gsl_vector_get (a->s->y, i) - t[i]);
    }
  gsl_matrix_free (W);
  gsl_matrix_free (T);
  return n * rss / gsl_pow_2 (n - trace);
}

static double
distance (const double a[], const double b[])
{
  double most = 0;

  for (size_t i = 0; i < ROWS; i++)
    most = GSL_MAX (most, fabs (a[i] - b[i]));
  return most;
}

static const double lambdas[] = { 1e-6, 1e-3, 0.1, 10 };

/* One, two or three inputs, with weights; y has a spread of about 1.  The
   fitter adds 1e-10 to a diagonal of ones.  */
START_TEST (normal_equations)
{
  size_t d = 1 + (size_t)_i / 4;
  sample s = make (10 + (uint64_t)_i, d);
  double got[ROWS], want[ROWS];
  char spec[64];
  dense a = dense_alloc (&s, 6);

  snprintf (spec, sizeof spec, "knots=6,lambda=%.17g", lambdas[_i % 4]);
  fit (spec, s.X, s.y, s.w, s.X, got);
  dense_fit (&a, lambdas[_i % 4], want);
  ck_assert_double_lt (distance (got, want), d == 1 ? 1e-8 : 1e-7);
  dense_free (&a);
  release (&s);
}
END_TEST

/* Where the fitter's own choice stands on the path of fits: the lambda whose
   fit is nearest to it, by a grid and golden section.  */
static double
locate (dense *a, const double got[], double *away)
{
  double best = 0, t[ROWS];

  *away = GSL_POSINF;
  for (double step = 0.2; step > 1e-6; step /= 5)
    {
      double centre = *away < GSL_POSINF ? best : 0;
      double reach = *away < GSL_POSINF ? 5 * step : 9;
      for (double at = centre - reach; at <= centre + reach; at += step)
        {
          dense_fit (a, pow (10, at), t);
          double far = distance (t, got);
          if (far < *away)
            {
              *away = far;
              best = at;
            }
        }
    }
  return pow (10, best);
}

START_TEST (gcv_minimum)
{
  sample s = make (30 + (uint64_t)_i, 1 + (size_t)_i / 4);
  double got[ROWS], t[ROWS], away, least = GSL_POSINF;
  dense a = dense_alloc (&s, 6);

  fit ("knots=6", s.X, s.y, s.w, s.X, got);
  double lambda = locate (&a, got, &away);
  ck_assert_double_lt (away, 1e-4);
  double chosen = dense_fit (&a, lambda, t);
  for (double at = -9; at < 7; at += 0.05)
    least = GSL_MIN (least, dense_fit (&a, pow (10, at), t));
  ck_assert_double_le (chosen, least * (1 + 1e-6));
  dense_free (&a);
  release (&s);
}
END_TEST

/* All but infinite roughness penalty: the weighted least-squares line, at the
   rows and beyond them.  */
START_TEST (huge_lambda_is_a_line)
{
  sample s = make (40, 1);
  gsl_matrix *P = gsl_matrix_alloc (ROWS, 1);
  double c0, c1, c00, c01, c11, chi, t[ROWS];

  gsl_fit_wlinear (s.X->data, 1, s.w, 1, s.y->data, 1, ROWS, &c0, &c1, &c00,
                   &c01, &c11, &chi);
  for (size_t i = 0; i < ROWS; i++)
    gsl_matrix_set (P, i, 0, -10 + (double)i / 3);
  fit ("lambda=1e12", s.X, s.y, s.w, P, t);
  for (size_t i = 0; i < ROWS; i++)
    ck_assert_double_eq_tol (t[i], c0 + c1 * gsl_matrix_get (P, i, 0), 1e-7);
  gsl_matrix_free (P);
  release (&s);
}
END_TEST

/* Straight lines are no rougher than nothing: reproduced by every lambda.  */
START_TEST (lines_reproduced)
{
  static const char *const spec[]
      = { "", "lambda=1e-6", "lambda=1", "knots=60", "knots=1" };
  sample s = make (50, 1 + (size_t)_i % 3);
  double t[ROWS];

  for (size_t i = 0; i < ROWS; i++)
    {
      double f = 5;
      for (size_t j = 0; j < s.X->size2; j++)
        f += (2 - 3 * (double)j) * gsl_matrix_get (s.X, i, j);
      gsl_vector_set (s.y, i, f);
      s.w[i] += 0.5;
    }
  fit (spec[_i], s.X, s.y, s.w, s.X, t);
  for (size_t i = 0; i < ROWS; i++)
    ck_assert_double_eq_tol (t[i], gsl_vector_get (s.y, i), 1e-7);
  release (&s);
}
END_TEST

/* An input with two values has a slope and no curve.  */
START_TEST (two_values)
{
  sample s = make (60, 2);
  double got[ROWS], want[ROWS];

  for (size_t i = 0; i < ROWS; i++)
    {
      double on = i % 3 == 0;
      gsl_matrix_set (s.X, i, 1, 7 * on - 2);
      *gsl_vector_ptr (s.y, i) += 4 * on;
    }
  dense a = dense_alloc (&s, 4);
  ck_assert_uint_eq (a.B->size2, 1 + 8 + 1);
  fit ("knots=4,lambda=0.01", s.X, s.y, s.w, s.X, got);
  dense_fit (&a, 0.01, want);
  ck_assert_double_lt (distance (got, want), 1e-7);
  dense_free (&a);
  release (&s);
}
END_TEST

/* An input and a copy of it on another scale share one curve: each takes half,
   so that twice the penalty gives the fit of one alone.  */
START_TEST (collinear)
{
  sample s = make (70, 2), one = make (70, 1);
  double both[ROWS], alone[ROWS];

  for (size_t i = 0; i < ROWS; i++)
    {
      double x = gsl_matrix_get (s.X, i, 0);
      gsl_matrix_set (s.X, i, 1, 3 - 0.01 * x);
      gsl_matrix_set (one.X, i, 0, x);
    }
  fit ("knots=4,lambda=0.02", s.X, s.y, s.w, s.X, both);
  fit ("knots=4,lambda=0.01", one.X, s.y, s.w, one.X, alone);
  ck_assert_double_lt (distance (both, alone), 1e-6);
  fit ("", s.X, s.y, s.w, s.X, both);
  for (size_t i = 0; i < ROWS; i++)
    ck_assert (gsl_finite (both[i]));
  release (&s);
  release (&one);
}
END_TEST

/* Nothing to bend along: the weighted mean.  */
START_TEST (constant_input)
{
  sample s = make (80, 1);
  double t[ROWS], sum = 0, total = 0;

  gsl_matrix_set_all (s.X, 3);
  for (size_t i = 0; i < ROWS; i++)
    {
      sum += s.w[i] * gsl_vector_get (s.y, i);
      total += s.w[i];
    }
  fit ("", s.X, s.y, s.w, s.X, t);
  for (size_t i = 0; i < ROWS; i++)
    ck_assert_double_eq_tol (t[i], sum / total, 1e-8);
  release (&s);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("pspline");
  TCase *c = tcase_create ("pspline");

  tcase_set_timeout (c, 120);
  tcase_add_loop_test (c, normal_equations, 0, 12);
  tcase_add_loop_test (c, gcv_minimum, 0, 6);
  tcase_add_test (c, huge_lambda_is_a_line);
  tcase_add_loop_test (c, lines_reproduced, 0, 5);
  tcase_add_test (c, two_values);
  tcase_add_test (c, collinear);
  tcase_add_test (c, constant_input);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
