/* Trained networks under masks that they know and masks that are new.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/rng.h"
#include "universal.h"

enum /* seeds that are derived from a repetition's */
{
  SEED_TOLERANCE = 80,
  SEED_HALF,
  SEED_HISTORY,
  SEED_POOL,
  SEED_POOL_TEST
};

#define MASKS 1024    /* that decide how new masks compare with used ones */
#define FEWER 128     /* the same where nothing is decided */
#define POOL_MASKS 64 /* the same for pools */
#define MEMBERS 3     /* of an ensemble that are masked */

const size_t bd_universal_pools[BD_UNIVERSAL_POOLS]
    = { 1, 2, 4, 16, 64, 256, 1024 };

bd_mask
bd_universal_law (const bd_cast *c, double q)
{
  return bd_cast_masked (&c->base, &c->mask, q).mask;
}

int
bd_universal_new (const bd_universal *u, const bd_mask *law, const bd_net *net,
                  uint64_t for_what, size_t count, bd_mask_list *list)
{
  return bd_masks_new (law, net, bd_rng_derive (u->c->r->seed, for_what),
                       count, list);
}

int
bd_universal_train (const bd_universal *u, const bd_net_options *o, size_t arm,
                    bd_net_model **to)
{
  return bd_team_train (o, u->c->r->train, NULL, bd_cast_seed (u->c->r),
                        bd_cast_stream (u->c, arm), to);
}

static double *
in (const bd_universal *u, const char *measure, size_t arm)
{
  return bd_layout_in (u->l, u->v, measure, arm);
}

/* Loss with all units and under new masks at the tuned rate, each network by
   itself, averaged over the members of an ensemble.  */
static int
tolerance_of (const bd_universal *u, bd_team a, size_t arm)
{
  const bd_mask law = bd_universal_law (u->c, bd_cast_rates[u->c->rate]);
  size_t count = GSL_MIN (a.count, MEMBERS);
  double clean = 0, masked = 0;
  bd_mask_list list;
  int code = bd_universal_new (u, &law, &a.model[0]->net, SEED_TOLERANCE,
                               u->c->r->o->masks, &list);

  for (size_t b = 0; !code && b < count; b++)
    {
      bd_mask_loss loss;
      clean += bd_team_loss (&(bd_team){ a.model + b, 1 }, u->held);
      code = bd_masks_loss (a.model[b], &list, u->held, &loss);
      masked += code ? 0 : loss.mean;
    }
  free (list.factor);
  *in (u, "clean", arm) = clean / (double)count;
  *in (u, "masked", arm) = masked / (double)count;
  *in (u, "tolerance", arm) = masked / clean;
  return code;
}

/* The network of rate .5 and the weight decay of its loss, both at .5.  */
static int
half_against_decay (const bd_universal *u)
{
  const bd_cast *c = u->c;
  const bd_mask law = bd_universal_law (c, 0.5);
  const bd_team half = bd_cast_team (c, BD_ARM_HALF);
  size_t k = bd_cast_equal_decay (c, bd_team_loss (&half, c->r->test));
  bd_mask_loss loss[2];
  bd_mask_list list;
  int code = bd_universal_new (u, &law, &half.model[0]->net, SEED_HALF,
                               c->r->o->masks, &list);

  if (!code)
    code = bd_masks_loss (half.model[0], &list, u->held, &loss[0]);
  if (!code)
    code = bd_masks_loss (c->path[k], &list, u->held, &loss[1]);
  free (list.factor);
  if (code)
    return code;
  *in (u, "half", BD_ARM_HALF) = loss[0].mean;
  *in (u, "half", BD_UNIVERSAL_EQUAL) = loss[1].mean;
  return GSL_SUCCESS;
}

int
bd_universal_tolerance (const bd_universal *u)
{
  const bd_cast *c = u->c;
  const bd_team tuned = bd_cast_team (c, BD_ARM_TUNED);
  size_t k = bd_cast_equal_decay (c, bd_team_loss (&tuned, c->r->test));
  int code = GSL_SUCCESS;

  for (size_t arm = 0; !code && arm < BD_CAST; arm++)
    code = tolerance_of (u, bd_cast_team (c, arm), arm);
  if (!code)
    code = tolerance_of (u, (bd_team){ &c->path[k], 1 }, BD_UNIVERSAL_EQUAL);
  return code ? code : half_against_decay (u);
}

/* The masks of a training with LAW: some of those used, and new ones.  At rate
   .5, where a mask is as likely as any other, those of the new ones that were
   used after all are taken out; at other rates that would leave subnetworks of
   another size.  */
static int
masks_of_history (const bd_universal *u, const bd_net_model *model,
                  const bd_mask *law, size_t arm, bd_mask_list *used,
                  bd_mask_list *new)
{
  const bd_cast *c = u->c;
  const bd_mask_stream s
      = bd_mask_stream_of (&c->base, law, model, c->r->train->n,
                           bd_cast_seed (c->r), bd_cast_stream (c, arm));
  double distinct = GSL_NAN;
  bool half = arm == BD_ARM_HALF || arm == BD_UNIVERSAL_STEP;
  size_t count = half ? MASKS : FEWER;
  int code = bd_universal_new (u, law, &model->net, SEED_HISTORY, count, new);

  if (!code)
    code = bd_mask_stream_replay (&s, s.steps, count, used, &distinct,
                                  half ? new : NULL);
  *in (u, "drawn", arm) = log2 (bd_mask_stream_drawn (&s, s.steps));
  *in (u, "distinct", arm) = log2 (distinct);
  return code;
}

