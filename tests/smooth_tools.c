#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "smooth_tools.h"

sample
sample_alloc (size_t n, size_t d)
{
  sample s = { gsl_matrix_calloc (n, d), gsl_vector_calloc (n), { 0 } };

  ck_assert_uint_le (n, MOST);
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
sample_random (unsigned long seed, size_t n, size_t d, double step)
{
  gsl_rng *r = gsl_rng_alloc (gsl_rng_taus2);
  sample s = sample_alloc (n, d);

  gsl_rng_set (r, seed + 1);
  for (size_t i = 0; i < n; i++)
    {
      double f = gsl_ran_gaussian (r, 0.3);
      for (size_t j = 0; j < d; j++)
        {
          double x = gsl_ran_flat (r, -2, 2);
          if (step > 0)
            x = step * rint (x / step);
          gsl_matrix_set (s.X, i, j, x * (j == 1 ? 40 : 1));
          f += sin (1.7 * x + (double)j);
        }
      gsl_vector_set (s.y, i, f);
      s.w[i] = gsl_ran_poisson (r, 1);
    }
  gsl_rng_free (r);
  return s;
}

static void
set_knob (const bd_fitter_type *type, char *text, bd_settings *set)
{
  char *value = strchr (text, '=');

  ck_assert_ptr_nonnull (value);
  *value++ = '\0';
  size_t k = bd_knob_find (type->knobs, text);
  ck_assert_msg (type->knobs[k].name != NULL, "%s", text);
  if (type->knobs[k].word)
    strncpy (set->word[k], value, BD_KNOB_WORD - 1);
  else
    set->value[k] = strtod (value, NULL);
}

bd_settings
settings (const bd_fitter_type *type, const char *knobs)
{
  bd_settings set = { .levels = NULL };
  char copy[256] = "", *next;

  for (size_t k = 0; type->knobs[k].name; k++)
    {
      set.value[k] = type->knobs[k].value;
      if (type->knobs[k].word)
        strncpy (set.word[k], type->knobs[k].word, BD_KNOB_WORD - 1);
    }
  strncpy (copy, knobs, sizeof copy - 1);
  for (char *at = copy; at && *at; at = next)
    {
      next = strchr (at, ',');
      if (next)
        *next++ = '\0';
      set_knob (type, at, &set);
    }
  return set;
}

static void *
plan_for (const bd_fitter_type *type, const char *knobs, const sample *s,
          const gsl_matrix *P)
{
  bd_settings set = settings (type, knobs);
  bd_error err = { "" };
  void *plan = type->plan (&set, s->X, s->y, P, &err);

  ck_assert_msg (plan != NULL, "%s", err.text);
  return plan;
}

void
fit_at (const bd_fitter_type *type, const char *knobs, const sample *s,
        const gsl_matrix *P, double t[])
{
  void *plan = plan_for (type, knobs, s, P), *work = type->work (plan);

  ck_assert_int_eq (type->fit (plan, work, s->w, NULL), GSL_SUCCESS);
  ck_assert_int_eq (type->predict (plan, work, t), GSL_SUCCESS);
  type->free_work (work);
  type->free_plan (plan);
}

void
agree (const double got[], const double want[], size_t m, double tol)
{
  double most = 0;

  for (size_t i = 0; i < m; i++)
    most = gsl_isnan (want[i]) ? most : GSL_MAX (most, fabs (want[i]));
  for (size_t i = 0; i < m; i++)
    ck_assert_msg (gsl_isnan (want[i])
                       || fabs (got[i] - want[i]) <= tol * most,
                   "%zu: %.17g, not %.17g", i, got[i], want[i]);
}

void
refused (const bd_fitter_type *type, const char *knobs, const sample *s,
         const char *why)
{
  gsl_error_handler_t *handler = gsl_set_error_handler_off ();
  bd_settings set = settings (type, knobs);
  bd_error err = { "" };

  ck_assert_ptr_null (type->plan (&set, s->X, s->y, s->X, &err));
  ck_assert_str_eq (err.text, why);
  gsl_set_error_handler (handler);
}

/* Contract  */

/* Every row twice, one after the other.  */
static sample
doubled (const sample *s)
{
  sample t = sample_alloc (2 * s->X->size1, s->X->size2);

  for (size_t i = 0; i < t.X->size1; i++)
    {
      gsl_vector_view x = gsl_matrix_row (s->X, i / 2);
      gsl_matrix_set_row (t.X, i, &x.vector);
      gsl_vector_set (t.y, i, gsl_vector_get (s->y, i / 2));
    }
  return t;
}

static void
weight_is_a_count (const bd_fitter_type *type, const char *knobs, sample *s)
{
  double one[MOST], two[MOST];
  sample t = doubled (s);
  const size_t n = t.X->size1;

  for (size_t i = 0; i < n; i++)
    t.w[i] = i / 2 % 5 < 2 ? 0 : i % 2 ? 0.25 : 1.75;
  fit_at (type, knobs, &t, s->X, one);
  for (size_t i = 0; i < n; i++)
    t.w[i] = i / 2 % 5 < 2 ? 0 : 1;
  /* What is absent may say anything.  */
  for (size_t i = 0; i < n; i++)
    if (!(t.w[i] > 0) && strcmp (type->name, "kernel") != 0)
      gsl_vector_set (t.y, i, (double)i);
  fit_at (type, knobs, &t, s->X, two);
  agree (one, two, n / 2, 1e-10);
  sample_free (&t);
}

static void
row_order (const bd_fitter_type *type, const char *knobs, sample *s)
{
  const size_t n = s->X->size1;
  sample back = sample_alloc (n, s->X->size2);
  double one[MOST], two[MOST];

  for (size_t i = 0; i < n; i++)
    {
      gsl_vector_view x = gsl_matrix_row (s->X, i);
      gsl_matrix_set_row (back.X, n - 1 - i, &x.vector);
      gsl_vector_set (back.y, n - 1 - i, gsl_vector_get (s->y, i));
      back.w[n - 1 - i] = s->w[i];
    }
  fit_at (type, knobs, s, s->X, one);
  fit_at (type, knobs, &back, s->X, two);
  agree (one, two, n, 1e-9);
  sample_free (&back);
}

/* Another response in the same work space, and back; scale and shift.  */
static void
other_response (const bd_fitter_type *type, const char *knobs, sample *s)
{
  const size_t n = s->X->size1;
  double first[MOST], t[MOST], y[MOST];
  void *plan = plan_for (type, knobs, s, s->X), *work = type->work (plan);

  for (size_t i = 0; i < n; i++)
    y[i] = 1e4 - 3 * gsl_vector_get (s->y, i);
  type->fit (plan, work, s->w, NULL);
  type->predict (plan, work, first);
  ck_assert_int_eq (type->respond (plan, work, y), GSL_SUCCESS);
  type->fit (plan, work, s->w, NULL);
  type->predict (plan, work, t);
  for (size_t i = 0; i < n; i++)
    t[i] = (1e4 - t[i]) / 3;
  agree (t, first, n, 1e-7);
  type->respond (plan, work, NULL);
  type->fit (plan, work, s->w, NULL);
  type->predict (plan, work, t);
  ck_assert_mem_eq (t, first, n * sizeof *t);
  type->free_work (work);
  type->free_plan (plan);
}

static void
edges (const bd_fitter_type *type, const char *knobs, sample *s)
{
  gsl_error_handler_t *handler = gsl_set_error_handler_off ();
  const double none[MOST] = { 0 };
  void *plan = plan_for (type, knobs, s, s->X), *work = type->work (plan);

  ck_assert_int_eq (type->fit (plan, work, none, NULL), GSL_EDOM);
  type->free_work (work);
  type->free_plan (plan);
  type->free_work (NULL);
  type->free_plan (NULL);
  gsl_set_error_handler (handler);
  gsl_vector_set (s->y, 1, GSL_NAN);
  refused (type, knobs, s, "row 2 is not finite");
  gsl_vector_set (s->y, 1, 0);
  gsl_matrix_set (s->X, 2, s->X->size2 - 1, GSL_POSINF);
  refused (type, knobs, s, "row 3 is not finite");
}

void
contract (const bd_fitter_type *type, const char *knobs, size_t d)
{
  for (unsigned long seed = 0; seed < 8; seed++)
    {
      sample s = sample_random (seed, 80, d, seed % 2 ? 0.2 : 0);
      weight_is_a_count (type, knobs, &s);
      row_order (type, knobs, &s);
      other_response (type, knobs, &s);
      edges (type, knobs, &s);
      sample_free (&s);
    }
}

/* Golden files  */

FILE *
golden (const char *name)
{
  const char *dir = getenv ("srcdir");
  char path[4096], *line = path;

  snprintf (path, sizeof path, "%s/tests/golden/%s", dir ? dir : ".", name);
  FILE *f = fopen (path, "r");
  ck_assert_msg (f != NULL, "%s", path);
  for (int c; (c = getc (f)) == '#' || ungetc (c, f) == EOF;)
    ck_assert_ptr_nonnull (line = fgets (path, sizeof path, f));
  return f;
}

sample
gagurine (void)
{
  FILE *f = golden ("gagurine.csv");
  sample s = sample_alloc (314, 1);
  double x, y;

  ck_assert_int_eq (fscanf (f, "%*[^\n]"), 0);
  for (size_t i = 0; i < 314; i++)
    {
      ck_assert_int_eq (fscanf (f, "%lf,%lf", &x, &y), 2);
      gsl_matrix_set (s.X, i, 0, x);
      gsl_vector_set (s.y, i, y);
    }
  fclose (f);
  return s;
}

size_t
read_numbers (FILE *f, const char *word, double to[])
{
  char got[16];
  size_t count;

  ck_assert_int_eq (fscanf (f, "%15s %zu", got, &count), 2);
  ck_assert_str_eq (got, word);
  ck_assert_uint_le (count, MOST);
  for (size_t i = 0; i < count; i++)
    ck_assert_int_eq (fscanf (f, "%lf", &to[i]), 1);
  return count;
}
