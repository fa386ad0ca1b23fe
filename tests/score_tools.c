#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "score_tools.h"

golden_scores *
golden_open (void)
{
  const char *dir = getenv ("srcdir");
  golden_scores *g = calloc (1, sizeof *g);
  char path[4096], name[40];
  size_t count;

  snprintf (path, sizeof path, "%s/tests/golden/scores.txt", dir ? dir : ".");
  FILE *f = fopen (path, "r");
  ck_assert_msg (f && g, "%s", path);
  while (fscanf (f, "%39s %zu", name, &count) == 2)
    {
      golden_line *to = &g->line[g->count++];
      ck_assert_uint_lt (g->count, GOLDEN_LINES);
      strcpy (to->name, name);
      to->count = count;
      to->x = calloc (count, sizeof *to->x);
      ck_assert_ptr_nonnull (to->x);
      for (size_t i = 0; i < count; i++)
        ck_assert_int_eq (fscanf (f, "%lf", &to->x[i]), 1);
    }
  fclose (f);
  return g;
}

void
golden_close (golden_scores *g)
{
  for (size_t k = 0; k < g->count; k++)
    free (g->line[k].x);
  free (g);
}

const double *
golden_get (const golden_scores *g, const char *name, size_t count)
{
  for (size_t k = 0; k < g->count; k++)
    if (strcmp (g->line[k].name, name) == 0)
      {
        ck_assert_uint_eq (g->line[k].count, count);
        return g->line[k].x;
      }
  ck_abort_msg ("no line '%s'", name);
  return NULL;
}

bd_forecast
golden_normal (const golden_scores *g)
{
  return (bd_forecast){ .n = 12,
                        .y = golden_get (g, "y", 12),
                        .mean = golden_get (g, "mu", 12),
                        .sd = golden_get (g, "sigma", 12) };
}

bd_interval
score_of (const char *name, const bd_forecast *f)
{
  const bd_score_type *type = bd_score_find (name);
  bd_interval a;

  ck_assert_msg (type != NULL, "%s", name);
  ck_assert_int_eq (bd_score_mean (type, f, &a), GSL_SUCCESS);
  return a;
}

double *
score_rows (const char *name, const bd_forecast *f)
{
  const bd_score_type *type = bd_score_find (name);
  double *x = calloc (f->n, sizeof *x);

  ck_assert_ptr_nonnull (x);
  ck_assert_msg (type && type->rows, "%s", name);
  ck_assert_int_eq (type->rows (f, x), GSL_SUCCESS);
  return x;
}
