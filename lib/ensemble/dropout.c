/* Reference: Y. Gal, Z. Ghahramani, "Dropout as a Bayesian approximation",
   ICML 2016.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "source.h"

typedef struct
{
  gsl_rng *r;
  uint32_t *words;
  float *factor;
  double *mask, *H;
  bd_thinned_work *thin; /* instead of these two */
} dropout_work;

const bd_mask *
bd_dropout_mask (const bd_dropout *a)
{
  return a->mask ? a->mask : &a->model->mask;
}

static void
dropout_free_work (void *work)
{
  dropout_work *w = work;

  if (!w)
    return;
  gsl_rng_free (w->r);
  free (w->words);
  free (w->factor);
  free (w->mask);
  free (w->H);
  bd_thinned_work_free (w->thin);
  free (w);
}

bd_thinned *
bd_dropout_plan (const bd_dropout *a)
{
  const bd_mask *mask = bd_dropout_mask (a);

  if (!bd_mask_acts (mask) || mask->type->weights || mask->input > 0)
    return NULL;
  return bd_thinned_alloc (a->model, a->m, a->Z);
}

static void *
dropout_make_work (const void *setup)
{
  const bd_dropout *a = setup;
  size_t places = bd_mask_places (bd_dropout_mask (a), &a->model->net);
  dropout_work *w = calloc (1, sizeof *w);

  if (!w)
    return NULL;
  w->r = gsl_rng_alloc (bd_rng_philox);
  w->words = calloc (bd_mask_words (places) + 4, sizeof *w->words);
  w->factor = bd_floats (places);
  w->mask = bd_array (a->thinned ? 1 : places, 1);
  w->H = bd_array (a->thinned ? 1 : bd_net_predict_room (a->model, a->m), 1);
  if (a->thinned)
    w->thin = bd_thinned_work_alloc (a->thinned);
  if (w->r && w->words && w->factor && w->mask && w->H
      && (w->thin || !a->thinned))
    return w;
  dropout_free_work (w);
  return NULL;
}

/* A unit under a mask of weights: the mean factor of those that enter it.  */
static double
mean_factor (const bd_net *net, const float factor[], size_t l, size_t j)
{
  double sum = 0;

  for (size_t k = 0; k < net->width[l - 1]; k++)
    sum += (double)factor[net->weight[l - 1] + k * net->padded[l] + j];
  return sum / (double)net->width[l - 1];
}

/* What of each unit was kept: 1 or 0, or its factor; then of each input.  */
static void
put_units (const bd_mask *mask, const bd_net *net, const float factor[],
           double u[])
{
  size_t unit = 0, before = 0;

  for (size_t l = 1; l < net->layers; before += net->padded[l++])
    for (size_t j = 0; j < net->width[l]; j++)
      if (mask->type->weights)
        u[unit++] = mean_factor (net, factor, l, j);
      else if (mask->type->binary)
        u[unit++] = factor[before + j] > 0;
      else
        u[unit++] = (double)factor[before + j];
  for (size_t j = 0; mask->input > 0 && j < net->width[0]; j++)
    u[unit++] = mask->type->binary ? factor[before + j] > 0
                                   : (double)factor[before + j];
}

/* One mask for all points, so that a member is a curve.  */
static int
dropout_draw (const void *setup, void *work, uint64_t b, double *p, double u[],
              double t[])
{
  const bd_dropout *a = setup;
  const bd_net *net = &a->model->net;
  const bd_mask *mask = bd_dropout_mask (a);
  size_t places = bd_mask_places (mask, net);
  dropout_work *w = work;

  *p = 1;
  bd_rng_seek (w->r, a->seed, BD_LANE_PREDICT_MASK, b);
  bd_mask_draw (mask, net, w->r, a->model->pool_seed, 1, 1, w->words,
                w->factor);
  put_units (mask, net, w->factor, u);
  if (w->thin)
    {
      bd_thinned_curve (a->thinned, w->thin, w->factor, t);
      return GSL_SUCCESS;
    }
  for (size_t k = 0; k < places; k++)
    w->mask[k] = (double)w->factor[k];
  bd_net_mask factors = bd_net_mask_of (mask, net, w->mask);
  bd_net_predict (a->model, a->m, a->Z, &factors, w->H, t);
  return GSL_SUCCESS;
}

const bd_source_type bd_source_dropout = {
  .name = "dropout",
  .help = "random subnetworks of one trained network",
  .work = dropout_make_work,
  .free_work = dropout_free_work,
  .draw = dropout_draw,
};

size_t
bd_dropout_units (const bd_dropout *dropout)
{
  const bd_net *net = &dropout->model->net;
  size_t units = 0;

  for (size_t l = 1; l < net->layers; l++)
    units += net->width[l];
  return units + (bd_dropout_mask (dropout)->input > 0 ? net->width[0] : 0);
}

bd_source
bd_dropout_source (const bd_dropout *dropout)
{
  size_t units = bd_dropout_units (dropout);
  size_t points = dropout->m * bd_net_predictions (dropout->model);

  return (bd_source){ &bd_source_dropout, dropout, units, points, units };
}
