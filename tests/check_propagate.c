/* Propagation of means and variances against quadrature and, where it is
   exact, against all subnetworks.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "net/propagate.h"
#include "subnet_tools.h"
#include "tap.h"
#include "tools.h"

#define POINTS 70

typedef struct
{
  const bd_unit *unit;
  double mu, sd, mean;
  bool square;
} integral;

/* At x standard deviations.  */
static double
integrand (double x, void *params)
{
  const integral *a = params;
  double value = a->unit->value (a->mu + a->sd * x) - a->mean;
  return gsl_ran_ugaussian_pdf (x) * (a->square ? value * value : value);
}

/* Piecewise, so that kinks and steps at 0 stand between the pieces.  */
static double
integrate (integral a)
{
  gsl_integration_workspace *w = gsl_integration_workspace_alloc (1000);
  gsl_function f = { integrand, &a };
  double zero = -a.mu / a.sd, from = -12, sum = 0, part, error;
  const double step[] = { zero - 10 / a.sd, zero, zero + 10 / a.sd, 12 };

  for (size_t i = 0; i < 4; i++)
    {
      double to = GSL_MIN (GSL_MAX (step[i], from), 12);
      gsl_integration_qag (&f, from, to, 1e-14, 1e-13, 1000, GSL_INTEG_GAUSS41,
                           w, &part, &error);
      sum += part;
      from = to;
    }
  gsl_integration_workspace_free (w);
  return sum;
}

START_TEST (units)
{
  const double mu[] = { -30, -3, -0.5, 0, 0.1, 2, 9 };
  const double sd[] = { 1e-6, 0.1, 0.7, 1.5, 3, 12, 50 };
  const bd_unit *unit = &bd_units[_i];

  for (int i = 0; i < LENGTH (mu); i++)
    for (int j = 0; j < LENGTH (sd); j++)
      {
        double mean, variance, size;
        integral a = { unit, mu[i], sd[j], 0, false };
        bd_unit_moments (unit, mu[i], sd[j], &mean, &variance);
        /* tanh and logistic are of size 1, the others of that of their input.
         */
        size = _i == BD_UNIT_TANH || _i == BD_UNIT_LOGISTIC
                   ? 1
                   : fabs (mu[i]) + sd[j];
        a.mean = mean;
        ck_assert_double_eq_tol (integrate (a), 0, 1e-10 * size);
        a.square = true;
        ck_assert_double_eq_tol (variance, integrate (a), 1e-10 * size * size);
        ck_assert_double_ge (variance, 0);
      }
}
END_TEST

START_TEST (extremes)
{
  const bd_unit *unit = &bd_units[_i];
  double mean, variance;

  bd_unit_moments (unit, 0.3, 0, &mean, &variance);
  ck_assert_double_eq (mean, unit->value (0.3));
  ck_assert_double_eq (variance, 0);
  bd_unit_moments (unit, 0.3, -1, &mean, &variance);
  ck_assert (gsl_isnan (mean) && gsl_isnan (variance));
  bd_unit_moments (unit, GSL_NAN, 1, &mean, &variance);
  ck_assert (gsl_isnan (mean) && gsl_isnan (variance));
  /* Far from 0 a rectifier is linear or nothing, and keeps its figures.  */
  bd_unit_moments (&bd_units[BD_UNIT_RELU], 40, 2, &mean, &variance);
  ck_assert_double_eq_tol (mean, 40, 1e-14);
  ck_assert_double_eq_tol (variance, 4, 1e-14);
  bd_unit_moments (&bd_units[BD_UNIT_RELU], -400, 2, &mean, &variance);
  ck_assert_double_eq (mean, 0);
  ck_assert_double_eq (variance, 0);
  /* A unit that is a step for so wide an input.  */
  bd_unit_moments (&bd_units[BD_UNIT_LOGISTIC], 1000, 1e4, &mean, &variance);
  ck_assert_double_eq_tol (mean, 0.539828, 1e-3);
}
END_TEST

/* Mean and variance of all subnetworks, where propagation is exact.  */
static void
same_as_all (bd_net_model *model, bd_rates rates)
{
  gsl_rng *r = stream (4);
  double *Z = normals (r, POINTS * model->net.width[0]);
  double mean[POINTS], variance[POINTS], noise[POINTS];
  bd_subnets *a = bd_subnets_alloc (model, POINTS, 0, NULL);

  ck_assert_int_eq (bd_subnets_fill (a, model, &rates, Z, NULL), GSL_SUCCESS);
  ck_assert_int_eq (
      bd_propagate (model, &rates, POINTS, Z, mean, variance, noise, NULL),
      GSL_SUCCESS);
  for (size_t i = 0; i < POINTS; i++)
    {
      ck_assert_double_eq_tol (mean[i], a->mean[i], 1e-12);
      ck_assert_double_eq_tol (variance[i], a->variance[i],
                               1e-12 * (1 + variance[i]));
      if (!model->net.output->noise)
        ck_assert_double_nan (noise[i]);
    }
  ck_assert_int_eq (bd_propagate (model, &rates, 1, Z, NULL, NULL, NULL, NULL),
                    GSL_SUCCESS);
  bd_subnets_free (a);
  bd_net_model_free (model);
  free (Z);
  gsl_rng_free (r);
}

START_TEST (one_hidden_layer)
{
  const size_t hidden[] = { 7, 0 };
  int output = _i % 2 ? BD_OUTPUT_GAUSSIAN : BD_OUTPUT_REAL;
  bd_net_model *model = random_model (2, hidden, _i / 2, output, 0, 3);
  same_as_all (model, bd_rates_same (&model->net, 0.3, 0));
}
END_TEST

/* Linear units: exact where nothing is shared between units, in one unit of
   masked inputs and in a second layer of one unit.  */
