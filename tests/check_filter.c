/* What perspective 3 measures, against numbers that are known.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "net/exact.h"
#include "perspective/filter_gradient.h"
#include "perspective/filter_path.h"
#include "perspective/watch.h"
#include "tap.h"
#include "tools.h"

#define POINTS 7
#define CLOSE 4.5 /* standard errors */

/* Two replicates s + a and s - a: their mean is s, the noise 2 a^2, and half
   of the variance of a sqrt 2 between the points is in the mean.  */
START_TEST (two_replicates)
{
  const double s[POINTS] = { 1, 4, -2, 0, 3, 5, 1 };
  const double a[POINTS] = { .5, -1, 2, 1, 1, -.5, 3 };
  double up[POINTS], down[POINTS], noise = 0;
  const double n = POINTS;
  bd_signal x;

  ck_assert_int_eq (bd_signal_init (&x, POINTS, 1), GSL_SUCCESS);
  for (size_t i = 0; i < POINTS; i++)
    {
      up[i] = s[i] + a[i];
      down[i] = s[i] - a[i];
      noise += 2 * a[i] * a[i] / n;
    }
  bd_signal_add (&x, up, 1, 3);
  bd_signal_add (&x, down, 1, 5);
  const bd_signal_parts p = bd_signal_of (&x);
  double s2 = gsl_pow_2 (sd_of (s, POINTS)) * n / (n - 1);
  double a2 = gsl_pow_2 (sd_of (a, POINTS)) * n / (n - 1);
  ck_assert_double_eq_tol (p.noise, noise, 1e-14);
  ck_assert_double_eq_tol (p.signal, s2 - a2, 1e-13);
  ck_assert_double_eq_tol (p.added, 4, 1e-14);
  ck_assert_double_eq_tol (bd_signal_ratio (&x), (s2 - a2) / noise, 1e-13);
  ck_assert_double_eq_tol (bd_signal_ratio_added (&x), (s2 - a2) / (noise + 4),
                           1e-13);
  bd_signal_free (&x);
}
END_TEST

/* Replicates of known signal 4 I^2, noise that all points share and noise of
   their own: both numbers are right on average, summed over two units.  */
START_TEST (known_noise)
{
  const double sets = 3000, own = .7, shared = 1.1;
  double signal = 0, square = 0, noise = 0, t[POINTS][3], truth = 0;
  gsl_rng *r = stream (1);

  for (size_t i = 0; i < POINTS; i++)
    truth += 2 * gsl_pow_2 (2 * ((double)i - 3)) / (POINTS - 1);
  for (size_t k = 0; k < (size_t)sets; k++)
    {
      bd_signal x;
      bd_signal_init (&x, POINTS, 2);
      for (size_t b = 0; b < 4; b++)
        {
          double level = gsl_ran_gaussian (r, shared);
          for (size_t i = 0; i < POINTS; i++)
            {
              t[i][0] = 2 * (double)i + level + gsl_ran_gaussian (r, own);
              t[i][1] = -2 * (double)i + level + gsl_ran_gaussian (r, own);
              t[i][2] = 1e9; /* padding */
            }
          bd_signal_add (&x, t[0], 3, 0);
        }
      const bd_signal_parts p = bd_signal_of (&x);
      signal += p.signal / sets;
      square += p.signal * p.signal / sets;
      noise += p.noise / sets;
      bd_signal_free (&x);
    }
  double se = sqrt ((square - signal * signal) / sets);
  double expected = 2 * (own * own + shared * shared);
  ck_assert_double_lt (se, .01 * truth);
  ck_assert_double_eq_tol (signal, truth, CLOSE * se);
  ck_assert_double_eq_tol (noise, expected, .05 * expected);
  gsl_rng_free (r);
}
END_TEST

