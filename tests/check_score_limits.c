/* Standard errors and limits of scores, the .632 rules and numbers of members
   that are as good.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdio.h>
#include <stdlib.h>

#include "score/coverage.h"
#include "score/equivalent.h"
#include "score/error_632.h"
#include "score_tools.h"
#include "tap.h"
#include "tools.h"

/* Against binom.test of R (tests/golden/binomial.R).  */
START_TEST (binomial_limits)
{
  const char *dir = getenv ("srcdir");
  char path[4096];
  size_t hits, n, cases = 0;
  double level, lo, hi, a, b;

  snprintf (path, sizeof path, "%s/tests/golden/binomial.txt",
            dir ? dir : ".");
  FILE *f = fopen (path, "r");
  ck_assert_msg (f != NULL, "%s", path);
  for (; fscanf (f, "%zu %zu %lf %lf %lf", &hits, &n, &level, &lo, &hi) == 5;
       cases++)
    {
      bd_binomial_limits (hits, n, level, &a, &b);
      ck_assert_double_eq_tol (a, lo, 1e-9 * lo + 1e-300);
      ck_assert_double_eq_tol (b, hi, 1e-9 * hi + 1e-300);
    }
  ck_assert_uint_eq (cases, 11);
  bd_binomial_limits (0, 0, 0.95, &a, &b);
  ck_assert_double_nan (a);
  fclose (f);
}
END_TEST

/* A forecast of N rows: y = mean + noise.  */
static bd_forecast
made (gsl_rng *r, size_t n, double room[])
{
  for (size_t i = 0; i < n; i++)
    {
      room[i] = gsl_ran_gaussian (r, 1);
      room[n + i] = room[i] + gsl_ran_gaussian (r, 0.7);
      room[2 * n + i] = 0.7;
    }
  return (
      bd_forecast){ .n = n, .mean = room, .y = room + n, .sd = room + 2 * n };
}

/* With no more rows than groups the jackknife deletes them one by one.  */
START_TEST (jackknife_by_hand)
{
  gsl_rng *r = stream (72);
  double room[3 * 20], left[20];
  bd_forecast f = made (r, 20, room);
  bd_interval a = score_of ("r2", &f);

  for (size_t g = 0; g < 20; g++)
    {
      double centre = 0, total = 0, residual = 0;
      for (size_t i = 0; i < 20; i++)
        centre += i == g ? 0 : f.y[i] / 19;
      for (size_t i = 0; i < 20; i++)
        if (i != g)
          {
            total += gsl_pow_2 (f.y[i] - centre);
            residual += gsl_pow_2 (f.y[i] - f.mean[i]);
          }
      left[g] = 1 - residual / total;
    }
  /* (19 / 20) of a sum of squares.  */
  ck_assert_double_eq_tol (a.se, sqrt (19) * sd_of (left, 20), 1e-12);
  gsl_rng_free (r);
}
END_TEST

START_TEST (paired_by_hand)
{
  gsl_rng *r = stream (73);
  double room[3 * 40], worse[40], d[40], mse[2] = { 0, 0 };
  bd_forecast f = made (r, 40, room), g = f;
  bd_interval a;

  for (size_t i = 0; i < 40; i++)
    {
      worse[i] = f.mean[i] + 0.3 * gsl_ran_gaussian (r, 1);
      d[i] = fabs (worse[i] - f.y[i]) - fabs (f.mean[i] - f.y[i]);
      mse[0] += gsl_pow_2 (worse[i] - f.y[i]) / 40;
      mse[1] += gsl_pow_2 (f.mean[i] - f.y[i]) / 40;
    }
  g.mean = worse;
  ck_assert_int_eq (bd_score_paired (bd_score_find ("mae"), &g, &f, &a), 0);
  ck_assert_double_eq_tol (a.mean, mean_of (d, 40), 1e-14);
  ck_assert_double_eq_tol (a.se, sd_of (d, 40) / sqrt (39), 1e-14);
  /* Student's t, 39 degrees of freedom.  */
  ck_assert_double_eq_tol (a.hi - a.mean, 2.022690920036762 * a.se, 1e-12);
  ck_assert_int_eq (bd_score_paired (bd_score_find ("rmse"), &g, &f, &a), 0);
  ck_assert_double_eq_tol (a.mean, sqrt (mse[0]) - sqrt (mse[1]), 1e-14);
  for (size_t k = 0; bd_scores[k]; k++)
    {
      ck_assert_int_eq (bd_score_paired (bd_scores[k], &f, &f, &a), 0);
      ck_assert (gsl_isnan (a.mean) || (a.mean == 0 && a.se == 0));
    }
  g.n = 39;
  ck_assert_int_eq (bd_score_paired (bd_scores[0], &g, &f, &a), GSL_EBADLEN);
  gsl_rng_free (r);
}
END_TEST

#define RUNS 1000

/* The share of data sets whose limits hold the truth; by 1000 runs 95 % is
   known to 0.7 %, the bounds leave room for n = 80.  */
START_TEST (limits_hold_the_truth)
{
  static const struct
  {
    const char *name;
    double truth;
  } score[] = { { "rmse", 0.7 },
                { "mae", 0.7 * 0.7978845608028654 },
                { "r2", 1 - 0.49 / 1.49 },
                { "crps", 0.7 * 0.5641895835477563 },
                { "z_rms", 1 },
                { "cover", 0.9 } };
  gsl_rng *r = stream (74);
  double room[3 * 80];
  int held[LENGTH (score)] = { 0 };

  for (int run = 0; run < RUNS; run++)
    {
      bd_forecast f = made (r, 80, room);
      for (int k = 0; k < LENGTH (score); k++)
        {
          bd_interval a = score_of (score[k].name, &f);
          held[k] += a.lo <= score[k].truth && score[k].truth <= a.hi;
        }
    }
  for (int k = 0; k < LENGTH (score); k++)
    ck_assert_msg (held[k] > 910 && held[k] < 985, "%s %d", score[k].name,
                   held[k]);
  gsl_rng_free (r);
}
END_TEST

