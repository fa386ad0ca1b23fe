/* The nested analysis of variance: R's aov, simulated random effects, parts
   that add up, levels that are not there.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>

#include "tap.h"
#include "tools.h"
#include "variance/anova.h"

#define MOST 6 /* data sets, trainings or members */
#define DESIGNS 4000

/* The sums of R data sets of F[r][s][m], one point.  */
static void
sums (const double f[], size_t R, size_t S, size_t M, bd_anova_set set[])
{
  double mean[MOST], ss[MOST];

  for (size_t r = 0; r < R; r++)
    {
      for (size_t s = 0; s < S; s++)
        bd_anova_members (f + (r * S + s) * M, 1, M, &mean[s], &ss[s]);
      bd_anova_trainings (mean, ss, 1, S, &set[r]);
    }
}

static bd_anova
solve (const double f[], size_t R, size_t S, size_t M)
{
  bd_anova_set set[MOST];
  bd_anova a;

  sums (f, R, S, M, set);
  bd_anova_solve (set, R, R, S, M, &a);
  return a;
}

/* Numbers from tests/golden/anova.R.  */
START_TEST (as_aov_does)
{
  static const double f[]
      = { 5.1, 4.7, 6.0, 6.4, 5.5, 5.2, 7.9, 8.3, 7.1, 6.6, 8.8, 8.1,
          4.2, 4.9, 3.7, 3.1, 4.4, 5.0, 6.6, 6.1, 7.7, 7.2, 5.9, 6.8 };
  bd_anova three = solve (f, 4, 3, 2), two = solve (f, 4, 1, 6);

  ck_assert_double_eq_tol (three.mean, 6.05416666666667, 1e-13);
  ck_assert_double_eq_tol (three.mean_var, 0.599091435185185, 1e-13);
  ck_assert_double_eq_tol (three.data, 2.22532407407407, 1e-13);
  ck_assert_double_eq_tol (three.training, 0.433333333333333, 1e-13);
  ck_assert_double_eq_tol (three.member, 0.159583333333333, 1e-13);
  ck_assert_double_eq_tol (two.data, 2.31199074074074, 1e-13);
  ck_assert_double_eq_tol (two.member, 0.50625, 1e-13);
  ck_assert (gsl_isnan (two.training));
}
END_TEST

/* Predictions with effects of standard deviations D, U and W.  */
static void
simulate (gsl_rng *r, size_t R, size_t S, size_t M, const double sd[3],
          double f[])
{
  for (size_t i = 0; i < R; i++)
    {
      double data = gsl_ran_gaussian (r, sd[0]);
      for (size_t s = 0; s < S; s++)
        {
          double training = gsl_ran_gaussian (r, sd[1]);
          for (size_t m = 0; m < M; m++)
            f[(i * S + s) * M + m]
                = data + training + gsl_ran_gaussian (r, sd[2]);
        }
    }
}

/* Check that X is TRUTH on average, to four and a half standard errors.  */
static void
unbiased (const double x[], double truth)
{
  ck_assert_double_eq_tol (mean_of (x, DESIGNS), truth,
                           4.5 * sd_of (x, DESIGNS) / sqrt (DESIGNS));
}

/* Variances 2 between data sets, 1 between trainings and 4 between members;
   what is missing goes one level up.  */
START_TEST (random_effects)
{
  static const double sd[] = { M_SQRT2, 1, 2 };
  static const size_t shape[][3]
      = { { 5, 3, 4 }, { 5, 1, 4 }, { 5, 3, 1 }, { 5, 1, 1 } };
  const size_t R = shape[_i][0], S = shape[_i][1], M = shape[_i][2];
  double f[MOST * MOST * MOST];
  double *x = calloc (5 * DESIGNS, sizeof *x);
  gsl_rng *r = stream (10 + (uint64_t)_i);
  double training = M > 1 ? 1 : 5, data = S > 1 ? 2 : 2 + training;

  ck_assert_ptr_nonnull (x);
  for (size_t k = 0; k < DESIGNS; k++)
    {
      simulate (r, R, S, M, sd, f);
      bd_anova a = solve (f, R, S, M);
      x[k] = a.data;
      x[DESIGNS + k] = a.training;
      x[2 * DESIGNS + k] = a.member;
      x[3 * DESIGNS + k] = a.mean_var;
      x[4 * DESIGNS + k] = a.mean * a.mean;
    }
  unbiased (x, data);
  if (S > 1)
    unbiased (x + DESIGNS, training);
  ck_assert_int_eq (gsl_isnan (x[DESIGNS]), S == 1);
  if (M > 1)
    unbiased (x + 2 * DESIGNS, 4);
  ck_assert_int_eq (gsl_isnan (x[2 * DESIGNS]), M == 1);
  double var = (2 + (1 + 4. / (double)M) / (double)S) / (double)R;
  unbiased (x + 3 * DESIGNS, var);
  unbiased (x + 4 * DESIGNS, var);
  gsl_rng_free (r);
  free (x);
}
END_TEST

