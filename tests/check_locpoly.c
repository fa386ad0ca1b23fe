/* Local regression against its definition, one window at a time in long
   double, and against the contract of all fitters.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>

#include "curve_tools.h"
#include "fitter/locpoly.h"
#include "tools.h"

static const bd_fitter_type *const type = &bd_fitter_locpoly;

/* Weighted moments of a window: its kernel sum, mean and variance of u, mean
   of y, covariance of u and y; rows in reach.  */
typedef struct
{
  long double sum, u, y, uu, uy, plain;
} window;

static window
look (const curve *c, double x0, double h)
{
  window v = { 0 };

  for (int round = 0; round < 2; round++)
    for (size_t i = 0; i < c->n; i++)
      {
        long double u = (gsl_matrix_get (c->X, i, 0) - (long double)x0) / h;
        long double k = c->w[i] * (1 - u * u), y = gsl_vector_get (c->y, i);
        if (!(k > 0))
          continue;
        if (round == 0)
          {
            v.sum += k;
            v.u += k * u;
            v.y += k * y;
            v.plain += c->w[i];
          }
        else
          {
            v.uu += k * (u - v.u / v.sum) * (u - v.u / v.sum);
            v.uy += k * (u - v.u / v.sum) * (y - v.y / v.sum);
          }
      }
  return v;
}

static double
value (const window *v, bool line)
{
  long double mean = v->y / v->sum;

  return (double)(line ? mean - v->uy / v->uu * (v->u / v->sum) : mean);
}

/* Distance of the third nearest distinct x of weight.  */
static double
third (const curve *c, double x0)
{
  double d[CURVE_MOST], x[CURVE_MOST];
  size_t count = 0, kept = 0;

  for (size_t i = 0; i < c->n; i++)
    if (c->w[i] > 0)
      x[count++] = gsl_matrix_get (c->X, i, 0);
  gsl_sort (x, 1, count);
  for (size_t i = 0; i < count; i++)
    if (i == 0 || x[i] > x[i - 1])
      d[kept++] = fabs (x[i] - x0);
  gsl_sort (d, 1, kept);
  return d[GSL_MIN (kept, 3) - 1];
}

static double
define (const curve *c, double x0, double h, bool line, int *widened)
{
  window v = look (c, x0, h);
  double var = (double)(v.uu / v.sum);

  if (v.sum > 1e-6L * v.plain && (!line || var > 0.01))
    return value (&v, line);
  ++*widened;
  v = look (c, x0, GSL_MAX (h, 2 * third (c, x0)));
  return value (&v, line && v.uu > 1e-9L * v.sum);
}

static double
range (const curve *c)
{
  gsl_vector_view x = gsl_matrix_column (c->X, 0);

  return gsl_vector_max (&x.vector) - gsl_vector_min (&x.vector);
}

#define POINTS 200

/* Wide and narrow windows, one row in each of many, ties, weights 0.  */
START_TEST (definition)
{
  static const double band[] = { 3, 0.4, 0.1, 0.03, 0.004 };
  static const size_t rows[] = { 2000, 200, 30, 6 };
  double t[POINTS];
  char spec[64];
  gsl_rng *r = stream (1000 + (uint64_t)_i);
  gsl_matrix *P = curve_grid (-1.8, 3.7, POINTS);
  int widened = 0;

  for (size_t k = 0; k < 4; k++)
    for (int trial = 0; trial < 4; trial++)
      {
        curve c = curve_random (r, rows[k], trial % 2 ? 16 : 0);
        c.w[0] = 1;
        snprintf (spec, sizeof spec, "bandwidth=%g,degree=%d", band[_i],
                  trial < 2);
        ck_assert_int_eq (curve_fit (type, spec, &c, P, t), GSL_SUCCESS);
        for (size_t j = 0; j < POINTS; j++)
          {
            double x0 = gsl_matrix_get (P, j, 0);
            double want
                = define (&c, x0, band[_i] * range (&c), trial < 2, &widened);
            ck_assert_double_eq_tol (t[j], want, 1e-9 * (1 + fabs (want)));
          }
        curve_free (&c);
      }
  ck_assert (_i == 0 || widened > 0);
  gsl_matrix_free (P);
  gsl_rng_free (r);
}
END_TEST

START_TEST (contract)
{
  static const char *const spec[]
      = { "bandwidth=0.1", "bandwidth=0.02", "bandwidth=0.3,degree=0" };

  curve_contract (type, spec[_i % 3], _i < 3 ? 0 : 12, 1e-9);
}
END_TEST

