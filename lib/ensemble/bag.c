/* Reference: L. Breiman, "Bagging predictors", Machine Learning 24
   (1996).  */
#include <config.h>

#include <stdlib.h>

#include "../base/rng.h"
#include "source.h"

typedef struct
{
  const bd_fitter_type *fitter;
  void *fit;
  gsl_rng *r;
  uint32_t *words;
} bag_work;

static void
bag_free_work (void *work)
{
  bag_work *w = work;

  if (!w)
    return;
  w->fitter->free_work (w->fit);
  gsl_rng_free (w->r);
  free (w->words);
  free (w);
}

static void *
bag_make_work (const void *setup)
{
  const bd_bag *a = setup;
  bag_work *w = calloc (1, sizeof *w);

  if (!w)
    return NULL;
  w->fitter = a->fitter;
  w->fit = a->fitter->work (a->plan);
  w->r = gsl_rng_alloc (bd_rng_philox);
  w->words = calloc (bd_resample_words (a->n) + 1, sizeof *w->words);
  if (w->fit && w->r && w->words)
    return w;
  bag_free_work (w);
  return NULL;
}

static int
bag_draw (const void *setup, void *work, uint64_t b, double *p, double u[],
          double t[])
{
  const bd_bag *a = setup;
  bag_work *w = work;

  *p = 1;
  bd_rng_seek (w->r, a->seed, BD_LANE_RESAMPLE, b);
  a->resample->draw (a->n, w->r, w->words, u);
  bd_rng_seek (w->r, a->seed, BD_LANE_FIT, b);
  int code = a->fitter->fit (a->plan, w->fit, u, w->r);
  return code ? code : a->fitter->predict (a->plan, w->fit, t);
}

const bd_source_type bd_source_bag = {
  .name = "bag",
  .help = "the same fitter on resampled rows",
  .work = bag_make_work,
  .free_work = bag_free_work,
  .draw = bag_draw,
};

const bd_source_type *const bd_source_types[]
    = { &bd_source_bag, &bd_source_dropout, NULL };

bd_source
bd_bag_source (const bd_bag *bag)
{
  return (bd_source){ &bd_source_bag, bag, bag->n, bag->m };
}
