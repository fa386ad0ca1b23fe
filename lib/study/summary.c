#include <config.h>

#include <gsl/gsl_fit.h>
#include <gsl/gsl_math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "exchange.h"
#include "summary.h"

#define FOLDS_MAX 1000 /* folds times repeats, BD_SPLITS_MAX */

/* Mean over the splits of the double that stands at OFFSET of a result.  */
static double
mean_of (const bd_comparison *c, const bd_compare_row *row, size_t offset)
{
  double sum = 0;

  for (size_t s = 0; s < c->splits; s++)
    {
      double x;
      memcpy (&x, (const char *)&row->fold[s] + offset, sizeof x);
      sum += x;
    }
  return sum / (double)c->splits;
}

#define MEAN(field) mean_of (c, row, offsetof (bd_fold_result, field))

/* The setting that won most often; of equals the smaller.  */
static void
commonest (const bd_comparison *c, bd_compare_row *row)
{
  const bd_method *q = row->method;

  row->tuned = GSL_NAN;
  for (size_t k = 0; k < q->values; k++)
    {
      size_t won = 0;
      for (size_t s = 0; s < c->splits; s++)
        won += row->fold[s].tuned == q->grid[k];
      if (won > 0 && won == row->tuned_won)
        row->tuned_ties++;
      if (won > row->tuned_won)
        {
          row->tuned_won = won;
          row->tuned_ties = 0;
          row->tuned = q->grid[k];
        }
    }
}

/* c + w / M by least squares on 1 / M.  */
static void
fit_growth (const bd_comparison *c, bd_compare_row *row)
{
  double x[BD_STEPS], c00, c01, c11, ss;

  for (size_t k = 0; k < BD_STEPS; k++)
    {
      double sum = 0;
      for (size_t s = 0; s < c->splits; s++)
        sum += row->fold[s].growth[k];
      row->growth[k] = sum / (double)c->splits;
      x[k] = ldexp (1, -(int)k);
      if (gsl_isnan (row->growth[k]))
        break;
      row->steps = k + 1;
    }
  row->growth_c = row->growth_w = GSL_NAN;
  if (row->members < 2)
    row->steps = 0;
  if (row->steps >= 3)
    gsl_fit_linear (x, 1, row->growth, 1, row->steps, &row->growth_c,
                    &row->growth_w, &c00, &c01, &c11, &ss);
}

static void
averages (const bd_comparison *c, bd_compare_row *row)
{
  row->members = row->fold[0].members;
  for (size_t s = 0; s < c->splits; s++)
    {
      row->failed += row->fold[s].failed;
      row->fits += (double)row->fold[s].fits / (double)c->splits;
    }
  row->nll = MEAN (nll);
  row->crps = MEAN (crps);
  row->cover = MEAN (cover);
  row->width = MEAN (width);
  row->sd_mean = MEAN (sd_mean);
  row->seconds = MEAN (seconds);
  row->mixture = MEAN (mixture);
  row->share = MEAN (share);
  row->member_mse = MEAN (member_mse);
  row->ambiguity = MEAN (ambiguity);
  row->accuracy = MEAN (accuracy);
  row->brier = MEAN (brier);
  row->ece = MEAN (ece);
  row->error = c->response->root ? sqrt (MEAN (loss)) : MEAN (loss);
  row->rmse = sqrt (MEAN (mse));
  row->rmse_truth = sqrt (MEAN (truth));
  commonest (c, row);
  fit_growth (c, row);
}

/* One split: losses row by row.  They are of the same two fits, so
   that there is no training set to vary; rows are taken as independent.  */
static bd_interval
paired_rows (const bd_fold_result *a, const bd_fold_result *b, double scale)
{
  bd_interval none = { GSL_NAN, GSL_NAN, GSL_NAN, GSL_NAN };
  double *x = bd_array (a->errors, 1);

  for (size_t i = 0; x && i < a->errors; i++)
    x[i] = (a->error[i] - (b ? b->error[i] : 0)) / scale;
  if (x)
    none = bd_score_splits (x, a->errors, 0);
  free (x);
  return none;
}

