#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "cast.h"
#include "filter.h"
#include "filter_ensemble.h"
#include "filter_gradient.h"
#include "filter_path.h"

enum /* seeds that are derived from a repetition's */
{
  SEED_BATCHES = 60,
  SEED_SMALL = 62
};

#define SETS 5     /* data sets like the repetition's */
#define POINTS 100 /* most points that are looked at */
#define PARTS 4    /* batches that the rows are dealt into */
#define EARLY 0.1  /* share of the training */
#define LATE 0.5   /* what comes after it is late */

/* What all arms are measured with.  */
typedef struct
{
  bd_cast c; /* only tuned */
  const bd_layout *l;
  double *v;
  bd_dataset *set[SETS];
  gsl_matrix_view P;
  double *sd; /* of the inputs */
  bd_watch_curve at;
  bd_signal *signal; /* checkpoints x layers, of one arm at a time */
  size_t layers;     /* hidden ones and the response */
  bd_directions on[BD_CHECKPOINTS], off[BD_CHECKPOINTS];
} bench;

static void
close_bench (bench *b)
{
  for (size_t k = 0; k < SETS; k++)
    bd_dataset_free (b->set[k]);
  free (b->sd);
}

static void
deviations (const gsl_matrix *X, double sd[])
{
  double n = (double)X->size1;

  for (size_t j = 0; j < X->size2; j++)
    {
      double mean = 0, sum = 0;
      for (size_t i = 0; i < X->size1; i++)
        mean += gsl_matrix_get (X, i, j) / n;
      for (size_t i = 0; i < X->size1; i++)
        sum += gsl_pow_2 (gsl_matrix_get (X, i, j) - mean);
      sd[j] = sqrt (sum / n);
    }
}

static int
open_bench (bench *b, const bd_repetition *r, const bd_layout *l, double v[])
{
  size_t m = GSL_MIN (r->test->n, POINTS), d = r->train->d;

  *b = (bench){ .c = { .r = r }, .l = l, .v = v };
  b->P = gsl_matrix_submatrix (r->test->X, 0, 0, m, d);
  b->sd = bd_array (d, 1);
  int code = b->sd ? bd_cast_choose (r->o, 0, &b->c.base, &b->c.mask, NULL)
                   : GSL_ENOMEM;
  if (!code)
    code = bd_filter_checkpoints (r->o, &b->at, &b->layers);
  if (!code)
    code = bd_cast_tune (&b->c);
  b->layers++;
  for (size_t k = 0; !code && k < SETS; k++)
    if (!(b->set[k] = bd_repetition_like (r, k + 1)))
      code = GSL_ENOMEM;
  if (!code)
    deviations (r->train->X, b->sd);
  else
    close_bench (b);
  return code;
}

/* The law that masks the forward passes of a training, or NULL.  */
static const bd_mask *
forward_mask (const bd_net_options *o)
{
  return bd_mask_acts (&o->mask) && !o->mask.update ? &o->mask : NULL;
}

/* Rates of the hidden layers at PHASE, NaN where masks of single units are not
   drawn alone, so that what they add is no sum over the units.  */
static void
rates_at (const bd_mask *mask, size_t layers, double phase, double rate[])
{
  bool sum
      = !mask
        || (!mask->type->weights && !mask->type->runs && !mask->type->learnt);

  for (size_t l = 0; l + 1 < layers; l++)
    rate[l] = !sum ? GSL_NAN : mask ? bd_mask_rate (mask, l, phase) : 0;
}

static double
phase_at (const bench *b, size_t k)
{
  return (double)b->at.step[k] / (double)b->at.step[b->at.count - 1];
}

static int
look_at_path (bench *b, const bd_path *path, const bd_mask *mask)
{
  double rate[BD_NET_LAYERS];
  int code = GSL_SUCCESS;

  for (size_t k = 0; !code && k < path->count; k++)
    {
      const bd_net_model model = bd_path_at (path, k);
      rates_at (mask, b->layers, phase_at (b, k), rate);
      code = bd_signal_add_net (b->signal + k * b->layers, &model, rate,
                                &b->P.matrix);
    }
  return code;
}

/* Gradients along one of the trainings, with the masks that it was trained
   with and without.  */
static int
look_at_gradients (bench *b, const bd_path *path, const bd_dataset *d,
                   const bd_mask *mask)
{
  bd_batches a;
  int code = bd_batches_init (&a, &path->model->net, d, d->n / PARTS,
                              bd_rng_derive (b->c.r->seed, SEED_BATCHES));

  for (size_t k = 0; !code && k < path->count; k++)
    {
      const bd_net_model model = bd_path_at (path, k);
      b->off[k] = bd_batches_measure (&a, &model, NULL, 1);
      b->on[k] = mask ? bd_batches_measure (&a, &model, mask, phase_at (b, k))
                      : b->off[k];
    }
  bd_batches_free (&a);
  return code;
}

/* Replicate K of an arm.  */
static int
replicate (bench *b, size_t arm, size_t k, double *sensitivity)
{
  bd_net_options o = bd_cast_options (&b->c, arm);
  const bd_net_watch stop = { bd_watch_stop_at, &b->c.steps };
  const bd_mask *mask = forward_mask (&o);
  double one = 0;
  bd_path path;

  if (arm == BD_ARM_STOP && !b->c.r->o->null)
    o.watch = &stop;
  o.mask_stream = k + 1;
  int code
      = bd_path_train (&path, &o, b->set[k], bd_cast_seed (b->c.r),
                       bd_cast_stream (&b->c, arm), b->at.count, b->at.step);
  if (!code)
    code = look_at_path (b, &path, mask);
  if (!code && k == 0)
    code = look_at_gradients (b, &path, b->set[k], mask);
  if (!code)
    code = bd_team_sensitivity (&(bd_team){ &path.model, 1 }, &b->P.matrix,
                                b->sd, &one);
  *sensitivity += one;
  bd_path_free (&path);
  return code;
}

