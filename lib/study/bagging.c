#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../variance/mean.h"
#include "bagging.h"
#include "bagging_job.h"
#include "left_out.h"

double
bd_job_error (bd_job *j)
{
  j->share = bd_variance_mean (j->moments, j->factor, j->V, j->se);
  return bd_variance_mean_error (j->moments, j->factor, j->V, j->se);
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
  for (size_t k = 0; k < BD_ESTIMATORS && o->estimator[k]; k++)
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
  for (size_t k = 0; k < BD_ESTIMATORS; k++)
    free (a->estimate[k]);
  *a = (bd_bagged){ 0 };
}

/* The columns that depend on the noise last.  */
static void
fill_points (bd_bagged *out, const bd_job *j)
{
  const bd_moments *a = j->moments;
  const double *V = j->V;

  bd_variance_sd (a, out->m, j->factor, V, j->se, out->sd_member, out->sd_mean,
                  out->sd_error);
  for (size_t i = 0; i < out->m; i++)
    {
      double v = gsl_isnan (V[i]) ? a->t2[i] / a->p : V[i];
      out->mean[i] = a->t[i];
      out->sd_pred[i] = sqrt (gsl_pow_2 (out->noise) + v);
    }
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
  out->shaky = a->shaky;
  out->oob = out->noise = GSL_NAN;
  out->never_out = out->n;
  out->error = bd_job_error (j);
  out->share = j->share;
  if (a->self < a->m)
    {
      double share = bd_variance_mean_share (a, j->V);
      out->noise = sqrt (bd_left_out_noise (a, o->y, share, j->scratch));
      out->oob = bd_left_out_error (a, o->y);
      out->never_out = bd_left_out_never (a);
    }
  if (gsl_isnan (out->noise))
    code = bd_job_noise (j, &out->noise, err);
  fill_points (out, j);
  for (size_t k = 0; k < BD_ESTIMATORS && o->estimator[k]; k++)
    {
      o->estimator[k]->estimate (a, j->factor, out->estimate[k], NULL);
      for (size_t i = a->mc; i < out->m; i++)
        out->estimate[k][i] = GSL_NAN;
    }
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
