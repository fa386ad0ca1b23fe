#include <config.h>

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "score/score.h"
#include "tap.h"
#include "tools.h"

/* Twelve forecasts, and their scores from numpy 1.24 and scipy 1.10.  */
#define COUNT 12
static const double y[COUNT] = { -0.61, -1.68, 0.25,  -1.32, 0.32, 4.88,
                                 0.88,  1.54,  -1.59, -1.81, 1.58, -1.92 },
                    mu[COUNT] = { -1.73, -1.18, -0.31, -0.57, -0.76, 5.95,
                                  -1.83, 0.47,  -3.21, -1.59, -0.23, -0.72 },
                    sigma[COUNT] = { 2.32, 2.32, 0.85, 0.54, 0.79, 1.3,
                                     2.25, 0.7,  1.98, 0.75, 0.48, 0.69 };
static const double crps[COUNT]
    = { 0.7537826924551897, 0.5849961900170078, 0.3407255535480098,
        0.485918332607096,  0.6965553407387409, 0.6365803439741536,
        1.6907416869948597, 0.7134974738266289, 0.9638603771934294,
        0.200833282652673,  1.5392074927584534, 0.8336369890757143 };
static const double nll[COUNT]
    = { 1.8770336618079804, 1.7837295595487652, 0.973443825160185,
        1.2672585666203622, 1.6176818301915343, 1.5200306083230515,
        2.4552119592975448, 1.7305288953883893, 1.9367461217127693,
        0.674278682975114,  7.294561372013361,  2.0601621864074136 };
static const struct
{
  double level, coverage, width;
} interval[] = { { 0.5, 4. / 12, 1.6828519267392237 },
                 { 0.8, 7. / 12, 3.1974711560337776 },
                 { 0.9, 10. / 12, 4.103909799243922 },
                 { 0.95, 11. / 12, 4.890110141427434 } };

START_TEST (reference)
{
  for (size_t i = 0; i < COUNT; i++)
    {
      ck_assert_double_eq_tol (bd_score_crps (&y[i], &mu[i], &sigma[i], 1),
                               crps[i], 1e-12);
      ck_assert_double_eq_tol (bd_score_nll (&y[i], &mu[i], &sigma[i], 1),
                               nll[i], 1e-12);
    }
  ck_assert_double_eq_tol (bd_score_crps (y, mu, sigma, COUNT),
                           0.7866946463201631, 1e-12);
  ck_assert_double_eq_tol (bd_score_nll (y, mu, sigma, COUNT),
                           2.0992222724538725, 1e-12);
  for (int k = 0; k < LENGTH (interval); k++)
    {
      double level = interval[k].level;
      ck_assert_double_eq (bd_score_cover (y, mu, sigma, COUNT, level),
                           interval[k].coverage);
      ck_assert_double_eq_tol (bd_score_width (sigma, COUNT, level),
                               interval[k].width, 1e-12);
    }
}
END_TEST

static const struct
{
  double y, sd, crps;
} special[] = { { 0, 1, 0.23369497725510913 },
                { 1, 1, 0.6024413576276163 },
                { -3, 1, 2.4365747250863397 },
                { 40, 1, 39.43581041645224 },
                { -2.5, 0, 2.5 } };

START_TEST (crps_special)
{
  const double zero = 0;

  ck_assert_double_eq_tol (
      bd_score_crps (&special[_i].y, &zero, &special[_i].sd, 1),
      special[_i].crps, 1e-12);
}
END_TEST

typedef struct
{
  double y, mean, sd;
} forecast;

static double
squared_step (double x, void *params)
{
  const forecast *f = params;

  return gsl_pow_2 (gsl_cdf_gaussian_P (x - f->mean, f->sd)
                    - (x >= f->y ? 1 : 0));
}

