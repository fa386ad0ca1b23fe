/* What decides perspective 2, and what is told beside.

   Reference: A. Ashukha, A. Lyzhov, D. Molchanov, D. Vetrov, "Pitfalls of
   in-domain uncertainty estimation and ensembling in deep learning", ICLR 2020
   (the ensemble equivalent).  */
#include <config.h>

#include <gsl/gsl_math.h>

#include "ensemble_contrasts.h"

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

const bd_contrast bd_ensemble_contrasts[] = {
  { "error of the average of random masks against the single network", true,
    true, -1, NULL, "loss", BD_ARM_MASKS, BD_ARM_SINGLE },
  { "error of that average against networks thinned in the same way and "
    "trained apart at equal cost",
    true, true, -1, NULL, "loss", BD_ARM_MASKS, BD_ARM_UNTIED },
  { "error of that average against such networks when each is trained at full "
    "length",
    false, true, -1, NULL, "loss", BD_ARM_MASKS, BD_ARM_APART },
  { "error of such networks at equal cost, which are trained for a short "
    "time each, against one network that stops early",
    false, true, -1, NULL, "loss", BD_ARM_UNTIED, BD_ARM_STOP },
  { "error of that average against one network by weight scaling", false, true,
    -1, NULL, "loss", BD_ARM_MASKS, BD_ARM_TUNED },
  { "error of that average against bagged networks", false, true, -1, NULL,
    "loss", BD_ARM_MASKS, BD_ARM_BAG },
  { "ensemble equivalent of that average, as 1 / M: so many bagged networks "
    "are as good (0 and below: no number of them is)",
    false, false, -1, equivalent, NULL, 0, 0 },
  { "error of that average against tuned weight decay", false, true, -1, NULL,
    "loss", BD_ARM_MASKS, BD_ARM_DECAY },
  { "error of that average against tuned early stopping", false, true, -1,
    NULL, "loss", BD_ARM_MASKS, BD_ARM_STOP },
  { "error of bagged networks against the single network", false, true, -1,
    NULL, "loss", BD_ARM_BAG, BD_ARM_SINGLE },
  { "error of networks by seed against the single network", false, true, -1,
    NULL, "loss", BD_ARM_SEEDS, BD_ARM_SINGLE },
  { NULL, false, false, 0, NULL, NULL, 0, 0 },
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