/* Paired differences of the loss, split by split, divided by SCALE.  */
static bd_interval
paired (const bd_comparison *c, const bd_compare_row *a,
        const bd_compare_row *b, double scale)
{
  double x[FOLDS_MAX];
  size_t J = GSL_MIN (c->splits, FOLDS_MAX);

  if (J == 1 && a->fold[0].error)
    return paired_rows (&a->fold[0], b ? &b->fold[0] : NULL, scale);
  for (size_t s = 0; s < J; s++)
    x[s] = (a->fold[s].loss - (b ? b->fold[s].loss : 0)) / scale;
  return bd_score_splits (x, J, c->ratio);
}

/* What networks of other kinds are worth in bagged ones.  */
static void
exchange (bd_comparison *c)
{
  const bd_method *bag = bd_method_find ("bag-net");

  if (!c->options.use[bag - bd_methods] || !c->response->spread)
    return;
  for (size_t k = 0; k < BD_COMPARED; k++)
    {
      bd_compare_row *row = &c->row[k];
      if (!c->options.use[k])
        continue;
      bd_kind kind = row->method->kind;
      if (kind != BD_SINGLE && kind != BD_BAGGING)
        row->worth = bd_exchange_of (c, row, &c->row[bag - bd_methods]);
    }
}

static const bd_compare_row *
base_of (const bd_comparison *c, const bd_compare_row *row)
{
  size_t k = bd_own_find (c->options.own, row->method->base);
  return k < BD_COMPARED && c->options.use[k] ? &c->row[k] : NULL;
}

/* A method that was not compared has no numbers.  */
static void
forget (bd_compare_row *row)
{
  static const bd_interval none = { GSL_NAN, GSL_NAN, GSL_NAN, GSL_NAN };

  row->error = row->error_se = row->accuracy = row->brier = row->ece
      = row->rmse = row->rmse_se = row->nll = row->crps = row->cover
      = row->width = row->sd_mean = row->seconds = row->share = row->mixture
      = row->member_mse = row->ambiguity = row->rmse_truth = row->tuned
      = row->growth_c = row->growth_w = GSL_NAN;
  row->fits = 0;
  row->diff = row->gain = none;
  row->worth = (bd_equivalent){ GSL_NAN, GSL_NAN, GSL_NAN, GSL_NAN };
}

/* The least error, of the single fits or of all.  */
static size_t
least (const bd_comparison *c, bool single)
{
  size_t best = BD_COMPARED;

  for (size_t k = 0; k < BD_COMPARED; k++)
    if (c->options.use[k] && (!single || c->row[k].method->kind == BD_SINGLE)
        && (best == BD_COMPARED || c->row[k].error < c->row[best].error))
      best = k;
  return best;
}

void
bd_compare_summarise (bd_comparison *c)
{
  for (size_t k = 0; k < BD_COMPARED; k++)
    {
      bd_compare_row *row = &c->row[k];
      forget (row);
      if (!c->options.use[k])
        continue;
      averages (c, row);
      double slope = c->response->root ? 2 * row->error : 1;
      row->error_se = paired (c, row, NULL, slope).se;
      row->rmse_se = c->response->root ? row->error_se : GSL_NAN;
    }
  c->best = least (c, true);
  c->has_single = c->best < BD_COMPARED;
  if (!c->has_single)
    c->best = least (c, false);
  for (size_t k = 0; k < BD_COMPARED; k++)
    {
      bd_compare_row *row = &c->row[k];
      if (!c->options.use[k])
        continue;
      const bd_compare_row *base = base_of (c, row);
      row->diff = paired (c, row, &c->row[c->best], 1);
      if (base)
        {
          double loss = base->error * (c->response->root ? base->error : 1);
          row->gain = paired (c, base, row, loss);
        }
    }
  exchange (c);
}
