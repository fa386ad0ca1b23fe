/* References: B. Efron, "Estimation and accuracy after model selection", JASA
   109 (2014); B. Efron, "Jackknife-after-bootstrap standard errors and
   influence functions", JRSS B 54 (1992); S. Wager, T. Hastie, B. Efron,
   "Confidence intervals for random forests", JMLR 15 (2014), for the
   corrections and their Monte Carlo errors.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "estimate.h"
#include "estimator.h"

static void
scale (const bd_moments *a, double factor, double V[], double se[])
{
  for (size_t j = 0; j < a->mc; j++)
    {
      V[j] *= factor;
      if (se)
        se[j] *= factor;
    }
}

static void
ij_u (const bd_moments *a, double factor, double V[], double se[])
{
  bd_variance_ij_u (a, V, se);
  scale (a, factor, V, se);
}

/* Its Monte Carlo error is that of the corrected one.  */
static void
ij (const bd_moments *a, double factor, double V[], double se[])
{
  if (se)
    bd_variance_ij_u (a, V, se);
  bd_variance_ij (a, V);
  scale (a, factor, V, se);
}

static void
ij_split (const bd_moments *a, double factor, double V[], double se[])
{
  bd_variance_split (a, V, se);
  scale (a, factor, V, se);
}

static void
little (const bd_moments *a, double factor, double V[], double se[])
{
  bd_variance_little (a, V, se);
  scale (a, factor, V, se);
}

/* (r - 1)/r sum D_i^2 over the r units that some member left out, D_i the mean
   without the unit less the mean of all; returns r.  */
static double
sum_left_out (const bd_moments *a, double V[])
{
  bool enough = a->members - a->failed >= 2;
  double left = 0;

  for (size_t j = 0; j < a->mc; j++)
    V[j] = !enough ? GSL_NAN : a->jab ? a->jab[j] : 0;
  for (size_t i = 0; i < a->n; i++)
    {
      if (!a->apart || !(a->left_p[i] > 0))
        continue;
      left++;
      for (size_t j = 0; j < a->mc && !a->jab; j++)
        V[j] += gsl_pow_2 (a->left_t[i * a->mc + j] / a->left_p[i]);
    }
  for (size_t j = 0; j < a->mc; j++)
    V[j] = left > 1 ? V[j] * (left - 1) / left : GSL_NAN;
  return left;
}

/* Sum over units of 1 / K - 1 / B, K members without the unit: what the
   variance of a D_i is in units of v.  Near (e - 1) n / B for the
   bootstrap.  */
static double
chance_left_out (const bd_moments *a)
{
  double sum = 0;

  for (size_t i = 0; i < a->n && a->apart && !a->whole; i++)
    if (a->left_p[i] > 0)
      sum += 1 / a->left_p[i] - 1 / a->p;
  return sum;
}

/* V less SHARE times the bias, with the error of that.  */
static void
jackknife_after (const bd_moments *a, bool corrected, double V[], double se[])
{
  double left = sum_left_out (a, V), chance = bd_variance_chance (a);
  double bias = chance_left_out (a);

  for (size_t j = 0; j < a->mc; j++)
    {
      double v = a->t2[j] / a->p, shrunk = (left - 1) / left * bias * v;
      double Vp = GSL_MAX_DBL (V[j] - shrunk, 0);
      if (se)
        se[j] = sqrt (4 * Vp * (Vp + v) * chance
                      + 2 * gsl_pow_2 (bias * v) / left);
      if (gsl_isnan (V[j]) && se)
        se[j] = GSL_NAN;
      if (corrected)
        V[j] -= shrunk;
    }
}

/* The factor is the infinitesimal jackknife's; where that has no meaning the
   members without a unit have none.  */
static double
jab_factor (double factor)
{
  return gsl_isnan (factor) ? GSL_NAN : 1;
}

static void
jab (const bd_moments *a, double factor, double V[], double se[])
{
  jackknife_after (a, false, V, se);
  scale (a, jab_factor (factor), V, se);
}

static void
jab_u (const bd_moments *a, double factor, double V[], double se[])
{
  jackknife_after (a, true, V, se);
  scale (a, jab_factor (factor), V, se);
}

