#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/rng.h"
#include "train_tools.h"

run
train (const bd_net_options *o, const bd_dataset *s, const double w[])
{
  run a = { .model = bd_net_model_alloc (o, s->d) };
  bd_net_trainer *trainer = bd_net_trainer_alloc (o, s->n, s->d);
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  double *Z = bd_array (s->n, s->d);
  double *H = bd_array (bd_net_predict_room (a.model, s->n), 1);

  ck_assert (trainer && r && Z && H);
  bd_rng_seek (r, SEED, BD_LANE_FIT, INDEX);
  a.code = bd_net_train (trainer, o, s->X, s->y, w, r, a.model);
  bd_net_standardise (a.model, s->X, Z);
  a.trouble = bd_net_diverged (trainer);
  if (bd_net_predictions (a.model) == 1)
    bd_net_predict (a.model, s->n, Z, NULL, H, a.t);
  bd_net_trainer_free (trainer);
  gsl_rng_free (r);
  free (Z);
  free (H);
  return a;
}

double
loss (const run *a, const bd_dataset *s, const double w[])
{
  double sum = 0, total = 0;

  for (size_t i = 0; i < ROWS; i++)
    {
      sum += w[i] * gsl_pow_2 (a->t[i] - gsl_vector_get (s->y, i));
      total += w[i];
    }
  return sum / total;
}

void
ones (double w[])
{
  for (size_t i = 0; i < ROWS; i++)
    w[i] = 1;
}
