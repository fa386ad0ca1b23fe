/* Nearest neighbours against their definition and against numpy.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>

#include "smooth_tools.h"

static const bd_fitter_type *const type = &bd_fitter_knn;

START_TEST (as_numpy)
{
  FILE *f = golden ("gagurine_near.txt");
  sample s = gagurine ();
  double x[MOST], t[MOST], want[MOST];
  size_t m = read_numbers (f, "grid", x);
  gsl_matrix_view P = gsl_matrix_view_array (x, m, 1);
  char knobs[80];
  int k, fits = 0;

  for (; fscanf (f, " knn %d", &k) == 1; fits++)
    {
      ck_assert_uint_eq (read_numbers (f, "fit", want), m);
      snprintf (knobs, sizeof knobs, "k=%d", k);
      fit_at (type, knobs, &s, &P.matrix, t);
      agree (t, want, m, 1e-13);
    }
  ck_assert_int_eq (fits, 5);
  fclose (f);
  sample_free (&s);
}
END_TEST

/* Sort the rows by distance; ties share what is left of k.  */
static double
slow (const sample *s, const gsl_matrix *at, size_t p, double k)
{
  const size_t n = s->X->size1;
  double far[MOST], weight = 0, sum = 0, unit[3];
  size_t order[MOST];

  for (size_t j = 0; j < s->X->size2; j++)
    unit[j] = gsl_stats_sd (gsl_matrix_ptr (s->X, 0, j), s->X->tda, n);
  for (size_t i = 0; i < n; i++)
    {
      far[i] = 0;
      for (size_t j = 0; j < s->X->size2; j++)
        far[i] += gsl_pow_2 (
            (gsl_matrix_get (s->X, i, j) - gsl_matrix_get (at, p, j))
            / unit[j]);
      far[i] = sqrt (far[i]);
    }
  gsl_sort_index (order, far, 1, n);
  for (size_t i = 0, j; i < n; i = j)
    {
      double w = 0, wy = 0;
      for (j = i; j < n && far[order[j]] - far[order[i]] < 1e-8; j++)
        {
          w += s->w[order[j]];
          wy += s->w[order[j]] * gsl_vector_get (s->y, order[j]);
        }
      double part = weight + w > k ? (k - weight) / w : 1;
      weight += part * w;
      sum += part * wy;
      if (part < 1)
        break;
    }
  return sum / weight;
}

static const double steps[] = { 0, 0.1, 0.5, 2 };

START_TEST (definition)
{
  static const int ks[] = { 1, 2, 5, 30, 150 };
  double t[MOST], want[MOST];
  char knobs[80];

  for (size_t d = 1; d < 4; d++)
    for (unsigned long seed = 0; seed < 5; seed++)
      {
        sample s = sample_random (seed, 180, d, steps[_i]);
        sample at = sample_random (seed + 90, 60, d, steps[_i]);
        for (size_t i = 0; seed == 4 && i < 180; i++)
          s.w[i] *= 0.3;
        snprintf (knobs, sizeof knobs, "k=%d", ks[seed]);
        fit_at (type, knobs, &s, at.X, t);
        for (size_t p = 0; p < 60; p++)
          want[p] = slow (&s, at.X, p, ks[seed]);
        agree (t, want, 60, 1e-12);
        sample_free (&s);
        sample_free (&at);
      }
}
END_TEST

/* A point half way between two rows; neighbours left out by their weights;
   fewer in use than k.  */
START_TEST (by_hand)
{
  sample s = sample_alloc (4, 1);
  double t[4];

  for (size_t i = 0; i < 4; i++)
    {
      gsl_matrix_set (s.X, i, 0, 0.1 * (double)(i + 1));
      gsl_vector_set (s.y, i, (double[]){ 1, 10, 100, 1000 }[i]);
    }
  gsl_matrix *P = gsl_matrix_alloc (1, 1);
  gsl_matrix_set (P, 0, 0, 0.25);
  fit_at (type, "k=1", &s, P, t);
  ck_assert_double_eq_tol (t[0], 55, 1e-12);
  fit_at (type, "k=3", &s, P, t);
  ck_assert_double_eq_tol (t[0], (110 + 1001 / 2.) / 3, 1e-12);
  s.w[1] = s.w[3] = 0;
  fit_at (type, "k=1", &s, P, t);
  ck_assert_double_eq_tol (t[0], 100, 1e-12);
  fit_at (type, "k=4", &s, P, t);
  ck_assert_double_eq_tol (t[0], 50.5, 1e-12);
  s.w[2] = 2.5;
  fit_at (type, "k=3", &s, P, t);
  ck_assert_double_eq_tol (t[0], 250.5 / 3, 1e-12);
  gsl_matrix_free (P);
  sample_free (&s);
}
END_TEST

/* Subsets so small that the lists of the plan do not always reach: a distant
   row is the nearest.  */
START_TEST (beyond_the_list)
{
  sample s = sample_random (5, MOST, 1 + (size_t)_i % 2, _i > 1 ? 0.1 : 0);
  double t[MOST], want[MOST];

  for (size_t few = 31; few < 99; few += 3)
    {
      for (size_t i = 0; i < MOST; i++)
        s.w[i] = i % few == 0;
      fit_at (type, "k=2", &s, s.X, t);
      for (size_t p = 0; p < MOST; p += 7)
        {
          want[p] = slow (&s, s.X, p, 2);
          agree (t + p, want + p, 1, 1e-12);
        }
    }
  sample_free (&s);
}
END_TEST

START_TEST (promises)
{
  contract (type, _i / 2 ? "k=1" : "k=7", 1 + (size_t)_i % 2);
}
END_TEST

START_TEST (refuses)
{
  sample s = sample_random (8, 5, 1, 0);

  refused (type, "k=11", &s,
           "11 neighbours need at least 11 rows; there are "
           "5");
  sample_free (&s);
}
END_TEST

int
main (void)
{
  Suite *s = suite_create ("knn");
  TCase *t = tcase_create ("knn");
  SRunner *r = srunner_create (s);

  tcase_add_test (t, as_numpy);
  tcase_add_loop_test (t, definition, 0, COUNT (steps));
  tcase_add_test (t, by_hand);
  tcase_add_loop_test (t, beyond_the_list, 0, 4);
  tcase_add_loop_test (t, promises, 0, 4);
  tcase_add_test (t, refuses);
  suite_add_tcase (s, t);
  srunner_set_tap (r, "-");
  srunner_run_all (r, CK_SILENT);
  srunner_free (r);
  return EXIT_SUCCESS;
}