/* The parts add to the mean squared error of the ensembles themselves.  */
START_TEST (parts_add)
{
  static const double sd[] = { .5, .1, .3 };
  const size_t R = _i & 1 ? 2 : 5, S = _i & 2 ? 1 : 3, M = _i & 4 ? 1 : 4;
  const double truth = 0.7, noise = 0.25, more = _i & 8 ? 2.3 : 1;
  double f[MOST * MOST * MOST], error = 0;
  gsl_rng *r = stream (20);
  bd_error_parts p;

  simulate (r, R, S, M, sd, f);
  for (size_t k = 0; k < R * S; k++)
    error += gsl_pow_2 (mean_of (f + k * M, M) - truth) / (double)(R * S);
  bd_anova a = solve (f, R, S, M);
  bd_anova_parts (&a, M, truth, noise, more, &p);
  ck_assert_double_eq_tol (bd_error_parts_sum (&p), error + noise, 1e-14);
  ck_assert_double_eq (p.noise, noise);
  if (M > 1)
    ck_assert_double_eq_tol (p.member, a.member / (double)M, 1e-15);
  bd_anova_parts (&a, M, truth, GSL_NAN, more, &p);
  ck_assert_double_eq_tol (bd_error_parts_sum (&p), error, 1e-14);
  gsl_rng_free (r);
}
END_TEST

/* The means of all 20 halves of six numbers: their variance, corrected, is
   that of the mean of three fresh ones, s^2 / 3.  */
START_TEST (halves_share_rows)
{
  static const double y[] = { 1, 4, 2, 8, 5, 7 };
  bd_anova_set set[20] = { 0 };
  size_t count = 0;
  bd_anova a;
  bd_error_parts p;

  for (unsigned half = 0; half < 64; half++)
    {
      double sum = 0;
      int rows = 0;
      for (unsigned i = 0; i < 6; i++)
        if (half >> i & 1)
          {
            sum += y[i];
            rows++;
          }
      if (rows == 3)
        set[count++].mean = sum / 3;
    }
  ck_assert_uint_eq (count, 20);
  bd_anova_solve (set, 20, 20, 1, 1, &a);
  bd_anova_parts (&a, 1, 0, GSL_NAN, 1 / (1 - 3. / 6), &p);
  /* All halves have been seen: the divisor is their number.  */
  double s2 = gsl_pow_2 (sd_of (y, 6)) * 6 / 5;
  ck_assert_double_eq_tol (p.data * 19 / 20, s2 / 3, 1e-13);
}
END_TEST

START_TEST (one_data_set)
{
  static const double f[] = { 1, 2, 4, 3 };
  bd_anova a = solve (f, 1, 2, 2);
  bd_error_parts p;

  bd_anova_parts (&a, 2, 0, 1, 1, &p);
  ck_assert_double_eq (a.mean, 2.5);
  ck_assert_double_eq (a.member, 0.5);
  ck_assert_double_eq (a.training, 1.75);
  ck_assert (gsl_isnan (p.data) && gsl_isnan (p.bias2));
  ck_assert (gsl_isnan (bd_error_parts_sum (&p)));
}
END_TEST

/* Of a mean the jackknife's error is s / sqrt (R); a set left out is as if it
   had never been.  */
START_TEST (jackknife)
{
  static const double f[] = { 3, 1, 4, 1, 5 };
  double left[5];
  bd_anova_set set[5];
  bd_anova a;

  sums (f, 5, 1, 1, set);
  for (size_t r = 0; r < 5; r++)
    {
      bd_anova_solve (set, 5, r, 1, 1, &a);
      left[r] = a.mean;
    }
  ck_assert_double_eq_tol (bd_anova_jackknife (left, 5),
                           sd_of (f, 5) / sqrt (4), 1e-15);
  ck_assert (gsl_isnan (bd_anova_jackknife (left, 2)));
  bd_anova_solve (set, 5, 4, 1, 1, &a);
  bd_anova four = solve (f, 4, 1, 1);
  ck_assert_double_eq (a.data, four.data);
  ck_assert_double_eq (a.mean_var, four.mean_var);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("anova");
  TCase *t = tcase_create ("anova");

  tcase_add_test (t, as_aov_does);
  tcase_add_loop_test (t, random_effects, 0, 4);
  tcase_add_loop_test (t, parts_add, 0, 16);
  tcase_add_test (t, halves_share_rows);
  tcase_add_test (t, one_data_set);
  tcase_add_test (t, jackknife);
  suite_add_tcase (s, t);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
