/* Scores where the truth is known without a program: expectations, laws of
   large numbers, and what must hold for any data.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>

#include "score/pit.h"
#include "score/proper.h"
#include "score_tools.h"
#include "tap.h"
#include "tools.h"

/* The CRPS is the integral of (F - 1{y <= x})^2; for members F has steps.  */
START_TEST (crps_is_an_integral)
{
  static const double t[] = { -1, -1, 0.5, 2, 7 };
  static const double y[] = { -3, -1, 0.2, 0.5, 6, 9 };

  for (int k = 0; k < LENGTH (y); k++)
    {
      double end[] = { -1, -1, 0.5, 2, 7, y[k] }, sum = 0;
      gsl_sort (end, 1, 6);
      for (int i = 0; i + 1 < LENGTH (end); i++)
        {
          double F = 0, middle = (end[i] + end[i + 1]) / 2;
          for (int b = 0; b < LENGTH (t); b++)
            F += (t[b] <= middle) / 5.;
          sum += (end[i + 1] - end[i]) * gsl_pow_2 (F - (y[k] <= middle));
        }
      ck_assert_double_eq_tol (bd_crps_members (y[k], t, 5, false), sum,
                               1e-14);
    }
}
END_TEST

/* Over all samples of B from a law on three points the fair score averages to
   that of the law; the plain one does not.  */
START_TEST (fair_is_unbiased)
{
  static const double x[] = { 0, 1, 3 }, p[] = { .5, .3, .2 };
  const double y = 1.3;
  int B = _i;
  size_t samples = (size_t)lround (pow (3, B));
  double want = 0, fair = 0, plain = 0;

  for (int a = 0; a < 3; a++)
    {
      want += p[a] * fabs (x[a] - y);
      for (int b = 0; b < 3; b++)
        want -= p[a] * p[b] * fabs (x[a] - x[b]) / 2;
    }
  for (size_t s = 0; s < samples; s++)
    {
      double t[10], chance = 1;
      size_t rest = s;
      for (int b = 0; b < B; b++, rest /= 3)
        {
          t[b] = x[rest % 3];
          chance *= p[rest % 3];
        }
      gsl_sort (t, 1, (size_t)B);
      fair += chance * bd_crps_members (y, t, (size_t)B, true);
      plain += chance * bd_crps_members (y, t, (size_t)B, false);
    }
  ck_assert_double_eq_tol (fair, want, 1e-12);
  ck_assert_double_gt (plain, want + 0.01);
}
END_TEST

START_TEST (few_members)
{
  static const double t[] = { 2, 2, 2 };

  ck_assert_double_eq (bd_crps_members (5, t, 1, false), 3);
  ck_assert_double_nan (bd_crps_members (5, t, 1, true));
  ck_assert_double_nan (bd_crps_members (5, t, 0, false));
  ck_assert_double_eq (bd_crps_members (5, t, 3, true), 3);
}
END_TEST

static double
weighed (double z, void *sd)
{
  double s = *(double *)sd, half = 1.6448536269514722 * s;
  return gsl_ran_ugaussian_pdf (z)
         * bd_interval_score (z * s, -half, half, 0.9);
}

/* 2 phi (z) / (alpha / 2) = 4.125 standard deviations for the right normal
   forecast.  */
START_TEST (expected_interval_score)
{
  double sd = 3, sum, error;
  gsl_function f = { weighed, &sd };
  double ends[] = { -12, -1.6448536269514722, 1.6448536269514722, 12 };
  gsl_integration_workspace *w = gsl_integration_workspace_alloc (200);

  gsl_integration_qagp (&f, ends, 4, 1e-11, 1e-11, 200, w, &sum, &error);
  ck_assert_double_eq_tol (
      sum, sd * 2 * gsl_ran_ugaussian_pdf (1.6448536269514722) / 0.05, 1e-8);
  ck_assert_double_eq_tol (sum / sd, 4.125, 5e-4);
  gsl_integration_workspace_free (w);
}
END_TEST

#define ROWS 2000
#define MEMBERS 9

/* Observation and members alike, whole numbers so that many are equal: ranks
   are uniform; with members that spread too little they are not.  */
