#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "../data/split.h"
#include "../ensemble/run.h"
#include "dropping_folds.h"
#include "dropping_there.h"
#include "inner.h"
#include "untied.h"

#define MASKS 100 /* most inside the cross-validation */
#define LEAST                                                                 \
  1e-9 /* probability of a class that came: its logarithm counts              \
        */

void
bd_dropping_set_rate (bd_mask *mask, double q)
{
  for (size_t l = 0; l < BD_NET_LAYERS; l++)
    mask->rate[l] = q;
}

static void
tell_failure (int code, const bd_net_trouble *t, bd_error *err)
{
  if (code == GSL_ERUNAWAY && t->epoch > 0)
    BD_FAIL (err, code,
             "the training loss is not finite in epoch %zu at learning rate "
             "%.3g, after a start at ten times that had failed too; lower "
             "--learning-rate",
             t->epoch, t->rate);
  else if (code == GSL_ERUNAWAY)
    BD_FAIL (err, code, "the training loss is not finite");
  else
    BD_FAIL (err, code, "no memory for training a network");
}

bd_net_model *
bd_dropping_train (const bd_net_options *o, const gsl_matrix *X,
                   const gsl_vector *y, uint64_t seed, uint64_t index,
                   bd_net_trouble *trouble, bd_error *err)
{
  bd_net_trouble how;
  bd_net_model *model;
  int code = bd_net_fit (o, X, y, NULL, seed, index, &how, &model);

  if (trouble)
    *trouble = how;
  if (code)
    tell_failure (code, &how, err);
  return model;
}

/* What a fold needs.  */
typedef struct
{
  const bd_dropping *o;
  const double *rate;
  bd_split **split;
  bd_held_out *to;
} folds;

/* Inside, the closed form or some masks; the whole network when that is what
   is asked for.  */
static int
predict_fold (const bd_dropping *o, const bd_net_model *model,
              const gsl_matrix *P, bd_predicted *a)
{
  const bd_prediction *type
      = o->predict == &bd_prediction_scaling
            ? o->predict
            : bd_prediction_default (&model->net, &model->mask);
  double *Z = bd_array (P->size1, P->size2);
  bd_predicting q = { .model = model,
                      .Z = Z,
                      .m = P->size1,
                      .masks = GSL_MIN (o->masks, MASKS),
                      .seed = o->seed,
                      .threads = 1 };
  int code = GSL_ENOMEM;

  if (Z)
    {
      bd_net_standardise (model, P, Z);
      code = bd_predict (type, &q, a, NULL);
    }
  free (Z);
  return code;
}

/* A of the rows that S holds out into t: means, variances and noise of all n
   rows.  */
static void
put_fold (const bd_predicted *a, const bd_split *s, size_t k, double t[])
{
  const size_t *held = s->row + s->train;
  size_t n = s->n;

  for (size_t i = 0; i < s->test * k; i++)
    {
      size_t place = held[i / k] * k + i % k;
      t[place] = a->mean[i];
      t[n * k + place] = bd_there_variance (a, i);
    }
  for (size_t i = 0; i < s->test; i++)
    t[2 * n * k + held[i]] = bd_there_noise (a, i);
}

/* Numbers of a member.  */
static size_t
places (const bd_held_out *a)
{
  return 2 * a->n * a->k + a->n + (a->m ? 2 * a->m + 1 : 0);
}

/* Member B: a rate and a fold.  */
static int
draw_fold (const void *setup, void *work, uint64_t b, double *p, double u[],
           double t[])
{
  const folds *f = setup;
  const bd_dropping *o = f->o;
  const bd_split *s = f->split[b % f->to->folds];
  size_t n = f->to->n, k = f->to->k, m = f->to->m;
  bd_net_options net = o->net;
  gsl_matrix *X = NULL, *P = bd_there_rows (o, s, m);
  gsl_vector *y = NULL;
  bd_net_model *model = NULL;
  bd_predicted a = { 0 };
  int code = GSL_ENOMEM;

  (void)work;
  *p = 1;
  u[0] = 0;
  memset (t, 0, places (f->to) * sizeof *t);
  if (f->rate)
    bd_dropping_set_rate (&net.mask, f->rate[b / f->to->folds]);
  bool taken = P && !bd_take_rows (o->X, o->y, s->row, s->train, &X, &y);
  if (taken && o->untied)
    code = bd_untied_predict (o, X, y, P, 1 + b, &a, NULL);
  else if (taken)
    model = bd_dropping_train (&net, X, y, o->seed, 1 + b, NULL, NULL);
  if (model)
    code = predict_fold (o, model, P, &a);
  if (!code)
    put_fold (&a, s, k, t);
  if (!code && m)
    bd_there_put (&a, s, m, t + 2 * n * k + n);
  bd_predicted_free (&a);
  bd_net_model_free (model);
  gsl_matrix_free (X);
  gsl_matrix_free (P);
  gsl_vector_free (y);
  return code;
}

