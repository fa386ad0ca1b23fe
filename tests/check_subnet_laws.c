/* What follows from all subnetworks: losses, the closed form, geometric means
   and ridge regression.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "net/exact.h"
#include "subnet_tools.h"
#include "tap.h"
#include "tools.h"

#define POINTS 70 /* more than a strip */

static void
near (double a, double b)
{
  ck_assert_double_eq_tol (a, b, 1e-12 * GSL_MAX_DBL (1, fabs (b)));
}

#define ROWS 9

/* Loss of subnetwork CODE over the rows.  */
static double
brute_loss (const bd_net_model *model, const bd_rates *rates, unsigned code,
            const double Z[], const double y[], double *p, size_t *kept)
{
  const bd_net *net = &model->net;
  double sum = 0;

  for (size_t i = 0; i < ROWS; i++)
    {
      const double *x = Z + i * net->width[0];
      double t[3], z[3];
      brute_outputs (model, rates, code, x, z, NULL);
      *p = brute_predict (model, rates, code, x, t, kept);
      double square = gsl_pow_2 (y[i] - t[0]);
      if (net->output == &bd_outputs[BD_OUTPUT_REAL])
        sum += square;
      else if (net->output == &bd_outputs[BD_OUTPUT_GAUSSIAN])
        sum -= log (exp (-square / (2 * 4 * exp (z[1])))
                    / sqrt (2 * M_PI * 4 * exp (z[1])));
      else if (net->output == &bd_outputs[BD_OUTPUT_LOGISTIC])
        sum += log1p (exp (y[i] > 0 ? -z[0] : z[0]));
      else
        sum -= log (t[(size_t)y[i]]);
    }
  return sum / ROWS;
}

START_TEST (losses_by_brute_force)
{
  bd_net_model *model = subnet_model (_i);
  const bd_net *net = &model->net;
  bd_rates rates = some_rates (net, subnet_nets[_i].input);
  size_t units = bd_exact_units (net, &rates);
  gsl_rng *r = stream (3);
  double *Z = normals (r, ROWS * subnet_nets[_i].d), y[ROWS], all = 0;
  bd_kept_loss loss[BD_EXACT_UNITS + 1];
  struct
  {
    double n, p, sum, least, greatest;
  } want[20] = { { 0, 0, 0, 0, 0 } };

  for (size_t i = 0; i < ROWS; i++)
    y[i] = net->output->classes ? (double)(i % subnet_nets[_i].classes)
                                : 3 + sin ((double)i);
  ck_assert_int_eq (bd_subnets_losses (model, &rates, ROWS, Z, y, loss, NULL),
                    GSL_SUCCESS);
  for (unsigned code = 0; code < 1u << units; code++)
    {
      size_t k;
      double p, value = brute_loss (model, &rates, code, Z, y, &p, &k);
      bool first = want[k].n++ == 0;
      want[k].p += p;
      want[k].sum += p * value;
      want[k].least = first ? value : GSL_MIN (want[k].least, value);
      want[k].greatest = first ? value : GSL_MAX (want[k].greatest, value);
    }
  for (size_t k = 0; k <= units; k++)
    {
      ck_assert_double_eq (loss[k].count, want[k].n);
      near (loss[k].probability, want[k].p);
      near (loss[k].mean, want[k].sum / want[k].p);
      near (loss[k].least, want[k].least);
      near (loss[k].greatest, want[k].greatest);
      all += loss[k].probability;
    }
  near (all, 1);
  for (size_t k = 0; k <= units; k++)
    {
      double square = 0;
      for (unsigned code = 0; code < 1u << units; code++)
        {
          size_t kept;
          double p, value = brute_loss (model, &rates, code, Z, y, &p, &kept);
          if (kept == k)
            square += p * gsl_pow_2 (value - loss[k].mean);
        }
      ck_assert_double_eq_tol (loss[k].sd, sqrt (square / want[k].p),
                               1e-7 * (1 + loss[k].sd));
    }
  bd_net_model_free (model);
  free (Z);
  gsl_rng_free (r);
}
END_TEST

