/* Least squares and ridge against dense formulas; what they and robust
   regression have in common.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_blas.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "linear_tools.h"
#include "tools.h"

#define ROWS 80

/* The definition of ridge, with dense normal equations in the inputs
   standardised by the weights of the rows.  */
static void
ridge_by_hand (const sample *s, double lambda, double t[])
{
  size_t n = s->X->size1, d = s->X->size2;
  gsl_matrix *Z = gsl_matrix_alloc (n, d), *Zw = gsl_matrix_alloc (n, d);
  gsl_matrix *G = gsl_matrix_alloc (d, d);
  gsl_vector *b = gsl_vector_alloc (d), *r = gsl_vector_alloc (n);
  double total = 0, mean = 0;

  for (size_t i = 0; i < n; i++)
    {
      total += s->w[i];
      mean += s->w[i] * gsl_vector_get (s->y, i);
    }
  mean /= total;
  for (size_t j = 0; j < d; j++)
    {
      double m = 0, v = 0;
      for (size_t i = 0; i < n; i++)
        m += s->w[i] * gsl_matrix_get (s->X, i, j) / total;
      for (size_t i = 0; i < n; i++)
        v += s->w[i] * gsl_pow_2 (gsl_matrix_get (s->X, i, j) - m) / total;
      for (size_t i = 0; i < n; i++)
        {
          double z = (gsl_matrix_get (s->X, i, j) - m) / sqrt (v);
          gsl_matrix_set (Z, i, j, z);
          gsl_matrix_set (Zw, i, j, s->w[i] * z);
        }
    }
  gsl_vector_memcpy (r, s->y);
  gsl_vector_add_constant (r, -mean);
  gsl_blas_dgemm (CblasTrans, CblasNoTrans, 1, Zw, Z, 0, G);
  gsl_blas_dgemv (CblasTrans, 1, Zw, r, 0, b);
  for (size_t j = 0; j < d; j++)
    *gsl_matrix_ptr (G, j, j) += lambda;
  gsl_linalg_HH_svx (G, b);
  gsl_vector_view to = gsl_vector_view_array (t, n);
  gsl_vector_set_all (&to.vector, mean);
  gsl_blas_dgemv (CblasNoTrans, 1, Z, b, 1, &to.vector);
  gsl_matrix_free (Z);
  gsl_matrix_free (Zw);
  gsl_matrix_free (G);
  gsl_vector_free (b);
  gsl_vector_free (r);
}

static const struct
{
  const char *knobs;
  double lambda;
} ridge[] = { { "", 0 }, { "lambda=0.01", 0.01 }, { "lambda=30", 30 } };

START_TEST (definition)
{
  double a[MOST], b[MOST];

  for (size_t d = 1; d <= 18; d += d < 3 ? 1 : 15) /* 18: without products */
    for (int counts = 0; counts < 2; counts++)
      {
        sample s = draw (d, d < 18 ? ROWS : 300, d > 3 ? 4 : d, counts);
        if (d == 18)
          {
            gsl_matrix *wide = gsl_matrix_alloc (300, d);
            gsl_rng *r = stream (99);
            for (size_t i = 0; i < 300 * d; i++)
              wide->data[i] = gsl_ran_ugaussian (r);
            gsl_rng_free (r);
            gsl_matrix_free (s.X);
            s.X = wide;
          }
        ridge_by_hand (&s, ridge[_i].lambda, a);
        predict (&bd_fitter_linear, ridge[_i].knobs, &s, s.X, b);
        near (a, b, s.X->size1, 1e-10);
        sample_free (&s);
      }
}
END_TEST

static const struct
{
  const bd_fitter_type *f;
  const char *knobs;
} all[] = { { &bd_fitter_linear, "" },
            { &bd_fitter_linear, "intercept=0" },
            { &bd_fitter_linear, "lambda=1" },
            { &bd_fitter_linear, "lambda=1,intercept=0" },
            { &bd_fitter_robust, "" } };

START_TEST (weight_is_a_count)
{
  double a[MOST], b[MOST];

  for (uint64_t k = 0; k < 10; k++)
    {
      sample s = draw (20 + k, ROWS, 1 + k % 3, true), t = repeat (&s);
      predict (all[_i].f, all[_i].knobs, &s, s.X, a);
      predict (all[_i].f, all[_i].knobs, &t, s.X, b);
      near (a, b, ROWS, 1e-8);
      sample_free (&s);
      sample_free (&t);
    }
}
END_TEST

/* Scale and place of inputs and response are no part of the result; nor does
   the size of the weights matter without a penalty.  */