/* Ties in plenty: the area by all pairs, and limits that hold it: p (one above
   zero) for classes that differ by one of ten steps.  */
START_TEST (area_by_pairs)
{
  gsl_rng *r = stream (75);
  double y[120], p[120];
  bd_forecast f = { .n = 120, .y = y, .p = p, .k = 1 };
  int held = 0;
  double truth = 0;

  for (int a = 0; a < 10; a++)
    for (int b = 0; b < 10; b++)
      truth += ((a + 1 > b) + 0.5 * (a + 1 == b)) / 100;
  for (int run = 0; run < RUNS; run++)
    {
      double pairs = 0, won = 0;
      for (size_t i = 0; i < 120; i++)
        {
          y[i] = i % 3 == 0;
          p[i] = (floor (10 * gsl_rng_uniform (r)) + y[i]) / 20;
        }
      for (size_t i = 0; i < 120; i++)
        for (size_t j = 0; j < 120; j++)
          if (y[i] > y[j])
            {
              pairs += 1;
              won += (p[i] > p[j]) + 0.5 * (p[i] == p[j]);
            }
      bd_interval a = score_of ("auc", &f);
      ck_assert_double_eq_tol (a.mean, won / pairs, 1e-12);
      held += a.lo <= truth && truth <= a.hi;
    }
  ck_assert_msg (held > 925 && held < 975, "%d", held);
  gsl_rng_free (r);
}
END_TEST

/* By hand: y = 1, 2, 6, f = 2, 2, 5.  All pairs: the squares of y - 2 twice
   and of y - 5: 2 (1 + 0 + 16) + (16 + 9 + 1) = 60, over 9.  */
START_TEST (rule_of_632)
{
  static const double y[] = { 1, 2, 6 }, f[] = { 2, 2, 5 };
  static const size_t c[] = { 0, 1, 1, 2 }, d[] = { 0, 0, 1, 2 };
  double R;

  ck_assert_double_eq_tol (bd_no_information_mse (y, f, 3), 60. / 9, 1e-14);
  /* Right pairs: 1 of class 0 with 2, 2 of class 1 with 1, 1 of 2 with 1.  */
  ck_assert_double_eq_tol (bd_no_information_wrong (c, d, 4, 3), 11. / 16,
                           1e-15);
  double w = 0.6321205588285577;
  ck_assert_double_eq_tol (bd_error_632 (1, 3), 1 - w + 3 * w, 1e-15);
  /* R = (3 - 1) / (5 - 1) = 1/2.  */
  double weight = w / (1 - (1 - w) / 2);
  ck_assert_double_eq_tol (bd_error_632_plus (1, 3, 5, &R),
                           1 - weight + 3 * weight, 1e-15);
  ck_assert_double_eq (R, 0.5);
  /* Nothing learnt: all weight on the error without information.  */
  ck_assert_double_eq_tol (bd_error_632_plus (0, 7, 5, &R), 5, 1e-14);
  ck_assert_double_eq (R, 1);
  /* No overfitting: the .632 rule.  */
  ck_assert_double_eq_tol (bd_error_632_plus (2, 1.5, 5, &R),
                           bd_error_632 (2, 1.5), 1e-15);
  ck_assert_double_eq (R, 0);
  ck_assert_double_nan (bd_error_632_plus (1, GSL_NAN, 5, NULL));
}
END_TEST

#define STEPS 7

/* Scores that fall as 1 + 1 / K, limits 0.05 around them.  */
static bd_equivalent
worth (double other)
{
  double size[STEPS];
  bd_interval diff[STEPS];

  for (int k = 0; k < STEPS; k++)
    {
      size[k] = k < STEPS - 1 ? ldexp (1, k) : 40;
      double d = 1 + 1 / size[k] - other;
      diff[k] = (bd_interval){ d, 0.025, d - 0.05, d + 0.05 };
    }
  return bd_score_equivalent (size, diff, STEPS);
}

START_TEST (as_good_as)
{
  bd_equivalent e;
  double before = GSL_POSINF;

  for (double K = 1; K <= 40; K += 0.5)
    {
      e = worth (1 + 1 / K);
      ck_assert_double_eq_tol (e.members, K, 1e-9 * K);
      ck_assert (e.lo <= e.members && e.members <= e.hi);
      ck_assert_double_eq (e.most, 40);
    }
  for (double other = 0.9; other < 2.2; other += 0.01)
    {
      e = worth (other);
      ck_assert_double_le (e.members, before);
      before = e.members;
    }
  ck_assert_double_eq (before, 1);
  e = worth (1.1);
  ck_assert_double_eq_tol (e.lo, 1 / 0.15, 1e-9);
  ck_assert_double_eq_tol (e.hi, 1 / 0.05, 1e-9);
  e = worth (1.01);
  ck_assert_int_eq (gsl_isinf (e.members), 1);
  ck_assert_double_eq_tol (e.lo, 1 / 0.06, 1e-9);
  ck_assert_double_nan (bd_score_equivalent (NULL, NULL, 0).members);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("limits of scores");
  TCase *c = tcase_create ("limits");

  tcase_add_test (c, binomial_limits);
  tcase_add_test (c, jackknife_by_hand);
  tcase_add_test (c, paired_by_hand);
  tcase_add_test (c, limits_hold_the_truth);
  tcase_add_test (c, area_by_pairs);
  tcase_add_test (c, rule_of_632);
  tcase_add_test (c, as_good_as);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