/* Mean, variance and covariance in closed form are those of all masks.  */
START_TEST (closed_form)
{
  int output = _i % 2 ? BD_OUTPUT_GAUSSIAN : BD_OUTPUT_REAL;
  size_t units = _i / 2 ? 14 : 7;
  const size_t hidden[] = { units, 0 };
  bd_net_model *model = random_model (2, hidden, BD_UNIT_TANH, output, 0, 9);
  bd_rates rates = bd_rates_same (&model->net, 0.3, 0);
  gsl_rng *r = stream (4);
  double *Z = normals (r, POINTS * 2), mean[POINTS], variance[POINTS];
  double *C = calloc (POINTS * POINTS, sizeof *C), m[2] = { 0 }, c = 0;
  bd_subnets *a = bd_subnets_alloc (model, POINTS, 0, NULL);

  ck_assert_int_eq (bd_subnets_fill (a, model, &rates, Z, NULL), GSL_SUCCESS);
  ck_assert_int_eq (
      bd_exact_closed (model, &rates, POINTS, Z, mean, variance, C, NULL),
      GSL_SUCCESS);
  for (size_t i = 0; i < POINTS; i++)
    {
      near (mean[i], a->mean[i]);
      near (mean[i], a->scaled[i]);
      near (variance[i], a->variance[i]);
      near (C[i * POINTS + i], variance[i]);
    }
  for (unsigned code = 0; code < 1u << units; code++)
    {
      double t[2], p = brute_predict (model, &rates, code, Z, &t[0], NULL);
      brute_predict (model, &rates, code, Z + 2 * 66, &t[1], NULL);
      m[0] += p * t[0];
      m[1] += p * t[1];
      c += p * (t[0] - mean[0]) * (t[1] - mean[66]);
    }
  near (m[0], mean[0]);
  near (m[1], mean[66]);
  near (C[66], c);
  near (C[66 * POINTS], c);
  bd_subnets_free (a);
  bd_net_model_free (model);
  free (C);
  free (Z);
  gsl_rng_free (r);
}
END_TEST

/* The normalised geometric mean of a softmax (or logistic) layer is weight
   scaling, whatever the rate; the arithmetic mean is not.  */
START_TEST (softmax_geometric)
{
  const size_t hidden[] = { 11, 0 };
  int output = _i % 2 ? BD_OUTPUT_LOGISTIC : BD_OUTPUT_SOFTMAX;
  bd_net_model *model
      = random_model (2, hidden, BD_UNIT_RELU, output, _i % 2 ? 2 : 4, 6);
  bd_rates rates = bd_rates_same (&model->net, _i / 2 ? 0.5 : 0.3, 0);
  const double Z[] = { 0.3, -0.4, 0.8, -1.2 };
  bd_subnets *a = bd_subnets_alloc (model, 2, 0, NULL);
  double most = 0;

  ck_assert_int_eq (bd_subnets_fill (a, model, &rates, Z, NULL), GSL_SUCCESS);
  for (size_t i = 0; i < 2 * a->k; i++)
    {
      near (a->normalised[i], a->scaled[i]);
      most = GSL_MAX (most, fabs (a->mean[i] - a->scaled[i]));
    }
  ck_assert_double_gt (most, 0.01);
  bd_subnets_free (a);
  bd_net_model_free (model);
}
END_TEST

#define INPUTS 4

/* Mean loss over all masks.  */
static double
expected_loss (const bd_net_model *model, const bd_rates *rates,
               const double X[], const double y[])
{
  bd_kept_loss loss[INPUTS + 1];
  double sum = 0;

  ck_assert_int_eq (bd_subnets_losses (model, rates, 20, X, y, loss, NULL),
                    GSL_SUCCESS);
  for (size_t k = 0; k <= INPUTS; k++)
    sum += loss[k].probability * loss[k].mean;
  return sum;
}

/* Dropout of the inputs of a linear regression: its expected loss is least at
   the ridge solution (X'X + q / (1 - q) diag (X'X)) w = X'y.  */
