/* References: R. Meyes et al., "Ablation studies in artificial neural
   networks", arXiv:1901.08644 (2019); A. S. Morcos et al., "On the importance
   of single directions for generalization", ICLR 2018.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "interference_lesion.h"

const double bd_lesion_share[BD_LESION_SHARES]
    = { 0, .02, .05, .1, .2, .3, .4, .5, .75, 1 };

void
bd_lesion_free (bd_lesion *a)
{
  free (a->place);
  free (a->layer);
  free (a->A);
  free (a->own);
  free (a->factor);
  free (a->w);
  free (a->H);
  free (a->Z);
  free (a->row);
  free (a->ones);
  free (a->t);
}

/* OUT (units of layer L + 1 x m) from what IN (units of layer L x m) times
   FACTOR sends there.  */
static void
layer_inputs (const bd_lesion *a, size_t l, const double in[],
              const double factor[], double out[])
{
  const bd_net *net = &a->model->net;
  size_t m = a->m, to = net->width[l + 1], stride = net->padded[l + 1];
  const double *w = a->w + net->weight[l], *bias = a->w + net->bias[l];

  for (size_t k = 0; k < to; k++)
    for (size_t i = 0; i < m; i++)
      out[k * m + i] = bias[k];
  for (size_t j = 0; j < net->width[l]; j++)
    if (factor[j] < 0 || factor[j] > 0)
      for (size_t k = 0; k < to; k++)
        {
          double s = factor[j] * w[j * stride + k];
          for (size_t i = 0; i < m; i++)
            out[k * m + i] += s * in[j * m + i];
        }
}

/* The outputs of hidden layer L (from 0) into OUT.  */
static void
layer_outputs (const bd_lesion *a, size_t l, const double in[],
               const double factor[], double out[])
{
  const bd_net *net = &a->model->net;

  layer_inputs (a, l, in, factor, out);
  for (size_t k = 0; k < net->width[l + 1] * a->m; k++)
    out[k] = net->unit->value (out[k]);
}

/* The mean loss of outputs Z (outputs x m).  */
static double
loss_of_outputs (const bd_lesion *a)
{
  const bd_net *net = &a->model->net;
  size_t outputs = net->width[net->layers];
  size_t each = bd_net_predictions (a->model);

  for (size_t i = 0; i < a->m; i++)
    {
      for (size_t k = 0; k < outputs; k++)
        a->row[k] = a->Z[k * a->m + i];
      net->output->predict (outputs, a->row, a->model->y_mean,
                            a->model->y_scale, a->t + i * each);
    }
  return bd_prediction_loss (a->model, a->m, a->t, a->y);
}

/* The loss with the factors a->factor.  What the first layer puts out is
   always the same.  */
static double
loss_now (bd_lesion *a)
{
  const bd_net *net = &a->model->net;
  const double *in = a->A;
  size_t last = net->layers - 1, at = 0;

  for (size_t l = 1; l < last; l++)
    {
      double *out = a->H + (at + net->padded[l]) * a->m;
      layer_outputs (a, l, in, a->factor + at, out);
      at += net->padded[l];
      in = out;
    }
  layer_inputs (a, last, in, a->factor + at, a->Z);
  return loss_of_outputs (a);
}

/* Factors, weights and, into X (d x m), inputs as the network has them.  */
static int
use_mask (bd_lesion *a, const gsl_matrix *P, double X[])
{
  const bd_net_model *model = a->model;
  const bd_net *net = &model->net;
  size_t d = P->size2, places = bd_mask_places (&model->mask, net);
  double *Z = bd_array (a->m, d), *all = bd_array (places, 1);
  float *factor = bd_floats (places);
  uint32_t *words = calloc (bd_mask_words (places) + 4, sizeof *words);
  bool room = Z && all && factor && words;
  bd_net_mask only = { .hidden = NULL };

  if (room)
    {
      bd_net_only_mask (&model->mask, net, model->pool_seed, words, factor,
                        all, &only);
      bd_net_standardise (model, P, Z);
      for (size_t j = 0; j < d; j++)
        for (size_t i = 0; i < a->m; i++)
          X[j * a->m + i] = Z[i * d + j] * (only.input ? only.input[j] : 1);
      for (size_t j = 0; j < net->hidden; j++)
        a->own[j] = only.hidden ? only.hidden[j] : 1;
      for (size_t k = 0; k < net->size; k++)
        a->w[k] = model->w[k] * (only.weight ? only.weight[k] : 1);
    }
  free (Z);
  free (all);
  free (factor);
  free (words);
  return room ? GSL_SUCCESS : GSL_ENOMEM;
}

