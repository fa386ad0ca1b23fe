#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "curve_tools.h"
#include "tools.h"

curve
curve_alloc (size_t n)
{
  curve c = { n, gsl_matrix_calloc (n, 1), gsl_vector_calloc (n),
              malloc (n * sizeof (double)) };

  ck_assert (c.X && c.y && c.w);
  for (size_t i = 0; i < n; i++)
    c.w[i] = 1;
  return c;
}

void
curve_free (curve *c)
{
  gsl_matrix_free (c->X);
  gsl_vector_free (c->y);
  free (c->w);
}

curve
curve_random (gsl_rng *r, size_t n, unsigned levels)
{
  curve c = curve_alloc (n);

  for (size_t i = 0; i < n; i++)
    {
      double x = gsl_ran_flat (r, -1, 3);
      if (levels)
        x = round (x * levels) / levels;
      gsl_matrix_set (c.X, i, 0, x);
      gsl_vector_set (c.y, i, sin (3 * x) + x + 0.3 * gsl_ran_ugaussian (r));
      c.w[i] = (double)gsl_ran_poisson (r, 1.5);
    }
  return c;
}

curve
curve_written_out (const curve *c)
{
  size_t count = 0;

  for (size_t i = 0; i < c->n; i++)
    count += GSL_MAX ((size_t)c->w[i], 1);
  curve out = curve_alloc (count);
  count = 0;
  for (size_t i = 0; i < c->n; i++)
    for (size_t k = 0; k < GSL_MAX ((size_t)c->w[i], 1); k++, count++)
      {
        gsl_matrix_set (out.X, count, 0, gsl_matrix_get (c->X, i, 0));
        gsl_vector_set (out.y, count,
                        c->w[i] > 0 ? gsl_vector_get (c->y, i) : 1e3);
        out.w[count] = c->w[i] > 0;
      }
  return out;
}

gsl_matrix *
curve_grid (double lo, double hi, size_t m)
{
  gsl_matrix *P = gsl_matrix_alloc (m, 1);

  ck_assert_ptr_nonnull (P);
  for (size_t j = 0; j < m; j++)
    gsl_matrix_set (P, j, 0,
                    lo + (hi - lo) * (double)j / (double)GSL_MAX (m - 1, 1));
  return P;
}

int
curve_fit (const bd_fitter_type *type, const char *spec, const curve *c,
           const gsl_matrix *P, double t[])
{
  bd_settings set;
  bd_error err = { "" };

  ck_assert_int_eq (bd_knob_parse (type->knobs, spec, &set, &err), 0);
  void *plan = type->plan (&set, c->X, c->y, P, &err);
  ck_assert_msg (plan != NULL, "%s", err.text);
  void *work = type->work (plan);
  ck_assert_ptr_nonnull (work);
  int code = type->fit (plan, work, c->w, NULL);
  if (!code)
    code = type->predict (plan, work, t);
  type->free_work (work);
  type->free_plan (plan);
  return code;
}

void
curve_near (const double a[], const double b[], size_t m, double tol)
{
  for (size_t j = 0; j < m; j++)
    ck_assert_double_eq_tol (a[j], b[j], tol);
}

void
curve_refused (const bd_fitter_type *type, const char *spec, const curve *c,
               const char *what)
{
  bd_settings set;
  bd_error err = { "" };

  ck_assert_int_eq (bd_knob_parse (type->knobs, spec, &set, &err), 0);
  ck_assert_ptr_null (type->plan (&set, c->X, c->y, c->X, &err));
  ck_assert_msg (strstr (err.text, what) != NULL, "%s", err.text);
}

#define POINTS 101

typedef struct
{
  const bd_fitter_type *type;
  const char *spec;
  double tol;
  gsl_matrix *P;
  double t[POINTS];
} subject;

static void
counts (subject *s, const curve *c)
{
  double t[POINTS];
  curve out = curve_written_out (c);

  ck_assert_int_eq (curve_fit (s->type, s->spec, &out, s->P, t), 0);
  curve_near (s->t, t, POINTS, s->tol);
  curve_free (&out);
}

/* Y in a plan made for another response, then that one again.  */
static void
response (subject *s, const curve *c)
{
  bd_settings set;
  double t[POINTS], *y = malloc (c->n * sizeof *y);
  curve other = curve_alloc (c->n);

  bd_knob_parse (s->type->knobs, s->spec, &set, NULL);
  for (size_t i = 0; i < c->n; i++)
    {
      y[i] = gsl_vector_get (c->y, i);
      gsl_vector_set (other.y, i, 5 - 2 * y[i]);
    }
  gsl_matrix_memcpy (other.X, c->X);
  void *plan = s->type->plan (&set, other.X, other.y, s->P, NULL);
  void *work = s->type->work (plan);
  ck_assert_int_eq (s->type->respond (plan, work, y), 0);
  ck_assert_int_eq (s->type->fit (plan, work, c->w, NULL), 0);
  s->type->predict (plan, work, t);
  curve_near (s->t, t, POINTS, s->tol);
  ck_assert_int_eq (s->type->respond (plan, work, NULL), 0);
  ck_assert_int_eq (s->type->fit (plan, work, c->w, NULL), 0);
  s->type->predict (plan, work, t);
  for (size_t j = 0; j < POINTS; j++)
    ck_assert_double_eq_tol (5 - 2 * s->t[j], t[j], 3 * s->tol);
  s->type->free_work (work);
  s->type->free_plan (plan);
  curve_free (&other);
  free (y);
}