START_TEST (linear_units)
{
  const size_t one[] = { 1, 0 }, two[] = { 6, 1, 0 };
  bd_net_model *model = random_model (_i ? 2 : 5, _i ? two : one,
                                      BD_UNIT_LINEAR, BD_OUTPUT_REAL, 0, 3);
  same_as_all (model, bd_rates_same (&model->net, 0.4, _i ? 0 : 0.3));
}
END_TEST

/* Deeper nets are near: much nearer to all masks than weight scaling is.  */
START_TEST (two_hidden_layers)
{
  const size_t hidden[] = { 8, 8, 0 };
  bd_net_model *model = random_model (2, hidden, _i, BD_OUTPUT_REAL, 0, 11);
  bd_rates rates = bd_rates_same (&model->net, 0.2, 0);
  gsl_rng *r = stream (4);
  double *Z = normals (r, POINTS * 2), mean[POINTS], variance[POINTS];
  double off = 0, scaled = 0, all = 0, sum = 0;
  bd_subnets *a = bd_subnets_alloc (model, POINTS, 0, NULL);

  bd_subnets_fill (a, model, &rates, Z, NULL);
  bd_propagate (model, &rates, POINTS, Z, mean, variance, NULL, NULL);
  for (size_t i = 0; i < POINTS; i++)
    {
      off += gsl_pow_2 (mean[i] - a->mean[i]);
      scaled += gsl_pow_2 (a->scaled[i] - a->mean[i]);
      all += a->variance[i];
      sum += variance[i];
    }
  ck_assert_double_lt (off, 0.15 * scaled);
  ck_assert_double_lt (fabs (log (sum / all)), log (2));
  bd_subnets_free (a);
  bd_net_model_free (model);
  free (Z);
  gsl_rng_free (r);
}
END_TEST

/* The probability of one of two classes: log odds have the moments of a linear
   output.  */
START_TEST (logistic)
{
  const size_t hidden[] = { 7, 0 };
  bd_net_model *model
      = random_model (2, hidden, BD_UNIT_TANH, BD_OUTPUT_LOGISTIC, 2, 3);
  bd_rates rates = bd_rates_same (&model->net, 0.2, 0);
  const double x[] = { 0.3, -0.7 };
  double mean, variance, mu, s2, wrong;
  bd_subnets *a = bd_subnets_alloc (model, 1, 0, NULL);

  bd_subnets_fill (a, model, &rates, x, NULL);
  ck_assert_int_eq (
      bd_propagate (model, &rates, 1, x, &mean, &variance, NULL, NULL),
      GSL_SUCCESS);
  model->net.output = &bd_outputs[BD_OUTPUT_REAL];
  bd_exact_closed (model, &rates, 1, x, &mu, &s2, NULL, NULL);
  ck_assert_double_eq_tol (variance, s2, 1e-12);
  ck_assert_double_eq_tol (log (mean / (1 - mean)),
                           mu / sqrt (1 + M_PI * s2 / 8), 1e-12);
  wrong = fabs (a->scaled[0] - a->mean[0]);
  ck_assert_double_lt (fabs (mean - a->mean[0]), 0.5 * wrong);
  bd_subnets_free (a);
  bd_net_model_free (model);
}
END_TEST

/* The variance of the noise is log-normal when the log variance is normal.  */
START_TEST (noise)
{
  const size_t hidden[] = { 1, 0 };
  bd_net_model *model
      = random_model (1, hidden, BD_UNIT_LINEAR, BD_OUTPUT_GAUSSIAN, 0, 3);
  const bd_net *net = &model->net;
  bd_rates rates = bd_rates_same (net, 0.5, 0);
  const double x = 0.6;
  double h = x * model->w[net->weight[0]] + model->w[net->bias[0]];
  double v = h * model->w[net->weight[1] + 1], got;

  ck_assert_int_eq (
      bd_propagate (model, &rates, 1, &x, NULL, NULL, &got, NULL),
      GSL_SUCCESS);
  ck_assert_double_eq_tol (log (got / 4),
                           v + model->w[net->bias[1] + 1] + v * v / 2, 1e-12);
  bd_net_model_free (model);
}
END_TEST

START_TEST (refusals)
{
  const size_t hidden[] = { 3, 0 };
  bd_net_model *classes = random_model (1, hidden, 0, BD_OUTPUT_SOFTMAX, 3, 1);
  bd_net_model *real = random_model (1, hidden, 0, BD_OUTPUT_REAL, 0, 1);
  bd_rates sure = { .hidden = { 1 } }, half = { .hidden = { 0.5 } };
  double x = 0;
  bd_error e;

  ck_assert_int_eq (bd_propagate (classes, &half, 1, &x, NULL, NULL, NULL, &e),
                    GSL_EINVAL);
  ck_assert_msg (strstr (e.text, "softmax"), "%s", e.text);
  ck_assert_int_eq (bd_propagate (real, &sure, 1, &x, NULL, NULL, NULL, &e),
                    GSL_EINVAL);
  ck_assert_msg (strstr (e.text, "not in [0, 1)"), "%s", e.text);
  bd_net_model_free (classes);
  bd_net_model_free (real);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("propagate");
  TCase *c = tcase_create ("propagate");

  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, units, 0, BD_UNITS);
  tcase_add_loop_test (c, extremes, 0, BD_UNITS);
  tcase_add_loop_test (c, one_hidden_layer, 0, 2 * BD_UNITS);
  tcase_add_loop_test (c, linear_units, 0, 2);
  tcase_add_loop_test (c, two_hidden_layers, 0, 3);
  tcase_add_test (c, logistic);
  tcase_add_test (c, noise);
  tcase_add_test (c, refusals);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
