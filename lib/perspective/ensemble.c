/* Perspective 2: an ensemble, like bagging.

   References: L. Breiman, "Bagging predictors", Machine Learning 24 (1996);
   N. Srivastava et al., "Dropout", JMLR 15 (2014); D. Warde-Farley, I.
   Goodfellow, A. Courville, Y. Bengio, "An empirical analysis of dropout in
   piecewise linear networks", ICLR 2014 (networks without shared weights).  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "../net/exact.h"
#include "cast.h"
#include "ensemble_contrasts.h"
#include "ensemble_picture.h"
#include "ensemble_texts.h"
#include "growth.h"
#include "masked.h"

enum /* seeds that are derived from a repetition's */
{
  SEED_MASKS = 20,
  SEED_UNTIED,
  SEED_SMALL
};

#define SMALL_UNITS 8 /* of the network whose masks are all tried */
#define LAW_POINTS 33 /* of the curve c + w / M */

/* Members and their errors for ARM, which has up to MEMBERS[COUNT - 1].  */
static int
plan_growth (bd_layout *l, size_t arm, const double members[], size_t count)
{
  double x[LAW_POINTS];

  for (size_t k = 0; k < LAW_POINTS; k++)
    x[k] = pow (members[count - 1], (double)k / (LAW_POINTS - 1));
  return bd_layout_add (l, "growth", arm, count, members, true)
         || bd_layout_add (l, "law", arm, LAW_POINTS, x, true)
         || bd_layout_add (l, "limit", arm, 1, NULL, false)
         || bd_layout_add (l, "spread", arm, 1, NULL, false);
}

static int
plan (const bd_perspective_options *o, bd_layout *l)
{
  double members[BD_GROWTH_STEPS];
  size_t masks = 0, nets = 0;

  for (size_t M = 1; masks < BD_GROWTH_STEPS && M <= o->masks; M *= 2)
    members[masks++] = (double)M;
  while (nets < masks && members[nets] <= (double)o->nets)
    nets++;
  bd_cast_arms (l);
  bd_layout_arm (l, "masks", "dropout, masks averaged", "masks");
  bd_layout_arm (l, "untied", "thinned, equal cost", "control");
  bd_layout_arm (l, "apart", "thinned, full length", "control");
  int code
      = bd_layout_add_arms (l, "loss", 0, BD_ENSEMBLE_ARMS, 1, NULL, true);
  for (size_t arm = BD_ARM_BAG; !code && arm < BD_ENSEMBLE_ARMS; arm++)
    if (arm <= BD_ARM_SEEDS || arm >= BD_ARM_MASKS)
      code = plan_growth (l, arm, members, arm == BD_ARM_MASKS ? masks : nets);
  if (!code)
    code = bd_layout_add_arms (l, "by_training", BD_ARM_RATE, BD_ARM_TUNED + 1,
                               1, NULL, false)
           || bd_layout_add_arms (l, "by_averaging", BD_ARM_RATE,
                                  BD_ARM_TUNED + 1, 1, NULL, false)
           || bd_layout_add (l, "theorem", BD_ARM_TUNED, 1, NULL, false);
  return code ? GSL_ENOMEM : GSL_SUCCESS;
}

/* File the members T (count x m) of ARM: how their errors grow, the error of
   their mean.  */
static int
file_members (const bd_cast *c, const bd_layout *l, size_t arm,
              const double t[], size_t count, double v[])
{
  const gsl_vector *y = c->r->test->y;
  const bd_series *s = bd_layout_find (l, "growth", arm);
  double error[BD_GROWTH_STEPS], *room = bd_array (2, y->size);

  if (!room)
    return GSL_ENOMEM;
  bd_growth (t, count, y, room, error);
  memcpy (v + s->at, error, s->count * sizeof *error);
  double *limit = bd_layout_in (l, v, "limit", arm);
  double *spread = bd_layout_in (l, v, "spread", arm);
  bd_growth_law (t, count, y, limit, spread);
  const bd_series *law = bd_layout_find (l, "law", arm);
  for (size_t k = 0; k < law->count; k++)
    v[law->at + k] = *limit + *spread / law->x[k];
  double *mean = room + y->size;
  for (size_t b = 0; b < count; b++)
    for (size_t i = 0; i < y->size; i++)
      mean[i] += t[b * y->size + i] / (double)count;
  *bd_layout_in (l, v, "loss", arm)
      = bd_prediction_loss (c->one[BD_ARM_SINGLE], y->size, mean, y);
  free (room);
  return GSL_SUCCESS;
}

