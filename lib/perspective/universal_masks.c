#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "masked.h"
#include "universal_masks.h"

bd_mask_stream
bd_mask_stream_of (const bd_net_options *o, const bd_mask *mask,
                   const bd_net_model *model, size_t n, uint64_t seed,
                   uint64_t index)
{
  return (bd_mask_stream){ .net = &model->net,
                           .mask = *mask,
                           .seed = seed,
                           .index = index,
                           .pool_seed = model->pool_seed,
                           .rows = GSL_MIN (o->batch, n),
                           .steps = bd_net_steps (o, n, NULL) };
}

double
bd_mask_stream_drawn (const bd_mask_stream *a, size_t upto)
{
  return (double)upto * (double)bd_mask_rows (&a->mask, a->rows);
}

/* Work space of a replay; a set of keys with open addressing.  */
typedef struct
{
  size_t each, places; /* masks of a step; places of one */
  float *factor;
  uint32_t *words;
  gsl_rng *r;
  uint64_t *part; /* places: what a place adds to a key; 0 for padding */
  uint64_t *set;
  size_t room, used; /* keys: a power of two; how many there are */
} replay;

static void
replay_close (replay *p)
{
  free (p->factor);
  free (p->words);
  free (p->part);
  free (p->set);
  gsl_rng_free (p->r);
}

/* Padding is drawn as well but takes no part in anything.  */
static void
weigh_places (const bd_mask_stream *a, uint64_t part[])
{
  const bd_net *net = a->net;
  size_t at = 0;

  if (a->mask.type->weights)
    for (size_t k = 0; k < net->size; k++)
      part[k] = bd_rng_derive (1, k);
  else
    {
      for (size_t l = 1; l < net->layers; at += net->padded[l++])
        for (size_t j = 0; j < net->width[l]; j++)
          part[at + j] = bd_rng_derive (1, at + j);
      for (size_t j = 0; a->mask.input > 0 && j < net->width[0]; j++)
        part[at + j] = bd_rng_derive (1, at + j);
    }
}

static bool
replay_open (replay *p, const bd_mask_stream *a, size_t upto, bool count)
{
  size_t each = bd_mask_rows (&a->mask, a->rows);

  *p = (replay){ .each = each,
                 .places = bd_mask_places (&a->mask, a->net),
                 .room = 1 };
  p->factor = bd_floats (each * p->places);
  p->words = calloc (bd_mask_words (each * p->places) + 4, sizeof *p->words);
  p->r = gsl_rng_alloc (bd_rng_philox);
  while (count && p->room < 2 * upto * each)
    p->room *= 2;
  p->part = calloc (p->places, sizeof *p->part);
  p->set = calloc (p->room, sizeof *p->set);
  if (!p->factor || !p->words || !p->r || !p->part || !p->set)
    return false;
  weigh_places (a, p->part);
  bd_rng_seek (p->r, a->seed, BD_LANE_TRAIN_MASK, a->index);
  return true;
}

/* 64 bits that two different masks share by chance only.  */
static uint64_t
key_of (const replay *p, const bd_mask *mask, const float factor[])
{
  uint64_t key = 0;

  if (mask->type->binary)
    for (size_t j = 0; j < p->places; j++)
      key += p->part[j] & -(uint64_t)(factor[j] > 0);
  else
    for (size_t j = 0; j < p->places; j++)
      {
        uint32_t bits;
        memcpy (&bits, &factor[j], sizeof bits);
        key += bits * p->part[j];
      }
  return key ? key : 1;
}

/* Where KEY stands in the set, or would.  */
static size_t
find (const replay *p, uint64_t key)
{
  size_t at = (size_t)(key >> 20) & (p->room - 1);

  while (p->set[at] && p->set[at] != key)
    at = (at + 1) & (p->room - 1);
  return at;
}

static void
remember (replay *p, uint64_t key)
{
  size_t at = find (p, key);

  p->used += !p->set[at];
  p->set[at] = key;
}

static void
take_out_known (const replay *p, bd_mask_list *list)
{
  size_t left = 0;

  for (size_t b = 0; b < list->count; b++)
    {
      const float *mask = list->factor + b * list->places;
      if (!p->set[find (p, key_of (p, &list->mask, mask))])
        memmove (list->factor + left++ * list->places, mask,
                 list->places * sizeof *mask);
    }
  list->count = left;
}

/* Number of the K-th of COUNT among DRAWN, in the middle of its share.  */
static size_t
place_of (size_t k, size_t count, size_t drawn)
{
  return (size_t)(((double)k + 0.5) / (double)count * (double)drawn);
}

static void
take_pool (const bd_mask_stream *a, replay *p, bd_mask_list *list)
{
  for (size_t k = 0; k < list->count; k++)
    bd_mask_of_pool (&a->mask, a->net, a->pool_seed, k, p->words,
                     list->factor + k * list->places);
}

