/* What is tuned inside the training rows of a repetition: 3-fold
   cross-validation.  */
#include <config.h>

#include <gsl/gsl_math.h>

#include "../base/rng.h"
#include "../data/split.h"
#include "cast.h"
#include "watch.h"

#define FOLDS 3
#define FIRST 20 /* step that a training is stopped at, at the earliest */
#define TUNING 8 /* seeds of the folds and their trainings */

typedef struct
{
  double rate[BD_RATES], decay[BD_DECAYS];
  bd_watch_curve stop; /* losses summed */
} sums;

/* Train with O on D and add the loss at HELD to *SUM.  */
static int
add (const bd_net_options *o, const bd_dataset *d, const bd_dataset *held,
     uint64_t seed, double *sum)
{
  bd_net_model *model;
  int code = bd_team_train (o, d, NULL, seed, 0, &model);

  if (!code)
    *sum += bd_team_loss (&(bd_team){ &model, 1 }, held);
  else if (code == GSL_ERUNAWAY) /* it will not be chosen */
    *sum = GSL_POSINF;
  bd_net_model_free (model);
  return code == GSL_ERUNAWAY ? GSL_SUCCESS : code;
}

static int
add_stopped (const bd_cast *c, const bd_dataset *d, const bd_dataset *held,
             uint64_t seed, bd_watch_curve *sum)
{
  bd_watch_curve one = *sum;
  const bd_net_watch watch = { bd_watch_curve_look, &one };
  bd_net_options o = c->base;
  bd_net_model *model;

  one.held = held;
  o.watch = &watch;
  int code = bd_team_train (&o, d, NULL, seed, 0, &model);
  for (size_t k = 0; !code && k < sum->count; k++)
    sum->loss[k] += one.loss[k];
  bd_net_model_free (model);
  return code;
}

static int
add_fold (const bd_cast *c, const bd_dataset *d, const bd_dataset *held,
          uint64_t seed, sums *a)
{
  int code = GSL_SUCCESS;

  for (size_t k = 0; !code && k < BD_RATES; k++)
    {
      bd_net_options o = bd_cast_masked (&c->base, &c->mask, bd_cast_rates[k]);
      code = add (&o, d, held, seed, &a->rate[k]);
    }
  for (size_t k = 0; !code && k < BD_DECAYS; k++)
    {
      bd_net_options o = c->base;
      o.decay = bd_cast_decays[k];
      code = add (&o, d, held, seed, &a->decay[k]);
    }
  return code ? code : add_stopped (c, d, held, seed, &a->stop);
}

/* Place of the least of COUNT numbers; the first where several are.  */
static size_t
least (const double x[], size_t count)
{
  size_t best = 0;

  for (size_t k = 1; k < count; k++)
    if (x[k] < x[best])
      best = k;
  return best;
}

int
bd_cast_tune (bd_cast *c)
{
  const bd_dataset *d = c->r->train;
  uint64_t seed = bd_rng_derive (c->r->seed, TUNING);
  sums a = { .stop.count = 0 };
  int code = GSL_SUCCESS;

  bd_watch_checkpoints (&a.stop, FIRST, bd_net_steps (&c->base, d->n, NULL),
                        BD_CHECKPOINTS);
  for (size_t k = 0; k < a.stop.count; k++)
    a.stop.loss[k] = 0;
  for (size_t f = 0; !code && f < FOLDS; f++)
    {
      bd_split *s = bd_split_fold (d->n, FOLDS, f, seed);
      bd_dataset *in = s ? bd_dataset_rows (d, s->row, s->train) : NULL;
      bd_dataset *out
          = s ? bd_dataset_rows (d, s->row + s->train, s->test) : NULL;
      code = in && out ? add_fold (c, in, out, bd_rng_derive (seed, f + 1), &a)
                       : GSL_ENOMEM;
      bd_dataset_free (in);
      bd_dataset_free (out);
      bd_split_free (s);
    }
  c->rate = least (a.rate, BD_RATES);
  c->decay = least (a.decay, BD_DECAYS);
  c->steps = a.stop.step[least (a.stop.loss, a.stop.count)];
  return code;
}