/* What a measure is at checkpoint K of the arm at hand.  */
typedef double number (const bench *b, size_t k);

static const bd_signal *
signal_at (const bench *b, size_t k, size_t layer)
{
  return &b->signal[k * b->layers + layer];
}

static double
snr (const bench *b, size_t k)
{
  return bd_signal_ratio (signal_at (b, k, b->layers - 1));
}

static double
snr_masked (const bench *b, size_t k)
{
  return bd_signal_ratio_added (signal_at (b, k, b->layers - 1));
}

static double
snr_hidden (const bench *b, size_t k)
{
  return bd_signal_ratio (signal_at (b, k, b->layers - 2));
}

static double
snr_hidden_masked (const bench *b, size_t k)
{
  return bd_signal_ratio_added (signal_at (b, k, b->layers - 2));
}

static double
direction (const bench *b, size_t k)
{
  return b->on[k].error;
}

static double
spread (const bench *b, size_t k)
{
  return b->on[k].spread;
}

static double
direction_off (const bench *b, size_t k)
{
  return b->off[k].error;
}

/* Geometric mean over the checkpoints in the first tenth, or in the second
   half, those of all of them being given.  */
static double
early (const bench *b, const double x[])
{
  double sum = log (x[0]), count = 1;

  for (size_t k = 1; k < b->at.count && phase_at (b, k) <= EARLY; k++)
    {
      sum += log (x[k]);
      count++;
    }
  return exp (sum / count);
}

static double
late (const bench *b, const double x[])
{
  double sum = 0, count = 0;

  for (size_t k = b->at.count; k-- > 0 && phase_at (b, k) > LATE;)
    {
      sum += log (x[k]);
      count++;
    }
  return exp (sum / count);
}

/* A sensitivity counts against the signal that comes through as well.  */
static void
file_end (const bench *b, size_t arm, const bd_signal *a, double sensitivity)
{
  double ratio = bd_signal_ratio (a);

  *bd_layout_in (b->l, b->v, "snr_end", arm) = ratio;
  *bd_layout_in (b->l, b->v, "sensitivity", arm)
      = sensitivity / SETS / (ratio * bd_signal_of (a).noise);
}

static void
file_arm (bench *b, size_t arm, double sensitivity)
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
  file_end (b, arm, signal_at (b, last, out), sensitivity);
}

static int
measure_arm (bench *b, size_t arm)
{
  size_t count = b->at.count * b->layers, m = b->P.matrix.size1;
  double sensitivity = 0;
  int code = GSL_SUCCESS;

  if (!(b->signal = calloc (count, sizeof *b->signal)))
    return GSL_ENOMEM;
  for (size_t i = 0; !code && i < count; i++)
    {
      size_t l = i % b->layers;
      code = bd_signal_init (&b->signal[i], m,
                             l + 1 < b->layers ? b->c.base.hidden[l] : 1);
    }
  for (size_t k = 0; !code && k < SETS; k++)
    code = replicate (b, arm, k, &sensitivity);
  if (!code)
    file_arm (b, arm, sensitivity);
  for (size_t i = 0; i < count; i++)
    bd_signal_free (&b->signal[i]);
  free (b->signal);
  return code;
}

static int
measure_ensemble (bench *b, size_t arm)
{
  bd_signal signal;
  double sensitivity = 0;
  int code = bd_signal_init (&signal, b->P.matrix.size1, 1);

  for (size_t k = 0; !code && k < SETS; k++)
    code = bd_filter_ensemble (&b->c, arm, b->set[k], k, &b->P.matrix, b->sd,
                               &signal, &sensitivity);
  if (!code)
    file_end (b, arm, &signal, sensitivity);
  bd_signal_free (&signal);
  return code;
}

/* The tuned rate's numbers are those of its arm.  */
static void
copy_tuned (const bench *b)
{
  size_t from = BD_ARM_RATE + b->c.rate;

  for (size_t i = 0; i < b->l->series; i++)
    {
      const bd_series *s = &b->l->of[i];
      if (s->arm == BD_ARM_TUNED)
        memcpy (b->v + s->at, bd_layout_in (b->l, b->v, s->measure, from),
                s->count * sizeof *b->v);
    }
}

int
bd_filter_measure (const bd_repetition *r, const bd_layout *l, double v[],
                   bd_error *err)
{
  bench b;
  int code = open_bench (&b, r, l, v);

  (void)err;
  if (code)
    return code;
  for (size_t arm = 0; !code && arm < BD_CAST; arm++)
    if (arm == BD_ARM_BAG || arm == BD_ARM_SEEDS)
      code = measure_ensemble (&b, arm);
    else if (arm != BD_ARM_TUNED)
      code = measure_arm (&b, arm);
  if (!code)
    {
      copy_tuned (&b);
      code = bd_filter_added (&b.c, bd_rng_derive (r->seed, SEED_SMALL),
                              &b.P.matrix,
                              bd_layout_in (l, v, "added", BD_ARM_HALF));
    }
  close_bench (&b);
  return code;
}
