/* The influence of a network's units on its predictions.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>

#include "../net/exact.h"
#include "prediction.h"

/* Each unit moves the prediction by itself.  */
static bool
closed (const bd_net *net, const bd_mask *mask)
{
  return bd_mask_acts (mask)
         && bd_prediction_default (net, mask) == &bd_prediction_closed;
}

bool
bd_prediction_one_layer (const bd_net_model *model)
{
  return closed (&model->net, &model->mask);
}

int
bd_prediction_parts_check (const bd_prediction *type, const bd_net *net,
                           const bd_mask *mask, bool band, bd_error *err)
{
  if (!bd_mask_acts (mask))
    return BD_FAIL (err, GSL_EINVAL,
                    "no unit is left out, so that none has an influence on "
                    "the spread between masks");
  if (mask->type->weights)
    return BD_FAIL (err, GSL_EINVAL,
                    "masks of weights leave no units out whose influence "
                    "could be told; use --mask bernoulli");
  if (band && net->output->classes)
    return BD_FAIL (err, GSL_EINVAL,
                    "simultaneous bands are for a response of numbers, not "
                    "for classes");
  if (type == &bd_prediction_mc || closed (net, mask))
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_EINVAL,
                  "%s does not tell the units apart; use mc, which follows "
                  "them mask by mask",
                  type->name);
}

/* sqrt (q / (1 - q)) v_j h_j (x).  */
static bd_influence *
of_closed (const bd_predicting *q, bd_error *err)
{
  const bd_net_model *model = q->model;
  bd_rates rates = bd_rates_of (&model->mask, &model->net);
  double root = sqrt (rates.hidden[0] / (1 - rates.hidden[0]));
  bd_influence *f = bd_influence_alloc (model->net.width[1], q->m);

  if (f && bd_exact_closed_units (model, &rates, q->m, q->Z, f->L, err))
    {
      bd_influence_free (f);
      return NULL;
    }
  for (size_t i = 0; f && i < f->n * f->m; i++)
    f->L[i] *= root;
  return f;
}

int
bd_predicted_parts (const bd_predicting *q, const bd_moments *from,
                    bd_predicted *a, bd_error *err)
{
  bd_influence *f = bd_prediction_one_layer (q->model)
                        ? of_closed (q, err)
                        : bd_influence_of_masks (from);
  int code = f ? GSL_SUCCESS : GSL_ENOMEM;

  if (!code && q->influence)
    code = bd_parts_fill (&a->parts, f, 0, f->m);
  if (!code && q->level > 0)
    code = bd_band_find (f, q->level, 0, q->seed, &a->band);
  bd_influence_free (f);
  if (code && !(err && err->text[0]))
    BD_FAIL (err, code, "no memory for the influence of units at %zu points",
             q->m);
  return code;
}