/* Everything backwards, x and y moved and stretched.  */
static void
backwards (subject *s, const curve *c)
{
  double t[POINTS];
  curve back = curve_alloc (c->n);
  gsl_matrix *P = gsl_matrix_alloc (POINTS, 1);

  for (size_t i = 0; i < c->n; i++)
    {
      size_t j = c->n - 1 - i;
      gsl_matrix_set (back.X, j, 0, 1024 + 8 * gsl_matrix_get (c->X, i, 0));
      gsl_vector_set (back.y, j, 100 + 4 * gsl_vector_get (c->y, i));
      back.w[j] = 3 * c->w[i];
    }
  for (size_t j = 0; j < POINTS; j++)
    gsl_matrix_set (P, POINTS - 1 - j, 0,
                    1024 + 8 * gsl_matrix_get (s->P, j, 0));
  ck_assert_int_eq (curve_fit (s->type, s->spec, &back, P, t), 0);
  for (size_t j = 0; j < POINTS; j++)
    ck_assert_double_eq_tol (100 + 4 * s->t[j], t[POINTS - 1 - j],
                             100 * s->tol);
  gsl_matrix_free (P);
  curve_free (&back);
}

void
curve_contract (const bd_fitter_type *type, const char *spec, unsigned levels,
                double tol)
{
  gsl_rng *r = stream (700 + levels);
  static const size_t rows[] = { 80, 257, 1000 };

  for (size_t k = 0; k < 3; k++)
    {
      curve c = curve_random (r, rows[k], levels);
      subject s = { type, spec, tol, curve_grid (-1.2, 3.2, POINTS), { 0 } };
      ck_assert_int_eq (curve_fit (type, spec, &c, s.P, s.t), 0);
      counts (&s, &c);
      response (&s, &c);
      backwards (&s, &c);
      gsl_matrix_free (s.P);
      curve_free (&c);
    }
  gsl_rng_free (r);
}

void
curve_overflows (const bd_fitter_type *type, const char *spec)
{
  double t[POINTS];
  gsl_rng *r = stream (690);
  curve c = curve_random (r, 200, 0);
  gsl_matrix *P = curve_grid (-1, 3, POINTS);

  for (size_t i = 0; i < c.n; i++)
    gsl_vector_set (c.y, i, i % 2 ? 1.7e308 : -1.7e308);
  ck_assert_int_eq (curve_fit (type, spec, &c, P, t), GSL_EOVRFLW);
  gsl_matrix_free (P);
  curve_free (&c);
  gsl_rng_free (r);
}

FILE *
curve_golden (const char *name)
{
  const char *dir = getenv ("srcdir");
  char path[4096];
  int c;

  snprintf (path, sizeof path, "%s/tests/golden/%s", dir ? dir : ".", name);
  FILE *f = fopen (path, "r");
  ck_assert_msg (f != NULL, "%s", path);
  while ((c = getc (f)) == '#')
    ck_assert_int_eq (fscanf (f, "%*[^\n]%*c"), 0);
  ungetc (c, f);
  return f;
}

size_t
curve_read (FILE *f, const char *name, double to[])
{
  char word[16];
  size_t count;

  ck_assert_int_eq (fscanf (f, "%15s %zu", word, &count), 2);
  ck_assert_str_eq (word, name);
  ck_assert_uint_le (count, CURVE_MOST);
  for (size_t i = 0; i < count; i++)
    ck_assert_int_eq (fscanf (f, "%lf", &to[i]), 1);
  return count;
}

curve
curve_gagurine (void)
{
  FILE *f = curve_golden ("gagurine.csv");
  curve c = curve_alloc (314);
  double x, y;

  ck_assert_int_eq (fscanf (f, "%*[^\n]"), 0);
  for (size_t i = 0; i < c.n; i++)
    {
      ck_assert_int_eq (fscanf (f, "%lf,%lf", &x, &y), 2);
      gsl_matrix_set (c.X, i, 0, x);
      gsl_vector_set (c.y, i, y);
    }
  fclose (f);
  return c;
}

int
curve_agrees (const bd_fitter_type *type)
{
  static double want[CURVE_MOST], t[CURVE_MOST];
  FILE *f = curve_golden ("gagurine_curves.txt");
  curve c = curve_gagurine ();
  size_t m = curve_read (f, "grid", want);
  gsl_matrix *P = gsl_matrix_alloc (m, 1);
  char name[32], knobs[64];
  int fits = 0;

  for (size_t j = 0; j < m; j++)
    gsl_matrix_set (P, j, 0, want[j]);
  while (fscanf (f, "%31s %63s", name, knobs) == 2)
    {
      double most = 0;
      ck_assert_uint_eq (curve_read (f, "fit", want), m);
      if (strcmp (name, type->name))
        continue;
      for (size_t j = 0; j < m; j++)
        most = GSL_MAX (most, fabs (want[j]));
      ck_assert_int_eq (curve_fit (type, knobs, &c, P, t), 0);
      curve_near (t, want, m, 1e-9 * most);
      fits++;
    }
  gsl_matrix_free (P);
  curve_free (&c);
  fclose (f);
  return fits;
}
