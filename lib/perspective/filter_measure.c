#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "filter.h"
#include "filter_bench.h"
#include "filter_ensemble.h"
#include "filter_path.h"

enum /* seeds that are derived from a repetition's */
{
  SEED_BATCHES = 60,
  SEED_SMALL = 62
};

#define POINTS 100 /* most points that are looked at */
#define PARTS 4    /* batches that the rows are dealt into */

static void
close_bench (bd_filter_bench *b)
{
  for (size_t k = 0; k < BD_FILTER_SETS; k++)
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
open_bench (bd_filter_bench *b, const bd_repetition *r, const bd_layout *l,
            double v[])
{
  size_t m = GSL_MIN (r->test->n, POINTS), d = r->train->d;

  *b = (bd_filter_bench){ .c = { .r = r }, .l = l, .v = v };
  b->P = gsl_matrix_submatrix (r->test->X, 0, 0, m, d);
  b->sd = bd_array (d, 1);
  int code = b->sd ? bd_cast_choose (r->o, 0, &b->c.base, &b->c.mask, NULL)
                   : GSL_ENOMEM;
  if (!code)
    code = bd_filter_checkpoints (r->o, &b->at, &b->layers);
  if (!code)
    code = bd_cast_tune (&b->c);
  b->layers++;
  for (size_t k = 0; !code && k < BD_FILTER_SETS; k++)
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

static int
look_at_path (bd_filter_bench *b, const bd_path *path, const bd_mask *mask)
{
  double rate[BD_NET_LAYERS];
  int code = GSL_SUCCESS;

  for (size_t k = 0; !code && k < path->count; k++)
    {
      const bd_net_model model = bd_path_at (path, k);
      rates_at (mask, b->layers, bd_filter_phase (b, k), rate);
      code = bd_signal_add_net (b->signal + k * b->layers, &model, rate,
                                &b->P.matrix);
    }
  return code;
}

/* Gradients along one of the trainings, with the masks that it was trained
   with and without.  */
static int
look_at_gradients (bd_filter_bench *b, const bd_path *path,
                   const bd_dataset *d, const bd_mask *mask)
{
  bd_batches a;
  int code = bd_batches_init (&a, &path->model->net, d, d->n / PARTS,
                              bd_rng_derive (b->c.r->seed, SEED_BATCHES));

  for (size_t k = 0; !code && k < path->count; k++)
    {
      const bd_net_model model = bd_path_at (path, k);
      b->off[k] = bd_batches_measure (&a, &model, NULL, 1);
      b->on[k] = mask ? bd_batches_measure (&a, &model, mask,
                                            bd_filter_phase (b, k))
                      : b->off[k];
    }
  bd_batches_free (&a);
  return code;
}

/* Replicate K of an arm.  */
static int
replicate (bd_filter_bench *b, size_t arm, size_t k, double *sensitivity)
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

static int
measure_arm (bd_filter_bench *b, size_t arm)
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
  for (size_t k = 0; !code && k < BD_FILTER_SETS; k++)
    code = replicate (b, arm, k, &sensitivity);
  if (!code)
    bd_filter_file (b, arm, sensitivity);
  for (size_t i = 0; i < count; i++)
    bd_signal_free (&b->signal[i]);
  free (b->signal);
  return code;
}

static int
measure_ensemble (bd_filter_bench *b, size_t arm)
{
  bd_signal signal;
  double sensitivity = 0;
  int code = bd_signal_init (&signal, b->P.matrix.size1, 1);

  for (size_t k = 0; !code && k < BD_FILTER_SETS; k++)
    code = bd_filter_ensemble (&b->c, arm, b->set[k], k, &b->P.matrix, b->sd,
                               &signal, &sensitivity);
  if (!code)
    bd_filter_file_end (b, arm, &signal, sensitivity);
  bd_signal_free (&signal);
  return code;
}

/* The tuned rate's numbers are those of its arm.  */
static void
copy_tuned (const bd_filter_bench *b)
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
  bd_filter_bench b;
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
