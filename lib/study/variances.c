/* References: A. Krogh, J. Vedelsby, "Neural network ensembles, cross
   validation, and active learning", NIPS 7 (1995); C. A. T. Ferro, "Fair
   scores for ensemble forecasts", Q. J. R. Meteorol. Soc. 140 (2014).  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_vector.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../ensemble/run.h"
#include "../ensemble/stored.h"
#include "../variance/estimate.h"
#include "../variance/mean.h"
#include "left_out.h"
#include "variances.h"

/* Below so many products of units and points a member is no work to share:
   threads would wait for one another.  */
#define MUCH 4096

typedef struct
{
  const bd_variances *o;
  bd_variances_result *r;
  bd_moments *moments;
  size_t units;  /* that a member has */
  bool counts;   /* they are weights of rows */
  double *V, *e; /* points */
} job;

void
bd_variances_free (bd_variances_result *r)
{
  free (r->mean);
  free (r->mean_error);
  free (r->sd_member);
  free (r->sd_member_error);
  free (r->sd_mean);
  free (r->sd_error);
  for (size_t k = 0; k < BD_ESTIMATORS; k++)
    {
      free (r->V[k]);
      free (r->se[k]);
    }
  *r = (bd_variances_result){ 0 };
}

static int
no_memory (const job *q, bd_error *err)
{
  return BD_FAIL (err, GSL_ENOMEM, "no memory for %zu points and %zu rows",
                  q->o->members->points, q->units);
}

/* Disturbances of responses can be followed like counts; other perturbations
   than these two (masks) cannot.  */
static bool
followed (const job *q)
{
  const bd_resample_type *type = q->o->resample;
  bool disturbed = type && type->responds;

  return q->units > 0 && (q->counts || disturbed) && !(type && type->units);
}

static bool
wants_apart (const job *q)
{
  const bd_estimator *const *list
      = q->o->estimator[0] ? q->o->estimator : bd_estimators;

  for (size_t k = 0; q->counts && list[k]; k++)
    if (list[k]->apart)
      return true;
  return false;
}

static int
check_shapes (const job *q, bd_error *err)
{
  const bd_variances *o = q->o;
  const bd_members *a = o->members;

  if (o->counts && a->units)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s has its own perturbations; leave out the file of "
                    "weights",
                    o->source);
  if (o->counts && a->count != o->count_members)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s has weights of %zu members, but %s has %zu members",
                    o->counts_source, o->count_members, o->source, a->count);
  if (o->points_are_rows && (!q->counts || a->points != q->units))
    return BD_FAIL (err, GSL_EINVAL,
                    "%s: the points cannot be the rows: %zu points, weights "
                    "of %zu rows",
                    o->source, a->points, q->counts ? q->units : 0);
  return GSL_SUCCESS;
}

static int
make_moments (job *q)
{
  const bd_members *a = q->o->members;
  size_t units = q->units, m = a->points;
  size_t mc
      = followed (q) ? GSL_MAX (GSL_MIN (m, q->o->places / units), 1) : 0;
  bd_moments shape = { .n = units,
                       .m = m,
                       .mc = mc,
                       .self = q->o->points_are_rows ? 0 : m,
                       .apart = mc && wants_apart (q) };

  q->moments = bd_moments_like (&shape);
  q->V = bd_array (m, 1);
  q->e = bd_array (m, 1);
  return q->moments && q->V && q->e ? GSL_SUCCESS : GSL_ENOMEM;
}

/* True if member K of the piece has a value that is not finite.  */
static bool
failed (const bd_members *a, size_t k)
{
  double sum = 0;

  for (size_t j = 0; j < a->points; j++)
    sum += 0 * a->T[k * a->points + j];
  return sum != 0;
}

/* Where the weights of member K of the piece stand, for messages.  */
static void
place_of (const job *q, size_t k, char *to, size_t size)
{
  const bd_variances *o = q->o;
  const bd_members *a = o->members;
  unsigned long long b = (unsigned long long)(a->first + k) + 1;

  const char *source = o->counts ? o->counts_source : o->source;
  const size_t *line = o->counts ? o->counts_line : a->line;

  if (line)
    snprintf (to, size, "%s:%zu:1: member %llu", source, line[k], b);
  else
    snprintf (to, size, "%s: member %llu", source, b);
}

