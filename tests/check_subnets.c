/* All subnetworks of a network, and the closed form, against reference values
   and brute force.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdio.h>
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

static void
read_numbers (FILE *f, const char *key, size_t n, double to[])
{
  char word[20];

  ck_assert_int_eq (fscanf (f, " %19s", word), 1);
  ck_assert_str_eq (word, key);
  for (size_t i = 0; i < n; i++)
    ck_assert_int_eq (fscanf (f, "%lf", &to[i]), 1);
}

/* The next net of the file, without weights.  */
static bd_net_model *
read_net (FILE *f, const char *unit, int output)
{
  size_t depth, width[5] = { 0 };

  ck_assert_int_eq (fscanf (f, "%zu %zu", &depth, &width[0]), 2);
  for (size_t l = 1; l <= depth + 1; l++)
    ck_assert_int_eq (fscanf (f, "%zu", &width[l]), 1);
  bd_net net = bd_net_shape (width[0], width + 1, depth, bd_unit_find (unit),
                             &bd_outputs[output], 2);
  bd_net_model *model = bd_net_model_of (&net, 2, NULL);
  ck_assert_ptr_nonnull (model);
  for (size_t l = 0; l < net.layers; l++)
    {
      double w[40], *from = w;
      size_t in = net.width[l], out = net.width[l + 1];
      read_numbers (f, "weights", (in + 1) * out, w);
      for (size_t j = 0; j < out; j++)
        for (size_t k = 0; k < in; k++)
          model->w[net.weight[l] + k * net.padded[l + 1] + j] = *from++;
      for (size_t j = 0; j < out; j++)
        model->w[net.bias[l] + j] = *from++;
    }
  return model;
}

static void
check_case (const bd_net_model *model, bool input, const double x[3],
            const double want[8], bool logistic)
{
  bd_rates rates = bd_rates_same (&model->net, 1 - x[2], input ? 1 - x[2] : 0);
  bd_subnets *a = bd_subnets_alloc (model, 1, 0, NULL);

  ck_assert_int_eq (bd_subnets_fill (a, model, &rates, x, NULL), GSL_SUCCESS);
  near (a->scaled[0], want[0]);
  near (a->mean[0], want[1]);
  near (a->variance[0], want[2]);
  near (a->least[0], want[3]);
  near (a->greatest[0], want[4]);
  if (logistic)
    {
      near (a->geometric[0], want[5]);
      near (a->complement[0], want[6]);
      near (a->normalised[0], want[7]);
    }
  bd_subnets_free (a);
}

/* tests/golden/dropout_exact.txt, by brute force in another program.  */
START_TEST (reference)
{
  char name[500], word[20], unit[20];
  const char *from = getenv ("srcdir");
  int input, nets = 0, cases = 0;
  bd_net_model *model = NULL;

  snprintf (name, sizeof name, "%s/tests/golden/dropout_exact.txt",
            from ? from : ".");
  FILE *f = fopen (name, "r");
  ck_assert_ptr_nonnull (f);
  while (fscanf (f, " %19s", word) == 1)
    if (word[0] == '#')
      ck_assert_int_ge (fscanf (f, "%*[^\n]"), 0);
    else if (strcmp (word, "net") == 0)
      {
        ck_assert_int_eq (fscanf (f, "%19s %d", unit, &input), 2);
        bd_net_model_free (model);
        model = read_net (f, unit, _i ? BD_OUTPUT_LOGISTIC : BD_OUTPUT_REAL);
        nets++;
      }
    else
      {
        double x[3], linear[8], logistic[8];
        ck_assert_str_eq (word, "case");
        for (int k = 0; k < 3; k++)
          ck_assert_int_eq (fscanf (f, "%lf", &x[k]), 1);
        read_numbers (f, "linear", 5, linear);
        read_numbers (f, "logistic", 8, logistic);
        check_case (model, input, x, _i ? logistic : linear, _i);
        cases++;
      }
  ck_assert_int_eq (nets, 4);
  ck_assert_int_eq (cases, 48);
  bd_net_model_free (model);
  fclose (f);
}
END_TEST

