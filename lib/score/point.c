/* Scores of the mean alone.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>

#include "../base/array.h"
#include "scores.h"

static int
squares (const bd_forecast *f, double score[])
{
  for (size_t i = 0; i < f->n; i++)
    score[i] = f->mean ? gsl_pow_2 (f->y[i] - f->mean[i]) : GSL_NAN;
  return GSL_SUCCESS;
}

static int
distances (const bd_forecast *f, double score[])
{
  for (size_t i = 0; i < f->n; i++)
    score[i] = f->mean ? fabs (f->y[i] - f->mean[i]) : GSL_NAN;
  return GSL_SUCCESS;
}

static int
residuals (const bd_forecast *f, double score[])
{
  for (size_t i = 0; i < f->n; i++)
    score[i] = f->mean ? f->y[i] - f->mean[i] : GSL_NAN;
  return GSL_SUCCESS;
}

/* True when the mean is there and all numbers are finite: orders would hide
   the others.  */
static bool
complete (const bd_forecast *f)
{
  for (size_t i = 0; f->mean && i < f->n; i++)
    if (!gsl_finite (f->y[i]) || !gsl_finite (f->mean[i]))
      return false;
  return f->mean != NULL;
}

static int
median_distance (const bd_forecast *f, double *score)
{
  double *x = bd_array (f->n, 1);

  *score = GSL_NAN;
  if (!x)
    return GSL_ENOMEM;
  if (complete (f))
    {
      distances (f, x);
      gsl_sort (x, 1, f->n);
      *score = gsl_stats_median_from_sorted_data (x, 1, f->n);
    }
  free (x);
  return GSL_SUCCESS;
}

/* Nothing can be said of a response that does not vary.  */
static int
r2 (const bd_forecast *f, double *score)
{
  double centre = gsl_stats_mean (f->y, 1, f->n), total = 0, left = 0;

  for (size_t i = 0; i < f->n; i++)
    {
      total += gsl_pow_2 (f->y[i] - centre);
      left += f->mean ? gsl_pow_2 (f->y[i] - f->mean[i]) : GSL_NAN;
    }
  *score = total > 0 ? 1 - left / total : GSL_NAN;
  return GSL_SUCCESS;
}

static int
correlation (const bd_forecast *f, double *score)
{
  *score = complete (f) ? gsl_stats_correlation (f->y, 1, f->mean, 1, f->n)
                        : GSL_NAN;
  return GSL_SUCCESS;
}

static int
rank_correlation (const bd_forecast *f, double *score)
{
  double *work = bd_array (2 * f->n, 1);

  if (!work)
    return GSL_ENOMEM;
  *score = complete (f) ? gsl_stats_spearman (f->y, 1, f->mean, 1, f->n, work)
                        : GSL_NAN;
  free (work);
  return GSL_SUCCESS;
}

const bd_score_type bd_score_type_rmse = {
  .name = "rmse",
  .title = "RMSE",
  .help = "root mean squared error of the mean",
  .unit = "y",
  .better = BD_LESS_IS_BETTER,
  .aim = GSL_NAN,
  .root = true,
  .rows = squares,
};

const bd_score_type bd_score_type_mae = {
  .name = "mae",
  .title = "MAE",
  .help = "mean absolute error of the mean",
  .unit = "y",
  .better = BD_LESS_IS_BETTER,
  .aim = GSL_NAN,
  .rows = distances,
};

const bd_score_type bd_score_type_median_ae = {
  .name = "median_ae",
  .title = "median absolute error",
  .help = "median absolute error of the mean",
  .unit = "y",
  .better = BD_LESS_IS_BETTER,
  .aim = GSL_NAN,
  .whole = median_distance,
};

const bd_score_type bd_score_type_bias = {
  .name = "bias",
  .title = "mean residual",
  .help = "mean of what came less the mean forecast",
  .unit = "y",
  .better = BD_AIM_IS_BEST,
  .aim = 0,
  .rows = residuals,
};

const bd_score_type bd_score_type_r2 = {
  .name = "r2",
  .title = "R2",
  .help = "share of the response's variance that the mean explains",
  .unit = "1",
  .better = BD_MORE_IS_BETTER,
  .aim = GSL_NAN,
  .whole = r2,
};

const bd_score_type bd_score_type_correlation = {
  .name = "correlation",
  .title = "correlation",
  .help = "of the mean and what came (Pearson)",
  .unit = "1",
  .better = BD_MORE_IS_BETTER,
  .aim = GSL_NAN,
  .whole = correlation,
};

const bd_score_type bd_score_type_rank = {
  .name = "rank_correlation",
  .title = "rank correlation",
  .help = "of the mean and what came (Spearman)",
  .unit = "1",
  .better = BD_MORE_IS_BETTER,
  .aim = GSL_NAN,
  .whole = rank_correlation,
};