START_TEST (units)
{
  double a[MOST], b[MOST], slope = 0x1p600, shift = 3;
  sample s = draw (50, ROWS, 2, false);

  predict (all[_i].f, all[_i].knobs, &s, s.X, a);
  bool placed = !strstr (all[_i].knobs, "intercept=0");
  gsl_matrix_scale (s.X, 0x1p-800);
  if (placed)
    gsl_vector_add_constant (s.y, shift);
  gsl_vector_scale (s.y, slope);
  predict (all[_i].f, all[_i].knobs, &s, s.X, b);
  for (size_t i = 0; i < ROWS; i++)
    b[i] = b[i] / slope - (placed ? shift : 0);
  near (a, b, ROWS, 1e-9);
  sample_free (&s);
}
END_TEST

/* The second input is twice the first, the third is constant: where the
   points leave the line between the two, the coefficient is shared.  */
START_TEST (least_norm)
{
  gsl_rng *r = stream (60);
  sample s = sample_alloc (30, 3), one = sample_alloc (30, 1);
  gsl_matrix *P = gsl_matrix_alloc (2, 3);
  gsl_matrix *Q = gsl_matrix_alloc (3, 1);
  double t[2], u[3];

  for (size_t i = 0; i < 30; i++)
    {
      double x = gsl_ran_flat (r, 1, 2), y = 2 * x + gsl_ran_ugaussian (r);
      gsl_matrix_set (s.X, i, 0, x);
      gsl_matrix_set (s.X, i, 1, 2 * x);
      gsl_matrix_set (s.X, i, 2, 0.1);
      gsl_matrix_set (one.X, i, 0, x);
      gsl_vector_set (s.y, i, y);
      gsl_vector_set (one.y, i, y);
    }
  gsl_matrix_set_all (P, 0);
  gsl_matrix_set (P, 1, 0, 1); /* a step in x1 alone */
  for (size_t i = 0; i < 3; i++)
    gsl_matrix_set (Q, i, 0, (double)i);
  predict (&bd_fitter_linear, "", &s, P, t);
  predict (&bd_fitter_linear, "", &one, Q, u);
  ck_assert_double_eq_tol (t[0], u[0], 1e-11);
  ck_assert_double_eq_tol (t[1] - t[0], (u[1] - u[0]) / 2, 1e-11);
  predict (&bd_fitter_linear, "lambda=1e-6", &s, P, t);
  ck_assert_double_eq_tol (t[1] - t[0], (u[1] - u[0]) / 2, 1e-5);
  sample_free (&s);
  sample_free (&one);
  gsl_matrix_free (P);
  gsl_matrix_free (Q);
  gsl_rng_free (r);
}
END_TEST

/* More inputs than rows: ridge in the rows' own space, by hand.  */
START_TEST (wide_ridge)
{
  double a[MOST], b[MOST];
  sample s = draw (70, 12, 4, false);
  gsl_matrix *wide = gsl_matrix_alloc (12, 20);
  gsl_rng *r = stream (71);

  for (size_t i = 0; i < 240; i++)
    wide->data[i] = gsl_ran_ugaussian (r);
  gsl_matrix_free (s.X);
  s.X = wide;
  ridge_by_hand (&s, 0.5, a);
  predict (&bd_fitter_linear, "lambda=0.5", &s, s.X, b);
  near (a, b, 12, 1e-10);
  sample_free (&s);
  gsl_rng_free (r);
}
END_TEST

START_TEST (exact_data)
{
  double t[MOST];
  sample s = draw (120, ROWS, 2, false);

  for (size_t i = 0; i < ROWS; i++)
    gsl_vector_set (s.y, i, 4);
  for (int k = 0; k < LENGTH (all); k++)
    {
      if (strstr (all[k].knobs, "intercept=0"))
        continue;
      predict (all[k].f, all[k].knobs, &s, s.X, t);
      for (size_t i = 0; i < ROWS; i++)
        ck_assert_double_eq_tol (t[i], 4, 1e-12);
    }
  for (size_t i = 0; i < ROWS; i++)
    gsl_vector_set (s.y, i, 4 + gsl_matrix_get (s.X, i, 0));
  predict (&bd_fitter_robust, "", &s, s.X, t);
  near (t, s.y->data, ROWS, 1e-10);
  sample_free (&s);
}
END_TEST

/* A response of its own, and back.  */
START_TEST (respond)
{
  const bd_fitter_type *f = all[_i].f;
  double a[MOST], b[MOST], back[MOST];
  sample s = draw (130, ROWS, 2, false);
  gsl_vector *y = gsl_vector_alloc (ROWS);
  bd_settings set;

  for (size_t i = 0; i < ROWS; i++)
    gsl_vector_set (y, i, gsl_vector_get (s.y, ROWS - 1 - i) * 3 - 7);
  bd_knob_parse (f->knobs, all[_i].knobs, &set, NULL);
  void *plan = f->plan (&set, s.X, s.y, s.X, NULL), *work = f->work (plan);
  ck_assert_int_eq (f->respond (plan, work, y->data), GSL_SUCCESS);
  ck_assert_int_eq (f->fit (plan, work, s.w, NULL), GSL_SUCCESS);
  f->predict (plan, work, a);
  ck_assert_int_eq (f->respond (plan, work, NULL), GSL_SUCCESS);
  ck_assert_int_eq (f->fit (plan, work, s.w, NULL), GSL_SUCCESS);
  f->predict (plan, work, back);
  f->free_work (work);
  f->free_plan (plan);
  predict (f, all[_i].knobs, &s, s.X, b);
  ck_assert_int_eq (memcmp (b, back, ROWS * sizeof *b), 0);
  gsl_vector_memcpy (s.y, y);
  predict (f, all[_i].knobs, &s, s.X, b);
  near (a, b, ROWS, 1e-8);
  gsl_vector_free (y);
  sample_free (&s);
}
END_TEST

