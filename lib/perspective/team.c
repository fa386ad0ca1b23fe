#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "team.h"

#define LEAST 1e-9 /* probability of a class that came */

int
bd_team_train (const bd_net_options *o, const bd_dataset *d,
               const double weight[], uint64_t seed, uint64_t index,
               bd_net_model **to)
{
  return bd_net_fit (o, d->X, d->y, weight, seed, index, NULL, to);
}

/* Add MODEL's predictions times SHARE to T.  */
static int
add_one (const bd_net_model *model, const gsl_matrix *P, double share,
         double t[])
{
  size_t places = P->size1 * bd_net_predictions (model);
  double *own = bd_array (places, 1);
  int code = own ? bd_net_predict_rows (model, P, own) : GSL_ENOMEM;

  for (size_t i = 0; !code && i < places; i++)
    t[i] += share * own[i];
  free (own);
  return code;
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