/* The networks of a team, one by one.  */
static int
measure_team (const bd_cast *c, const bd_layout *l, size_t arm, double v[])
{
  const bd_team a = bd_cast_team (c, arm);
  size_t m = c->r->test->n;
  double *t = bd_array (a.count, m);
  int code = t ? GSL_SUCCESS : GSL_ENOMEM;

  for (size_t b = 0; !code && b < a.count; b++)
    code = bd_team_predict (&(bd_team){ a.model + b, 1 }, c->r->test->X,
                            t + b * m);
  if (!code)
    code = file_members (c, l, arm, t, a.count, v);
  free (t);
  return code;
}

/* What is gained over the single network by training with masks (one network,
   weight scaling) and, beyond that, by averaging random masks.  */
static int
measure_gain (const bd_cast *c, const bd_layout *l, size_t arm, double v[])
{
  const bd_net_model *model = bd_cast_team (c, arm).model[0];
  const bd_mask mask = bd_cast_options (c, arm).mask;
  size_t T = c->r->o->masks, m = c->r->test->n;
  double *t = bd_array (T, m);
  double single = bd_layout_get (l, v, "loss", BD_ARM_SINGLE, 0);
  double scaled = bd_layout_get (l, v, "loss", arm, 0), limit, spread;
  int code = t ? GSL_SUCCESS : GSL_ENOMEM;

  if (!code)
    code
        = bd_masked_many (model, &mask, bd_rng_derive (c->r->seed, SEED_MASKS),
                          0, T, c->r->test->X, t);
  if (!code)
    {
      bd_growth_law (t, T, c->r->test->y, &limit, &spread);
      *bd_layout_in (l, v, "by_training", arm) = single - scaled;
      *bd_layout_in (l, v, "by_averaging", arm) = scaled - limit;
      if (arm == BD_ARM_TUNED)
        code = file_members (c, l, BD_ARM_MASKS, t, T, v);
    }
  free (t);
  return code;
}

/* As many thinned networks as a bag has, each trained with a mask of its own
   that stays, by steps that they share or by all of them.  */
static int
measure_untied (const bd_cast *c, const bd_layout *l, size_t arm, double v[])
{
  size_t m = c->r->test->n, count = c->nets,
         share = arm == BD_ARM_APART ? 1 : count;
  bd_net_options o = bd_cast_options (c, BD_ARM_TUNED);
  uint64_t seed = bd_rng_derive (c->r->seed, SEED_UNTIED);
  double *t = bd_array (count, m);
  int code = t ? GSL_SUCCESS : GSL_ENOMEM;

  o.steps = GSL_MAX (o.steps / share, 1);
  o.epochs = o.epochs ? GSL_MAX (o.epochs / share, 1) : 0;
  o.mask.pool = 1;
  o = bd_cast_control (c, &o);
  for (size_t b = 0; !code && b < count; b++)
    {
      bd_net_model *model;
      code = bd_team_train (&o, c->r->train, NULL, seed, b, &model);
      if (!code)
        code = bd_team_predict (&(bd_team){ &model, 1 }, c->r->test->X,
                                t + b * m);
      bd_net_model_free (model);
    }
  if (!code)
    code = file_members (c, l, arm, t, count, v);
  free (t);
  return code;
}

/* All subnetworks of a small network: how far their mean is from weight
   scaling, relative to the spread between them.  */
