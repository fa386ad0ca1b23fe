/* Perspective 4: the masks that a training used, and new ones.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/rng.h"
#include "perspective/universal.h"
#include "tap.h"
#include "tools.h"

#define ROWS 20
#define STEPS 12

static bd_net_options
network (const char *law, double q, size_t units)
{
  bd_net_options o = bd_net_options_default ();

  o.hidden[0] = units;
  o.steps = STEPS;
  ck_assert_int_eq (bd_mask_choose (&o.mask, law, q, NULL), GSL_SUCCESS);
  return o;
}

static bd_net_model *
trained (const bd_net_options *o, const bd_dataset *d, uint64_t seed)
{
  bd_net_model *model;

  ck_assert_int_eq (bd_team_train (o, d, NULL, seed, 5, &model), GSL_SUCCESS);
  return model;
}

static bd_mask_stream
stream_of (const bd_net_options *o, const bd_net_model *model, uint64_t seed)
{
  return bd_mask_stream_of (o, &o->mask, model, ROWS, seed, 5);
}

/* A training that is looked at at one step: the weights before and the
   gradient.  */
typedef struct
{
  size_t step;
  double *w, *G;
} moment;

static bool
look (void *params, const bd_net_moment *m)
{
  moment *a = params;

  for (size_t k = 0; m->step == a->step && k < m->model->net.size; k++)
    {
      a->w[k] = (double)m->before[k];
      a->G[k] = (double)m->gradient[k];
    }
  return false;
}

/* The gradient of the rows of D, as they are trained on, under the masks
   FACTOR, each row with its own or all with one.  */
static void
gradient_under (const bd_net_model *model, const double w[],
                const bd_mask *law, const bd_dataset *d, const double factor[],
                double G[])
{
  const bd_net *net = &model->net;
  double *Z = bd_array (d->n, d->d), *y = bd_array (d->n, 1);
  double *H = bd_array (bd_net_room (net, d->n), 1);
  const bd_net_mask mask
      = law->type->weights
            ? (bd_net_mask){ .weight = factor }
            : (bd_net_mask){ .hidden = factor,
                             .stride = law->batch ? 0 : net->hidden };

  bd_net_standardise (model, d->X, Z);
  for (size_t i = 0; i < d->n; i++)
    y[i] = (gsl_vector_get (d->y, i) - model->y_mean) / model->y_scale;
  bd_net_gradient (net, w, d->n, Z, y, &mask, H, G);
  free (Z);
  free (y);
  free (H);
}

static const struct
{
  const char *law;
  size_t step;
} laws[] = {
  { "bernoulli", 1 }, { "bernoulli", STEPS }, { "bernoulli:share=batch", 7 },
  { "gaussian", 7 },  { "dropconnect", 7 },   { "bernoulli:when=rising", 5 }
};

/* The masks that are drawn again are those that the gradients were made
   with.  */
START_TEST (same_masks_as_the_training)
{
  bd_dataset *d = simulated ("sine", ROWS, 3);
  bd_net_options o = network (laws[_i].law, 0.4, 9);
  bd_mask_list all;
  moment at = { laws[_i].step, bd_array (500, 1), bd_array (500, 1) };
  const bd_net_watch watch = { look, &at };
  double *G = bd_array (500, 1), most = 0, off = 0;

  o.watch = &watch;
  bd_net_model *model = trained (&o, d, 11);
  const bd_mask_stream s = stream_of (&o, model, 11);
  size_t each = bd_mask_rows (&o.mask, ROWS);
  ck_assert_int_eq (bd_mask_stream_replay (&s, STEPS, 10000, &all, NULL, NULL),
                    GSL_SUCCESS);
  ck_assert_uint_eq (all.count, STEPS * each);
  ck_assert_double_eq (bd_mask_stream_drawn (&s, STEPS), (double)all.count);
  double *factor = bd_array (each, all.places);
  for (size_t k = 0; k < each * all.places; k++)
    factor[k]
        = (double)all.factor[(laws[_i].step - 1) * each * all.places + k];
  gradient_under (model, at.w, &o.mask, d, factor, G);
  for (size_t k = 0; k < model->net.size; k++)
    {
      most = GSL_MAX_DBL (most, fabs (G[k]));
      off = GSL_MAX_DBL (off, fabs (G[k] - at.G[k]));
    }
  ck_assert_double_gt (most, 0.01);
  ck_assert_double_lt (off, 1e-5 * GSL_MAX_DBL (most, 1));
  free (factor);
  free (all.factor);
  free (at.w);
  free (at.G);
  free (G);
  bd_net_model_free (model);
  bd_dataset_free (d);
}
END_TEST

/* N draws of masks of H units at rate q have sum over k of C(H, k) (1 - (1 -
   p_k)^N) different ones on average, p_k being the probability of one that
   keeps k.  */
static double
expected_distinct (size_t H, double q, double N)
{
  double sum = 0, choose = 1;

  for (size_t k = 0; k <= H; k++)
    {
      double p = pow (1 - q, (double)k) * pow (q, (double)(H - k));
      sum -= choose * expm1 (N * log1p (-p));
      choose *= (double)(H - k) / (double)(k + 1);
    }
  return sum;
}

#define COUNTS 200

