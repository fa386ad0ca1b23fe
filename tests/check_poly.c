/* Polynomials against NIST's certified coefficients, against R, against exact
   polynomials, and against the contract of all fitters.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_poly.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "curve_tools.h"
#include "fitter/poly.h"
#include "tools.h"

static const bd_fitter_type *const type = &bd_fitter_poly;

/* Powers of z from the basis: c[k] of z^k.  */
static void
to_powers (const poly_plan *a, long double c[POLY_TERMS])
{
  const poly_exact *e = &a->exact;
  long double back[POLY_TERMS] = { 0 }, now[POLY_TERMS] = { e->first };

  memset (c, 0, POLY_TERMS * sizeof *c);
  for (size_t k = 0; k < a->terms; k++)
    {
      long double next[POLY_TERMS];
      for (size_t j = 0; j < a->terms; j++)
        {
          c[j] += e->c[k] * now[j];
          next[j] = e->level[k] * now[j] - e->back[k] * back[j]
                    + (j ? e->slope[k] * now[j - 1] : 0);
        }
      memcpy (back, now, sizeof now);
      memcpy (now, next, sizeof now);
    }
}

/* And of x = mid + half z, by Horner's rule on polynomials.  */
static void
to_x (const poly_plan *a, const long double z[], long double x[POLY_TERMS])
{
  memset (x, 0, POLY_TERMS * sizeof *x);
  for (size_t k = a->terms; k-- > 0;)
    {
      for (size_t j = a->terms; j-- > 0;)
        x[j] = ((j ? x[j - 1] : 0) - a->mid * x[j]) / a->half;
      x[0] += z[k];
    }
}

/* Correct digits of the worst coefficient, at most 15.  */
static double
digits (const poly_plan *a, const double certified[])
{
  long double z[POLY_TERMS], x[POLY_TERMS];
  double least = 15;

  to_powers (a, z);
  to_x (a, z, x);
  for (size_t k = 0; k < a->terms; k++)
    {
      double error = (double)fabsl ((x[k] - certified[k]) / certified[k]);
      least = GSL_MIN (least, -log10 (GSL_MAX (error, 1e-15)));
    }
  return least;
}

/* What predict says against the certified polynomial, in long double.  */
static void
same_curve (const curve *c, const double b[], size_t terms, const double t[])
{
  double most = 0;

  for (size_t i = 0; i < c->n; i++)
    most = GSL_MAX (most, fabs (t[i]));
  for (size_t i = 0; i < c->n; i++)
    {
      long double want = 0;
      for (size_t k = terms; k-- > 0;)
        want = want * gsl_matrix_get (c->X, i, 0) + b[k];
      /* Filip's fifteen certified digits leave eight after cancellation.  */
      ck_assert_double_eq_tol (t[i], (double)want, 1e-7 * most);
    }
}

START_TEST (nist)
{
  static double b[CURVE_MOST], x[CURVE_MOST], y[CURVE_MOST], t[CURVE_MOST];
  FILE *f = curve_golden ("nist_polynomials.txt");
  char name[32], spec[32];
  int problems = 0;

  for (; fscanf (f, " problem %31s", name) == 1; problems++)
    {
      size_t terms = curve_read (f, "b", b), n = curve_read (f, "x", x);
      curve c = curve_alloc (n);
      bd_settings set;
      ck_assert_uint_eq (curve_read (f, "y", y), n);
      for (size_t i = 0; i < n; i++)
        {
          gsl_matrix_set (c.X, i, 0, x[i]);
          gsl_vector_set (c.y, i, y[i]);
        }
      snprintf (spec, sizeof spec, "degree=%zu", terms - 1);
      bd_knob_parse (type->knobs, spec, &set, NULL);
      void *plan = type->plan (&set, c.X, c.y, c.X, NULL);
      ck_assert_ptr_nonnull (plan);
      double right = digits (plan, b);
      printf ("# %-9s degree %2zu: %4.1f digits\n", name, terms - 1, right);
      ck_assert_double_ge (right, 8);
      ck_assert_int_eq (curve_fit (type, spec, &c, c.X, t), GSL_SUCCESS);
      same_curve (&c, b, terms, t);
      type->free_plan (plan);
      curve_free (&c);
    }
  ck_assert_int_eq (problems, 8);
  fclose (f);
}
END_TEST

START_TEST (agrees_with_r) { ck_assert_int_eq (curve_agrees (type), 12); }
END_TEST

START_TEST (contract)
{
  static const char *const spec[]
      = { "degree=0", "degree=1", "", "degree=9", "degree=14" };

  /* Beyond the data degree 14 magnifies rounding.  */
  curve_contract (type, spec[_i % 5], _i < 5 ? 0 : 10,
                  _i % 5 == 4 ? 1e-7 : 1e-9);
}
END_TEST

