/* The split-half jackknife against its definition and by enumeration; the
   stated Monte Carlo limits over many seeds.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "ensemble/run.h"
#include "ensemble/source.h"
#include "stat_tools.h"
#include "tap.h"
#include "tools.h"
#include "variance/estimate.h"
#include "variance/estimator.h"

#define MOST 8  /* members */
#define UNITS 5 /* at most */

typedef struct
{
  size_t B, n;
  double U[MOST][UNITS], t[MOST];
} few;

/* Covariance of unit I with t over the members whose bit is set in HALF.  */
static long double
covariance (const few *a, size_t i, unsigned half)
{
  long double count = 0, u = 0, t = 0, sum = 0;

  for (size_t b = 0; b < a->B; b++)
    if (half >> b & 1)
      {
        count++;
        u += a->U[b][i];
        t += a->t[b];
      }
  for (size_t b = 0; b < a->B; b++)
    if (half >> b & 1)
      sum += (a->U[b][i] - u / count) * (a->t[b] - t / count);
  return sum / (count - 1);
}

/* The mean over all halves, half by half.  */
static double
by_definition (const few *a)
{
  unsigned all = (1u << a->B) - 1;
  long double sum = 0, halves = 0;

  for (unsigned half = 0; half <= all; half++)
    {
      size_t count = 0;
      for (size_t b = 0; b < a->B; b++)
        count += half >> b & 1;
      if (2 * count != a->B)
        continue;
      halves++;
      for (size_t i = 0; i < a->n; i++)
        sum += covariance (a, i, half) * covariance (a, i, all ^ half);
    }
  return (double)(sum / halves);
}

/* Moments of A in blocks of SIZE.  */
static bd_moments *
moments_of (const few *a, size_t size)
{
  const bd_moments shape
      = { .n = a->n, .m = 1, .mc = 1, .self = 1, .split = true };
  bd_moments *z = bd_moments_like (&shape), *block = bd_moments_like (&shape);
  double p[MOST], U[MOST * UNITS], t[MOST];

  for (size_t b = 0; b < a->B; b += size)
    {
      size_t count = GSL_MIN (size, a->B - b);
      for (size_t k = 0; k < count; k++)
        {
          p[k] = 1;
          t[k] = a->t[b + k];
          memcpy (U + k * a->n, a->U[b + k], a->n * sizeof *U);
        }
      bd_moments_block (block, count, p, U, t);
      bd_moments_merge (z, block);
    }
  bd_moments_free (block);
  return z;
}

START_TEST (definition)
{
  gsl_rng *r = stream (11 + (uint64_t)_i);
  few a = { .B = 4 + 2 * (size_t)(_i % 3), .n = UNITS };

  for (int run = 0; run < 40; run++)
    {
      for (size_t b = 0; b < a.B; b++)
        {
          a.t[b] = gsl_ran_exponential (r, 1) + 10;
          for (size_t i = 0; i < a.n; i++)
            a.U[b][i]
                = gsl_ran_poisson (r, 1) + 0.5 * a.t[b] * (double)(i % 2);
        }
      double want = by_definition (&a), V, plain;
      for (size_t size = 1; size <= MOST; size *= 2)
        {
          bd_moments *z = moments_of (&a, size);
          bd_variance_split (z, &V, NULL);
          bd_variance_ij (z, &plain);
          ck_assert_double_eq_tol (V, want, 1e-11 * (plain + fabs (want)));
          bd_moments_free (z);
        }
    }
  gsl_rng_free (r);
}
END_TEST

/* The ten ways to draw three of three rows.  */
#define WAYS 10
static const double ways[WAYS][3]
    = { { 3, 0, 0 }, { 0, 3, 0 }, { 0, 0, 3 }, { 2, 1, 0 }, { 2, 0, 1 },
        { 1, 2, 0 }, { 0, 2, 1 }, { 1, 0, 2 }, { 0, 1, 2 }, { 1, 1, 1 } };
static const double y[3] = { 0.3, 1.1, 4.2 };

static double
probability (size_t way)
{
  return way < 3 ? 1. / 27 : way < 9 ? 3. / 27 : 6. / 27;
}