static int
measure_theorem (const bd_cast *c, double *worst)
{
  bd_net_options o = bd_cast_options (c, BD_ARM_HALF);
  const gsl_matrix *P = c->r->test->X;
  bd_net_model *model = NULL;
  bd_subnets *all = NULL;
  double *Z = bd_array (P->size1, P->size2);

  o.hidden[0] = SMALL_UNITS;
  o.depth = 1;
  bd_mask_choose (&o.mask, "bernoulli", .5, NULL);
  int code = bd_team_train (&o, c->r->train, NULL,
                            bd_rng_derive (c->r->seed, SEED_SMALL), 0, &model);
  if (!code && (!Z || !(all = bd_subnets_alloc (model, P->size1, 0, NULL))))
    code = GSL_ENOMEM;
  if (!code)
    {
      const bd_rates q = bd_rates_same (&model->net, .5, 0);
      bd_net_standardise (model, P, Z);
      code = bd_subnets_fill (all, model, &q, Z, NULL);
      *worst = 0;
    }
  for (size_t i = 0; !code && i < all->m; i++)
    *worst = GSL_MAX_DBL (*worst, fabs (all->mean[i] - all->scaled[i])
                                      / sqrt (all->variance[i]));
  bd_subnets_free (all);
  bd_net_model_free (model);
  free (Z);
  return code;
}

static int
measure (const bd_repetition *r, const bd_layout *l, double v[], bd_error *err)
{
  bd_cast c;
  int code = bd_cast_init (&c, r, true);

  (void)err;
  if (code)
    return code;
  bd_cast_put_losses (&c, l, v);
  code = measure_team (&c, l, BD_ARM_BAG, v);
  if (!code)
    code = measure_team (&c, l, BD_ARM_SEEDS, v);
  for (size_t arm = BD_ARM_RATE; !code && arm <= BD_ARM_TUNED; arm++)
    code = measure_gain (&c, l, arm, v);
  for (size_t arm = BD_ARM_UNTIED; !code && arm <= BD_ARM_APART; arm++)
    code = measure_untied (&c, l, arm, v);
  if (!code)
    code = measure_theorem (&c, bd_layout_in (l, v, "theorem", BD_ARM_TUNED));
  bd_cast_free (&c);
  return code;
}

static const bd_panel panels[] = {
  { .kind = BD_PANEL_MEMBERS,
    .title = "networks on random halves",
    .measure = "0" },
  { .kind = BD_PANEL_MEMBERS,
    .title = "masks of one dropout network",
    .measure = "1" },
  { .kind = BD_PANEL_MEMBERS,
    .title = "thinned networks, trained apart",
    .measure = "2" },
  { .kind = BD_PANEL_LINES,
    .title = "error of averages",
    .note = "curves: c + w/M fitted",
    .xlab = "members averaged",
    .ylab = "mean squared error",
    .log_x = 2,
    .measure = "growth",
    .second = "law" },
  { .kind = BD_PANEL_ROWS,
    .title = "gain over the single network",
    .xlab = "squared error saved",
    .note = "filled: by training, open: by averaging beyond it",
    .zero = true,
    .measure = "by_training",
    .second = "by_averaging" },
  { .kind = BD_PANEL_ROWS,
    .title = "error of each method",
    .xlab = "mean squared error",
    .measure = "loss",
    .log_x = 1 },
  { .measure = NULL },
};

const bd_perspective bd_perspective_ensemble = {
  .name = "ensemble",
  .title = "An ensemble, like bagging",
  .claim = BD_ENSEMBLE_CLAIM,
  .done = BD_ENSEMBLE_DONE,
  .refuted = BD_ENSEMBLE_REFUTED,
  .literature = BD_ENSEMBLE_LITERATURE,
  .meaning = BD_ENSEMBLE_MEANING,
  .least = 20,
  .classes = "squared errors, the law c + w/M and the theorem on weight "
             "scaling are about a response of numbers, and this one is of "
             "classes",
  .plan = plan,
  .measure = measure,
  .contrast = bd_ensemble_contrasts,
  .fact = bd_ensemble_facts,
  .panel = panels,
  .picture = bd_ensemble_picture,
  .cost = 0.7,
};
