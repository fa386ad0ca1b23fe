/* The registry, and the predictions that draw nothing.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../net/exact.h"
#include "../net/propagate.h"
#include "prediction.h"

const bd_prediction *const bd_predictions[]
    = { &bd_prediction_closed,    &bd_prediction_mc,
        &bd_prediction_scaling,   &bd_prediction_rao,
        &bd_prediction_geometric, &bd_prediction_fast,
        &bd_prediction_exact,     NULL };

const bd_prediction *
bd_prediction_find (const char *name)
{
  for (size_t k = 0; bd_predictions[k]; k++)
    if (strcmp (bd_predictions[k]->name, name) == 0)
      return bd_predictions[k];
  return NULL;
}

const bd_prediction *
bd_prediction_default (const bd_net *net, const bd_mask *mask)
{
  return bd_prediction_closed.check (net, mask, NULL) == GSL_SUCCESS
             ? &bd_prediction_closed
             : &bd_prediction_mc;
}

int
bd_predicted_init (bd_predicted *a, const bd_net_model *model, size_t m)
{
  size_t places = m * bd_net_predictions (model);

  *a = (bd_predicted){ .places = places, .share = GSL_NAN, .worth = GSL_NAN };
  a->mean = bd_array (places, 1);
  a->sd = bd_array (places, 1);
  a->error = bd_array (places, 1);
  a->noise = bd_array (m, 1);
  if (!a->mean || !a->sd || !a->error || !a->noise)
    {
      bd_predicted_free (a);
      return GSL_ENOMEM;
    }
  for (size_t i = 0; i < places; i++)
    a->mean[i] = a->sd[i] = a->error[i] = GSL_NAN;
  for (size_t i = 0; i < m; i++)
    a->noise[i] = GSL_NAN;
  return GSL_SUCCESS;
}

void
bd_predicted_free (bd_predicted *a)
{
  free (a->mean);
  free (a->sd);
  free (a->error);
  free (a->noise);
  free (a->quantile);
  bd_parts_free (&a->parts);
  *a = (bd_predicted){ 0 };
}

/* The noise that the outputs state without a mask.  */
static int
state_noise (const bd_predicting *q, bd_predicted *a)
{
  const bd_net *net = &q->model->net;
  size_t outputs = net->width[net->layers];

  if (!net->output->noise)
    return GSL_SUCCESS;
  double *H = bd_array (bd_net_room (net, q->m), 1);
  double *z = bd_array (q->m, outputs);
  if (H && z)
    {
      bd_net_forward (net, q->model->w, q->m, q->Z, NULL, H, z);
      for (size_t i = 0; i < q->m; i++)
        a->noise[i] = net->output->noise (z + i * outputs, q->model->y_scale);
    }
  int code = H && z ? GSL_SUCCESS : GSL_ENOMEM;
  free (H);
  free (z);
  return code;
}

int
bd_predict (const bd_prediction *type, const bd_predicting *q, bd_predicted *a,
            bd_error *err)
{
  const bd_net_model *model = q->model;
  int code = type->check (&model->net, &model->mask, err);

  if (code)
    return code;
  if (bd_predicted_init (a, model, q->m))
    return BD_FAIL (err, GSL_ENOMEM, "no memory for %zu points", q->m);
  code = state_noise (q, a);
  if (code)
    BD_FAIL (err, code, "no memory for %zu points", q->m);
  else
    code = type->predict (q, a, err);
  if (!code && (q->influence || q->level > 0)
      && bd_prediction_one_layer (model))
    code = bd_predicted_parts (q, NULL, a, err);
  if (code)
    bd_predicted_free (a);
  return code;
}

/* Factors of the units are drawn one by one.  */
static bool
independent (const bd_mask *mask)
{
  return !bd_mask_acts (mask)
         || ((mask->type == &bd_mask_bernoulli
              || mask->type == &bd_mask_gaussian)
             && mask->pool == 0);
}

int
bd_prediction_independent (const char *name, const bd_mask *mask,
                           bd_error *err)
{
  if (independent (mask))
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_EINVAL,
                  "%s holds for units that are dropped independently of each "
                  "other (bernoulli or gaussian masks, no pool); use mc",
                  name);
}

