/* Steps on mini-batches.  References: N. Srivastava et al., "Dropout", JMLR 15
   (2014); Y. Gal, J. Hron, A. Kendall, "Concrete dropout", NIPS 2017 (learnt
   rates).  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/kernel.h"
#include "../base/rng.h"
#include "trainer.h"

BD_NO_CONTRACTION

#define CHECK_EVERY 20    /* steps between looks at the rows held out */
#define STRIP_PLACES 8192 /* rows times hidden units of a strip, about */

/* As many rows as leave the activations of a strip in the caches.  */
static size_t
strip_rows (size_t hidden)
{
  return GSL_MIN (GSL_MAX (STRIP_PLACES / hidden, 16), 64);
}

static bool
learns_rates (const bd_mask *mask)
{
  return mask->type && mask->type->learnt;
}

void
bd_net_trainer_free (bd_net_trainer *t)
{
  if (!t)
    return;
  bd_train_rows_free (&t->rows);
  bd_train_batch_free (&t->batch);
  free (t->w);
  free (t->G);
  free (t->state);
  free (t->best);
  free (t->decay);
  free (t->dropped);
  free (t->before);
  free (t->factor);
  free (t->slope);
  free (t->words);
  free (t->room);
  gsl_rng_free (t->mask_rng);
  free (t);
}

/* Arrays as long as the weights.  */
static bool
alloc_weights (bd_net_trainer *t, size_t state)
{
  t->w = bd_floats (t->size);
  t->G = bd_floats (t->size);
  t->state = bd_floats (state);
  t->best = bd_floats (t->size);
  t->decay = bd_floats (t->size);
  t->dropped = bd_floats (t->size);
  t->before = bd_floats (t->size);
  return t->w && t->G && t->state && t->best && t->decay && t->dropped
         && t->before;
}

static bool
alloc_masks (bd_net_trainer *t, const bd_mask *mask, const bd_net *net)
{
  size_t rows = bd_mask_rows (mask, t->batch.batch);

  t->mask_rng = gsl_rng_alloc (bd_rng_philox);
  if (!bd_mask_trains (mask))
    return t->mask_rng;
  t->places = bd_mask_places (mask, net);
  t->factor = bd_floats (rows * t->places);
  t->words = calloc (bd_mask_words (rows * t->places) + 4, sizeof *t->words);
  t->slope = bd_floats (t->places);
  return t->mask_rng && t->factor && t->words && t->slope;
}

bd_net_trainer *
bd_net_trainer_alloc (const bd_net_options *o, size_t n, size_t d)
{
  bd_net net
      = bd_net_shape (d, o->hidden, o->depth, o->unit, o->output, o->classes);
  bool learnt = learns_rates (&o->mask);
  bd_net_trainer *t = calloc (1, sizeof *t);

  if (!t)
    return NULL;
  t->strip = strip_rows (net.hidden);
  t->size = net.size + (learnt ? o->depth : 0);
  size_t state = o->optimiser->state ? o->optimiser->state (t->size) : 0;
  t->room = bd_floats (bd_pass_float_room (&net, t->strip, learnt));
  if (bd_train_rows_alloc (&t->rows, n, d) == GSL_SUCCESS
      && bd_train_batch_alloc (&t->batch, GSL_MIN (o->batch, n), n, d)
             == GSL_SUCCESS
      && alloc_weights (t, state) && alloc_masks (t, &o->mask, &net)
      && t->room)
    return t;
  bd_net_trainer_free (t);
  return NULL;
}

/* Add the gradient of a strip of a batch; returns its part of the loss.  */
static double
add_strip (bd_net_trainer *t, const bd_net *net, const bd_batch *b,
           size_t first, size_t count)
{
  bd_pass_float *p = &t->pass;
  const float *X = b->X + first * t->rows.d;
  const float *y = b->y + first, *share = b->share + first;
  size_t unit = (size_t)(net->unit - bd_units);

  bd_train_point_masks (t, net, first);
  if (p->k->shallow[unit] && net->layers == 2
      && net->output == &bd_outputs[BD_OUTPUT_REAL]
      && net->width[0] <= BD_SHALLOW_INPUTS
      && net->padded[1] <= BD_SHALLOW_WIDTH && !p->input && !p->M)
    return p->k->shallow[unit](count, net->width[0], net->padded[1],
                               net->width[1], p->w, X, y, share, p->mask,
                               p->stride, t->G)
           / 2;
  bd_pass_float_forward (p, count, X);
  double sum = bd_pass_float_loss (p, count, y, share);
  bd_pass_float_backward (p, count, X, t->G);
  if (p->M && t->masked)
    bd_train_rate_slopes (t, net, count);
  return sum;
}

