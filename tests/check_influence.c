/* Contributions of units against closed forms and simulation.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "ensemble/resample.h"
#include "tap.h"
#include "tools.h"
#include "variance/estimate.h"
#include "variance/influence.h"

#define FEW 5      /* rows that are enumerated */
#define ROWS 20    /* rows of the simulation */
#define MEMBERS 60 /* and its members */
#define RUNS 3000
#define POINTS 3

/* All bootstrap samples of FEW rows; t_j is the mean of x_j, squares of
   numbers for the second.  */
static bd_moments *
all_bags (const double x[2][FEW])
{
  const bd_rows rows = { .n = FEW };
  const bd_moments shape
      = { .n = FEW, .m = 2, .mc = 2, .self = 2, .whole = true };
  bd_moments *a = bd_moments_like (&shape);
  drawer d = drawer_open (&bd_resample_exact, "", &rows);
  uint64_t members = bd_resample_exact.members (NULL, &rows);

  for (uint64_t b = 0; b < members; b++)
    {
      const double *w = draw_weights (&d, 1, b);
      double t[2] = { 0 };
      for (size_t i = 0; i < FEW; i++)
        for (size_t j = 0; j < 2; j++)
          t[j] += w[i] * x[j][i] / FEW;
      add_one (a, d.s->p, w, t);
    }
  drawer_close (&d);
  return a;
}

/* Of a mean each row carries (x - mean)^2 / n^2, and the covariance of two
   means is the sum of products.  */
START_TEST (means_enumerated)
{
  static const double x[2][FEW] = { { 1, 2, 4, 8, -3 }, { 0, 1, 5, -2, 2.5 } };
  bd_moments *a = all_bags (x);
  bd_influence *f = bd_influence_of_bags (a, 1);
  double mean[2] = { mean_of (x[0], FEW), mean_of (x[1], FEW) };
  double K[4], want[4] = { 0 };
  bd_parts both, one;

  ck_assert_int_eq (bd_parts_fill (&both, f, 0, 2), 0);
  ck_assert_int_eq (bd_parts_fill (&one, f, 1, 1), 0);
  bd_influence_covariance (f, K);
  for (size_t i = 0; i < FEW; i++)
    {
      double d[2] = { (x[0][i] - mean[0]) / FEW, (x[1][i] - mean[1]) / FEW };
      double half = (d[0] * d[0] + d[1] * d[1]) / 2;
      ck_assert_double_eq_tol (both.part[i], half, 1e-13);
      ck_assert_double_eq_tol (one.part[i], d[1] * d[1], 1e-13);
      ck_assert_double_eq (both.error[i], 0);
      for (size_t k = 0; k < 4; k++)
        want[k] += d[k / 2] * d[k % 2];
    }
  ck_assert_double_eq_tol (both.total, (want[0] + want[3]) / 2, 1e-13);
  for (size_t k = 0; k < 4; k++)
    ck_assert_double_eq_tol (K[k], want[k], 1e-13);
  bd_parts_free (&both);
  bd_parts_free (&one);
  bd_influence_free (f);
  bd_moments_free (a);
}
END_TEST

/* t = a u1 + b u2 + c u1 u2, u kept with probability p, and a unit that never
   varies: the linear parts are p (1 - p) (a + c p)^2 and so on; what is left
   of the variance is the product's, (c p (1 - p))^2.  */
START_TEST (masks_enumerated)
{
  const double p = 0.7, a = 2, b = -1, c = 1.5, s = p * (1 - p);
  const bd_moments shape
      = { .n = 3, .m = 1, .mc = 1, .self = 1, .whole = true };
  bd_moments *all = bd_moments_like (&shape);

  for (int k = 0; k < 4; k++)
    {
      double u[3] = { k & 1, k >> 1, 1 };
      double t = a * u[0] + b * u[1] + c * u[0] * u[1];
      add_one (all, (k & 1 ? p : 1 - p) * (k >> 1 ? p : 1 - p), u, &t);
    }
  bd_influence *f = bd_influence_of_masks (all);
  bd_parts parts;
  ck_assert_int_eq (bd_parts_fill (&parts, f, 0, 1), 0);
  ck_assert_double_eq_tol (parts.part[0], s * gsl_pow_2 (a + c * p), 1e-14);
  ck_assert_double_eq_tol (parts.part[1], s * gsl_pow_2 (b + c * p), 1e-14);
  ck_assert_double_eq (parts.part[2], 0);
  ck_assert_double_eq_tol (all->t2[0] / all->p - parts.total,
                           gsl_pow_2 (c * s), 1e-14);
  bd_parts_free (&parts);
  bd_influence_free (f);
  bd_moments_free (all);
}
END_TEST

