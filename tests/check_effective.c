/* Effective degrees of freedom, and dropout in a linear model, against closed
   forms and enumeration.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "perspective/regularise.h"
#include "tap.h"
#include "tools.h"

#define N 12
#define C 4

/* N rows whose first C are those of the identity, so that the first C
   predictions of a linear model are its coefficients.  */
static gsl_matrix *
make_inputs (uint64_t index)
{
  gsl_rng *r = stream (index);
  gsl_matrix *X = gsl_matrix_alloc (N, C);

  for (size_t i = 0; i < N; i++)
    for (size_t j = 0; j < C; j++)
      gsl_matrix_set (X, i, j,
                      i < C ? (double)(i == j)
                            : gsl_ran_gaussian (r, 1 + (double)j));
  gsl_rng_free (r);
  return X;
}

static double *
make_response (uint64_t index)
{
  gsl_rng *r = stream (index);
  double *y = normals (r, N);

  gsl_rng_free (r);
  return y;
}

typedef void moments (const gsl_matrix *X, double q, gsl_matrix *A,
                      double mean[]);

static double
solve (moments *by, const gsl_matrix *X, const double y[], double q,
       double t[])
{
  gsl_matrix *A = gsl_matrix_alloc (C, C);
  double mean[C], df;

  by (X, q, A, mean);
  ck_assert_int_eq (bd_linear_solve (X, y, A, mean, t, &df), GSL_SUCCESS);
  gsl_matrix_free (A);
  return df;
}

/* Noise in both directions along each axis: its sample covariance is VARIANCE
   times the identity, so that nothing is left to chance.  */
static double *
even_noise (double variance)
{
  double *e = calloc (2 * N * N, sizeof *e);

  for (size_t k = 0; k < 2 * N; k++)
    e[k * N + k / 2] = (k % 2 ? 1 : -1) * sqrt (variance * (2 * N - 1) / 2.);
  return e;
}

/* Degrees of what FIT makes of responses around 3 plus even noise.  */
static double
degrees_of (void (*fit) (const double y[], double t[]), double variance)
{
  double *e = even_noise (variance), t[2 * N * N], y[N];

  for (size_t k = 0; k < 2 * N; k++)
    {
      for (size_t i = 0; i < N; i++)
        y[i] = 3 + e[k * N + i];
      fit (y, t + k * N);
    }
  double df = bd_effective_df (2 * N, N, t, e, variance);
  free (e);
  return df;
}

static void
fit_nothing (const double y[], double t[])
{
  (void)y;
  for (size_t i = 0; i < N; i++)
    t[i] = 7;
}

static void
fit_mean (const double y[], double t[])
{
  double mean = mean_of (y, N);

  for (size_t i = 0; i < N; i++)
    t[i] = mean;
}

static void
fit_all (const double y[], double t[])
{
  memcpy (t, y, N * sizeof *t);
}

static void
fit_ridge (const double y[], double t[])
{
  gsl_matrix *X = make_inputs (1);

  solve (bd_linear_by_ridge, X, y, .3, t);
  gsl_matrix_free (X);
}

START_TEST (degrees_of_linear_fits)
{
  gsl_matrix *X = make_inputs (1);
  double y[N] = { 0 }, t[N];

  ck_assert_double_eq_tol (degrees_of (fit_nothing, 2), 0, 1e-13);
  ck_assert_double_eq_tol (degrees_of (fit_mean, 2), 1, 1e-12);
  ck_assert_double_eq_tol (degrees_of (fit_all, .01), N, 1e-11);
  double trace = solve (bd_linear_by_ridge, X, y, .3, t);
  ck_assert_double_eq_tol (degrees_of (fit_ridge, .5), trace, 1e-11);
  gsl_matrix_free (X);
}
END_TEST

