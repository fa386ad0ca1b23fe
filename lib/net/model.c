#include <config.h>

#include <stdlib.h>

#include "../base/array.h"
#include "train.h"

bd_net_options
bd_net_options_default (void)
{
  return (bd_net_options){ .hidden = 50,
                           .depth = 1,
                           .steps = 2000,
                           .batch = 128,
                           .rate = 0.0125,
                           .unit = &bd_units[BD_UNIT_TANH] };
}

bd_net_model *
bd_net_model_alloc (const bd_net_options *o, size_t d)
{
  bd_net_model *a = calloc (1, sizeof *a);

  if (!a)
    return NULL;
  a->net = bd_net_shape (d, o->hidden, o->depth, o->unit);
  a->w = bd_array (a->net.size, 1);
  a->x_mean = bd_array (d, 1);
  a->x_scale = bd_array (d, 1);
  if (a->w && a->x_mean && a->x_scale)
    return a;
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
                const double mask[], double H[], double t[])
{
  bd_net_forward (&model->net, model->w, m, Z, mask, 0, H, t);
  for (size_t i = 0; i < m; i++)
    t[i] = model->y_mean + model->y_scale * t[i];
}