/* Errors of the mean of the two.  What chance puts into C_i and D_i has
   variances var (u_i) v / B and (1/K_i - 1/B) v and covariance - mean (u_i) v
   / B, because cov (u_i, [u_i = 0]) = - mean (u_i) P (u_i = 0); squares of
   normal numbers have twice the squares of these.  */
static void
ij_jab_error (const bd_moments *a, double factor, const double V[],
              double se[])
{
  double chance = bd_variance_chance (a), bias = chance_left_out (a);
  double ij = 0, both = 0, left = 0;

  for (size_t i = 0; i < a->n; i++)
    if (a->left_p[i] > 0)
      {
        left++;
        ij += gsl_pow_2 (factor * chance * a->u2[i] / a->p);
        both += factor * gsl_pow_2 (chance * a->u[i]);
      }
  for (size_t j = 0; j < a->mc; j++)
    {
      double v = a->t2[j] / a->p, Vp = V[j] < 0 ? 0 : V[j];
      se[j] = sqrt (4 * Vp * (Vp + v) * chance
                    + v * v / 2 * (ij + 2 * both + bias * bias / left));
    }
}

static void
ij_jab (const bd_moments *a, double factor, double V[], double se[])
{
  double *other = bd_array (a->mc, 1);

  if (other)
    ij_u (a, factor, other, NULL);
  jab_u (a, factor, V, NULL);
  for (size_t j = 0; j < a->mc; j++)
    V[j] = other ? (V[j] + other[j]) / 2 : GSL_NAN;
  if (se && a->apart)
    ij_jab_error (a, factor, V, se);
  for (size_t j = 0; se && !a->apart && j < a->mc; j++)
    se[j] = GSL_NAN;
  free (other);
}

#define OF_MEAN "sampling variance of the mean of infinitely many members"

static const bd_estimator ij_type
    = { .name = "ij",
        .help = "infinitesimal jackknife, too large by about n v / B for B "
                "members of variance v and n rows; its Monte Carlo error is "
                "that of ij_u",
        .target = OF_MEAN ", and what chance adds to it with few members",
        .estimate = ij };

static const bd_estimator ij_u_type
    = { .name = "ij_u",
        .help = "infinitesimal jackknife less that bias, computed as if "
                "counts and squared predictions were independent",
        .target = OF_MEAN,
        .estimate = ij_u };

static const bd_estimator ij_split_type
    = { .name = "ij_split",
        .help = "infinitesimal jackknife from the covariances of two halves "
                "of the members, mean over all halves: unbiased with any "
                "number of members",
        .target = OF_MEAN,
        .split = true,
        .estimate = ij_split };

static const bd_estimator jab_type
    = { .name = "jab",
        .help = "jackknife after bootstrap, too large by about (e - 1) n v / "
                "B; its Monte Carlo error is that of jab_u",
        .target = OF_MEAN ", and what chance adds to it with few members",
        .apart = true,
        .estimate = jab };

static const bd_estimator jab_u_type
    = { .name = "jab_u",
        .help = "jackknife after bootstrap less that bias",
        .target = OF_MEAN,
        .apart = true,
        .estimate = jab_u };

static const bd_estimator ij_jab_type
    = { .name = "ij_jab",
        .help = "mean of ij_u and jab_u, whose errors for trees are opposite",
        .target = OF_MEAN,
        .apart = true,
        .estimate = ij_jab };

static const bd_estimator little_type
    = { .name = "little",
        .help = "bootstrap of little bags: variance between bags less what "
                "their members put into it; for --resample little only",
        .target = OF_MEAN ", each on a part of the rows",
        .little = true,
        .estimate = little };

const bd_estimator *const bd_estimators[BD_ESTIMATORS + 1]
    = { &ij_type,     &ij_u_type,     &jab_type,    &jab_u_type,
        &ij_jab_type, &ij_split_type, &little_type, NULL };

const bd_estimator *
bd_estimator_find (const char *name)
{
  for (size_t k = 0; bd_estimators[k]; k++)
    if (strcmp (bd_estimators[k]->name, name) == 0)
      return bd_estimators[k];
  return NULL;
}