/* Random noise, few draws: right on average.  */
START_TEST (degrees_by_few_draws)
{
  enum
  {
    TIMES = 2000,
    K = 3
  };
  gsl_rng *r = stream (3);
  gsl_matrix *X = make_inputs (1);
  double df[TIMES], t[K * N], none[N] = { 0 };
  double trace = solve (bd_linear_by_ridge, X, none, .3, t);

  for (size_t b = 0; b < TIMES; b++)
    {
      double *e = normals (r, K * N);
      for (size_t k = 0; k < K; k++)
        {
          double y[N];
          for (size_t i = 0; i < N; i++)
            y[i] = 3 + e[k * N + i];
          solve (bd_linear_by_ridge, X, y, .3, t + k * N);
        }
      df[b] = bd_effective_df (K, N, t, e, 1);
      free (e);
    }
  double se = sd_of (df, TIMES) / sqrt (TIMES);
  ck_assert_double_eq_tol (mean_of (df, TIMES), trace, 4.5 * se);
  ck_assert_double_lt (se, .02 * trace);
  gsl_matrix_free (X);
  gsl_rng_free (r);
}
END_TEST

/* Squared error under random masks, by going through them.  */
static double
masked_loss (const gsl_matrix *X, const double y[], double q, const double w[])
{
  double loss = 0;

  for (unsigned mask = 0; mask < 1u << C; mask++)
    {
      double p = 1, ss = 0;
      for (unsigned j = 0; j < C; j++)
        p *= mask >> j & 1 ? 1 - q : q;
      for (size_t i = 0; i < N; i++)
        {
          double t = 0;
          for (unsigned j = 0; j < C; j++)
            if (mask >> j & 1)
              t += gsl_matrix_get (X, i, j) * w[j] / (1 - q);
          ss += gsl_pow_2 (y[i] - t);
        }
      loss += p * ss;
    }
  return loss;
}

/* The coefficients that come out are where the loss has no slope.  */
START_TEST (dropout_is_ridge)
{
  for (uint64_t index = 10; index < 15; index++)
    for (size_t k = 0; k < BD_RATES; k++)
      {
        gsl_matrix *X = make_inputs (index);
        double *y = make_response (index + 100), t[2][N];
        double q = bd_cast_rates[k];
        double df = solve (bd_linear_by_masks, X, y, q, t[0]);
        double ridge = solve (bd_linear_by_ridge, X, y, q, t[1]);
        ck_assert_double_eq_tol (df, ridge, 1e-11);
        for (size_t i = 0; i < N; i++)
          ck_assert_double_eq_tol (t[0][i], t[1][i], 1e-11);
        for (size_t j = 0; j < C; j++)
          {
            double w[C], up, down, at;
            memcpy (w, t[0], sizeof w);
            at = masked_loss (X, y, q, w);
            w[j] += 1e-3;
            up = masked_loss (X, y, q, w);
            w[j] -= 2e-3;
            down = masked_loss (X, y, q, w);
            ck_assert_double_eq_tol (up - down, 0, 1e-10 * at);
            ck_assert_double_gt (up - at, 1e-7 * at);
          }
        gsl_matrix_free (X);
        free (y);
      }
}
END_TEST

/* The trace is the sum of the derivatives, the rank without dropout, and falls
   to nothing.  */
START_TEST (trace_of_dropout)
{
  gsl_matrix *X = make_inputs (20);
  double *y = make_response (21), t[N], more[N], last = C;

  ck_assert_double_eq_tol (solve (bd_linear_by_masks, X, y, 0, t), C, 1e-11);
  for (double q = .1; q < 1; q += .2)
    {
      double df = solve (bd_linear_by_masks, X, y, q, t), sum = 0;
      for (size_t i = 0; i < N; i++)
        {
          y[i] += 1;
          solve (bd_linear_by_masks, X, y, q, more);
          y[i] -= 1;
          sum += more[i] - t[i];
        }
      ck_assert_double_eq_tol (df, sum, 1e-11);
      ck_assert_double_lt (df, last - .1);
      last = df;
    }
  ck_assert_double_lt (solve (bd_linear_by_masks, X, y, 1 - 1e-6, t), 1e-4);
  gsl_matrix_free (X);
  free (y);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("effective");
  TCase *t = tcase_create ("effective");

  tcase_set_timeout (t, 120);
  tcase_add_test (t, degrees_of_linear_fits);
  tcase_add_test (t, degrees_by_few_draws);
  tcase_add_test (t, dropout_is_ridge);
  tcase_add_test (t, trace_of_dropout);
  suite_add_tcase (s, t);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
