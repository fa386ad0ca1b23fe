#include <config.h>

#include <gsl/gsl_math.h>

#include "cast.h"
#include "filter.h"

#define CHECKPOINTS 12
#define FIRST 200 /* the first one comes after one step in so many */

const char *const bd_filter_layer[BD_FILTER_LAYERS]
    = { "snr_hidden_1", "snr_hidden_2", "snr_hidden_3",
        "snr_hidden_4", "snr_hidden_5", "snr_hidden_6" };

/* Sets like a table's training rows are halves of them.  */
int
bd_filter_checkpoints (const bd_perspective_options *o, bd_watch_curve *c,
                       size_t *depth)
{
  bd_net_options base;
  bd_mask mask;
  size_t train, test;
  double ratio;
  int code = bd_cast_choose (o, 0, &base, &mask, NULL);

  if (code)
    return code;
  bd_repetition_rows (o, &train, &test, &ratio);
  size_t steps = bd_net_steps (&base, o->scenario ? train : train / 2, NULL);
  bd_watch_checkpoints (c, GSL_MAX (steps / FIRST, 1), steps, CHECKPOINTS);
  *depth = base.depth;
  return GSL_SUCCESS;
}

/* One network at a time is followed along its training.  */
static int
add_followed (bd_layout *l, size_t arm, size_t count, const double x[],
              size_t depth)
{
  static const char *const path[]
      = { "snr",       "snr_masked", "snr_hidden",   "snr_hidden_masked",
          "direction", "spread",     "direction_off" };
  static const char *const part[]
      = { "snr_early",    "snr_early_masked",   "hidden_early",
          "snr_late",     "direction_early",    "direction_late",
          "spread_early", "direction_off_early" };
  int code = GSL_SUCCESS;

  for (size_t k = 0; !code && k < sizeof path / sizeof *path; k++)
    code = bd_layout_add (l, path[k], arm, count, x, true);
  for (size_t k = 0; !code && k + 1 < depth && k < BD_FILTER_LAYERS; k++)
    code = bd_layout_add (l, bd_filter_layer[k], arm, count, x, true);
  for (size_t k = 0; !code && k < sizeof part / sizeof *part; k++)
    code = bd_layout_add (l, part[k], arm, 1, NULL, true);
  return code;
}

int
bd_filter_plan (const bd_perspective_options *o, bd_layout *l)
{
  double x[BD_CHECKPOINTS];
  bd_watch_curve c;
  size_t depth;
  int code = bd_filter_checkpoints (o, &c, &depth);

  for (size_t k = 0; !code && k < c.count; k++)
    x[k] = (double)c.step[k];
  bd_cast_arms (l);
  for (size_t arm = 0; !code && arm < BD_CAST; arm++)
    {
      if (arm != BD_ARM_BAG && arm != BD_ARM_SEEDS)
        code = add_followed (l, arm, c.count, x, depth);
      if (!code)
        code = bd_layout_add (l, "snr_end", arm, 1, NULL, true)
               || bd_layout_add (l, "sensitivity", arm, 1, NULL, true);
    }
  if (!code)
    code = bd_layout_add (l, "added", BD_ARM_HALF, 1, NULL, false);
  return code ? GSL_ENOMEM : GSL_SUCCESS;
}
