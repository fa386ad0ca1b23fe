/* The places of a mask and how they are filled.  */
#include <config.h>

#include <gsl/gsl_math.h>

#include "../base/rng.h"
#include "mask_fill.h"

#define PIECES (2 * BD_NET_LAYERS + 1)
#define PICKS 64 /* masks of a pool that are chosen at a time */

/* Neighbouring places with one rate.  */
typedef struct
{
  size_t at, width;
  double q; /* 0: all factors are 1 */
  const bd_mask_type *law;
} piece;

typedef struct
{
  size_t count;
  piece part[PIECES];
} layout;

size_t
bd_mask_places (const bd_mask *a, const bd_net *net)
{
  if (a->type && a->type->weights)
    return bd_net_padded (net->size);
  return net->hidden + (a->input > 0 ? bd_net_padded (net->width[0]) : 0);
}

size_t
bd_mask_rows (const bd_mask *a, size_t rows)
{
  return a->batch ? GSL_MIN (rows, 1) : rows;
}

size_t
bd_mask_words (size_t count)
{
  (void)count;
  return BD_MASK_WORDS;
}

/* Add a piece, or make the last one longer where that is the same.  */
static void
add (layout *a, size_t at, size_t width, double q, const bd_mask_type *law)
{
  piece *last = a->count ? &a->part[a->count - 1] : NULL;

  if (last && last->at + last->width == at && last->q == q
      && (q <= 0 || (last->law == law && !law->runs)))
    last->width += width;
  else if (width > 0)
    a->part[a->count++] = (piece){ at, width, q, law };
}

static void
lay_units (layout *p, const bd_mask *a, const bd_net *net, double phase)
{
  size_t at = 0;

  for (size_t l = 0; l + 1 < net->layers; l++)
    {
      add (p, at, net->padded[l + 1], bd_mask_rate (a, l, phase), a->type);
      at += net->padded[l + 1];
    }
  if (a->input > 0)
    add (p, at, bd_net_padded (net->width[0]), bd_mask_input_rate (a, phase),
         a->type->inputs);
}

/* Weights into the outputs have a rate of their own, biases none.  */
static void
lay_weights (layout *p, const bd_mask *a, const bd_net *net, double phase)
{
  size_t last = net->layers - 1;

  for (size_t l = 0; l < net->layers; l++)
    {
      size_t end = l < last ? net->weight[l + 1] : bd_net_padded (net->size);
      double q = l < last ? bd_mask_rate (a, l, phase)
                          : bd_mask_output_rate (a, phase);
      add (p, net->weight[l], net->bias[l] - net->weight[l], q, a->type);
      add (p, net->bias[l], end - net->bias[l], 0, a->type);
    }
}

static layout
lay (const bd_mask *a, const bd_net *net, double phase)
{
  layout p = { .count = 0 };

  (a->type->weights ? lay_weights : lay_units) (&p, a, net, phase);
  return p;
}

static void
ones (bd_mask_part to)
{
  for (size_t k = 0; k < to.rows; k++)
    for (size_t i = 0; i < to.width; i++)
      to.factor[k * to.stride + i] = 1;
}

static void
fill (const bd_mask *a, const layout *p, gsl_rng *r, size_t rows,
      size_t places, uint32_t words[], float factor[])
{
  for (size_t k = 0; k < p->count; k++)
    {
      const piece *s = &p->part[k];
      bd_mask_part to = { rows, s->width, places, factor + s->at };
      if (s->q > 0)
        s->law->fill (a, s->q, r, words, to);
      else
        ones (to);
    }
}

/* Mask K of the pool, from a generator of its own: that of the caller keeps
   its place.  */
static void
fill_from_pool (const bd_mask *a, const layout *p, uint64_t pool_seed,
                uint64_t k, size_t places, uint32_t words[], float factor[])
{
  uint64_t state[32]; /* far more than bd_rng_philox needs */
  gsl_rng r = { bd_rng_philox, state };

  bd_rng_seek (&r, bd_rng_derive (pool_seed, k), BD_LANE_TRAIN_MASK, 0);
  fill (a, p, &r, 1, places, words, factor);
}

/* The high word of COUNT times 64 random bits: as even as anyone can tell.  */
static uint64_t
pick (const uint32_t word[2], size_t count)
{
  uint64_t low = (uint64_t)word[1] * count >> 32;
  return ((uint64_t)word[0] * count + low) >> 32;
}

static void
draw_from_pool (const bd_mask *a, const layout *p, gsl_rng *r,
                uint64_t pool_seed, size_t rows, size_t places,
                uint32_t words[], float factor[])
{
  uint32_t picks[2 * PICKS];

  for (size_t first = 0; first < rows; first += PICKS)
    {
      size_t some = GSL_MIN (rows - first, PICKS);
      bd_rng_words (r, picks, (some + 1) / 2);
      for (size_t k = 0; k < some; k++)
        fill_from_pool (a, p, pool_seed, pick (picks + 2 * k, a->pool), places,
                        words, factor + (first + k) * places);
    }
}

void
bd_mask_draw (const bd_mask *a, const bd_net *net, gsl_rng *r,
              uint64_t pool_seed, double phase, size_t rows, uint32_t words[],
              float factor[])
{
  layout p = lay (a, net, phase);
  size_t places = bd_mask_places (a, net);

  if (a->pool)
    draw_from_pool (a, &p, r, pool_seed, rows, places, words, factor);
  else
    fill (a, &p, r, rows, places, words, factor);
}

void
bd_mask_of_pool (const bd_mask *a, const bd_net *net, uint64_t pool_seed,
                 size_t k, uint32_t words[], float factor[])
{
  layout p = lay (a, net, 1);

  fill_from_pool (a, &p, pool_seed, k, bd_mask_places (a, net), words, factor);
}