/* MEMBERS resamples of run RUN; t are means of the columns of X.  */
static void
sampled (bd_moments *a, drawer *d, uint64_t run, double *const x[POINTS])
{
  bd_moments *block = bd_moments_like (a);
  double p[BD_BLOCK], U[BD_BLOCK][ROWS], T[BD_BLOCK][POINTS] = { { 0 } };

  ck_assert_int_le (MEMBERS, BD_BLOCK);
  for (uint64_t b = 0; b < MEMBERS; b++)
    {
      p[b] = 1;
      memcpy (U[b], draw_weights (d, run, b), sizeof U[b]);
      for (size_t i = 0; i < ROWS; i++)
        for (size_t j = 0; j < POINTS; j++)
          T[b][j] += U[b][i] * x[j][i] / ROWS;
    }
  bd_moments_block (block, MEMBERS, p, U[0], T[0]);
  bd_moments_reset (a);
  bd_moments_merge (a, block);
  bd_moments_free (block);
}

typedef struct
{
  double sum[ROWS], squares[ROWS], stated[ROWS], truth[ROWS];
} seen;

static void
simulate (seen *to, double *const x[POINTS], size_t count)
{
  const bd_rows rows = { .n = ROWS };
  bd_moments *a = bd_moments_alloc (ROWS, POINTS, POINTS, POINTS);
  drawer d = drawer_open (&bd_resample_bootstrap, "", &rows);

  *to = (seen){ .sum = { 0 } };
  for (size_t i = 0; i < ROWS; i++)
    for (size_t j = 0; j < count; j++)
      to->truth[i] += gsl_pow_2 ((x[j][i] - mean_of (x[j], ROWS)) / ROWS)
                      / (double)count;
  for (uint64_t run = 0; run < RUNS; run++)
    {
      bd_parts parts;
      sampled (a, &d, run, x);
      bd_influence *f = bd_influence_of_bags (a, 1);
      ck_assert_int_eq (bd_parts_fill (&parts, f, 0, count), 0);
      for (size_t i = 0; i < ROWS; i++)
        {
          to->sum[i] += parts.part[i] / RUNS;
          to->squares[i] += gsl_pow_2 (parts.part[i]) / RUNS;
          to->stated[i] += gsl_pow_2 (parts.error[i]) / RUNS;
        }
      bd_parts_free (&parts);
      bd_influence_free (f);
    }
  drawer_close (&d);
  bd_moments_free (a);
}

/* The first half of the rows says nothing: they are at the mean.  */
static double *
half_silent (gsl_rng *r)
{
  double *x = normals (r, ROWS), mean = mean_of (x + ROWS / 2, ROWS / 2);

  for (size_t i = 0; i < ROWS; i++)
    x[i] = i < ROWS / 2 ? 0 : x[i] - mean;
  return x;
}

/* Each part is unbiased to order 1 / B, and its stated error is the one that
   is seen, for one point, for two whose members are independent, and for
   three of which two are nearly the same (a little less: the formula leaves
   out C^4 / B).  Where there is nothing but chance
   it is sqrt (1 + 4 phi (1)) = 1.40 of that, because what is left above chance
   counts when it is positive.  */
START_TEST (parts_in_simulation)
{
  gsl_rng *r = stream (1);
  double *x[POINTS], error[2] = { 0 }, stated[2] = { 0 };
  seen a;

  for (size_t j = 0; j < POINTS; j++)
    x[j] = half_silent (r);
  for (size_t i = 0; i < ROWS; i++)
    x[2][i] = x[0][i] + 0.1 * x[1][i];
  simulate (&a, x, (size_t)_i + 1);
  for (size_t i = 0; i < ROWS; i++)
    {
      double v = a.squares[i] - gsl_pow_2 (a.sum[i]);
      ck_assert_double_eq_tol (a.sum[i], a.truth[i],
                               5 * sqrt (v / RUNS) + 2 * a.truth[i] / MEMBERS);
      error[i < ROWS / 2] += v;
      stated[i < ROWS / 2] += a.stated[i];
    }
  ck_assert_double_eq_tol (sqrt (stated[0] / error[0]), 0.93, 0.1);
  ck_assert_double_eq_tol (sqrt (stated[1] / error[1]), 1.40, 0.1);
  for (size_t j = 0; j < POINTS; j++)
    free (x[j]);
  gsl_rng_free (r);
}
END_TEST

/* One point: 4 V (v) / B + 2 (v / B)^2 with v the variances of unit and
   member multiplied, and V not below 0.  */
