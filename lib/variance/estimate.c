/* References: B. Efron, "Estimation and accuracy after model selection",
   JASA 109 (2014); S. Wager, T. Hastie, B. Efron, "Confidence intervals for
   random forests: the jackknife and the infinitesimal jackknife", JMLR 15
   (2014); J. H. Friedman, P. Hall, "On bagging and nonlinear estimation",
   J. Statist. Plann. Inference 137 (2007).  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_erf.h>
#include <stdlib.h>

#include "../base/array.h"
#include "estimate.h"

double
bd_variance_chance (const bd_moments *a)
{
  return a->whole ? 0 : 1 / a->p;
}

void
bd_variance_spread (const bd_moments *a, double v[])
{
  bool enough = a->members - a->failed >= 2;

  for (size_t j = 0; j < a->m; j++)
    v[j] = enough ? a->t2[j] / a->p : GSL_NAN;
}

void
bd_variance_ij (const bd_moments *a, double V[])
{
  bool enough = a->members - a->failed >= 2;

  for (size_t j = 0; j < a->mc; j++)
    V[j] = !enough ? GSL_NAN : a->summed ? a->ij[j] : 0;
  for (size_t i = 0; i < a->n && !a->summed; i++)
    for (size_t j = 0; j < a->mc; j++)
      {
        double C = a->ut[i * a->mc + j] / a->p;
        V[j] += C * C;
      }
}

/* Sum of the squared variances of the units: what the squares of B independent
   covariances vary by, in 2 v^2 / B^2.  */
static double
unit_noise (const bd_moments *a)
{
  double sum = 0;

  for (size_t i = 0; i < a->n; i++)
    sum += gsl_pow_2 (a->u2[i] / a->p);
  return sum;
}

/* Monte Carlo standard error of an estimate V at point J.  */
static double
ij_error (const bd_moments *a, double noise, size_t j, double V)
{
  double chance = bd_variance_chance (a), v = a->t2[j] / a->p;
  double Vp = gsl_isnan (V) ? GSL_NAN : GSL_MAX_DBL (V, 0);

  return sqrt (4 * Vp * (Vp + v) * chance
               + 2 * noise * v * v * chance * chance);
}

void
bd_variance_ij_error (const bd_moments *a, const double V[], double se[])
{
  double noise = unit_noise (a);

  for (size_t j = 0; j < a->mc; j++)
    se[j] = ij_error (a, noise, j, V[j]);
}

void
bd_variance_ij_u (const bd_moments *a, double V[], double se[])
{
  double counts = 0, chance = bd_variance_chance (a);

  for (size_t i = 0; i < a->n; i++)
    counts += a->u2[i] / a->p;
  bd_variance_ij (a, V);
  for (size_t j = 0; j < a->mc; j++)
    V[j] -= counts * a->t2[j] / a->p * chance;
  if (se)
    bd_variance_ij_error (a, V, se);
}

double
bd_variance_positive (double e, double s)
{
  if (!(s > 0))
    return gsl_isnan (e) ? GSL_NAN : GSL_MAX_DBL (e, 0);
  double z = e / s;
  /* Far above 0 phi is nothing, and GSL would complain of underflow.  */
  if (z > 30)
    return e;
  /* Far below 0 the two terms cancel; phi/Phi = -z - 1/z + 2/z^3 ... .  */
  if (z < -1e4)
    return -s / z;
  return e + s * gsl_sf_hazard (-z);
}

/* Share of all points together; their errors are taken as one.  */
static double
pooled_share (const bd_moments *a, double noise, const double V[])
{
  double sum = 0, error = 0, v = 0;

  for (size_t j = 0; j < a->mc; j++)
    {
      sum += V[j];
      error += ij_error (a, noise, j, V[j]);
      v += a->t2[j] / a->p;
    }
  return v > 0 ? GSL_MIN_DBL (1, bd_variance_positive (sum, error) / v) : 0;
}

void
bd_variance_steady (const bd_moments *a, double factor, double V[])
{
  double noise = unit_noise (a), share = pooled_share (a, noise, V);

  for (size_t j = 0; j < a->mc; j++)
    {
      double v = a->t2[j] / a->p, prior = share * v;
      double s = ij_error (a, noise, j, V[j]);
      if (gsl_isnan (V[j]))
        continue;
      double w = prior > 0 ? 1 / (1 + gsl_pow_2 (s / prior)) : 0;
      double mixed = w * V[j] + (1 - w) * prior;
      V[j] = factor
             * GSL_MIN_DBL (bd_variance_positive (mixed, sqrt (w) * s), v);
    }
}

void
bd_variance_ij_steady (const bd_moments *a, double factor, double V[])
{
  bd_variance_ij_u (a, V, NULL);
  bd_variance_steady (a, factor, V);
}

double
bd_variance_share (const bd_moments *a, double factor, const double V[])
{
  double ours = 0, v = 0;

  for (size_t j = 0; j < a->mc; j++)
    {
      ours += V[j];
      v += a->t2[j] / a->p;
    }
  if (a->members - a->failed < 2 || !(v > 0))
    return GSL_NAN;
  return GSL_MIN_DBL (1, GSL_MAX_DBL (0, factor * ours / v));
}

double
bd_variance_additive_share (const bd_moments *a, double factor)
{
  double *V = bd_array (a->mc, 1), share = GSL_NAN;

  if (V)
    {
      bd_variance_ij_u (a, V, NULL);
      share = bd_variance_share (a, factor, V);
    }
  free (V);
  return share;
}

double
bd_variance_members (double r, double K, size_t n)
{
  double a = 4 * (1 + K);

  return (a + sqrt (a * a + 8 * (double)n * K * K * r * r)) / (2 * r * r);
}