/* What MODEL, which drew its masks by LAW, makes of those and of new ones at
   the rows that it was trained on.  */
static int
history_of (const bd_universal *u, const bd_net_model *model,
            const bd_mask *law, size_t arm)
{
  bd_mask_list used = { .factor = NULL }, new = { .factor = NULL };
  bd_mask_loss loss;
  int code = masks_of_history (u, model, law, arm, &used, &new);

  if (!code)
    code = bd_masks_loss (model, &used, u->seen, &loss);
  if (!code)
    *in (u, "used", arm) = loss.mean;
  if (!code && new.count > 0)
    {
      code = bd_masks_loss (model, &new, u->seen, &loss);
      *in (u, "new", arm) = loss.mean;
    }
  free (used.factor);
  free (new.factor);
  return code;
}

/* Rate .5 with one mask for all rows of a step.  */
static int
history_of_steps (const bd_universal *u)
{
  bd_net_options o = u->c->base;
  bd_net_model *model = NULL;

  o.mask = bd_universal_law (u->c, 0.5);
  o.mask.batch = true;
  const bd_mask law = o.mask;
  o = bd_cast_control (u->c, &o);
  int code = bd_universal_train (u, &o, BD_UNIVERSAL_STEP, &model);
  if (!code)
    code = history_of (u, model, &law, BD_UNIVERSAL_STEP);
  if (!code)
    *in (u, "clean", BD_UNIVERSAL_STEP)
        = bd_team_loss (&(bd_team){ &model, 1 }, u->held);
  bd_net_model_free (model);
  return code;
}

int
bd_universal_history (const bd_universal *u)
{
  int code = GSL_SUCCESS;

  for (size_t k = 0; !code && k < BD_RATES; k++)
    {
      const bd_mask law = bd_universal_law (u->c, bd_cast_rates[k]);
      code = history_of (u, u->c->one[BD_ARM_RATE + k], &law, BD_ARM_RATE + k);
    }
  return code ? code : history_of_steps (u);
}

/* With all units, also where a network only knows one mask.  */
static double
loss_of_all_units (const bd_net_model *model, const bd_dataset *d)
{
  bd_net_model copy = *model, *one = &copy;

  copy.mask.pool = 0;
  return bd_team_loss (&(bd_team){ &one, 1 }, d);
}

/* New masks against those of the pool, at the rows D, as a ratio.  */
static int
gap_of (const bd_universal *u, const bd_net_model *model, const bd_mask *law,
        const bd_dataset *d, uint64_t for_what, double *gap)
{
  bd_mask_stream s
      = { .net = &model->net, .mask = *law, .pool_seed = model->pool_seed };
  bd_mask_list own = { .factor = NULL }, fresh = { .factor = NULL };
  bd_mask_loss old, new;
  int code = bd_mask_stream_replay (&s, 0, POOL_MASKS, &own, NULL, NULL);

  if (!code)
    code
        = bd_universal_new (u, law, &model->net, for_what, POOL_MASKS, &fresh);
  if (!code)
    code = bd_masks_loss (model, &own, d, &old);
  if (!code)
    code = bd_masks_loss (model, &fresh, d, &new);
  free (own.factor);
  free (fresh.factor);
  *gap = code ? GSL_NAN : new.mean / old.mean;
  return code;
}

/* Number K of the pools of ARM at rate Q.  */
static int
measure_pool (const bd_universal *u, size_t arm, double q, size_t k)
{
  bd_net_options o = u->c->base;
  bd_net_model *model = NULL;

  o.mask = bd_universal_law (u->c, q);
  o.mask.pool = bd_universal_pools[k];
  const bd_mask law = o.mask;
  o = bd_cast_control (u->c, &o);
  int code = bd_universal_train (u, &o, BD_ARMS + arm * BD_UNIVERSAL_POOLS + k,
                                 &model);
  if (!code)
    code = gap_of (u, model, &law, u->seen, SEED_POOL, in (u, "gap", arm) + k);
  if (!code)
    code = gap_of (u, model, &law, u->held, SEED_POOL_TEST,
                   in (u, "gap_test", arm) + k);
  if (!code)
    in (u, "pool_clean", arm)[k] = loss_of_all_units (model, u->held);
  bd_net_model_free (model);
  return code;
}

/* A network whose masks are always new stands for the largest pool of all: the
   same at every size.  */
static void
put_always_new (const bd_universal *u, size_t arm)
{
  for (size_t k = 0; k < BD_UNIVERSAL_POOLS; k++)
    {
      in (u, "gap", arm)[k] = *in (u, "new", arm) / *in (u, "used", arm);
      in (u, "pool_clean", arm)[k] = *in (u, "clean", arm);
    }
}

int
bd_universal_pool (const bd_universal *u)
{
  int code = GSL_SUCCESS;

  for (size_t k = 0; !code && k < BD_UNIVERSAL_POOLS; k++)
    {
      code = measure_pool (u, BD_UNIVERSAL_POOLS_FIFTH, 0.2, k);
      if (!code)
        code = measure_pool (u, BD_UNIVERSAL_POOLS_HALF, 0.5, k);
    }
  if (!code)
    put_always_new (u, BD_ARM_HALF);
  return code;
}
