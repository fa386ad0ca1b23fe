#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fitter/basis.h"
#include "fitter/fitter.h"
#include "tap.h"
#include "tools.h"

#define ROWS 50

/* A basis over random inputs on (-3, 3) and random coefficients.  */
typedef struct
{
  bd_basis b;
  double c[BD_BASIS_KNOTS + 4];
} spline;

static spline
random_spline (uint64_t index, size_t inner)
{
  gsl_rng *r = stream (index);
  double x[ROWS];
  spline s;

  for (size_t i = 0; i < ROWS; i++)
    x[i] = gsl_ran_flat (r, -3, 3);
  ck_assert_int_eq (bd_basis_init (&s.b, x, 1, ROWS, inner), GSL_SUCCESS);
  for (size_t k = 0; k < s.b.p; k++)
    s.c[k] = gsl_ran_ugaussian (r);
  gsl_rng_free (r);
  return s;
}

static double
value (const spline *s, double x)
{
  double row[BD_BASIS_KNOTS + 4], sum = 0;

  bd_basis_row (&s->b, x, row);
  for (size_t k = 0; k < s->b.p; k++)
    sum += row[k] * s->c[k];
  return sum;
}

static const size_t knots[] = { 1, 2, 5, 20, 25 };

START_TEST (sums_to_one)
{
  spline s = random_spline (1, knots[_i]);

  ck_assert_uint_eq (s.b.p, knots[_i] + 4);
  for (double x = -9; x < 9; x += 0.013)
    {
      double row[BD_BASIS_KNOTS + 4], sum = 0;
      bd_basis_row (&s.b, x, row);
      for (size_t k = 0; k < s.b.p; k++)
        {
          double z = (x - s.b.lo) / s.b.scale;
          ck_assert (z < 0 || z > 1 || (row[k] >= 0 && row[k] <= 1));
          sum += row[k];
        }
      ck_assert_double_eq_tol (sum, 1, 1e-12);
    }
}
END_TEST

/* Value, slope and curvature go on across every inner knot; the rows of a
   clamped basis end in 1.  */
START_TEST (smooth)
{
  spline s = random_spline (2, knots[_i]);
  const double h = 1e-4;

  for (size_t k = 1; k <= s.b.inner; k++)
    {
      double x = s.b.lo + s.b.scale * s.b.knot[3 + k];
      double f = value (&s, x), left = value (&s, x - h);
      double right = value (&s, x + h);
      ck_assert_double_eq_tol (value (&s, x - 1e-13), f, 1e-9);
      ck_assert_double_eq_tol ((right - f) / h, (f - left) / h,
                               1e-4 * pow ((double)s.b.inner + 2, 4));
    }
  ck_assert_double_eq_tol (value (&s, s.b.lo), s.c[0], 1e-12);
  ck_assert_double_eq_tol (value (&s, s.b.lo + s.b.scale), s.c[s.b.p - 1],
                           1e-12);
}
END_TEST

/* Straight on with the slope of the end.  */
START_TEST (linear_outside)
{
  spline s = random_spline (3, knots[_i]);
  const double h = 1e-6, ends[] = { s.b.lo, s.b.lo + s.b.scale };

  for (int side = 0; side < 2; side++)
    {
      double x = ends[side], out = side ? 1 : -1, f = value (&s, x);
      double slope = (value (&s, x - out * h) - f) / (-out * h);
      double beyond = (value (&s, x + out * 5) - f) / (out * 5);
      ck_assert_double_eq_tol (beyond, slope, 1e-3 * (1 + fabs (slope)));
      for (double far = 0.1; far < 1e4; far *= 3)
        ck_assert_double_eq_tol ((value (&s, x + out * far) - f) / (out * far),
                                 beyond, 1e-9 * (1 + fabs (beyond)));
    }
}
END_TEST

typedef struct
{
  const spline *s;
  double h;
} curve;

/* f''(z)^2 by a second difference, exact for a cubic.  */
static double
roughness (double z, void *params)
{
  const curve *c = params;
  const bd_basis *b = &c->s->b;
  double x = b->lo + b->scale * z, h = b->scale * c->h;

  return gsl_pow_2 (
      (value (c->s, x + h) - 2 * value (c->s, x) + value (c->s, x - h))
      / (c->h * c->h));
}

/* c'Pc = int f''(z)^2 dz, Gauss's rule with 3 points between knots: it is
   exact there, and its points keep off the knots.  */
START_TEST (penalty)
{
  spline s = random_spline (4, knots[_i]);
  gsl_matrix *P = gsl_matrix_calloc (s.b.p + 2, s.b.p + 2);
  gsl_integration_glfixed_table *rule
      = gsl_integration_glfixed_table_alloc (3);
  double got = 0, want = 0;

  bd_basis_penalty (&s.b, P, 2);
  for (size_t k = 0; k <= s.b.inner; k++)
    {
      double lo = s.b.knot[3 + k], hi = s.b.knot[4 + k];
      curve c = { &s, (hi - lo) / 10 };
      gsl_function g = { roughness, &c };
      want += gsl_integration_glfixed (&g, lo, hi, rule);
    }
  for (size_t i = 0; i < s.b.p; i++)
    for (size_t j = 0; j < s.b.p; j++)
      got += s.c[i] * s.c[j] * gsl_matrix_get (P, 2 + i, 2 + j);
  ck_assert_double_eq_tol (got, want, 1e-7 * want);
  ck_assert_double_eq (gsl_matrix_get (P, 0, 0), 0);
  ck_assert_double_eq (gsl_matrix_get (P, 1, 2), 0);
  gsl_integration_glfixed_table_free (rule);
  gsl_matrix_free (P);
}
END_TEST

