/* Perspective 4: a new network every step, with universal weights.

   References: N. Srivastava et al., "Dropout", JMLR 15 (2014); D.
   Warde-Farley, I. Goodfellow, A. Courville, Y. Bengio, "An empirical analysis
   of dropout in piecewise linear networks", ICLR 2014; P. Bachman, O.
   Alsharif, D. Precup, "Learning with pseudo-ensembles", NIPS 2014.  */
#include <config.h>

#include <gsl/gsl_math.h>

#include "universal.h"
#include "universal_texts.h"

#define ROWS 200 /* that masks are tried on, at most */

static void
name_arms (bd_layout *l)
{
  bd_cast_arms (l);
  bd_layout_arm (l, "decay_equal", "weight decay, equal loss", "control");
  bd_layout_arm (l, "half_step", ".5, one mask a step", "control");
  bd_layout_arm (l, "half_used", ".5, under used masks", "control");
  bd_layout_arm (l, "few_new", "16 masks, under new", "control");
  bd_layout_arm (l, "few_own", "16 masks, under those", "control");
  bd_layout_arm (l, "pools_0.2", "pools of masks at .2", "control");
  bd_layout_arm (l, "pools_0.5", "pools of masks at .5", "control");
}

/* What is measured once for each network.  */
static int
plan_single (bd_layout *l)
{
  static const struct
  {
    const char *measure;
    bool log;
  } once[] = { { "used", true },
               { "new", true },
               { "distinct", false },
               { "drawn", false } };
  int code = bd_layout_add_arms (l, "clean", 0, BD_UNIVERSAL_STEP + 1, 1, NULL,
                                 true);

  if (!code)
    code = bd_layout_add_arms (l, "masked", 0, BD_UNIVERSAL_EQUAL + 1, 1, NULL,
                               true);
  if (!code)
    code = bd_layout_add_arms (l, "tolerance", 0, BD_UNIVERSAL_EQUAL + 1, 1,
                               NULL, true);
  for (size_t k = 0; !code && k < 4; k++)
    {
      code = bd_layout_add_arms (l, once[k].measure, BD_ARM_RATE, BD_ARM_TUNED,
                                 1, NULL, once[k].log);
      if (!code)
        code = bd_layout_add (l, once[k].measure, BD_UNIVERSAL_STEP, 1, NULL,
                              once[k].log);
    }
  if (!code)
    code = bd_layout_add (l, "half", BD_ARM_HALF, 1, NULL, true);
  if (!code)
    code = bd_layout_add (l, "half", BD_UNIVERSAL_EQUAL, 1, NULL, true);
  return code ? code
              : bd_layout_add (l, "theorem", BD_ARM_HALF, 1, NULL, false);
}

/* What is watched while trainings of STEPS steps go on.  */
static int
plan_along (bd_layout *l, size_t steps)
{
  static const size_t arms[] = { BD_ARM_SINGLE,    BD_ARM_RATE + 2,
                                 BD_ARM_RATE + 4,  BD_ARM_HALF,
                                 BD_ARM_DECAY,     BD_UNIVERSAL_USED,
                                 BD_UNIVERSAL_NEW, BD_UNIVERSAL_OWN };
  double at[BD_UNIVERSAL_LOOKS];
  size_t looks = bd_universal_looks (steps, at);
  int code = GSL_SUCCESS;

  for (size_t k = 0; !code && k < sizeof arms / sizeof arms[0]; k++)
    {
      code = bd_layout_add (l, "along", arms[k], looks, at, true);
      if (arms[k] < BD_CAST && !code)
        code = bd_layout_add (l, "along_spread", arms[k], looks, at, true);
    }
  return code;
}

static int
plan_pools (bd_layout *l)
{
  static const size_t arms[]
      = { BD_ARM_HALF, BD_UNIVERSAL_POOLS_FIFTH, BD_UNIVERSAL_POOLS_HALF };
  double size[BD_UNIVERSAL_POOLS];
  int code = GSL_SUCCESS;

  for (size_t k = 0; k < BD_UNIVERSAL_POOLS; k++)
    size[k] = (double)bd_universal_pools[k];
  for (size_t a = 0; !code && a < 3; a++)
    {
      code = bd_layout_add (l, "gap", arms[a], BD_UNIVERSAL_POOLS, size, true);
      if (!code && a > 0)
        code = bd_layout_add (l, "gap_test", arms[a], BD_UNIVERSAL_POOLS, size,
                              true);
      if (!code)
        code = bd_layout_add (l, "pool_clean", arms[a], BD_UNIVERSAL_POOLS,
                              size, true);
    }
  return code;
}

