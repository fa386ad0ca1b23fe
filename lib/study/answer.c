/* How a method answers: tune inside the training rows, estimate the noise
   there, fit, and say how sure it is.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <time.h>

#include "../base/array.h"
#include "../base/blas.h"
#include "../score/score.h"
#include "../variance/estimate.h"
#include "bagging.h"
#include "inner.h"

static int
answer_init (bd_answer *a, size_t m, size_t places, size_t kept,
             size_t keep_points)
{
  *a = (bd_answer){
    .m = m, .places = places, .kept = kept, .keep_points = keep_points
  };
  a->mean = bd_array (m, places);
  a->sd_mean = bd_array (m, 1);
  a->spread = bd_array (m, places);
  a->sd_pred = bd_array (m, 1);
  a->keep = bd_array (kept * keep_points, places);
  if (a->mean && a->sd_mean && a->spread && a->sd_pred && a->keep)
    return GSL_SUCCESS;
  bd_answer_free (a);
  return GSL_ENOMEM;
}

/* Copy what the moments say into an answer.  */
static void
fill (bd_answer *out, const bd_moments *a, const double V[], double noise)
{
  out->members = a->members;
  out->failed = a->failed;
  out->noise = sqrt (noise);
  bd_moments front = *a;
  front.m = out->m;
  bd_variance_spread (&front, out->spread);
  for (size_t j = 0; j < out->m; j++)
    {
      bool one = a->members < 2;
      out->mean[j] = a->t[j];
      out->sd_mean[j] = one ? GSL_NAN : sqrt (V[j]);
      out->sd_pred[j] = sqrt (noise + (one ? 0 : V[j]));
    }
}

/* An answer without members of its own: predictions and their noise.  */
static void
fill_single (bd_answer *out, const double t[], double noise)
{
  out->members = 1;
  out->noise = sqrt (noise);
  for (size_t j = 0; j < out->m; j++)
    {
      out->mean[j] = t[j];
      out->sd_mean[j] = out->spread[j] = GSL_NAN;
      out->sd_pred[j] = out->noise;
    }
}

/* A knob that is tuned where nothing else is learnt from the rows held out:
   of a bag, by cross-validation with small bags, and of classes.  */
static int
tune_only (bd_ensemble *e, const bd_task *t, bd_answer *a, bd_error *err)
{
  bd_residuals res = { 0 };
  int code = bd_residuals_init (&res, t->X->size1, t->classes, 0);

  if (!code)
    code = bd_tune (e, t, &res, &a->tuned, err);
  bd_residuals_free (&res);
  return code;
}

/* A bag, whose noise comes from the rows left out where there are any.  */
static int
answer_bag (bd_ensemble *e, const bd_task *t, bd_answer *a, bd_error *err)
{
  int code = e->method->tuned ? tune_only (e, t, a, err) : GSL_SUCCESS;
  if (code)
    return code;
  bd_bagged b;
  bd_bagging o = { .fitter = e->method->fitter,
                   .set = e->set,
                   .resample = bd_ensemble_resample (e->method),
                   .X = t->X,
                   .y = t->y,
                   .P = t->P,
                   .seed = t->seed,
                   .threads = t->threads ? t->threads : 1,
                   .members = bd_members_of (e->method, t, false),
                   .places = BD_CO_MOMENTS_MAX,
                   .keep = e->keep,
                   .kept = e->kept,
                   .keep_points = e->keep_points };

  bd_settings_default (o.resample->knobs, &o.scheme);
  code = bd_bagging_run (&o, &b, err);
  if (code)
    return code;
  a->members = b.members;
  a->failed = b.failed;
  a->fits += b.fits;
  a->noise = b.noise;
  a->share = b.share;
  for (size_t i = 0; i < a->m; i++)
    {
      a->mean[i] = b.mean[i];
      a->sd_mean[i] = b.sd_mean[i];
      a->spread[i] = gsl_pow_2 (b.sd_member[i]);
      a->sd_pred[i] = b.sd_pred[i];
    }
  bd_bagged_free (&b);
  return GSL_SUCCESS;
}

/* Everything else: tune, then fit; noise from the inner residuals.  */
static int
answer_tuned (bd_ensemble *e, const bd_task *t, bd_answer *a, bd_answer *other,
              bd_error *err)
{
  size_t m = t->P->size1, n = t->X->size1;
  const bd_method *q = e->method;
  bool dropout = q->kind == BD_SCALING || q->kind == BD_DROPOUT;
  bd_residuals res = { 0 };
  double *V = bd_array (m, 1), *scaled = bd_array (m, 1), *zero = NULL;
  bd_moments *mo = NULL;
  int code = GSL_SUCCESS;
  bd_answer *single = q->kind == BD_SCALING ? a : other;
  bd_answer *many = q->kind == BD_SCALING ? other : a;
  size_t masks = dropout && many ? bd_members_of (q, t, true) : 0;

  if (!V || !scaled || !(zero = bd_array (n, 1))
      || bd_residuals_init (&res, n, 0, masks)
      || bd_tune (e, t, &res, &a->tuned, err))
    goto done;
  e->members = bd_members_of (q, t, false);
  e->co_points = 0;
  mo = bd_ensemble_run (e, scaled, err);
  if (!mo)
    goto done;
  bd_reported_variance (q, mo, V);
  if (many)
    fill (many, mo, V, bd_score_noise (res.best_r2, res.best_v, res.n));
  if (masks)
    many->noise_mixture
        = bd_score_noise_mixture (zero, res.best_e, masks, res.n);
  if (single && dropout)
    fill_single (single, scaled, bd_score_noise (res.best_r, zero, res.n));
  if (other)
    other->tuned = a->tuned;
done:
  code = mo ? code : GSL_EFAILED;
  bd_residuals_free (&res);
  free (V);
  free (scaled);
  free (zero);
  bd_moments_free (mo);
  return code;
}