/* The definition, int (F (x) - 1 (x >= y))^2 dx, split at y.  */
START_TEST (crps_quadrature)
{
  gsl_integration_workspace *w = gsl_integration_workspace_alloc (1000);
  gsl_rng *r = stream (1);

  for (int k = 0; k < 50; k++)
    {
      forecast f = { 4 * gsl_ran_ugaussian (r), gsl_ran_ugaussian (r),
                     gsl_ran_exponential (r, 1) + 0.05 };
      gsl_function g = { squared_step, &f };
      double lo = GSL_MIN (f.y, f.mean) - 12 * f.sd, below, above, error;
      double hi = GSL_MAX (f.y, f.mean) + 12 * f.sd;
      gsl_integration_qag (&g, lo, f.y - 1e-14, 1e-12, 1e-11, 1000, 6, w,
                           &below, &error);
      gsl_integration_qag (&g, f.y, hi, 1e-12, 1e-11, 1000, 6, w, &above,
                           &error);
      ck_assert_double_eq_tol (bd_score_crps (&f.y, &f.mean, &f.sd, 1),
                               below + above, 1e-10);
    }
  gsl_integration_workspace_free (w);
  gsl_rng_free (r);
}
END_TEST

START_TEST (nll_is_a_density)
{
  for (size_t i = 0; i < COUNT; i++)
    ck_assert_double_eq_tol (
        bd_score_nll (&y[i], &mu[i], &sigma[i], 1),
        -log (gsl_ran_gaussian_pdf (y[i] - mu[i], sigma[i])), 1e-12);
}
END_TEST

START_TEST (squared_error)
{
  double want = 0;

  for (size_t i = 0; i < COUNT; i++)
    want += (y[i] - mu[i]) * (y[i] - mu[i]) / COUNT;
  ck_assert_double_eq_tol (bd_score_mse (y, mu, COUNT), want, 1e-14);
}
END_TEST

#define RESIDUALS 400

/* Residuals of N (0, s2 + v_i) with known v.  */
static void
residuals (gsl_rng *r, double s2, double res[], double v[])
{
  for (size_t i = 0; i < RESIDUALS; i++)
    {
      v[i] = 2 * gsl_rng_uniform (r);
      res[i] = gsl_ran_gaussian (r, sqrt (s2 + v[i]));
    }
}

/* sum (1 - r^2 / (s2 + v)) / (s2 + v) relative to its terms.  */
static double
equation (const double res[], const double v[], double s2)
{
  double sum = 0, size = 0;

  for (size_t i = 0; i < RESIDUALS; i++)
    {
      double total = s2 + v[i];
      sum += (1 - res[i] * res[i] / total) / total;
      size += 1 / total;
    }
  return sum / size;
}

START_TEST (noise_solves)
{
  gsl_rng *r = stream (2);
  double res[RESIDUALS], v[RESIDUALS];

  for (int k = 0; k < 100; k++)
    {
      residuals (r, 0.2 * (k + 1), res, v);
      double s2 = bd_score_noise (res, v, RESIDUALS);
      ck_assert_double_gt (s2, 0);
      ck_assert_double_eq_tol (equation (res, v, s2), 0, 1e-9);
    }
  gsl_rng_free (r);
}
END_TEST

/* On average over 300 samples: five standard errors.  */
START_TEST (noise_recovered)
{
  gsl_rng *r = stream (3);
  double res[RESIDUALS], v[RESIDUALS], s2[300];

  for (int k = 0; k < 300; k++)
    {
      residuals (r, 1.7, res, v);
      s2[k] = bd_score_noise (res, v, RESIDUALS);
    }
  ck_assert_double_eq_tol (mean_of (s2, 300), 1.7,
                           5 * sd_of (s2, 300) / sqrt (300));
  gsl_rng_free (r);
}
END_TEST

START_TEST (noise_limits)
{
  const double res[] = { 1, -2, 3 }, none[3] = { 0 };
  const double wide[] = { 100, 100, 100 }, nothing[3] = { 0 };

  ck_assert_double_eq_tol (bd_score_noise (res, none, 3), 14. / 3, 1e-12);
  ck_assert_double_eq_tol (bd_score_noise (res, wide, 3), 14e-6 / 3, 1e-18);
  ck_assert_double_eq (bd_score_noise (nothing, wide, 3), 0);
  ck_assert_double_nan (bd_score_noise (NULL, NULL, 0));
}
END_TEST

/* By hand: mean 3, sum of squares 14 about it, s^2 = 14/3; var = (1/4 + 1/4)
   s^2; Student's 97.5 % point with 3 degrees of freedom 3.182446305.  */
