/* Perspective 1: interference that forces redundancy.

   References: G. E. Hinton et al., "Improving neural networks by preventing
   co-adaptation of feature detectors", arXiv:1207.0580 (2012); N. Srivastava
   et al., "Dropout", JMLR 15 (2014), section 7; A. S. Morcos et al., "On the
   importance of single directions for generalization", ICLR 2018.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include "../base/rng.h"
#include "cast.h"
#include "interference_finding.h"
#include "interference_planted.h"
#include "interference_texts.h"

enum /* arms beyond the cast */
{
  EQUAL = BD_CAST, /* weight decay that is as good as the tuned rate */
  EQUAL_HALF,      /* ... as rate .5 */
  PLANTED,         /* on planted inputs: the single network */
  PLANTED_DECAY,   /* with the tuned weight decay */
  PLANTED_HIDDEN,  /* with the tuned rate of hidden units */
  PLANTED_INPUT,   /* with a rate of the inputs */
  ARMS = PLANTED_INPUT + 3
};
#define PLANTED_USUAL (PLANTED_INPUT + 1) /* rate .2 */
static const double input_rate[] = { .1, .2, .5 };

enum /* seeds that are derived from a repetition's */
{
  SEED_NOISE = 40,
  SEED_ORDERS
};

#define MEMBERS 3 /* of an ensemble that are looked at */

static int
plan (const bd_perspective_options *o, bd_layout *l)
{
  static const char *const planted[]
      = { "noise_weight", "twins", "noise_blocked", "twin_blocked" };

  (void)o;
  bd_cast_arms (l);
  bd_layout_arm (l, "decay_equal", "decay, equal error", "control");
  bd_layout_arm (l, "decay_equal_0.5", "decay, equal to .5", "control");
  bd_layout_arm (l, "planted", "no blocking", "single");
  bd_layout_arm (l, "planted_decay", "weight decay, planted", "single");
  bd_layout_arm (l, "planted_hidden", "units blocked, tuned", "tuned");
  bd_layout_arm (l, "planted_0.1", "inputs blocked .1", "control");
  bd_layout_arm (l, "planted_0.2", "inputs blocked .2", "control");
  bd_layout_arm (l, "planted_0.5", "inputs blocked .5", "control");
  int code = bd_layout_add_arms (l, "loss", 0, PLANTED, 1, NULL, true);
  for (size_t arm = 0; !code && arm < PLANTED; arm++)
    code = bd_finding_plan (l, arm);
  for (size_t k = 0; !code && k < 4; k++)
    code = bd_layout_add_arms (l, planted[k], PLANTED, ARMS, 1, NULL, k != 1);
  return code ? GSL_ENOMEM : GSL_SUCCESS;
}

/* The place in c->path of the weight decay whose network comes nearest in test
   loss to LOSS, of the tuned one and the stronger ones: on the other side a
   network may be as bad since it is too free, and that is not what is compared
   with.  */
