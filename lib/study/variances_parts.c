/* What `bagdrop bag' makes of its own members, for members made elsewhere:
   influence of the rows, bands, limits of a new observation.  */
#include <config.h>

#include <gsl/gsl_math.h>

#include "../variance/mean.h"
#include "bagging_intervals.h"
#include "variances_job.h"

/* Q as the job of a bag whose members are made.  */
static void
as_bag (const bd_variances_job *q, double factor, bd_bagging *o, bd_job *j)
{
  const bd_variances *from = q->o;

  *o = (bd_bagging){ .resample = q->r->weights.type,
                     .seed = from->seed,
                     .influence = from->influence,
                     .level = from->level,
                     .interval = from->interval };
  *j = (bd_job){ .o = o, .moments = q->moments, .factor = factor };
}

static int
take_parts (bd_variances_job *q, const bd_job *j, bd_error *err)
{
  bd_variances_result *r = q->r;
  bd_bagged bag = { .m = r->m };
  int code;

  if (!q->o->influence && !(q->o->level > 0))
    return GSL_SUCCESS;
  if (gsl_isnan (j->factor) || q->moments->little)
    return BD_FAIL (err, GSL_EINVAL,
                    "the influence of rows and simultaneous bands cannot be "
                    "told: %s",
                    r->unknown.text[0]
                        ? r->unknown.text
                        : "members in little bags do not tell it");
  code = bd_job_parts (j, &bag, err);
  r->parts = bag.parts;
  r->band = bag.band;
  return code;
}

static int
check_interval (const bd_variances_job *q, bd_error *err)
{
  const bd_interval_type *type = q->o->interval.type;

  if (!q->o->points_are_rows || !q->o->y)
    return BD_FAIL (err, GSL_EINVAL,
                    "interval '%s' needs the responses of the rows and the "
                    "members' predictions there: --y and --points-are-rows",
                    type->name);
  if (!q->r->weights.type)
    return BD_FAIL (err, GSL_EINVAL, "interval '%s' cannot be told: %s",
                    type->name, q->r->unknown.text);
  if (type->source != BD_INTERVAL_LEFT_OUT)
    return BD_FAIL (err, GSL_EINVAL,
                    "interval '%s' takes fits of its own; from members there "
                    "are jab+, oob and scaled-oob",
                    type->name);
  return bd_interval_check (type, q->r->weights.type, err);
}

static int
take_interval (bd_variances_job *q, bd_bagging *o, bd_job *j, bd_error *err)
{
  bd_variances_result *r = q->r;
  bd_bagged bag = { .m = r->m,
                    .n = r->n,
                    .mc = r->mc,
                    .members = r->members,
                    .mean = r->mean,
                    .sd_member = r->sd_member };

  if (!q->o->interval.type)
    return GSL_SUCCESS;
  int code = check_interval (q, err);
  if (code)
    return code;
  gsl_vector_const_view y = gsl_vector_const_view_array (q->o->y, r->m);
  o->y = &y.vector;
  code = bd_bagging_intervals (&bag, j,
                               bd_variance_mean_share (q->moments, q->V), err);
  r->interval = bag.interval;
  return code;
}

int
bd_variances_parts (bd_variances_job *q, double factor, bd_error *err)
{
  bd_bagging o;
  bd_job j;

  as_bag (q, factor, &o, &j);
  int code = take_parts (q, &j, err);
  return code ? code : take_interval (q, &o, &j, err);
}
