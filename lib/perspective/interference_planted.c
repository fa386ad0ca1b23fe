#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "interference_planted.h"

bd_dataset *
bd_planted (const bd_dataset *d, uint64_t seed, uint64_t part)
{
  bd_dataset *p = bd_dataset_alloc (d->n, 2 * d->d + BD_PLANTED_NOISE);
  gsl_rng *g = gsl_rng_alloc (bd_rng_philox);

  if (!p || !g)
    {
      bd_dataset_free (p);
      gsl_rng_free (g);
      return NULL;
    }
  bd_rng_seek (g, seed, BD_LANE_NOISE, part);
  p->classes = d->classes;
  gsl_vector_memcpy (p->y, d->y);
  for (size_t i = 0; i < d->n; i++)
    {
      for (size_t j = 0; j < d->d; j++)
        {
          gsl_matrix_set (p->X, i, j, gsl_matrix_get (d->X, i, j));
          gsl_matrix_set (p->X, i, d->d + j, gsl_matrix_get (d->X, i, j));
        }
      for (size_t j = 2 * d->d; j < p->d; j++)
        gsl_matrix_set (p->X, i, j, gsl_ran_ugaussian (g));
    }
  gsl_rng_free (g);
  return p;
}

/* The product of the first-layer weights of inputs J and K.  */
static double
weights_product (const bd_net_model *model, size_t j, size_t k)
{
  const bd_net *net = &model->net;
  const double *u = model->w + net->weight[0] + j * net->padded[1];
  const double *v = model->w + net->weight[0] + k * net->padded[1];
  double sum = 0;

  for (size_t h = 0; h < net->width[1]; h++)
    sum += u[h] * v[h];
  return sum;
}

static void
look_at_weights (const bd_net_model *model, bd_planted_finding *to)
{
  size_t d = model->net.width[0], pairs = (d - BD_PLANTED_NOISE) / 2;
  double all = 0, noise = 0, both = 0;

  for (size_t j = 0; j < d; j++)
    all += weights_product (model, j, j);
  for (size_t j = 2 * pairs; j < d; j++)
    noise += weights_product (model, j, j);
  for (size_t j = 0; j < pairs; j++)
    both += 2 * weights_product (model, j, pairs + j);
  to->noise = noise / BD_PLANTED_NOISE / (all / (double)d);
  to->twins = both / (all - noise);
}

/* Factors of the inputs on top of those of a network's one mask.  */
typedef struct
{
  const bd_net_model *model;
  const bd_dataset *test;
  double *Z, *H, *t, *input, *all;
  float *factor;
  uint32_t *words;
} blocker;

static int
blocker_init (blocker *b, const bd_net_model *model, const bd_dataset *test)
{
  size_t places = bd_mask_places (&model->mask, &model->net);

  *b = (blocker){ .model = model, .test = test };
  b->Z = bd_array (test->n, test->d);
  b->H = bd_array (bd_net_predict_room (model, test->n), 1);
  b->t = bd_array (test->n, bd_net_predictions (model));
  b->input = bd_array (test->d, 1);
  b->all = bd_array (places, 1);
  b->factor = bd_floats (places);
  b->words = calloc (bd_mask_words (places) + 4, sizeof *b->words);
  if (!b->Z || !b->H || !b->t || !b->input || !b->all || !b->factor
      || !b->words)
    return GSL_ENOMEM;
  bd_net_standardise (model, test->X, b->Z);
  return GSL_SUCCESS;
}

static void
blocker_free (blocker *b)
{
  free (b->Z);
  free (b->H);
  free (b->t);
  free (b->input);
  free (b->all);
  free (b->factor);
  free (b->words);
}

/* The loss with the inputs FROM .. TO - 1 at their mean.  */
static double
blocked_loss (blocker *b, size_t from, size_t to)
{
  const bd_net_model *model = b->model;
  bd_net_mask mask = { .hidden = NULL };

  bd_net_only_mask (&model->mask, &model->net, model->pool_seed, b->words,
                    b->factor, b->all, &mask);
  for (size_t j = 0; j < b->test->d; j++)
    b->input[j] = j >= from && j < to ? 0 : mask.input ? mask.input[j] : 1;
  mask.input = b->input;
  bd_net_predict (model, b->test->n, b->Z, &mask, b->H, b->t);
  return bd_prediction_loss (model, b->test->n, b->t, b->test->y);
}

int
bd_planted_look (const bd_net_model *model, const bd_dataset *test,
                 bd_planted_finding *to)
{
  blocker b;
  size_t d = test->d, pairs = (d - BD_PLANTED_NOISE) / 2;
  int code = blocker_init (&b, model, test);

  if (!code)
    {
      double clean = blocked_loss (&b, 0, 0);
      double first = blocked_loss (&b, 0, pairs);
      double second = blocked_loss (&b, pairs, 2 * pairs);
      look_at_weights (model, to);
      to->noise_blocked = blocked_loss (&b, 2 * pairs, d) / clean;
      to->twin_blocked = sqrt (first * second) / clean;
    }
  blocker_free (&b);
  return code;
}
