#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/rng.h"
#include "net/fitter_net.h"
#include "tap.h"
#include "tools.h"
#include "train_tools.h"

/* Training written out: full batches, Adam as in Kingma & Ba's algorithm 1,
   the learning rate level, then along a half cosine.  */
typedef struct
{
  double *w, *first, *second, *G, *g, *H, *mask, *Z, y[ROWS];
  float *factor;
  uint32_t *words;
  gsl_rng *fit, *masks;
} slow;

static void
standardise (slow *a, const bd_dataset *s, const double w[])
{
  double total = 0, mean = 0, ss = 0;

  for (size_t i = 0; i < ROWS; i++)
    {
      total += w[i];
      mean += w[i] * gsl_vector_get (s->y, i);
    }
  mean /= total;
  for (size_t i = 0; i < ROWS; i++)
    ss += w[i] * gsl_pow_2 (gsl_vector_get (s->y, i) - mean) / total;
  for (size_t i = 0; i < ROWS; i++)
    a->y[i] = (gsl_vector_get (s->y, i) - mean) / sqrt (ss);
}

static void
slow_step (slow *a, const bd_net *net, const bd_net_options *o,
           const double w[], size_t step)
{
  double total = 0, phase = (double)(step - 1) / (double)o->steps;
  double rate
      = o->rate * (phase < 0.5 ? 1 : (1 + cos (2 * M_PI * (phase - 0.5))) / 2);
  size_t places = bd_mask_places (&o->mask, net);

  if (bd_mask_acts (&o->mask))
    bd_mask_draw (&o->mask, net, a->masks, 0, phase, ROWS, a->words,
                  a->factor);
  for (size_t i = 0; i < ROWS; i++)
    total += w[i];
  memset (a->G, 0, net->size * sizeof *a->G);
  for (size_t i = 0; i < ROWS; i++)
    {
      const bd_net_mask mask = { .hidden = a->mask };
      for (size_t k = 0; k < net->hidden; k++)
        a->mask[k] = (double)a->factor[i * places + k];
      bd_net_gradient (net, a->w, 1, a->Z + i * net->width[0], a->y + i,
                       bd_mask_acts (&o->mask) ? &mask : NULL, a->H, a->g);
      for (size_t k = 0; k < net->size; k++)
        a->G[k] += a->g[k] * w[i] / total;
    }
  for (size_t l = 0; l < net->layers; l++)
    for (size_t k = net->weight[l]; k < net->bias[l]; k++)
      a->G[k] += o->decay * a->w[k];
  for (size_t k = 0; k < net->size; k++)
    {
      a->first[k] = 0.9 * a->first[k] + 0.1 * a->G[k];
      a->second[k] = 0.999 * a->second[k] + 0.001 * gsl_pow_2 (a->G[k]);
      double m1 = a->first[k] / (1 - pow (0.9, (double)step));
      double m2 = a->second[k] / (1 - pow (0.999, (double)step));
      a->w[k] -= rate * m1 / (sqrt (m2) + 1e-8);
    }
}

static void
slow_free (slow *a)
{
  free (a->w);
  free (a->first);
  free (a->second);
  free (a->G);
  free (a->g);
  free (a->H);
  free (a->mask);
  free (a->factor);
  free (a->Z);
  free (a->words);
  gsl_rng_free (a->fit);
  gsl_rng_free (a->masks);
}

static slow
slow_alloc (const bd_net *net, const bd_mask *mask)
{
  size_t places = bd_mask_places (mask, net);
  slow a = { .w = bd_array (net->size, 1),
             .first = bd_array (net->size, 1),
             .second = bd_array (net->size, 1),
             .G = bd_array (net->size, 1),
             .g = bd_array (net->size, 1),
             .H = bd_array (bd_net_room (net, 1), 1),
             .mask = bd_array (places, 1),
             .factor = (void *)bd_array (ROWS, places),
             .Z = bd_array (ROWS, net->width[0]),
             .words
             = malloc (bd_mask_words (ROWS * places) * sizeof (uint32_t) + 64),
             .fit = gsl_rng_alloc (bd_rng_philox),
             .masks = gsl_rng_alloc (bd_rng_philox) };

  bd_rng_seek (a.fit, SEED, BD_LANE_FIT, INDEX);
  bd_rng_seek (a.masks, SEED, BD_LANE_TRAIN_MASK, INDEX);
  return a;
}

static const struct
{
  size_t depth, steps;
  double decay, dropout;
  int unit;
  bool weights;
} setup[] = {
  { 1, 1, 0, 0, BD_UNIT_TANH, false },
  { 1, 30, 0, 0, BD_UNIT_TANH, true },
  { 2, 30, 0.05, 0, BD_UNIT_RELU, true },
  { 2, 30, 0, 0.25, BD_UNIT_TANH, false },
  { 3, 30, 0.01, 0.5, BD_UNIT_RELU, true },
};

START_TEST (as_written_out)
{
  bd_dataset *s = simulated ("friedman1", ROWS, 1);
  double w[ROWS];
  bd_net_options o = bd_net_options_default ();

  bd_net_parse_hidden ("9", setup[_i].depth, &o, NULL);
  o.steps = setup[_i].steps;
  o.decay = setup[_i].decay;
  bd_mask_choose (&o.mask, "bernoulli", setup[_i].dropout, NULL);
  o.unit = &bd_units[setup[_i].unit];
  for (size_t i = 0; i < ROWS; i++)
    w[i] = setup[_i].weights ? 0.5 + (double)(i % 3) : 1;
  run a = train (&o, s, w);
  ck_assert_int_eq (a.code, GSL_SUCCESS);
  const bd_net *net = &a.model->net;
  slow b = slow_alloc (net, &o.mask);
  standardise (&b, s, w);
  bd_net_standardise (a.model, s->X, b.Z);
  bd_net_start (net, b.w, b.fit);
  for (size_t step = 1; step <= o.steps; step++)
    slow_step (&b, net, &o, w, step);
  for (size_t k = 0; k < net->size; k++)
    ck_assert_double_eq_tol (a.model->w[k], b.w[k], 2e-4);
  slow_free (&b);
  bd_net_model_free (a.model);
  bd_dataset_free (s);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("adam");
  TCase *c = tcase_create ("adam");

  tcase_set_timeout (c, 120);
  tcase_add_loop_test (c, as_written_out, 0, LENGTH (setup));
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