/* A straight line comes back from any windows and weights.  */
START_TEST (reproduces_lines)
{
  double t[POINTS];
  gsl_rng *r = stream (1100);
  curve c = curve_random (r, 150, 0);
  gsl_matrix *P = curve_grid (-1.5, 3.5, POINTS);

  for (size_t i = 0; i < c.n; i++)
    gsl_vector_set (c.y, i, 3 - 2 * gsl_matrix_get (c.X, i, 0));
  ck_assert_int_eq (curve_fit (type, _i ? "bandwidth=0.01" : "", &c, P, t), 0);
  for (size_t j = 0; j < POINTS; j++)
    ck_assert_double_eq_tol (t[j], 3 - 2 * gsl_matrix_get (P, j, 0), 1e-8);
  curve_free (&c);
  gsl_matrix_free (P);
  gsl_rng_free (r);
}
END_TEST

/* The bandwidth of the plan has the least leave-one-out error of those tried,
   by the definition, row for row.  */
START_TEST (cross_validation)
{
  gsl_rng *r = stream (1200 + (uint64_t)_i);
  curve c = curve_random (r, 120, _i % 2 ? 20 : 0);
  double best = GSL_POSINF, at = 0, whole = range (&c);
  bd_settings set;
  int widened = 0;

  for (size_t i = 0; i < c.n; i++)
    c.w[i] = 1;
  bd_knob_parse (type->knobs, _i / 2 ? "degree=0" : "", &set, NULL);
  void *plan = type->plan (&set, c.X, c.y, c.X, NULL);
  const loc_plan *a = plan;
  ck_assert_ptr_nonnull (plan);
  for (double h = whole; h > 1.5 * whole / (double)a->places; h *= 0.85)
    {
      double sum = 0;
      for (size_t i = 0; i < c.n; i++)
        {
          c.w[i] = 0;
          sum += gsl_pow_2 (gsl_vector_get (c.y, i)
                            - define (&c, gsl_matrix_get (c.X, i, 0), h,
                                      _i / 2 == 0, &widened));
          c.w[i] = 1;
        }
      if (sum < best)
        {
          best = sum;
          at = h;
        }
    }
  ck_assert_double_eq_tol (a->at.h, at, 1e-9);
  ck_assert (_i >= 2 || widened > 0);
  type->free_plan (plan);
  curve_free (&c);
  gsl_rng_free (r);
}
END_TEST

/* One row, one value of x, or no weight at all.  */
START_TEST (hardly_any_rows)
{
  double t[3];
  curve c = curve_alloc (4);
  gsl_matrix *P = curve_grid (-1, 9, 3);

  for (size_t i = 0; i < c.n; i++)
    gsl_vector_set (c.y, i, (double)i);
  ck_assert_int_eq (curve_fit (type, "", &c, P, t), GSL_SUCCESS);
  for (size_t j = 0; j < 3; j++)
    ck_assert_double_eq (t[j], 1.5);
  gsl_matrix_set (c.X, 3, 0, 5);
  for (size_t i = 0; i < c.n; i++)
    c.w[i] = i == 3 ? 0.5 : 0;
  ck_assert_int_eq (curve_fit (type, "", &c, P, t), GSL_SUCCESS);
  for (size_t j = 0; j < 3; j++)
    ck_assert_double_eq (t[j], 3);
  c.w[3] = 0;
  ck_assert_int_eq (curve_fit (type, "", &c, P, t), GSL_EDOM);
  curve_free (&c);
  gsl_matrix_free (P);
}
END_TEST

START_TEST (refuses)
{
  curve c = curve_alloc (30);

  gsl_matrix_set (c.X, 0, 0, -1e308);
  gsl_matrix_set (c.X, 1, 0, 1e308);
  curve_refused (type, "", &c, "too wide");
  gsl_matrix_free (c.X);
  c.X = gsl_matrix_calloc (c.n, 2);
  curve_refused (type, "", &c, "one input; there are 2");
  curve_free (&c);
}
END_TEST

START_TEST (overflow) { curve_overflows (type, "bandwidth=0.1"); }
END_TEST

int
main (void)
{
  Suite *s = suite_create ("locpoly");
  TCase *t = tcase_create ("locpoly");
  SRunner *r = srunner_create (s);

  gsl_set_error_handler_off ();
  tcase_add_loop_test (t, definition, 0, 5);
  tcase_add_loop_test (t, contract, 0, 6);
  tcase_add_loop_test (t, reproduces_lines, 0, 2);
  tcase_add_loop_test (t, cross_validation, 0, 4);
  tcase_add_test (t, hardly_any_rows);
  tcase_add_test (t, refuses);
  tcase_add_test (t, overflow);
  suite_add_tcase (s, t);
  srunner_set_tap (r, "-");
  srunner_run_all (r, CK_SILENT);
  srunner_free (r);
  return EXIT_SUCCESS;
}
