#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>

#include "train.h"

bd_net_options
bd_net_options_default (void)
{
  bd_net_options o = { .hidden = { 50 },
                       .depth = 1,
                       .steps = 2000,
                       .batch = 128,
                       .rate = 0.0125,
                       .unit = &bd_units[BD_UNIT_TANH],
                       .output = &bd_outputs[BD_OUTPUT_REAL],
                       .optimiser = &bd_optimiser_adam,
                       .schedule = bd_schedules };

  bd_settings_default (o.optimiser->knobs, &o.tuning);
  bd_mask_choose (&o.mask, "bernoulli", 0, NULL);
  return o;
}

int
bd_net_options_check (const bd_net_options *o, bd_error *err)
{
  const bd_optimiser *q = o->optimiser;

  if (!q->minimise)
    return GSL_SUCCESS;
  if (bd_mask_trains (&o->mask))
    return BD_FAIL (err, GSL_EINVAL,
                    "%s works on the whole sample, without masks; dropout "
                    "needs adam, adamw or sgd",
                    q->name);
  if (o->max_norm > 0)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s cannot keep a largest norm; use decay, or adam, adamw "
                    "or sgd",
                    q->name);
  if (o->watch)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s works on the whole sample, without steps that could "
                    "be watched; a watch needs adam, adamw or sgd",
                    q->name);
  return GSL_SUCCESS;
}

size_t
bd_net_steps (const bd_net_options *o, size_t n, double *pass)
{
  double once = (double)n / (double)GSL_MIN (o->batch, n);

  if (pass)
    *pass = once;
  return o->epochs ? (size_t)ceil ((double)o->epochs * once) : o->steps;
}

bd_net_model *
bd_net_model_alloc (const bd_net_options *o, size_t d)
{
  bd_net net
      = bd_net_shape (d, o->hidden, o->depth, o->unit, o->output, o->classes);
  return bd_net_model_of (&net, o->classes, &o->mask);
}
