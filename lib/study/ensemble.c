#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "../net/fitter_net.h"
#include "ensemble.h"

const bd_resample_type *
bd_ensemble_resample (const bd_method *method)
{
  if (method->kind != BD_BAGGING)
    return &bd_resample_none;
  return bd_resample_find (method->fitter->resample);
}

const bd_fitter_type *
bd_ensemble_fitter (const bd_ensemble *e)
{
  const bd_fitter_type *f = e->method->fitter;
  return e->set.classes ? f->classes : f;
}

size_t
bd_ensemble_places (const bd_ensemble *e)
{
  return bd_response_of (e->set.classes)->places (e->set.classes);
}

double
bd_ensemble_factor (const bd_method *method, size_t n)
{
  const bd_rows rows = { .n = n };
  return bd_resample_ij_factor (bd_ensemble_resample (method), NULL, &rows);
}

/* Moments of the right shape for SOURCE.  */
static bd_moments *
shape (const bd_ensemble *e, const bd_source *source)
{
  size_t n = source->units, m = source->points, mc = 0;

  if (e->co_points)
    mc = GSL_MIN (m, GSL_MAX (BD_CO_MOMENTS_MAX / GSL_MAX (n, 1), 1));
  mc = GSL_MIN (mc, e->co_points);
  return bd_moments_alloc (n, m, mc, m);
}

static bd_moments *
run (const bd_ensemble *e, const bd_source *source, bd_error *err)
{
  bd_run_options o = { .members = e->members,
                       .threads = e->threads ? e->threads : 1,
                       .keep = e->keep,
                       .kept = GSL_MIN (e->kept, e->members),
                       .keep_points = e->keep_points };
  bd_moments *a = shape (e, source);

  if (a && bd_run (source, &o, a) == GSL_SUCCESS)
    {
      if (a->failed < a->members)
        return a;
      BD_FAIL (err, GSL_EFAILED, "%s: none of %zu members could be fitted",
               e->method->title, e->members);
    }
  else
    BD_FAIL (err, GSL_ENOMEM, "%s: no memory for %zu members at %zu points",
             e->method->title, e->members, source->points);
  bd_moments_free (a);
  return NULL;
}

/* Why a network could not be trained.  */
static int
untrained (const bd_ensemble *e, const void *work, int code, bd_error *err)
{
  bd_net_trouble q = { 0 };

  if (code == GSL_ERUNAWAY)
    q = bd_fitter_net_trouble (work);
  if (q.epoch == 0)
    return BD_FAIL (err, code, "%s: the network could not be trained",
                    e->method->title);
  return BD_FAIL (err, code,
                  "%s: the loss was no longer finite in epoch %zu at learning "
                  "rate %g, a tenth of the rate tried first",
                  e->method->title, q.epoch, q.rate);
}

/* A network trained on all rows of E, and the standardised points.  */
static int
train (const bd_ensemble *e, const void *plan, void **work, double Z[],
       bd_error *err)
{
  size_t n = e->X->size1;
  double *w = bd_array (n, 1);
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  int code = GSL_ENOMEM;

  *work = e->method->fitter->work (plan);
  if (w && r && *work)
    {
      for (size_t i = 0; i < n; i++)
        w[i] = 1;
      bd_rng_seek (r, e->seed, BD_LANE_FIT, 0);
      code = e->method->fitter->fit (plan, *work, w, r);
    }
  if (!code)
    bd_net_standardise (bd_fitter_net_model (*work), e->P, Z);
  else
    untrained (e, *work, code, err);
  free (w);
  gsl_rng_free (r);
  return code;
}

static bd_moments *
run_dropout (const bd_ensemble *e, const void *plan, double scaled[],
             bd_error *err)
{
  size_t m = e->P->size1;
  double *Z = bd_array (m, e->P->size2);
  void *work = NULL;
  bd_moments *a = NULL;

  if (Z && train (e, plan, &work, Z, err) == GSL_SUCCESS)
    {
      bd_dropout d = {
        .model = bd_fitter_net_model (work), .Z = Z, .m = m, .seed = e->seed
      };
      d.thinned = bd_dropout_plan (&d);
      bd_source source = bd_dropout_source (&d);
      a = run (e, &source, err);
      bd_thinned_free (d.thinned);
      if (scaled)
        e->method->fitter->predict (plan, work, scaled);
    }
  e->method->fitter->free_work (work);
  free (Z);
  return a;
}

bd_moments *
bd_ensemble_run (const bd_ensemble *e, double scaled[], bd_error *err)
{
  const bd_fitter_type *fitter = bd_ensemble_fitter (e);
  bool dropout
      = e->method->kind == BD_SCALING || e->method->kind == BD_DROPOUT;
  void *plan = fitter->plan (&e->set, e->X, e->y, e->P, err);
  bd_moments *a = NULL;

  if (!plan)
    return NULL;
  if (dropout)
    a = run_dropout (e, plan, scaled, err);
  else
    {
      const bd_bag bag = { .fitter = fitter,
                           .plan = plan,
                           .resample = bd_ensemble_resample (e->method),
                           .n = e->X->size1,
                           .m = e->P->size1 * bd_ensemble_places (e),
                           .seed = e->seed };
      bd_source source = bd_bag_source (&bag);
      a = run (e, &source, err);
    }
  if (e->fits)
    *e->fits += dropout ? 1 : e->members;
  fitter->free_plan (plan);
  return a;
}