START_TEST (ridge)
{
  const size_t hidden[] = { 1, 0 };
  bd_net_model *model
      = random_model (INPUTS, hidden, BD_UNIT_LINEAR, BD_OUTPUT_REAL, 0, 1);
  const bd_net *net = &model->net;
  bd_rates rates = { .input = 0.3 };
  gsl_rng *r = stream (7);
  double *X = normals (r, 20 * INPUTS), *y = normals (r, 20);
  gsl_matrix *A = gsl_matrix_calloc (INPUTS, INPUTS);
  gsl_vector *b = gsl_vector_calloc (INPUTS);

  memset (model->w, 0, net->size * sizeof *model->w);
  model->w[net->weight[1]] = 1;
  model->y_mean = 0;
  model->y_scale = 1;
  for (size_t i = 0; i < 20; i++)
    for (size_t j = 0; j < INPUTS; j++)
      {
        *gsl_vector_ptr (b, j) += X[i * INPUTS + j] * y[i];
        for (size_t k = 0; k < INPUTS; k++)
          *gsl_matrix_ptr (A, j, k) += X[i * INPUTS + j] * X[i * INPUTS + k]
                                       * (j == k ? 1 + 0.3 / 0.7 : 1);
      }
  gsl_matrix *L = gsl_matrix_alloc (INPUTS, INPUTS);
  gsl_matrix_memcpy (L, A);
  gsl_linalg_cholesky_decomp1 (L);
  gsl_linalg_cholesky_svx (L, b);
  for (size_t j = 0; j < INPUTS; j++)
    model->w[net->weight[0] + j * net->padded[1]] = gsl_vector_get (b, j);
  double least = expected_loss (model, &rates, X, y);
  for (size_t j = 0; j < INPUTS; j++)
    for (double step = -0.1; step < 0.2; step += 0.2)
      {
        double *w = model->w + net->weight[0] + j * net->padded[1], was = *w;
        *w += step;
        near (expected_loss (model, &rates, X, y) - least,
              step * step * gsl_matrix_get (A, j, j) / 20);
        *w = was;
      }
  gsl_matrix_free (A);
  gsl_matrix_free (L);
  gsl_vector_free (b);
  bd_net_model_free (model);
  free (X);
  free (y);
  gsl_rng_free (r);
}
END_TEST

static void
refused (int status, const bd_error *e, const char *part)
{
  ck_assert_int_eq (status, GSL_EINVAL);
  ck_assert_msg (strstr (e->text, part), "%s", e->text);
}

START_TEST (refusals)
{
  const size_t wide[] = { 25, 0 }, deep[] = { 13, 13, 0 };
  bd_net_model *one = random_model (1, wide, 0, BD_OUTPUT_REAL, 0, 1);
  bd_net_model *two = random_model (1, deep, 0, BD_OUTPUT_REAL, 0, 1);
  bd_net_model *p = random_model (1, wide, 0, BD_OUTPUT_LOGISTIC, 2, 1);
  bd_subnets *a = bd_subnets_alloc (one, 1, 0, NULL);
  bd_rates half = bd_rates_same (&two->net, 0.5, 0), sure = half, bad = half;
  bd_kept_loss loss[BD_EXACT_UNITS + 1];
  double x = 0, y = 2, t;
  bd_error e;

  sure.hidden[0] = 1;
  bad.input = GSL_NAN;
  refused (bd_subnets_fill (a, one, &half, &x, &e), &e,
           "25 units can be dropped");
  refused (bd_subnets_fill (a, one, &half, &x, &e), &e, "24 units at most");
  refused (bd_subnets_fill (a, one, &half, &x, &e), &e, "the closed form");
  refused (bd_subnets_fill (a, two, &half, &x, &e), &e, "Rao-Blackwell");
  refused (bd_subnets_fill (a, one, &sure, &x, &e), &e, "not in [0, 1)");
  refused (bd_subnets_fill (a, one, &bad, &x, &e), &e, "not in [0, 1)");
  refused (bd_exact_closed (two, &half, 1, &x, &t, NULL, NULL, &e), &e,
           "one hidden layer");
  refused (bd_exact_closed (p, &half, 1, &x, &t, NULL, NULL, &e), &e,
           "real outputs");
  refused (bd_exact_closed (one, &sure, 1, &x, &t, NULL, NULL, &e), &e,
           "not in [0, 1)");
  half.hidden[0] = 0;
  refused (bd_subnets_losses (p, &half, 1, &x, &y, loss, &e), &e,
           "2 is no class");
  half.hidden[0] = 0.5;
  half.input = 0.5;
  refused (bd_exact_closed (one, &half, 1, &x, &t, NULL, NULL, &e), &e,
           "inputs");
  bd_subnets_free (a);
  bd_net_model_free (one);
  bd_net_model_free (two);
  bd_net_model_free (p);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("subnet laws");
  TCase *c = tcase_create ("subnet laws");

  tcase_set_timeout (c, 120);
  tcase_add_loop_test (c, losses_by_brute_force, 0, SUBNET_NETS);
  tcase_add_loop_test (c, closed_form, 0, 4);
  tcase_add_loop_test (c, softmax_geometric, 0, 4);
  tcase_add_test (c, ridge);
  tcase_add_test (c, refusals);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
