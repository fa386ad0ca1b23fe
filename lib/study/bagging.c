#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../variance/estimate.h"
#include "bagging.h"
#include "bagging_intervals.h"
#include "bagging_job.h"
#include "left_out.h"

#define NEAR 0.05 /* share of rows left out, from 1/e, for the .632 rule */

/* What of the member variance is that of the mean, over the points with
   co-moments; all of it where that is not known.  */
static double
pooled_share (const bd_moments *a, const double V[])
{
  double mean = 0, member = 0;

  for (size_t i = 0; i < a->mc; i++)
    {
      mean += V[i];
      member += a->t2[i] / a->p;
    }
  return member > 0 && !gsl_isnan (mean) ? mean / member : 1;
}

/* Little bags say it by themselves.  */
static void
take_little (bd_job *j)
{
  double *V = j->V, *se = j->se;

  bd_variance_little (j->moments, V, se);
  for (size_t i = 0; i < j->moments->mc; i++)
    {
      se[i] *= j->little;
      V[i] = bd_variance_positive (j->little * V[i], se[i]);
    }
  j->share = GSL_NAN;
}

/* Variance of the mean at each point, into J->V, its errors and the additive
   share.  */
static void
take_variance (bd_job *j)
{
  const bd_moments *a = j->moments;
  double *V = j->V;

  if (a->little)
    take_little (j);
  else
    {
      bd_variance_ij_u (a, V, j->se);
      j->share = a->mc ? bd_variance_share (a, j->factor, V) : GSL_NAN;
      bd_variance_steady (a, j->factor, V);
      for (size_t i = 0; i < a->mc; i++)
        j->se[i] *= j->factor;
    }
  double share = a->mc ? pooled_share (a, V) : GSL_NAN;
  for (size_t i = a->mc; i < a->m; i++)
    V[i] = share * a->t2[i] / a->p;
}

double
bd_job_error (bd_job *j)
{
  const bd_moments *a = j->moments;
  const double *V = j->V;
  double error = 0, total = 0;

  take_variance (j);
  for (size_t i = 0; i < a->mc; i++)
    if (V[i] > 0)
      {
        error += gsl_pow_2 (j->se[i]) / (4 * V[i]);
        total += V[i];
      }
  j->error = total > 0 ? sqrt (error / total) : a->whole ? 0 : GSL_NAN;
  return j->error;
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
  bd_parts_free (&a->parts);
  for (size_t k = 0; k < BD_ESTIMATORS; k++)
    free (a->estimate[k]);
  bd_intervals_free (&a->interval);
  *a = (bd_bagged){ 0 };
}

/* The columns that depend on the noise last.  */
static void
fill_points (bd_bagged *out, const bd_job *j)
{
  const bd_moments *a = j->moments;
  const double *V = j->V, *se = j->se;

  for (size_t i = 0; i < out->m; i++)
    {
      double v = a->t2[i] / a->p;
      bool known = !gsl_isnan (V[i]);
      out->mean[i] = a->t[i];
      out->sd_member[i] = a->members - a->failed < 2 ? GSL_NAN : sqrt (v);
      out->sd_mean[i] = known ? sqrt (V[i]) : GSL_NAN;
      out->sd_error[i]
          = i < a->mc && V[i] > 0 ? se[i] / (2 * out->sd_mean[i]) : GSL_NAN;
      out->sd_pred[i] = sqrt (gsl_pow_2 (out->noise) + (known ? V[i] : v));
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
  out->shaky = a->shaky;
  out->oob = out->noise = GSL_NAN;
  out->out = (bd_out_of_bag){ .single = GSL_NAN, .overfit = GSL_NAN };
  out->never_out = out->n;
  out->error = bd_job_error (j);
  out->share = j->share;
  if (a->self < a->m)
    {
      double share = pooled_share (a, j->V);
      out->noise = sqrt (bd_left_out_noise (a, o->y, share, j->scratch));
      out->oob = bd_left_out_error (a, o->y);
      out->never_out = bd_left_out_never (a);
      code = score_rows_out (out, j, share, err);
    }
  if (code)
    return code;
  if (gsl_isnan (out->noise))
    code = bd_job_noise (j, &out->noise, err);
  fill_points (out, j);
  for (size_t k = 0; k < BD_ESTIMATORS && o->estimator[k]; k++)
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
    code = bd_bagging_intervals (out, j, pooled_share (a, j->V), err);
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
