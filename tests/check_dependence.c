/* Rows that depend on each other: row by row the infinitesimal jackknife of
   the mean is far too small, over groups or blocks it is right.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>

#include "tap.h"
#include "tools.h"
#include "variance/estimate.h"

#define ROWS 120
#define SETS 120
#define B 400

/* IJ-U of the mean of X by D, from B members of SEED.  */
static double
estimate (drawer *d, uint64_t seed, const double x[])
{
  const bd_moments shape = { .n = d->s->units, .m = 1, .mc = 1, .self = 1 };
  bd_moments *a = bd_moments_like (&shape);
  double V;

  for (uint64_t b = 0; b < B; b++)
    {
      const double *w = draw_weights (d, seed, b);
      double t = 0;
      for (size_t i = 0; i < ROWS; i++)
        t += w[i] * x[i] / ROWS;
      add_one (a, 1, d->s->u, &t);
    }
  bd_variance_ij_u (a, &V, NULL);
  bd_moments_free (a);
  return V * bd_resample_ij_factor (d->s->type, &d->s->set, &d->s->rows);
}

/* Mean over SETS data sets of the estimate by the scheme NAME, and its
   standard error.  */
static double
average (const char *name, const char *knobs, const bd_rows *rows,
         void (*draw) (gsl_rng *r, double x[]), double *se)
{
  gsl_rng *r = stream (81);
  drawer d = drawer_open (bd_resample_find (name), knobs, rows);
  double x[ROWS], V[SETS];

  for (uint64_t s = 0; s < SETS; s++)
    {
      draw (r, x);
      V[s] = estimate (&d, s, x);
    }
  *se = sd_of (V, SETS) / sqrt (SETS);
  drawer_close (&d);
  gsl_rng_free (r);
  return mean_of (V, SETS);
}

#define GROUPS 20

/* Six rows a group: an effect of variance 1 and noise of variance 1.  */
static void
draw_groups (gsl_rng *r, double x[])
{
  double effect[GROUPS];

  for (size_t g = 0; g < GROUPS; g++)
    effect[g] = gsl_ran_ugaussian (r);
  for (size_t i = 0; i < ROWS; i++)
    x[i] = effect[i % GROUPS] + gsl_ran_ugaussian (r);
}

/* The truth is 1/20 + 1/120.  Over groups: 19/20 of it, like any variance with
   divisor n.  Row by row: the variance of a row, which is 2 less that of the
   mean, / 120.  */
START_TEST (random_groups)
{
  size_t label[ROWS];
  const bd_rows rows = { .n = ROWS, .label = label, .labels = GROUPS };
  double se, truth = 1. / GROUPS + 1. / ROWS, naive = (2 - truth) / ROWS;

  for (size_t i = 0; i < ROWS; i++)
    label[i] = i % GROUPS;
  double V = average ("groups", "", &rows, draw_groups, &se);
  ck_assert_double_lt (se, 0.05 * truth);
  ck_assert_double_eq_tol (V, truth * (1 - 1. / GROUPS), 4 * se);
  V = average ("bootstrap", "", &rows, draw_groups, &se);
  ck_assert_double_eq_tol (V, naive, 4 * se);
  ck_assert_double_lt (V, 0.35 * truth);
}
END_TEST

#define PHI 0.6

static void
draw_ar (gsl_rng *r, double x[])
{
  x[0] = gsl_ran_ugaussian (r);
  for (size_t i = 1; i < ROWS; i++)
    x[i] = PHI * x[i - 1] + sqrt (1 - PHI * PHI) * gsl_ran_ugaussian (r);
}

/* Autocovariance of the process at lag D.  */
static double
lagged (size_t i, size_t k)
{
  return pow (PHI, fabs ((double)i - (double)k));
}

/* Variance of the mean of COUNT rows from FIRST on, round the end, less the
   mean of all: the expectation of a squared block mean.  */
static double
block_square (size_t first, size_t count)
{
  double sum = 0, weight[ROWS];

  for (size_t i = 0; i < ROWS; i++)
    weight[i] = -1. / ROWS;
  for (size_t i = first; i < first + count; i++)
    weight[i % ROWS] += 1 / (double)count;
  for (size_t i = 0; i < ROWS; i++)
    for (size_t k = 0; k < ROWS; k++)
      sum += weight[i] * weight[k] * lagged (i, k);
  return sum;
}

