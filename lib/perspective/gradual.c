/* Perspective 6: slow learning, part by part.

   References: N. Srivastava et al., "Dropout", JMLR 15 (2014), for Gaussian
   factors, the length of trainings and the rate that goes with a width; Yu.
   Nesterov, "Efficiency of coordinate descent methods on huge-scale
   optimization problems", SIAM Journal on Optimization 22 (2012), for steps on
   random parts.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <string.h>

#include "gradual.h"
#include "gradual_texts.h"

/* Arms whose trainings are watched.  */
static const size_t watched[] = { BD_ARM_SINGLE,
                                  BD_ARM_HALF,
                                  BD_ARM_DECAY,
                                  BD_GRADUAL_HALF + BD_SLOWER,
                                  BD_GRADUAL_HALF + BD_PARTS,
                                  BD_GRADUAL_HALF + BD_NOISE,
                                  BD_GRADUAL_HALF + BD_BATCH };
#define WATCHED (sizeof watched / sizeof watched[0])

static void
name_arms (bd_layout *l)
{
  static const char *const name[]
      = { "slower_0.5", "parts_0.5", "noise_0.5", "batch_0.5",
          "slower_0.4", "parts_0.4", "noise_0.4", "batch_0.4" };
  static const char *const title[]
      = { "slower rate, .5",     "parts, no noise, .5", "noise, no parts, .5",
          "one mask a step, .5", "slower rate, .4",     "parts, no noise, .4",
          "noise, no parts, .4", "one mask a step, .4" };
  static const char *const width[]
      = { "width_0.2", "width_0.5", "width_1", "width_2", "width_4" };
  static const char *const wide[]
      = { "a fifth of the units", "half of the units", "the usual width",
          "twice the units", "four times the units" };

  bd_cast_arms (l);
  for (size_t k = 0; k < BD_HALF_RATES * BD_CONTROLS; k++)
    bd_layout_arm (l, name[k], title[k], "control");
  bd_layout_arm (l, "dropout_best", "dropout, best rate", "tuned");
  for (size_t k = 0; k < BD_WIDTHS; k++)
    bd_layout_arm (l, width[k], wide[k], "other");
}

/* What a watched training writes down.  */
static int
plan_walk (bd_layout *l, size_t arm, const bd_walk *a)
{
  double step[BD_CHECKPOINTS];
  size_t count = a->curve.count;

  for (size_t k = 0; k < count; k++)
    step[k] = (double)a->curve.step[k];
  return bd_layout_add (l, "curve", arm, count, step, true)
         || bd_layout_add (l, "size", arm, count, step, true)
         || bd_layout_add (l, "share_by_step", arm, count, step, false)
         || bd_layout_add (l, "cosine_by_step", arm, count, step, false)
         || bd_layout_add (l, "path", arm, count, step, true)
         || bd_layout_add (l, "displacement", arm, count, step, true)
         || bd_layout_add (l, "share", arm, 1, NULL, false)
         || bd_layout_add (l, "cosine", arm, 1, NULL, false)
         || bd_layout_add (l, "least", arm, 1, NULL, true)
         || bd_layout_add (l, "overshoot", arm, 1, NULL, false);
}

static int
plan_widths (bd_layout *l, const bd_net_options *base)
{
  double rate[BD_RATES + 1] = { 0 }, width[BD_WIDTHS];

  memcpy (rate + 1, bd_cast_rates, sizeof bd_cast_rates);
  for (size_t k = 0; k < BD_WIDTHS; k++)
    width[k] = (double)bd_gradual_wide (base, bd_gradual_widths[k]).hidden[0];
  return bd_layout_add (l, "best", BD_GRADUAL_BEST, BD_WIDTHS, width, false)
         || bd_layout_add_arms (l, "by_rate", BD_GRADUAL_WIDTH,
                                BD_GRADUAL_ARMS, BD_RATES + 1, rate, true);
}

static int
plan (const bd_perspective_options *o, bd_layout *l)
{
  bd_net_options base;
  bd_mask mask;
  bd_walk steps;
  size_t train, test;
  double ratio;
  int code = bd_cast_choose (o, o->scenario ? 0 : o->data->classes, &base,
                             &mask, NULL);

  if (code)
    return code;
  bd_repetition_rows (o, &train, &test, &ratio);
  bd_watch_checkpoints (&steps.curve, BD_WALK_FIRST,
                        bd_net_steps (&base, train, NULL), BD_WALK_COUNT);
  name_arms (l);
  code = bd_layout_add_arms (l, "loss", 0, BD_GRADUAL_BEST, 1, NULL, true);
  for (size_t k = 0; !code && k < WATCHED; k++)
    code = plan_walk (l, watched[k], &steps);
  if (!code)
    code = plan_widths (l, &base);
  return code ? GSL_ENOMEM : GSL_SUCCESS;
}

static void
put (const bd_layout *l, double v[], const char *measure, size_t arm,
     const double x[])
{
  const bd_series *s = bd_layout_find (l, measure, arm);

  memcpy (v + s->at, x, s->count * sizeof *x);
}

