/* The rate of dropout: by held-out score, and where its spread would match the
   error.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../score/score.h"
#include "dropping.h"
#include "dropping_folds.h"

const double bd_rate_grid[BD_RATES]
    = { 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5 };

/* One line of the table for numbers; R is work space for n residuals.  */
static void
score_numbers (const bd_dropping *o, const bd_held_out *held, size_t rate,
               double noise, double r[], bd_rate_row *row)
{
  size_t n = held->n;
  const double *mean = held->mean + rate * n;
  const double *v = held->variance + rate * n;
  const double *stated = o->net.output->noise ? held->noise + rate * n : NULL;
  double mse = 0, spread = 0, score = 0;

  for (size_t i = 0; i < n; i++)
    {
      r[i] = gsl_vector_get (o->y, i) - mean[i];
      mse += r[i] * r[i] / (double)n;
      spread += v[i] / (double)n;
    }
  double own = bd_score_noise (r, v, n);
  for (size_t i = 0; i < n; i++)
    {
      double total = (stated ? stated[i] : own) + v[i];
      score += (log (2 * M_PI * total) + r[i] * r[i] / total) / 2 / (double)n;
    }
  row->rmse = sqrt (mse);
  row->score = score;
  row->ratio
      = mse > noise * noise ? sqrt (spread / (mse - noise * noise)) : GSL_NAN;
}

/* The rate where the ratio of spread and error crosses 1.  */
static double
matched (const bd_rate_search *a)
{
  const bd_rate_row *before = NULL;

  for (size_t k = 0; k < BD_RATES; k++)
    {
      const bd_rate_row *row = &a->row[k];
      if (!(row->ratio > 0))
        continue;
      if (row->ratio >= 1 && !before)
        return 0;
      if (row->ratio >= 1)
        {
          double x = -log (before->ratio)
                     / (log (row->ratio) - log (before->ratio));
          return before->rate * pow (row->rate / before->rate, x);
        }
      before = row;
    }
  return before ? GSL_POSINF : GSL_NAN;
}

static int
score_all (const bd_dropping *o, const bd_held_out *held, bd_rate_search *a)
{
  double *r = bd_array (held->n, 1);

  for (size_t k = 0; r && k < BD_RATES; k++)
    {
      bd_rate_row *row = &a->row[k];
      *row = (bd_rate_row){ bd_rate_grid[k], GSL_NAN, GSL_NAN, GSL_NAN };
      if (held->failed[k])
        continue;
      if (o->net.output->classes)
        {
          bd_class_score s = bd_score_classes (
              o->y, held->mean + k * held->n * held->k, held->k);
          row->rmse = s.brier;
          row->score = s.log_loss;
        }
      else
        score_numbers (o, held, k, a->noise, r, row);
      if (row->score < a->row[a->best].score
          || gsl_isnan (a->row[a->best].score))
        a->best = k;
    }
  free (r);
  return r ? GSL_SUCCESS : GSL_ENOMEM;
}

int
bd_dropping_search (bd_dropping *o, bd_rate_search *a, bd_error *err)
{
  bd_held_out held;
  bd_dropping tied = *o;

  tied.untied = 0;
  *a = (bd_rate_search){ .folds = BD_RATE_FOLDS, .noise = GSL_NAN };
  if (!o->net.mask.type || o->net.mask.type->learnt)
    return BD_FAIL (err, GSL_EINVAL,
                    "this mask learns its rates; give a rate to start from");
  if (o->X->size1 < 2 * BD_RATE_FOLDS)
    return BD_FAIL (err, GSL_EINVAL,
                    "%zu rows are too few to choose a rate by "
                    "cross-validation; give one",
                    o->X->size1);
  if (!o->net.output->classes)
    a->noise = bd_noise_near (o->X, o->y);
  int code = bd_held_out_fill (&held, &tied, bd_rate_grid, BD_RATES,
                               BD_RATE_FOLDS, err);
  if (!code && score_all (o, &held, a))
    code = BD_FAIL (err, GSL_ENOMEM, "no memory for %zu rows", held.n);
  bd_held_out_free (&held);
  if (!code && gsl_isnan (a->row[a->best].score))
    code = BD_FAIL (err, GSL_EFAILED,
                    "no rate gives a network that can be trained; lower the "
                    "learning rate");
  if (code)
    return code;
  a->matched = o->net.output->classes ? GSL_NAN : matched (a);
  bd_dropping_set_rate (&o->net.mask, a->row[a->best].rate);
  return GSL_SUCCESS;
}
