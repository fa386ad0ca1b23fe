/* A dropout network's predictions against all of its subnetworks, gone through
   here one by one with the plain arithmetic of a network.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "study/prediction.h"
#include "tap.h"
#include "tools.h"

#define POINTS 5
#define UNITS 4 /* in a layer */

/* A network of 2 inputs and DEPTH layers with random weights.  */
static bd_net_model *
random_net (size_t depth, int output, double q, gsl_rng *r)
{
  const size_t hidden[] = { UNITS, UNITS };
  bd_net net = bd_net_shape (2, hidden, depth, &bd_units[BD_UNIT_TANH],
                             &bd_outputs[output], 3);
  bd_mask mask;
  ck_assert_int_eq (bd_mask_choose (&mask, "bernoulli", q, NULL), 0);
  bd_net_model *a = bd_net_model_of (&net, 3, &mask);
  ck_assert_ptr_nonnull (a);
  bd_net_start (&net, a->w, r);
  for (size_t k = 0; k < net.size; k++)
    a->w[k] *= 3;
  a->y_mean = output == BD_OUTPUT_REAL ? 10 : 0;
  a->y_scale = output == BD_OUTPUT_REAL ? 2 : 1;
  return a;
}

/* The linear outputs of A at X when the bits of MASK say which units stay.  */
static void
by_hand (const bd_net_model *a, double q, size_t mask, const double x[],
         double z[])
{
  const bd_net *net = &a->net;
  double in[UNITS] = { x[0], x[1] }, out[UNITS];

  for (size_t l = 0; l < net->layers; l++)
    {
      bool last = l + 1 == net->layers;
      for (size_t j = 0; j < net->width[l + 1]; j++)
        {
          double sum = a->w[net->bias[l] + j];
          for (size_t k = 0; k < net->width[l]; k++)
            sum += in[k] * a->w[net->weight[l] + k * net->padded[l + 1] + j];
          bool kept = mask >> (l * UNITS + j) & 1;
          out[j] = last ? sum : kept ? tanh (sum) / (1 - q) : 0;
        }
      memcpy (in, out, sizeof in);
    }
  memcpy (z, in, net->width[net->layers] * sizeof *z);
}

/* What all subnetworks say: m x k each.  */
typedef struct
{
  size_t places;
  double mean[3 * POINTS], sd[3 * POINTS], geometric[3 * POINTS];
  double share; /* of the variance that is a sum over units */
} truth;

/* Prediction of one subnetwork at all points.  */
static void
one_mask (const bd_net_model *a, double q, size_t mask, const double X[],
          double t[])
{
  size_t k = bd_net_predictions (a);
  double z[UNITS];

  for (size_t i = 0; i < POINTS; i++)
    {
      by_hand (a, q, mask, X + 2 * i, z);
      a->net.output->predict (a->net.width[a->net.layers], z, a->y_mean,
                              a->y_scale, t + i * k);
    }
}

static truth
all_masks (const bd_net_model *a, double q, const double X[])
{
  size_t units = (a->net.layers - 1) * UNITS, masks = (size_t)1 << units;
  truth s = { .places = POINTS * bd_net_predictions (a) };
  double t[3 * POINTS], linear[2 * UNITS][3 * POINTS] = { { 0 } };
  double second[3 * POINTS] = { 0 }, logs[3 * POINTS] = { 0 };
  double ours = 0, total = 0;

  for (size_t m = 0; m < masks; m++)
    {
      double p = 1;
      for (size_t u = 0; u < units; u++)
        p *= m >> u & 1 ? 1 - q : q;
      one_mask (a, q, m, X, t);
      for (size_t i = 0; i < s.places; i++)
        {
          s.mean[i] += p * t[i];
          second[i] += p * t[i] * t[i];
          logs[i] += p * log (t[i]);
          for (size_t u = 0; u < units; u++)
            linear[u][i] += p * t[i] * ((double)(m >> u & 1) - (1 - q));
        }
    }
  for (size_t i = 0; i < s.places; i++)
    {
      s.sd[i] = sqrt (second[i] - s.mean[i] * s.mean[i]);
      s.geometric[i] = exp (logs[i]);
      total += s.sd[i] * s.sd[i];
      for (size_t u = 0; u < units; u++)
        ours += linear[u][i] * linear[u][i] / (q * (1 - q));
    }
  s.share = ours / total;
  return s;
}