/* Rows, weights and degree of one exact polynomial.  */
static void
exact (gsl_rng *r, size_t degree, bool uneven, double tol)
{
  double t[40], coefficient[POLY_TERMS];
  curve c = curve_random (r, 400, 0);
  gsl_matrix *P = gsl_matrix_alloc (40, 1);
  char spec[32];

  for (size_t k = 0; k <= degree; k++)
    coefficient[k] = gsl_ran_ugaussian (r);
  for (size_t i = 0; i < c.n; i++)
    {
      double x = gsl_matrix_get (c.X, i, 0), z = (x - 1) / 2;
      if (uneven)
        z = exp (6 * z) / 400;
      gsl_matrix_set (c.X, i, 0, z);
      gsl_vector_set (c.y, i, gsl_poly_eval (coefficient, (int)degree + 1, z));
      c.w[i] = gsl_ran_exponential (r, 1);
      if (i < 40)
        gsl_matrix_set (P, i, 0, z);
    }
  snprintf (spec, sizeof spec, "degree=%zu", degree);
  ck_assert_int_eq (curve_fit (type, spec, &c, P, t), 0);
  for (size_t j = 0; j < 40; j++)
    ck_assert_double_eq_tol (t[j], gsl_vector_get (c.y, j), tol);
  curve_free (&c);
  gsl_matrix_free (P);
}

START_TEST (reproduces_polynomials)
{
  gsl_rng *r = stream (900 + (uint64_t)_i);

  for (size_t degree = 0; degree <= 12; degree += 3)
    exact (r, degree, false, 1e-11);
  for (size_t degree = 0; degree <= 6; degree += 2)
    exact (r, degree, true, 1e-10);
  gsl_rng_free (r);
}
END_TEST

/* What defines a weighted least-squares fit: its residuals are orthogonal to
   all powers.  The second half has values of x for which Chebyshev polynomials
   will not do.  */
START_TEST (residuals_are_orthogonal)
{
  static double t[CURVE_MOST];
  gsl_rng *r = stream (920 + (uint64_t)_i);
  curve c = curve_random (r, 700, 0);
  size_t degree = _i % 2 ? 4 : 11;
  char spec[32];

  for (size_t i = 0; i < c.n; i++)
    {
      double x = gsl_matrix_get (c.X, i, 0);
      c.w[i] = gsl_ran_exponential (r, 1);
      if (_i >= 2)
        gsl_matrix_set (c.X, i, 0, exp (2 * x));
    }
  snprintf (spec, sizeof spec, "degree=%zu", _i >= 2 ? 5 : degree);
  ck_assert_int_eq (curve_fit (type, spec, &c, c.X, t), 0);
  for (size_t k = 0; k <= (_i >= 2 ? 5 : degree); k++)
    {
      double sum = 0, size = 0;
      for (size_t i = 0; i < c.n; i++)
        {
          double x = gsl_matrix_get (c.X, i, 0);
          double z = _i >= 2 ? x / exp (6) : (x - 1) / 2;
          double part = c.w[i] * gsl_pow_int (z, (int)k);
          sum += part * (gsl_vector_get (c.y, i) - t[i]);
          size += fabs (part);
        }
      ck_assert_double_le (fabs (sum), 1e-11 * size);
    }
  curve_free (&c);
  gsl_rng_free (r);
}
END_TEST

/* Fewer distinct rows than terms among those with weight: a code.  */
START_TEST (too_few_rows)
{
  double t[40];
  curve c = curve_alloc (40);

  for (size_t i = 0; i < c.n; i++)
    {
      gsl_matrix_set (c.X, i, 0, _i ? exp ((double)i / 8) : (double)i);
      gsl_vector_set (c.y, i, (double)(i % 3));
      c.w[i] = i % 10 == 0 ? 1.5 : 0;
    }
  ck_assert_int_eq (curve_fit (type, "degree=3", &c, c.X, t), GSL_SUCCESS);
  ck_assert_int_eq (curve_fit (type, "degree=4", &c, c.X, t), GSL_ESING);
  memset (c.w, 0, c.n * sizeof *c.w);
  ck_assert_int_eq (curve_fit (type, "degree=0", &c, c.X, t), GSL_ESING);
  curve_free (&c);
}
END_TEST

START_TEST (refuses)
{
  curve c = curve_alloc (30);

  for (size_t i = 0; i < c.n; i++)
    gsl_matrix_set (c.X, i, 0, (double)(i % 7));
  curve_refused (
      type, "degree=9", &c,
      "degree 9 needs at least 10 distinct values of x; there are 7");
  gsl_matrix_set (c.X, 0, 0, -1e308);
  gsl_matrix_set (c.X, 1, 0, 1e308);
  curve_refused (type, "", &c, "too wide");
  gsl_matrix_free (c.X);
  c.X = gsl_matrix_calloc (c.n, 3);
  curve_refused (type, "", &c, "one input; there are 3");
  curve_free (&c);
}
END_TEST

START_TEST (overflow) { curve_overflows (type, "degree=3"); }
END_TEST

int
main (void)
{
  Suite *s = suite_create ("poly");
  TCase *t = tcase_create ("poly");
  SRunner *r = srunner_create (s);

  gsl_set_error_handler_off ();
  tcase_add_test (t, nist);
  tcase_add_test (t, agrees_with_r);
  tcase_add_loop_test (t, contract, 0, 10);
  tcase_add_loop_test (t, reproduces_polynomials, 0, 5);
  tcase_add_loop_test (t, residuals_are_orthogonal, 0, 4);
  tcase_add_loop_test (t, too_few_rows, 0, 2);
  tcase_add_test (t, refuses);
  tcase_add_test (t, overflow);
  suite_add_tcase (s, t);
  srunner_set_tap (r, "-");
  srunner_run_all (r, CK_SILENT);
  srunner_free (r);
  return EXIT_SUCCESS;
}