#define LENGTH_OF_BLOCK 12

/* What blocks are to say on average of this process.  */
static double
circular_blocks (void)
{
  double sum = 0;

  for (size_t k = 0; k < ROWS; k++)
    sum += block_square (k, LENGTH_OF_BLOCK) / ROWS;
  return sum * LENGTH_OF_BLOCK / ROWS;
}

/* Autocovariances about the mean of the rows, with the weights of Politis and
   Romano (1994).  */
static double
stationary_blocks (void)
{
  double sum = 0, phi = 1 - 1. / LENGTH_OF_BLOCK, mean = 0, row[ROWS];

  for (size_t i = 0; i < ROWS; i++)
    {
      row[i] = 0;
      for (size_t k = 0; k < ROWS; k++)
        row[i] += lagged (i, k) / ROWS;
      mean += row[i] / ROWS;
    }
  for (size_t i = 0; i < ROWS; i++)
    for (size_t k = 0; k < ROWS; k++)
      {
        double d = (double)((k + ROWS - i) % ROWS), share = d / ROWS;
        double b = i == k ? 1
                          : (1 - share) * pow (phi, d)
                                + share * pow (phi, ROWS - d);
        sum += b * (lagged (i, k) - row[i] - row[k] + mean);
      }
  return sum / (ROWS * ROWS);
}

static const struct
{
  const char *name;
  double (*want) (void);
} kinds[]
    = { { "circular", circular_blocks }, { "stationary", stationary_blocks } };

/* Blocks say what they should, which is two thirds of the truth and more with
   blocks of a tenth of the rows; row by row it is a quarter.  */
START_TEST (autoregression)
{
  const bd_rows rows = { .n = ROWS };
  double se, want = kinds[_i].want (), truth = 0;

  for (size_t i = 0; i < ROWS; i++)
    for (size_t k = 0; k < ROWS; k++)
      truth += lagged (i, k) / (ROWS * ROWS);
  double V = average (kinds[_i].name, "length=12", &rows, draw_ar, &se);
  ck_assert_double_lt (se, 0.05 * truth);
  ck_assert_double_eq_tol (V, want, 4 * se);
  ck_assert (V > 0.6 * truth && V < truth);
  V = average ("bootstrap", "", &rows, draw_ar, &se);
  ck_assert_double_eq_tol (V, (1 - truth) / ROWS, 4 * se);
  ck_assert_double_lt (V, 0.3 * truth);
}
END_TEST

/* Units of stationary blocks: mean squares 1, and nothing between a row and
   others (5 standard errors).  */
START_TEST (innovations)
{
  const bd_rows rows = { .n = 30 };
  drawer d = drawer_open (bd_resample_find ("stationary"), "length=4", &rows);
  const size_t draws = 40000;
  double square = 0, lag[3] = { 0 };
  const double scale = 1 / (30. * (double)draws);

  ck_assert_uint_eq (d.s->units, 30);
  for (uint64_t b = 0; b < draws; b++)
    {
      draw_weights (&d, 1, b);
      double mean = mean_of (d.s->u, 30);
      for (size_t i = 0; i < 30; i++)
        {
          double u = d.s->u[i] - mean;
          square += u * u * scale;
          for (size_t k = 0; k < 3; k++)
            lag[k] += u * (d.s->u[(i + k + 1) % 30] - mean) * scale;
        }
    }
  /* The sum of the units is always the same, which takes 1/30 away.  */
  ck_assert_double_eq_tol (square, 1 - 1. / 30, 0.006);
  for (size_t k = 0; k < 3; k++)
    ck_assert_double_eq_tol (lag[k], -1. / 30, 0.005);
  drawer_close (&d);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("dependence");
  TCase *c = tcase_create ("dependence");

  tcase_set_timeout (c, 60);
  tcase_add_test (c, random_groups);
  tcase_add_loop_test (c, autoregression, 0, LENGTH (kinds));
  tcase_add_test (c, innovations);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
