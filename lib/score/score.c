/* References: Y. Gal, Z. Ghahramani, "Dropout as a Bayesian approximation",
   ICML 2016, appendix; C. Nadeau, Y. Bengio, "Inference for the generalization
   error", Machine Learning 52 (2003).  */
#include <config.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>

#include "proper.h"
#include "score.h"

double
bd_score_nll (const double y[], const double mean[], const double sd[],
              size_t n)
{
  double sum = 0;

  for (size_t i = 0; i < n; i++)
    sum += bd_nll_normal (y[i], mean[i], sd[i]);
  return sum / (double)n;
}

double
bd_score_crps (const double y[], const double mean[], const double sd[],
               size_t n)
{
  double sum = 0;

  for (size_t i = 0; i < n; i++)
    sum += bd_crps_normal (y[i], mean[i], sd[i]);
  return sum / (double)n;
}

double
bd_score_cover (const double y[], const double mean[], const double sd[],
                size_t n, double level)
{
  double z = gsl_cdf_ugaussian_Pinv ((1 + level) / 2);
  size_t inside = 0;

  for (size_t i = 0; i < n; i++)
    inside += fabs (y[i] - mean[i]) <= z * sd[i];
  return (double)inside / (double)n;
}

double
bd_score_width (const double sd[], size_t n, double level)
{
  double z = gsl_cdf_ugaussian_Pinv ((1 + level) / 2), sum = 0;

  for (size_t i = 0; i < n; i++)
    sum += sd[i];
  return 2 * z * sum / (double)n;
}

/* Of one Y; its members stand N places apart.  */
static double
log_mixture (double y, const double t[], size_t B, size_t n, double sd)
{
  double most = GSL_NEGINF, sum = 0;
  size_t members = 0;

  for (size_t b = 0; b < B; b++)
    if (!gsl_isnan (t[b * n]))
      {
        most = GSL_MAX (most, -0.5 * gsl_pow_2 ((y - t[b * n]) / sd));
        members++;
      }
  for (size_t b = 0; b < B; b++)
    if (!gsl_isnan (t[b * n]))
      sum += exp (-0.5 * gsl_pow_2 ((y - t[b * n]) / sd) - most);
  return members ? most + log (sum / (double)members) : GSL_NAN;
}

double
bd_score_nll_mixture (const double y[], const double T[], size_t B, size_t n,
                      double sd)
{
  double sum = 0;

  for (size_t i = 0; i < n; i++)
    sum -= log_mixture (y[i], T + i, B, n, sd);
  return sum / (double)n + log (sd) + 0.5 * log (2 * M_PI);
}

/* Mean squared error of all members.  */
static double
member_mse (const double y[], const double T[], size_t B, size_t n)
{
  double sum = 0;
  size_t count = 0;

  for (size_t b = 0; b < B; b++)
    for (size_t i = 0; i < n; i++)
      if (!gsl_isnan (T[b * n + i]))
        {
          sum += gsl_pow_2 (T[b * n + i] - y[i]);
          count++;
        }
  return count ? sum / (double)count : GSL_NAN;
}

#define SCALES 24 /* places of the first look, then halvings of the step */
#define HALVINGS 10

double
bd_score_noise_mixture (const double y[], const double T[], size_t B, size_t n)
{
  double top = 2 * sqrt (member_mse (y, T, B, n)), best = top, least;
  double step = pow (2e3, 1. / SCALES);

  if (!(top > 0))
    return top;
  least = bd_score_nll_mixture (y, T, B, n, top);
  for (int k = 1; k <= SCALES; k++)
    {
      double sd = top * pow (step, -k);
      double now = bd_score_nll_mixture (y, T, B, n, sd);
      if (now < least)
        {
          least = now;
          best = sd;
        }
    }
  for (int k = 0; k < HALVINGS; k++)
    {
      double centre = best;
      step = sqrt (step);
      for (int side = 0; side < 2; side++)
        {
          double sd = GSL_MIN (side ? centre * step : centre / step, top);
          double now = bd_score_nll_mixture (y, T, B, n, sd);
          if (now < least)
            {
              least = now;
              best = sd;
            }
        }
    }
  return best;
}

double
bd_score_mse (const double y[], const double mean[], size_t n)
{
  double sum = 0;

  for (size_t i = 0; i < n; i++)
    sum += gsl_pow_2 (y[i] - mean[i]);
  return sum / (double)n;
}

/* d/ds2 of twice the negative log likelihood of N (0, s2 + v_i).  */
static double
slope (const double r[], const double v[], size_t n, double s2)
{
  double sum = 0;

  for (size_t i = 0; i < n; i++)
    {
      double total = s2 + v[i];
      sum += (1 - r[i] * r[i] / total) / total;
    }
  return sum;
}

double
bd_score_noise (const double r[], const double v[], size_t n)
{
  double mse = 0;

  for (size_t i = 0; i < n; i++)
    mse += r[i] * r[i] / (double)n;
  if (n == 0 || !(mse > 0))
    return n ? 0 : GSL_NAN;
  double lo = 1e-6 * mse, hi = mse;
  while (slope (r, v, n, hi) < 0)
    hi *= 2;
  if (slope (r, v, n, lo) > 0)
    return lo;
  for (int k = 0; k < 60; k++)
    {
      double middle = sqrt (lo * hi);
      if (slope (r, v, n, middle) < 0)
        lo = middle;
      else
        hi = middle;
    }
  return sqrt (lo * hi);
}

bd_interval
bd_score_splits (const double x[], size_t J, double ratio)
{
  bd_interval a = { 0, GSL_NAN, GSL_NAN, GSL_NAN };
  double ss = 0, count = (double)J;

  for (size_t j = 0; j < J; j++)
    a.mean += x[j] / count;
  for (size_t j = 0; j < J; j++)
    ss += gsl_pow_2 (x[j] - a.mean);
  if (J < 2)
    return a;
  a.se = sqrt ((1 / count + ratio) * ss / (count - 1));
  double half = gsl_cdf_tdist_Pinv (0.975, count - 1) * a.se;
  a.lo = a.mean - half;
  a.hi = a.mean + half;
  return a;
}