static void
keep_fold (void *params, uint64_t b, double p, const double u[],
           const double t[])
{
  const folds *f = params;
  bd_held_out *to = f->to;
  const bd_split *s = f->split[b % to->folds];
  size_t rate = b / to->folds, n = to->n, k = to->k;

  (void)u;
  if (gsl_isnan (p))
    {
      to->failed[rate]++;
      return;
    }
  for (size_t i = s->train; i < n; i++)
    {
      size_t row = s->row[i];
      double noise = t[2 * n * k + row];
      for (size_t j = 0; j < k; j++)
        {
          to->mean[(rate * n + row) * k + j] = t[row * k + j];
          to->variance[(rate * n + row) * k + j] = t[(n + row) * k + j];
        }
      to->noise[rate * n + row] = noise > 0 ? noise : GSL_NAN;
    }
  if (to->m)
    bd_there_keep (to, b, s, t + 2 * n * k + n);
}

static const bd_source_type source_folds = {
  .name = "folds",
  .help = "a network without each part of the rows",
  .draw = draw_fold,
};

static int
make_splits (folds *f)
{
  uint64_t seed = bd_rng_derive (f->o->seed, 1);

  for (size_t k = 0; f->split && k < f->to->folds; k++)
    if (!(f->split[k] = bd_split_fold (f->to->n, f->to->folds, k, seed)))
      return GSL_ENOMEM;
  return f->split ? GSL_SUCCESS : GSL_ENOMEM;
}

static int
held_out_init (bd_held_out *a, const bd_dropping *o, size_t rates,
               size_t parts)
{
  size_t k = o->net.output->predictions (o->net.classes), n = o->X->size1;

  *a = (bd_held_out){ .n = n, .k = k, .rates = rates, .folds = parts };
  a->mean = bd_array (rates * n, k);
  a->variance = bd_array (rates * n, k);
  a->noise = bd_array (rates, n);
  a->failed = calloc (rates, sizeof *a->failed);
  return a->mean && a->variance && a->noise && a->failed ? GSL_SUCCESS
                                                         : GSL_ENOMEM;
}

void
bd_held_out_free (bd_held_out *a)
{
  free (a->mean);
  free (a->variance);
  free (a->noise);
  free (a->failed);
  bd_there_free (a);
  *a = (bd_held_out){ 0 };
}

/* The first MEMBERS of COUNT rates times PARTS folds, which are looked at
   THERE, at the points, too.  */
static int
fill (bd_held_out *a, const bd_dropping *o, const double rate[], size_t count,
      size_t parts, size_t members, bool there, bd_error *err)
{
  folds f = {
    .o = o, .rate = rate, .split = calloc (parts, sizeof (bd_split *)), .to = a
  };
  int code = held_out_init (a, o, count, parts);
  if (!code && there)
    code = bd_there_want (a, o);
  size_t points = places (a);
  bd_source source = { &source_folds, &f, 1, points, 1 };
  bd_moments *none = bd_moments_alloc (1, points, 0, points);
  bd_run_options run = { .members = members,
                         .threads = o->threads,
                         .each = keep_fold,
                         .params = &f,
                         .progress = o->progress };

  if (!code)
    code = make_splits (&f);
  if (!code)
    code = none ? bd_run (&source, &run, none) : GSL_ENOMEM;
  if (code)
    BD_FAIL (err, code, "no memory for cross-validation of %zu rows", a->n);
  for (size_t k = 0; f.split && k < parts; k++)
    bd_split_free (f.split[k]);
  free (f.split);
  bd_moments_free (none);
  return code;
}

int
bd_held_out_fill (bd_held_out *a, const bd_dropping *o, const double rate[],
                  size_t count, size_t parts, bd_error *err)
{
  const bd_interval_type *type = o->interval.type;
  bool there = !rate && type && type->source == BD_INTERVAL_PARTS;

  return fill (a, o, rate, count, parts, count * parts, there, err);
}

int
bd_held_out_split (bd_held_out *a, const bd_dropping *o, size_t parts,
                   bd_error *err)
{
  return fill (a, o, NULL, 1, parts, 1, true, err);
}

bd_class_score
bd_score_classes (const gsl_vector *y, const double p[], size_t k)
{
  bd_class_score a = { 0, 0, 0 };
  double n = (double)y->size;

  for (size_t i = 0; i < y->size; i++)
    {
      const double *row = p + i * k;
      size_t came = (size_t)gsl_vector_get (y, i), top = 0;
      double chance = k > 1 ? row[came] : came ? row[0] : 1 - row[0];
      double brier = 0;
      for (size_t j = 0; j < k; j++)
        {
          top = row[j] > row[top] ? j : top;
          brier += gsl_pow_2 (row[j] - (k > 1 ? j == came : came == 1));
        }
      if (k == 1)
        top = row[0] > 0.5;
      a.log_loss -= log (GSL_MAX_DBL (chance, LEAST)) / n;
      a.brier += brier / n;
      a.right += (top == came) / n;
    }
  a.brier = sqrt (a.brier);
  return a;
}
