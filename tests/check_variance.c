/* Estimates of variance against simulation, their own Monte Carlo formulas and
   their limits.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "ensemble/resample.h"
#include "tap.h"
#include "tools.h"
#include "variance/estimate.h"
#include "variance/estimator.h"

#define SIM_ROWS 20
#define SIM_B 100
#define RUNS 3000

static const bd_rows sim_rows = { .n = SIM_ROWS };

/* The mean of the rows that a member has.  */
static double
mean (const double u[], const double x[])
{
  double sum = 0;

  for (size_t i = 0; i < SIM_ROWS; i++)
    sum += u[i] * x[i] / SIM_ROWS;
  return sum;
}

/* B resamples of the mean of SIM_ROWS numbers, RUN's own.  */
static void
sampled (bd_moments *a, drawer *d, uint64_t run, const double x[])
{
  bd_moments *block = bd_moments_alloc (SIM_ROWS, 1, 1, 1);
  double p[BD_BLOCK], U[BD_BLOCK][SIM_ROWS], T[BD_BLOCK];

  bd_moments_reset (a);
  for (size_t left = SIM_B; left > 0;)
    {
      size_t count = GSL_MIN (left, BD_BLOCK);
      for (size_t b = 0; b < count; b++)
        {
          p[b] = 1;
          memcpy (U[b], draw_weights (d, run, left - b), sizeof U[b]);
          T[b] = mean (U[b], x);
        }
      bd_moments_reset (block);
      bd_moments_block (block, count, p, U[0], T);
      bd_moments_merge (a, block);
      left -= count;
    }
  bd_moments_free (block);
}

/* The covariances have divisor B, so IJ-U is (1 - 1/B)^2 of the truth on
   average; plain IJ is 20 % too large.  The standard error that is reported
   is the one that is seen: bounds are five standard errors of 3000 runs.  */
START_TEST (ij_u_in_simulation)
{
  gsl_rng *r = stream (1);
  double *x = normals (r, SIM_ROWS), truth, plain = 0, square = 0;
  double *V = malloc (RUNS * sizeof *V), sd;
  bd_moments *a = bd_moments_alloc (SIM_ROWS, 1, 1, 1);
  drawer d = drawer_open (&bd_resample_bootstrap, "", &sim_rows);

  ck_assert_ptr_nonnull (V);
  truth = gsl_pow_2 (sd_of (x, SIM_ROWS)) / SIM_ROWS;
  for (size_t k = 0; k < RUNS; k++)
    {
      double se, biased;
      sampled (a, &d, k, x);
      bd_variance_ij_u (a, &V[k], &se);
      bd_variance_ij (a, &biased);
      plain += biased / RUNS;
      square += se * se / RUNS;
    }
  sd = sd_of (V, RUNS);
  ck_assert_double_eq_tol (mean_of (V, RUNS) / truth,
                           gsl_pow_2 (1 - 1. / SIM_B),
                           5 * sd / truth / sqrt (RUNS));
  ck_assert_double_gt (plain / truth, 1.12);
  ck_assert_double_eq_tol (sqrt (square) / sd, 1, 0.1);
  free (V);
  free (x);
  drawer_close (&d);
  bd_moments_free (a);
  gsl_rng_free (r);
}
END_TEST

/* The formula of the standard error, written out.  */
START_TEST (standard_error)
{
  gsl_rng *r = stream (2);
  double *x = normals (r, SIM_ROWS), V, se, v;
  bd_moments *a = bd_moments_alloc (SIM_ROWS, 1, 1, 1);
  drawer d = drawer_open (&bd_resample_bootstrap, "", &sim_rows);

  for (uint64_t k = 0; k < 50; k++)
    {
      sampled (a, &d, k, x);
      bd_variance_ij_u (a, &V, &se);
      bd_variance_spread (a, &v);
      double Vp = GSL_MAX (V, 0);
      double units = 0;
      for (size_t i = 0; i < SIM_ROWS; i++)
        units += gsl_pow_2 (a->u2[i] / SIM_B);
      double want
          = 4 * Vp * (Vp + v) / SIM_B + 2 * units * v * v / (SIM_B * SIM_B);
      ck_assert_double_eq_tol (se * se, want, 1e-12 * want);
      bd_variance_ij_u (a, &V, NULL);
    }
  drawer_close (&d);
  bd_moments_free (a);
  free (x);
  gsl_rng_free (r);
}
END_TEST

/* Rounded values, computed with other software.  */
static const struct
{
  double z, value;
} positive[] = {
  { -2, 0.373 }, { -1, 0.525 }, { 0, 0.798 }, { 1, 1.288 }, { 3, 3.004 }
};

START_TEST (positive_part)
{
  double z = positive[_i].z;

  ck_assert_double_eq_tol (bd_variance_positive (z, 1), positive[_i].value,
                           5.001e-4);
  ck_assert_double_eq_tol (bd_variance_positive (1e-9 * z, 1e-9),
                           1e-9 * bd_variance_positive (z, 1), 1e-22);
}
END_TEST

static int complaints;

static void
complain (const char *reason, const char *file, int line, int code)
{
  (void)reason;
  (void)file;
  (void)line;
  (void)code;
  complaints++;
}

/* Positive, increasing and at least e over all magnitudes; below -40 the
   series -1/z (1 - 2/z^2) holds.  */