START_TEST (ranks_are_uniform)
{
  gsl_rng *r = stream (71);
  double *T = calloc (ROWS * MEMBERS, sizeof *T), y[ROWS], u[ROWS], p, d;
  size_t count[MEMBERS + 1], lo, hi, outside = 0;
  bd_forecast f = { .n = ROWS, .y = y, .T = T, .B = MEMBERS };
  double spread = _i ? 2.0 : 1.2;

  ck_assert_ptr_nonnull (T);
  for (size_t i = 0; i < ROWS; i++)
    {
      double centre = gsl_ran_gaussian (r, 5);
      y[i] = round (centre + gsl_ran_gaussian (r, 2));
      for (size_t b = 0; b < MEMBERS; b++)
        T[b * ROWS + i] = round (centre + gsl_ran_gaussian (r, spread));
    }
  bd_pit_members (&f, r, u);
  bd_pit_histogram (u, ROWS, MEMBERS + 1, count);
  bd_pit_band (ROWS, MEMBERS + 1, 0.999, &lo, &hi);
  for (size_t k = 0; k <= MEMBERS; k++)
    outside += count[k] < lo || count[k] > hi;
  bd_pit_chi2 (count, MEMBERS + 1, &p);
  ck_assert_msg (_i ? p > 1e-3 : p < 1e-9, "%g", p);
  ck_assert (_i ? outside == 0 : outside >= 2);
  ck_assert_int_eq (bd_pit_ks (u, ROWS, &d, &p), GSL_SUCCESS);
  ck_assert_msg (_i ? p > 1e-3 : p < 1e-4, "%g", p);
  free (T);
  gsl_rng_free (r);
}
END_TEST

/* Binomial (20, 1/4): P (X <= 1) = .0243, P (X <= 9) = .9861 and P (X <= 8) =
   .9591.  Kolmogorov's 5 % point is 1.3581.  */
START_TEST (bands)
{
  static const double u[] = { .1, .2, .3, .4, .9 };
  size_t lo, hi;
  double d, p;

  bd_pit_band (20, 4, 0.95, &lo, &hi);
  ck_assert_uint_eq (lo, 2);
  ck_assert_uint_eq (hi, 9);
  ck_assert_int_eq (bd_pit_ks (u, 5, &d, &p), GSL_SUCCESS);
  ck_assert_double_eq_tol (d, 0.4, 1e-15);
  double x[400];
  double shift = 1.3581 / (20 + 0.12 + 0.11 / 20);
  for (size_t i = 0; i < 400; i++)
    x[i] = GSL_MAX ((double)(i + 1) / 400 - shift, 0);
  ck_assert_int_eq (bd_pit_ks (x, 400, &d, &p), GSL_SUCCESS);
  ck_assert_double_eq_tol (p, 0.05, 1e-4);
}
END_TEST

/* What is not there cannot be scored, and one value that is not a number
   spoils the score.  */
START_TEST (unknown_is_nan)
{
  double y[30], mean[30], sd[30], p[30], T[60];
  bd_forecast nothing = { .n = 30, .y = y };
  bd_forecast all = { .n = 30,
                      .y = y,
                      .mean = mean,
                      .sd = sd,
                      .p = p,
                      .k = 1,
                      .T = T,
                      .B = 2,
                      .noise = 1 };

  for (size_t i = 0; i < 30; i++)
    {
      y[i] = i % 3 == 0;
      mean[i] = p[i] = ((double)(i * 7 % 30) + 0.5) / 30;
      sd[i] = 0.3 + 0.01 * (double)i;
      T[i] = mean[i] - sd[i];
      T[30 + i] = mean[i] + sd[i];
    }
  for (size_t k = 0; bd_scores[k]; k++)
    {
      const char *name = bd_scores[k]->name;
      ck_assert_ptr_eq (bd_score_find (name), bd_scores[k]);
      ck_assert_msg (gsl_isnan (score_of (name, &nothing).mean), "%s", name);
      bd_interval a = score_of (name, &all);
      bool of_sd = bd_scores[k] == bd_score_find ("sharpness")
                   || bd_scores[k] == bd_score_find ("ambiguity")
                   || bd_scores[k] == bd_score_find ("width");
      ck_assert_msg (gsl_finite (a.mean) && a.se >= 0 && a.lo <= a.mean
                         && a.mean <= a.hi,
                     "%s %g %g %g %g", name, a.mean, a.se, a.lo, a.hi);
      y[7] = GSL_NAN;
      a = score_of (name, &all);
      ck_assert_msg (of_sd || (gsl_isnan (a.mean) && gsl_isnan (a.lo)), "%s",
                     name);
      y[7] = 0;
    }
  ck_assert_ptr_null (bd_score_find ("none"));
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("laws of scores");
  TCase *c = tcase_create ("laws");

  tcase_add_test (c, crps_is_an_integral);
  tcase_add_loop_test (c, fair_is_unbiased, 2, 11);
  tcase_add_test (c, few_members);
  tcase_add_test (c, expected_interval_score);
  tcase_add_loop_test (c, ranks_are_uniform, 0, 2);
  tcase_add_test (c, bands);
  tcase_add_test (c, unknown_is_nan);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