/* Look at the weights of the piece; failed members may have any.  */
static int
look (job *q, const double *U, bd_error *err)
{
  const bd_members *a = q->o->members;
  char where[BD_ERROR_SIZE];
  int code = GSL_SUCCESS;

  for (size_t k = 0; !code && k < a->count; k++)
    {
      if (failed (a, k))
        continue;
      place_of (q, k, where, sizeof where);
      code = bd_recognise_look (&q->r->weights, U + k * q->units, where, err);
    }
  return code;
}

/* The piece that A holds.  */
static int
take_piece (job *q, bd_error *err)
{
  const bd_variances *o = q->o;
  const bd_members *a = o->members;
  const double *U = o->counts ? o->counts : a->U;
  const bd_stored_piece piece = {
    .first = a->first, .members = a->count, .p = a->p, .U = U, .T = a->T
  };
  const bd_stored stored = { .piece = &piece,
                             .pieces = 1,
                             .units = q->units,
                             .width = q->units,
                             .points = a->points };
  const bd_source source = bd_stored_source (&stored);
  bool much = (q->units + 1) * a->points >= MUCH;
  const bd_run_options run = { .first = a->first,
                               .members = a->count,
                               .threads = much ? o->threads : 1,
                               .progress = o->progress };
  int code = q->counts ? look (q, U, err) : GSL_SUCCESS;

  if (!code && bd_run (&source, &run, q->moments))
    code = no_memory (q, err);
  return code;
}

static int
take_members (job *q, bd_error *err)
{
  bd_members *a = q->o->members;
  int code = a->count > 0 ? GSL_SUCCESS : bd_members_next (a, err);

  while (!code)
    {
      code = take_piece (q, err);
      if (!code)
        code = bd_members_next (a, err);
    }
  return code == GSL_EOF ? GSL_SUCCESS : code;
}

static bool
make_result (bd_variances_result *r, size_t m)
{
  r->m = m;
  r->mean = bd_array (m, 1);
  r->mean_error = bd_array (m, 1);
  r->sd_member = bd_array (m, 1);
  r->sd_member_error = bd_array (m, 1);
  r->sd_mean = bd_array (m, 1);
  r->sd_error = bd_array (m, 1);
  return r->mean && r->mean_error && r->sd_member && r->sd_member_error
         && r->sd_mean && r->sd_error;
}

/* What needs no weights: the error of the mean, sqrt (v / B), and of the
   spread, half of sqrt ((kurtosis - 1) / B).  */
static void
take_spread (job *q)
{
  const bd_moments *a = q->moments;
  bd_variances_result *r = q->r;
  double chance = bd_variance_chance (a);
  bool enough = a->members - a->failed >= 2;

  for (size_t j = 0; j < a->m; j++)
    {
      double v = a->t2[j] / a->p, kurtosis = a->t4[j] / a->p / (v * v);
      r->mean[j] = a->p > 0 ? a->t[j] : GSL_NAN;
      r->mean_error[j] = enough ? sqrt (v * chance) : GSL_NAN;
      r->sd_member_error[j]
          = !enough ? GSL_NAN
            : v > 0 ? sqrt (v * GSL_MAX (kurtosis - 1, 0) * chance) / 2
                    : 0;
      r->equal += enough && !(v > 0);
    }
}

/* Find the scheme and its factor; NaN, with the reason in r->unknown, when
   the variance of the mean cannot be estimated.  */
