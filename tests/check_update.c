/* Masks that act on the update, and streams of masks.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "net/fitter_net.h"
#include "study/prediction.h"
#include "tap.h"
#include "tools.h"
#include "watch_tools.h"

#define STEPS 80

static const struct
{
  const bd_optimiser *optimiser;
  const char *hidden, *mask;
  double q, decay, stop;
  int unit;
} setup[] = {
  { &bd_optimiser_adam, "20", "bernoulli:share=batch,on=update", 0.3, 0, 0,
    BD_UNIT_TANH },
  { &bd_optimiser_sgd, "9x17x5", "bernoulli:share=batch,on=update,input=0.4",
    0.5, 0.1, 0, BD_UNIT_TANH },
  { &bd_optimiser_adamw, "20x8", "block:size=3,share=batch,on=update", 0.4,
    0.1, 0, BD_UNIT_GELU },
  { &bd_optimiser_adam, "9x7",
    "bernoulli:share=batch,on=update,when=late,input=0.2", 0.3, 0.1, 0.3,
    BD_UNIT_TANH },
  { &bd_optimiser_adam, "18", "bernoulli:share=batch,on=update,pool=5", 0.3, 0,
    0, BD_UNIT_TANH },
};

static bd_net_options
options (int k)
{
  bd_net_options o = bd_net_options_default ();
  bd_error err = { "" };

  ck_assert_int_eq (bd_net_parse_hidden (setup[k].hidden, 1, &o, NULL), 0);
  o.optimiser = setup[k].optimiser;
  o.unit = &bd_units[setup[k].unit];
  bd_settings_default (o.optimiser->knobs, &o.tuning);
  ck_assert_msg (!bd_mask_choose (&o.mask, setup[k].mask, setup[k].q, &err),
                 "%s", err.text);
  o.decay = setup[k].decay;
  o.stop = setup[k].stop;
  o.steps = STEPS;
  o.batch = 16;
  return o;
}

/* The masks of a training, made again.  */
typedef struct
{
  gsl_rng *r;
  float *factor;
  uint32_t *words;
} masks;

static masks
masks_open (const bd_net_options *o, const bd_net *net)
{
  size_t places = bd_mask_places (&o->mask, net);
  masks a = { gsl_rng_alloc (bd_rng_philox), malloc (places * sizeof (float)),
              malloc ((bd_mask_words (places) + 4) * sizeof (uint32_t)) };

  ck_assert (a.r && a.factor && a.words);
  bd_rng_seek (a.r, SEED, BD_LANE_TRAIN_MASK, INDEX);
  return a;
}

static void
masks_free (masks *a)
{
  gsl_rng_free (a->r);
  free (a->factor);
  free (a->words);
}

/* Is unit J of layer L, 0 being the inputs, kept?  */
static bool
kept (const bd_net_options *o, const bd_net *net, const float factor[],
      size_t l, size_t j)
{
  size_t at = l ? 0 : net->hidden;

  if (l == net->layers || (l == 0 && o->mask.input <= 0))
    return true;
  for (size_t k = 1; k < l; k++)
    at += net->padded[k];
  return factor[at + j] > 0;
}

/* Did the weight at I move in step K, as MOVES says?  */
static void
check_weight (const tape *t, size_t k, size_t i, bool moves, size_t still[2])
{
  const float *from = tape_row (t, t->before, k) + i;
  const float *to = tape_row (t, t->w, k) + i;

  if (!moves)
    ck_assert_mem_eq (from, to, sizeof *to);
  still[0] += moves && *from == *to;
  still[1] += moves;
}

static void
check_step (const tape *t, size_t k, const bd_net_options *o,
            const bd_net *net, const float factor[], size_t still[2])
{
  for (size_t l = 0; l < net->layers; l++)
    for (size_t j = 0; j < net->width[l + 1]; j++)
      {
        bool into = kept (o, net, factor, l + 1, j);
        check_weight (t, k, net->bias[l] + j, into, still);
        for (size_t i = 0; i < net->width[l]; i++)
          check_weight (t, k, net->weight[l] + i * net->padded[l + 1] + j,
                        into && kept (o, net, factor, l, i), still);
      }
}

