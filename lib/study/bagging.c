#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../variance/mean.h"
#include "bagging.h"
#include "bagging_intervals.h"
#include "bagging_job.h"
#include "left_out.h"

#define NEAR 0.05 /* share of rows left out, from 1/e, for the .632 rule */

double
bd_job_error (bd_job *j)
{
  const bd_moments *a = j->moments;

  j->share
      = bd_variance_mean (a, a->little ? j->little : j->factor, j->V, j->se);
  return bd_variance_mean_error (a, j->V, j->se);
}

static int
bagged_init (bd_bagged *a, const bd_bagging *o)
{
  size_t m = o->P->size1;

  *a = (bd_bagged){ .m = m, .n = o->X->size1 };
  a->mean = bd_array (m, 1);
  a->sd_member = bd_array (m, 1);
  a->sd_mean = bd_array (m, 1);
  a->sd_error = bd_array (m, 1);
  a->sd_pred = bd_array (m, 1);
  bool all
      = a->mean && a->sd_member && a->sd_mean && a->sd_error && a->sd_pred;
  for (size_t k = 0; o->estimator[k]; k++)
    all = (a->estimate[k] = bd_array (m, 1)) && all;
  if (all)
    return GSL_SUCCESS;
  bd_bagged_free (a);
  return GSL_ENOMEM;
}

void
bd_bagged_free (bd_bagged *a)
{
  if (!a)
    return;
  free (a->mean);
  free (a->sd_member);
  free (a->sd_mean);
  free (a->sd_error);
  free (a->sd_pred);
  bd_parts_free (&a->parts);
  for (size_t k = 0; k < BD_ESTIMATORS; k++)
    free (a->estimate[k]);
  bd_intervals_free (&a->interval);
  *a = (bd_bagged){ 0 };
}

bd_bagging
bd_bagging_default (const bd_fitter_type *fitter, const gsl_matrix *X,
                    const gsl_vector *y, const gsl_matrix *P)
{
  bd_bagging o = { .fitter = fitter,
                   .resample = bd_resample_find (fitter->resample),
                   .rows = { .n = X->size1 },
                   .X = X,
                   .y = y,
                   .P = P,
                   .seed = 1,
                   .members = 1000,
                   .places = SIZE_MAX };

  bd_settings_default (fitter->knobs, &o.set);
  bd_settings_default (o.resample->knobs, &o.scheme);
  return o;
}

/* The columns that depend on the noise last.  */
static void
fill_points (bd_bagged *out, const bd_job *j)
{
  const bd_moments *a = j->moments;
  const double *V = j->V;

  bd_variance_sd (a, out->m, V, j->se, out->sd_member, out->sd_mean,
                  out->sd_error);
  for (size_t i = 0; i < out->m; i++)
    {
      double v = gsl_isnan (V[i]) ? a->t2[i] / a->p : V[i];
      out->mean[i] = a->t[i];
      out->sd_pred[i] = sqrt (gsl_pow_2 (out->noise) + v);
    }
}

/* Scores of the rows left out.  Of the single fit only where a member is
   that fit to about as many different rows as a bootstrap has.  */
static int
score_rows_out (bd_bagged *out, bd_job *j, double share, bd_error *err)
{
  const bd_bagging *o = j->o;
  const bd_moments *a = j->moments;
  int code = bd_out_of_bag_scores (a, o->y, share, out->noise, &out->out);

  if (code)
    return BD_FAIL (err, code, "no memory for %zu rows", a->rows);
  if (o->features || fabs (bd_left_out_share (a) - 1 / M_E) > NEAR)
    return GSL_SUCCESS;
  out->fits++;
  if (bd_job_fit (j, j->scratch, err) == GSL_SUCCESS)
    bd_out_of_bag_single (a, o->y, j->scratch, &out->out);
  else if (err)
    err->text[0] = '\0';
  return GSL_SUCCESS;
}

static int
fill (bd_bagged *out, bd_job *j, bd_error *err)
{
  const bd_bagging *o = j->o;
  const bd_moments *a = j->moments;
  int code = GSL_SUCCESS;

  out->mc = a->mc;
  out->members = a->members;
  out->failed = a->failed;
  out->fits = a->members;
  out->shaky = a->shaky;
  out->oob = out->noise = GSL_NAN;
  out->out = (bd_out_of_bag){ .single = GSL_NAN, .overfit = GSL_NAN };
  out->never_out = out->n;
  out->error = bd_job_error (j);
  out->share = j->share;
  if (a->self < a->m)
    {
      double share = bd_variance_mean_share (a, j->V);
      out->noise = sqrt (bd_left_out_noise (a, o->y, share, j->scratch));
      out->oob = bd_left_out_error (a, o->y);
      out->never_out = bd_left_out_never (a);
      code = score_rows_out (out, j, share, err);
    }
  if (code)
    return code;
  if (gsl_isnan (out->noise))
    code = bd_job_noise (j, &out->noise, &out->fits, err);
  fill_points (out, j);
  for (size_t k = 0; o->estimator[k]; k++)
    {
      const bd_estimator *e = o->estimator[k];
      e->estimate (a, e->little ? j->little : j->factor, out->estimate[k],
                   NULL);
      for (size_t i = a->mc; i < out->m; i++)
        out->estimate[k][i] = GSL_NAN;
    }
  if (!code)
    code = bd_job_parts (j, out, err);
  if (!code)
    code
        = bd_bagging_intervals (out, j, bd_variance_mean_share (a, j->V), err);
  return code;
}

int
bd_bagging_run (const bd_bagging *o, bd_bagged *a, bd_error *err)
{
  bd_job j;
  int code = bagged_init (a, o);

  if (code)
    return BD_FAIL (err, code, "no memory for %zu points", o->P->size1);
  code = bd_job_open (&j, o, err);
  if (!code)
    code = bd_job_members (&j, err);
  if (!code)
    code = fill (a, &j, err);
  bd_job_close (&j);
  if (code)
    bd_bagged_free (a);
  return code;
}