static double
find_factor (job *q)
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
  else if (!followed (q) && !q->counts)
    snprintf (why->text, sizeof why->text,
              "the perturbations are no weights of rows; sd_member is the "
              "spread between them");
  else if (!followed (q))
    snprintf (why->text, sizeof why->text,
              "'%s' draws groups or blocks of rows, which the weights of "
              "single rows do not tell",
              q->o->resample->name);
  else if (q->counts && bd_recognise_end (&r->weights, why))
    r->weights.type = NULL;
  else
    {
      factor = bd_resample_ij_factor (r->weights.type, &r->weights.set, &rows);
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
take_estimator (job *q, const bd_estimator *e, bool asked, double factor)
{
  bd_variances_result *r = q->r;
  const bd_moments *a = q->moments;
  size_t k = r->estimators;

  if (!asked && (gsl_isnan (factor) || (e->apart && !r->some_out)))
    return GSL_SUCCESS;
  r->V[k] = bd_array (a->m, 1);
  r->se[k] = bd_array (a->m, 1);
  if (!r->V[k] || !r->se[k])
    return GSL_ENOMEM;
  r->estimator[k] = e;
  r->estimators++;
  forget (r->V[k], a->m);
  forget (r->se[k], a->m);
  if (!gsl_isnan (factor))
    e->estimate (a, factor, r->V[k], r->se[k]);
  return GSL_SUCCESS;
}

static int
take_estimators (job *q, double factor)
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
take_mean (job *q, double factor)
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
      r->error = bd_variance_mean_error (a, factor, q->V, q->e);
      if (!a->whole && q->o->target > 0 && v > 0)
        r->planned = bd_variance_mean_members (a, factor, q->V, q->o->target);
    }
  bd_variance_sd (a, a->m, factor, q->V, q->e, r->sd_member, r->sd_mean,
                  r->sd_error);
}

/* Mean over points of the fair CRPS of the members that are finite: mean
   |t - y| - sum |t_b - t_c| / (2 B (B - 1)).  */
static double
fair_crps (const bd_members *a, const double y[], double t[], double bad[])
{
  double total = 0;

  for (size_t b = 0; b < a->count; b++)
    bad[b] = failed (a, b);
  for (size_t j = 0; j < a->points; j++)
    {
      double near = 0, apart = 0;
      size_t used = 0;
      for (size_t b = 0; b < a->count; b++)
        if (bad[b] == 0)
          t[used++] = a->T[b * a->points + j];
      double B = (double)used;
      gsl_sort (t, 1, used);
      for (size_t b = 0; b < used; b++)
        {
          near += fabs (t[b] - y[j]);
          apart += (2 * (double)b + 1 - B) * t[b];
        }
      total += used > 1 ? near / B - apart / (B * (B - 1)) : GSL_NAN;
    }
  return total / (double)a->points;
}

static int
take_scores (job *q)
{
  const bd_moments *a = q->moments;
  const bd_variances *o = q->o;
  bd_variances_result *r = q->r;
  double m = (double)a->m, error = 0, v = 0;

  r->rmse = r->rmse_member = r->ambiguity = r->crps = r->oob = GSL_NAN;
  if (!o->y || a->members == a->failed)
    return GSL_SUCCESS;
  for (size_t j = 0; j < a->m; j++)
    {
      error += gsl_pow_2 (a->t[j] - o->y[j]) / m;
      v += a->t2[j] / a->p / m;
    }
  r->rmse = sqrt (error);
  r->rmse_member = sqrt (error + v);
  r->ambiguity = v;
  if (o->points_are_rows)
    {
      gsl_vector_const_view y = gsl_vector_const_view_array (o->y, a->m);
      r->oob = bd_left_out_error (a, &y.vector);
    }
  if (a->whole)
    return GSL_SUCCESS;
  size_t B = o->members->count;
  double *t = bd_array (B, 2);
  if (t)
    r->crps = fair_crps (o->members, o->y, t, t + B);
  free (t);
  return t ? GSL_SUCCESS : GSL_ENOMEM;
}

static int
finish (job *q, bd_error *err)
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
  if (take_estimators (q, factor) || take_scores (q))
    return no_memory (q, err);
  return GSL_SUCCESS;
}

int
bd_variances_run (const bd_variances *o, bd_variances_result *r, bd_error *err)
{
  const bd_members *a = o->members;
  job q = { .o = o,
            .r = r,
            .units = o->counts ? o->rows : a->units,
            .counts = o->counts || (a->units && a->letter == 'n') };
  int code = check_shapes (&q, err);

  *r = (bd_variances_result){
    .weights = { .n = q.units, .type = o->resample, .set = o->scheme }
  };
  if (!code && (make_moments (&q) || !make_result (r, a->points)))
    code = no_memory (&q, err);
  if (!code)
    code = take_members (&q, err);
  if (!code)
    code = finish (&q, err);
  bd_moments_free (q.moments);
  free (q.V);
  free (q.e);
  if (code)
    bd_variances_free (r);
  return code;
}