/* Every step moves the weights of the units that its mask keeps, whose share
   is as it should be, and no others, whatever the optimiser remembers.  */
START_TEST (moves_the_kept)
{
  bd_dataset *s = simulated ("friedman1", ROWS, 1);
  bd_net_options o = options (_i);
  double w[ROWS], units = 0, sum = 0;
  bool late = o.mask.when == BD_MASK_LATE;
  size_t still[2] = { 0 };
  tape t;

  ones (w);
  run a = train_watched (o, s, w, SIZE_MAX, &t);
  const bd_net *net = &a.model->net;
  masks b = masks_open (&o, net);
  ck_assert_int_eq (a.code, 0);
  ck_assert_uint_eq (t.count, STEPS + 1);
  for (size_t k = 1; k <= STEPS; k++)
    {
      double phase = (double)(k - 1) / STEPS;
      bd_mask_draw (&o.mask, net, b.r, a.model->pool_seed, phase, 1, b.words,
                    b.factor);
      check_step (&t, k, &o, net, b.factor, still);
      for (size_t l = 1; l < net->layers; l++)
        for (size_t j = 0; j < net->width[l]; j++, units++)
          sum += kept (&o, net, b.factor, l, j);
    }
  double q = setup[_i].q * (late ? 0.5 : 1);
  if (o.mask.pool == 0)
    ck_assert_double_eq_tol (sum / units, 1 - q,
                             5 * sqrt (3 * q * (1 - q) / units));
  ck_assert_uint_lt (50 * still[0], still[1]);
  masks_free (&b);
  tape_free (&t);
  bd_net_model_free (a.model);
  bd_dataset_free (s);
}
END_TEST

/* Loss and gradient are those of the whole network.  */
START_TEST (sees_all)
{
  bd_dataset *s = simulated ("friedman1", ROWS, 2);
  bd_net_options o = options (_i);
  double w[ROWS];
  tape t;

  ones (w);
  o.batch = ROWS;
  o.stop = 0;
  run a = train_watched (o, s, w, SIZE_MAX, &t);
  if (o.optimiser->decoupled)
    o.decay = 0;
  check_followed (&t, &o, s, a.model);
  tape_free (&t);
  bd_net_model_free (a.model);
  bd_dataset_free (s);
}
END_TEST

/* A mask that drops nothing changes nothing; one that drops does.  */
START_TEST (nothing_dropped)
{
  bd_dataset *s = simulated ("friedman1", ROWS, 3);
  bd_net_options o = options (_i);
  double w[ROWS];

  ones (w);
  run a = train (&o, s, w);
  bd_mask_choose (&o.mask, "bernoulli:share=batch,on=update", 0, NULL);
  run b = train (&o, s, w);
  bd_mask_choose (&o.mask, "bernoulli", 0, NULL);
  run c = train (&o, s, w);
  size_t bytes = a.model->net.size * sizeof *w;
  ck_assert_mem_eq (b.model->w, c.model->w, bytes);
  ck_assert_int_ne (memcmp (a.model->w, c.model->w, bytes), 0);
  bd_net_model_free (a.model);
  bd_net_model_free (b.model);
  bd_net_model_free (c.model);
  bd_dataset_free (s);
}
END_TEST

