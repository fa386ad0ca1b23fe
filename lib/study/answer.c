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
#include "inner.h"

static int
answer_init (bd_answer *a, size_t m, size_t kept, size_t keep_points)
{
  *a = (bd_answer){ .m = m, .kept = kept, .keep_points = keep_points };
  a->mean = bd_array (m, 1);
  a->sd_mean = bd_array (m, 1);
  a->sd_error = bd_array (m, 1);
  a->spread = bd_array (m, 1);
  a->sd_pred = bd_array (m, 1);
  a->keep = bd_array (kept, keep_points);
  if (a->mean && a->sd_mean && a->sd_error && a->spread && a->sd_pred
      && a->keep)
    return GSL_SUCCESS;
  bd_answer_free (a);
  return GSL_ENOMEM;
}

/* Noise of a bag from the rows that its members left out; their finite number
   is taken out of the squared residual.  Returns the variance, NaN when the
   resampling leaves no row out.  R (2 n) is work space.  */
static double
out_of_bag_noise (const bd_moments *a, const gsl_vector *y, const double V[],
                  double r[])
{
  size_t used = 0;
  double *v = r + a->n;

  for (size_t i = 0; i < a->n; i++)
    {
      if (a->out_p[i] < 2)
        continue;
      double between = a->out_t2[i] / (a->out_p[i] - 1);
      r[used] = gsl_vector_get (y, i) - a->out_t[i];
      v[used++] = V[a->self + i] + between / a->out_p[i];
    }
  return bd_score_noise (r, v, used);
}

/* Root mean squared error of the rows left out, less what the finite number
   of members that left them out adds (as grf does).  */
static double
out_of_bag_error (const bd_moments *a, const gsl_vector *y)
{
  double sum = 0, used = 0;

  for (size_t i = 0; i < a->n; i++)
    {
      double K = a->out_p[i];
      if (K < 2)
        continue;
      sum += gsl_pow_2 (gsl_vector_get (y, i) - a->out_t[i])
             - a->out_t2[i] / (K * (K - 1));
      used += 1;
    }
  return used > 0 ? sqrt (GSL_MAX (sum, 0) / used) : GSL_NAN;
}

/* Monte Carlo error of sd = sqrt (FACTOR V): that of V over 2 sd.  */
static int
fill_error (bd_answer *out, const bd_moments *a, double factor)
{
  double *V = bd_array (2 * a->m, 1);

  for (size_t j = 0; j < out->m; j++)
    out->sd_error[j] = GSL_NAN;
  if (!V)
    return GSL_ENOMEM;
  bd_variance_ij_u (a, V, V + a->m);
  for (size_t j = 0; j < GSL_MIN (out->m, a->mc); j++)
    out->sd_error[j] = factor * V[a->m + j] / (2 * out->sd_mean[j]);
  free (V);
  return GSL_SUCCESS;
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
      out->sd_error[j] = GSL_NAN;
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
      out->sd_mean[j] = out->sd_error[j] = out->spread[j] = GSL_NAN;
      out->sd_pred[j] = out->noise;
    }
}

/* P with the rows of X below it.  */
static gsl_matrix *
stacked (const gsl_matrix *P, const gsl_matrix *X)
{
  size_t m = P->size1;
  gsl_matrix *S = gsl_matrix_alloc (m + X->size1, X->size2);

  for (size_t i = 0; S && i < S->size1; i++)
    {
      gsl_vector_const_view row = i < m ? gsl_matrix_const_row (P, i)
                                        : gsl_matrix_const_row (X, i - m);
      gsl_matrix_set_row (S, i, &row.vector);
    }
  return S;
}

/* A bag of fits whose noise comes from the rows left out.  */
static int
answer_out_of_bag (bd_ensemble *e, const bd_task *t, bd_answer *a,
                   bd_error *err)
{
  gsl_matrix *S = stacked (t->P, t->X);
  size_t points = S ? S->size1 : 0;
  double *V = S ? bd_array (points + 2 * t->X->size1, 1) : NULL;
  bd_moments *mo = NULL;
  int code = GSL_EFAILED;

  e->P = S;
  e->self = true;
  e->members = bd_members_of (e->method, t, false);
  e->co_moments = true;
  if (V)
    mo = bd_ensemble_run (e, NULL, err);
  if (mo)
    {
      bd_reported_variance (e->method, mo, V);
      double factor
          = bd_ensemble_resample (e->method)->ij_factor (t->X->size1);
      a->share = bd_variance_additive_share (mo, factor);
      fill (a, mo, V, out_of_bag_noise (mo, t->y, V, V + points));
      code = fill_error (a, mo, factor);
      a->oob = out_of_bag_error (mo, t->y);
    }
  gsl_matrix_free (S);
  free (V);
  bd_moments_free (mo);
  return code;
}

/* Everything else: tune, then fit; noise from the inner residuals.  */
static int
answer_tuned (bd_ensemble *e, const bd_task *t, bd_answer *a, bd_answer *other,
              bd_error *err)
{
  size_t m = t->P->size1, n = t->X->size1;
  const bd_method *q = e->method;
  bd_residuals res = { 0 };
  double *V = bd_array (m, 1), *scaled = bd_array (m, 1), *zero = NULL;
  bd_moments *mo = NULL;
  int code = GSL_SUCCESS;
  bd_answer *single = q->kind == BD_SCALING ? a : other;
  bd_answer *many = q->kind == BD_SCALING ? other : a;

  if (!V || !scaled || !(zero = bd_array (n, 1)) || bd_residuals_init (&res, n)
      || bd_tune (e, t, &res, &a->tuned, err))
    goto done;
  e->members = bd_members_of (q, t, false);
  e->co_moments = q->kind == BD_BAGGING;
  mo = bd_ensemble_run (e, scaled, err);
  if (!mo)
    goto done;
  bd_reported_variance (q, mo, V);
  if (many)
    fill (many, mo, V, bd_score_noise (res.best_r2, res.best_v, n));
  if (q->kind == BD_BAGGING && bd_ensemble_resample (q)->ij_factor)
    {
      double factor = bd_ensemble_resample (q)->ij_factor (n);
      a->share = bd_variance_additive_share (mo, factor);
      code = fill_error (a, mo, factor);
    }
  if (single && (q->kind == BD_SCALING || q->kind == BD_DROPOUT))
    fill_single (single, scaled, bd_score_noise (res.best_r, zero, n));
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
  int code = bd_knob_parse (method->fitter->knobs, method->knobs, &e.set, err);

  bd_blas_one_thread ();
  if (code || (code = answer_init (a, m, kept, task->keep_points)))
    return explain (method, task, code, err);
  if (other && (code = answer_init (other, m, 0, 0)))
    goto fail;
  a->share = a->tuned = a->oob = GSL_NAN;
  e.keep = a->keep;
  e.kept = a->kept;
  e.keep_points = a->keep_points;
  bool bag
      = method->kind == BD_BAGGING && !bd_ensemble_resample (method)->all_rows;
  code = bag ? answer_out_of_bag (&e, task, a, err)
             : answer_tuned (&e, task, a, other, err);
  if (code)
    goto fail;
  a->seconds = thread_seconds () - start;
  if (other)
    other->seconds = a->seconds;
  return GSL_SUCCESS;
fail:
  bd_answer_free (a);
  bd_answer_free (other);
  return explain (method, task, code, err);
}
