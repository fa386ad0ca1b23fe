/* Bags whose weights or variances are known in closed form: nearest neighbour,
   an indicator at its split, rows that no bag leaves out.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_gamma.h>
#include <stdlib.h>

#include "ensemble/resample.h"
#include "tap.h"
#include "tools.h"
#include "variance/estimate.h"

#define NEAR_ROWS 7

/* Bagged nearest neighbour, all resamples of seven rows in order of distance.
   The weight of row k is the chance that rows 1 .. k - 1 are out and k is in;
   cov (N_i, [k is nearest]) follows from the same chances.  With many rows the
   weights are (1 - 1/e) e^-(k-1), with sum of squares .4621.  */
START_TEST (nearest_neighbour)
{
  const bd_rows rows = { .n = NEAR_ROWS };
  drawer d = drawer_open (&bd_resample_exact, "", &rows);
  const bd_moments shape = { .n = NEAR_ROWS,
                             .m = NEAR_ROWS,
                             .mc = NEAR_ROWS,
                             .self = NEAR_ROWS,
                             .whole = true };
  bd_moments *a = bd_moments_like (&shape);
  double V[NEAR_ROWS], n = NEAR_ROWS;

  for (uint64_t b = 0; b < 1716; b++)
    {
      double t[NEAR_ROWS] = { 0 };
      const double *w = draw_weights (&d, 1, b);
      size_t k = 0;
      while (w[k] == 0)
        k++;
      t[k] = 1;
      add_one (a, d.s->p, w, t);
    }
  bd_variance_ij (a, V);
  for (size_t k = 0; k < NEAR_ROWS; k++)
    {
      double out = (double)k / n, in = ((double)k + 1) / n;
      double w = pow (1 - out, n) - pow (1 - in, n), sum = (double)k * w * w;
      double later = pow (1 - out, n - 1) - pow (1 - in, n - 1) - w;
      sum += gsl_pow_2 (pow (1 - out, n - 1) - w)
             + (n - 1 - (double)k) * later * later;
      ck_assert_double_eq_tol (a->t[k], w, 1e-13);
      ck_assert_double_eq_tol (V[k], sum, 1e-13);
    }
  bd_moments_free (a);
  drawer_close (&d);
}
END_TEST

/* The same weights of many rows, by drawing.  */
START_TEST (nearest_of_many)
{
  const bd_rows rows = { .n = 400 };
  drawer d = drawer_open (&bd_resample_bootstrap, "", &rows);
  double weight[400] = { 0 }, squares = 0;
  const uint64_t draws = 100000;

  for (uint64_t b = 0; b < draws; b++)
    {
      const double *w = draw_weights (&d, 1, b);
      size_t k = 0;
      while (w[k] == 0)
        k++;
      weight[k] += 1 / (double)draws;
    }
  for (size_t k = 0; k < 400; k++)
    squares += weight[k] * weight[k];
  /* sd of the sum: 2 sqrt (var of w_k / draws) = .0017 */
  ck_assert_double_eq_tol (squares, 0.4621, 4 * 0.0017);
  drawer_close (&d);
}
END_TEST

#define SETS 4000
#define BAGS 40

/* Is the mean of a normal sample below 0?  A single sample's answer has
   variance 1/4; bagged, Phi (Z) is uniform: 1/12, and 1/(6B) from B members.
   (P. Buehlmann, B. Yu, 2002.)  */
START_TEST (indicator)
{
  const bd_rows rows = { .n = 25 };
  drawer d = drawer_open (&bd_resample_bootstrap, "", &rows);
  gsl_rng *r = stream (41);
  double *T = malloc (SETS * sizeof *T), *single = malloc (SETS * sizeof *T);

  for (uint64_t s = 0; s < SETS; s++)
    {
      double *x = normals (r, 25);
      bd_moments *a = bd_moments_alloc (25, 1, 0, 1);
      for (uint64_t b = 0; b < BAGS; b++)
        {
          const double *w = draw_weights (&d, s, b);
          double sum = 0;
          for (size_t i = 0; i < 25; i++)
            sum += w[i] * x[i];
          double t = sum <= 0;
          add_one (a, 1, w, &t);
        }
      T[s] = a->t[0];
      single[s] = mean_of (x, 25) <= 0;
      bd_moments_free (a);
      free (x);
    }
  /* Variance of a squared uniform deviation: 1/80 - 1/144.  25 rows have
     tails a little longer than normal ones: .002.  */
  ck_assert_double_eq_tol (gsl_pow_2 (sd_of (single, SETS)), 0.25, 0.005);
  ck_assert_double_eq_tol (gsl_pow_2 (sd_of (T, SETS)),
                           1. / 12 + 1. / (6 * BAGS),
                           4 * sqrt (0.0056 / SETS) + 0.002);
  free (T);
  free (single);
  gsl_rng_free (r);
  drawer_close (&d);
}
END_TEST

#define LEFT 20
#define RUNS 4000

/* Chance that COUNT given rows are all in a bag.  */
static double
all_in (unsigned count)
{
  double sum = 0;

  for (unsigned k = 0; k <= count; k++)
    sum += (k % 2 ? -1 : 1) * gsl_sf_choose (count, k)
           * pow (1 - (double)k / LEFT, LEFT);
  return sum;
}

/* Chance that every row is out of some of BAGS, by inclusion and exclusion of
   the rows that are in all.  Taking rows to be independent, (1 - a^B)^n with a
   = 1 - (1 - 1/n)^n, is .024 too high for 5 bags of 20 rows and nearly right
   for 14.  */
static double
all_out (double bags)
{
  double sum = 0;

  for (unsigned s = 0; s <= LEFT; s++)
    sum += (s % 2 ? -1 : 1) * gsl_sf_choose (LEFT, s) * pow (all_in (s), bags);
  return sum;
}

START_TEST (all_left_out)
{
  const bd_rows rows = { .n = LEFT };
  drawer d = drawer_open (&bd_resample_bootstrap, "", &rows);
  const uint64_t bags = 5 + 3 * (uint64_t)_i;
  double a = 1 - pow (1 - 1. / LEFT, LEFT), seen = 0;
  double want = all_out ((double)bags);

  ck_assert_double_eq_tol (pow (1 - pow (a, (double)bags), LEFT), want,
                           bags < 14 ? 0.025 : 0.001);

  for (uint64_t s = 0; s < RUNS; s++)
    {
      bd_moments *z = bd_moments_alloc (LEFT, 1, 1, 1);
      const double t = 0;
      for (uint64_t b = 0; b < bags; b++)
        add_one (z, 1, draw_weights (&d, s, b), &t);
      double least = GSL_POSINF;
      for (size_t i = 0; i < LEFT; i++)
        least = GSL_MIN (least, z->out_p[i]);
      seen += (least > 0) / (double)RUNS;
      bd_moments_free (z);
    }
  ck_assert_double_eq_tol (seen, want, 4 * sqrt (want * (1 - want) / RUNS));
  drawer_close (&d);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("known bags");
  TCase *c = tcase_create ("known bags");

  tcase_set_timeout (c, 60);
  tcase_add_test (c, nearest_neighbour);
  tcase_add_test (c, nearest_of_many);
  tcase_add_test (c, indicator);
  tcase_add_loop_test (c, all_left_out, 0, 4);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
