/* Little bags: by enumeration, by simulation, and what is drawn.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "ensemble/run.h"
#include "ensemble/source.h"
#include "stat_tools.h"
#include "tap.h"
#include "tools.h"
#include "variance/estimate.h"
#include "variance/estimator.h"

/* Halves of four rows, and the three ways to draw two of two.  */
static const int halves[6][2]
    = { { 0, 1 }, { 0, 2 }, { 0, 3 }, { 1, 2 }, { 1, 3 }, { 2, 3 } };
static const double chance[3] = { 0.25, 0.5, 0.25 };
static const double y[4] = { 0.2, 1, 1.7, 5 };

/* Mean or maximum of the two rows of HALF drawn in WAY.  */
static double
member (int kind, int half, int way)
{
  double a = y[halves[half][0]], b = y[halves[half][1]];
  double first = way < 2 ? a : b, second = way < 1 ? a : b;

  return kind ? GSL_MAX (first, second) : (first + second) / 2;
}

/* Variance over the halves of what their members are on average.  */
static double
truth (int kind)
{
  double mean[6] = { 0 };

  for (int h = 0; h < 6; h++)
    for (int w = 0; w < 3; w++)
      mean[h] += chance[w] * member (kind, h, w);
  return gsl_pow_2 (sd_of (mean, 6));
}

/* Two bags of two members: all that can happen.  */
START_TEST (enumerated)
{
  const bd_moments shape = { .n = 1, .m = 1, .mc = 1, .self = 1, .little = 2 };
  bd_moments *a = bd_moments_like (&shape);
  double sum = 0, all = 0;

  for (int code = 0; code < 6 * 6 * 81; code++)
    {
      double p[4] = { 1, 1, 1, 1 }, U[4] = { 0 }, T[4], V, of = 1. / 36;
      int half[2] = { code % 6, code / 6 % 6 };
      for (int b = 0, rest = code / 36; b < 4; b++, rest /= 3)
        {
          T[b] = member (_i, half[b / 2], rest % 3);
          of *= chance[rest % 3];
        }
      bd_moments_block (a, 4, p, U, T);
      bd_variance_little (a, &V, NULL);
      sum += of * V;
      all += of;
    }
  ck_assert_double_eq_tol (all, 1, 1e-13);
  ck_assert_double_eq_tol (sum, truth (_i), 1e-13);
  if (_i == 0) /* s^2 / n of the four */
    ck_assert_double_eq_tol (sum, gsl_pow_2 (sd_of (y, 4)) / 3, 1e-13);
  bd_moments_free (a);
}
END_TEST

#define ROWS 21
#define SEEDS 600
#define MEMBERS 512

static const struct
{
  const char *knobs;
  size_t bag;
  double shared;
} kinds[] = { { "", 4, 10 },
              { "bag=2", 2, 10 },
              { "bag=16", 16, 10 },
              { "bag=8,fraction=0.3", 8, 6 } };

/* The mean: s^2 / n whatever the bags and the part that they share, and as far
   off as stated, or up to 16 % less: means of parts of 21 rows have shorter
   tails than normal ones.  */
START_TEST (mean_in_simulation)
{
  gsl_rng *r = stream (51);
  double *x = normals (r, ROWS), V[SEEDS], square = 0, inside = 0;
  double want = gsl_pow_2 (sd_of (x, ROWS)) / (ROWS - 1);
  const bd_resample_type *type = bd_resample_find ("little");
  const bd_rows rows = { .n = ROWS };
  gsl_matrix *X = gsl_matrix_calloc (ROWS, 1), *P = gsl_matrix_calloc (1, 1);
  gsl_vector_const_view data = gsl_vector_const_view_array (x, ROWS);
  void *plan = stat_mean.plan (NULL, X, &data.vector, P, NULL);
  bd_settings set;

  bd_knob_parse (type->knobs, kinds[_i].knobs, &set, NULL);
  ck_assert_uint_eq (bd_resample_little_bag (type, &set), kinds[_i].bag);
  double factor = bd_resample_little_factor (type, &set, &rows);
  ck_assert_double_eq_tol (
      factor, kinds[_i].shared / (ROWS - kinds[_i].shared), 1e-14);
  ck_assert_double_nan (bd_resample_ij_factor (type, &set, &rows));
  for (uint64_t s = 0; s < SEEDS; s++)
    {
      const bd_bag bag = { .fitter = &stat_mean,
                           .plan = plan,
                           .resample = type,
                           .n = ROWS,
                           .m = 1,
                           .seed = s,
                           .scheme = &set };
      bd_source source = bd_bag_source (&bag);
      bd_moments *a = bd_moments_like (&(bd_moments){
          .n = ROWS, .m = 1, .mc = 1, .self = 1, .little = kinds[_i].bag });
      double se;
      bd_run (&source, &(bd_run_options){ .members = MEMBERS, .threads = 1 },
              a);
      bd_estimator_find ("little")->estimate (a, factor, &V[s], &se);
      square += se * se / SEEDS;
      inside += (fabs (V[s] - want) < 1.6449 * se) / (double)SEEDS;
      bd_moments_free (a);
    }
  double sd = sd_of (V, SEEDS);
  ck_assert_double_eq_tol (mean_of (V, SEEDS), want, 4 * sd / sqrt (SEEDS));
  ck_assert_double_eq_tol (sqrt (square) / sd, 1.05, 0.13);
  ck_assert (inside > 0.83 && inside < 0.95);
  stat_mean.free_plan (plan);
  gsl_matrix_free (X);
  gsl_matrix_free (P);
  free (x);
  gsl_rng_free (r);
}
END_TEST

