#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../ensemble/run.h"
#include "../ensemble/stored.h"
#include "variances_job.h"

_Static_assert(BD_MEMBERS_BLOCK % BD_BLOCK_MOST == 0,
               "pieces of members end where blocks end");

/* Below so many products of units and points a member is no work to share:
   threads would wait for one another.  */
#define MUCH 4096

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
  bd_parts_free (&r->parts);
  bd_intervals_free (&r->interval);
  *r = (bd_variances_result){ 0 };
}

static int
no_memory (const bd_variances_job *q, bd_error *err)
{
  return BD_FAIL (err, GSL_ENOMEM, "no memory for %zu points and %zu rows",
                  q->o->members->points, q->units);
}

bool
bd_variances_followed (const bd_variances_job *q)
{
  const bd_resample_type *type = q->o->resample;
  bool disturbed = type && type->responds;

  return q->units > 0 && (q->counts || disturbed) && !(type && type->units);
}

/* What the estimators that are wanted need of the moments.  */
static void
want_sums (const bd_variances_job *q, bd_moments *shape)
{
  const bd_estimator *const *list
      = q->o->estimator[0] ? q->o->estimator : bd_estimators;

  for (size_t k = 0; q->counts && list[k]; k++)
    {
      shape->apart |= list[k]->apart;
      shape->split |= list[k]->split;
    }
  shape->apart |= q->o->interval.type && q->o->interval.type->apart;
  if (q->o->resample)
    shape->little = bd_resample_little_bag (q->o->resample, &q->o->scheme);
}

static int
check_shapes (const bd_variances_job *q, bd_error *err)
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
  if (o->points_are_rows && !q->counts)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s: no weights tell which rows a member left out, so "
                    "that its points cannot be the rows",
                    o->source);
  if (o->points_are_rows && a->points != q->units)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s: the points cannot be the rows: %zu points, weights "
                    "of %zu rows",
                    o->source, a->points, q->units);
  return GSL_SUCCESS;
}

static int
make_moments (bd_variances_job *q)
{
  const bd_members *a = q->o->members;
  size_t units = q->units, m = a->points;
  size_t mc = bd_variances_followed (q)
                  ? GSL_MAX (GSL_MIN (m, q->o->places / units), 1)
                  : 0;
  bd_moments shape = {
    .n = units, .m = m, .mc = mc, .self = q->o->points_are_rows ? 0 : m
  };

  if (mc)
    want_sums (q, &shape);
  q->moments = bd_moments_like (&shape);
  q->V = bd_array (m, 1);
  q->e = bd_array (m, 1);
  return q->moments && q->V && q->e ? GSL_SUCCESS : GSL_ENOMEM;
}

bool
bd_variances_failed (const bd_members *a, size_t k)
{
  double sum = 0;

  for (size_t j = 0; j < a->points; j++)
    sum += 0 * a->T[k * a->points + j];
  return sum != 0;
}

/* Where the weights of member K of the piece stand, for messages.  */
static void
place_of (const bd_variances_job *q, size_t k, char *to, size_t size)
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
look (bd_variances_job *q, const double *U, bd_error *err)
{
  const bd_members *a = q->o->members;
  char where[BD_ERROR_SIZE];
  int code = GSL_SUCCESS;

  for (size_t k = 0; !code && k < a->count; k++)
    {
      if (bd_variances_failed (a, k))
        continue;
      place_of (q, k, where, sizeof where);
      code = bd_recognise_look (&q->r->weights, U + k * q->units, where, err);
    }
  return code;
}

/* The piece that A holds.  */
static int
take_piece (bd_variances_job *q, bd_error *err)
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
take_members (bd_variances_job *q, bd_error *err)
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

int
bd_variances_run (const bd_variances *o, bd_variances_result *r, bd_error *err)
{
  const bd_members *a = o->members;
  bd_variances_job q
      = { .o = o,
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
    code = bd_variances_fill (&q, err);
  if (code == GSL_ENOMEM)
    no_memory (&q, err);
  bd_moments_free (q.moments);
  free (q.V);
  free (q.e);
  if (code)
    bd_variances_free (r);
  return code;
}
