#include <config.h>

#include <stdlib.h>

#include "../base/array.h"
#include "model.h"

bd_net_model *
bd_net_model_of (const bd_net *net, size_t classes, const bd_mask *mask)
{
  size_t d = net->width[0];
  bd_net_model *a = calloc (1, sizeof *a);

  if (!a)
    return NULL;
  a->net = *net;
  a->classes = classes;
  a->w = bd_array (net->size, 1);
  a->x_mean = bd_array (d, 1);
  a->x_scale = bd_array (d, 1);
  a->y_scale = 1;
  if (mask)
    a->mask = *mask;
  if (a->w && a->x_mean && a->x_scale)
    {
      for (size_t j = 0; j < d; j++)
        a->x_scale[j] = 1;
      return a;
    }
  bd_net_model_free (a);
  return NULL;
}

void
bd_net_model_free (bd_net_model *model)
{
  if (!model)
    return;
  free (model->w);
  free (model->x_mean);
  free (model->x_scale);
  free (model);
}

bd_net_mask
bd_net_mask_of (const bd_mask *a, const bd_net *net, const double factor[])
{
  if (!bd_mask_acts (a))
    return (bd_net_mask){ .hidden = NULL };
  if (a->type->weights)
    return (bd_net_mask){ .weight = factor };
  return (bd_net_mask){ .hidden = factor,
                        .input = a->input > 0 ? factor + net->hidden : NULL };
}

const bd_net_mask *
bd_net_only_mask (const bd_mask *a, const bd_net *net, uint64_t pool_seed,
                  uint32_t words[], float factor[], double all[],
                  bd_net_mask *to)
{
  size_t places = bd_mask_places (a, net);

  if (a->pool != 1 || !bd_mask_acts (a))
    return NULL;
  bd_mask_of_pool (a, net, pool_seed, 0, words, factor);
  for (size_t k = 0; k < places; k++)
    all[k] = (double)factor[k];
  *to = bd_net_mask_of (a, net, all);
  return to;
}

size_t
bd_net_predictions (const bd_net_model *model)
{
  return model->net.output->predictions (model->classes);
}

void
bd_net_standardise (const bd_net_model *model, const gsl_matrix *P, double Z[])
{
  size_t d = P->size2;

  for (size_t i = 0; i < P->size1; i++)
    for (size_t j = 0; j < d; j++)
      Z[i * d + j]
          = (gsl_matrix_get (P, i, j) - model->x_mean[j]) / model->x_scale[j];
}

void
bd_net_predict (const bd_net_model *model, size_t m, const double Z[],
                const bd_net_mask *mask, double H[], double t[])
{
  const bd_net *net = &model->net;
  size_t outputs = net->width[net->layers], each = bd_net_predictions (model);
  double *z = H + bd_net_room (net, m);

  bd_net_forward (net, model->w, m, Z, mask, H, z);
  for (size_t i = 0; i < m; i++)
    net->output->predict (outputs, z + i * outputs, model->y_mean,
                          model->y_scale, t + i * each);
}

size_t
bd_net_predict_room (const bd_net_model *model, size_t m)
{
  const bd_net *net = &model->net;
  return bd_net_room (net, m) + m * net->width[net->layers];
}
