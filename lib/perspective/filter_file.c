#include <config.h>

#include <gsl/gsl_math.h>

#include "filter.h"
#include "filter_bench.h"

#define EARLY 0.1 /* share of the training */
#define LATE 0.5  /* what comes after it is late */

double
bd_filter_phase (const bd_filter_bench *b, size_t k)
{
  return (double)b->at.step[k] / (double)b->at.step[b->at.count - 1];
}

/* What a measure is at checkpoint K of the arm at hand.  */
typedef double number (const bd_filter_bench *b, size_t k);

static const bd_signal *
signal_at (const bd_filter_bench *b, size_t k, size_t layer)
{
  return &b->signal[k * b->layers + layer];
}

static double
snr (const bd_filter_bench *b, size_t k)
{
  return bd_signal_ratio (signal_at (b, k, b->layers - 1));
}

static double
snr_masked (const bd_filter_bench *b, size_t k)
{
  return bd_signal_ratio_added (signal_at (b, k, b->layers - 1));
}

static double
snr_hidden (const bd_filter_bench *b, size_t k)
{
  return bd_signal_ratio (signal_at (b, k, b->layers - 2));
}

static double
snr_hidden_masked (const bd_filter_bench *b, size_t k)
{
  return bd_signal_ratio_added (signal_at (b, k, b->layers - 2));
}

static double
direction (const bd_filter_bench *b, size_t k)
{
  return b->on[k].error;
}

static double
spread (const bd_filter_bench *b, size_t k)
{
  return b->on[k].spread;
}

static double
direction_off (const bd_filter_bench *b, size_t k)
{
  return b->off[k].error;
}

/* Geometric mean over the checkpoints in the first tenth, or in the second
   half, those of all of them being given.  */
static double
early (const bd_filter_bench *b, const double x[])
{
  double sum = log (x[0]), count = 1;

  for (size_t k = 1; k < b->at.count && bd_filter_phase (b, k) <= EARLY; k++)
    {
      sum += log (x[k]);
      count++;
    }
  return exp (sum / count);
}

static double
late (const bd_filter_bench *b, const double x[])
{
  double sum = 0, count = 0;

  for (size_t k = b->at.count; k-- > 0 && bd_filter_phase (b, k) > LATE;)
    {
      sum += log (x[k]);
      count++;
    }
  return exp (sum / count);
}

/* A sensitivity counts against the signal that comes through as well.  */
void
bd_filter_file_end (const bd_filter_bench *b, size_t arm, const bd_signal *a,
                    double sensitivity)
{
  double ratio = bd_signal_ratio (a);

  *bd_layout_in (b->l, b->v, "snr_end", arm) = ratio;
  *bd_layout_in (b->l, b->v, "sensitivity", arm)
      = sensitivity / BD_FILTER_SETS / (ratio * bd_signal_of (a).noise);
}

void
bd_filter_file (bd_filter_bench *b, size_t arm, double sensitivity)
{
  static const struct
  {
    const char *measure, *early, *late;
    number *number;
  } list[] = {
    { "snr", "snr_early", "snr_late", snr },
    { "snr_masked", "snr_early_masked", NULL, snr_masked },
    { "snr_hidden", "hidden_early", NULL, snr_hidden },
    { "snr_hidden_masked", NULL, NULL, snr_hidden_masked },
    { "direction", "direction_early", "direction_late", direction },
    { "spread", "spread_early", NULL, spread },
    { "direction_off", "direction_off_early", NULL, direction_off },
  };
  size_t last = b->at.count - 1, out = b->layers - 1;

  for (size_t i = 0; i < sizeof list / sizeof *list; i++)
    {
      double *x = bd_layout_in (b->l, b->v, list[i].measure, arm);
      for (size_t k = 0; k <= last; k++)
        x[k] = list[i].number (b, k);
      if (list[i].early)
        *bd_layout_in (b->l, b->v, list[i].early, arm) = early (b, x);
      if (list[i].late)
        *bd_layout_in (b->l, b->v, list[i].late, arm) = late (b, x);
    }
  for (size_t l = 0; l + 1 < out && l < BD_FILTER_LAYERS; l++)
    for (size_t k = 0; k <= last; k++)
      bd_layout_in (b->l, b->v, bd_filter_layer[l], arm)[k]
          = bd_signal_ratio (signal_at (b, k, l));
  bd_filter_file_end (b, arm, signal_at (b, last, out), sensitivity);
}