START_TEST (splits)
{
  const double x[] = { 1, 2, 3, 6 };
  bd_interval a = bd_score_splits (x, 4, 0.25);

  ck_assert_double_eq_tol (a.mean, 3, 1e-14);
  ck_assert_double_eq_tol (a.se, sqrt (14. / 6), 1e-14);
  ck_assert_double_eq_tol (a.lo, 3 - 3.182446305284263 * sqrt (14. / 6), 1e-8);
  ck_assert_double_eq_tol (a.hi - 3, 3 - a.lo, 1e-14);
  a = bd_score_splits (x, 4, 0);
  ck_assert_double_eq_tol (a.se, sqrt (14. / 12), 1e-14);
  a = bd_score_splits (x, 1, 0.25);
  ck_assert_double_eq (a.mean, 1);
  ck_assert_double_nan (a.se);
  ck_assert_double_nan (a.lo);
  ck_assert_double_nan (a.hi);
}
END_TEST

/* Three members at four points; numbers from scipy 1.10 (logsumexp of
   norm.logpdf).  Noise of 0.01 puts every density below the least double.  */
static const double member[3][4] = { { -1.73, -1.18, -0.31, -0.57 },
                                     { -0.5, 5.95, 0.1, -1.5 },
                                     { 0.2, -1.83, 0.47, -3.21 } };

START_TEST (mixture)
{
  double failed[3][4];

  ck_assert_double_eq_tol (bd_score_nll_mixture (y, member[0], 3, 4, 0.7),
                           1.0220243388352612, 1e-14);
  ck_assert_double_eq_tol (bd_score_nll_mixture (y, member[0], 3, 4, 0.01),
                           109.2873806358847, 1e-11);
  memcpy (failed, member, sizeof failed);
  for (int j = 0; j < 4; j++)
    failed[2][j] = GSL_NAN;
  ck_assert_double_eq_tol (bd_score_nll_mixture (y, failed[0], 3, 4, 0.7),
                           1.020661879988447, 1e-14);
  ck_assert_double_nan (bd_score_nll_mixture (y, failed[2], 1, 4, 0.7));
  for (size_t i = 0; i < COUNT; i++)
    ck_assert_double_eq_tol (
        bd_score_nll_mixture (&y[i], &mu[i], 1, 1, sigma[i]), nll[i], 1e-13);
}
END_TEST

/* One member: the root mean squared error, found by search.  Many members: the
   noise that the data were drawn with; nothing near it is more likely.  */
START_TEST (mixture_noise)
{
  enum
  {
    ROWS = 4000,
    MEMBERS = 5
  };
  gsl_rng *r = stream (77);
  double *t = normals (r, MEMBERS * ROWS), *v = normals (r, ROWS);

  ck_assert_double_eq_tol (bd_score_noise_mixture (y, mu, 1, COUNT),
                           sqrt (bd_score_mse (y, mu, COUNT)), 2e-3);
  for (size_t i = 0; i < ROWS; i++)
    v[i] = t[gsl_rng_uniform_int (r, MEMBERS) * ROWS + i] + 0.3 * v[i];
  double sd = bd_score_noise_mixture (v, t, MEMBERS, ROWS);
  double least = bd_score_nll_mixture (v, t, MEMBERS, ROWS, sd);
  ck_assert_double_eq_tol (sd, 0.3, 0.02);
  for (int k = -5; k <= 5; k++)
    ck_assert_double_le (
        least,
        1e-6 + bd_score_nll_mixture (v, t, MEMBERS, ROWS, sd * exp (0.1 * k)));
  ck_assert_double_nan (bd_score_noise_mixture (v, t, 0, ROWS));
  free (t);
  free (v);
  gsl_rng_free (r);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("score");
  TCase *c = tcase_create ("score");

  tcase_set_timeout (c, 60);
  tcase_add_test (c, reference);
  tcase_add_loop_test (c, crps_special, 0, LENGTH (special));
  tcase_add_test (c, crps_quadrature);
  tcase_add_test (c, nll_is_a_density);
  tcase_add_test (c, squared_error);
  tcase_add_test (c, mixture);
  tcase_add_test (c, mixture_noise);
  tcase_add_test (c, noise_solves);
  tcase_add_test (c, noise_recovered);
  tcase_add_test (c, noise_limits);
  tcase_add_test (c, splits);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