static bd_predicted
predict (const bd_prediction *type, const bd_net_model *a, const double Z[],
         size_t masks, int threads)
{
  const bd_predicting q = { .model = a,
                            .Z = Z,
                            .m = POINTS,
                            .masks = masks,
                            .seed = 3,
                            .threads = threads };
  bd_predicted to;
  bd_error err = { "" };

  ck_assert_msg (bd_predict (type, &q, &to, &err) == 0, "%s", err.text);
  return to;
}

/* Closed forms and enumerations are the truth to rounding.  */
START_TEST (formulas)
{
  const bd_prediction *const exact[]
      = { &bd_prediction_closed, &bd_prediction_exact, &bd_prediction_fast };
  gsl_rng *r = stream (1);
  double *X = normals (r, 2 * POINTS), q = 0.25;
  bd_net_model *a = random_net (1, BD_OUTPUT_REAL, q, r);
  truth s = all_masks (a, q, X);
  bd_predicted to = predict (exact[_i], a, X, 0, 1);

  for (size_t i = 0; i < POINTS; i++)
    {
      ck_assert_double_eq_tol (to.mean[i], s.mean[i], 1e-12);
      ck_assert_double_eq_tol (to.sd[i], s.sd[i], 1e-12);
      ck_assert (to.error[i] == 0);
      ck_assert (gsl_isnan (to.noise[i]));
    }
  bd_predicted_free (&to);
  bd_net_model_free (a);
  gsl_rng_free (r);
  free (X);
}
END_TEST

/* Random masks come as near as their own standard errors say, also where
   geometric means or the lower masks alone are drawn.  */
START_TEST (draws)
{
  const struct
  {
    const bd_prediction *type;
    int output;
    size_t depth;
  } row[] = { { &bd_prediction_mc, BD_OUTPUT_REAL, 1 },
              { &bd_prediction_mc, BD_OUTPUT_REAL, 2 },
              { &bd_prediction_mc, BD_OUTPUT_LOGISTIC, 2 },
              { &bd_prediction_mc, BD_OUTPUT_SOFTMAX, 2 },
              { &bd_prediction_geometric, BD_OUTPUT_SOFTMAX, 1 },
              { &bd_prediction_rao, BD_OUTPUT_REAL, 2 } };
  const size_t masks = 20000;
  gsl_rng *r = stream (2);
  double *X = normals (r, 2 * POINTS), q = 0.25;
  bd_net_model *a = random_net (row[_i].depth, row[_i].output, q, r);
  truth s = all_masks (a, q, X);
  bd_predicted to = predict (row[_i].type, a, X, masks, 0);
  bool geometric = row[_i].type == &bd_prediction_geometric;

  ck_assert_uint_eq (to.places, s.places);
  ck_assert_uint_eq (to.masks, masks);
  for (size_t i = 0; i < s.places; i++)
    {
      double se = s.sd[i] / sqrt ((double)masks), mean = s.mean[i];
      if (geometric)
        {
          const double *g = s.geometric + i / 3 * 3;
          mean = s.geometric[i] / (g[0] + g[1] + g[2]);
        }
      ck_assert_double_eq_tol (to.mean[i], mean, geometric ? 0.02 : 4.5 * se);
      ck_assert_double_eq_tol (to.sd[i], s.sd[i], 4.5 * to.error[i]);
      ck_assert (to.error[i] > 0 && to.error[i] < 0.05 * s.sd[i]);
    }
  if (row[_i].type == &bd_prediction_mc && row[_i].depth > 1)
    ck_assert_double_eq_tol (to.share, s.share, 0.02);
  if (row[_i].type == &bd_prediction_rao)
    ck_assert_msg (to.worth > 1.1 * (double)masks, "worth %g", to.worth);
  bd_predicted_free (&to);
  bd_net_model_free (a);
  gsl_rng_free (r);
  free (X);
}
END_TEST

/* Of one hidden layer nothing is left to chance once the last is averaged
   over.  */
START_TEST (nothing_to_draw)
{
  gsl_rng *r = stream (3);
  double *X = normals (r, 2 * POINTS);
  bd_net_model *a = random_net (1, BD_OUTPUT_REAL, 0.375, r);
  truth s = all_masks (a, 0.375, X);
  bd_predicted to = predict (&bd_prediction_rao, a, X, 10, 1);

  for (size_t i = 0; i < POINTS; i++)
    {
      ck_assert_double_eq_tol (to.mean[i], s.mean[i], 1e-12);
      ck_assert_double_eq_tol (to.sd[i], s.sd[i], 1e-12);
    }
  ck_assert (to.worth > 1e12);
  bd_predicted_free (&to);
  bd_net_model_free (a);
  gsl_rng_free (r);
  free (X);
}
END_TEST