/* No signal counts as a tenth of the noise that is left in the mean.  */
START_TEST (no_signal)
{
  const double up[2] = { 1, -1 }, down[2] = { -1, 1 };
  bd_signal x;

  bd_signal_init (&x, 2, 1);
  bd_signal_add (&x, up, 1, 0);
  bd_signal_add (&x, down, 1, 0);
  ck_assert_double_lt (bd_signal_of (&x).signal, 0);
  ck_assert_double_eq_tol (bd_signal_ratio (&x), .1 / 2, 1e-15);
  bd_signal_free (&x);
  bd_signal_init (&x, 2, 1);
  bd_signal_add (&x, up, 1, 0);
  bd_signal_add (&x, up, 1, 0);
  ck_assert_double_nan (bd_signal_ratio (&x));
  bd_signal_free (&x);
}
END_TEST

static bd_net_model *
trained (const bd_net_options *o, const bd_dataset *d)
{
  bd_net_model *model;

  ck_assert_int_eq (bd_team_train (o, d, NULL, 3, 0, &model), GSL_SUCCESS);
  return model;
}

static bd_net_options
two_layers (void)
{
  bd_net_options o = bd_net_options_default ();

  o.hidden[0] = 5;
  o.hidden[1] = 6;
  o.depth = 2;
  o.steps = 200;
  return o;
}

/* Values of the hidden units by loops over the definition, and what masks of
   the second layer add by going through all of its subnetworks.  */
START_TEST (layers_of_a_net)
{
  const bd_net_options o = two_layers ();
  bd_dataset *d = simulated ("friedman1", 30, 4);
  bd_net_model *model = trained (&o, d);
  const bd_net *net = &model->net;
  const bd_rates q = { .hidden = { 0, .3 } };
  const gsl_matrix_view P = gsl_matrix_submatrix (d->X, 0, 0, 1, d->d);
  bd_subnets *all = bd_subnets_alloc (model, 1, 0, NULL);
  double Z[10], h[2][6], sum = 0;
  bd_signal layer[3];

  for (size_t l = 0; l < 3; l++)
    bd_signal_init (&layer[l], 1, l < 2 ? o.hidden[l] : 1);
  bd_net_standardise (model, &P.matrix, Z);
  ck_assert_int_eq (bd_subnets_fill (all, model, &q, Z, NULL), GSL_SUCCESS);
  ck_assert_int_eq (bd_signal_add_net (layer, model, q.hidden, &P.matrix), 0);
  for (size_t l = 0; l < 2; l++)
    for (size_t j = 0; j < o.hidden[l]; j++)
      {
        const double *in = l == 0 ? Z : h[0];
        const double *w = model->w + net->weight[l];
        double z = model->w[net->bias[l] + j];
        for (size_t i = 0; i < net->width[l]; i++)
          z += in[i] * w[i * net->padded[l + 1] + j];
        h[l][j] = tanh (z);
        ck_assert_double_eq_tol (layer[l].mean[j], h[l][j], 1e-12);
      }
  for (size_t j = 0; j < 6; j++)
    sum += .3 / .7 * h[1][j] * h[1][j];
  ck_assert_double_eq (layer[0].added, 0);
  ck_assert_double_eq_tol (layer[1].added, sum, 1e-12);
  ck_assert_double_eq_tol (layer[2].added, all->variance[0],
                           1e-10 * all->variance[0]);
  ck_assert_double_eq_tol (layer[2].mean[0], all->scaled[0], 1e-12);
  for (size_t l = 0; l < 3; l++)
    bd_signal_free (&layer[l]);
  bd_subnets_free (all);
  bd_net_model_free (model);
  bd_dataset_free (d);
}
END_TEST

START_TEST (directions)
{
  const double a[3] = { 1, 2, 2 }, b[3] = { -2, -4, -4 }, c[3] = { 2, -1, 0 };
  const double zero[3] = { 0 };

  ck_assert_double_eq_tol (bd_direction (a, a, 3), 0, 1e-15);
  ck_assert_double_eq_tol (bd_direction (a, b, 3), 1, 1e-15);
  ck_assert_double_eq_tol (bd_direction (a, c, 3), .5, 1e-15);
  ck_assert_double_nan (bd_direction (a, zero, 3));
}
END_TEST

