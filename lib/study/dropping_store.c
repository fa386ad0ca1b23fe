/* Masks of a dropout network that others go on from.  */
#include <config.h>

#include <stdlib.h>

#include "../base/array.h"
#include "../ensemble/source.h"
#include "dropping_folds.h"

/* Masks of MODEL at the points P.  */
static int
store_masks (const bd_dropping *o, const bd_net_model *model,
             const bd_store_options *s, bd_error *err)
{
  const gsl_matrix *P = o->P;
  double *Z = bd_array (P->size1, P->size2);
  int code = GSL_ENOMEM;

  if (Z)
    {
      bd_dropout d
          = { .model = model, .Z = Z, .m = P->size1, .seed = o->seed };
      bd_net_standardise (model, P, Z);
      bd_source source = bd_dropout_source (&d);
      d.thinned = bd_dropout_plan (&d);
      code = bd_store_members (&source, s);
      bd_thinned_free (d.thinned);
      free (Z);
    }
  if (code == GSL_ENOMEM)
    BD_FAIL (err, code, "no memory for %zu masks at %zu points", o->masks,
             P->size1);
  return code;
}

int
bd_dropping_store (const bd_dropping *o, const bd_store_options *s,
                   bd_error *err)
{
  bd_net_model *own = NULL;
  int code = bd_dropping_check (o, o->P->size2, err);

  if (code)
    return code;
  if (!o->predict->members || o->untied)
    return BD_FAIL (err, GSL_EINVAL, "%s does not draw whole masks",
                    o->untied ? "an untied network" : o->predict->name);
  if (!o->model)
    own = bd_dropping_train (&o->net, o->X, o->y, o->seed, 0, NULL, err);
  const bd_net_model *model = o->model ? o->model : own;
  code = model ? store_masks (o, model, s, err) : GSL_EFAILED;
  bd_net_model_free (own);
  return code;
}