static void
check_errors (const bd_moments *a, const bd_influence *f, double factor)
{
  bd_parts one;

  ck_assert_int_eq (bd_parts_fill (&one, f, 0, 1), 0);
  for (size_t i = 0; i < ROWS; i++)
    {
      double v = factor * a->u2[i] * a->t2[0] / MEMBERS / MEMBERS;
      double V = GSL_MAX (one.part[i], 0);
      double want = 4 * V * v / MEMBERS + 2 * v * v / MEMBERS / MEMBERS;
      ck_assert_double_eq_tol (gsl_pow_2 (one.error[i]), want, 1e-12 * want);
    }
  bd_parts_free (&one);
}

/* The parts are those of the IJ-U, the covariance has it on its diagonal, and
   orders are orders.  */
START_TEST (sums)
{
  gsl_rng *r = stream (2);
  const bd_rows rows = { .n = ROWS };
  bd_moments *a = bd_moments_alloc (ROWS, POINTS, POINTS, POINTS);
  drawer d = drawer_open (&bd_resample_bootstrap, "", &rows);
  double *x[POINTS], V[POINTS], K[POINTS * POINTS], factor = 1.7;
  size_t order[ROWS];
  bd_parts parts;

  for (size_t j = 0; j < POINTS; j++)
    x[j] = normals (r, ROWS);
  sampled (a, &d, 1, x);
  bd_variance_ij_u (a, V, NULL);
  bd_influence *f = bd_influence_of_bags (a, factor);
  ck_assert_int_eq (bd_parts_fill (&parts, f, 0, POINTS), 0);
  ck_assert_double_eq_tol (parts.total, factor * mean_of (V, POINTS), 1e-15);
  check_errors (a, f, factor);
  bd_influence_covariance (f, K);
  for (size_t j = 0; j < POINTS; j++)
    ck_assert_double_eq_tol (K[j * POINTS + j], factor * V[j], 1e-15);
  ck_assert_double_eq_tol (K[1], K[POINTS], 1e-16);
  ck_assert_int_eq (bd_parts_order (&parts, order), 0);
  for (size_t i = 1; i < ROWS; i++)
    ck_assert_double_ge (parts.part[order[i - 1]], parts.part[order[i]]);
  ck_assert_double_eq_tol (bd_parts_share (&parts, 3) * parts.total,
                           parts.part[3], 1e-15);
  parts.total = -parts.total;
  ck_assert_double_nan (bd_parts_share (&parts, 3));
  bd_parts_free (&parts);
  bd_influence_free (f);
  for (size_t j = 0; j < POINTS; j++)
    free (x[j]);
  drawer_close (&d);
  bd_moments_free (a);
  gsl_rng_free (r);
}
END_TEST

/* One member, or a scheme without a factor, tells nothing.  */
START_TEST (not_known)
{
  bd_moments *a = bd_moments_alloc (2, 1, 1, 1);
  const double u[2] = { 1, 2 }, t = 1;

  for (int k = 0; k < 2; k++)
    {
      add_one (a, 1, u, &t);
      bd_influence *f = bd_influence_of_bags (a, k ? GSL_NAN : 1);
      bd_parts parts;
      ck_assert_int_eq (bd_parts_fill (&parts, f, 0, 1), 0);
      ck_assert_double_nan (parts.part[1]);
      ck_assert_double_nan (parts.error[1]);
      ck_assert_double_nan (parts.total);
      ck_assert_double_nan (bd_parts_share (&parts, 0));
      bd_parts_free (&parts);
      bd_influence_free (f);
    }
  bd_moments_free (a);
}
END_TEST

/* A factor of 0, that of a bootstrap of one row, is no mask.  */
START_TEST (factor_of_none)
{
  bd_moments *a = bd_moments_alloc (2, 1, 1, 1);
  const double u[2][2] = { { 1, 2 }, { 2, 1 } }, t[2] = { 1, 3 };

  for (size_t b = 0; b < 2; b++)
    add_one (a, 1, u[b], &t[b]);
  bd_influence *f = bd_influence_of_bags (a, 0);
  ck_assert_double_eq (f->L[0], 0);
  ck_assert_double_eq (f->L[1], 0);
  bd_influence_free (f);
  bd_moments_free (a);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("influence");
  TCase *c = tcase_create ("influence");

  tcase_add_test (c, means_enumerated);
  tcase_add_test (c, masks_enumerated);
  tcase_add_loop_test (c, parts_in_simulation, 0, POINTS);
  tcase_add_test (c, sums);
  tcase_add_test (c, not_known);
  tcase_add_test (c, factor_of_none);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