static bd_directions
measured (const bd_net_model *model, const bd_dataset *d, size_t batch,
          const bd_mask *mask)
{
  bd_batches a;

  ck_assert_int_eq (bd_batches_init (&a, &model->net, d, batch, 5), 0);
  const bd_directions to = bd_batches_measure (&a, model, mask, 1);
  bd_batches_free (&a);
  return to;
}

/* A batch of all rows has no error; two rows as batches of one have that of
   their own gradients.  */
START_TEST (batches)
{
  const bd_net_options o = two_layers ();
  bd_dataset *d = simulated ("friedman1", 30, 4);
  bd_net_model *model = trained (&o, d);
  const size_t size = model->net.size, pair[2] = { 3, 8 };
  bd_dataset *two = bd_dataset_rows (d, pair, 2);
  double *G = bd_array (3, size), *Z = bd_array (2, d->d);
  double *H = bd_array (bd_net_room (&model->net, 2), 1);

  const bd_directions all = measured (model, d, 30, NULL);
  ck_assert_double_eq_tol (all.error, 0, 1e-12);
  ck_assert_double_nan (all.spread);
  bd_net_standardise (model, two->X, Z);
  for (size_t k = 0; k < 2; k++)
    {
      double y = (gsl_vector_get (two->y, k) - model->y_mean) / model->y_scale;
      bd_net_gradient (&model->net, model->w, 1, Z + k * d->d, &y, NULL, H,
                       G + k * size);
    }
  for (size_t j = 0; j < size; j++)
    G[2 * size + j] = (G[j] + G[size + j]) / 2;
  const bd_directions one = measured (model, two, 1, NULL);
  double error = (bd_direction (G, G + 2 * size, size)
                  + bd_direction (G + size, G + 2 * size, size))
                 / 2;
  ck_assert_double_eq_tol (one.error, error, 1e-12);
  ck_assert_double_eq_tol (one.spread, bd_direction (G, G + size, size),
                           1e-12);
  ck_assert_double_gt (one.error, .01);
  free (G);
  free (Z);
  free (H);
  bd_net_model_free (model);
  bd_dataset_free (two);
  bd_dataset_free (d);
}
END_TEST

/* Masks turn the gradient of all rows, and the more the higher their rate:
   laws of rows, batches and weights.  */
START_TEST (masked_batches)
{
  static const char *const law[]
      = { "bernoulli", "bernoulli:share=batch,input=0.1", "dropconnect",
          "gaussian" };
  bd_net_options o = two_layers ();
  bd_dataset *d = simulated ("friedman1", 30, 4);

  o.steps = 1;
  bd_net_model *model = trained (&o, d);
  for (int k = 0; k < LENGTH (law); k++)
    {
      bd_mask low, high;
      bd_mask_choose (&low, law[k], .02, NULL);
      bd_mask_choose (&high, law[k], .6, NULL);
      double a = measured (model, d, 30, &low).error;
      double b = measured (model, d, 30, &high).error;
      ck_assert_double_gt (a, 1e-6);
      ck_assert_double_gt (b, 2 * a);
      ck_assert_double_lt (b, 1);
    }
  bd_net_model_free (model);
  bd_dataset_free (d);
}
END_TEST

/* A linear network is a plane: its sensitivity is the sum of the squares of
   its slopes times the deviations.  */