/* List the units, and fill A with what they put out when none is blocked.  */
static void
list_units (bd_lesion *a, const double X[])
{
  const bd_net *net = &a->model->net;
  const double *in = X, *factor = a->ones;

  for (size_t l = 0, at = 0; l + 1 < net->layers; l++)
    {
      layer_outputs (a, l, in, factor, a->A + at * a->m);
      in = a->A + at * a->m;
      factor = a->own + at;
      for (size_t j = 0; j < net->width[l + 1]; j++)
        if (a->own[at + j] > 0)
          {
            a->place[a->units] = at + j;
            a->layer[a->units++] = l;
            a->alive[l]++;
          }
      at += net->padded[l + 1];
    }
}

int
bd_lesion_init (bd_lesion *a, const bd_net_model *model, const bd_dataset *d)
{
  const bd_net *net = &model->net;
  size_t m = d->n, outputs = net->width[net->layers];
  double *X = bd_array (d->d, m);

  *a = (bd_lesion){ .model = model, .y = d->y, .m = m };
  a->place = calloc (net->hidden, sizeof *a->place);
  a->layer = calloc (net->hidden, sizeof *a->layer);
  a->A = bd_array (net->hidden, m);
  a->own = bd_array (net->hidden, 1);
  a->factor = bd_array (net->hidden, 1);
  a->ones = bd_array (d->d, 1);
  a->w = bd_array (net->size, 1);
  a->H = bd_array (net->hidden, m);
  a->Z = bd_array (outputs, m);
  a->row = bd_array (outputs, 1);
  a->t = bd_array (m, bd_net_predictions (model));
  int code = X && a->place && a->layer && a->A && a->own && a->factor
                     && a->ones && a->w && a->H && a->Z && a->row && a->t
                 ? GSL_SUCCESS
                 : GSL_ENOMEM;
  if (!code)
    code = use_mask (a, d->X, X);
  for (size_t j = 0; !code && j < d->d; j++)
    a->ones[j] = 1;
  if (!code)
    list_units (a, X);
  free (X);
  return code;
}

double
bd_lesion_loss (bd_lesion *a, const size_t list[], size_t count, bool rescale)
{
  size_t left[BD_NET_LAYERS];

  memcpy (left, a->alive, sizeof left);
  memcpy (a->factor, a->own, a->model->net.hidden * sizeof *a->factor);
  for (size_t k = 0; k < count; k++)
    {
      a->factor[a->place[list[k]]] = 0;
      left[a->layer[list[k]]]--;
    }
  for (size_t u = 0; rescale && u < a->units; u++)
    {
      size_t l = a->layer[u];
      if (left[l] > 0)
        a->factor[a->place[u]] *= (double)a->alive[l] / (double)left[l];
    }
  return loss_now (a);
}

void
bd_lesion_each (bd_lesion *a, bool rescale, double loss[])
{
  for (size_t u = 0; u < a->units; u++)
    loss[u] = bd_lesion_loss (a, &u, 1, rescale);
}

int
bd_lesion_worst (const double loss[], size_t units, size_t order[])
{
  double *key = bd_array (units, 1);

  if (!key)
    return GSL_ENOMEM;
  for (size_t u = 0; u < units; u++)
    key[u] = -loss[u];
  gsl_sort_index (order, key, 1, units);
  free (key);
  return GSL_SUCCESS;
}

void
bd_lesion_curve (bd_lesion *a, const size_t order[], bool rescale,
                 double loss[BD_LESION_SHARES])
{
  for (size_t k = 0; k < BD_LESION_SHARES; k++)
    {
      double count = floor (bd_lesion_share[k] * (double)a->units + .5);
      loss[k] = bd_lesion_loss (a, order, (size_t)count, rescale);
    }
}

double
bd_lesion_area (const double loss[BD_LESION_SHARES])
{
  const double *s = bd_lesion_share;
  double sum = 0;

  for (size_t k = 1; k <= BD_LESION_HALF; k++)
    sum += (s[k] - s[k - 1])
           * (log (loss[k] / loss[0]) + log (loss[k - 1] / loss[0])) / 2;
  return sum / s[BD_LESION_HALF];
}

double
bd_lesion_pair (bd_lesion *a, size_t i, size_t j, const double each[],
                double clean)
{
  const size_t both[] = { i, j };
  return bd_lesion_loss (a, both, 2, false) - each[i] - each[j] + clean;
}