int
bd_prediction_numbers (const char *name, const bd_net *net, bd_error *err)
{
  if (!net->output->classes)
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_EINVAL,
                  "%s is for a response of numbers, not for classes; use mc "
                  "or geometric",
                  name);
}

static int
closed_check (const bd_net *net, const bd_mask *mask, bd_error *err)
{
  int code = bd_prediction_numbers ("closed", net, err);

  if (code)
    return code;
  if (net->layers > 2)
    return BD_FAIL (err, GSL_EINVAL,
                    "closed is for one hidden layer, and there are %zu; use "
                    "rao-blackwell or mc",
                    net->layers - 1);
  if (mask->input > 0 && bd_mask_acts (mask))
    return BD_FAIL (err, GSL_EINVAL,
                    "closed knows no masks of inputs; use mc or exact");
  return bd_prediction_independent ("closed", mask, err);
}

/* Means and variances into A, with nothing left to chance.  */
static void
take_variances (bd_predicted *a, const double mean[], const double variance[])
{
  for (size_t i = 0; i < a->places; i++)
    {
      a->mean[i] = mean[i];
      a->sd[i] = sqrt (GSL_MAX_DBL (variance[i], 0));
      a->error[i] = 0;
    }
}

static int
closed_predict (const bd_predicting *q, bd_predicted *a, bd_error *err)
{
  bd_rates rates = bd_rates_of (&q->model->mask, &q->model->net);
  int code = bd_exact_closed (q->model, &rates, q->m, q->Z, a->mean, a->sd,
                              NULL, err);

  if (code)
    return code;
  take_variances (a, a->mean, a->sd);
  a->share = bd_mask_acts (&q->model->mask) ? 1 : GSL_NAN;
  return GSL_SUCCESS;
}

int
bd_prediction_any (const bd_net *net, const bd_mask *mask, bd_error *err)
{
  (void)net;
  (void)mask;
  (void)err;
  return GSL_SUCCESS;
}

static int
scaling_predict (const bd_predicting *q, bd_predicted *a, bd_error *err)
{
  double *H = bd_array (bd_net_predict_room (q->model, q->m), 1);

  if (!H)
    return BD_FAIL (err, GSL_ENOMEM, "no memory for %zu points", q->m);
  bd_net_predict (q->model, q->m, q->Z, NULL, H, a->mean);
  free (H);
  return GSL_SUCCESS;
}

static int
fast_check (const bd_net *net, const bd_mask *mask, bd_error *err)
{
  if (net->output == &bd_outputs[BD_OUTPUT_SOFTMAX])
    return BD_FAIL (err, GSL_EINVAL,
                    "fast knows no more than two classes; use mc or "
                    "geometric");
  return bd_prediction_independent ("fast", mask, err);
}

static int
fast_predict (const bd_predicting *q, bd_predicted *a, bd_error *err)
{
  const bd_net_model *model = q->model;
  bd_rates rates = bd_rates_of (&model->mask, &model->net);
  int code
      = bd_propagate (model, &rates, q->m, q->Z, a->mean, a->sd, NULL, err);

  if (code)
    return code;
  take_variances (a, a->mean, a->sd);
  /* The variance is that of the log odds; the slope of the logistic function
     takes it to the probability.  */
  for (size_t i = 0; model->net.output->classes && i < a->places; i++)
    a->sd[i] *= a->mean[i] * (1 - a->mean[i]);
  return GSL_SUCCESS;
}

const bd_prediction bd_prediction_closed = {
  .name = "closed",
  .help = "mean and spread over all masks by a formula: one hidden layer, a "
          "response of numbers",
  .spread = true,
  .check = closed_check,
  .predict = closed_predict,
};

const bd_prediction bd_prediction_scaling = {
  .name = "scaling",
  .help = "the whole network, once (weight scaling); no spread",
  .check = bd_prediction_any,
  .predict = scaling_predict,
};

const bd_prediction bd_prediction_fast = {
  .name = "fast",
  .help = "means and variances passed on from layer to layer, taken for "
          "normal (fast dropout); not for softmax",
  .spread = true,
  .check = fast_check,
  .predict = fast_predict,
};
