#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "masked.h"

void
bd_masked_free (bd_masked *a)
{
  free (a->Z);
  free (a->H);
  free (a->all);
  free (a->factor);
  free (a->words);
  gsl_rng_free (a->r);
}

/* Places of the largest mask: units and inputs, or weights.  */
static size_t
most_places (const bd_net *net)
{
  return GSL_MAX (bd_net_padded (net->size),
                  net->hidden + bd_net_padded (net->width[0]));
}

int
bd_masked_init (bd_masked *a, const bd_net_model *model, const gsl_matrix *P)
{
  *a = (bd_masked){ .model = model,
                    .m = P->size1,
                    .k = bd_net_predictions (model),
                    .places = most_places (&model->net) };
  a->Z = bd_array (a->m, P->size2);
  a->H = bd_array (bd_net_predict_room (model, a->m), 1);
  a->all = bd_array (a->places, 1);
  a->factor = bd_floats (a->places);
  a->words = calloc (bd_mask_words (a->places) + 4, sizeof *a->words);
  a->r = gsl_rng_alloc (bd_rng_philox);
  if (!a->Z || !a->H || !a->all || !a->factor || !a->words || !a->r)
    return GSL_ENOMEM;
  bd_net_standardise (model, P, a->Z);
  return GSL_SUCCESS;
}

void
bd_masked_predict (bd_masked *a, const bd_mask *mask, uint64_t seed,
                   uint64_t b, double t[])
{
  const bd_net *net = &a->model->net;

  if (!bd_mask_acts (mask))
    {
      bd_net_predict (a->model, a->m, a->Z, NULL, a->H, t);
      return;
    }
  bd_rng_seek (a->r, seed, BD_LANE_PREDICT_MASK, b);
  bd_mask_draw (mask, net, a->r, a->model->pool_seed, 1, 1, a->words,
                a->factor);
  bd_masked_given (a, mask, a->factor, t);
}

void
bd_masked_given (bd_masked *a, const bd_mask *mask, const float factor[],
                 double t[])
{
  const bd_net *net = &a->model->net;
  size_t places = bd_mask_places (mask, net);

  for (size_t j = 0; j < places; j++)
    a->all[j] = (double)factor[j];
  const bd_net_mask one = bd_net_mask_of (mask, net, a->all);
  bd_net_predict (a->model, a->m, a->Z, &one, a->H, t);
}

void
bd_masked_factors (bd_masked *a, const double factor[], double t[])
{
  const bd_net_mask one = { .hidden = factor };

  bd_net_predict (a->model, a->m, a->Z, &one, a->H, t);
}

int
bd_masked_many (const bd_net_model *model, const bd_mask *mask, uint64_t seed,
                size_t first, size_t count, const gsl_matrix *P, double t[])
{
  bd_masked a;
  int code = bd_masked_init (&a, model, P);

  for (size_t b = 0; !code && b < count; b++)
    bd_masked_predict (&a, mask, seed, first + b, t + b * a.m * a.k);
  bd_masked_free (&a);
  return code;
}
