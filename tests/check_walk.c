/* Perspective 6: the ways of weights, and the controls.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "gradual_tools.h"
#include "tap.h"
#include "tools.h"

#define INPUTS 2
#define UNITS 3
#define WEIGHTS (UNITS * (INPUTS + 2) + 1) /* with biases */
#define STEPS 40

static bd_net_options
tiny (void)
{
  bd_net_options o = bd_net_options_default ();

  o.hidden[0] = UNITS;
  o.depth = 1;
  return o;
}

/* A way that is made up: at step k the weights are START + K DELTA, or, if it
   TURNS, START after even and START + DELTA after odd steps, in all places but
   padding, where there is anything.  The gradient of weight number i is 0
   where i < STILL.  */
typedef struct
{
  bd_net_model *model;
  size_t place[WEIGHTS], still;
  float *w, *before, *gradient;
  bool turns;
} way;

#define START 1.0F
#define DELTA 0.25F

static way
way_open (size_t still, bool turns)
{
  const bd_net_options o = tiny ();
  way a = { .model = bd_net_model_alloc (&o, INPUTS),
            .still = still,
            .turns = turns };
  const bd_net *net = &a.model->net;
  size_t count = 0;

  for (size_t k = 0; k < INPUTS; k++)
    for (size_t j = 0; j < UNITS; j++)
      a.place[count++] = net->weight[0] + k * net->padded[1] + j;
  for (size_t j = 0; j < UNITS; j++)
    a.place[count++] = net->bias[0] + j;
  for (size_t j = 0; j < UNITS; j++)
    a.place[count++] = net->weight[1] + j * net->padded[2];
  a.place[count++] = net->bias[1];
  ck_assert_uint_eq (count, WEIGHTS);
  ck_assert_uint_gt (net->size, WEIGHTS);
  a.w = bd_floats (net->size);
  a.before = bd_floats (net->size);
  a.gradient = bd_floats (net->size);
  for (size_t k = 0; k < net->size; k++)
    {
      a.w[k] = (float)k;
      a.before[k] = -(float)k;
      a.gradient[k] = 1;
    }
  for (size_t i = 0; i < still; i++)
    a.gradient[a.place[i]] = 0;
  return a;
}

static void
way_close (way *a)
{
  bd_net_model_free (a->model);
  free (a->w);
  free (a->before);
  free (a->gradient);
}

static float
way_at (const way *a, size_t step)
{
  return START + DELTA * (float)(a->turns ? step % 2 : step);
}

/* Go steps 0 to LAST before the eyes of TO.  */
static void
go (way *a, size_t last, bd_walk *to)
{
  for (size_t step = 0; step <= last; step++)
    {
      bd_net_moment m = { .step = step,
                          .steps = STEPS,
                          .model = a->model,
                          .w = a->w,
                          .before = step ? a->before : NULL,
                          .gradient = step ? a->gradient : NULL };
      for (size_t i = 0; i < WEIGHTS; i++)
        {
          a->w[a->place[i]] = way_at (a, step);
          if (step)
            a->before[a->place[i]] = way_at (a, step - 1);
        }
      ck_assert (!bd_walk_look (to, &m));
    }
}

static bd_dataset *
held_rows (void)
{
  bd_dataset *d = bd_dataset_alloc (4, INPUTS);

  for (size_t i = 0; i < 4; i++)
    {
      gsl_matrix_set (d->X, i, 0, (double)i - 1);
      gsl_matrix_set (d->X, i, 1, (double)(i * i) / 4);
      gsl_vector_set (d->y, i, 1);
    }
  return d;
}

/* The loss at those rows, by hand, when all weights and biases are W.  */
static double
loss_at (const bd_dataset *d, double w)
{
  double sum = 0;

  for (size_t i = 0; i < d->n; i++)
    {
      double into = gsl_matrix_get (d->X, i, 0) + gsl_matrix_get (d->X, i, 1);
      double t = w + UNITS * w * tanh (w * into + w);
      sum += gsl_pow_2 (t - 1);
    }
  return sum / (double)d->n;
}

/* On a straight line the way is as long as it leads far and all cosines are 1;
   to and fro it is as long and leads nowhere, and they are -1.  */