static size_t
equal_decay (const bd_cast *c, double loss)
{
  size_t best = c->decay;
  double least = GSL_POSINF;

  for (size_t k = c->decay; k < BD_DECAYS; k++)
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

/* The findings of a team, averaged over its first members.  */
static int
measure_team (const bd_cast *c, const bd_layout *l, size_t arm, bd_team a,
              double v[])
{
  uint64_t seed = bd_rng_derive (c->r->seed, SEED_ORDERS);
  size_t count = GSL_MIN (a.count, MEMBERS);
  bd_finding f[MEMBERS];
  int code = GSL_SUCCESS;

  for (size_t b = 0; !code && b < count; b++)
    code = bd_finding_of (a.model[b], c->r->test, seed, &f[b]);
  if (!code)
    bd_finding_file (f, count, l, arm, v);
  return code;
}

static int
measure_units (const bd_cast *c, const bd_layout *l, double v[])
{
  int code = GSL_SUCCESS;

  bd_cast_put_losses (c, l, v);
  for (size_t arm = 0; !code && arm < BD_CAST; arm++)
    code = measure_team (c, l, arm, bd_cast_team (c, arm), v);
  for (size_t arm = EQUAL; !code && arm <= EQUAL_HALF; arm++)
    {
      size_t like = arm == EQUAL ? BD_ARM_TUNED : BD_ARM_HALF;
      double as = bd_layout_get (l, v, "loss", like, 0);
      const bd_team a = { &c->path[equal_decay (c, as)], 1 };
      *bd_layout_in (l, v, "loss", arm) = bd_team_loss (&a, c->r->test);
      code = measure_team (c, l, arm, a, v);
    }
  return code;
}

/* What a network on planted inputs is trained with.  */
static bd_net_options
planted_options (const bd_cast *c, size_t arm)
{
  bd_net_options o = c->base;

  if (arm == PLANTED_DECAY)
    o = bd_cast_options (c, BD_ARM_DECAY);
  else if (arm == PLANTED_HIDDEN)
    o = bd_cast_options (c, BD_ARM_TUNED);
  else if (arm >= PLANTED_INPUT)
    {
      o.mask = c->mask;
      if (!c->mask.type->inputs)
        bd_mask_choose (&o.mask, "bernoulli", 0, NULL);
      o.mask.input = input_rate[arm - PLANTED_INPUT];
    }
  return bd_cast_control (c, &o);
}

static int
measure_planted (const bd_cast *c, const bd_layout *l, double v[])
{
  uint64_t seed = bd_rng_derive (c->r->seed, SEED_NOISE);
  bd_dataset *train = bd_planted (c->r->train, seed, 0);
  bd_dataset *test = bd_planted (c->r->test, seed, 1);
  int code = train && test ? GSL_SUCCESS : GSL_ENOMEM;

  for (size_t arm = PLANTED; !code && arm < ARMS; arm++)
    {
      const bd_net_options o = planted_options (c, arm);
      bd_planted_finding f;
      bd_net_model *model = NULL;
      code = bd_team_train (&o, train, NULL, bd_cast_seed (c->r),
                            bd_cast_stream (c, arm), &model);
      if (!code)
        code = bd_planted_look (model, test, &f);
      bd_net_model_free (model);
      if (code)
        break;
      *bd_layout_in (l, v, "noise_weight", arm) = f.noise;
      *bd_layout_in (l, v, "twins", arm) = f.twins;
      *bd_layout_in (l, v, "noise_blocked", arm) = f.noise_blocked;
      *bd_layout_in (l, v, "twin_blocked", arm) = f.twin_blocked;
    }
  bd_dataset_free (train);
  bd_dataset_free (test);
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
  code = measure_units (&c, l, v);
  if (!code)
    code = measure_planted (&c, l, v);
  bd_cast_free (&c);
  return code;
}

static double
noise_blocked (const bd_layout *l, const double v[])
{
  return log (bd_layout_get (l, v, "noise_blocked", PLANTED, 0));
}

static const bd_contrast contrasts[] = {
  { "error while up to half of the hidden units are blocked, the worst first, "
    "of dropout at the tuned rate against weight decay of equal error",
    true, true, -1, NULL, "blocked", BD_ARM_TUNED, EQUAL },
  { "the same in a random order, relative to the error with all units", false,
    true, -1, NULL, "area_random", BD_ARM_TUNED, EQUAL },
  { "damage by such blocks (that error over the error without blocks), "
    "dropout at rate .5 against weight decay of equal error",
    false, true, -1, NULL, "area", BD_ARM_HALF, EQUAL_HALF },
  { "that damage, dropout at the tuned rate against the single network", false,
    true, -1, NULL, "area", BD_ARM_TUNED, BD_ARM_SINGLE },
  { "that damage when the units that are left are scaled up to make good, "
    "dropout at the tuned rate against weight decay of equal error",
    false, true, -1, NULL, "area_rescaled", BD_ARM_TUNED, EQUAL },
  { "share of a unit's variation that the others tell, dropout at the tuned "
    "rate less weight decay of equal error",
    false, false, 1, NULL, "told", BD_ARM_TUNED, EQUAL },
  { "the same, each unit counting by the damage when it is blocked alone",
    false, false, 1, NULL, "needed", BD_ARM_TUNED, EQUAL },
  { "error with all units, dropout at the tuned rate against weight decay "
    "of equal error (how well the two are matched)",
    false, true, -1, NULL, "loss", BD_ARM_TUNED, EQUAL },
  { "planted noise inputs: error of the single network when they are blocked "
    "against when they are not",
    false, true, -1, noise_blocked, NULL, 0, 0 },
  { "weight on planted noise inputs, inputs blocked at rate .2 against none",
    false, true, -1, NULL, "noise_weight", PLANTED_USUAL, PLANTED },
  { "damage by blocking one of two twin inputs, inputs blocked at rate .2 "
    "against none",
    false, true, -1, NULL, "twin_blocked", PLANTED_USUAL, PLANTED },
  { "evenness of the weights of twin inputs, inputs blocked at rate .2 less "
    "none",
    false, false, 1, NULL, "twins", PLANTED_USUAL, PLANTED },
  { NULL, false, false, 0, NULL, NULL, 0, 0 },
};

#define LINES                                                                 \
  (BD_BIT (BD_ARM_SINGLE) | BD_BIT (BD_ARM_RATE + 2) | BD_BIT (BD_ARM_TUNED)  \
   | BD_BIT (BD_ARM_HALF) | BD_BIT (BD_ARM_BAG) | BD_BIT (BD_ARM_STOP)        \
   | BD_BIT (EQUAL))

#define ROWS                                                                  \
  (LINES | BD_BIT (BD_ARM_RATE) | BD_BIT (BD_ARM_RATE + 5)                    \
   | BD_BIT (BD_ARM_SEEDS) | BD_BIT (BD_ARM_DECAY) | BD_BIT (EQUAL_HALF))

static const bd_panel panels[] = {
  { .kind = BD_PANEL_LINES,
    .title = "units blocked, the worst first",
    .xlab = "share of units blocked",
    .ylab = "error / error unblocked",
    .log_y = 1,
    .arms = LINES,
    .measure = "worst" },
  { .kind = BD_PANEL_LINES,
    .title = "units blocked at random",
    .xlab = "share of units blocked",
    .ylab = "error / error unblocked",
    .log_y = 1,
    .arms = LINES,
    .measure = "random" },
  { .kind = BD_PANEL_ROWS,
    .title = "error while units are blocked",
    .xlab = "mean error, blocked",
    .note = "open: error with all units",
    .log_x = 1,
    .arms = ROWS,
    .measure = "blocked",
    .second = "loss" },
  { .kind = BD_PANEL_ROWS,
    .title = "what units have in common",
    .xlab = "share that others tell",
    .note = "open: weighted by damage",
    .arms = ROWS,
    .measure = "told",
    .second = "needed" },
  { .kind = BD_PANEL_ROWS,
    .title = "how unequal units are",
    .xlab = "Gini index of damage",
    .note = "blocked one at a time",
    .arms = ROWS,
    .measure = "gini" },
  { .kind = BD_PANEL_ROWS,
    .title = "planted noise inputs and twins",
    .xlab = "error ratio, blocked",
    .note = "filled: noise, open: one twin",
    .log_x = 1,
    .measure = "noise_blocked",
    .second = "twin_blocked" },
  { .measure = NULL },
};

const bd_perspective bd_perspective_interference = {
  .name = "interference",
  .title = "Interference that forces redundancy",
  .claim = BD_INTERFERENCE_CLAIM,
  .done = BD_INTERFERENCE_DONE,
  .refuted = BD_INTERFERENCE_REFUTED,
  .literature = BD_INTERFERENCE_LITERATURE,
  .meaning = BD_INTERFERENCE_MEANING,
  .least = 20,
  .plan = plan,
  .measure = measure,
  .contrast = contrasts,
  .panel = panels,
  .cost = 0.4,
};
