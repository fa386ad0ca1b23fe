#include <config.h>

#include <gsl/gsl_math.h>
#include <string.h>

#include "../base/kernel.h"
#include "net.h"
#include "optimiser.h"

BD_NO_CONTRACTION

const bd_optimiser *const bd_optimisers[]
    = { &bd_optimiser_adam, &bd_optimiser_adamw, &bd_optimiser_sgd,
        &bd_optimiser_lbfgs, NULL };

const bd_optimiser *
bd_optimiser_find (const char *name)
{
  for (size_t k = 0; bd_optimisers[k]; k++)
    if (strcmp (bd_optimisers[k]->name, name) == 0)
      return bd_optimisers[k];
  return NULL;
}

static double
half_cosine (double phase)
{
  return phase < 0.5 ? 1 : 0.5 * (1 - cos (2 * M_PI * phase));
}

static double
constant (double phase)
{
  (void)phase;
  return 1;
}

static double
cosine (double phase)
{
  return 0.5 * (1 + cos (M_PI * phase));
}

static double
line (double phase)
{
  return 1 - phase;
}

static double
stairs (double phase)
{
  return phase < 0.6 ? 1 : phase < 0.85 ? 0.1 : 0.01;
}

const bd_schedule bd_schedules[]
    = { { "halfcosine", "level, then half a cosine to zero", half_cosine },
        { "constant", "level", constant },
        { "cosine", "half a cosine to zero", cosine },
        { "linear", "straight to zero", line },
        { "step", "a tenth after 60 % of the steps, a hundredth after 85 %",
          stairs },
        { NULL, NULL, NULL } };

const bd_schedule *
bd_schedule_find (const char *name)
{
  for (const bd_schedule *s = bd_schedules; s->name; s++)
    if (strcmp (s->name, name) == 0)
      return s;
  return NULL;
}

/* COUNT columns side by side.  Sums are double: no square of a float is too
   large for them.  */
BD_KERNEL static void
squares (size_t rows, size_t count, size_t stride, const float *restrict w,
         double *restrict ss)
{
  memset (ss, 0, count * sizeof *ss);
  for (size_t k = 0; k < rows; k++)
    for (size_t j = 0; j < count; j++)
      ss[j] += (double)w[k * stride + j] * (double)w[k * stride + j];
}

void
bd_max_norm (size_t rows, size_t columns, size_t stride, double norm,
             float w[])
{
  double ss[BD_NET_PAD];

  for (size_t j = 0; norm > 0 && j < columns; j++)
    {
      if (j % BD_NET_PAD == 0)
        squares (rows, GSL_MIN (columns - j, BD_NET_PAD), stride, w + j, ss);
      if (ss[j % BD_NET_PAD] <= norm * norm)
        continue;
      float share = (float)(norm / sqrt (ss[j % BD_NET_PAD]));
      for (size_t k = 0; k < rows; k++)
        w[k * stride + j] *= share;
    }
}
