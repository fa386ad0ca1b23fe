#include <config.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>

#include "proper.h"
#include "scores.h"

double
bd_nll_normal (double y, double mean, double sd)
{
  double z = (y - mean) / sd;
  return log (sd) + 0.5 * z * z + 0.5 * log (2 * M_PI);
}

double
bd_crps_normal (double y, double mean, double sd)
{
  if (gsl_isnan (sd) || sd < 0)
    return GSL_NAN;
  if (sd == 0)
    return fabs (y - mean);
  double z = (y - mean) / sd;
  return sd
         * (z * (2 * gsl_cdf_ugaussian_P (z) - 1)
            + 2 * gsl_ran_ugaussian_pdf (z) - 1 / M_SQRTPI);
}

double
bd_crps_members (double y, const double sorted[], size_t B, bool fair)
{
  double near = 0, apart = 0, count = (double)B;

  if (B == 0 || (fair && B < 2))
    return GSL_NAN;
  /* Sums of differences from the first member: equal members give 0.  */
  for (size_t b = 0; b < B; b++)
    {
      near += fabs (sorted[b] - y);
      apart += (2 * (double)b + 1 - count) * (sorted[b] - sorted[0]);
    }
  return near / count - apart / (count * (fair ? count - 1 : count));
}

double
bd_interval_score (double y, double lo, double hi, double level)
{
  double beyond = y < lo ? lo - y : y > hi ? y - hi : 0;
  return gsl_isnan (y) ? y : hi - lo + 2 / (1 - level) * beyond;
}

double
bd_pinball (double y, double q, double tau)
{
  return y < q ? (1 - tau) * (q - y) : tau * (y - q);
}

static int
nll (const bd_forecast *f, double score[])
{
  for (size_t i = 0; i < f->n; i++)
    score[i] = f->mean && f->sd ? bd_nll_normal (f->y[i], f->mean[i], f->sd[i])
                                : GSL_NAN;
  return GSL_SUCCESS;
}

static int
crps (const bd_forecast *f, double score[])
{
  for (size_t i = 0; i < f->n; i++)
    score[i] = f->mean && f->sd
                   ? bd_crps_normal (f->y[i], f->mean[i], f->sd[i])
                   : GSL_NAN;
  return GSL_SUCCESS;
}

#define DECILES 9

static int
pinball (const bd_forecast *f, double score[])
{
  double z[DECILES];

  for (int k = 0; k < DECILES; k++)
    z[k] = gsl_cdf_ugaussian_Pinv ((k + 1) / (DECILES + 1.));
  if (!f->mean || !f->sd)
    bd_no_score (score, f->n);
  for (size_t i = 0; f->mean && f->sd && i < f->n; i++)
    {
      double sum = 0;
      for (int k = 0; k < DECILES; k++)
        sum += bd_pinball (f->y[i], f->mean[i] + z[k] * f->sd[i],
                           (k + 1) / (DECILES + 1.));
      score[i] = sum / DECILES;
    }
  return GSL_SUCCESS;
}

static int
interval (const bd_forecast *f, double score[])
{
  double lo, hi;

  for (size_t i = 0; i < f->n; i++)
    {
      bd_forecast_ends (f, i, &lo, &hi);
      score[i] = bd_interval_score (f->y[i], lo, hi, bd_forecast_level (f));
    }
  return GSL_SUCCESS;
}

const bd_score_type bd_score_type_nll = {
  .name = "nll",
  .title = "NLL",
  .help = "negative log density of N (mean, sd^2)",
  .unit = "nat",
  .better = BD_LESS_IS_BETTER,
  .aim = GSL_NAN,
  .rows = nll,
};

const bd_score_type bd_score_type_crps = {
  .name = "crps",
  .title = "CRPS",
  .help = "continuous ranked probability score of N (mean, sd^2)",
  .unit = "y",
  .better = BD_LESS_IS_BETTER,
  .aim = GSL_NAN,
  .rows = crps,
};

const bd_score_type bd_score_type_pinball = {
  .name = "pinball",
  .title = "pinball loss",
  .help = "quantile loss, the mean over the nine deciles of N (mean, sd^2)",
  .unit = "y",
  .better = BD_LESS_IS_BETTER,
  .aim = GSL_NAN,
  .rows = pinball,
};

const bd_score_type bd_score_type_interval = {
  .name = "interval",
  .title = "interval score",
  .help = "width of the interval, and 2/(1 - level) times how far outside",
  .unit = "y",
  .better = BD_LESS_IS_BETTER,
  .aim = GSL_NAN,
  .rows = interval,
};
