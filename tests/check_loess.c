/* Local regression against R's and against its definition.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>

#include "smooth_tools.h"

static const bd_fitter_type *const type = &bd_fitter_loess;

/* R  */

static gsl_matrix *
columns (FILE *f, const char *word)
{
  size_t d, n;
  double x;

  ck_assert_int_eq (fscanf (f, word, &d, &n), 2);
  gsl_matrix *X = gsl_matrix_alloc (n, d);
  for (size_t j = 0; j < d; j++)
    for (size_t i = 0; i < n; i++)
      {
        ck_assert_int_eq (fscanf (f, "%lf", &x), 1);
        gsl_matrix_set (X, i, j, x);
      }
  return X;
}

static int
compare (FILE *f, const sample *s, const gsl_matrix *P)
{
  double span, want[MOST], t[MOST];
  int degree, robust, normalize, fits = 0;
  char knobs[80];

  while (fscanf (f, " loess %lf %d %d %d", &span, &degree, &robust, &normalize)
         == 4)
    {
      snprintf (knobs, sizeof knobs,
                "span=%g,degree=%d,robust=%d,normalize=%d", span, degree,
                robust, normalize);
      ck_assert_uint_eq (read_numbers (f, "fit", want), P->size1);
      fit_at (type, knobs, s, P, t);
      agree (t, want, P->size1, 1e-11);
      fits++;
    }
  return fits;
}

START_TEST (as_r)
{
  FILE *f = golden ("loess.txt");
  sample s = gagurine ();

  gsl_matrix *P = columns (f, " data gagurine grid %zu %zu");
  ck_assert_int_eq (compare (f, &s, P), 17);
  gsl_matrix_free (P);
  sample_free (&s);
  gsl_matrix *rows = columns (f, " data two rows %zu %zu");
  P = columns (f, " grid %zu %zu");
  s = sample_alloc (rows->size1, 2);
  gsl_matrix_view X = gsl_matrix_submatrix (rows, 0, 0, rows->size1, 2);
  gsl_matrix_memcpy (s.X, &X.matrix);
  gsl_matrix_get_col (s.y, rows, 2);
  ck_assert_int_eq (compare (f, &s, P), 15);
  gsl_matrix_free (rows);
  gsl_matrix_free (P);
  sample_free (&s);
  fclose (f);
}
END_TEST

/* Definition, for weights that are counts: the rows are written out, sorted
   by distance, and the weighted least squares solved by singular values.  */

static double
distance (const sample *s, const gsl_matrix *P, size_t i, size_t p)
{
  double sum = 0;

  for (size_t j = 0; j < P->size2; j++)
    sum += gsl_pow_2 (gsl_matrix_get (s->X, i, j) - gsl_matrix_get (P, p, j));
  return sqrt (sum);
}

static double
bandwidth (const sample *s, const gsl_matrix *P, size_t p, double span)
{
  double far[4 * MOST];
  size_t count = 0;

  for (size_t i = 0; i < s->X->size1; i++)
    for (int k = 0; k < (int)s->w[i]; k++)
      far[count++] = distance (s, P, i, p);
  gsl_sort (far, 1, count);
  return far[(size_t)(span * (double)count + 1e-5) - 1];
}

static double
slow (const sample *s, const gsl_matrix *P, size_t p, double span, int degree)
{
  const size_t n = s->X->size1, d = P->size2;
  const size_t terms = 1 + d + (degree > 1 ? d * (d + 1) / 2 : 0);
  gsl_multifit_linear_workspace *w = gsl_multifit_linear_alloc (n, terms);
  gsl_matrix *A = gsl_matrix_calloc (n, terms);
  gsl_matrix *C = gsl_matrix_alloc (terms, terms);
  gsl_vector *v = gsl_vector_calloc (n), *b = gsl_vector_alloc (terms);
  double chisq, h = bandwidth (s, P, p, span);

  for (size_t i = 0; i < n; i++)
    {
      double u = distance (s, P, i, p) / h;
      size_t at = 0;
      if (u < 1)
        gsl_vector_set (v, i, s->w[i] * gsl_pow_3 (1 - gsl_pow_3 (u)));
      gsl_matrix_set (A, i, at++, 1);
      for (size_t j = 0; j < d; j++)
        gsl_matrix_set (A, i, at++,
                        gsl_matrix_get (s->X, i, j)
                            - gsl_matrix_get (P, p, j));
      for (size_t j = 1; j <= d && degree > 1; j++)
        for (size_t k = 1; k <= j; k++)
          gsl_matrix_set (A, i, at++,
                          gsl_matrix_get (A, i, j) * gsl_matrix_get (A, i, k));
    }
  gsl_multifit_wlinear (A, v, s->y, b, C, &chisq, w);
  double value = gsl_vector_get (b, 0);
  gsl_multifit_linear_free (w);
  gsl_matrix_free (A);
  gsl_matrix_free (C);
  gsl_vector_free (v);
  gsl_vector_free (b);
  return value;
}