/* Moments at point I and prediction C by brute force.  */
static void
check_moments (const bd_subnets *a, const bd_net_model *model,
               const bd_rates *rates, const double x[], size_t i, size_t c)
{
  double p, sum = 0, mean = 0, variance = 0, least = 1e9, greatest = -1e9;
  double log_t = 0, log_rest = 0, noise = 0, t[3], z[3];

  for (int pass = 0; pass < 2; pass++)
    for (unsigned code = 0; code < 1u << a->units; code++)
      {
        brute_outputs (model, rates, code, x, z, NULL);
        p = brute_predict (model, rates, code, x, t, NULL);
        if (pass)
          variance += p * gsl_pow_2 (t[c] - mean);
        else
          {
            sum += p;
            mean += p * t[c];
            log_t += p * log (t[c]);
            log_rest += p * log (1 - t[c]);
            least = GSL_MIN (least, t[c]);
            greatest = GSL_MAX (greatest, t[c]);
            noise += p * 4 * exp (z[1]);
          }
      }
  size_t at = i * a->k + c;
  near (sum, 1);
  near (a->mean[at], mean);
  near (a->variance[at], variance);
  near (a->least[at], least);
  near (a->greatest[at], greatest);
  if (a->geometric)
    near (a->geometric[at], exp (log_t));
  if (a->complement)
    near (a->complement[at], exp (log_rest));
  if (a->noise)
    near (a->noise[i], noise);
}

START_TEST (moments_by_brute_force)
{
  bd_net_model *model = subnet_model (_i);
  bd_rates rates = some_rates (&model->net, subnet_nets[_i].input);
  size_t d = subnet_nets[_i].d;
  gsl_rng *r = stream (2);
  double *Z = normals (r, POINTS * d);
  bd_subnets *a = bd_subnets_alloc (model, POINTS, 0, NULL);
  bd_rates none = { 0 };

  ck_assert_int_eq (bd_subnets_fill (a, model, &rates, Z, NULL), GSL_SUCCESS);
  for (size_t i = 0; i < POINTS; i += 23)
    for (size_t c = 0; c < a->k; c++)
      {
        double t[3];
        check_moments (a, model, &rates, Z + i * d, i, c);
        brute_predict (model, &none, 0, Z + i * d, t, NULL);
        near (a->scaled[i * a->k + c], t[c]);
      }
  bd_subnets_free (a);
  bd_net_model_free (model);
  free (Z);
  gsl_rng_free (r);
}
END_TEST

/* The smallest t with enough probability below, from all sorted.  */
static double
sorted_quantile (size_t n, const double t[], const double p[], double level)
{
  size_t *order = malloc (n * sizeof *order), k = 0;
  double F = 0, found;

  gsl_sort_index (order, t, 1, n);
  while (k < n - 1 && (F += p[order[k]]) < level - 1e-9)
    k++;
  found = t[order[k]];
  free (order);
  return found;
}

START_TEST (quantiles_by_sorting)
{
  const double level[] = { 0.001, 0.05, 0.5, 0.75, 0.975, 0.99999 };
  bd_net_model *model = subnet_model (_i);
  bd_rates rates = some_rates (&model->net, subnet_nets[_i].input);
  const double Z[] = { 0.3, -0.4, 0.8, -1.2, 0.7, 0.1 };
  bd_subnets *a = bd_subnets_alloc (model, 2, LENGTH (level), level);

  ck_assert_int_eq (bd_subnets_fill (a, model, &rates, Z, NULL), GSL_SUCCESS);
  size_t n = (size_t)1 << a->units;
  double *t = calloc (n, sizeof *t), *p = calloc (n, sizeof *p);
  for (size_t i = 0; i < 2; i++)
    for (size_t c = 0; c < a->k; c++)
      {
        for (unsigned code = 0; code < n; code++)
          {
            double all[3];
            p[code] = brute_predict (model, &rates, code,
                                     Z + i * subnet_nets[_i].d, all, NULL);
            t[code] = all[c];
          }
        for (size_t l = 0; l < a->levels; l++)
          near (a->quantile[(l * 2 + i) * a->k + c],
                sorted_quantile (n, t, p, level[l]));
      }
  free (t);
  free (p);
  bd_subnets_free (a);
  bd_net_model_free (model);
}
END_TEST