START_TEST (positive_tails)
{
  double before = 0;

  gsl_set_error_handler (complain);
  for (double power = 300; power > -300; power -= 0.01)
    {
      double z = -pow (10, power), f = bd_variance_positive (z, 1);
      ck_assert (gsl_finite (f) && f >= 0 && f >= before * (1 - 1e-6));
      if (z < -100)
        ck_assert_double_eq_tol (-f * z, 1 - 2 / (z * z), 1e-6);
      before = f;
    }
  for (double z = 0.01; z < 1e300; z *= 1.1)
    {
      double f = bd_variance_positive (z, 1);
      ck_assert (gsl_finite (f) && f >= z && f <= z + 1);
      ck_assert_int_eq (complaints, 0);
    }
  ck_assert_double_eq (bd_variance_positive (3, 0), 3);
  ck_assert_double_eq (bd_variance_positive (-3, 0), 0);
  ck_assert_double_nan (bd_variance_positive (GSL_NAN, 0));
  ck_assert_double_nan (bd_variance_positive (GSL_NAN, 1));
  ck_assert_double_eq (bd_variance_positive (-1e300, 1e-300), 0);
  /* phi / Phi by its continued fraction, with other software.  */
  ck_assert_double_eq_tol (bd_variance_positive (-50, 1), 0.0199840319, 1e-10);
  ck_assert_double_eq_tol (bd_variance_positive (-1e6, 1), 1e-6, 1e-17);
  ck_assert_double_eq (bd_variance_positive (50, 1), 50);
}
END_TEST

#define POINTS 12

/* Few members of a statistic with hardly any additive part: IJ-U goes
   negative, the steady estimate stays between 0 and v.  */
START_TEST (steady_is_steady)
{
  gsl_rng *r = stream (3 + (uint64_t)_i);
  bd_moments *a = bd_moments_alloc (SIM_ROWS, POINTS, POINTS, POINTS);
  double V[POINTS], raw[POINTS], v[POINTS];
  drawer d = drawer_open (&bd_resample_bootstrap, "", &sim_rows);
  size_t negative = 0;

  for (uint64_t run = 0; run < 50; run++)
    {
      bd_moments_reset (a);
      for (uint64_t b = 0; b < 15; b++)
        {
          double t[POINTS];
          const double *u = draw_weights (&d, run, b);
          for (size_t j = 0; j < POINTS; j++)
            t[j] = gsl_ran_ugaussian (r) + (_i ? 0.3 * u[j] : 0);
          t[POINTS - 1] = 1;
          add_one (a, 1, u, t);
        }
      bd_variance_ij_steady (a, 1, V);
      bd_variance_ij_u (a, raw, NULL);
      bd_variance_spread (a, v);
      for (size_t j = 0; j < POINTS; j++)
        {
          ck_assert (V[j] >= 0 && V[j] <= v[j]);
          negative += raw[j] < 0;
        }
      ck_assert_double_eq (V[POINTS - 1], 0);
    }
  ck_assert_uint_gt (negative, 20);
  drawer_close (&d);
  bd_moments_free (a);
  gsl_rng_free (r);
}
END_TEST

/* Planned by hand, and the formula turned round.  */
START_TEST (planner)
{
  ck_assert_double_eq_tol (bd_variance_members (0.2, 1, 100), 222, 1);
  ck_assert_double_eq_tol (bd_variance_members (0.2, 1, 1000), 345, 1);
  ck_assert_double_eq_tol (bd_variance_members (0.2, 10, 1000), 2850, 5);
  for (double K = 1; K < 100; K *= 3)
    {
      double B = bd_variance_members (0.1, K, 50);
      ck_assert_double_eq_tol (4 * (1 + K) / B + 2 * 50 * K * K / (B * B),
                               0.01, 1e-14);
    }
}
END_TEST

/* Nor do the units that one member leaves out.  */
START_TEST (one_left_out)
{
  const bd_moments shape
      = { .n = 3, .m = 1, .mc = 1, .self = 1, .apart = true };
  bd_moments *a = bd_moments_like (&shape);
  const double u[3] = { 3, 0, 0 }, t = 3;

  add_one (a, 1, u, &t);
  for (size_t k = 0; bd_estimators[k]; k++)
    if (bd_estimators[k]->apart)
      {
        double V = 0, se = 0;
        bd_estimators[k]->estimate (a, 1, &V, &se);
        ck_assert_double_nan (V);
        ck_assert_double_nan (se);
      }
  bd_moments_free (a);
}
END_TEST

/* One member says nothing about variance.  */
START_TEST (too_few)
{
  bd_moments *a = bd_moments_alloc (2, 1, 1, 1);
  const double u[2] = { 2, 0 }, t = 3;

  for (int members = 0; members < 2; members++)
    {
      double V = 0, se = 0;
      bd_variance_spread (a, &V);
      ck_assert_double_nan (V);
      bd_variance_ij (a, &V);
      ck_assert_double_nan (V);
      bd_variance_ij_u (a, &V, &se);
      ck_assert_double_nan (V);
      ck_assert_double_nan (se);
      bd_variance_ij_steady (a, 1, &V);
      ck_assert_double_nan (V);
      ck_assert_double_nan (bd_variance_additive_share (a, 1));
      add_one (a, 1, u, &t);
    }
  ck_assert_double_nan (bd_variance_additive_share (a, 1));
  bd_moments_free (a);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("variance");
  TCase *c = tcase_create ("variance");

  tcase_set_timeout (c, 60);
  tcase_add_test (c, ij_u_in_simulation);
  tcase_add_test (c, standard_error);
  tcase_add_loop_test (c, positive_part, 0, LENGTH (positive));
  tcase_add_test (c, positive_tails);
  tcase_add_loop_test (c, steady_is_steady, 0, 2);
  tcase_add_test (c, planner);
  tcase_add_test (c, too_few);
  tcase_add_test (c, one_left_out);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
