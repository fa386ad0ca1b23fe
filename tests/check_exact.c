/* Estimates of variance against complete enumeration, where nothing is left
   to chance.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"
#include "tools.h"
#include "variance/estimate.h"

#define ROWS 5
#define ALL 3125 /* resamples of five rows */

static const double x5[ROWS] = { 0.3, -1.2, 2.5, 0.9, 7 };

typedef double statistic (const double u[], size_t n, const double x[]);

static double
mean (const double u[], size_t n, const double x[])
{
  double sum = 0;

  for (size_t i = 0; i < n; i++)
    sum += u[i] * x[i] / (double)n;
  return sum;
}

/* Median of the rows written out, for an odd number of sorted x.  */
static double
median (const double u[], size_t n, const double x[])
{
  size_t order[ROWS];
  double seen = 0;

  gsl_sort_index (order, x, 1, n);
  for (size_t k = 0; k < n; k++)
    if ((seen += u[order[k]]) > (double)n / 2)
      return x[order[k]];
  return GSL_NAN;
}

/* Resample number K: its base-5 digits are the rows drawn.  */
static void
resample (size_t k, double u[ROWS])
{
  memset (u, 0, ROWS * sizeof *u);
  for (size_t draw = 0; draw < ROWS; draw++, k /= ROWS)
    u[k % ROWS]++;
}

/* All resamples, each with probability P: 1 / ALL makes them a distribution,
   a large P an ensemble so large that B plays no part.  */
static bd_moments *
enumerated (statistic *s, double p)
{
  bd_moments *a = bd_moments_alloc (ROWS, 1, 1, 1);

  for (size_t k = 0; k < ALL; k++)
    {
      double u[ROWS], t;
      resample (k, u);
      t = s (u, ROWS, x5);
      add_one (a, p, u, &t);
    }
  return a;
}

/* sum (x - mean)^2 / n^2 is both the variance of the mean of a resample and
   its infinitesimal jackknife.  */
START_TEST (ij_of_the_mean)
{
  bd_moments *a = enumerated (mean, 1. / ALL);
  double want = gsl_pow_2 (sd_of (x5, ROWS)) / ROWS, V, v;

  bd_variance_ij (a, &V);
  bd_variance_spread (a, &v);
  ck_assert_double_eq_tol (a->p, 1, 1e-13);
  ck_assert_double_eq_tol (a->t[0], mean_of (x5, ROWS), 1e-13);
  ck_assert_double_eq_tol (V, want, 1e-12);
  ck_assert_double_eq_tol (v, want, 1e-12);
  for (size_t i = 0; i < ROWS; i++)
    {
      ck_assert_double_eq_tol (a->u[i], 1, 1e-13);
      ck_assert_double_eq_tol (a->u2[i], 0.8, 1e-13);
      ck_assert_double_eq_tol (a->out_p[i], gsl_pow_5 (0.8), 1e-13);
    }
  bd_moments_free (a);
}
END_TEST

/* The counts of a resample span the additive part: V is the variance of the
   projection, less than v for the median; by brute force.  */
START_TEST (ij_of_the_median)
{
  bd_moments *a = enumerated (median, 1. / ALL);
  double V, v, mean_t = 0, var_t = 0, C[ROWS] = { 0 }, want = 0;

  for (size_t k = 0; k < ALL; k++)
    {
      double u[ROWS];
      resample (k, u);
      double t = median (u, ROWS, x5);
      mean_t += t / ALL;
      var_t += t * t / ALL;
      for (size_t i = 0; i < ROWS; i++)
        C[i] += u[i] * t / ALL;
    }
  for (size_t i = 0; i < ROWS; i++)
    want += gsl_pow_2 (C[i] - mean_t);
  bd_variance_ij (a, &V);
  bd_variance_spread (a, &v);
  ck_assert_double_eq_tol (V, want, 1e-12);
  ck_assert_double_eq_tol (v, var_t - mean_t * mean_t, 1e-12);
  ck_assert_double_lt (V, 0.8 * v);
  bd_moments_free (a);
}
END_TEST

/* In a very large ensemble every correction vanishes.  */
START_TEST (large_ensembles)
{
  statistic *const which[] = { mean, median };
  bd_moments *a = enumerated (which[_i], 1e9);
  double V, U, steady, v, se;

  bd_variance_ij (a, &V);
  bd_variance_ij_u (a, &U, &se);
  bd_variance_ij_steady (a, 1, &steady);
  bd_variance_spread (a, &v);
  ck_assert_double_eq_tol (U, V, 1e-11 * V);
  ck_assert_double_eq_tol (steady, U, 1e-6 * U);
  ck_assert_double_eq_tol (se, sqrt (4 * U * (U + v) / a->p), 1e-6 * se);
  ck_assert_double_eq_tol (bd_variance_additive_share (a, 1), V / v, 1e-9);
  bd_variance_ij_steady (a, 1.44, &steady);
  ck_assert_double_eq_tol (steady, 1.44 * U, 1e-6 * U);
  if (which[_i] == mean)
    ck_assert_double_eq_tol (bd_variance_additive_share (a, 1), 1, 1e-9);
  bd_moments_free (a);
}
END_TEST

#define HIDDEN 6

/* One hidden layer with linear output under all its masks: a sum over units,
   whatever the keep probability.  A product of two units is not.  */
START_TEST (share_of_dropout)
{
  const double keep = _i % 2 ? 0.8 : 0.5;
  const double weight[HIDDEN] = { 1.3, -0.4, 2, 0.7, -1.1, 0.05 };
  bd_moments *a = bd_moments_alloc (HIDDEN, 1, 1, 1);
  double share;

  for (unsigned k = 0; k < 1u << HIDDEN; k++)
    {
      double u[HIDDEN], t = 0.3, p = 1e12;
      for (size_t j = 0; j < HIDDEN; j++)
        {
          u[j] = k >> j & 1;
          p *= u[j] > 0 ? keep : 1 - keep;
          t += u[j] * weight[j] / keep;
        }
      t += _i / 2 ? 3 * u[0] * u[1] : 0;
      add_one (a, p, u, &t);
    }
  share = bd_variance_additive_share (a, 1 / (keep * (1 - keep)));
  if (_i / 2)
    ck_assert_double_lt (share, 0.98);
  else
    ck_assert_double_eq_tol (share, 1, 1e-9);
  bd_moments_free (a);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("exact");
  TCase *c = tcase_create ("exact");

  tcase_set_timeout (c, 60);
  tcase_add_test (c, ij_of_the_mean);
  tcase_add_test (c, ij_of_the_median);
  tcase_add_loop_test (c, large_ensembles, 0, 2);
  tcase_add_loop_test (c, share_of_dropout, 0, 4);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
