/* Masks whose rates are learnt: derivatives and penalties.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>

#include "mask_tools.h"
#include "tap.h"
#include "tools.h"

/* A concrete factor in double precision.  */
static double
concrete (double logit, double t, uint32_t word)
{
  double u = (word / 2 + 0.5) * 0x1p-31;
  double x = (logit + log (u) - log1p (-u)) / t;

  return (1 + exp (logit)) / (1 + exp (x));
}

/* The factors are those of the words, and a weighted sum of them has the
   derivative that differences of the same words show.  */
START_TEST (concrete_slope)
{
  static const double q[] = { 0.1, 0.5, 0.02 }, t[] = { 0.1, 0.1, 0.7 };
  bd_mask a = mask_of ("concrete", q[_i]);
  const size_t n = 3000 * MASK_HIDDEN + 5;
  double logit = log (q[_i] / (1 - q[_i])), h = 1e-5, slope = 0, G = 2;
  double largest = 0;
  size_t wrong = 0;

  a.set.value[0] = t[_i];
  float *factor = mask_rows (&a, 3001, 13, 1), *D = malloc (n * sizeof *D);
  uint32_t *words = mask_stream (n, 13);
  gsl_rng *r = stream (14);
  for (size_t i = 0; i < n; i++)
    {
      double f = concrete (logit, t[_i], words[i]);
      wrong += fabs (factor[i] - f) > 1e-6 / t[_i];
      D[i] = (float)gsl_ran_ugaussian (r);
      double up = concrete (logit + h, t[_i], words[i]);
      double each = (up - concrete (logit - h, t[_i], words[i])) / (2 * h);
      slope += D[i] * each;
      largest += fabs (D[i] * each);
    }
  a.type->slope (&a, q[_i], n, factor, D, &G);
  ck_assert_uint_eq (wrong, 0);
  ck_assert_double_eq_tol (G - 2, slope, 1e-5 * largest);
  gsl_rng_free (r);
  free (factor);
  free (D);
  free (words);
}
END_TEST

/* f = 1 + exp (x / 2) z for the logit x.  */
START_TEST (variational_slope)
{
  bd_mask a = mask_of ("variational", 0.3);
  const size_t n = 100 * MASK_HIDDEN + 7;
  float *factor = mask_rows (&a, 101, 15, 1);
  double x = log (0.3 / 0.7), slope = 0, G = -1, h = 1e-3;
  float *up, *down, *D = malloc (n * sizeof *D);

  a.rate[0] = a.rate[1] = 1 / (1 + exp (-x - h));
  up = mask_rows (&a, 101, 15, 1);
  a.rate[0] = a.rate[1] = 1 / (1 + exp (-x + h));
  down = mask_rows (&a, 101, 15, 1);
  for (size_t i = 0; i < n; i++)
    {
      D[i] = (factor[i] - 1) * (float)(1 + i % 3);
      slope += D[i] * (up[i] - (double)down[i]) / (2 * h);
    }
  a.type->slope (&a, 0.3, n, factor, D, &G);
  ck_assert_double_eq_tol (G + 1, slope, 1e-4 * (double)n);
  ck_assert_double_gt (slope, 0.1 * (double)n);
  free (factor);
  free (up);
  free (down);
  free (D);
}
END_TEST

static double
penalty (const bd_mask *a, double logit, double ss)
{
  double G = 0, shrink = 0;
  return a->type->penalty (a, 1 / (1 + exp (-logit)), 37, ss, 500, &G,
                           &shrink);
}

/* Derivatives are added; that for a weight w is shrink w, so that shrink is
   twice the derivative for the sum of squares.  */
START_TEST (penalties)
{
  static const char *const specs[]
      = { "concrete:weight=3,entropy=0.7", "concrete:weight=0.1,entropy=2",
          "variational", "variational:kl=0.2" };
  bd_mask a = mask_of (specs[_i], 0.3);

  for (double x = -5; x < 5; x += 0.37)
    {
      double G = 1, shrink = 2, h = 1e-5, q = 1 / (1 + exp (-x));
      a.type->penalty (&a, q, 37, 11, 500, &G, &shrink);
      ck_assert_double_eq_tol (
          G - 1, (penalty (&a, x + h, 11) - penalty (&a, x - h, 11)) / (2 * h),
          1e-8);
      ck_assert_double_eq_tol (
          shrink - 2, 2 * (penalty (&a, x, 12) - penalty (&a, x, 11)), 1e-8);
    }
}
END_TEST

/* At one half the entropy is log 2; Gal's formula by hand.  */
START_TEST (concrete_value)
{
  bd_mask a = mask_of ("concrete:weight=3,entropy=0.7", 0.5);

  ck_assert_double_eq_tol (
      penalty (&a, 0, 11),
      (3 * 0.5 / 2 * (11 / gsl_pow_2 (0.5)) - 0.7 * 37 * M_LN2) / 500, 1e-14);
}
END_TEST

/* The divergence of 1 + sqrt (alpha) z from the log-uniform law, by the
   midpoint rule; it is 0 for large alpha.  The approximation is good to 0.01.
   E log |z| = -(gamma + log 2) / 2.  */
START_TEST (variational_value)
{
  bd_mask a = mask_of ("variational", 0.5);

  for (double x = -6; x < 5; x += 0.7)
    {
      double sum = 0, step = 1e-4;
      for (double z = -9 + step / 3; z < 9; z += step)
        sum += step * gsl_ran_ugaussian_pdf (z)
               * log (fabs (1 + exp (x / 2) * z));
      sum += (M_EULER + M_LN2) / 2 - x / 2;
      ck_assert_double_eq_tol (penalty (&a, x, 0) * 500 / 37, sum, 0.01);
    }
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("mask_learnt");
  TCase *c = tcase_create ("mask_learnt");

  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, concrete_slope, 0, 3);
  tcase_add_test (c, variational_slope);
  tcase_add_loop_test (c, penalties, 0, 4);
  tcase_add_test (c, concrete_value);
  tcase_add_test (c, variational_value);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
