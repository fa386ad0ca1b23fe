/* Scores of a dropout network at rows that it was not trained on.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "dropping_folds.h"

static const char *const of_numbers[]
    = { "rmse", "mae", "r2", "nll", "crps", "cover" };
static const char *const of_classes[] = { "log_loss", "brier", "auc", "ece" };

/* The noise is what makes the residuals most likely, unless the network states
   it.  */
static int
score_numbers (const bd_dropping *o, const double mean[], const double v[],
               const double noise[], bd_dropped *a)
{
  size_t n = o->y->size;
  double *r = bd_array (2 * n, 1), *sd = r ? r + n : NULL;
  bool states = o->net.output->noise;

  if (!r)
    return GSL_ENOMEM;
  for (size_t i = 0; i < n; i++)
    r[i] = o->y->data[i] - mean[i];
  if (!states)
    a->noise = sqrt (bd_score_noise (r, v, n));
  for (size_t i = 0; i < n; i++)
    sd[i] = sqrt (v[i] + (states ? noise[i] : gsl_pow_2 (a->noise)));
  bd_forecast f = { .n = n, .y = o->y->data, .mean = mean, .sd = sd };
  a->scores = sizeof of_numbers / sizeof of_numbers[0];
  int code = bd_score_list (of_numbers, a->scores, &f, a->score);
  a->rmse = a->score[0].value.mean;
  free (r);
  return code;
}

int
bd_dropping_scores (const bd_dropping *o, const double mean[],
                    const double v[], const double noise[], bd_dropped *a)
{
  if (!o->net.output->classes)
    return score_numbers (o, mean, v, noise, a);
  bd_class_score s = bd_score_classes (o->y, mean, a->k);
  bd_forecast f = { .n = o->y->size, .y = o->y->data, .p = mean, .k = a->k };
  a->log_loss = s.log_loss;
  a->right = s.right;
  a->scores = sizeof of_classes / sizeof of_classes[0];
  return bd_score_list (of_classes, a->scores, &f, a->score);
}
