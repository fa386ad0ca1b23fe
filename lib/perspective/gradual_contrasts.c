/* What perspective 6 is judged by.  */
#include <config.h>

#include <gsl/gsl_math.h>

#include "gradual.h"

/* All errors at "40 to 50 %" are the means of the logarithms at
   the two rates.  */

static double
log_loss (const bd_layout *l, const double v[], size_t arm)
{
  return log (bd_layout_get (l, v, "loss", arm, 0));
}

static double
log_dropout (const bd_layout *l, const double v[])
{
  return (log_loss (l, v, BD_ARM_HALF) + log_loss (l, v, BD_ARM_HALF - 1)) / 2;
}

static double
log_control (const bd_layout *l, const double v[], bd_gradual k)
{
  return (log_loss (l, v, BD_GRADUAL_HALF + k)
          + log_loss (l, v, BD_GRADUAL_FORTY + k))
         / 2;
}

/* A control's loss over the one half way (in logarithms) between the single
   network and dropout: below 0 it has more than half of dropout's gain.  */
static double
over_half (const bd_layout *l, const double v[], bd_gradual k)
{
  double half = (log_loss (l, v, BD_ARM_SINGLE) + log_dropout (l, v)) / 2;

  return log_control (l, v, k) - half;
}

static double
dropout_over_single (const bd_layout *l, const double v[])
{
  return log_dropout (l, v) - log_loss (l, v, BD_ARM_SINGLE);
}

static double
parts_over_half (const bd_layout *l, const double v[])
{
  return over_half (l, v, BD_PARTS);
}

static double
slower_over_half (const bd_layout *l, const double v[])
{
  return over_half (l, v, BD_SLOWER);
}

static double
noise_over_half (const bd_layout *l, const double v[])
{
  return over_half (l, v, BD_NOISE);
}

static double
batch_over_half (const bd_layout *l, const double v[])
{
  return over_half (l, v, BD_BATCH);
}

static double
parts_over_slower (const bd_layout *l, const double v[])
{
  return log_control (l, v, BD_PARTS) - log_control (l, v, BD_SLOWER);
}

static double
dropout_over_tuned (const bd_layout *l, const double v[])
{
  return log_dropout (l, v) - log_loss (l, v, BD_ARM_TUNED);
}

static double
best_by_width (const bd_layout *l, const double v[])
{
  return bd_layout_get (l, v, "best", BD_GRADUAL_BEST, BD_WIDTHS - 1)
         - bd_layout_get (l, v, "best", BD_GRADUAL_BEST, 0);
}

const bd_contrast bd_gradual_contrasts[] = {
  { "error of dropout at 40 and 50 % against the single network", true, true,
    -1, dropout_over_single, NULL, 0, 0 },
  { "error of learning part by part without noise, against what half of "
    "dropout's gain would leave",
    true, true, -1, parts_over_half, NULL, 0, 0 },
  { "error of learning part by part without noise, against a slower learning "
    "rate",
    true, true, -1, parts_over_slower, NULL, 0, 0 },
  { "error of a slower learning rate alone, against half of the gain", false,
    true, 1, slower_over_half, NULL, 0, 0 },
  { "error of noise without parts (Gaussian factors), against the same half",
    false, true, 1, noise_over_half, NULL, 0, 0 },
  { "error of dropout with one mask for all rows of a step, against the same "
    "half",
    false, true, -1, batch_over_half, NULL, 0, 0 },
  { "error of dropout at 40 and 50 % against its tuned rate", false, true, -1,
    dropout_over_tuned, NULL, 0, 0 },
  { "error of tuned weight decay against the single network", false, true, -1,
    NULL, "loss", BD_ARM_DECAY, BD_ARM_SINGLE },
  { "error of tuned early stopping against the single network", false, true,
    -1, NULL, "loss", BD_ARM_STOP, BD_ARM_SINGLE },
  { "error of bagged networks against the single network", false, true, -1,
    NULL, "loss", BD_ARM_BAG, BD_ARM_SINGLE },
  { "best rate with four times the units less that with a fifth of them",
    false, false, 1, best_by_width, NULL, 0, 0 },
  { NULL, false, false, 0, NULL, NULL, 0, 0 },
};
