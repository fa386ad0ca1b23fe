#include <config.h>

#include <gsl/gsl_math.h>

#include "../base/rng.h"
#include "../ensemble/run.h"
#include "dropping_folds.h"
#include "untied.h"

#define STREAM 1000 /* of seeds: the parts' are behind it */

int
bd_untied_check (const bd_dropping *o, bd_error *err)
{
  const bd_net_options *n = &o->net;
  size_t steps = n->epochs ? n->epochs : n->steps;

  if (o->untied == 0)
    return GSL_SUCCESS;
  if (o->model)
    return BD_FAIL (err, GSL_EINVAL,
                    "untied networks are trained, and one is given");
  if (n->mask.type && n->mask.type->learnt)
    return BD_FAIL (err, GSL_EINVAL,
                    "untied networks keep one mask each, and the rates of %s "
                    "masks are learnt from many; use bernoulli",
                    n->mask.type->name);
  if (n->mask.update)
    return BD_FAIL (err, GSL_EINVAL,
                    "untied networks predict with the mask that they were "
                    "trained with, and masks with on=update are for training "
                    "alone; use on=forward");
  if (o->untied > steps)
    return BD_FAIL (err, GSL_EINVAL,
                    "%zu untied networks cannot share the %zu %s of one; give "
                    "at most %zu networks, or more %s",
                    o->untied, steps, n->epochs ? "epochs" : "steps", steps,
                    n->epochs ? "epochs" : "steps");
  return GSL_SUCCESS;
}

bd_net_options
bd_untied_options (const bd_dropping *o)
{
  bd_net_options n = o->net;

  n.steps /= o->untied;
  n.epochs /= o->untied;
  n.mask.pool = 1;
  n.mask.when = BD_MASK_ALWAYS;
  return n;
}

typedef struct
{
  bd_net_options net;
  const gsl_matrix *X, *P;
  const gsl_vector *y;
  uint64_t seed;
} ensemble;

/* Member B: a network of its own.  */
static int
draw_network (const void *setup, void *work, uint64_t b, double *p, double u[],
              double t[])
{
  const ensemble *e = setup;
  bd_net_model *model
      = bd_dropping_train (&e->net, e->X, e->y, e->seed, b, NULL, NULL);
  int code = model ? bd_net_predict_rows (model, e->P, t) : GSL_EFAILED;

  (void)work;
  *p = 1;
  u[0] = 0;
  bd_net_model_free (model);
  return code;
}

static const bd_source_type source_untied = {
  .name = "untied",
  .help = "networks that are trained apart, each with one mask",
  .draw = draw_network,
};

/* Moments of the networks of E into A.  */
static int
run (const bd_dropping *o, const ensemble *e, bd_predicted *a, bd_error *err)
{
  bd_source source = { &source_untied, e, 1, a->places, 1 };
  bd_moments *sums = bd_moments_alloc (1, a->places, 0, a->places);
  bd_run_options how = { .members = o->untied,
                         .threads = o->threads,
                         .progress = o->progress };
  int code = sums ? bd_run (&source, &how, sums) : GSL_ENOMEM;

  if (code)
    BD_FAIL (err, code, "no memory for %zu networks", o->untied);
  else if (sums->failed == sums->members)
    code = BD_FAIL (err, GSL_ERUNAWAY,
                    "none of %zu networks could be trained: their loss is not "
                    "finite; lower --learning-rate",
                    o->untied);
  else
    bd_predicted_take (a, sums);
  bd_moments_free (sums);
  return code;
}

int
bd_untied_predict (const bd_dropping *o, const gsl_matrix *X,
                   const gsl_vector *y, const gsl_matrix *P, uint64_t part,
                   bd_predicted *a, bd_error *err)
{
  const ensemble e = { .net = bd_untied_options (o),
                       .X = X,
                       .P = P,
                       .y = y,
                       .seed = bd_rng_derive (o->seed, STREAM + part) };
  bd_net_model *shape = bd_net_model_alloc (&e.net, X->size2);
  int code = shape ? bd_predicted_init (a, shape, P->size1) : GSL_ENOMEM;

  bd_net_model_free (shape);
  if (code)
    return BD_FAIL (err, code, "no memory for %zu points", P->size1);
  code = run (o, &e, a, err);
  if (code)
    bd_predicted_free (a);
  return code;
}
