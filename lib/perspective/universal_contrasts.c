/* What decides on perspective 4 and what is told beside.  */
#include <config.h>

#include <gsl/gsl_math.h>

#include "universal.h"

#define ALLOWED 1.05 /* what new masks may lose against used ones */
#define PLACE_FEW 3  /* of BD_UNIVERSAL_FEW among the pools */
#define PLACE_MOST (BD_UNIVERSAL_POOLS - 1)
#define EARLY 1 /* look that the spread at the end is compared with */

/* New masks against those used in training.  */
static double
new_over_used (const bd_layout *l, const double v[], size_t arm)
{
  double new = bd_layout_get (l, v, "new", arm, 0);
  double used = bd_layout_get (l, v, "used", arm, 0);

  return new > 0 && used > 0 ? log (new / used) : GSL_NAN;
}

static double
new_over_used_half (const bd_layout *l, const double v[])
{
  return new_over_used (l, v, BD_ARM_HALF);
}

static double
new_beyond_allowed (const bd_layout *l, const double v[])
{
  return new_over_used_half (l, v) - log (ALLOWED);
}

static double
new_over_used_step (const bd_layout *l, const double v[])
{
  return new_over_used (l, v, BD_UNIVERSAL_STEP);
}

static double
pool_gap (const bd_layout *l, const double v[], size_t k)
{
  return log (bd_layout_get (l, v, "gap", BD_UNIVERSAL_POOLS_HALF, k));
}

static double
gap_of_few (const bd_layout *l, const double v[])
{
  return pool_gap (l, v, PLACE_FEW);
}

static double
gap_of_most (const bd_layout *l, const double v[])
{
  return pool_gap (l, v, PLACE_MOST);
}

/* The last look against an early one.  */
static double
end_over_begin (const bd_layout *l, const double v[], const char *measure)
{
  const bd_series *s = bd_layout_find (l, measure, BD_ARM_HALF);

  if (s->count <= EARLY)
    return GSL_NAN;
  return log (v[s->at + s->count - 1] / v[s->at + EARLY]);
}

/* The standard deviation between new masks as a share of their mean loss.  */
static double
share_shrinks (const bd_layout *l, const double v[])
{
  return end_over_begin (l, v, "along_spread");
}

static double
spread_shrinks (const bd_layout *l, const double v[])
{
  return share_shrinks (l, v) + end_over_begin (l, v, "along");
}

const bd_contrast bd_universal_contrasts[] = {
  { "loss under new masks at the tuned rate: dropout against weight decay "
    "that "
    "is as good without masks",
    true, true, -1, NULL, "masked", BD_ARM_TUNED, BD_UNIVERSAL_EQUAL },
  { "loss of subnetworks never trained against 1.05 times that of subnetworks "
    "trained, at rate .5 (5 % more is allowed)",
    true, true, -1, new_beyond_allowed, NULL, 0, 0 },
  { "loss of subnetworks never trained against that of subnetworks trained, "
    "at "
    "rate .5",
    false, true, -1, new_over_used_half, NULL, 0, 0 },
  { "the same with one mask for all rows of a step", false, true, -1,
    new_over_used_step, NULL, 0, 0 },
  { "loss under new masks against the masks of the pool, after training with "
    "16 masks of rate .5 only",
    false, true, -1, gap_of_few, NULL, 0, 0 },
  { "the same with 1024 masks", false, true, -1, gap_of_most, NULL, 0, 0 },
  { "loss under new masks at the tuned rate: dropout against the single "
    "network",
    false, true, -1, NULL, "masked", BD_ARM_TUNED, BD_ARM_SINGLE },
  { "loss under new masks at the tuned rate: dropout against tuned weight "
    "decay",
    false, true, -1, NULL, "masked", BD_ARM_TUNED, BD_ARM_DECAY },
  { "loss under new masks of rate .5: dropout .5 against weight decay that is "
    "as good without masks",
    false, true, -1, NULL, "half", BD_ARM_HALF, BD_UNIVERSAL_EQUAL },
  { "standard deviation of the loss between new masks of rate .5: at the end "
    "of the training against its beginning",
    false, true, -1, spread_shrinks, NULL, 0, 0 },
  { "that standard deviation as a share of the mean loss, in the same way",
    false, true, -1, share_shrinks, NULL, 0, 0 },
  { NULL, false, false, 0, NULL, NULL, 0, 0 },
};

static double
theorem (const bd_layout *l, const double v[])
{
  return bd_layout_get (l, v, "theorem", BD_ARM_HALF, 0);
}

const bd_fact bd_universal_facts[] = {
  { "loss averaged over all 1024 subnetworks of a small network less the loss "
    "with all units and the mean variance between subnetworks, as a share of "
    "it (0 by theorem)",
    theorem },
  { NULL, NULL },
};
