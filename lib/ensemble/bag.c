/* References: L. Breiman, "Bagging predictors", Machine Learning 24 (1996);
   for random subsets of the inputs T. K. Ho, "The random subspace method for
   constructing decision forests", IEEE PAMI 20 (1998), and G. Louppe,
   P. Geurts, "Ensembles on random patches", ECML PKDD 2012.  */
#include <config.h>

#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>
#include <string.h>

#include "../base/rng.h"
#include "patch.h"
#include "source.h"

/* A member is nearly singular when its least pivot is below this share of the
   mean weight: some coefficient then varies over 20 times as much as in the
   single fit.  A sine of 100 rows, by a least-squares B-spline of 20 functions
   on bootstrap counts, has a quarter of its members below; they are what makes
   the bag vary many times as much as the single fit, and without them it is
   1.25 times.  On Bayesian weights, which do no harm, 2 % are below; of a
   cubic or a line in ten inputs none.  */
#define BD_SHAKY_PIVOT 0.05

typedef struct
{
  const bd_fitter_type *fitter;
  void *fit;
  bd_resample *scheme;
  bd_patch *patch;
  gsl_rng *r;
} bag_work;

bool
bd_bag_own_plans (const bd_bag *a)
{
  return a->features > 0 || (a->resample->responds && !a->fitter->respond);
}

static void
bag_free_work (void *work)
{
  bag_work *w = work;

  if (!w)
    return;
  w->fitter->free_work (w->fit);
  bd_resample_free (w->scheme);
  bd_patch_free (w->patch);
  gsl_rng_free (w->r);
  free (w);
}

static void *
bag_make_work (const void *setup)
{
  const bd_bag *a = setup;
  const bd_rows only = { .n = a->n };
  bool own = bd_bag_own_plans (a);
  bag_work *w = calloc (1, sizeof *w);

  if (!w)
    return NULL;
  w->fitter = a->fitter;
  w->r = gsl_rng_alloc (bd_rng_philox);
  w->scheme
      = bd_resample_alloc (a->resample, a->scheme, a->rows ? a->rows : &only);
  if (own)
    w->patch = bd_patch_alloc (a);
  else
    w->fit = a->fitter->work (a->plan);
  if (w->r && w->scheme && (w->patch || w->fit))
    return w;
  bag_free_work (w);
  return NULL;
}

/* Fewer rows, as in a subsample, bring all pivots down alike: hence the mean.
   The weights are added up only when there is reason to.  */
static bool
is_shaky (double pivot, size_t n, const double weight[])
{
  return pivot < BD_SHAKY_PIVOT
         && pivot < BD_SHAKY_PIVOT * gsl_stats_mean (weight, 1, n);
}

int
bd_bag_predict (const bd_bag *a, const void *plan, void *work,
                const double weight[], double t[])
{
  const bd_fitter_type *f = a->fitter;
  int code = f->predict (plan, work, t);

  if (!code && f->pivot && is_shaky (f->pivot (plan, work), a->n, weight))
    code = BD_SHAKY;
  return code;
}

static int
fit_member (const bd_bag *a, bag_work *w, double t[])
{
  int code = GSL_SUCCESS;

  if (w->patch)
    return bd_patch_fit (a, w->patch, w->scheme, w->r, t);
  if (w->scheme->y)
    code = a->fitter->respond (a->plan, w->fit, w->scheme->y);
  if (!code)
    code = a->fitter->fit (a->plan, w->fit, w->scheme->w, w->r);
  return code ? code : bd_bag_predict (a, a->plan, w->fit, w->scheme->w, t);
}

static int
bag_draw (const void *setup, void *work, uint64_t b, double *p, double u[],
          double t[])
{
  const bd_bag *a = setup;
  bag_work *w = work;
  const bd_resample *s = w->scheme;

  bd_resample_draw (w->scheme, a->seed, b, w->r);
  *p = s->p;
  memcpy (u, s->u, s->units * sizeof *u);
  if (s->type->units)
    memcpy (u + s->units, s->w, a->n * sizeof *u);
  bd_rng_seek (w->r, a->seed, BD_LANE_FIT, b);
  return fit_member (a, w, t);
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
  const bd_rows only = { .n = bag->n };
  size_t units = bd_resample_units (bag->resample, bag->scheme,
                                    bag->rows ? bag->rows : &only);
  size_t width = bag->resample->units ? units + bag->n : units;

  return (bd_source){ &bd_source_bag, bag, units, bag->m, width };
}
