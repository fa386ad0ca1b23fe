/* The least-squares B-spline against R, against normal equations from the
   basis itself, and against the contract of all fitters.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "curve_tools.h"
#include "fitter/bspline.h"
#include "tools.h"

static const bd_fitter_type *const type = &bd_fitter_bspline;

START_TEST (agrees_with_r) { ck_assert_int_eq (curve_agrees (type), 5); }
END_TEST

START_TEST (contract)
{
  curve_contract (type, _i % 2 ? "knots=6,equal=1" : "knots=0",
                  _i / 2 ? 20 : 0, 1e-9);
}
END_TEST

/* Least squares by QR on rows times sqrt (w), from the plan's own basis.  */
static void
dense (const curve *c, const bd_basis *b, const gsl_matrix *P, double t[])
{
  size_t p = b->p;
  gsl_matrix *A = gsl_matrix_alloc (c->n, p);
  gsl_vector *y = gsl_vector_alloc (c->n), *tau = gsl_vector_alloc (p);
  gsl_vector *beta = gsl_vector_alloc (p), *e = gsl_vector_alloc (c->n);
  double row[BSPLINE_FUNCTIONS];

  for (size_t i = 0; i < c->n; i++)
    {
      double root = sqrt (c->w[i]);
      bd_basis_row (b, gsl_matrix_get (c->X, i, 0), row);
      for (size_t j = 0; j < p; j++)
        gsl_matrix_set (A, i, j, root * row[j]);
      gsl_vector_set (y, i, root * gsl_vector_get (c->y, i));
    }
  gsl_linalg_QR_decomp (A, tau);
  gsl_linalg_QR_lssolve (A, tau, y, beta, e);
  for (size_t q = 0; q < P->size1; q++)
    {
      bd_basis_row (b, gsl_matrix_get (P, q, 0), row);
      t[q] = 0;
      for (size_t j = 0; j < p; j++)
        t[q] += row[j] * gsl_vector_get (beta, j);
    }
  gsl_matrix_free (A);
  gsl_vector_free (y);
  gsl_vector_free (tau);
  gsl_vector_free (beta);
  gsl_vector_free (e);
}

START_TEST (definition)
{
  static const char *const spec[]
      = { "knots=0", "knots=3", "knots=20,equal=1", "knots=60", "" };
  double t[50], want[50];
  gsl_rng *r = stream (800 + (uint64_t)_i);
  gsl_matrix *P = curve_grid (-2, 4, 50);
  bd_settings set;

  for (int trial = 0; trial < 10; trial++)
    {
      curve c = curve_random (r, 600, trial % 2 ? 40 : 0);
      bd_knob_parse (type->knobs, spec[_i], &set, NULL);
      void *plan = type->plan (&set, c.X, c.y, P, NULL);
      const bspline_plan *a = plan;
      ck_assert_ptr_nonnull (plan);
      dense (&c, &a->basis, P, want);
      ck_assert_int_eq (curve_fit (type, spec[_i], &c, P, t), 0);
      curve_near (t, want, 50, 1e-8);
      type->free_plan (plan);
      curve_free (&c);
    }
  gsl_matrix_free (P);
  gsl_rng_free (r);
}
END_TEST

/* A cubic is fitted exactly, whatever the weights and the knots.  */
START_TEST (reproduces_cubics)
{
  double t[50];
  gsl_rng *r = stream (820);
  curve c = curve_random (r, 300, 0);
  gsl_matrix *P = curve_grid (-0.9, 2.9, 50);

  for (size_t i = 0; i < c.n; i++)
    {
      double x = gsl_matrix_get (c.X, i, 0);
      gsl_vector_set (c.y, i, 1e6 + x * (1 - x * (2 - 0.5 * x)));
    }
  ck_assert_int_eq (curve_fit (type, "knots=12", &c, P, t), 0);
  for (size_t j = 0; j < 50; j++)
    {
      double x = gsl_matrix_get (P, j, 0);
      ck_assert_double_eq_tol (t[j], 1e6 + x * (1 - x * (2 - 0.5 * x)), 1e-8);
    }
  curve_free (&c);
  gsl_matrix_free (P);
  gsl_rng_free (r);
}
END_TEST

/* Rows of weight 0 between two knots leave a function without any: a code,
   not a curve.  */
START_TEST (empty_cell)
{
  double t[50];
  gsl_rng *r = stream (830);
  curve c = curve_random (r, 400, 0);
  gsl_matrix *P = curve_grid (-1, 3, 50);

  for (size_t i = 0; i < c.n; i++)
    {
      double x = gsl_matrix_get (c.X, i, 0);
      c.w[i] = _i == 1 || (x < 0.5 || x > 2.5) ? 0.3 : 0;
      c.w[i] = _i == 2 ? 0 : c.w[i];
    }
  ck_assert_int_eq (curve_fit (type, "knots=15,equal=1", &c, P, t),
                    _i == 1 ? GSL_SUCCESS : GSL_ESING);
  curve_free (&c);
  gsl_matrix_free (P);
  gsl_rng_free (r);
}
END_TEST

START_TEST (refuses)
{
  curve c = curve_alloc (30);

  for (size_t i = 0; i < c.n; i++)
    gsl_matrix_set (c.X, i, 0, (double)(i % 7));
  curve_refused (type, "knots=8", &c,
                 "8 inner knots needs at least 12 distinct values of x; "
                 "there are 7");
  for (size_t i = 0; i < c.n; i++)
    gsl_matrix_set (c.X, i, 0, exp ((double)i));
  curve_refused (type, "knots=8,equal=1", &c, "too few values of x");
  gsl_matrix_set (c.X, 0, 0, -1e308);
  gsl_matrix_set (c.X, 1, 0, 1e308);
  curve_refused (type, "", &c, "too wide");
  gsl_matrix_free (c.X);
  c.X = gsl_matrix_calloc (c.n, 2);
  curve_refused (type, "", &c, "one input; there are 2");
  curve_free (&c);
}
END_TEST

/* Heavy ties: knots fall back to the distinct values.  */
START_TEST (ties)
{
  double t[20];
  curve c = curve_alloc (200);
  gsl_matrix *P = curve_grid (0, 1, 20);

  for (size_t i = 0; i < c.n; i++)
    {
      gsl_matrix_set (c.X, i, 0, i < 150 ? 0.25 : (double)i / 200);
      gsl_vector_set (c.y, i, (double)(i % 5));
    }
  ck_assert_int_eq (curve_fit (type, "knots=8", &c, P, t), GSL_SUCCESS);
  for (size_t j = 0; j < 20; j++)
    ck_assert (gsl_finite (t[j]));
  curve_free (&c);
  gsl_matrix_free (P);
}
END_TEST

START_TEST (overflow) { curve_overflows (type, "knots=4"); }
END_TEST

int
main (void)
{
  Suite *s = suite_create ("bspline");
  TCase *t = tcase_create ("bspline");
  SRunner *r = srunner_create (s);

  gsl_set_error_handler_off ();
  tcase_add_test (t, agrees_with_r);
  tcase_add_loop_test (t, contract, 0, 4);
  tcase_add_loop_test (t, definition, 0, 5);
  tcase_add_test (t, reproduces_cubics);
  tcase_add_loop_test (t, empty_cell, 0, 3);
  tcase_add_test (t, refuses);
  tcase_add_test (t, overflow);
  tcase_add_test (t, ties);
  suite_add_tcase (s, t);
  srunner_set_tap (r, "-");
  srunner_run_all (r, CK_SILENT);
  srunner_free (r);
  return EXIT_SUCCESS;
}