/* Two subnetworks whose predictions are neighbours in double precision.  */
START_TEST (quantiles_of_neighbours)
{
  const size_t hidden[] = { 1, 0 };
  const double level[] = { 0.25, 0.75 }, x = 1;
  bd_net_model *model
      = random_model (1, hidden, BD_UNIT_LINEAR, BD_OUTPUT_REAL, 0, 1);
  const bd_net *net = &model->net;
  bd_rates rates = bd_rates_same (net, 0.5, 0);
  bd_subnets *a = bd_subnets_alloc (model, 1, 2, level);

  model->y_mean = 0;
  model->y_scale = 1;
  model->w[net->weight[0]] = 1;
  model->w[net->bias[0]] = 0;
  model->w[net->weight[1]] = 0x1p-53;
  model->w[net->bias[1]] = 1;
  ck_assert_int_eq (bd_subnets_fill (a, model, &rates, &x, NULL), GSL_SUCCESS);
  ck_assert_double_eq (a->quantile[0], 1);
  ck_assert_double_eq (a->quantile[1], 1 + 0x1p-52);
  bd_subnets_free (a);
  bd_net_model_free (model);
}
END_TEST

/* A million masks: rounding does not grow, and the half tables' median lies
   where half the probability is.  */
START_TEST (a_million_masks)
{
  const size_t hidden[] = { 20, 0 };
  const double Z[] = { 0.4, 1.9, -2.5 }, level[] = { 0.5, 0.9 };
  bd_net_model *model
      = random_model (1, hidden, BD_UNIT_TANH, BD_OUTPUT_REAL, 0, 8);
  bd_rates rates = bd_rates_same (&model->net, 0.5, 0);
  bd_subnets *a = bd_subnets_alloc (model, 3, 2, level);
  double mean[3], variance[3];

  ck_assert_int_eq (bd_subnets_fill (a, model, &rates, Z, NULL), GSL_SUCCESS);
  bd_exact_closed (model, &rates, 3, Z, mean, variance, NULL, NULL);
  for (size_t i = 0; i < 3; i++)
    {
      double below = 0, attained = 1;
      near (a->mean[i], mean[i]);
      near (a->variance[i], variance[i]);
      for (unsigned code = 0; code < 1u << 20; code++)
        {
          double t, p = brute_predict (model, &rates, code, &Z[i], &t, NULL);
          below += t <= a->quantile[3 + i] + 1e-12 ? p : 0;
          attained = GSL_MIN (attained, fabs (t - a->quantile[3 + i]));
        }
      ck_assert_double_ge (below, 0.9 - 1e-9);
      ck_assert_double_lt (below, 0.9 + 3e-6);
      ck_assert_double_lt (attained, 1e-12);
      /* At rate 1/2 the sum is symmetric around its mean.  */
      ck_assert_double_eq_tol (a->quantile[i], mean[i], 1e-3);
    }
  bd_subnets_free (a);
  bd_net_model_free (model);
}
END_TEST

/* What cannot be computed is NaN, in one point or in all that follows from a
   weight.  */
START_TEST (missing_numbers)
{
  const int which[] = { 0, 3, 6, 9, 11 };
  const double level[] = { 0.5 };
  bd_net_model *model = subnet_model (which[_i]);
  size_t d = model->net.width[0];
  bd_rates rates = some_rates (&model->net, 0);
  double Z[6];
  bd_subnets *a = bd_subnets_alloc (model, 2, 1, level);

  for (size_t k = 0; k < 2 * d; k++)
    Z[k] = k < d ? GSL_NAN : 1;
  for (int again = 0; again < 2; again++)
    {
      ck_assert_int_eq (bd_subnets_fill (a, model, &rates, Z, NULL),
                        GSL_SUCCESS);
      for (size_t i = 0; i < (again ? 2 : 1) * a->k; i++)
        {
          ck_assert_double_nan (a->mean[i]);
          ck_assert_double_nan (a->variance[i]);
          ck_assert_double_nan (a->least[i]);
          ck_assert_double_nan (a->greatest[i]);
          ck_assert_double_nan (a->quantile[i]);
        }
      ck_assert_int_eq (again, gsl_isnan (a->mean[a->k]));
      ck_assert_int_eq (again, gsl_isnan (a->quantile[a->k]));
      model->w[0] = GSL_NAN;
    }
  bd_subnets_free (a);
  bd_net_model_free (model);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("subnets");
  TCase *c = tcase_create ("subnets");

  tcase_set_timeout (c, 120);
  tcase_add_loop_test (c, reference, 0, 2);
  tcase_add_loop_test (c, moments_by_brute_force, 0, SUBNET_NETS);
  tcase_add_loop_test (c, quantiles_by_sorting, 0, SUBNET_NETS);
  tcase_add_test (c, quantiles_of_neighbours);
  tcase_add_test (c, a_million_masks);
  tcase_add_loop_test (c, missing_numbers, 0, 5);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
