#include <config.h>

#include <check.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>

#include "subnet_tools.h"
#include "tools.h"

#define WIDEST 32

bd_net_model *
random_model (size_t d, const size_t hidden[], int unit, int output,
              size_t classes, uint64_t seed)
{
  size_t depth = 0;
  gsl_rng *r = stream (seed);

  while (hidden[depth])
    depth++;
  bd_net net = bd_net_shape (d, hidden, depth, &bd_units[unit],
                             &bd_outputs[output], classes);
  bd_net_model *model = bd_net_model_of (&net, classes, NULL);
  ck_assert_ptr_nonnull (model);
  for (size_t l = 0; l < net.layers; l++)
    for (size_t j = 0; j < net.width[l + 1]; j++)
      {
        for (size_t k = 0; k < net.width[l]; k++)
          model->w[net.weight[l] + k * net.padded[l + 1] + j]
              = gsl_ran_gaussian (r, 1);
        model->w[net.bias[l] + j] = gsl_ran_gaussian (r, 0.5);
      }
  if (net.output->scaled)
    {
      model->y_mean = 3;
      model->y_scale = 2;
    }
  gsl_rng_free (r);
  return model;
}

bd_rates
some_rates (const bd_net *net, double input)
{
  const double rate[] = { 0.4, 0.3, 0.2 };
  bd_rates a = { .input = input };

  for (size_t l = 0; l + 1 < net->layers; l++)
    a.hidden[l] = rate[l % 3];
  return a;
}

double
brute_outputs (const bd_net_model *model, const bd_rates *rates, unsigned code,
               const double x[], double z[], size_t *kept)
{
  const bd_net *net = &model->net;
  double h[WIDEST], next[WIDEST], p = 1;
  size_t count = 0;

  for (size_t k = 0; k < net->width[0]; k++)
    h[k] = x[k];
  for (size_t l = 0; l < net->layers; l++)
    {
      double q = l ? rates->hidden[l - 1] : rates->input;
      for (size_t k = 0; q > 0 && k < net->width[l]; k++, code >>= 1)
        {
          p *= code & 1 ? 1 - q : q;
          count += code & 1;
          h[k] *= code & 1 ? 1 / (1 - q) : 0;
        }
      for (size_t j = 0; j < net->width[l + 1]; j++)
        {
          next[j] = model->w[net->bias[l] + j];
          for (size_t k = 0; k < net->width[l]; k++)
            next[j] += h[k]
                       * model->w[net->weight[l] + k * net->padded[l + 1] + j];
        }
      for (size_t j = 0; j < net->width[l + 1]; j++)
        if (l + 1 < net->layers)
          h[j] = net->unit->value (next[j]);
        else
          z[j] = next[j];
    }
  if (kept)
    *kept = count;
  return p;
}

double
brute_predict (const bd_net_model *model, const bd_rates *rates, unsigned code,
               const double x[], double t[], size_t *kept)
{
  const bd_net *net = &model->net;
  double z[WIDEST];
  double p = brute_outputs (model, rates, code, x, z, kept);

  net->output->predict (net->width[net->layers], z, model->y_mean,
                        model->y_scale, t);
  return p;
}

const subnet_net subnet_nets[SUBNET_NETS] = {
  { 2, { 10 }, BD_UNIT_TANH, BD_OUTPUT_REAL, 0, 0 },
  { 2, { 8 }, BD_UNIT_GELU, BD_OUTPUT_REAL, 0, 0.25 },
  { 1, { 1 }, BD_UNIT_RELU, BD_OUTPUT_REAL, 0, 0 },
  { 2, { 5, 5 }, BD_UNIT_TANH, BD_OUTPUT_REAL, 0, 0 },
  { 2, { 4, 3, 2 }, BD_UNIT_LOGISTIC, BD_OUTPUT_REAL, 0, 0.1 },
  { 1, { 3, 4, 1 }, BD_UNIT_RELU, BD_OUTPUT_REAL, 0, 0.4 },
  { 2, { 10 }, BD_UNIT_TANH, BD_OUTPUT_LOGISTIC, 2, 0 },
  { 2, { 4, 4 }, BD_UNIT_RELU, BD_OUTPUT_LOGISTIC, 2, 0.2 },
  { 2, { 9 }, BD_UNIT_TANH, BD_OUTPUT_GAUSSIAN, 0, 0 },
  { 3, { 3, 4 }, BD_UNIT_TANH, BD_OUTPUT_GAUSSIAN, 0, 0 },
  { 2, { 9 }, BD_UNIT_RELU, BD_OUTPUT_SOFTMAX, 3, 0 },
  { 2, { 3, 4 }, BD_UNIT_TANH, BD_OUTPUT_SOFTMAX, 3, 0.3 },
};

bd_net_model *
subnet_model (int i)
{
  const subnet_net *n = &subnet_nets[i];

  return random_model (n->d, n->hidden, n->unit, n->output, n->classes, 5);
}