/* Such a network predicts without masks: nothing spreads.  */
START_TEST (predicts_whole)
{
  static const bd_prediction *const way[]
      = { &bd_prediction_closed, &bd_prediction_mc, &bd_prediction_rao,
          &bd_prediction_fast, &bd_prediction_exact };
  bd_dataset *s = simulated ("friedman1", ROWS, 4);
  bd_net_options o = options (0);
  double w[ROWS], Z[ROWS * 16];
  bd_error err = { "" };

  ones (w);
  ck_assert_uint_le (s->d, 16);
  run a = train (&o, s, w);
  bd_net_standardise (a.model, s->X, Z);
  ck_assert (bd_mask_trains (&a.model->mask)
             && !bd_mask_acts (&a.model->mask));
  for (int k = 0; k < LENGTH (way); k++)
    {
      const bd_predicting q
          = { .model = a.model, .Z = Z, .m = ROWS, .masks = 20, .threads = 1 };
      bd_predicted p;
      ck_assert_msg (!bd_predict (way[k], &q, &p, &err), "%s", err.text);
      for (size_t i = 0; i < ROWS; i++)
        {
          ck_assert_double_eq_tol (p.mean[i], a.t[i], 1e-9);
          ck_assert_double_lt (p.sd[i], 1e-9);
        }
      bd_predicted_free (&p);
    }
  bd_net_model_free (a.model);
  bd_dataset_free (s);
}
END_TEST

/* Methods of the whole sample have no steps whose update could be masked.  */
START_TEST (needs_steps)
{
  bd_net_options o = options (0);
  bd_error err = { "" };

  ck_assert_int_eq (bd_net_options_check (&o, &err), 0);
  o.optimiser = &bd_optimiser_lbfgs;
  ck_assert_int_eq (bd_net_options_check (&o, &err), GSL_EINVAL);
  ck_assert_msg (strstr (err.text, "without masks") != NULL, "%s", err.text);
}
END_TEST

/* Other masks from the same start on the same batches: the loss of the first
   step is the same, and from there on the ways part.  */
START_TEST (other_streams)
{
  static const uint64_t stream_of[] = { 0, 1, 2, UINT64_MAX };
  bd_dataset *s = simulated ("friedman1", ROWS, 5);
  bd_net_options o = options (_i ? 4 : 0);
  double w[ROWS];
  uint64_t seed[4];
  tape t[4];

  ones (w);
  for (size_t k = 0; k < 4; k++)
    {
      o.mask_stream = stream_of[k];
      run a = train_watched (o, s, w, SIZE_MAX, &t[k]);
      size_t bytes = t[k].size * sizeof *t[k].w;
      seed[k] = a.model->pool_seed;
      ck_assert_mem_eq (t[k].w, t[0].w, bytes);
      ck_assert_mem_eq (tape_row (&t[k], t[k].gradient, 1),
                        tape_row (&t[0], t[0].gradient, 1), bytes);
      ck_assert_double_eq (t[k].loss[1], t[0].loss[1]);
      for (size_t j = 0; j < k; j++)
        {
          ck_assert (seed[j] != seed[k]);
          ck_assert_int_ne (memcmp (tape_row (&t[k], t[k].w, 1),
                                    tape_row (&t[j], t[j].w, 1), bytes),
                            0);
        }
      bd_net_model_free (a.model);
    }
  for (size_t k = 0; k < 4; k++)
    tape_free (&t[k]);
  bd_dataset_free (s);
}
END_TEST

/* Without masks there is nothing else that a stream could change.  */
START_TEST (streams_of_masks_only)
{
  bd_dataset *s = simulated ("friedman1", ROWS, 6);
  bd_net_options o = options (3);
  double w[ROWS];

  ones (w);
  bd_mask_choose (&o.mask, "bernoulli", 0, NULL);
  run a = train (&o, s, w);
  o.mask_stream = 7;
  run b = train (&o, s, w);
  ck_assert_mem_eq (a.model->w, b.model->w, a.model->net.size * sizeof *w);
  bd_net_model_free (a.model);
  bd_net_model_free (b.model);
  bd_dataset_free (s);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("update");
  TCase *c = tcase_create ("update");

  tcase_set_timeout (c, 120);
  tcase_add_loop_test (c, moves_the_kept, 0, LENGTH (setup));
  tcase_add_loop_test (c, sees_all, 0, LENGTH (setup));
  tcase_add_loop_test (c, nothing_dropped, 0, LENGTH (setup));
  tcase_add_test (c, predicts_whole);
  tcase_add_test (c, needs_steps);
  tcase_add_loop_test (c, other_streams, 0, 2);
  tcase_add_test (c, streams_of_masks_only);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