/* Statistic KIND of a resample: mean, maximum, and a product.  */
static double
statistic (int kind, const double u[3])
{
  double mean = (u[0] * y[0] + u[1] * y[1] + u[2] * y[2]) / 3;

  if (kind == 0)
    return mean;
  if (kind == 1)
    return u[2] > 0 ? y[2] : u[1] > 0 ? y[1] : y[0];
  return mean * u[0] * u[0];
}

/* sum_i cov (u_i, t)^2 over the 27 sequences, and the variance of t.  */
static double
truth (int kind, double *v)
{
  double mean = 0, V = 0;

  *v = 0;
  for (size_t k = 0; k < WAYS; k++)
    mean += probability (k) * statistic (kind, ways[k]);
  for (size_t k = 0; k < WAYS; k++)
    *v += probability (k) * gsl_pow_2 (statistic (kind, ways[k]) - mean);
  for (size_t i = 0; i < 3; i++)
    {
      double C = 0;
      for (size_t k = 0; k < WAYS; k++)
        C += probability (k) * ways[k][i] * (statistic (kind, ways[k]) - mean);
      V += C * C;
    }
  return V;
}

typedef struct
{
  double p, split, ij_u, ij;
} expectations;

/* What four members say on average, over all 27^4 sequences.  */
static expectations
expect (int kind)
{
  expectations e = { 0 };
  few a = { .B = 4, .n = 3 };

  for (size_t code = 0; code < WAYS * WAYS * WAYS * WAYS; code++)
    {
      double p = 1, V;
      for (size_t b = 0, rest = code; b < 4; b++, rest /= WAYS)
        {
          size_t way = rest % WAYS;
          p *= probability (way);
          memcpy (a.U[b], ways[way], sizeof ways[way]);
          a.t[b] = statistic (kind, ways[way]);
        }
      bd_moments *z = moments_of (&a, 4);
      e.p += p;
      bd_variance_split (z, &V, NULL);
      e.split += p * V;
      bd_variance_ij_u (z, &V, NULL);
      e.ij_u += p * V;
      bd_variance_ij (z, &V);
      e.ij += p * V;
      bd_moments_free (z);
    }
  return e;
}

/* Split halves are right on average, with four members already.  IJ is not,
   nor IJ-U, for two reasons: its covariances have divisor B, and it takes the
   squared deviations of u and t to be independent.  */
START_TEST (unbiased)
{
  expectations e = expect (_i);
  double v, V = truth (_i, &v);

  ck_assert_double_eq_tol (e.p, 1, 1e-13);
  ck_assert_double_eq_tol (e.split, V, 1e-12 * v);
  ck_assert_double_gt (e.ij, 1.02 * V);
  ck_assert_double_gt (fabs (e.ij_u / V - 1), 0.05);
  if (_i == 0) /* the closed form of a linear statistic: V = v */
    ck_assert_double_eq_tol (V, v, 1e-14);
}
END_TEST

/* Nothing is said with fewer than four members, or with weighted ones.  */
START_TEST (too_few)
{
  few a = { .B = 3, .n = 2, .U = { { 1, 1 }, { 2, 0 }, { 0, 2 } } };
  const double u[2] = { 1, 1 }, t = 2;
  double V, se;

  bd_moments *z = moments_of (&a, 3);
  bd_variance_split (z, &V, &se);
  ck_assert_double_nan (V);
  ck_assert_double_nan (se);
  add_one (z, 1, u, &t);
  bd_variance_split (z, &V, &se);
  ck_assert (gsl_finite (V) && gsl_finite (se));
  add_one (z, 0.5, u, &t);
  bd_variance_split (z, &V, &se);
  ck_assert_double_nan (V);
  bd_moments_free (z);
}
END_TEST

#define ROWS 20
#define B 600
#define SEEDS 500

static const char *const limited[] = { "ij_u", "ij_split", "jab_u", "ij_jab" };

