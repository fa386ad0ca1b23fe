#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conformal_tools.h"
#include "tools.h"

void
reference (const char *name, double to[], size_t count)
{
  const char *dir = getenv ("srcdir");
  char path[4096], word[64];
  size_t found = 0;

  snprintf (path, sizeof path, "%s/tests/golden/conformal.txt",
            dir ? dir : ".");
  FILE *f = fopen (path, "r");
  ck_assert_msg (f != NULL, "%s", path);
  while (found == 0 && fscanf (f, "%63s", word) == 1)
    if (strcmp (word, name) == 0)
      while (found < count && fscanf (f, "%63s", word) == 1)
        to[found++] = strtod (word, NULL);
  ck_assert_msg (found == count, "%s", name);
  fclose (f);
}

bd_interval_wish
wish (const char *words)
{
  bd_interval_wish w;
  char name[64];
  const char *knobs;
  bd_error err = { "" };

  ck_assert_int_eq (bd_knob_split (words, name, sizeof name, &knobs, &err), 0);
  w.type = bd_interval_find (name);
  ck_assert_msg (w.type != NULL, "%s", name);
  ck_assert_int_eq (bd_knob_parse (w.type->knobs, knobs, &w.set, &err), 0);
  return w;
}

static double
error (int kind, double x, gsl_rng *r)
{
  switch (kind)
    {
    case KIND_FAN:
      return (0.25 + x) * gsl_ran_ugaussian (r);
    case KIND_HEAVY:
      return gsl_ran_tdist (r, 3);
    case KIND_SKEWED:
      return gsl_ran_exponential (r, 1);
    default:
      return gsl_ran_ugaussian (r);
    }
}

static void
draw (int kind, gsl_rng *r, double *x, double *y)
{
  *x = gsl_rng_uniform (r);
  *y = kind == KIND_CURVED ? 4 * sin (6 * *x) : 3 * *x;
  *y += error (kind, *x, r);
}

static bool
one (int kind, bd_bagging *o, gsl_rng *r)
{
  size_t n = o->X->size1;
  gsl_matrix *X = gsl_matrix_alloc (n, 1), *P = gsl_matrix_alloc (1, 1);
  gsl_vector *y = gsl_vector_alloc (n);
  bd_error err = { "" };
  bd_bagged b;
  double seen;

  ck_assert (X && P && y);
  for (size_t i = 0; i < n; i++)
    draw (kind, r, gsl_matrix_ptr (X, i, 0), gsl_vector_ptr (y, i));
  draw (kind, r, gsl_matrix_ptr (P, 0, 0), &seen);
  o->X = X;
  o->y = y;
  o->P = P;
  o->seed++;
  ck_assert_msg (bd_bagging_run (o, &b, &err) == 0, "%s", err.text);
  bool inside = b.interval.lo[0] <= seen && seen <= b.interval.hi[0];
  bd_bagged_free (&b);
  gsl_matrix_free (X);
  gsl_matrix_free (P);
  gsl_vector_free (y);
  return inside;
}

size_t
covered (int kind, const bd_fitter_type *fitter, const char *knobs,
         const char *words, size_t n, size_t members, size_t repeats)
{
  gsl_matrix *shape = gsl_matrix_alloc (n, 1);
  bd_bagging o = { .fitter = fitter,
                   .resample = &bd_resample_bootstrap,
                   .interval = wish (words),
                   .seed = 1000000 * (uint64_t)(kind + 1),
                   .rows = { .n = n },
                   .threads = 1,
                   .members = members,
                   .places = 1000000 };
  gsl_rng *r = stream (31 + (uint64_t)kind);
  bd_error err = { "" };
  size_t count = 0;

  ck_assert (shape && r);
  ck_assert_int_eq (bd_knob_parse (fitter->knobs, knobs, &o.set, &err), 0);
  ck_assert_int_eq (bd_knob_parse (o.resample->knobs, "", &o.scheme, &err), 0);
  for (size_t k = 0; k < repeats; k++)
    {
      o.X = shape;
      count += one (kind, &o, r);
    }
  gsl_matrix_free (shape);
  gsl_rng_free (r);
  return count;
}

void
same_intervals (const bd_intervals *a, const bd_intervals *b)
{
  ck_assert_uint_eq (a->m, b->m);
  ck_assert_mem_eq (a->lo, b->lo, a->m * sizeof *a->lo);
  ck_assert_mem_eq (a->hi, b->hi, a->m * sizeof *a->hi);
  ck_assert_uint_eq (a->all.inside, b->all.inside);
  ck_assert_uint_eq (a->bins, b->bins);
}
