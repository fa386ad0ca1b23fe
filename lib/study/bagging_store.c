/* Members of a bag that others go on from.  */
#include <config.h>

#include "bagging_job.h"

uint64_t
bd_bagging_members (const bd_bagging *o)
{
  bd_rows rows = o->rows;

  rows.n = o->X->size1;
  return o->resample->members ? o->resample->members (&o->scheme, &rows)
                              : o->members;
}

/* The moments of the job stay empty and are made as small as they can be.  */
int
bd_bagging_store (const bd_bagging *o, const bd_store_options *s,
                  bd_error *err)
{
  bd_bagging plain = *o;
  bd_job j;

  plain.places = 0;
  plain.influence = false;
  plain.level = 0;
  plain.estimator[0] = NULL;
  plain.stored = NULL;
  int code = bd_job_open (&j, &plain, err);
  if (!code)
    {
      code = bd_store_members (&j.source, s);
      if (code == GSL_ENOMEM)
        BD_FAIL (err, code, "no memory for %zu rows and %zu points",
                 o->X->size1, o->P->size1);
    }
  bd_job_close (&j);
  return code;
}
