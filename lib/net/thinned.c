/* A curve is a product of small matrices: live units of a layer x live units
   of the layer below, for the points of a block.  Weights of live units are
   copied close together with their factors in them; all of it stays in the
   first cache.  */
#include <config.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/kernel.h"
#include "thinned_plan.h"

BD_NO_CONTRACTION

#define POINTS BD_THINNED_POINTS
#define PAD BD_NET_PAD

static size_t
blocks (const bd_thinned *a)
{
  return (a->m + POINTS - 1) / POINTS;
}

/* The first layer's activations at all points, unit after unit.  */
static void
fill_first (bd_thinned *a, const double Z[], float *x, float *h, float *s)
{
  const bd_net *net = &a->model->net;
  size_t d = net->width[0], width = net->padded[1];

  for (size_t i = 0; i < blocks (a) * POINTS; i += POINTS)
    {
      memset (x, 0, POINTS * d * sizeof *x);
      for (size_t p = 0; p < POINTS && i + p < a->m; p++)
        for (size_t j = 0; j < d; j++)
          x[p * d + j] = (float)Z[(i + p) * d + j];
      a->k->product (POINTS, d, width, x, d, 1, a->w + net->weight[0],
                     a->w + net->bias[0], h);
      a->k->unit[a->unit](POINTS, width, net->width[1], NULL, 0, h, s);
      a->k->transpose (POINTS, width, h, a->first + i * width);
    }
}

/* The second layer's weights and biases, those of a single output in rows of
   PAD places.  */
static void
fill_second (bd_thinned *a)
{
  const bd_net *net = &a->model->net;
  size_t from = net->layers > 2 ? net->padded[2] : 1;

  for (size_t k = 0; k < net->padded[1]; k++)
    memcpy (a->second + k * a->second_width, a->w + net->weight[1] + k * from,
            from * sizeof *a->second);
  memcpy (a->start, a->w + net->bias[1], from * sizeof *a->start);
}

bd_thinned *
bd_thinned_alloc (const bd_net_model *model, size_t m, const double Z[])
{
  const bd_net *net = &model->net;
  bd_thinned *a = calloc (1, sizeof *a);

  if (!a || net->width[net->layers] != 1
      || (net->output && net->output->classes))
    {
      free (a);
      return NULL;
    }
  *a = (bd_thinned){ .model = model,
                     .k = bd_kernels_of_floats (),
                     .m = m,
                     .unit = (size_t)(net->unit - bd_units) };
  for (size_t l = 1; l < net->layers; l++)
    a->widest = net->padded[l] > a->widest ? net->padded[l] : a->widest;
  a->second_width = net->layers > 2 ? net->padded[2] : PAD;
  size_t width = net->padded[1], block = POINTS * width;
  float *x = bd_floats (POINTS * net->width[0]), *h = bd_floats (2 * block);
  a->w = bd_floats (net->size);
  a->first = bd_floats (blocks (a) * block);
  a->second = bd_floats (width * a->second_width);
  a->start = bd_floats (a->second_width);
  bool good = x && h && a->w && a->first && a->second && a->start;
  if (good)
    {
      for (size_t i = 0; i < net->size; i++)
        a->w[i] = (float)model->w[i];
      fill_first (a, Z, x, h, h + block);
      fill_second (a);
    }
  free (x);
  free (h);
  if (!good)
    {
      bd_thinned_free (a);
      return NULL;
    }
  return a;
}

void
bd_thinned_free (bd_thinned *a)
{
  if (!a)
    return;
  free (a->w);
  free (a->first);
  free (a->second);
  free (a->start);
  free (a);
}

bd_thinned_work *
bd_thinned_work_alloc (const bd_thinned *a)
{
  bd_thinned_work *work = calloc (1, sizeof *work);
  size_t wide = a->widest, block = POINTS * (wide + PAD);
  size_t words = POINTS * (wide / 32 + 1) + 4;

  if (!work)
    return NULL;
  *work = (bd_thinned_work){
    .A = bd_floats ((a->model->net.layers - 1) * (wide + 1) * (wide + 1)),
    .B = bd_floats (block),
    .C = bd_floats (block),
    .S = bd_floats (block),
    .mask = bd_floats (block),
    .table = bd_floats (4 * a->model->net.padded[1] * a->second_width),
    .scale = bd_floats (wide),
    .t = calloc (POINTS, sizeof *work->t),
    .words = calloc (words, sizeof *work->words),
    .bits = calloc (words, sizeof *work->bits),
    .pick = calloc (8 * words, sizeof *work->pick),
    .live = calloc (a->model->net.layers * (wide + 1), sizeof *work->live),
  };
  if (!work->A || !work->B || !work->C || !work->S || !work->mask
      || !work->table || !work->scale || !work->t || !work->words
      || !work->bits || !work->pick || !work->live)
    {
      bd_thinned_work_free (work);
      return NULL;
    }
  return work;
}

