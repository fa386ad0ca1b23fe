#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "../ensemble/resample.h"
#include "../fitter/fitter.h"
#include "../net/fitter_net.h"
#include "cast.h"
#include "watch.h"

#define SEED 7 /* of the trainings, derived from a repetition's */

enum /* streams of a null run */
{
  NULL_STREAMS = 1000,
  NULL_DECAYS = 2000,
  NULL_BAGS = 3000,
  NULL_SEEDS = 4000
};

const double bd_cast_rates[BD_RATES] = { .02, .05, .1, .2, .3, .4, .5 };
const double bd_cast_decays[BD_DECAYS]
    = { 1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1 };

void
bd_cast_arms (bd_layout *l)
{
  static const char *const rate[]
      = { ".02", ".05", ".1", ".2", ".3", ".4", ".5" };

  bd_layout_arm (l, "single", "single network", "single");
  for (size_t k = 0; k < BD_RATES; k++)
    {
      char name[32], title[32];
      snprintf (name, sizeof name, "dropout_0%s", rate[k]);
      snprintf (title, sizeof title, "dropout %s", rate[k]);
      bd_layout_arm (l, name, title, "dropout");
    }
  bd_layout_arm (l, "dropout_tuned", "dropout, tuned rate", "tuned");
  bd_layout_arm (l, "bagged", "bagged networks", "bagging");
  bd_layout_arm (l, "seeds", "networks by seed", "other");
  bd_layout_arm (l, "decay", "weight decay", "single");
  bd_layout_arm (l, "stopped", "early stopping", "single");
}

/* A class needs an output that predicts classes.  */
static const bd_output *
output_of (size_t classes)
{
  return &bd_outputs[classes == 0   ? BD_OUTPUT_REAL
                     : classes == 2 ? BD_OUTPUT_LOGISTIC
                                    : BD_OUTPUT_SOFTMAX];
}

int
bd_cast_choose (const bd_perspective_options *o, size_t classes,
                bd_net_options *base, bd_mask *mask, bd_error *err)
{
  bd_settings set;
  int code = bd_knob_parse (bd_fitter_net.knobs, o->network ? o->network : "",
                            &set, err);

  if (!code)
    code = bd_fitter_net_options (&set, base, err);
  if (!code && base->optimiser->minimise)
    code = BD_FAIL (err, GSL_EINVAL,
                    "the experiments watch the steps of a training, and %s "
                    "works on the whole sample; use adam, adamw or sgd",
                    base->optimiser->name);
  if (!code && bd_mask_acts (&base->mask))
    code = BD_FAIL (err, GSL_EINVAL,
                    "the experiments set the dropout rates themselves; leave "
                    "them out of the network's knobs and choose the law with "
                    "--mask");
  if (!code)
    code = bd_mask_choose (mask, o->mask, 0, err);
  base->output = output_of (classes);
  base->classes = classes;
  base->decay = base->stop = 0;
  return code;
}

uint64_t
bd_cast_seed (const bd_repetition *r)
{
  return bd_rng_derive (r->seed, SEED);
}

bd_net_options
bd_cast_masked (const bd_net_options *base, const bd_mask *mask, double q)
{
  bd_net_options o = *base;

  o.mask = *mask;
  for (size_t l = 0; l < BD_NET_LAYERS; l++)
    o.mask.rate[l] = q;
  return o;
}

uint64_t
bd_cast_stream (const bd_cast *c, size_t arm)
{
  return c->r->o->null ? NULL_STREAMS + arm : 0;
}

bd_net_options
bd_cast_control (const bd_cast *c, const bd_net_options *o)
{
  return c->r->o->null ? c->base : *o;
}

bd_net_options
bd_cast_options (const bd_cast *c, size_t arm)
{
  bd_net_options o = c->base;

  if (c->r->o->null)
    return o;
  if (arm == BD_ARM_TUNED)
    arm = BD_ARM_RATE + c->rate;
  if (arm >= BD_ARM_RATE && arm < BD_ARM_RATE + BD_RATES)
    return bd_cast_masked (&c->base, &c->mask,
                           bd_cast_rates[arm - BD_ARM_RATE]);
  if (arm == BD_ARM_DECAY)
    o.decay = bd_cast_decays[c->decay];
  return o;
}

bd_team
bd_cast_team (const bd_cast *c, size_t arm)
{
  if (arm == BD_ARM_BAG)
    return (bd_team){ c->bag, c->nets };
  if (arm == BD_ARM_SEEDS)
    return (bd_team){ c->seeds, c->nets };
  if (arm == BD_ARM_TUNED)
    arm = BD_ARM_RATE + c->rate;
  return (bd_team){ &c->one[arm], 1 };
}

