#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "team.h"

#define LEAST 1e-9 /* probability of a class that came */

int
bd_team_train (const bd_net_options *o, const bd_dataset *d,
               const double weight[], uint64_t seed, uint64_t index,
               bd_net_model **to)
{
  bd_net_model *model = bd_net_model_alloc (o, d->d);
  bd_net_trainer *t = bd_net_trainer_alloc (o, d->n, d->d);
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  double *w = bd_array (d->n, 1);
  int code = GSL_ENOMEM;

  for (size_t i = 0; w && i < d->n; i++)
    w[i] = weight ? weight[i] : 1;
  if (model && t && r && w)
    {
      bd_rng_seek (r, seed, BD_LANE_FIT, index);
      code = bd_net_train (t, o, d->X, d->y, w, r, model);
    }
  if (code)
    {
      bd_net_model_free (model);
      model = NULL;
    }
  *to = model;
  bd_net_trainer_free (t);
  gsl_rng_free (r);
  free (w);
  return code;
}

/* Add MODEL's predictions times SHARE to T.  */
static int
add_one (const bd_net_model *model, const gsl_matrix *P, double share,
         double t[])
{
  const bd_mask *mask = &model->mask;
  size_t m = P->size1, k = bd_net_predictions (model);
  size_t places = bd_mask_places (mask, &model->net);
  double *Z = bd_array (m, P->size2), *own = bd_array (m, k);
  double *H = bd_array (bd_net_predict_room (model, m), 1);
  float *factor = bd_floats (places);
  double *all = bd_array (places, 1);
  uint32_t *words = calloc (bd_mask_words (places) + 4, sizeof *words);
  bool room = Z && own && H && factor && all && words;
  bd_net_mask only;

  if (room)
    {
      bd_net_standardise (model, P, Z);
      bd_net_predict (model, m, Z,
                      bd_net_only_mask (mask, &model->net, model->pool_seed,
                                        words, factor, all, &only),
                      H, own);
      for (size_t i = 0; i < m * k; i++)
        t[i] += share * own[i];
    }
  free (Z);
  free (own);
  free (H);
  free (factor);
  free (all);
  free (words);
  return room ? GSL_SUCCESS : GSL_ENOMEM;
}

int
bd_team_predict (const bd_team *a, const gsl_matrix *P, double t[])
{
  int code = GSL_SUCCESS;

  memset (t, 0, P->size1 * bd_net_predictions (a->model[0]) * sizeof *t);
  for (size_t b = 0; !code && b < a->count; b++)
    code = add_one (a->model[b], P, 1 / (double)a->count, t);
  return code;
}

double
bd_prediction_loss (const bd_net_model *model, size_t n, const double t[],
                    const gsl_vector *y)
{
  size_t k = bd_net_predictions (model);
  double sum = 0;

  for (size_t i = 0; i < n; i++)
    {
      double yi = gsl_vector_get (y, i);
      if (!model->net.output->classes)
        sum += gsl_pow_2 (t[i] - yi);
      else
        {
          double p = k > 1 ? t[i * k + (size_t)yi] : yi > 0 ? t[i] : 1 - t[i];
          sum -= log (GSL_MAX_DBL (p, LEAST));
        }
    }
  return sum / (double)n;
}

double
bd_team_loss (const bd_team *a, const bd_dataset *d)
{
  double *t = bd_array (d->n, bd_net_predictions (a->model[0]));
  double loss = GSL_NAN;

  if (t && !bd_team_predict (a, d->X, t))
    loss = bd_prediction_loss (a->model[0], d->n, t, d->y);
  free (t);
  return loss;
}

double
bd_weights_loss (const bd_net_model *model, const float w[],
                 const bd_dataset *d)
{
  bd_net_model copy = *model, *one = &copy;
  double *all = bd_array (model->net.size, 1);
  double loss = GSL_NAN;

  if (all)
    {
      for (size_t k = 0; k < model->net.size; k++)
        all[k] = (double)w[k];
      copy.w = all;
      loss = bd_team_loss (&(bd_team){ &one, 1 }, d);
    }
  free (all);
  return loss;
}
