#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../score/score.h"
#include "dropping.h"
#include "dropping_folds.h"
#include "dropping_intervals.h"
#include "untied.h"

#define FOLDS 5

size_t
bd_dropping_folds (const bd_dropping *o)
{
  size_t n = o->X->size1;
  const bd_interval_type *type = o->interval.type;

  if (n < 2)
    return 0;
  if (type && type->source == BD_INTERVAL_PARTS)
    return bd_interval_parts (&o->interval, n);
  return GSL_MIN (n, FOLDS);
}

/* The prediction, and what is wanted besides.  */
static int
check_prediction (const bd_dropping *o, const bd_net *net, const bd_mask *mask,
                  bd_error *err)
{
  int code = o->predict->check (net, mask, err);

  if (code || !(o->influence || o->level > 0))
    return code;
  if (o->untied)
    return BD_FAIL (err, GSL_EINVAL,
                    "networks that are trained apart have no units in common "
                    "whose influence could be told");
  return bd_prediction_parts_check (o->predict, net, mask, o->level > 0, err);
}

int
bd_dropping_check (const bd_dropping *o, size_t d, bd_error *err)
{
  const bd_net_options *n = &o->net;
  const bd_output *output = o->model ? o->model->net.output : n->output;

  if (bd_interval_check_net (o->interval.type, o->model, output->classes, err))
    return GSL_EINVAL;
  if (o->model && !o->untied)
    return check_prediction (o, &o->model->net, &o->model->mask, err);
  bd_net net
      = bd_net_shape (d, n->hidden, n->depth, n->unit, n->output, n->classes);
  int code = bd_net_options_check (n, err);
  if (!code)
    code = bd_untied_check (o, err);
  return code ? code : check_prediction (o, &net, &n->mask, err);
}

void
bd_dropped_free (bd_dropped *a)
{
  bd_predicted_free (&a->at);
  free (a->sd_pred);
  free (a->kept);
  bd_intervals_free (&a->interval);
  bd_net_model_free (a->own);
  *a = (bd_dropped){ 0 };
}

/* From the rows without each part of them.  */
static int
score_parts (const bd_dropping *o, bd_dropped *a, bd_error *err)
{
  bd_held_out held;
  size_t folds = bd_dropping_folds (o);
  int code;

  if (folds == 0)
    return GSL_SUCCESS;
  code = bd_held_out_fill (&held, o, NULL, 1, folds, err);
  if (!code && held.failed[0] == 0)
    {
      a->folds = folds;
      code = bd_dropping_scores (o, held.mean, held.variance, held.noise, a);
      if (!code)
        code = bd_dropping_intervals_folds (o, &held, a);
    }
  bd_held_out_free (&held);
  return code;
}

/* Untied networks are set beside the one dropout network.  */
static int
score_folds (const bd_dropping *o, bd_dropped *a, bd_error *err)
{
  bd_dropping tied = *o;
  bd_dropped b = { .k = a->k, .rmse = GSL_NAN, .log_loss = GSL_NAN };
  int code = GSL_SUCCESS;

  tied.untied = 0;
  tied.interval.type = NULL;
  if (o->untied)
    code = score_parts (&tied, &b, err);
  a->tied_rmse = b.rmse;
  a->tied_log_loss = b.log_loss;
  return code ? code : score_parts (o, a, err);
}

/* MODEL at the rows of P.  */
static int
predict (const bd_dropping *o, const bd_net_model *model, const gsl_matrix *P,
         bool told, bd_predicted *at, bd_error *err)
{
  double *Z = bd_array (P->size1, P->size2);
  bd_predicting q = { .model = model,
                      .Z = Z,
                      .m = P->size1,
                      .masks = o->masks,
                      .seed = o->seed,
                      .threads = o->threads };
  int code;

  if (!Z)
    return BD_FAIL (err, GSL_ENOMEM, "no memory for %zu points", P->size1);
  if (told)
    {
      q.stored = o->stored;
      q.each = o->each;
      q.params = o->params;
      q.progress = o->progress;
      q.influence = o->influence;
      q.level = o->level;
    }
  bd_net_standardise (model, P, Z);
  code = bd_predict (o->predict, &q, at, err);
  free (Z);
  return code;
}

/* From the rows that came with a given network.  */
static int
score_rows (const bd_dropping *o, bd_dropped *a, bd_error *err)
{
  bd_predicted at;
  int code = predict (o, o->model, o->X, false, &at, err);

  if (code)
    return code;
  for (size_t i = 0; i < at.places; i++)
    at.sd[i] = gsl_isnan (at.sd[i]) ? 0 : at.sd[i] * at.sd[i];
  code = bd_dropping_scores (o, at.mean, at.sd, at.noise, a);
  if (!code)
    code = bd_dropping_intervals_rows (o, &at, a);
  bd_predicted_free (&at);
  return code;
}

static void
fill_pred (const bd_dropping *o, bd_dropped *a)
{
  bool states = o->net.output->noise;

  for (size_t i = 0; i < a->at.places; i++)
    {
      double sd = gsl_isnan (a->at.sd[i]) ? 0 : a->at.sd[i];
      double v = states ? a->at.noise[i] : gsl_pow_2 (a->noise);
      a->sd_pred[i] = o->net.output->classes ? GSL_NAN : sqrt (v + sd * sd);
    }
}

/* Train and predict.  */
static int
make (const bd_dropping *o, bd_dropped *a, bd_error *err)
{
  const bd_net_model *model = o->model;

  if (o->untied)
    return bd_untied_predict (o, o->X, o->y, o->P, 0, &a->at, err);
  if (!model)
    model = a->own = bd_dropping_train (&o->net, o->X, o->y, o->seed, 0,
                                        &a->trouble, err);
  int code = model ? predict (o, model, o->P, true, &a->at, err) : GSL_EFAILED;
  if (!code && o->y && o->predict == &bd_prediction_exact)
    code = bd_dropping_kept (o, model, a, err);
  return code;
}

int
bd_dropping_run (const bd_dropping *o, bd_dropped *a, bd_error *err)
{
  int code = bd_dropping_check (o, o->P->size2, err);

  *a = (bd_dropped){ .m = o->P->size1,
                     .k = o->net.output->predictions (o->net.classes),
                     .noise = GSL_NAN,
                     .rmse = GSL_NAN,
                     .log_loss = GSL_NAN,
                     .right = GSL_NAN,
                     .tied_rmse = GSL_NAN,
                     .tied_log_loss = GSL_NAN };
  if (code)
    return code;
  code = bd_intervals_init (&a->interval, &o->interval, a->m);
  if (!code)
    code = make (o, a, err);
  if (!code && o->y)
    code = o->model ? score_rows (o, a, err) : score_folds (o, a, err);
  a->sd_pred = bd_array (a->m, a->k);
  if (!code && !a->sd_pred)
    code = BD_FAIL (err, GSL_ENOMEM, "no memory for %zu points", a->m);
  if (!code)
    {
      fill_pred (o, a);
      code = bd_dropping_intervals_rest (o, a, err);
    }
  if (code)
    bd_dropped_free (a);
  return code;
}