/* The gradient of the mean loss of the next batch; returns that loss.  */
static double
gradient (bd_net_trainer *t, const bd_net *net, gsl_rng *r)
{
  bd_batch b = bd_train_batch_next (&t->batch, &t->rows, r);
  double sum = 0;

  bd_train_draw_masks (t, net, b.count);
  memset (t->G, 0, t->size * sizeof *t->G);
  for (size_t s = 0; s < b.count; s += t->strip)
    sum += add_strip (t, net, &b, s, GSL_MIN (t->strip, b.count - s));
  if (t->masked && t->mask.type->weights)
    for (size_t k = 0; k < net->size; k++)
      t->G[k] *= t->factor[k];
  return sum;
}

double
bd_train_held_out (bd_net_trainer *t, const float w[])
{
  const bd_train_rows *a = &t->rows;
  size_t end = a->rows + a->held, count;
  double sum = 0;

  bd_pass_float_weights (&t->pass, w, 0);
  t->pass.mask = t->pass.input = NULL;
  for (size_t at = a->rows; at < end; at += count)
    {
      count = GSL_MIN (t->strip, end - at);
      bd_pass_float_forward (&t->pass, count, a->Xf + at * a->d);
      sum += bd_pass_float_loss (&t->pass, count, a->yf + at, a->sharef + at);
    }
  return sum;
}

/* Keep the best weights seen on the rows held out.  */
static void
check_held_out (bd_net_trainer *t, size_t step, size_t steps, double *least)
{
  if (t->rows.held == 0 || (step % CHECK_EVERY && step != steps))
    return;
  double now = bd_train_held_out (t, t->w);
  if (now < *least)
    {
      *least = now;
      memcpy (t->best, t->w, t->size * sizeof *t->best);
    }
}

static double
logistic (double z)
{
  return 1 / (1 + exp (-z));
}

/* Follow the gradient.  */
static void
move (bd_net_trainer *t, const bd_net_options *o, const bd_net *net,
      size_t step, double rate)
{
  const bd_optimiser *q = o->optimiser;
  bool learnt = learns_rates (&t->mask);

  if (o->decay > 0 && !q->decoupled)
    for (size_t k = 0; k < net->size; k++)
      t->G[k] += t->decay[k] * t->w[k];
  if (learnt)
    bd_train_penalty (t, net);
  q->step (&o->tuning, t->size, step, rate, bd_train_followed (t, net),
           o->decay > 0 && q->decoupled ? t->decay : NULL, t->state, t->w);
  bd_train_hold (t, net);
  for (size_t l = 0; o->max_norm > 0 && l + 1 < net->layers; l++)
    bd_max_norm (net->width[l], net->width[l + 1], net->padded[l + 1],
                 o->max_norm, t->w + net->weight[l]);
  for (size_t l = 0; learnt && l + 1 < net->layers; l++)
    t->mask.rate[l]
        = GSL_MIN_DBL (logistic ((double)t->w[net->size + l]), 0.99);
}

/* Random weights, rates as asked for, no memory of gradients.  */
static void
begin (bd_net_trainer *t, const bd_net_options *o, bd_net_model *model,
       gsl_rng *r)
{
  const bd_net *net = &model->net;

  bd_net_start (net, model->w, r);
  for (size_t k = 0; k < net->size; k++)
    t->w[k] = (float)model->w[k];
  t->mask = o->mask;
  for (size_t l = 0; learns_rates (&o->mask) && l < o->depth; l++)
    {
      double q = GSL_MIN_DBL (GSL_MAX_DBL (o->mask.rate[l], 1e-3), 0.99);
      t->mask.rate[l] = q;
      t->w[net->size + l] = (float)log (q / (1 - q));
    }
  memset (t->decay, 0, t->size * sizeof *t->decay);
  for (size_t l = 0; l < net->layers; l++)
    for (size_t k = net->weight[l]; k < net->bias[l]; k++)
      t->decay[k] = (float)o->decay;
  if (o->optimiser->state)
    memset (t->state, 0, o->optimiser->state (t->size) * sizeof *t->state);
  t->masked = bd_mask_trains (&o->mask);
  bd_train_batch_begin (&t->batch, t->rows.rows);
}