void
bd_thinned_work_free (bd_thinned_work *work)
{
  if (!work)
    return;
  free (work->A);
  free (work->B);
  free (work->C);
  free (work->S);
  free (work->mask);
  free (work->table);
  free (work->scale);
  free (work->t);
  free (work->words);
  free (work->bits);
  free (work->pick);
  free (work->live);
  free (work);
}

typedef struct /* live units of a layer */
{
  size_t count;
  uint32_t *place;
} live_units;

static live_units
find_live (size_t width, const float factor[], uint32_t place[])
{
  live_units a = { 0, place };

  for (uint32_t k = 0; k < width; k++)
    {
      place[a.count] = k;
      a.count += factor[k] != 0;
    }
  return a;
}

/* Weights of layer LAYER from live units below to live units above: rows are
   the units below, with their factors, then the biases.  */
static void
pack (const bd_thinned *a, size_t layer, const float factor[],
      live_units below, live_units above, float *A)
{
  const bd_net *net = &a->model->net;
  size_t out = layer + 1 < net->layers ? net->padded[layer + 1] : 1;
  const float *w = a->w + net->weight[layer], *b = a->w + net->bias[layer];

  for (size_t q = 0; q < below.count; q++, A += above.count)
    {
      const float *row = w + below.place[q] * out;
      float f = factor[below.place[q]];
      for (size_t r = 0; r < above.count; r++)
        A[r] = f * row[above.place[r]];
    }
  for (size_t r = 0; r < above.count; r++)
    A[r] = b[above.place[r]];
}

/* Live rows of the first layer for a block of points, then ones.  */
static void
gather (const float *first, live_units live, float *B)
{
  for (size_t q = 0; q < live.count; q++, B += POINTS)
    memcpy (B, first + live.place[q] * POINTS, POINTS * sizeof *B);
  for (size_t i = 0; i < POINTS; i++)
    B[i] = 1;
}

/* The block's outputs from the first layer in B; count[l] units of layer l + 1
   are live.  Returns the place of the outputs.  */
static const float *
climb (const bd_thinned *a, bd_thinned_work *work, const size_t count[])
{
  const float *A = work->A;
  float *from = work->B, *to = work->C;

  for (size_t l = 1; l < a->model->net.layers; l++)
    {
      size_t rows = count[l], ranks = count[l - 1] + 1;
      memset (to, 0, rows * POINTS * sizeof *to);
      a->k->product (rows, ranks, POINTS, A, 1, rows, from, NULL, to);
      A += rows * ranks;
      if (l + 1 == a->model->net.layers)
        return to;
      a->k->unit[a->unit](rows, POINTS, POINTS, NULL, 0, to, work->S);
      for (size_t i = 0; i < POINTS; i++)
        to[rows * POINTS + i] = 1;
      float *swap = from;
      from = to;
      to = swap;
    }
  return from;
}

void
bd_thinned_curve (const bd_thinned *a, bd_thinned_work *work,
                  const float factor[], double t[])
{
  const bd_net_model *model = a->model;
  const bd_net *net = &model->net;
  size_t count[BD_NET_LAYERS];
  uint32_t one = 0, *live = work->live;
  float *A = work->A;
  live_units first = find_live (net->width[1], factor, live), below = first;

  count[0] = first.count;
  for (size_t l = 1; l < net->layers; l++)
    {
      const float *above_factor = factor + net->padded[l];
      live_units above = l + 1 < net->layers
                             ? find_live (net->width[l + 1], above_factor,
                                          live + l * (a->widest + 1))
                             : (live_units){ 1, &one };
      pack (a, l, factor, below, above, A);
      A += (below.count + 1) * above.count;
      count[l] = above.count;
      factor = above_factor;
      below = above;
    }
  for (size_t i = 0; i < a->m; i += POINTS)
    {
      gather (a->first + i * net->padded[1], first, work->B);
      const float *z = climb (a, work, count);
      for (size_t p = 0; p < POINTS && i + p < a->m; p++)
        t[i + p] = model->y_mean + model->y_scale * (double)z[p];
    }
}
