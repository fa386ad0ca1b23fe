/* Masks and their learnt rates in training.  Reference: Y. Gal, J. Hron, A.
   Kendall, "Concrete dropout", NIPS 2017.  */
#include <config.h>

#include <string.h>

#include "../base/kernel.h"
#include "trainer.h"

BD_NO_CONTRACTION

void
bd_train_draw_masks (bd_net_trainer *t, const bd_net *net, size_t rows)
{
  const bd_mask *mask = &t->mask;
  bool weights = t->masked && mask->type->weights;

  if (t->masked)
    bd_mask_draw (mask, net, t->mask_rng, t->pool_seed, t->phase,
                  bd_mask_rows (mask, rows), t->words, t->factor);
  if (weights)
    for (size_t k = 0; k < net->size; k++)
      t->dropped[k] = t->w[k] * t->factor[k];
  bd_pass_float_weights (&t->pass, weights ? t->dropped : t->w, 1);
}

void
bd_train_point_masks (bd_net_trainer *t, const bd_net *net, size_t first)
{
  bd_pass_float *p = &t->pass;

  p->mask = p->input = NULL;
  if (!t->masked || t->mask.update || t->mask.type->weights)
    return;
  p->stride = p->input_stride = t->mask.batch ? 0 : t->places;
  p->mask = t->factor + first * p->stride;
  if (t->mask.input > 0)
    p->input = p->mask + net->hidden;
}

void
bd_train_rate_slopes (bd_net_trainer *t, const bd_net *net, size_t count)
{
  const bd_pass_float *p = &t->pass;
  size_t before = 0;

  for (size_t l = 0; l + 1 < net->layers; before += net->padded[++l])
    {
      size_t width = net->padded[l + 1];
      double sum = 0;
      for (size_t s = 0; s < count; s++)
        {
          const float *f = p->mask + s * p->stride + before;
          size_t at = before * count + s * width;
          for (size_t j = 0; j < net->width[l + 1]; j++)
            t->slope[j] = f[j] != 0 ? p->M[at + j] * p->A[at + j] / f[j] : 0;
          t->mask.type->slope (&t->mask, t->mask.rate[l], net->width[l + 1], f,
                               t->slope, &sum);
        }
      t->G[net->size + l] += (float)sum;
    }
}

void
bd_train_penalty (bd_net_trainer *t, const bd_net *net)
{
  const bd_mask *mask = &t->mask;

  for (size_t l = 0; l + 1 < net->layers && mask->type->penalty; l++)
    {
      double ss = 0, logit = 0, shrink = 0;
      size_t from = net->weight[l + 1], to = net->bias[l + 1];
      for (size_t k = from; k < to; k++)
        ss += (double)t->w[k] * (double)t->w[k];
      mask->type->penalty (mask, mask->rate[l], (double)net->width[l + 1], ss,
                           (double)t->rows.rows, &logit, &shrink);
      t->G[net->size + l] += (float)logit;
      for (size_t k = from; k < to; k++)
        t->G[k] += (float)shrink * t->w[k];
    }
}

/* TO = FROM, or 0 where that is NULL, for the row of weights that leave a
   place: for all of them if it is dropped, else for those that enter a dropped
   unit.  INTO NULL: no unit is dropped there.  */
static void
hold_row (size_t width, bool dropped, const float into[], const float from[],
          float to[])
{
  for (size_t j = 0; j < width; j++)
    if (dropped || (into && !(into[j] > 0)))
      to[j] = from ? from[j] : 0;
}

/* The same for all weights of dropped units and inputs.  */
static void
hold (const bd_net_trainer *t, const bd_net *net, const float from[],
      float to[])
{
  const float *out = t->mask.input > 0 ? t->factor + net->hidden : NULL;
  const float *into = t->factor;

  for (size_t l = 0; l < net->layers; l++)
    {
      size_t width = net->width[l + 1], stride = net->padded[l + 1];
      into = l + 1 < net->layers ? into : NULL;
      for (size_t k = 0; k <= net->width[l]; k++)
        {
          bool bias = k == net->width[l];
          size_t at = bias ? net->bias[l] : net->weight[l] + k * stride;
          hold_row (width, !bias && out && !(out[k] > 0), into,
                    from ? from + at : NULL, to + at);
        }
      out = into;
      if (into)
        into += stride;
    }
}

const float *
bd_train_followed (bd_net_trainer *t, const bd_net *net)
{
  if (!t->masked || !t->mask.update)
    return t->G;
  memcpy (t->dropped, t->G, t->size * sizeof *t->G);
  hold (t, net, NULL, t->dropped);
  return t->dropped;
}

void
bd_train_hold (bd_net_trainer *t, const bd_net *net)
{
  if (t->masked && t->mask.update)
    hold (t, net, t->before, t->w);
}
