#include <config.h>

#include <gsl/gsl_errno.h>

#include "bagging_job.h"

static bool
wanted (const bd_bagging *o)
{
  return o->influence || o->level > 0;
}

int
bd_job_parts_check (const bd_bagging *o, bd_error *err)
{
  if (!wanted (o))
    return GSL_SUCCESS;
  if (o->places == 0)
    return BD_FAIL (err, GSL_EINVAL,
                    "the influence of rows and simultaneous bands are made "
                    "from the variance of the mean, which is not wanted");
  if (!o->resample->ij_factor)
    return BD_FAIL (err, GSL_EINVAL,
                    "the variance of the mean, and so the influence of rows "
                    "and simultaneous bands, cannot be estimated with the "
                    "resampling '%s'",
                    o->resample->name);
  return GSL_SUCCESS;
}

int
bd_job_parts (const bd_job *j, bd_bagged *out, bd_error *err)
{
  const bd_bagging *o = j->o;
  const bd_moments *a = j->moments;
  int code = GSL_SUCCESS;

  if (!wanted (o))
    return code;
  bd_influence *f = bd_influence_of_bags (a, j->factor);
  if (!f)
    code = GSL_ENOMEM;
  if (!code && o->influence)
    code = bd_parts_fill (&out->parts, f, 0, f->m);
  if (!code && o->level > 0)
    code = bd_band_find (f, o->level, 0, o->seed, &out->band);
  bd_influence_free (f);
  if (code == GSL_ENOMEM)
    BD_FAIL (err, code,
             "no memory for the influence of %zu units at %zu "
             "points",
             a->n, a->mc);
  else if (code)
    BD_FAIL (err, code, "%g is no level of a band", o->level);
  return code;
}
