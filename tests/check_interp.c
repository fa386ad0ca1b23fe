/* Interpolation against GSL's on the plain data.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_interp.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>

#include "smooth_tools.h"

static const bd_fitter_type *const type = &bd_fitter_interp;

#define KINDS 4
static const char *const kinds[KINDS]
    = { "kind=cubic", "kind=akima", "kind=steffen", "kind=linear" };

/* The places in use, increasing; how many.  */
static size_t
places (const sample *s, double x[], double y[])
{
  double weight[MOST];
  size_t order[MOST], count = 0;

  gsl_sort_index (order, s->X->data, s->X->tda, s->X->size1);
  for (size_t k = 0; k < s->X->size1; k++)
    {
      const size_t i = order[k];
      const double z = gsl_matrix_get (s->X, i, 0);
      if (!(s->w[i] > 0))
        continue;
      if (count == 0 || x[count - 1] < z)
        {
          x[count] = z;
          y[count] = weight[count] = 0;
          count++;
        }
      weight[count - 1] += s->w[i];
      y[count - 1] += s->w[i] * gsl_vector_get (s->y, i);
    }
  for (size_t k = 0; k < count; k++)
    y[k] /= weight[k];
  return count;
}

static void
by_gsl (int kind, const sample *s, const gsl_matrix *P, double t[])
{
  const gsl_interp_type *const types[]
      = { gsl_interp_cspline, gsl_interp_akima, gsl_interp_steffen,
          gsl_interp_linear };
  double x[MOST], y[MOST];
  const size_t count = places (s, x, y);
  gsl_interp *f = gsl_interp_alloc (types[kind], count);

  gsl_interp_init (f, x, y, count);
  for (size_t p = 0; p < P->size1; p++)
    {
      double at = gsl_matrix_get (P, p, 0);
      double in = GSL_MIN (GSL_MAX (at, x[0]), x[count - 1]);
      t[p] = gsl_interp_eval (f, x, y, in, NULL)
             + (at - in) * gsl_interp_eval_deriv (f, x, y, in, NULL);
    }
  gsl_interp_free (f);
}

/* Few rows and many, with and without ties; the points range wider.  */
START_TEST (as_gsl)
{
  double t[MOST], want[MOST];

  for (unsigned long seed = 0; seed < 40; seed++)
    {
      sample s = sample_random (seed, 15 + 5 * seed, 1, seed % 2 ? 0.15 : 0);
      sample at = sample_random (seed + 90, 150, 1, 0);
      gsl_matrix_scale (at.X, 1.3);
      fit_at (type, kinds[_i], &s, at.X, t);
      by_gsl (_i, &s, at.X, want);
      agree (t, want, 150, 1e-9);
      sample_free (&s);
      sample_free (&at);
    }
}
END_TEST

/* Through the points; a heavier row is no heavier, except among ties.  */
START_TEST (through_the_points)
{
  sample s = sample_random (1, 60, 1, 0);
  double t[60], again[60];

  for (size_t i = 0; i < 60; i++)
    s.w[i] = 1;
  fit_at (type, kinds[_i], &s, s.X, t);
  agree (t, s.y->data, 60, 1e-12);
  for (size_t i = 0; i < 60; i++)
    s.w[i] = 0.01 + (double)i;
  fit_at (type, kinds[_i], &s, s.X, again);
  agree (again, t, 60, 1e-12);
  gsl_matrix_set (s.X, 4, 0, gsl_matrix_get (s.X, 9, 0));
  fit_at (type, kinds[_i], &s, s.X, t);
  ck_assert_double_eq_tol (
      t[4],
      (s.w[4] * gsl_vector_get (s.y, 4) + s.w[9] * gsl_vector_get (s.y, 9))
          / (s.w[4] + s.w[9]),
      1e-12);
  ck_assert_double_eq (t[4], t[9]);
  sample_free (&s);
}
END_TEST

/* Two points: a line of every kind.  One is refused.  */
START_TEST (two_points)
{
  gsl_error_handler_t *handler = gsl_set_error_handler_off ();
  const double x[] = { 3, 1, 2, -5, 9 }, want[] = { 7, 3, 5, -9, 19 };
  sample s = sample_alloc (5, 1);
  double t[5];

  for (size_t i = 0; i < 5; i++)
    {
      gsl_matrix_set (s.X, i, 0, x[i]);
      gsl_vector_set (s.y, i, want[i] + (i > 1));
      s.w[i] = i < 2;
    }
  fit_at (type, kinds[_i], &s, s.X, t);
  agree (t, want, 5, 1e-14);
  bd_settings set = settings (type, kinds[_i]);
  void *plan = type->plan (&set, s.X, s.y, s.X, NULL);
  void *work = type->work (plan);
  s.w[0] = 0;
  ck_assert_int_eq (type->fit (plan, work, s.w, NULL), GSL_EDOM);
  type->free_work (work);
  type->free_plan (plan);
  gsl_set_error_handler (handler);
  sample_free (&s);
}
END_TEST

/* A line comes back, whatever is left of it, and on any scale.  */
START_TEST (line)
{
  static const double unit[] = { 1, 1e-300, 1e150 };

  for (unsigned long seed = 0; seed < 30; seed++)
    {
      sample s = sample_random (seed, 3 + seed, 1, 0);
      double t[MOST];
      s.w[0] = s.w[1] = 1;
      gsl_matrix_scale (s.X, unit[seed % 3]);
      for (size_t i = 0; i < s.X->size1; i++)
        gsl_vector_set (s.y, i,
                        5 - gsl_matrix_get (s.X, i, 0) / unit[seed % 3]);
      fit_at (type, kinds[_i], &s, s.X, t);
      agree (t, s.y->data, s.X->size1, 1e-11);
      sample_free (&s);
    }
}
END_TEST

START_TEST (promises) { contract (type, kinds[_i], 1); }
END_TEST

START_TEST (refuses)
{
  sample s = sample_random (8, 20, 1, 0), two = sample_random (8, 20, 2, 0);

  refused (type, "kind=akma", &s,
           "kind is 'akma'; it must be cubic, akima, steffen or linear (did "
           "you mean 'akima'?)");
  refused (type, "", &two, "interpolation takes one input; there are 2");
  gsl_matrix_set_all (s.X, 2);
  refused (type, "", &s,
           "interpolation needs at least 2 distinct values of x; there is 1");
  sample_free (&s);
  sample_free (&two);
}
END_TEST

int
main (void)
{
  Suite *s = suite_create ("interp");
  TCase *t = tcase_create ("interp");
  SRunner *r = srunner_create (s);

  tcase_add_loop_test (t, as_gsl, 0, KINDS);
  tcase_add_loop_test (t, through_the_points, 0, KINDS);
  tcase_add_loop_test (t, two_points, 0, KINDS);
  tcase_add_loop_test (t, line, 0, KINDS);
  tcase_add_loop_test (t, promises, 0, KINDS);
  tcase_add_test (t, refuses);
  suite_add_tcase (s, t);
  srunner_set_tap (r, "-");
  srunner_run_all (r, CK_SILENT);
  srunner_free (r);
  return EXIT_SUCCESS;
}