#define DRAWS 20000

/* Members of a bag hold rows of one half only; halves and members differ, and
   every row and pair is in as often as it should be.  */
START_TEST (shared_rows)
{
  const bd_rows rows = { .n = 10 };
  drawer d = drawer_open (bd_resample_find ("little"), "bag=8", &rows);
  double in[10] = { 0 }, pair = 0, weight[10] = { 0 }, square = 0;

  for (uint64_t bag = 0; bag < DRAWS; bag++)
    {
      double sum[10] = { 0 }, held = 0, first[10];
      for (uint64_t b = 8 * bag; b < 8 * bag + 8; b++)
        {
          const double *w = draw_weights (&d, 1, b);
          ck_assert_double_eq (mean_of (w, 10), 0.5);
          for (size_t i = 0; i < 10; i++)
            sum[i] += w[i];
          if (b % 8 == 0)
            memcpy (first, w, sizeof first);
        }
      for (size_t i = 0; i < 10; i++)
        {
          held += sum[i] > 0;
          in[i] += (sum[i] > 0) / (double)DRAWS;
          weight[i] += first[i] / DRAWS;
        }
      ck_assert_double_le (held, 5);
      pair += (sum[bag % 10] > 0 && sum[(bag + 3) % 10] > 0) / (double)DRAWS;
      square += gsl_pow_2 (first[bag % 10]) / DRAWS;
    }
  /* A row of the half is in no member with chance .8^40.  */
  for (size_t i = 0; i < 10; i++)
    {
      ck_assert_double_eq_tol (in[i], 0.5, 5 * 0.5 / sqrt (DRAWS) + 2e-4);
      ck_assert_double_eq_tol (weight[i], 0.5, 5 / sqrt (DRAWS));
    }
  ck_assert_double_eq_tol (pair, 0.5 * 4 / 9, 5 * 0.42 / sqrt (DRAWS) + 4e-4);
  /* Given that it is in the half, a row has a binomial (5, 1/5) weight: its
     mean square is 1.8.  */
  ck_assert_double_eq_tol (square, 0.9, 5 * 2 / sqrt (DRAWS));
  drawer_close (&d);
}
END_TEST

/* A failed member takes its bag along; a bag that is not full waits for no
   one; one bag says nothing.  */
START_TEST (failed_and_short)
{
  const bd_moments shape = { .n = 1, .m = 1, .mc = 1, .self = 1, .little = 4 };
  bd_moments *a = bd_moments_like (&shape), *b = bd_moments_like (&shape);
  double p[14], U[14] = { 0 }, T[14], V, se;
  const double first[] = { 1, 2, 3, 6 }, third[] = { 4, 4, 8, 0 };

  for (int k = 0; k < 14; k++)
    {
      p[k] = k == 6 ? GSL_NAN : 1;
      T[k] = k < 4 ? first[k] : k < 8 ? 1e6 : k < 12 ? third[k - 8] : -1e6;
    }
  bd_moments_block (a, 14, p, U, T);
  ck_assert_uint_eq (a->bags, 2);
  ck_assert_uint_eq (a->failed, 1);
  ck_assert_double_eq_tol (a->bag_t[0], 3.5, 1e-14);
  ck_assert_double_eq_tol (a->bag_t2[0], 0.5, 1e-14);
  ck_assert_double_eq_tol (a->bag_within[0], 14 + 32, 1e-12);
  bd_variance_little (a, &V, &se);
  ck_assert_double_eq_tol (V, 0.5 - 46. / 24, 1e-13);
  ck_assert_double_gt (se, 0);
  bd_moments_merge (b, a);
  same_bits (a, b);
  bd_moments_block (b, 4, p, U, T);
  bd_variance_little (b, &V, &se);
  ck_assert_double_nan (V);
  ck_assert_double_nan (se);
  bd_moments_free (a);
  bd_moments_free (b);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("little");
  TCase *c = tcase_create ("little");

  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, enumerated, 0, 2);
  tcase_add_loop_test (c, mean_in_simulation, 0, LENGTH (kinds));
  tcase_add_test (c, shared_rows);
  tcase_add_test (c, failed_and_short);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
