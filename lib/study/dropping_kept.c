/* What single subnetworks lose, by the units that they keep.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "dropping_folds.h"

/* One real layer costs the same for any number of rows; others look at every
   row.  */
static bool
takes_long (const bd_net_model *model, const bd_rates *rates, size_t n)
{
  const bd_net *net = &model->net;
  double looks = (double)n * (double)bd_net_predictions (model);

  if (net->layers == 2 && net->output->scaled && !net->output->noise
      && !(rates->input > 0))
    return false;
  return ldexp (looks, (int)bd_exact_units (net, rates)) > BD_EXACT_LOOKS;
}

int
bd_dropping_kept (const bd_dropping *o, const bd_net_model *model,
                  bd_dropped *a, bd_error *err)
{
  bd_rates rates = bd_rates_of (&model->mask, &model->net);
  size_t n = o->y->size, units = bd_exact_units (&model->net, &rates);
  double *Z = NULL, *y = NULL;
  int code = GSL_ENOMEM;

  if (n == 0 || units == 0 || takes_long (model, &rates, n))
    return GSL_SUCCESS;
  a->kept = calloc (units + 1, sizeof *a->kept);
  Z = bd_array (n, o->X->size2);
  y = bd_array (n, 1);
  if (a->kept && Z && y)
    {
      a->kept_units = units;
      bd_net_standardise (model, o->X, Z);
      for (size_t i = 0; i < n; i++)
        y[i] = gsl_vector_get (o->y, i);
      code = bd_subnets_losses (model, &rates, n, Z, y, a->kept, err);
    }
  else
    BD_FAIL (err, code, "no memory for %zu rows", n);
  free (Z);
  free (y);
  return code;
}
