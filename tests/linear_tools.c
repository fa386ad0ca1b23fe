#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>

#include "linear_tools.h"
#include "tools.h"

sample
sample_alloc (size_t n, size_t d)
{
  sample s = { gsl_matrix_alloc (n, d), gsl_vector_alloc (n), { 0 } };

  for (size_t i = 0; i < n; i++)
    s.w[i] = 1;
  return s;
}

void
sample_free (sample *s)
{
  gsl_matrix_free (s->X);
  gsl_vector_free (s->y);
}

sample
draw (uint64_t index, size_t n, size_t d, bool counts)
{
  gsl_rng *r = stream (index);
  sample s = sample_alloc (n, d);

  for (size_t i = 0; i < n; i++)
    {
      double f = 3;
      for (size_t j = 0; j < d; j++)
        {
          double z = gsl_ran_ugaussian (r);
          gsl_matrix_set (s.X, i, j, gsl_pow_int (100, (int)j) * (z + 5));
          f += z * (double)(j + 1);
        }
      gsl_vector_set (s.y, i, f + gsl_ran_ugaussian (r));
      s.w[i] = counts ? (double)gsl_ran_poisson (r, 1)
                      : gsl_ran_exponential (r, 1);
    }
  gsl_rng_free (r);
  return s;
}

sample
repeat (const sample *s)
{
  size_t n = 0, d = s->X->size2;

  for (size_t i = 0; i < s->X->size1; i++)
    n += (size_t)s->w[i];
  sample t = sample_alloc (n, d);
  for (size_t i = 0, to = 0; i < s->X->size1; i++)
    for (int k = 0; k < (int)s->w[i]; k++, to++)
      {
        gsl_vector_view x = gsl_matrix_row (s->X, i);
        gsl_matrix_set_row (t.X, to, &x.vector);
        gsl_vector_set (t.y, to, gsl_vector_get (s->y, i));
      }
  return t;
}

void
predict (const bd_fitter_type *f, const char *knobs, const sample *s,
         const gsl_matrix *P, double t[])
{
  bd_settings set;
  bd_error err = { "" };

  ck_assert_int_eq (bd_knob_parse (f->knobs, knobs, &set, &err), 0);
  void *plan = f->plan (&set, s->X, s->y, P, &err);
  ck_assert_msg (plan != NULL, "%s", err.text);
  void *work = f->work (plan);
  ck_assert_int_eq (f->fit (plan, work, s->w, NULL), GSL_SUCCESS);
  ck_assert_int_eq (f->predict (plan, work, t), GSL_SUCCESS);
  f->free_work (work);
  f->free_plan (plan);
}

void
near (const double a[], const double b[], size_t m, double tolerance)
{
  for (size_t i = 0; i < m; i++)
    ck_assert_double_eq_tol (a[i], b[i], tolerance);
}
