#include <config.h>

#include <gsl/gsl_math.h>

#include "estimate.h"
#include "mean.h"

double
bd_variance_mean_share (const bd_moments *a, const double V[])
{
  double mean = 0, member = 0;

  for (size_t i = 0; i < a->mc; i++)
    {
      mean += V[i];
      member += a->t2[i] / a->p;
    }
  return member > 0 && !gsl_isnan (mean) ? mean / member : 1;
}

/* The positive part of what little bags say.  */
static void
mean_of_little (const bd_moments *a, double factor, double V[], double se[])
{
  bd_variance_little (a, V, se);
  for (size_t i = 0; i < a->mc; i++)
    {
      se[i] *= factor;
      V[i] = bd_variance_positive (factor * V[i], se[i]);
    }
}

/* Returns the additive share.  */
static double
mean_of_units (const bd_moments *a, double factor, double V[], double se[])
{
  bd_variance_ij_u (a, V, se);
  double additive = a->mc ? bd_variance_share (a, factor, V) : GSL_NAN;
  bd_variance_steady (a, factor, V);
  for (size_t i = 0; i < a->mc; i++)
    se[i] *= factor;
  return additive;
}

double
bd_variance_mean (const bd_moments *a, double factor, double V[], double se[])
{
  double additive = GSL_NAN;

  if (a->little)
    mean_of_little (a, factor, V, se);
  else
    additive = mean_of_units (a, factor, V, se);
  double share = a->mc ? bd_variance_mean_share (a, V) : GSL_NAN;
  for (size_t i = a->mc; i < a->m; i++)
    V[i] = share * a->t2[i] / a->p;
  return additive;
}

double
bd_variance_mean_error (const bd_moments *a, const double V[],
                        const double se[])
{
  double error = 0, total = 0;

  for (size_t i = 0; i < a->mc; i++)
    if (V[i] > 0)
      {
        error += gsl_pow_2 (se[i]) / (4 * V[i]);
        total += V[i];
      }
  return total > 0 ? sqrt (error / total) : a->whole ? 0 : GSL_NAN;
}

uint64_t
bd_variance_mean_members (const bd_moments *a, double factor, const double V[],
                          const double se[], double target)
{
  double ours = 0, member = 0;

  for (size_t i = 0; i < a->mc; i++)
    {
      ours += V[i];
      member += factor * a->t2[i] / a->p;
    }
  if (!(ours > 0))
    return a->members * 2;
  /* The standard deviation's relative error is half that of V.  */
  double B = a->little
                 ? (double)a->members
                       * gsl_pow_2 (bd_variance_mean_error (a, V, se) / target)
                 : bd_variance_members (2 * target, member / ours, a->n);
  return B < 1e15 ? (uint64_t)ceil (B) : (uint64_t)1e15;
}

void
bd_variance_sd (const bd_moments *a, size_t m, const double V[],
                const double se[], double sd_member[], double sd_mean[],
                double sd_error[])
{
  for (size_t i = 0; i < m; i++)
    {
      double v = a->t2[i] / a->p;
      sd_member[i] = a->members - a->failed < 2 ? GSL_NAN : sqrt (v);
      sd_mean[i] = gsl_isnan (V[i]) ? GSL_NAN : sqrt (V[i]);
      sd_error[i] = i < a->mc && V[i] > 0 ? se[i] / (2 * sd_mean[i]) : GSL_NAN;
    }
}
