/* What decides perspective 2, and what is told beside.

   Reference: A. Ashukha, A. Lyzhov, D. Molchanov, D. Vetrov, "Pitfalls of
   in-domain uncertainty estimation and ensembling in deep learning", ICLR 2020
   (the ensemble equivalent).  */
#include <config.h>

#include <gsl/gsl_math.h>

#include "ensemble_contrasts.h"

static double
over (const bd_layout *l, const double v[], size_t arm, size_t base)
{
  return bd_layout_log_ratio (l, v, "loss", arm, base, 0);
}

static double
masks_over_single (const bd_layout *l, const double v[])
{
  return over (l, v, BD_ARM_MASKS, BD_ARM_SINGLE);
}

static double
masks_over_untied (const bd_layout *l, const double v[])
{
  return over (l, v, BD_ARM_MASKS, BD_ARM_UNTIED);
}

static double
masks_over_apart (const bd_layout *l, const double v[])
{
  return over (l, v, BD_ARM_MASKS, BD_ARM_APART);
}

static double
untied_over_stopped (const bd_layout *l, const double v[])
{
  return over (l, v, BD_ARM_UNTIED, BD_ARM_STOP);
}

static double
masks_over_scaled (const bd_layout *l, const double v[])
{
  return over (l, v, BD_ARM_MASKS, BD_ARM_TUNED);
}

static double
masks_over_bag (const bd_layout *l, const double v[])
{
  return over (l, v, BD_ARM_MASKS, BD_ARM_BAG);
}

/* Where c + w / M of bagged networks is the error of the average of masks: the
   ensemble equivalent M of A. Ashukha et al. 2020, here by squared error, as
   its reciprocal, which has no pole.  */
static double
equivalent (const bd_layout *l, const double v[])
{
  double loss = bd_layout_get (l, v, "loss", BD_ARM_MASKS, 0);
  double c = bd_layout_get (l, v, "limit", BD_ARM_BAG, 0);
  double w = bd_layout_get (l, v, "spread", BD_ARM_BAG, 0);

  return w > 0 ? (loss - c) / w : GSL_NAN;
}

static double
bag_over_single (const bd_layout *l, const double v[])
{
  return over (l, v, BD_ARM_BAG, BD_ARM_SINGLE);
}

static double
seeds_over_single (const bd_layout *l, const double v[])
{
  return over (l, v, BD_ARM_SEEDS, BD_ARM_SINGLE);
}

static double
masks_over_decay (const bd_layout *l, const double v[])
{
  return over (l, v, BD_ARM_MASKS, BD_ARM_DECAY);
}

static double
masks_over_stopped (const bd_layout *l, const double v[])
{
  return over (l, v, BD_ARM_MASKS, BD_ARM_STOP);
}

const bd_contrast bd_ensemble_contrasts[] = {
  { "error of the average of random masks against the single network", true,
    true, -1, masks_over_single },
  { "error of that average against networks thinned in the same way and "
    "trained apart at equal cost",
    true, true, -1, masks_over_untied },
  { "error of that average against such networks when each is trained at full "
    "length",
    false, true, -1, masks_over_apart },
  { "error of such networks at equal cost, which are trained for a short "
    "time each, against one network that stops early",
    false, true, -1, untied_over_stopped },
  { "error of that average against one network by weight scaling", false, true,
    -1, masks_over_scaled },
  { "error of that average against bagged networks", false, true, -1,
    masks_over_bag },
  { "ensemble equivalent of that average, as 1 / M: so many bagged networks "
    "are as good (0 and below: no number of them is)",
    false, false, -1, equivalent },
  { "error of that average against tuned weight decay", false, true, -1,
    masks_over_decay },
  { "error of that average against tuned early stopping", false, true, -1,
    masks_over_stopped },
  { "error of bagged networks against the single network", false, true, -1,
    bag_over_single },
  { "error of networks by seed against the single network", false, true, -1,
    seeds_over_single },
  { NULL, false, false, 0, NULL },
};

static double
theorem (const bd_layout *l, const double v[])
{
  return bd_layout_get (l, v, "theorem", BD_ARM_TUNED, 0);
}

const bd_fact bd_ensemble_facts[] = {
  { "mean over all 256 subnetworks of a small network less its weight-scaled "
    "output, in standard deviations between subnetworks (0 by theorem)",
    theorem },
  { NULL, NULL },
};