/* Refusals  */

static void
refused (const bd_fitter_type *f, const char *knobs, const sample *s,
         const char *sentence)
{
  bd_settings set;
  bd_error err = { "" };

  ck_assert_int_eq (bd_knob_parse (f->knobs, knobs, &set, &err), 0);
  ck_assert_ptr_null (f->plan (&set, s->X, s->y, s->X, &err));
  ck_assert_str_eq (err.text, sentence);
}

START_TEST (refuses)
{
  const bd_fitter_type *f = all[_i].f;
  sample s = draw (140, 6, 3, false), one = draw (141, 1, 1, false);
  gsl_matrix *wide = gsl_matrix_calloc (6, 8), *narrow = s.X;
  bool ridge_fit = strstr (all[_i].knobs, "lambda");

  if (!ridge_fit)
    {
      s.X = wide;
      refused (f, all[_i].knobs, &s,
               strstr (all[_i].knobs, "intercept")
                   ? "6 rows, 8 coefficients: use linear:lambda=1"
                   : "6 rows, 9 coefficients: use linear:lambda=1");
      s.X = narrow;
      refused (f, all[_i].knobs, &one,
               strstr (all[_i].knobs, "intercept")
                   ? "1 row, 1 coefficient: use linear:lambda=1"
                   : "1 row, 2 coefficients: use linear:lambda=1");
    }
  gsl_matrix_set (s.X, 2, 1, GSL_NAN);
  refused (f, all[_i].knobs, &s, "row 3 is not finite");
  f->free_plan (NULL);
  f->free_work (NULL);
  sample_free (&s);
  sample_free (&one);
  gsl_matrix_free (wide);
}
END_TEST

START_TEST (nothing_left)
{
  sample s = draw (142, 10, 1, false);

  gsl_matrix_set_zero (s.X);
  refused (&bd_fitter_linear, "intercept=0", &s,
           "all inputs are zero and there is no intercept");
  double t[10], mean = 0, total = 0;
  predict (&bd_fitter_linear, "", &s, s.X, t); /* the weighted mean */
  for (size_t i = 0; i < 10; i++)
    {
      total += s.w[i];
      mean += s.w[i] * gsl_vector_get (s.y, i);
    }
  ck_assert_double_eq_tol (t[0], mean / total, 1e-13);
  sample_free (&s);
}
END_TEST

/* Members without enough distinct rows.  */
START_TEST (singular)
{
  const bd_fitter_type *f = all[_i].f;
  sample s = draw (150, 20, 2, false);
  double w[20] = { 0 };
  bd_settings set;

  bd_knob_parse (f->knobs, all[_i].knobs, &set, NULL);
  void *plan = f->plan (&set, s.X, s.y, s.X, NULL), *work = f->work (plan);
  ck_assert_int_eq (f->fit (plan, work, w, NULL), GSL_EDOM);
  w[3] = 20;
  ck_assert_int_eq (f->fit (plan, work, w, NULL),
                    strstr (all[_i].knobs, "lambda") ? GSL_SUCCESS
                                                     : GSL_ESING);
  f->free_work (work);
  f->free_plan (plan);
  sample_free (&s);
}
END_TEST

int
main (void)
{
  Suite *s = suite_create ("linear");
  TCase *t = tcase_create ("linear");
  SRunner *r = srunner_create (s);

  gsl_set_error_handler_off ();
  tcase_add_loop_test (t, definition, 0, LENGTH (ridge));
  tcase_add_loop_test (t, weight_is_a_count, 0, LENGTH (all));
  tcase_add_loop_test (t, units, 0, LENGTH (all));
  tcase_add_test (t, least_norm);
  tcase_add_test (t, wide_ridge);
  tcase_add_test (t, exact_data);
  tcase_add_loop_test (t, respond, 0, LENGTH (all));
  tcase_add_loop_test (t, refuses, 0, LENGTH (all));
  tcase_add_test (t, nothing_left);
  tcase_add_loop_test (t, singular, 0, LENGTH (all));
  suite_add_tcase (s, t);
  srunner_set_tap (r, "-");
  srunner_run_all (r, CK_SILENT);
  srunner_free (r);
  return EXIT_SUCCESS;
}