static void
walk (const bd_mask_stream *a, replay *p, size_t upto, bd_mask_list *list,
      bool count)
{
  size_t drawn = upto * p->each, next = 0;
  bool take = list && !a->mask.pool;

  for (size_t step = 0; step < upto; step++)
    {
      bd_mask_draw (&a->mask, a->net, p->r, a->pool_seed,
                    (double)step / (double)a->steps, p->each, p->words,
                    p->factor);
      for (size_t i = 0; count && i < p->each; i++)
        remember (p, key_of (p, &a->mask, p->factor + i * p->places));
      while (take && next < list->count
             && place_of (next, list->count, drawn) < (step + 1) * p->each)
        {
          size_t i = place_of (next, list->count, drawn) - step * p->each;
          memcpy (list->factor + next++ * p->places, p->factor + i * p->places,
                  p->places * sizeof *p->factor);
        }
    }
}

static int
list_open (bd_mask_list *list, const bd_mask *mask, const bd_net *net,
           size_t count)
{
  *list = (bd_mask_list){ .mask = *mask,
                          .count = count,
                          .places = bd_mask_places (mask, net) };
  list->factor = bd_floats (count * list->places);
  return list->factor ? GSL_SUCCESS : GSL_ENOMEM;
}

int
bd_mask_stream_replay (const bd_mask_stream *a, size_t upto, size_t most,
                       bd_mask_list *list, double *distinct, bd_mask_list *new)
{
  size_t drawn = upto * bd_mask_rows (&a->mask, a->rows);
  size_t all = a->mask.pool ? a->mask.pool : drawn;
  bool count = distinct || new;
  replay p;
  int code = list ? list_open (list, &a->mask, a->net, GSL_MIN (most, all))
                  : GSL_SUCCESS;

  if (!replay_open (&p, a, upto, count))
    code = GSL_ENOMEM;
  if (!code && list && a->mask.pool)
    take_pool (a, &p, list);
  if (!code && (count || !a->mask.pool))
    walk (a, &p, upto, list, count);
  if (!code && new)
    take_out_known (&p, new);
  if (distinct)
    *distinct = (double)p.used;
  replay_close (&p);
  return code;
}

int
bd_masks_new (const bd_mask *mask, const bd_net *net, uint64_t seed,
              size_t count, bd_mask_list *list)
{
  bd_mask law = *mask;

  law.pool = 0;
  int code = list_open (list, &law, net, count);
  uint32_t *words = calloc (bd_mask_words (list->places) + 4, sizeof *words);
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  if (!words || !r)
    code = GSL_ENOMEM;
  for (size_t b = 0; !code && b < count; b++)
    {
      bd_rng_seek (r, seed, BD_LANE_PREDICT_MASK, b);
      bd_mask_draw (&law, net, r, 0, 1, 1, words,
                    list->factor + b * list->places);
    }
  free (words);
  gsl_rng_free (r);
  return code;
}

/* Losses one by one, their mean and the sum of squares around it.  */
static void
add_losses (bd_masked *a, const bd_mask_list *list, const bd_dataset *d,
            double t[], bd_mask_loss *loss)
{
  double ss = 0;

  *loss = (bd_mask_loss){ 0, 0 };
  for (size_t b = 0; b < list->count; b++)
    {
      bd_masked_given (a, &list->mask, list->factor + b * list->places, t);
      double own = bd_prediction_loss (a->model, d->n, t, d->y);
      double off = own - loss->mean;
      loss->mean += off / (double)(b + 1);
      ss += off * (own - loss->mean);
    }
  loss->sd = sqrt (ss / (double)GSL_MAX (list->count - 1, 1));
}

int
bd_masks_loss (const bd_net_model *model, const bd_mask_list *list,
               const bd_dataset *d, bd_mask_loss *loss)
{
  double *t = bd_array (d->n, bd_net_predictions (model));
  bd_masked a;
  int code = bd_masked_init (&a, model, d->X);

  if (!t)
    code = GSL_ENOMEM;
  if (!code)
    add_losses (&a, list, d, t, loss);
  bd_masked_free (&a);
  free (t);
  return code;
}

int
bd_masks_loss_at (const bd_net_model *model, const float w[],
                  const bd_mask_list *list, const bd_dataset *d,
                  bd_mask_loss *loss)
{
  bd_net_model copy = *model;
  double *all = bd_array (model->net.size, 1);
  int code = all ? GSL_SUCCESS : GSL_ENOMEM;

  for (size_t k = 0; all && k < model->net.size; k++)
    all[k] = (double)w[k];
  copy.w = all;
  if (!code)
    code = bd_masks_loss (&copy, list, d, loss);
  free (all);
  return code;
}
