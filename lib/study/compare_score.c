#include <config.h>

#include <gsl/gsl_math.h>

#include "../base/array.h"
#include "../score/forecast.h"
#include "compare_score.h"
#include "exchange.h"
#include "growth.h"
#include "identity.h"

/* What a row lost, where there is one split only.  */
static int
keep_errors (const bd_comparison *c, const bd_answer *a, const gsl_vector *y,
             bd_fold_result *out)
{
  out->error = bd_array (y->size, 1);
  out->errors = y->size;
  for (size_t i = 0; out->error && i < y->size; i++)
    out->error[i] = c->response->lost (a->places, a->mean + i * a->places,
                                       gsl_vector_get (y, i));
  return out->error ? GSL_SUCCESS : GSL_ENOMEM;
}

/* What is told of answers of either kind.  */
static bd_fold_result
begin (const bd_answer *a)
{
  bd_fold_result out = { .seconds = a->seconds,
                         .tuned = a->tuned,
                         .share = a->share,
                         .members = a->members,
                         .failed = a->failed,
                         .fits = a->fits };
  double *const none[]
      = { &out.loss,       &out.accuracy,  &out.brier,       &out.ece,
          &out.mse,        &out.nll,       &out.crps,        &out.cover,
          &out.width,      &out.sd_mean,   &out.truth,       &out.mixture,
          &out.member_mse, &out.ambiguity, &out.recalibrated };

  for (size_t k = 0; k < sizeof none / sizeof none[0]; k++)
    *none[k] = GSL_NAN;
  for (size_t k = 0; k < BD_STEPS; k++)
    out.exchange[k] = GSL_NAN;
  return out;
}

static int
score_number (const bd_method *q, const bd_answer *a, const bd_dataset *test,
              bd_fold_result *out, bd_error *err)
{
  const gsl_vector *y = test->y;
  size_t m = y->size;
  double sum = 0;

  for (size_t j = 0; j < m; j++)
    sum += a->sd_mean[j];
  out->loss = out->mse = bd_score_mse (y->data, a->mean, m);
  if (test->truth)
    out->truth = bd_score_mse (test->truth->data, a->mean, m);
  out->nll = bd_score_nll (y->data, a->mean, a->sd_pred, m);
  out->crps = bd_score_crps (y->data, a->mean, a->sd_pred, m);
  out->cover = bd_score_cover (y->data, a->mean, a->sd_pred, m, BD_LEVEL);
  out->width = bd_score_width (a->sd_pred, m, BD_LEVEL);
  out->sd_mean = sum / (double)m;
  if (q->kind == BD_DROPOUT)
    out->mixture = bd_score_nll_mixture (y->data, a->keep, a->kept,
                                         a->keep_points, a->noise_mixture);
  int code = bd_identity_check (q, a, y->data, out, err);
  return code ? code : bd_exchange_scores (q, a, y->data, out);
}

static int
score_classes (const bd_method *q, const bd_answer *a, const bd_dataset *test,
               bd_fold_result *out, bd_error *err)
{
  static const char *const names[]
      = { "log_loss", "accuracy", "brier", "ece" };
  double *const to[] = { &out->loss, &out->accuracy, &out->brier, &out->ece };
  const bd_forecast f
      = { .n = a->m, .y = test->y->data, .p = a->mean, .k = a->places };
  bd_scored list[sizeof names / sizeof names[0]];
  int code = bd_score_list (names, sizeof names / sizeof names[0], &f, list);

  (void)q;
  (void)err;
  for (size_t k = 0; !code && k < sizeof names / sizeof names[0]; k++)
    *to[k] = list[k].value.mean;
  return code;
}

int
bd_compare_score (const bd_comparison *c, const bd_method *method,
                  const bd_answer *a, const bd_dataset *test,
                  bd_fold_result *out, bd_error *err)
{
  static const struct
  {
    const bd_response_type *type;
    int (*score) (const bd_method *q, const bd_answer *a,
                  const bd_dataset *test, bd_fold_result *out, bd_error *err);
  } ways[] = { { &bd_response_number, score_number },
               { &bd_response_classes, score_classes } };
  int code = GSL_SUCCESS;

  *out = begin (a);
  if (c->splits == 1)
    code = keep_errors (c, a, test->y, out);
  for (size_t k = 0; !code && k < sizeof ways / sizeof ways[0]; k++)
    if (ways[k].type == c->response)
      code = ways[k].score (method, a, test, out, err);
  return code ? code : bd_grow (a, c->response, test->y->data, out->growth);
}
