#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <time.h>

#include "../base/array.h"
#include "../ensemble/run.h"
#include "dropping.h"
#include "dropping_folds.h"

#define STEPS 100 /* tried */
#define MASKS 64

static double
now (void)
{
  struct timespec t;
  clock_gettime (CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* A network after a few steps; *SECONDS is what a whole training takes.  */
static bd_net_model *
try_training (const bd_dropping *o, double *seconds, bd_error *err)
{
  bd_net_options few = o->net;
  double steps = (double)bd_net_steps (&o->net, o->X->size1, NULL);
  double start = now ();

  few.epochs = 0;
  few.steps = (size_t)GSL_MIN_DBL (steps, STEPS);
  bd_net_model *model
      = bd_dropping_train (&few, o->X, o->y, o->seed, 0, NULL, err);
  *seconds = (now () - start) * steps / (double)few.steps;
  return model;
}

/* Seconds that all masks of O take on one thread.  */
static int
try_masks (const bd_dropping *o, const bd_net_model *model, double *seconds,
           bd_error *err)
{
  double *Z = bd_array (o->P->size1, o->P->size2);
  bd_predicted a = { 0 };
  bd_predicting q = { .model = model,
                      .Z = Z,
                      .m = o->P->size1,
                      .masks = GSL_MIN (o->masks, MASKS),
                      .seed = o->seed,
                      .threads = 1 };

  if (!Z)
    return BD_FAIL (err, GSL_ENOMEM, "no memory for %zu points", q.m);
  bd_net_standardise (model, o->P, Z);
  double start = now ();
  int code = bd_predict (o->predict, &q, &a, err);
  *seconds = (now () - start) * (double)o->masks / (double)q.masks;
  bd_predicted_free (&a);
  free (Z);
  return code;
}

int
bd_dropping_cost_of (const bd_dropping *o, bool search, bd_dropping_cost *cost,
                     bd_error *err)
{
  double lanes = o->threads < 1 ? bd_run_threads () : o->threads;
  double training = 0, masks = 0;
  bd_net_model *own = NULL;
  bool draws = o->predict->draws && !o->untied;
  int code = GSL_SUCCESS;

  *cost = (bd_dropping_cost){ .masks = draws ? o->masks : 0 };
  if (!o->model)
    {
      own = try_training (o, &training, err);
      if (!own)
        return GSL_EFAILED;
      size_t folds = bd_dropping_folds (o);
      if (o->interval.type && o->interval.type->source == BD_INTERVAL_SPLIT)
        folds++;
      size_t whole = folds + (search ? BD_RATES * BD_RATE_FOLDS : 0);
      cost->networks = 1 + whole;
      cost->seconds = training * (1 + (double)whole / lanes);
      if (o->untied)
        {
          cost->networks = whole + o->untied * (1 + folds);
          cost->seconds = training * (double)(1 + whole + folds) / lanes;
        }
    }
  if (draws)
    code = try_masks (o, own ? own : o->model, &masks, err);
  cost->seconds += masks / lanes;
  bd_net_model_free (own);
  return code;
}
