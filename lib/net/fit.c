/* A network from its training to its predictions, for those who train it
   once.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "train.h"

int
bd_net_fit (const bd_net_options *o, const gsl_matrix *X, const gsl_vector *y,
            const double weight[], uint64_t seed, uint64_t index,
            bd_net_trouble *trouble, bd_net_model **to)
{
  size_t n = X->size1;
  bd_net_model *model = bd_net_model_alloc (o, X->size2);
  bd_net_trainer *t = bd_net_trainer_alloc (o, n, X->size2);
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  double *w = bd_array (n, 1);
  bd_net_trouble how = { 0 };
  int code = GSL_ENOMEM;

  for (size_t i = 0; w && i < n; i++)
    w[i] = weight ? weight[i] : 1;
  if (model && t && r && w)
    {
      bd_rng_seek (r, seed, BD_LANE_FIT, index);
      code = bd_net_train (t, o, X, y, w, r, model);
      how = bd_net_diverged (t);
    }
  if (trouble)
    *trouble = how;
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

int
bd_net_predict_rows (const bd_net_model *model, const gsl_matrix *P,
                     double t[])
{
  const bd_mask *mask = &model->mask;
  size_t m = P->size1, places = bd_mask_places (mask, &model->net);
  double *Z = bd_array (m, P->size2), *all = bd_array (places, 1);
  double *H = bd_array (bd_net_predict_room (model, m), 1);
  float *factor = bd_floats (places);
  uint32_t *words = calloc (bd_mask_words (places) + 4, sizeof *words);
  int code = Z && all && H && factor && words ? GSL_SUCCESS : GSL_ENOMEM;
  bd_net_mask only;

  if (!code)
    {
      bd_net_standardise (model, P, Z);
      bd_net_predict (model, m, Z,
                      bd_net_only_mask (mask, &model->net, model->pool_seed,
                                        words, factor, all, &only),
                      H, t);
    }
  free (Z);
  free (all);
  free (H);
  free (factor);
  free (words);
  return code;
}