static int
attempt (bd_net_trainer *t, const bd_net_options *o, double start, gsl_rng *r,
         bd_net_model *model)
{
  const bd_net *net = &model->net;
  double least = GSL_POSINF, pass;
  size_t steps = bd_net_steps (o, t->rows.rows, &pass);

  begin (t, o, model, r);
  bool stopped = bd_train_look (t, o, model, 0, steps, GSL_NAN);
  for (size_t step = 1; step <= steps && !stopped; step++)
    {
      t->phase = (double)(step - 1) / (double)steps;
      double rate = start * o->schedule->share (t->phase);
      double loss = gradient (t, net, r);
      if (!gsl_finite (loss))
        {
          t->trouble.times++;
          t->trouble.epoch = 1 + (size_t)((double)(step - 1) / pass);
          t->trouble.rate = rate;
          return GSL_ERUNAWAY;
        }
      bd_train_remember (t, o, net);
      move (t, o, net, step, rate);
      check_held_out (t, step, steps, &least);
      stopped = bd_train_look (t, o, model, step, steps, loss);
    }
  const float *w = t->rows.held && !stopped ? t->best : t->w;
  for (size_t k = 0; k < net->size; k++)
    model->w[k] = (double)w[k];
  model->mask = t->mask;
  return GSL_SUCCESS;
}

/* Methods of the whole sample, from a random start.  */
static int
whole (bd_net_trainer *t, const bd_net_options *o, gsl_rng *r,
       bd_net_model *model)
{
  bd_net_start (&model->net, model->w, r);
  int code = bd_train_whole (t, o, model);
  if (code == GSL_ERUNAWAY)
    t->trouble = (bd_net_trouble){ .times = t->trouble.times + 1 };
  return code;
}

/* A seed from lane BD_LANE_POOL of where R stands.  */
static uint64_t
seed_of_pool (gsl_rng *r)
{
  bd_rng_lane (r, BD_LANE_POOL);
  uint64_t high = gsl_rng_get (r);
  return high << 32 | gsl_rng_get (r);
}

/* Masks come from lanes of their own of R's stream.  Other streams have index
   1 of seeds made from it: index 0 is for the masks of pools.  */
static void
seek_masks (bd_net_trainer *t, uint64_t stream, const gsl_rng *r)
{
  gsl_rng_memcpy (t->mask_rng, r);
  t->pool_seed = seed_of_pool (t->mask_rng);
  if (stream)
    {
      uint64_t seed = bd_rng_derive (t->pool_seed, stream);
      bd_rng_seek (t->mask_rng, seed, BD_LANE_POOL, 1);
      t->pool_seed = seed_of_pool (t->mask_rng);
    }
  bd_rng_lane (t->mask_rng, BD_LANE_TRAIN_MASK);
}

bd_net_trouble
bd_net_diverged (const bd_net_trainer *t)
{
  return t->trouble;
}

int
bd_net_train (bd_net_trainer *t, const bd_net_options *o, const gsl_matrix *X,
              const gsl_vector *y, const double weight[], gsl_rng *r,
              bd_net_model *model)
{
  bool learnt = learns_rates (&o->mask);
  int code = bd_train_rows_take (&t->rows, o, t->batch.batch, X, y, weight, r,
                                 model);

  if (code)
    return code;
  seek_masks (t, o->mask_stream, r);
  model->pool_seed = t->pool_seed;
  bd_pass_float_open (&t->pass, &model->net, t->strip, learnt, t->room);
  t->trouble = (bd_net_trouble){ 0 };
  code = o->optimiser->minimise ? whole (t, o, r, model)
                                : attempt (t, o, o->rate, r, model);
  if (code == GSL_ERUNAWAY && !o->optimiser->minimise)
    code = attempt (t, o, o->rate / 10, r, model);
  if (code == GSL_ERUNAWAY)
    GSL_ERROR ("training diverged", GSL_ERUNAWAY);
  return code;
}