static void
file_walk (const bd_layout *l, size_t arm, const bd_walk *a, double v[])
{
  double least = bd_walk_least (a);
  double over = log (bd_layout_get (l, v, "loss", arm, 0) / least);

  put (l, v, "curve", arm, a->curve.loss);
  put (l, v, "size", arm, a->size);
  put (l, v, "share_by_step", arm, a->share);
  put (l, v, "cosine_by_step", arm, a->cosine);
  put (l, v, "path", arm, a->path);
  put (l, v, "displacement", arm, a->displacement);
  put (l, v, "share", arm, &a->all_share);
  put (l, v, "cosine", arm, &a->all_cosine);
  put (l, v, "least", arm, &least);
  put (l, v, "overshoot", arm, &over);
}

static int
measure_walk (const bd_cast *c, const bd_layout *l, size_t arm, double v[])
{
  size_t steps = bd_net_steps (&c->base, c->r->train->n, NULL);
  bd_walk a;
  int code = bd_walk_init (&a, &c->one[BD_ARM_SINGLE]->net, c->r->test,
                           BD_WALK_FIRST, steps, BD_WALK_COUNT);

  if (!code)
    code = bd_gradual_train (c, arm, &a, bd_layout_in (l, v, "loss", arm));
  if (!code)
    file_walk (l, arm, &a, v);
  bd_walk_free (&a);
  return code;
}

static int
measure_widths (const bd_cast *c, const bd_layout *l, double v[])
{
  double *best = bd_layout_in (l, v, "best", BD_GRADUAL_BEST);
  int code = GSL_SUCCESS;

  for (size_t k = 0; !code && k < BD_WIDTHS; k++)
    {
      const bd_series *s = bd_layout_find (l, "by_rate", BD_GRADUAL_WIDTH + k);
      double *loss = v + s->at;
      size_t least = 0;
      code = bd_gradual_rates (c, k, loss);
      for (size_t j = 0; !code && j < s->count; j++)
        if (loss[j] < loss[least])
          least = j;
      best[k] = s->x[least];
    }
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
  for (size_t k = 0; !code && k < WATCHED; k++)
    code = measure_walk (&c, l, watched[k], v);
  for (size_t arm = BD_GRADUAL_FORTY; !code && arm < BD_GRADUAL_BEST; arm++)
    code = bd_gradual_train (&c, arm, NULL, bd_layout_in (l, v, "loss", arm));
  if (!code)
    code = measure_widths (&c, l, v);
  bd_cast_free (&c);
  return code;
}

/* Of the arms with a loss, those that a panel has room for.  */
#define SHOWN                                                                 \
  (BD_BIT (BD_ARM_SINGLE) | BD_BIT (BD_ARM_HALF - 1) | BD_BIT (BD_ARM_HALF)   \
   | BD_BIT (BD_ARM_TUNED) | BD_BIT (BD_ARM_BAG) | BD_BIT (BD_ARM_SEEDS)      \
   | BD_BIT (BD_ARM_DECAY) | BD_BIT (BD_ARM_STOP)                             \
   | ((BD_BIT (BD_CONTROLS) - 1) << BD_GRADUAL_HALF))

static const bd_panel panels[] = {
  { .kind = BD_PANEL_LINES,
    .title = "error while training",
    .xlab = "step",
    .ylab = "error at the test rows",
    .log_x = 1,
    .log_y = 1,
    .measure = "curve" },
  { .kind = BD_PANEL_LINES,
    .title = "size of a step",
    .xlab = "step",
    .ylab = "length of the step / length of the weights",
    .log_x = 1,
    .log_y = 1,
    .measure = "size" },
  { .kind = BD_PANEL_LINES,
    .title = "where the way leads",
    .xlab = "length of the way so far",
    .ylab = "distance from the start",
    .log_x = 1,
    .log_y = 1,
    .measure = "displacement",
    .along = "path" },
  { .kind = BD_PANEL_ROWS,
    .title = "what takes part in a step",
    .xlab = "share, cosine",
    .note = "filled: weights that learn, open: cosine with the last step",
    .zero = true,
    .measure = "share",
    .second = "cosine" },
  { .kind = BD_PANEL_ROWS,
    .title = "error at the end",
    .xlab = "error at the test rows",
    .note = "open: the least on the way",
    .log_x = 1,
    .measure = "loss",
    .second = "least",
    .arms = SHOWN },
  { .kind = BD_PANEL_LINES,
    .title = "best rate by width",
    .xlab = "units of the first layer",
    .ylab = "rate with the least error",
    .log_x = 1,
    .measure = "best" },
  { .measure = NULL },
};

const bd_perspective bd_perspective_gradual = {
  .name = "gradual",
  .title = "Slow, part by part, against a tsunami",
  .claim = BD_GRADUAL_CLAIM,
  .done = BD_GRADUAL_DONE,
  .refuted = BD_GRADUAL_REFUTED,
  .literature = BD_GRADUAL_LITERATURE,
  .meaning = BD_GRADUAL_MEANING,
  .least = 20,
  .plan = plan,
  .measure = measure,
  .contrast = bd_gradual_contrasts,
  .panel = panels,
  .cost = 0.65,
};