START_TEST (different_masks)
{
  static const struct
  {
    double q;
    size_t units;
  } at[] = { { 0.5, 8 }, { 0.2, 8 }, { 0.02, 20 } };
  bd_dataset *d = simulated ("sine", ROWS, 3);
  bd_net_options o = network ("bernoulli", at[_i].q, at[_i].units);
  bd_net_model *model = trained (&o, d, 11);
  double count[COUNTS], N = ROWS * STEPS, H = (double)at[_i].units;

  for (size_t k = 0; k < COUNTS; k++)
    {
      const bd_mask_stream s = stream_of (&o, model, 100 + k);
      ck_assert_int_eq (
          bd_mask_stream_replay (&s, STEPS, 0, NULL, &count[k], NULL),
          GSL_SUCCESS);
    }
  double want = expected_distinct (at[_i].units, at[_i].q, N);
  double se = sd_of (count, COUNTS) / sqrt (COUNTS);
  ck_assert_double_eq_tol (mean_of (count, COUNTS), want, 4.5 * se);
  ck_assert_double_lt (se, 0.01 * want);
  if (at[_i].q == 0.5)
    ck_assert_double_eq_tol (want, -exp2 (H) * expm1 (N * log1p (-exp2 (-H))),
                             1e-9 * want);
  bd_net_model_free (model);
  bd_dataset_free (d);
}
END_TEST

static bool
same_mask (const bd_net *net, const float a[], const float b[])
{
  return memcmp (a, b, net->width[1] * sizeof *a) == 0;
}

/* A pool's masks are those that its training drew, and no others; new ones
   come from no pool.  */
START_TEST (masks_of_a_pool)
{
  bd_dataset *d = simulated ("sine", ROWS, 3);
  bd_net_options o = network ("bernoulli:pool=5", 0.5, 40);
  bd_net_model *model = trained (&o, d, 11);
  const bd_net *net = &model->net;
  const bd_mask_stream s = stream_of (&o, model, 11);
  bd_mask_list pool, fresh;
  double distinct;

  ck_assert_int_eq (bd_masks_new (&o.mask, net, 1, 30, &fresh), 0);
  ck_assert_int_eq (
      bd_mask_stream_replay (&s, STEPS, 50, &pool, &distinct, &fresh), 0);
  ck_assert_uint_eq (pool.count, 5);
  ck_assert_double_eq (distinct, 5);
  ck_assert_uint_eq (fresh.count, 30);
  for (size_t b = 1; b < 30; b++)
    ck_assert (
        !same_mask (net, fresh.factor, fresh.factor + b * fresh.places));
  uint32_t *words
      = calloc (bd_mask_words (ROWS * net->hidden) + 4, sizeof *words);
  float *drawn = bd_floats (ROWS * net->hidden);
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  bd_rng_seek (r, 11, BD_LANE_TRAIN_MASK, 5);
  bd_mask_draw (&o.mask, net, r, model->pool_seed, 0, ROWS, words, drawn);
  for (size_t i = 0; i < ROWS; i++)
    {
      size_t found = 0;
      for (size_t k = 0; k < 5; k++)
        found += same_mask (net, drawn + i * net->hidden,
                            pool.factor + k * pool.places);
      ck_assert_uint_eq (found, 1);
    }
  free (words);
  free (drawn);
  gsl_rng_free (r);
  free (pool.factor);
  free (fresh.factor);
  bd_net_model_free (model);
  bd_dataset_free (d);
}
END_TEST

/* New masks that were used are taken out: of 3 units all 8 soon are; those
   that are left of 8 units are none of the masks that were drawn.  */
START_TEST (known_masks_go)
{
  bd_dataset *d = simulated ("sine", ROWS, 3);
  size_t units = _i ? 8 : 3;
  bd_net_options o = network ("bernoulli", 0.5, units);
  bd_net_model *model = trained (&o, d, 11);
  const bd_net *net = &model->net;
  const bd_mask_stream s = stream_of (&o, model, 11);
  bd_mask_list all, fresh;
  size_t unknown = 0;

  ck_assert_int_eq (bd_masks_new (&o.mask, net, 1, 100, &fresh), 0);
  bd_mask_list copy = fresh;
  copy.factor = bd_floats (100 * fresh.places);
  memcpy (copy.factor, fresh.factor, 100 * fresh.places * sizeof *copy.factor);
  ck_assert_int_eq (
      bd_mask_stream_replay (&s, STEPS, 10000, &all, NULL, &fresh), 0);
  for (size_t b = 0; b < 100; b++)
    {
      const float *mask = copy.factor + b * copy.places;
      bool known = false;
      for (size_t k = 0; !known && k < all.count; k++)
        known = same_mask (net, mask, all.factor + k * all.places);
      if (!known)
        ck_assert (
            same_mask (net, mask, fresh.factor + unknown++ * fresh.places));
    }
  ck_assert_uint_eq (fresh.count, unknown);
  ck_assert (_i ? unknown > 10 && unknown < 90 : unknown == 0);
  free (all.factor);
  free (fresh.factor);
  free (copy.factor);
  bd_net_model_free (model);
  bd_dataset_free (d);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("universal_masks");
  TCase *t = tcase_create ("universal_masks");

  tcase_add_loop_test (t, same_masks_as_the_training, 0, LENGTH (laws));
  tcase_add_loop_test (t, different_masks, 0, 3);
  tcase_add_test (t, masks_of_a_pool);
  tcase_add_loop_test (t, known_masks_go, 0, 2);
  suite_add_tcase (s, t);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