/* Fewer knots for few distinct values, a straight line below five.  */
START_TEST (few_values)
{
  const double x[] = { 5, 1, 1, 3, 2, 4, 5, 5, 6, 7 };
  double row[BD_BASIS_KNOTS + 4];
  bd_basis b;

  ck_assert_int_eq (bd_basis_init (&b, x, 1, 10, 20), GSL_SUCCESS);
  ck_assert_uint_eq (b.inner, 3);
  ck_assert_uint_eq (b.p, 7);
  for (size_t k = 1; k <= b.inner; k++)
    ck_assert_double_gt (b.knot[3 + k], b.knot[2 + k]);
  ck_assert_int_eq (bd_basis_init (&b, x, 1, 5, 20), GSL_SUCCESS);
  ck_assert_uint_eq (b.p, 1);
  bd_basis_row (&b, 5, row);
  ck_assert_double_eq (row[0], 1);
  bd_basis_row (&b, 13, row);
  ck_assert_double_eq (row[0], 3);
  ck_assert_int_eq (bd_basis_init (&b, x + 1, 1, 2, 20), GSL_SUCCESS);
  bd_basis_row (&b, 1, row);
  ck_assert_double_eq (row[0], 0);
  ck_assert_int_eq (bd_basis_init (&b, x, 2, 5, 9), GSL_SUCCESS);
  ck_assert_double_eq (b.lo, 1);
  ck_assert_double_eq (b.scale, 5);
}
END_TEST

/* R's data GAGurine: the natural cubic smoothing spline with a knot at every
   row, computed with numpy by its definition; lambda in units of x.  Sixty
   knots come near to it.  */
static const struct
{
  double x, fit;
} exact[] = { { 0.2, 25.530806937095956 }, { 1.7, 15.525238969068988 },
              { 3.2, 11.151557496483647 }, { 5.0, 8.923879967335889 },
              { 7.4, 7.011085861427279 },  { 10.1, 6.626616074219303 },
              { 13.4, 5.692888294808916 }, { 17.6, 3.402821459227449 } };

#define GAG_LAMBDA 17.4488161581391

#define GAG_ROWS 314

START_TEST (smoothing_spline)
{
  const char *folder = getenv ("srcdir");
  char name[4096], spec[64];
  bd_error err = { "" };
  bd_settings knob;
  double w[GAG_ROWS], t[LENGTH (exact)];

  snprintf (name, sizeof name, "%s/tests/golden/gagurine.csv",
            folder ? folder : ".");
  bd_table *table = bd_table_open (name, &err);
  ck_assert_msg (table != NULL, "%s", err.text);
  bd_dataset *s = bd_dataset_from_table (table, "GAG", "Age", NULL, 10, &err);
  ck_assert_msg (s && s->n == GAG_ROWS, "%s", err.text);
  gsl_matrix *P = gsl_matrix_alloc (LENGTH (exact), 1);
  for (size_t i = 0; i < LENGTH (exact); i++)
    gsl_matrix_set (P, i, 0, exact[i].x);
  for (size_t i = 0; i < GAG_ROWS; i++)
    w[i] = 1;
  double lo, hi;
  gsl_matrix_minmax (s->X, &lo, &hi);
  snprintf (spec, sizeof spec, "knots=60,lambda=%.17g",
            GAG_LAMBDA / gsl_pow_3 (hi - lo));
  bd_knob_parse (bd_fitter_pspline.knobs, spec, &knob, &err);
  void *plan = bd_fitter_pspline.plan (&knob, s->X, s->y, P, &err);
  void *work = bd_fitter_pspline.work (plan);
  ck_assert_int_eq (bd_fitter_pspline.fit (plan, work, w, NULL), 0);
  bd_fitter_pspline.predict (plan, work, t);
  for (size_t i = 0; i < LENGTH (exact); i++)
    ck_assert_double_eq_tol (t[i], exact[i].fit, 0.002 * exact[i].fit);
  bd_fitter_pspline.free_work (work);
  bd_fitter_pspline.free_plan (plan);
  gsl_matrix_free (P);
  bd_dataset_free (s);
  bd_table_free (table);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("basis");
  TCase *c = tcase_create ("basis");

  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, sums_to_one, 0, LENGTH (knots));
  tcase_add_loop_test (c, smooth, 0, LENGTH (knots));
  tcase_add_loop_test (c, linear_outside, 0, LENGTH (knots));
  tcase_add_loop_test (c, penalty, 0, LENGTH (knots));
  tcase_add_test (c, few_values);
  tcase_add_test (c, smoothing_spline);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
