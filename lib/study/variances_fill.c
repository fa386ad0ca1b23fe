#include <config.h>

#include <gsl/gsl_math.h>

#include "../base/array.h"
#include "../variance/estimate.h"
#include "../variance/mean.h"
#include "left_out.h"
#include "variances_job.h"

/* Members of a little bag share its rows and are not independent; the bags
   are, and the mean of all is theirs.  */
static void
take_bags (bd_variances_job *q, size_t j)
{
  const bd_moments *a = q->moments;
  double K = (double)a->bags;

  q->r->mean_error[j]
      = a->bags > 1 ? sqrt (a->bag_t2[j] / (K * (K - 1))) : GSL_NAN;
  q->r->sd_member_error[j] = GSL_NAN;
}

/* What needs no weights: the error of the mean, sqrt (v / B), and of the
   spread, half of sqrt ((kurtosis - 1) / B).  */
static void
take_spread (bd_variances_job *q)
{
  const bd_moments *a = q->moments;
  bd_variances_result *r = q->r;
  double chance = bd_variance_chance (a);
  bool enough = a->members - a->failed >= 2;
  /* The kurtosis of two or three is the same number whatever they are.  */
  bool shaped = a->whole || a->members - a->failed >= 4;

  for (size_t j = 0; j < a->m; j++)
    {
      double v = a->t2[j] / a->p, kurtosis = a->t4[j] / a->p / (v * v);
      r->mean[j] = a->p > 0 ? a->t[j] : GSL_NAN;
      r->mean_error[j] = enough ? sqrt (v * chance) : GSL_NAN;
      r->sd_member_error[j]
          = !shaped ? GSL_NAN
            : v > 0 ? sqrt (v * GSL_MAX (kurtosis - 1, 0) * chance) / 2
                    : 0;
      r->equal += enough && !(v > 0);
      if (a->little)
        take_bags (q, j);
    }
}

/* Find the scheme and its factor; NaN, with the reason in r->unknown, when
   the variance of the mean cannot be estimated.  */
static double
find_factor (bd_variances_job *q)
{
  bd_variances_result *r = q->r;
  const bd_moments *a = q->moments;
  bd_error *why = &r->unknown;
  const bd_rows rows = { .n = q->units };
  double factor = GSL_NAN;

  r->found = !r->weights.type && q->counts;
  if (q->units == 0)
    snprintf (why->text, sizeof why->text,
              "without the weights of the rows (--counts, --index) the "
              "variance of the mean cannot be estimated");
  else if (a->members - a->failed < 2)
    snprintf (why->text, sizeof why->text, "fewer than two members");
  else if (!bd_variances_followed (q) && !q->counts)
    snprintf (why->text, sizeof why->text,
              "the perturbations are no weights of rows; sd_member is the "
              "spread between them");
  else if (!bd_variances_followed (q))
    snprintf (why->text, sizeof why->text,
              "'%s' draws groups or blocks of rows, which the weights of "
              "single rows do not tell",
              q->o->resample->name);
  else if (q->counts && bd_recognise_end (&r->weights, why))
    r->weights.type = NULL;
  else
    {
      factor
          = (a->little ? bd_resample_little_factor : bd_resample_ij_factor) (
              r->weights.type, &r->weights.set, &rows);
      if (gsl_isnan (factor))
        snprintf (why->text, sizeof why->text,
                  "members drawn by '%s' do not tell it",
                  r->weights.type->name);
    }
  return factor;
}

static void
forget (double x[], size_t count)
{
  for (size_t j = 0; j < count; j++)
    x[j] = GSL_NAN;
}

/* Estimator E, if it is asked for by name or the weights allow it.  */
static int
take_estimator (bd_variances_job *q, const bd_estimator *e, bool asked,
                double factor)
{
  bd_variances_result *r = q->r;
  const bd_moments *a = q->moments;
  size_t k = r->estimators;

  if (!asked
      && (gsl_isnan (factor) || (e->apart && !r->some_out)
          || e->little != (a->little > 0)))
    return GSL_SUCCESS;
  r->V[k] = bd_array (a->m, 1);
  r->se[k] = bd_array (a->m, 1);
  if (!r->V[k] || !r->se[k])
    return GSL_ENOMEM;
  r->estimator[k] = e;
  r->estimators++;
  forget (r->V[k], a->m);
  forget (r->se[k], a->m);
  if (!gsl_isnan (factor) && e->little == (a->little > 0))
    e->estimate (a, factor, r->V[k], r->se[k]);
  return GSL_SUCCESS;
}

static int
take_estimators (bd_variances_job *q, double factor)
{
  const bd_estimator *const *asked = q->o->estimator;
  const bd_estimator *const *list = asked[0] ? asked : bd_estimators;
  int code = GSL_SUCCESS;

  for (size_t k = 0; !code && list[k] && q->units > 0; k++)
    code = take_estimator (q, list[k], asked[0] != NULL, factor);
  return code;
}

/* The variance of the mean by the steady infinitesimal jackknife.  */
static void
take_mean (bd_variances_job *q, double factor)
{
  const bd_moments *a = q->moments;
  bd_variances_result *r = q->r;
  double v = 0;

  forget (q->V, a->m);
  r->share = r->error = GSL_NAN;
  for (size_t j = 0; j < a->mc; j++)
    v += a->t2[j];
  if (!gsl_isnan (factor))
    {
      r->share = bd_variance_mean (a, factor, q->V, q->e);
      r->error = bd_variance_mean_error (a, q->V, q->e);
      if (!a->whole && q->o->target > 0 && v > 0)
        r->planned
            = bd_variance_mean_members (a, factor, q->V, q->e, q->o->target);
    }
  bd_variance_sd (a, a->m, q->V, q->e, r->sd_member, r->sd_mean, r->sd_error);
}

int
bd_variances_fill (bd_variances_job *q, bd_error *err)
{
  bd_variances_result *r = q->r;
  bd_moments *a = q->moments;
  double factor = find_factor (q);

  r->n = q->units;
  r->mc = a->mc;
  r->members = a->members;
  r->failed = a->failed;
  a->whole = r->weights.type && r->weights.type->whole;
  if (q->counts)
    r->never_out = bd_left_out_never (a);
  r->some_out = q->counts && r->never_out < a->rows;
  take_spread (q);
  take_mean (q, factor);
  int code = take_estimators (q, factor);
  if (!code)
    code = bd_variances_parts (q, factor, err);
  if (!code)
    code = bd_variances_share_error (q, factor);
  return code ? code : bd_variances_scores (q, err);
}