static int
plan (const bd_perspective_options *o, bd_layout *l)
{
  bd_net_options base;
  bd_mask mask;
  size_t train, test;
  double ratio;
  int code
      = bd_cast_choose (o, o->data ? o->data->classes : 0, &base, &mask, NULL);

  bd_repetition_rows (o, &train, &test, &ratio);
  name_arms (l);
  if (!code)
    code = plan_single (l);
  if (!code)
    code = plan_along (l, bd_net_steps (&base, train, NULL));
  if (!code)
    code = plan_pools (l);
  for (size_t arm = 0; !code && arm < BD_CAST; arm++)
    if (arm < BD_ARM_TUNED || arm == BD_ARM_DECAY)
      code
          = bd_layout_add (l, "kept", arm, BD_UNIVERSAL_UNITS + 1, NULL, true);
  return code ? GSL_ENOMEM : GSL_SUCCESS;
}

/* The first rows, which stand in random order.  */
static bd_dataset *
some_rows (const bd_dataset *d)
{
  size_t row[ROWS];

  for (size_t i = 0; i < ROWS; i++)
    row[i] = i;
  return bd_dataset_rows (d, row, GSL_MIN (d->n, ROWS));
}

/* Of ensembles only the first members are masked, so that no more need be
   trained.  */
static int
measure (const bd_repetition *r, const bd_layout *l, double v[], bd_error *err)
{
  bd_perspective_options few = *r->o;
  bd_repetition own = *r;
  bd_cast c;
  bd_universal u = { .c = &c, .l = l, .v = v };

  (void)err;
  few.nets = GSL_MIN (few.nets, 3);
  own.o = &few;
  int code = bd_cast_init (&c, &own, true);
  if (code)
    return code;
  u.seen = some_rows (r->train);
  u.held = some_rows (r->test);
  code = u.seen && u.held ? bd_universal_tolerance (&u) : GSL_ENOMEM;
  if (!code)
    code = bd_universal_history (&u);
  if (!code)
    code = bd_universal_along (&u);
  if (!code)
    code = bd_universal_pool (&u);
  if (!code)
    code = bd_universal_kept (&u);
  bd_dataset_free (u.seen);
  bd_dataset_free (u.held);
  bd_cast_free (&c);
  return code;
}

static const bd_panel panels[] = {
  { .kind = BD_PANEL_LINES,
    .title = "loss under masks of rate .5, along the training",
    .xlab = "steps",
    .ylab = "loss at test rows",
    .note = "new masks, or those that were trained",
    .log_x = 1,
    .log_y = 1,
    .measure = "along" },
  { .kind = BD_PANEL_LINES,
    .title = "new masks against the pool's",
    .note = "at training rows; dropout .5: always new",
    .xlab = "masks in the pool",
    .ylab = "ratio of losses",
    .log_x = 2,
    .log_y = 1,
    .measure = "gap" },
  { .kind = BD_PANEL_LINES,
    .title = "error with all units, by pool",
    .xlab = "masks in the pool",
    .ylab = "loss at test rows",
    .log_x = 2,
    .measure = "pool_clean" },
  { .kind = BD_PANEL_LINES,
    .title = "all subnetworks of 10 units",
    .xlab = "units kept",
    .ylab = "mean loss at test rows",
    .log_y = 1,
    .measure = "kept" },
  { .kind = BD_PANEL_ROWS,
    .title = "what masks at the tuned rate cost",
    .xlab = "loss under new masks / loss with all units",
    .log_x = 1,
    .measure = "tolerance" },
  { .kind = BD_PANEL_ROWS,
    .title = "different masks in a training",
    .xlab = "number, as a power of 2",
    .note = "filled: different, open: drawn; H units have 2 to the H",
    .measure = "distinct",
    .second = "drawn" },
  { .measure = NULL },
};

const bd_perspective bd_perspective_universal = {
  .name = "universal",
  .title = "A new network every step, with universal weights",
  .claim = BD_UNIVERSAL_CLAIM,
  .done = BD_UNIVERSAL_DONE,
  .refuted = BD_UNIVERSAL_REFUTED,
  .literature = BD_UNIVERSAL_LITERATURE,
  .meaning = BD_UNIVERSAL_MEANING,
  .least = 20,
  .classes = NULL,
  .plan = plan,
  .measure = measure,
  .contrast = bd_universal_contrasts,
  .fact = bd_universal_facts,
  .panel = panels,
  .cost = 0.7,
};
