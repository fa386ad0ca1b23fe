/* Reference: Y. Gal, Z. Ghahramani, "Dropout as a Bayesian approximation",
   ICML 2016.  */
#include <config.h>

#include <stdlib.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "source.h"

typedef struct
{
  gsl_rng *r;
  uint32_t *words;
  double *mask, *H;
} dropout_work;

static void
dropout_free_work (void *work)
{
  dropout_work *w = work;

  if (!w)
    return;
  gsl_rng_free (w->r);
  free (w->words);
  free (w->mask);
  free (w->H);
  free (w);
}

static void *
dropout_make_work (const void *setup)
{
  const bd_dropout *a = setup;
  size_t hidden = a->model->net.hidden;
  dropout_work *w = calloc (1, sizeof *w);

  if (!w)
    return NULL;
  w->r = gsl_rng_alloc (bd_rng_philox);
  w->words = calloc (bd_mask_words (hidden) + 1, sizeof *w->words);
  w->mask = bd_array (hidden, 1);
  w->H = bd_array (2 * a->m, hidden);
  if (w->r && w->words && w->mask && w->H)
    return w;
  dropout_free_work (w);
  return NULL;
}

/* One mask for all points, so that a member is a curve.  Unit j of u is 1
   where the hidden unit is kept; padding is left out.  */
static int
dropout_draw (const void *setup, void *work, uint64_t b, double *p, double u[],
              double t[])
{
  const bd_dropout *a = setup;
  const bd_net *net = &a->model->net;
  dropout_work *w = work;
  size_t unit = 0, before = 0;

  *p = 1;
  bd_rng_seek (w->r, a->seed, BD_LANE_PREDICT_MASK, b);
  bd_mask_draw (a->mask, w->r, net->hidden, w->words, w->mask);
  for (size_t l = 1; l < net->layers; before += net->padded[l++])
    for (size_t j = 0; j < net->width[l]; j++)
      u[unit++] = w->mask[before + j] > 0;
  bd_net_predict (a->model, a->m, a->Z, w->mask, w->H, t);
  return GSL_SUCCESS;
}

const bd_source_type bd_source_dropout = {
  .name = "dropout",
  .help = "random subnetworks of one trained network",
  .work = dropout_make_work,
  .free_work = dropout_free_work,
  .draw = dropout_draw,
};

bd_source
bd_dropout_source (const bd_dropout *dropout)
{
  const bd_net *net = &dropout->model->net;
  size_t units = 0;

  for (size_t l = 1; l < net->layers; l++)
    units += net->width[l];
  return (bd_source){ &bd_source_dropout, dropout, units, dropout->m, units };
}