/* Estimates of SEEDS bags of B means or medians with their standard errors. */
static void
estimate_all (const bd_fitter_type *f, double V[LENGTH (limited)][SEEDS],
              double se[LENGTH (limited)][SEEDS])
{
  gsl_rng *r = stream (31);
  double *x = normals (r, ROWS);
  gsl_matrix *X = gsl_matrix_calloc (ROWS, 1), *P = gsl_matrix_calloc (1, 1);
  gsl_vector_const_view data = gsl_vector_const_view_array (x, ROWS);
  void *plan = f->plan (NULL, X, &data.vector, P, NULL);
  bd_bag bag = { .fitter = f,
                 .plan = plan,
                 .resample = &bd_resample_bootstrap,
                 .n = ROWS,
                 .m = 1 };
  const bd_moments shape = {
    .n = ROWS, .m = 1, .mc = 1, .self = 1, .apart = true, .split = true
  };

  for (size_t s = 0; s < SEEDS; s++)
    {
      bag.seed = s;
      bd_source source = bd_bag_source (&bag);
      bd_moments *a = bd_moments_like (&shape);
      bd_run (&source, &(bd_run_options){ .members = B, .threads = 1 }, a);
      for (int k = 0; k < LENGTH (limited); k++)
        bd_estimator_find (limited[k])->estimate (a, 1, &V[k][s], &se[k][s]);
      bd_moments_free (a);
    }
  f->free_plan (plan);
  gsl_matrix_free (X);
  gsl_matrix_free (P);
  free (x);
  gsl_rng_free (r);
}

/* 90 % limits hold the mean of the estimates as often as they should: .9 with
   four binomial standard errors, and a little below because the estimates are
   skew and their errors small where they are small themselves.  For the median
   the errors are somewhat too large.  */
START_TEST (limits)
{
  const bd_fitter_type *f = _i ? &stat_median : &stat_mean;
  static double V[LENGTH (limited)][SEEDS], se[LENGTH (limited)][SEEDS];
  double z = gsl_cdf_ugaussian_Pinv (0.95);
  double wide = 4 * sqrt (0.09 / SEEDS);

  estimate_all (f, V, se);
  for (int k = 0; k < LENGTH (limited); k++)
    {
      double mean = mean_of (V[k], SEEDS), inside = 0;
      for (size_t s = 0; s < SEEDS; s++)
        inside += (fabs (V[k][s] - mean) <= z * se[k][s]) / (double)SEEDS;
      ck_assert_msg (inside > 0.88 - wide && inside < (_i ? 0.99 : 0.9 + wide),
                     "%s: %g of the limits", limited[k], inside);
    }
}
END_TEST

#define MANY 200
#define FEW 50

/* Members that have nothing to do with the rows: all estimates are chance
   around 0, of the size stated.  (What is taken for V then is half of that
   chance, which widens the errors a little.)  */
START_TEST (chance_only)
{
  const bd_rows rows = { .n = MANY };
  const bd_moments shape = {
    .n = MANY, .m = 1, .mc = 1, .self = 1, .apart = true, .split = true
  };
  static double V[LENGTH (limited)][SEEDS];
  double square[LENGTH (limited)] = { 0 }, se;
  drawer d = drawer_open (&bd_resample_bootstrap, "", &rows);
  gsl_rng *r = stream (32);

  for (size_t s = 0; s < SEEDS; s++)
    {
      bd_moments *a = bd_moments_like (&shape);
      for (uint64_t b = 0; b < FEW; b++)
        {
          double t = gsl_ran_ugaussian (r);
          add_one (a, 1, draw_weights (&d, s, b), &t);
        }
      for (int k = 0; k < LENGTH (limited); k++)
        {
          bd_estimator_find (limited[k])->estimate (a, 1, &V[k][s], &se);
          square[k] += se * se / SEEDS;
        }
      bd_moments_free (a);
    }
  for (int k = 0; k < LENGTH (limited); k++)
    {
      double sd = sd_of (V[k], SEEDS), ratio = sqrt (square[k]) / sd;
      ck_assert_double_eq_tol (mean_of (V[k], SEEDS), 0,
                               4 * sd / sqrt (SEEDS) + 0.1 * sd);
      ck_assert_msg (ratio > 0.9 && ratio < 1.2, "%s: %g", limited[k], ratio);
    }
  drawer_close (&d);
  gsl_rng_free (r);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("halves");
  TCase *c = tcase_create ("halves");

  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, definition, 0, 3);
  tcase_add_loop_test (c, unbiased, 0, 3);
  tcase_add_test (c, too_few);
  tcase_add_loop_test (c, limits, 0, 2);
  tcase_add_test (c, chance_only);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
