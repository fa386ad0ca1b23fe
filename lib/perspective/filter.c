/* Perspective 3: a filter of the previous layer's variance.

   References: N. Srivastava et al., "Dropout", JMLR 15 (2014); Z. Liu, Z. Xu,
   J. Jin, Z. Shen, T. Darrell, "Dropout reduces underfitting", ICML 2023
   (direction error and direction variance of gradients).  */
#include <config.h>

#include <gsl/gsl_math.h>

#include "cast.h"
#include "filter.h"
#include "filter_texts.h"

static double
gain (const bd_layout *l, const double v[], const char *measure, size_t arm)
{
  return bd_layout_log_ratio (l, v, measure, arm, BD_ARM_SINGLE, 0);
}

static double
early_gain (const bd_layout *l, const double v[])
{
  return gain (l, v, "snr_early", BD_ARM_TUNED);
}

static double
late_gain (const bd_layout *l, const double v[])
{
  return gain (l, v, "snr_late", BD_ARM_TUNED);
}

static double
early_over_late (const bd_layout *l, const double v[])
{
  return early_gain (l, v) - late_gain (l, v);
}

static double
of_tuned (const bd_layout *l, const double v[], const char *measure)
{
  return bd_layout_get (l, v, measure, BD_ARM_TUNED, 0);
}

static double
masks_at_work (const bd_layout *l, const double v[])
{
  return log (of_tuned (l, v, "snr_early_masked")
              / of_tuned (l, v, "snr_early"));
}

static const bd_contrast contrasts[] = {
  { "early signal-to-noise ratio of the response with dropout, all units at "
    "work, against the single network",
    true, true, 1, NULL, "snr_early", BD_ARM_TUNED, BD_ARM_SINGLE },
  { "what dropout gains in that ratio early against what it gains late", true,
    true, 1, early_over_late, NULL, 0, 0 },
  { "the claim taken literally: early ratio with the masks at work against "
    "the same network without them",
    false, true, 1, masks_at_work, NULL, 0, 0 },
  { "early ratio with the masks at work against the single network", false,
    true, 1, NULL, "snr_early_masked", BD_ARM_TUNED, BD_ARM_SINGLE },
  { "late ratio with dropout against the single network", false, true, 1, NULL,
    "snr_late", BD_ARM_TUNED, BD_ARM_SINGLE },
  { "early ratio of the last hidden layer with dropout against the single "
    "network",
    false, true, 1, NULL, "hidden_early", BD_ARM_TUNED, BD_ARM_SINGLE },
  { "early ratio at rate .5 against the single network", false, true, 1, NULL,
    "snr_early", BD_ARM_HALF, BD_ARM_SINGLE },
  { "early ratio with tuned weight decay against the single network", false,
    true, 1, NULL, "snr_early", BD_ARM_DECAY, BD_ARM_SINGLE },
  { "ratio at the end with dropout against tuned weight decay", false, true, 1,
    NULL, "snr_end", BD_ARM_TUNED, BD_ARM_DECAY },
  { "early error of the direction of gradients, masks at work, against the "
    "single network",
    false, true, -1, NULL, "direction_early", BD_ARM_TUNED, BD_ARM_SINGLE },
  { "sensitivity to noise in the inputs with dropout against the single "
    "network",
    false, true, -1, NULL, "sensitivity", BD_ARM_TUNED, BD_ARM_SINGLE },
  { NULL, false, false, 0, NULL, NULL, 0, 0 },
};

static double
added (const bd_layout *l, const double v[])
{
  return bd_layout_get (l, v, "added", BD_ARM_HALF, 0);
}

static const bd_fact facts[] = {
  { "variance that masks add to the response of a small network, q/(1-q) "
    "times the sum of the squares of what its units send, against that over "
    "all of its 256 subnetworks: relative difference (0 by theorem)",
    added },
  { NULL, NULL },
};

#define LINES                                                                 \
  (BD_BIT (BD_ARM_SINGLE) | BD_BITS_RATES | BD_BIT (BD_ARM_DECAY)             \
   | BD_BIT (BD_ARM_STOP))

static const bd_panel panels[] = {
  { .kind = BD_PANEL_LINES,
    .title = "response, all units",
    .xlab = "step",
    .ylab = "signal / noise",
    .log_x = 1,
    .log_y = 1,
    .measure = "snr",
    .arms = LINES },
  { .kind = BD_PANEL_LINES,
    .title = "response, masks at work",
    .xlab = "step",
    .ylab = "signal / noise",
    .log_x = 1,
    .log_y = 1,
    .measure = "snr_masked",
    .arms = BD_BIT (BD_ARM_SINGLE) | BD_BITS_RATES },
  { .kind = BD_PANEL_LINES,
    .title = "last hidden layer, all units",
    .xlab = "step",
    .ylab = "signal / noise",
    .log_x = 1,
    .log_y = 1,
    .measure = "snr_hidden",
    .arms = LINES },
  { .kind = BD_PANEL_ROWS,
    .title = "response, all units",
    .xlab = "signal / noise",
    .note = "filled: at the end, open: early",
    .log_x = 1,
    .measure = "snr_end",
    .second = "snr_early" },
  { .kind = BD_PANEL_ROWS,
    .title = "direction of gradients",
    .xlab = "error of direction",
    .note = "filled: early, open: late",
    .measure = "direction_early",
    .second = "direction_late" },
  { .kind = BD_PANEL_ROWS,
    .title = "noise in the inputs",
    .xlab = "sensitivity",
    .log_x = 1,
    .measure = "sensitivity" },
  { .measure = NULL },
};

const bd_perspective bd_perspective_filter = {
  .name = "filter",
  .title = "A filter of the previous layer's variance",
  .claim = BD_FILTER_CLAIM,
  .done = BD_FILTER_DONE,
  .refuted = BD_FILTER_REFUTED,
  .literature = BD_FILTER_LITERATURE,
  .meaning = BD_FILTER_MEANING,
  .least = 24,
  .classes = "signal and noise are variances of a response of numbers, and "
             "this one is of classes",
  .plan = bd_filter_plan,
  .measure = bd_filter_measure,
  .contrast = contrasts,
  .fact = facts,
  .panel = panels,
  .cost = 0.55,
};