typedef struct
{
  double t, p;
} weighted;

static int
by_size (const void *a, const void *b)
{
  double x = ((const weighted *)a)->t, y = ((const weighted *)b)->t;
  return (x > y) - (x < y);
}

/* The smallest value that the share LEVEL of all masks stays below or at,
   where sums that are LEVEL but for rounding count as LEVEL.  */
static double
sorted_quantile (weighted row[], size_t n, double level)
{
  double sum = 0;
  size_t i = 0;

  qsort (row, n, sizeof *row, by_size);
  while (i + 1 < n && (sum += row[i].p) < level - 1e-9)
    i++;
  return row[i].t;
}

/* Quantiles of enumerations, for each way to find them, are those of all
   predictions in order.  */
START_TEST (quantiles)
{
  const struct
  {
    int output;
    size_t depth;
  } row[] = { { BD_OUTPUT_REAL, 1 },
              { BD_OUTPUT_LOGISTIC, 1 },
              { BD_OUTPUT_REAL, 2 },
              { BD_OUTPUT_SOFTMAX, 2 } };
  gsl_rng *r = stream (5);
  double *X = normals (r, 2 * POINTS), q = 0.25;
  bd_net_model *a = random_net (row[_i].depth, row[_i].output, q, r);
  bd_predicted to = predict (&bd_prediction_exact, a, X, 0, 2);
  size_t units = row[_i].depth * UNITS, masks = (size_t)1 << units;
  static weighted all[3 * POINTS][1 << 2 * UNITS];
  double t[3 * POINTS];

  for (size_t m = 0; m < masks; m++)
    {
      double p = 1;
      for (size_t u = 0; u < units; u++)
        p *= m >> u & 1 ? 1 - q : q;
      one_mask (a, q, m, X, t);
      for (size_t i = 0; i < to.places; i++)
        all[i][m] = (weighted){ t[i], p };
    }
  ck_assert_ptr_nonnull (to.quantile);
  for (size_t l = 0; l < BD_PREDICTED_LEVELS; l++)
    for (size_t i = 0; i < to.places; i++)
      ck_assert_double_eq_tol (
          to.quantile[l * to.places + i],
          sorted_quantile (all[i], masks, bd_predicted_level[l]), 1e-12);
  bd_predicted_free (&to);
  bd_net_model_free (a);
  gsl_rng_free (r);
  free (X);
}
END_TEST

/* Points beyond the first strip, on any number of threads.  */
START_TEST (strips)
{
  enum
  {
    MANY = 77
  };
  gsl_rng *r = stream (6);
  double *X = normals (r, 2 * MANY);
  bd_net_model *a = random_net (2, BD_OUTPUT_REAL, 0.25, r);
  bd_predicting q = { .model = a, .Z = X, .m = MANY, .threads = 1 };
  bd_predicted one, two, last;

  ck_assert_int_eq (bd_predict (&bd_prediction_exact, &q, &one, NULL), 0);
  q.threads = 3;
  ck_assert_int_eq (bd_predict (&bd_prediction_exact, &q, &two, NULL), 0);
  q.Z = X + 2 * (MANY - 1);
  q.m = 1;
  ck_assert_int_eq (bd_predict (&bd_prediction_exact, &q, &last, NULL), 0);
  ck_assert_mem_eq (one.mean, two.mean, MANY * sizeof (double));
  ck_assert_mem_eq (one.quantile, two.quantile, 3 * MANY * sizeof (double));
  ck_assert (one.mean[MANY - 1] == last.mean[0]);
  ck_assert (one.sd[MANY - 1] == last.sd[0]);
  for (size_t l = 0; l < BD_PREDICTED_LEVELS; l++)
    ck_assert_double_eq_tol (one.quantile[(l + 1) * MANY - 1],
                             last.quantile[l], 1e-12);
  bd_predicted_free (&one);
  bd_predicted_free (&two);
  bd_predicted_free (&last);
  bd_net_model_free (a);
  gsl_rng_free (r);
  free (X);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("prediction");
  TCase *c = tcase_create ("prediction");

  tcase_set_timeout (c, 120);
  tcase_add_loop_test (c, formulas, 0, 3);
  tcase_add_loop_test (c, draws, 0, 6);
  tcase_add_test (c, nothing_to_draw);
  tcase_add_loop_test (c, quantiles, 0, 4);
  tcase_add_test (c, strips);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
