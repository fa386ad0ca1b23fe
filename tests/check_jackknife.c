/* The delete-a-group jackknife against closed forms.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>

#include "tap.h"
#include "tools.h"
#include "variance/jackknife.h"

#define MEMBERS 100
#define RUNS 2000

static double
mean_used (void *params, const bool use[], size_t B)
{
  const double *x = params;
  double sum = 0, count = 0;

  for (size_t b = 0; b < B; b++)
    if (use[b])
      {
        sum += x[b];
        count++;
      }
  return sum / count;
}

static double
variance_used (void *params, const bool use[], size_t B)
{
  const double *x = params;
  double mean = mean_used (params, use, B), sum = 0, count = 0;

  for (size_t b = 0; b < B; b++)
    if (use[b])
      {
        sum += gsl_pow_2 (x[b] - mean);
        count++;
      }
  return sum / (count - 1);
}

/* Groups of one make the textbook's s^2 / n of a mean; more groups than
   members are as many.  */
START_TEST (mean_by_ones)
{
  static const size_t G[] = { MEMBERS, MEMBERS + 7 };
  gsl_rng *r = stream (1);
  double *x = normals (r, MEMBERS), se;
  double want = gsl_stats_sd (x, 1, MEMBERS) / sqrt (MEMBERS);

  for (size_t k = 0; k < 2; k++)
    {
      ck_assert_int_eq (bd_jackknife (MEMBERS, G[k], mean_used, x, &se), 0);
      ck_assert_double_eq_tol (se, want, 1e-13 * want);
    }
  free (x);
  gsl_rng_free (r);
}
END_TEST

/* Groups of one size: the standard error of the mean of the group means.  */
START_TEST (mean_by_groups)
{
  enum
  {
    G = 20
  };
  gsl_rng *r = stream (2);
  double *x = normals (r, MEMBERS), group[G] = { 0 }, se;

  for (size_t b = 0; b < MEMBERS; b++)
    group[b % G] += x[b] * G / MEMBERS;
  double want = gsl_stats_sd (group, 1, G) / sqrt (G);
  ck_assert_int_eq (bd_jackknife (MEMBERS, G, mean_used, x, &se), 0);
  ck_assert_double_eq_tol (se, want, 1e-13 * want);
  free (x);
  gsl_rng_free (r);
}
END_TEST

/* The variance of a sample variance is 2 / (n - 1); the quadratic part of it,
   2 / (n (n - 1)), comes out twice at most (Efron and Stein 1981), so that
   the jackknife is right to 1 % and the error of RUNS runs.  */
START_TEST (variance_by_groups)
{
  gsl_rng *r = stream (3);
  double sum = 0, squares = 0, truth = 2. / (MEMBERS - 1);

  for (size_t k = 0; k < RUNS; k++)
    {
      double *x = normals (r, MEMBERS), se;
      ck_assert_int_eq (
          bd_jackknife (MEMBERS, BD_JACKKNIFE_GROUPS, variance_used, x, &se),
          0);
      sum += se * se / RUNS;
      squares += gsl_pow_4 (se) / RUNS;
      free (x);
    }
  double chance = sqrt ((squares - sum * sum) / RUNS);
  ck_assert_double_lt (chance, 0.02 * truth);
  ck_assert_double_gt (sum, truth - 4 * chance);
  ck_assert_double_lt (sum, truth * (1 + 1. / MEMBERS) + 4 * chance);
  gsl_rng_free (r);
}
END_TEST

static double
never (void *params, const bool use[], size_t B)
{
  (void)params;
  (void)B;
  return use[0] ? 1 : GSL_NAN;
}

START_TEST (not_known)
{
  const double theta[] = { 1, GSL_POSINF, 2 };
  double x[] = { 1, 2 }, se;

  ck_assert_double_nan (bd_jackknife_se (0, theta));
  ck_assert_double_nan (bd_jackknife_se (1, theta));
  ck_assert_double_nan (bd_jackknife_se (3, theta));
  for (size_t B = 0; B < 2; B++)
    {
      ck_assert_int_eq (bd_jackknife (B, 20, mean_used, x, &se), 0);
      ck_assert_double_nan (se);
    }
  ck_assert_int_eq (bd_jackknife (2, 1, mean_used, x, &se), 0);
  ck_assert_double_nan (se);
  ck_assert_int_eq (bd_jackknife (2, 2, never, x, &se), 0);
  ck_assert_double_nan (se);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("jackknife");
  TCase *c = tcase_create ("jackknife");

  tcase_add_test (c, mean_by_ones);
  tcase_add_test (c, mean_by_groups);
  tcase_add_test (c, variance_by_groups);
  tcase_add_test (c, not_known);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
