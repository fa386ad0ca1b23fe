/* Scores of members.

   References: A. Krogh, J. Vedelsby, "Neural network ensembles, cross
   validation, and active learning", NIPS 7 (1995); V. Fortin, M. Abaza,
   F. Anctil, R. Turcotte, "Why should ensemble spread match the RMSE of the
   ensemble mean?", Journal of Hydrometeorology 15 (2014).  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>

#include "../base/array.h"
#include "proper.h"
#include "scores.h"

/* The members of row I into T; false when one of them is not a number.  */
static bool
take (const bd_forecast *f, size_t i, double t[])
{
  bool good = true;

  for (size_t b = 0; b < f->B; b++)
    {
      t[b] = f->T[b * f->n + i];
      good = good && !gsl_isnan (t[b]);
    }
  return good;
}

static int
crps (const bd_forecast *f, double score[], bool fair)
{
  double *t = bd_array (f->B, 1);

  if (!t)
    return GSL_ENOMEM;
  bd_no_score (score, f->n);
  for (size_t i = 0; f->T && i < f->n; i++)
    if (take (f, i, t))
      {
        gsl_sort (t, 1, f->B);
        score[i] = bd_crps_members (f->y[i], t, f->B, fair);
      }
  free (t);
  return GSL_SUCCESS;
}

static int
crps_plain (const bd_forecast *f, double score[])
{
  return crps (f, score, false);
}

static int
crps_fair (const bd_forecast *f, double score[])
{
  return crps (f, score, true);
}

/* bd_score_nll_mixture leaves members out that are not numbers; here they
   make the row's score NaN as in the other scores.  */
static int
mixture (const bd_forecast *f, double score[])
{
  double *t = bd_array (f->B, 1);

  if (!t)
    return GSL_ENOMEM;
  bd_no_score (score, f->n);
  for (size_t i = 0; f->T && f->noise > 0 && i < f->n; i++)
    if (take (f, i, t))
      score[i] = bd_score_nll_mixture (&f->y[i], t, f->B, 1, f->noise);
  free (t);
  return GSL_SUCCESS;
}

/* Mean and variance (divisor B) of the members of row I.  */
static void
centre (const bd_forecast *f, size_t i, double *mean, double *v)
{
  double sum = 0, ss = 0;

  for (size_t b = 0; b < f->B; b++)
    sum += f->T[b * f->n + i] / (double)f->B;
  for (size_t b = 0; b < f->B; b++)
    ss += gsl_pow_2 (f->T[b * f->n + i] - sum);
  *mean = sum;
  *v = ss / (double)f->B;
}

static int
member_mse (const bd_forecast *f, double score[])
{
  for (size_t i = 0; i < f->n; i++)
    {
      score[i] = f->T && f->B ? 0 : GSL_NAN;
      for (size_t b = 0; f->T && b < f->B; b++)
        score[i] += gsl_pow_2 (f->T[b * f->n + i] - f->y[i]) / (double)f->B;
    }
  return GSL_SUCCESS;
}

static int
ambiguity (const bd_forecast *f, double score[])
{
  bd_no_score (score, f->n);
  for (size_t i = 0; f->T && f->B && i < f->n; i++)
    {
      double mean;
      centre (f, i, &mean, &score[i]);
    }
  return GSL_SUCCESS;
}

/* Members and observation are alike when the mean squared error of the
   ensemble's mean is (1 + 1/B) times the variance of the members, divisor
   B - 1, with the noise in it once.  */
static int
spread_skill (const bd_forecast *f, double *score)
{
  double spread = 0, error = 0, B = (double)f->B;

  *score = GSL_NAN;
  if (!f->T || f->B < 2)
    return GSL_SUCCESS;
  for (size_t i = 0; i < f->n; i++)
    {
      double mean, v;
      centre (f, i, &mean, &v);
      spread += v * (B + 1) / (B - 1) + gsl_pow_2 (f->noise);
      error += gsl_pow_2 (f->y[i] - mean);
    }
  *score = sqrt (spread / error);
  return GSL_SUCCESS;
}

const bd_score_type bd_score_type_crps_plain = {
  .name = "crps_members",
  .title = "CRPS of the members",
  .help = "of the members as they are; smaller for more of them",
  .unit = "y",
  .better = BD_LESS_IS_BETTER,
  .aim = GSL_NAN,
  .rows = crps_plain,
};

const bd_score_type bd_score_type_crps_fair = {
  .name = "crps_fair",
  .title = "fair CRPS",
  .help = "of the members, without the influence of their number",
  .unit = "y",
  .better = BD_LESS_IS_BETTER,
  .aim = GSL_NAN,
  .rows = crps_fair,
};

const bd_score_type bd_score_type_mixture = {
  .name = "nll_mixture",
  .title = "NLL of the mixture",
  .help = "negative log density of the mixture of N (member, noise^2)",
  .unit = "nat",
  .better = BD_LESS_IS_BETTER,
  .aim = GSL_NAN,
  .rows = mixture,
};

const bd_score_type bd_score_type_member_mse = {
  .name = "member_mse",
  .title = "MSE of a member",
  .help = "mean squared error of the members one by one",
  .unit = "y^2",
  .better = BD_LESS_IS_BETTER,
  .aim = GSL_NAN,
  .rows = member_mse,
};

const bd_score_type bd_score_type_ambiguity = {
  .name = "ambiguity",
  .title = "ambiguity",
  .help = "variance between members: MSE of a member less that of their mean",
  .unit = "y^2",
  .better = BD_NO_BETTER,
  .aim = GSL_NAN,
  .rows = ambiguity,
};

const bd_score_type bd_score_type_spread_skill = {
  .name = "spread_skill",
  .title = "spread over skill",
  .help = "root of (1 + 1/B) member variance + noise^2, over the RMSE",
  .unit = "1",
  .better = BD_AIM_IS_BEST,
  .aim = 1,
  .whole = spread_skill,
};