START_TEST (plane)
{
  bd_net_options o = two_layers ();
  bd_dataset *d = simulated ("friedman1", 30, 4);
  gsl_matrix *P = gsl_matrix_calloc (11, 10);
  double sd[10], t[11], sum = 0, sensitivity;

  o.unit = bd_unit_find ("linear");
  bd_net_model *model = trained (&o, d);
  const bd_team team = { &model, 1 };
  for (size_t j = 0; j < 10; j++)
    gsl_matrix_set (P, j + 1, j, 1);
  ck_assert_int_eq (bd_team_predict (&team, P, t), GSL_SUCCESS);
  for (size_t j = 0; j < 10; j++)
    {
      sd[j] = 1 + .1 * (double)j;
      sum += gsl_pow_2 (sd[j] * (t[j + 1] - t[0]));
    }
  ck_assert_int_eq (bd_team_sensitivity (&team, P, sd, &sensitivity), 0);
  ck_assert_double_gt (sum, 1);
  ck_assert_double_eq_tol (sensitivity, sum, 1e-7 * sum);
  bd_net_model_free (model);
  gsl_matrix_free (P);
  bd_dataset_free (d);
}
END_TEST

/* The weights at a checkpoint are those of a training that stops there; one
   that was stopped keeps its last.  */
START_TEST (paths)
{
  const size_t step[] = { 1, 20, 150, 200 };
  size_t at = 20;
  const bd_net_watch stop = { bd_watch_stop_at, &at };
  bd_net_options o = two_layers ();
  bd_dataset *d = simulated ("sine", 30, 4);
  bd_path full, stopped;

  ck_assert_int_eq (bd_path_train (&full, &o, d, 3, 0, 4, step), 0);
  o.watch = &stop;
  ck_assert_int_eq (bd_path_train (&stopped, &o, d, 3, 0, 4, step), 0);
  bd_net_model *model = trained (&o, d);
  size_t bytes = model->net.size * sizeof *model->w;
  ck_assert_uint_eq (full.seen, 4);
  ck_assert_uint_eq (stopped.seen, 2);
  ck_assert_mem_eq (bd_path_at (&full, 1).w, model->w, bytes);
  ck_assert_mem_eq (bd_path_at (&full, 3).w, full.model->w, bytes);
  ck_assert_mem_eq (bd_path_at (&full, 0).w, stopped.w, bytes);
  ck_assert_mem_eq (bd_path_at (&stopped, 3).w, model->w, bytes);
  ck_assert (memcmp (full.model->w, model->w, bytes) != 0);
  bd_net_model_free (model);
  bd_path_free (&full);
  bd_path_free (&stopped);
  bd_dataset_free (d);
}
END_TEST

/* Counts how often a training begins; then a weight after its last first
   step.  */
static bool
count_starts (void *params, const bd_net_moment *m)
{
  double *a = params;

  a[0] += m->step == 0;
  a[1] = m->step == 1 ? (double)m->w[0] : a[1];
  return false;
}

/* A training that begins again is followed from there.  */
START_TEST (second_try)
{
  const size_t step[] = { 1, 2, 3, 100, 200 };
  double a[2] = { 0 };
  const bd_net_watch watch = { count_starts, a };
  bd_net_options o = two_layers ();
  bd_dataset *d = simulated ("friedman1", 30, 7);

  o.unit = bd_unit_find ("relu");
  o.optimiser = bd_optimiser_find ("sgd");
  bd_knob_parse (o.optimiser->knobs, "", &o.tuning, NULL);
  o.schedule = bd_schedule_find ("constant");
  o.watch = &watch;
  for (o.rate = 0.125; o.rate < 1e4 && a[0] < 2; o.rate *= 2)
    {
      bd_path path;
      a[0] = 0;
      if (!bd_path_train (&path, &o, d, 3, 0, 5, step))
        ck_assert_double_eq (bd_path_at (&path, 0).w[0], a[1]);
      bd_path_free (&path);
    }
  ck_assert_double_eq (a[0], 2);
  bd_dataset_free (d);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("filter");
  TCase *t = tcase_create ("filter");

  tcase_add_test (t, two_replicates);
  tcase_add_test (t, known_noise);
  tcase_add_test (t, no_signal);
  tcase_add_test (t, layers_of_a_net);
  tcase_add_test (t, directions);
  tcase_add_test (t, batches);
  tcase_add_test (t, masked_batches);
  tcase_add_test (t, plane);
  tcase_add_test (t, paths);
  tcase_add_test (t, second_try);
  suite_add_tcase (s, t);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