START_TEST (definition)
{
  const size_t d = 1 + (size_t)_i % 3;
  char knobs[80];

  for (unsigned long seed = 0; seed < 6; seed++)
    for (int degree = 1; degree < 3; degree++)
      {
        sample s = sample_random (seed, 120, d, seed % 2 ? 0.1 : 0);
        sample at = sample_random (seed + 50, 40, d, 0);
        double span = 0.45 + 0.1 * (double)seed, t[MOST], want[MOST];
        if (d > 1)
          {
            gsl_vector_view v = gsl_matrix_column (s.X, 1);
            gsl_vector_view u = gsl_matrix_column (at.X, 1);
            gsl_vector_scale (&v.vector, 1 / 40.);
            gsl_vector_scale (&u.vector, 1 / 40.);
          }
        snprintf (knobs, sizeof knobs, "span=%g,degree=%d,normalize=0", span,
                  degree);
        fit_at (type, knobs, &s, at.X, t);
        for (size_t p = 0; p < 40; p++)
          want[p] = slow (&s, at.X, p, span, degree);
        agree (t, want, 40, 1e-10);
        sample_free (&s);
        sample_free (&at);
      }
}
END_TEST

static const char *const kinds[]
    = { "", "degree=1,span=0.4", "degree=0", "robust=2,degree=1", "span=1.4" };

START_TEST (promises) { contract (type, kinds[_i / 2], 1 + (size_t)_i % 2); }
END_TEST

/* With whole weights a plan of the rows written out gives the same, robust or
   not.  */
START_TEST (written_out)
{
  for (unsigned long seed = 0; seed < 6; seed++)
    {
      sample s = sample_random (seed, 90, 1, seed % 2 ? 0.1 : 0);
      sample out = sample_alloc (MOST, 1);
      double one[MOST], two[MOST];
      size_t n = 0;
      for (size_t i = 0; i < 90; i++)
        for (int k = 0; k < (int)s.w[i]; k++)
          {
            gsl_matrix_set (out.X, n, 0, gsl_matrix_get (s.X, i, 0));
            gsl_vector_set (out.y, n++, gsl_vector_get (s.y, i));
          }
      gsl_matrix_view X = gsl_matrix_submatrix (out.X, 0, 0, n, 1);
      gsl_vector_view y = gsl_vector_subvector (out.y, 0, n);
      sample rows = { &X.matrix, &y.vector, { 0 } };
      for (size_t i = 0; i < n; i++)
        rows.w[i] = 1;
      fit_at (type, kinds[_i], &s, s.X, one);
      fit_at (type, kinds[_i], &rows, s.X, two);
      agree (one, two, 90, 1e-10);
      sample_free (&s);
      sample_free (&out);
    }
}
END_TEST

/* Windows with too few distinct rows lower the degree: two places give the
   line through their means, one the mean.  */
START_TEST (few_places)
{
  sample s = sample_alloc (12, 1);
  double t[12], want[12];

  for (size_t i = 0; i < 12; i++)
    {
      gsl_matrix_set (s.X, i, 0, i % 2 ? 3 : 1);
      gsl_vector_set (s.y, i, (i % 2 ? 10 : 4) + (i < 2 ? 1 : 0));
    }
  fit_at (type, "span=1.5", &s, s.X, t);
  for (size_t i = 0; i < 12; i++)
    want[i] = (i % 2 ? 10 : 4) + 1. / 6;
  agree (t, want, 12, 1e-12);
  fit_at (type, "span=0.5", &s, s.X, t);
  agree (t, want, 12, 1e-12);
  gsl_matrix_set_all (s.X, 5);
  fit_at (type, "", &s, s.X, t);
  for (size_t i = 0; i < 12; i++)
    want[i] = 7 + 1. / 6;
  agree (t, want, 12, 1e-12);
  sample_free (&s);
}
END_TEST

/* Polynomials of the degree come back, far outside too.  */
START_TEST (reproduces)
{
  sample s = sample_random (7, 100, 1, 0);
  gsl_matrix *P = gsl_matrix_alloc (40, 1);
  double t[40], want[40];

  for (size_t i = 0; i < 100; i++)
    {
      double x = gsl_matrix_get (s.X, i, 0);
      gsl_vector_set (s.y, i, 3 + 2 * x - x * x);
    }
  for (size_t p = 0; p < 40; p++)
    {
      double x = -20 + (double)p;
      gsl_matrix_set (P, p, 0, x);
      want[p] = 3 + 2 * x - x * x;
    }
  fit_at (type, "span=0.5,robust=3", &s, P, t);
  agree (t, want, 40, 1e-9);
  gsl_matrix_free (P);
  sample_free (&s);
}
END_TEST

START_TEST (refuses)
{
  sample s = sample_random (8, 50, 2, 0), many = sample_random (8, 50, 9, 0);

  refused (type, "span=0.1", &s,
           "span 0.1 takes 5 of 50 rows; degree 2 in 2 inputs needs at least "
           "6");
  refused (type, "", &many, "loess takes 1 to 8 inputs; there are 9");
  sample_free (&s);
  sample_free (&many);
}
END_TEST

int
main (void)
{
  Suite *s = suite_create ("loess");
  TCase *t = tcase_create ("loess");
  SRunner *r = srunner_create (s);

  tcase_add_test (t, as_r);
  tcase_add_loop_test (t, definition, 0, 3);
  tcase_add_loop_test (t, promises, 0, 2 * COUNT (kinds));
  tcase_add_loop_test (t, written_out, 0, COUNT (kinds));
  tcase_add_test (t, few_places);
  tcase_add_test (t, reproduces);
  tcase_add_test (t, refuses);
  suite_add_tcase (s, t);
  srunner_set_tap (r, "-");
  srunner_run_all (r, CK_SILENT);
  srunner_free (r);
  return EXIT_SUCCESS;
}