START_TEST (made_up_ways)
{
  const bool turns = _i;
  way a = way_open (5, turns);
  bd_dataset *held = held_rows ();
  bd_walk b;
  const double step = DELTA * sqrt (WEIGHTS);
  size_t from = 0;

  a.model->x_scale[0] = a.model->x_scale[1] = a.model->y_scale = 1;
  ck_assert_int_eq (bd_walk_init (&b, &a.model->net, held, 1, STEPS, 6), 0);
  ck_assert_uint_eq (b.count, WEIGHTS);
  go (&a, 7, &b); /* a training that diverges begins anew */
  go (&a, STEPS, &b);
  ck_assert_uint_eq (b.at, b.curve.count);
  for (size_t k = 0; k < b.curve.count; k++)
    {
      size_t to = b.curve.step[k];
      double size = 0;
      for (size_t s = from; s < to; s++)
        size += DELTA / (double)way_at (&a, s) / (double)(to - from);
      ck_assert_double_eq_tol (b.size[k], size, 1e-13);
      ck_assert_double_eq_tol (b.path[k], (double)to * step, 1e-12);
      ck_assert_double_eq_tol (b.displacement[k],
                               turns ? (double)(to % 2) * step : b.path[k],
                               1e-12);
      ck_assert_double_eq_tol (b.share[k], (WEIGHTS - 5.) / WEIGHTS, 1e-14);
      if (to > 1)
        ck_assert_double_eq_tol (b.cosine[k], turns ? -1 : 1, 1e-14);
      else
        ck_assert_double_nan (b.cosine[k]);
      ck_assert_double_eq_tol (b.curve.loss[k],
                               loss_at (held, (double)way_at (&a, to)), 1e-5);
      from = to;
    }
  ck_assert_double_eq_tol (b.all_cosine, turns ? -1 : 1, 1e-14);
  ck_assert_double_eq_tol (b.all_share, (WEIGHTS - 5.) / WEIGHTS, 1e-14);
  bd_walk_free (&b);
  bd_dataset_free (held);
  way_close (&a);
}
END_TEST

/* A weight that has a gradient and stays does not learn; where nothing moves
   there is no cosine.  */
START_TEST (standing_still)
{
  way a = way_open (0, true);
  bd_dataset *held = held_rows ();
  bd_walk b;

  ck_assert_int_eq (bd_walk_init (&b, &a.model->net, held, 1, 3, 3), 0);
  bd_net_moment m = { .model = a.model, .w = a.w, .gradient = a.gradient };
  bd_walk_look (&b, &m);
  memcpy (a.before, a.w, a.model->net.size * sizeof *a.w);
  m.before = a.before;
  while (++m.step <= 3)
    bd_walk_look (&b, &m);
  ck_assert_double_eq (b.all_share, 0);
  ck_assert_double_eq (b.path[2], 0);
  ck_assert_double_eq (b.size[2], 0);
  ck_assert_double_nan (b.all_cosine);
  bd_walk_free (&b);
  bd_dataset_free (held);
  way_close (&a);
}
END_TEST

static bd_net_model *
trained (const bd_cast *c, const bd_net_options *o)
{
  bd_net_model *model;

  ck_assert_int_eq (
      bd_team_train (o, c->r->train, NULL, bd_cast_seed (c->r), 0, &model), 0);
  return model;
}

/* At rate 0 every control is the single network; at another one none is, nor
   is any like another.  */
START_TEST (controls_of_no_effect)
{
  bd_perspective_options o
      = gradual_options ("sine", 30, 0.5, "hidden=9,steps=60");
  bd_repetition r;
  bd_net_model *some[BD_CONTROLS];

  ck_assert_int_eq (bd_repetition_make (&r, &o, 0), 0);
  const bd_cast c = gradual_cast (&r);
  bd_net_model *single = trained (&c, &c.base);
  size_t size = single->net.size * sizeof *single->w;
  for (size_t k = 0; k < BD_CONTROLS; k++)
    {
      bd_net_options none = bd_gradual_control (&c, (bd_gradual)k, 0);
      bd_net_options half = bd_gradual_control (&c, (bd_gradual)k, .5);
      bd_net_model *same = trained (&c, &none);
      ck_assert_mem_eq (same->w, single->w, size);
      bd_net_model_free (same);
      some[k] = trained (&c, &half);
      ck_assert_mem_ne (some[k]->w, single->w, size);
      for (size_t j = 0; j < k; j++)
        ck_assert_mem_ne (some[k]->w, some[j]->w, size);
    }
  for (size_t k = 0; k < BD_CONTROLS; k++)
    bd_net_model_free (some[k]);
  bd_net_model_free (single);
  bd_repetition_free (&r);
}
END_TEST

