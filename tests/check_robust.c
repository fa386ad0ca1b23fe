/* Robust regression against gsl_multifit_robust, and against outliers.  What
   it has in common with least squares: check_linear.c.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_blas.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_multifit.h>
#include <stdlib.h>

#include "linear_tools.h"

#define ROWS 80

static void
gsl_robust (const sample *s, double t[])
{
  size_t n = s->X->size1, p = s->X->size2 + 1;
  gsl_matrix *A = gsl_matrix_alloc (n, p), *C = gsl_matrix_alloc (p, p);
  gsl_vector *c = gsl_vector_alloc (p);
  gsl_multifit_robust_workspace *w
      = gsl_multifit_robust_alloc (gsl_multifit_robust_bisquare, n, p);

  gsl_multifit_robust_maxiter (1000, w);
  gsl_matrix_set_all (A, 1);
  gsl_matrix_view to = gsl_matrix_submatrix (A, 0, 1, n, p - 1);
  gsl_matrix_memcpy (&to.matrix, s->X);
  ck_assert_int_eq (gsl_multifit_robust (A, s->y, c, C, w), GSL_SUCCESS);
  gsl_vector_view v = gsl_vector_view_array (t, n);
  gsl_blas_dgemv (CblasNoTrans, 1, A, c, 0, &v.vector);
  gsl_multifit_robust_free (w);
  gsl_matrix_free (A);
  gsl_matrix_free (C);
  gsl_vector_free (c);
}

static void
spoil (sample *s, size_t every, double by)
{
  for (size_t i = 0; i < s->X->size1; i += every)
    *gsl_vector_ptr (s->y, i) += by * (1 + 0.1 * (double)(i % 7));
}

START_TEST (as_gsl)
{
  double a[MOST], b[MOST];

  for (uint64_t k = 0; k < 12; k++)
    {
      sample s = draw (80 + k, ROWS + k % 2, 1 + k % 3, true);
      for (size_t i = 0; i < s.X->size1; i++)
        s.w[i] = 1;
      if (k > 3)
        spoil (&s, 5, k > 7 ? 1e3 : 15);
      gsl_robust (&s, a);
      predict (&bd_fitter_robust, "", &s, s.X, b);
      near (a, b, s.X->size1, 1e-6); /* GSL stops at 1.5e-8, relative */
      sample_free (&s);
    }
}
END_TEST

/* One row in five moved far up: least squares follows, this does not.  */
START_TEST (outliers)
{
  double clean[MOST], spoiled[MOST], plain[MOST], moved = 0, shift = 0;
  sample s = draw (110, 100, 2, false);

  predict (&bd_fitter_robust, "", &s, s.X, clean);
  spoil (&s, 5, 1000);
  predict (&bd_fitter_robust, "", &s, s.X, spoiled);
  predict (&bd_fitter_linear, "", &s, s.X, plain);
  for (size_t i = 0; i < 100; i++)
    {
      moved = GSL_MAX (moved, fabs (spoiled[i] - clean[i]));
      shift = GSL_MAX (shift, fabs (plain[i] - clean[i]));
    }
  ck_assert_double_gt (shift, 100);
  ck_assert_double_lt (moved, 0.5); /* the noise has sd 1 */
  sample_free (&s);
}
END_TEST

/* Members of data where plain reweighting needs hundreds of rounds: every one
   settles.  */
START_TEST (settles)
{
  double t[MOST];

  for (uint64_t k = 0; k < 300; k++)
    {
      sample s = draw (1000 + k, 60, 1, k % 2);
      for (size_t i = 0; i < 60; i++)
        *gsl_vector_ptr (s.y, i)
            += 2 * gsl_pow_2 (gsl_matrix_get (s.X, i, 0) - 5);
      predict (&bd_fitter_robust, "", &s, s.X, t);
      sample_free (&s);
    }
}
END_TEST

int
main (void)
{
  Suite *s = suite_create ("robust");
  TCase *t = tcase_create ("robust");
  SRunner *r = srunner_create (s);

  gsl_set_error_handler_off ();
  tcase_add_test (t, as_gsl);
  tcase_add_test (t, outliers);
  tcase_add_test (t, settles);
  suite_add_tcase (s, t);
  srunner_set_tap (r, "-");
  srunner_run_all (r, CK_SILENT);
  srunner_free (r);
  return EXIT_SUCCESS;
}
