/* At one point the inputs of the second layer are sums of subsets of the rows
   h[k] W[k][.], of which there are 16 for each group of four units: looked up,
   a mask costs a quarter of the additions and no multiplication.

   A bit that is 1 with probability p = .b1 b2 ... b16 in binary is made of as
   many fair bits as p has digits up to its last 1, from that one to the first:
   r or w where the digit is 1, r and w where it is 0.  */
#include <config.h>

#include <math.h>

#include "../base/kernel.h"
#include "../base/rng.h"
#include "thinned_plan.h"

BD_NO_CONTRACTION

#define POINTS BD_THINNED_POINTS

typedef struct
{
  uint32_t keep; /* of 65536 */
  float factor;
} rule;

static rule
rule_of (double rate)
{
  double keep = 65536 - nearbyint (65536 * rate);

  keep = keep < 1 ? 1 : keep;
  return (rule){ (uint32_t)keep, (float)(65536 / keep) };
}

/* N words of bits that are 1 with the rule's probability.  */
static void
draw_bits (rule a, gsl_rng *r, size_t n, uint32_t words[], uint32_t bits[])
{
  int digit = 0;

  for (size_t i = 0; i < n; i++)
    bits[i] = a.keep == 65536 ? UINT32_MAX : 0;
  while (digit < 16 && !(a.keep >> digit & 1))
    digit++;
  for (; digit < 16; digit++)
    {
      bd_rng_words (r, words, (n + 3) / 4);
      if (a.keep >> digit & 1)
        for (size_t i = 0; i < n; i++)
          bits[i] |= words[i];
      else
        for (size_t i = 0; i < n; i++)
          bits[i] &= words[i];
    }
}

/* Where the groups' sums stand: four bits of a mask are one pick, eight picks
   one word.  */
BD_KERNEL static void
picks (size_t words, size_t each, const uint32_t *restrict bits,
       uint16_t *restrict pick)
{
  for (size_t w = 0; w < words; w++)
    {
      uint32_t base = (uint32_t)(w % each * 8 * 256);
      for (uint32_t g = 0; g < 8; g++)
        pick[8 * w + g]
            = (uint16_t)(base + 256 * g + 16 * (bits[w] >> 4 * g & 15));
    }
}

/* The sums of subsets of the second layer's inputs at point I.  */
static void
fill_table (const bd_thinned *a, bd_thinned_work *work, rule first, size_t i)
{
  const bd_net *net = &a->model->net;
  size_t p = i % POINTS;
  const float *h = a->first + (i - p) * net->padded[1] + p;

  for (size_t k = 0; k < net->padded[1]; k++)
    work->scale[k] = k < net->width[1] ? first.factor * h[k * POINTS] : 0;
  a->k->tables ((net->width[1] + 3) / 4, a->second_width, work->scale,
                a->second, work->table);
}

static size_t
words_of (const bd_net *net, size_t layer)
{
  return (net->padded[layer] + 31) / 32;
}

/* Units of layer LAYER in place, with fresh masks.  */
static void
masked_units (const bd_thinned *a, bd_thinned_work *work, rule law, gsl_rng *r,
              size_t layer, size_t masks, float *z)
{
  const bd_net *net = &a->model->net;
  size_t width = net->padded[layer], each = words_of (net, layer);

  draw_bits (law, r, masks * each, work->words, work->bits);
  for (size_t t = 0; t < masks; t++)
    a->k->unfold (width, work->bits + t * each, law.factor,
                  work->mask + t * width);
  a->k->unit[a->unit](masks, width, net->width[layer], work->mask, width, z,
                      work->S);
}

/* Outputs of MASKS <= POINTS masks at the point of the table.  */
static void
outputs (const bd_thinned *a, bd_thinned_work *work, const rule law[],
         gsl_rng *r, size_t masks, float z[])
{
  const bd_net *net = &a->model->net;
  size_t groups = (net->width[1] + 3) / 4, each = words_of (net, 1);
  float *from = work->C, *to = work->B;

  draw_bits (law[0], r, masks * each, work->words, work->bits);
  picks (masks * each, each, work->bits, work->pick);
  a->k->subsets (masks, groups, a->second_width, work->pick, 8 * each,
                 work->table, a->start, from);
  if (net->layers == 2)
    for (size_t t = 0; t < masks; t++)
      z[t] = from[t * a->second_width];
  for (size_t l = 2; l < net->layers; l++)
    {
      const float *w = a->w + net->weight[l], *b = a->w + net->bias[l];
      masked_units (a, work, law[l - 1], r, l, masks, from);
      if (l + 1 == net->layers)
        a->k->dot (masks, net->padded[l], from, w, *b, z);
      else
        a->k->product (masks, net->padded[l], net->padded[l + 1], from,
                       net->padded[l], 1, w, b, to);
      float *swap = from;
      from = to;
      to = swap;
    }
}

/* Mean and variance of COUNT outputs at the point of the table, about the
   first one, which is near enough to the mean.  */
static void
one_point (const bd_thinned *a, bd_thinned_work *work, const rule law[],
           gsl_rng *r, size_t count, double *mean, double *var)
{
  const bd_net_model *model = a->model;
  float z[POINTS];
  double origin = 0, sum = 0, squares = 0, n = (double)count;

  for (size_t b = 0; b < count; b += POINTS)
    {
      size_t masks = count - b < POINTS ? count - b : POINTS;
      outputs (a, work, law, r, masks, z);
      if (b == 0)
        origin = (double)z[0];
      for (size_t t = 0; t < masks; t++)
        {
          double d = (double)z[t] - origin;
          sum += d;
          squares += d * d;
        }
    }
  double spread = (squares - sum * (sum / n)) / (n - 1);
  *mean = model->y_mean + model->y_scale * (origin + sum / n);
  *var = model->y_scale * model->y_scale * (spread < 0 ? 0 : spread);
}

void
bd_thinned_each (const bd_thinned *a, bd_thinned_work *work, gsl_rng *r,
                 uint64_t seed, const double rate[], size_t count, size_t from,
                 size_t to, double mean[], double var[])
{
  rule law[BD_NET_LAYERS];

  for (size_t l = 0; l + 1 < a->model->net.layers; l++)
    law[l] = rule_of (rate[l]);
  for (size_t i = from; i < to; i++)
    {
      bd_rng_seek (r, seed, BD_LANE_PREDICT_MASK, i);
      fill_table (a, work, law[0], i);
      one_point (a, work, law, r, count, mean + i, var + i);
    }
}