/* What the controls are, whatever law the cast's masks have.  */
START_TEST (controls_are_what_they_say)
{
  bd_perspective_options o = gradual_options ("sine", 30, 0.5, NULL);
  const bd_repetition r = { .o = &o };
  size_t arm = BD_GRADUAL_HALF;

  o.mask = _i ? "bernoulli:share=batch,on=update" : "bernoulli:when=early";
  const bd_cast c = gradual_cast (&r);
  bd_net_options slower = bd_gradual_options (&c, arm + BD_SLOWER);
  bd_net_options parts = bd_gradual_options (&c, arm + BD_PARTS);
  bd_net_options noise = bd_gradual_options (&c, arm + BD_NOISE);
  bd_net_options batch = bd_gradual_options (&c, arm + BD_BATCH);
  bd_net_options forty = bd_gradual_options (&c, BD_GRADUAL_FORTY + BD_SLOWER);
  ck_assert_double_eq (slower.rate, c.base.rate / 2);
  ck_assert_double_eq_tol (forty.rate, c.base.rate * .6, 1e-15);
  ck_assert (!bd_mask_trains (&slower.mask));
  ck_assert (parts.mask.update && parts.mask.batch);
  ck_assert (!bd_mask_acts (&parts.mask) && bd_mask_trains (&parts.mask));
  ck_assert_ptr_eq (noise.mask.type, &bd_mask_gaussian);
  ck_assert (!noise.mask.update && !noise.mask.batch);
  ck_assert (batch.mask.batch && !batch.mask.update);
  ck_assert_ptr_eq (batch.mask.type, &bd_mask_bernoulli);
  ck_assert_double_eq (bd_mask_rate (&batch.mask, 0, 1), .5);
  ck_assert_double_eq (bd_mask_rate (&noise.mask, 0, 1), .5);
  ck_assert_double_eq (parts.mask.rate[0], .5);
  ck_assert_double_eq (noise.rate, c.base.rate);
  ck_assert_int_eq (noise.mask.when, c.mask.when);
  ck_assert_int_eq (parts.mask.when, c.mask.when);
}
END_TEST

/* Units that the only mask of a pool keeps.  */
static size_t
kept_units (const bd_net_model *model)
{
  size_t places = bd_mask_places (&model->mask, &model->net), kept = 0;
  float *factor = bd_floats (places);
  uint32_t *words = calloc (bd_mask_words (places) + 4, sizeof *words);
  bd_mask mask = model->mask;

  mask.update = false;
  bd_mask_of_pool (&mask, &model->net, model->pool_seed, 0, words, factor);
  for (size_t j = 0; j < model->net.width[1]; j++)
    kept += factor[j] > 0;
  free (factor);
  free (words);
  return kept;
}

/* One mask for the whole training: what learns in every step are the weights
   of the units that it keeps and the bias of the output.  */
START_TEST (share_of_a_known_mask)
{
  bd_perspective_options o = gradual_options (
      "friedman1", 30, 1, "hidden=12,steps=50,schedule=constant");
  bd_repetition r;
  bd_walk a;

  ck_assert_int_eq (bd_repetition_make (&r, &o, 1), 0);
  const bd_cast c = gradual_cast (&r);
  bd_net_options q = bd_gradual_control (&c, _i ? BD_PARTS : BD_BATCH, .5);
  const bd_net_watch watch = { bd_walk_look, &a };
  bd_net_model *shape = bd_net_model_alloc (&q, r.train->d);
  ck_assert_int_eq (bd_walk_init (&a, &shape->net, r.test, 10, 50, 4), 0);
  q.mask.pool = 1;
  q.watch = &watch;
  bd_net_model *model = trained (&c, &q);
  double kept = (double)kept_units (model), own = (double)r.train->d + 2;
  ck_assert (kept > 0 && kept < 12);
  ck_assert_double_eq_tol (a.all_share, (kept * own + 1) / (12 * own + 1),
                           1e-12);
  bd_net_model_free (shape);
  bd_net_model_free (model);
  bd_walk_free (&a);
  bd_repetition_free (&r);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("walk");
  TCase *t = tcase_create ("walk");

  tcase_set_timeout (t, 60);
  tcase_add_loop_test (t, made_up_ways, 0, 2);
  tcase_add_test (t, standing_still);
  tcase_add_test (t, controls_of_no_effect);
  tcase_add_loop_test (t, controls_are_what_they_say, 0, 2);
  tcase_add_loop_test (t, share_of_a_known_mask, 0, 2);
  suite_add_tcase (s, t);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