/* The probabilities T of M points; the members' moments A, or NULL.  */
static void
fill_chances (bd_answer *out, const double t[], const bd_moments *a)
{
  size_t numbers = out->m * out->places;
  bool many = a && a->members > 1;

  out->members = a ? a->members : 1;
  out->failed = a ? a->failed : 0;
  out->noise = GSL_NAN;
  if (many)
    bd_variance_spread (a, out->spread);
  for (size_t j = 0; j < numbers; j++)
    {
      out->mean[j] = bd_chance (t[j]);
      if (!many)
        out->spread[j] = GSL_NAN;
    }
  for (size_t j = 0; j < out->m; j++)
    out->sd_mean[j] = out->sd_pred[j] = GSL_NAN;
}

/* Probabilities of classes: tune, then fit.  */
static int
answer_classes (bd_ensemble *e, const bd_task *t, bd_answer *a,
                bd_answer *other, bd_error *err)
{
  const bd_method *q = e->method;
  bool dropout = q->kind == BD_SCALING || q->kind == BD_DROPOUT;
  bd_answer *single = q->kind == BD_SCALING ? a : other;
  bd_answer *many = q->kind == BD_SCALING ? other : a;
  double *scaled = bd_array (a->m, a->places);
  bd_moments *mo = NULL;
  int code = scaled ? GSL_SUCCESS : GSL_ENOMEM;

  if (!code && q->tuned)
    code = tune_only (e, t, a, err);
  e->members = bd_members_of (q, t, false);
  e->co_points = 0;
  if (!code && !(mo = bd_ensemble_run (e, dropout ? scaled : NULL, err)))
    code = GSL_EFAILED;
  if (mo && many)
    fill_chances (many, mo->t, mo);
  if (mo && dropout && single)
    fill_chances (single, scaled, NULL);
  if (other)
    other->tuned = a->tuned;
  free (scaled);
  bd_moments_free (mo);
  return code;
}

static double
thread_seconds (void)
{
  struct timespec now;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Failures that nobody has told of are those of memory.  */
static int
explain (const bd_method *method, const bd_task *task, int code, bd_error *err)
{
  if (err && !err->text[0])
    BD_FAIL (err, code, "%s: no memory for %zu rows and %zu points",
             method->title, task->X->size1, task->P->size1);
  return code;
}

/* By the response and, of a number, by what the method is.  */
static int
answer (bd_ensemble *e, const bd_task *t, bd_answer *a, bd_answer *other,
        bd_error *err)
{
  if (t->classes)
    return answer_classes (e, t, a, other, err);
  return e->method->kind == BD_BAGGING ? answer_bag (e, t, a, err)
                                       : answer_tuned (e, t, a, other, err);
}

/* The settings of METHOD for the response of TASK.  */
static int
settings (const bd_method *method, const bd_task *task, bd_settings *set,
          bd_error *err)
{
  int code = bd_method_settings (method, task->network, set, err);

  set->classes = task->classes;
  set->rows = task->labels;
  if (!code && task->classes && !bd_method_classes (method))
    code = BD_FAIL (err, GSL_EINVAL, "%s: takes no response of classes",
                    method->title);
  return code;
}

int
bd_method_answer (const bd_method *method, const bd_task *task, bd_answer *a,
                  bd_answer *other, bd_error *err)
{
  size_t m = task->P->size1;
  double start = thread_seconds ();
  bd_ensemble e = { .method = method,
                    .X = task->X,
                    .y = task->y,
                    .P = task->P,
                    .seed = task->seed,
                    .threads = task->threads };
  size_t kept = GSL_MIN (task->kept, bd_members_of (method, task, false));
  int code = settings (method, task, &e.set, err);
  size_t places = bd_ensemble_places (&e);

  bd_blas_one_thread ();
  if (code || (code = answer_init (a, m, places, kept, task->keep_points)))
    return explain (method, task, code, err);
  if (other && (code = answer_init (other, m, places, 0, 0)))
    goto fail;
  a->share = a->tuned = a->noise_mixture = GSL_NAN;
  if (other)
    other->noise_mixture = GSL_NAN;
  e.fits = &a->fits;
  e.keep = a->keep;
  e.kept = a->kept;
  e.keep_points = a->keep_points * places;
  code = answer (&e, task, a, other, err);
  if (code)
    goto fail;
  a->seconds = thread_seconds () - start;
  if (other)
    {
      other->seconds = a->seconds;
      other->fits = a->fits;
    }
  return GSL_SUCCESS;
fail:
  bd_answer_free (a);
  bd_answer_free (other);
  return explain (method, task, code, err);
}
