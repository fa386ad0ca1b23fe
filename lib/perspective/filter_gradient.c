#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "filter_gradient.h"

#define DEALS 2

double
bd_direction (const double a[], const double b[], size_t count)
{
  double aa = 0, bb = 0, ab = 0;

  for (size_t k = 0; k < count; k++)
    {
      aa += a[k] * a[k];
      bb += b[k] * b[k];
      ab += a[k] * b[k];
    }
  return (1 - ab / sqrt (aa * bb)) / 2;
}

/* Places of the masks of a batch, whatever their law.  */
static size_t
most_places (const bd_net *net, size_t batch)
{
  size_t units = net->hidden + bd_net_padded (net->width[0]);
  return GSL_MAX (bd_net_padded (net->size), batch * units);
}

static void
deal (bd_batches *a)
{
  size_t n = a->d->n;

  bd_rng_seek (a->r, a->seed, BD_LANE_SPLIT, 0);
  for (size_t k = 0; k < DEALS; k++)
    {
      for (size_t i = 0; i < n; i++)
        a->row[k * n + i] = i;
      gsl_ran_shuffle (a->r, a->row + k * n, n, sizeof *a->row);
    }
}

int
bd_batches_init (bd_batches *a, const bd_net *net, const bd_dataset *d,
                 size_t batch, uint64_t seed)
{
  size_t places = most_places (net, batch);

  *a = (bd_batches){ .d = d,
                     .batch = batch,
                     .count = d->n / batch,
                     .size = net->size,
                     .seed = seed };
  a->row = calloc (DEALS * d->n, sizeof *a->row);
  a->Z = bd_array (d->n, d->d);
  a->z = bd_array (batch, d->d);
  a->y = bd_array (d->n, 1);
  a->u = bd_array (batch, 1);
  a->full = bd_array (net->size, 1);
  a->G = bd_array (a->count, net->size);
  a->H = bd_array (bd_net_room (net, d->n), 1);
  a->all = bd_array (places, 1);
  a->factor = bd_floats (places);
  a->words = calloc (bd_mask_words (places) + 4, sizeof *a->words);
  a->r = gsl_rng_alloc (bd_rng_philox);
  if (!a->row || !a->Z || !a->z || !a->y || !a->u || !a->full || !a->G || !a->H
      || !a->all || !a->factor || !a->words || !a->r)
    return GSL_ENOMEM;
  deal (a);
  return GSL_SUCCESS;
}

void
bd_batches_free (bd_batches *a)
{
  free (a->row);
  free (a->Z);
  free (a->z);
  free (a->y);
  free (a->u);
  free (a->full);
  free (a->G);
  free (a->H);
  free (a->all);
  free (a->factor);
  free (a->words);
  gsl_rng_free (a->r);
}

/* Fresh masks for a batch: a row for each of its rows, or one for all.  */
static bd_net_mask
draw_masks (bd_batches *a, const bd_net_model *model, const bd_mask *mask,
            double phase)
{
  const bd_net *net = &model->net;
  size_t places = bd_mask_places (mask, net);
  size_t rows = bd_mask_rows (mask, a->batch);

  bd_mask_draw (mask, net, a->r, model->pool_seed, phase, rows, a->words,
                a->factor);
  for (size_t k = 0; k < rows * places; k++)
    a->all[k] = (double)a->factor[k];
  bd_net_mask to = bd_net_mask_of (mask, net, a->all);
  if (rows > 1)
    to.stride = to.input_stride = places;
  return to;
}

/* The gradient of batch B of deal K into row B of G.  */
static void
batch_gradient (bd_batches *a, const bd_net_model *model, const bd_mask *mask,
                double phase, size_t k, size_t b)
{
  size_t d = a->d->d, count = a->batch;
  const size_t *row = a->row + k * a->d->n + b * count;
  bd_net_mask drawn = { .hidden = NULL };

  for (size_t i = 0; i < count; i++)
    {
      memcpy (a->z + i * d, a->Z + row[i] * d, d * sizeof *a->z);
      a->u[i] = a->y[row[i]];
    }
  if (mask)
    drawn = draw_masks (a, model, mask, phase);
  bd_net_gradient (&model->net, model->w, count, a->z, a->u,
                   mask ? &drawn : NULL, a->H, a->G + b * a->size);
}

/* The mean of those of the numbers that are known, added up in *SUM.  */
static void
count_in (double x, double *sum, double *used)
{
  if (gsl_finite (x))
    {
      *sum += x;
      *used += 1;
    }
}

bd_directions
bd_batches_measure (bd_batches *a, const bd_net_model *model,
                    const bd_mask *mask, double phase)
{
  double error = 0, errors = 0, spread = 0, spreads = 0;

  bd_net_standardise (model, a->d->X, a->Z);
  for (size_t i = 0; i < a->d->n; i++)
    a->y[i] = (gsl_vector_get (a->d->y, i) - model->y_mean) / model->y_scale;
  bd_net_gradient (&model->net, model->w, a->d->n, a->Z, a->y, NULL, a->H,
                   a->full);
  bd_rng_seek (a->r, a->seed, BD_LANE_TRAIN_MASK, 0);
  for (size_t k = 0; k < DEALS; k++)
    {
      for (size_t b = 0; b < a->count; b++)
        {
          double *g = a->G + b * a->size;
          batch_gradient (a, model, mask, phase, k, b);
          count_in (bd_direction (g, a->full, a->size), &error, &errors);
          for (size_t c = 0; c < b; c++)
            count_in (bd_direction (g, a->G + c * a->size, a->size), &spread,
                      &spreads);
        }
    }
  return (bd_directions){ .error = error / errors,
                          .spread = spread / spreads };
}
