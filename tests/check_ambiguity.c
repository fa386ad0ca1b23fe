/* The identities of Krogh and Vedelsby and of Ueda and Nakano, and each of
   their pieces against a direct count.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>

#include "tap.h"
#include "tools.h"
#include "variance/ambiguity.h"

#define R 9
#define B 7
#define M 11

/* By hand: members 1, 2, 6 and a response of 4.  */
START_TEST (by_hand)
{
  const double T[3] = { 1, 2, 6 }, y = 4;
  bd_ambiguity a;

  ck_assert_int_eq (bd_ambiguity_of (3, 1, 1, T, &y, &a), GSL_SUCCESS);
  ck_assert_double_eq_tol (a.mse, 1, 1e-15);
  ck_assert_double_eq_tol (a.single, 17. / 3, 1e-15);
  ck_assert_double_eq_tol (a.ambiguity, 14. / 3, 1e-15);
  ck_assert_double_lt (bd_ambiguity_gap (&a), 1e-15);
  a.ambiguity *= 1.001;
  ck_assert_double_gt (bd_ambiguity_gap (&a), 1e-4);
}
END_TEST

/* Any predictions, whatever their size; what is NaN is left out.  */
START_TEST (ambiguity)
{
  gsl_rng *r = stream (61);
  double T[R * B][M], y[M], scale = gsl_pow_int (10, 3 * _i - 6);
  bd_ambiguity a, rest;

  for (size_t j = 0; j < M; j++)
    y[j] = scale * gsl_ran_ugaussian (r) + 100;
  for (size_t b = 0; b < R * B; b++)
    for (size_t j = 0; j < M; j++)
      T[b][j] = y[j] + scale * (1 + gsl_ran_exponential (r, 2));
  bd_ambiguity_of (R * B, M, M, T[0], y, &a);
  ck_assert_uint_eq (a.members, R * B);
  ck_assert_uint_eq (a.points, M);
  ck_assert_double_lt (bd_ambiguity_gap (&a), 1e-12 * (1 + 100 / scale));
  bd_ambiguity_of (R * B, M - 1, M, T[0], y, &rest);
  y[M - 1] = GSL_NAN;
  bd_ambiguity_of (R * B, M, M, T[0], y, &a);
  ck_assert_double_eq_tol (a.mse, rest.mse, 1e-13 * a.mse);
  ck_assert_double_eq_tol (a.ambiguity, rest.ambiguity, 1e-13 * a.ambiguity);
  T[R * B - 1][0] = GSL_NAN;
  bd_ambiguity_of (R * B, M - 1, M, T[0], y, &a);
  bd_ambiguity_of (R * B - 1, M - 1, M, T[0], y, &rest);
  ck_assert_uint_eq (a.members, R * B - 1);
  ck_assert_double_eq (a.single, rest.single);
  gsl_rng_free (r);
}
END_TEST

/* Two members that repetitions move together by D and apart by E.  */
static void
predict (gsl_rng *r, double T[R][B][M], double y[M])
{
  for (size_t j = 0; j < M; j++)
    y[j] = gsl_ran_ugaussian (r);
  for (size_t k = 0; k < R; k++)
    for (size_t j = 0; j < M; j++)
      {
        double together = gsl_ran_ugaussian (r);
        for (size_t b = 0; b < B; b++)
          T[k][b][j] = y[j] + 0.1 * (double)b + together
                       + 0.5 * gsl_ran_ugaussian (r);
      }
}

/* Mean over the repetitions of what members B and C deviate by, times each
   other.  */
static double
comoment (double T[R][B][M], size_t b, size_t c, size_t j)
{
  double x = 0, z = 0, sum = 0;

  for (size_t k = 0; k < R; k++)
    {
      x += T[k][b][j] / R;
      z += T[k][c][j] / R;
    }
  for (size_t k = 0; k < R; k++)
    sum += (T[k][b][j] - x) * (T[k][c][j] - z) / R;
  return sum;
}

START_TEST (covariances)
{
  gsl_rng *r = stream (62);
  double T[R][B][M], y[M], variance = 0, covariance = 0, bias2 = 0;
  bd_covariances a;

  predict (r, T, y);
  ck_assert_int_eq (bd_covariances_of (R, B, M, &T[0][0][0], y, &a),
                    GSL_SUCCESS);
  for (size_t j = 0; j < M; j++)
    {
      double bias = -y[j];
      for (size_t b = 0; b < B; b++)
        {
          variance += comoment (T, b, b, j) / (B * M);
          for (size_t c = 0; c < B; c++)
            if (c != b)
              covariance += comoment (T, b, c, j) / (B * (B - 1) * M);
          for (size_t k = 0; k < R; k++)
            bias += T[k][b][j] / (R * B);
        }
      bias2 += bias * bias / M;
    }
  ck_assert_double_eq_tol (a.variance, variance, 1e-13);
  ck_assert_double_eq_tol (a.covariance, covariance, 1e-13);
  ck_assert_double_eq_tol (a.bias2, bias2, 1e-13);
  ck_assert_double_lt (bd_covariances_gap (&a), 1e-14);
  a.covariance += 0.001;
  ck_assert_double_gt (bd_covariances_gap (&a), 1e-5);
  bd_covariances_of (R * B, 1, M, &T[0][0][0], y, &a);
  ck_assert_double_nan (a.covariance);
  ck_assert_double_lt (bd_covariances_gap (&a), 1e-14);
  gsl_rng_free (r);
}
END_TEST

/* Nothing to look at: NaN, never 0.  */
START_TEST (nothing)
{
  double T[2] = { GSL_NAN, GSL_NAN }, y = 1;
  bd_ambiguity a;
  bd_covariances c;

  bd_ambiguity_of (2, 1, 1, T, &y, &a);
  ck_assert_double_nan (a.mse);
  ck_assert_double_nan (bd_ambiguity_gap (&a));
  T[0] = T[1] = 1;
  y = GSL_NAN;
  bd_ambiguity_of (2, 1, 1, T, &y, &a);
  ck_assert_double_nan (a.single);
  bd_covariances_of (2, 1, 1, T, &y, &c);
  ck_assert_double_nan (c.mse);
  ck_assert_double_nan (bd_covariances_gap (&c));
  y = 1;
  T[0] = GSL_NAN;
  bd_covariances_of (2, 1, 1, T, &y, &c);
  ck_assert_double_nan (c.variance);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("ambiguity");
  TCase *c = tcase_create ("ambiguity");

  tcase_set_timeout (c, 60);
  tcase_add_test (c, by_hand);
  tcase_add_loop_test (c, ambiguity, 0, 5);
  tcase_add_test (c, covariances);
  tcase_add_test (c, nothing);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