void
bd_cast_free (bd_cast *c)
{
  for (size_t k = 0; k < BD_CAST; k++)
    if (k != BD_ARM_DECAY)
      bd_net_model_free (c->one[k]);
  for (size_t k = 0; k < BD_DECAYS; k++)
    bd_net_model_free (c->path[k]);
  for (size_t b = 0; b < c->nets; b++)
    {
      if (c->bag)
        bd_net_model_free (c->bag[b]);
      if (c->seeds)
        bd_net_model_free (c->seeds[b]);
    }
  free (c->bag);
  free (c->seeds);
}

/* Bagged networks, and the same with all rows.  */
static int
train_ensembles (bd_cast *c)
{
  const bd_dataset *d = c->r->train;
  const bd_rows rows = { .n = d->n };
  uint64_t seed = bd_cast_seed (c->r);
  bd_resample *s = bd_resample_alloc (&bd_resample_bootstrap, NULL, &rows);
  gsl_rng *g = gsl_rng_alloc (bd_rng_philox);
  bool null = c->r->o->null;
  int code = GSL_ENOMEM;

  c->bag = calloc (c->nets, sizeof *c->bag);
  c->seeds = calloc (c->nets, sizeof *c->seeds);
  if (s && g && c->bag && c->seeds)
    code = GSL_SUCCESS;
  for (size_t b = 0; !code && b < c->nets; b++)
    {
      bd_resample_draw (s, seed, b, g);
      code = bd_team_train (&c->base, d, null ? NULL : s->w, seed,
                            null ? NULL_BAGS + b : b, &c->bag[b]);
      if (!code)
        code = bd_team_train (&c->base, d, NULL, seed,
                              null ? NULL_SEEDS + b : b, &c->seeds[b]);
    }
  bd_resample_free (s);
  gsl_rng_free (g);
  return code;
}

static int
train_stopped (bd_cast *c)
{
  bd_net_options o = c->base;
  const bd_net_watch watch = { bd_watch_stop_at, &c->steps };

  if (!c->r->o->null)
    o.watch = &watch;
  return bd_team_train (&o, c->r->train, NULL, bd_cast_seed (c->r),
                        bd_cast_stream (c, BD_ARM_STOP), &c->one[BD_ARM_STOP]);
}

static int
train_all (bd_cast *c, bool ensembles)
{
  const bd_dataset *d = c->r->train;
  uint64_t seed = bd_cast_seed (c->r);
  bool null = c->r->o->null;
  int code = bd_cast_tune (c);

  for (size_t arm = BD_ARM_SINGLE; !code && arm < BD_ARM_TUNED; arm++)
    {
      const bd_net_options o = bd_cast_options (c, arm);
      code = bd_team_train (&o, d, NULL, seed, bd_cast_stream (c, arm),
                            &c->one[arm]);
    }
  for (size_t k = 0; !code && k < BD_DECAYS; k++)
    {
      bd_net_options o = c->base;
      o.decay = null ? 0 : bd_cast_decays[k];
      code = bd_team_train (&o, d, NULL, seed, null ? NULL_DECAYS + k : 0,
                            &c->path[k]);
    }
  c->one[BD_ARM_DECAY] = c->path[c->decay];
  if (!code)
    code = train_stopped (c);
  return !code && ensembles ? train_ensembles (c) : code;
}

int
bd_cast_init (bd_cast *c, const bd_repetition *r, bool ensembles)
{
  *c = (bd_cast){ .r = r, .nets = r->o->null ? 1 : r->o->nets };
  int code
      = bd_cast_choose (r->o, r->train->classes, &c->base, &c->mask, NULL);

  if (!code)
    code = train_all (c, ensembles);
  if (code)
    bd_cast_free (c);
  return code;
}

void
bd_cast_losses (const bd_cast *c, double loss[BD_CAST])
{
  for (size_t arm = 0; arm < BD_CAST; arm++)
    {
      bd_team a = bd_cast_team (c, arm);
      bool there = a.model && a.model[0];
      loss[arm] = there ? bd_team_loss (&a, c->r->test) : GSL_NAN;
    }
}

void
bd_cast_put_losses (const bd_cast *c, const bd_layout *l, double v[])
{
  double loss[BD_CAST];

  bd_cast_losses (c, loss);
  for (size_t arm = 0; arm < BD_CAST; arm++)
    *bd_layout_in (l, v, "loss", arm) = loss[arm];
}

size_t
bd_cast_equal_decay (const bd_cast *c, double loss)
{
  size_t best = 0;
  double least = GSL_POSINF;

  for (size_t k = 0; k < BD_DECAYS; k++)
    {
      double own = bd_team_loss (&(bd_team){ &c->path[k], 1 }, c->r->test);
      double off = fabs (log (own / loss));
      if (off < least)
        {
          least = off;
          best = k;
        }
    }
  return best;
}
