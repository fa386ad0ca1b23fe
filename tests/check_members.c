/* Members from files in pieces, and how their weights were drawn.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/members.h"
#include "ensemble/recognise.h"
#include "tap.h"
#include "tools.h"

#define ROWS 40
#define MEMBERS 300

/* Value of member B at point J in the files below.  */
static double
value (uint64_t b, size_t j)
{
  return (double)(b * 7919 % 1009) / 8 + (double)j;
}

/* B members at M points, with a member's number in front.  */
static void
write_wide (const char *path, uint64_t B, size_t m)
{
  FILE *to = fopen (path, "w");

  ck_assert_ptr_nonnull (to);
  fputs ("# resampling: bayes\nmember", to);
  for (size_t j = 0; j < m; j++)
    fprintf (to, ",x%zu", j);
  for (uint64_t b = 0; b < B; b++)
    {
      fprintf (to, "\n%d", (int)b);
      for (size_t j = 0; j < m; j++)
        fprintf (to, ",%.17g", value (b, j));
    }
  fclose (to);
}

/* Read all pieces and check every number.  */
static void
read_pieces (const char *path, bool whole, uint64_t B, size_t m)
{
  const bd_members_layout layout = { .transposed = false };
  bd_error err = { "" };
  bd_members *a = bd_members_open (path, &layout, whole, &err);
  uint64_t next = 0, wrong = 0;
  int code;

  ck_assert_msg (a != NULL, "%s", err.text);
  ck_assert_uint_eq (a->points, m);
  ck_assert_str_eq (a->lines->resampling, "bayes");
  while (!(code = bd_members_next (a, &err)))
    {
      ck_assert_uint_eq (a->first, next);
      ck_assert (whole || a->first % 64 == 0);
      for (size_t k = 0; k < a->count; k++)
        {
          wrong += a->line[k] != next + 3;
          for (size_t j = 0; j < m; j++)
            wrong += a->T[k * m + j] != value (next, j);
          next++;
        }
      ck_assert (!whole || next == B);
    }
  ck_assert_int_eq (code, GSL_EOF);
  ck_assert_uint_eq (next, B);
  ck_assert_uint_eq (wrong, 0);
  ck_assert_str_eq (bd_members_where (a, m - 1), m == 3 ? "x2" : "x2499");
  bd_members_free (a);
}

START_TEST (pieces)
{
  char path[64];
  uint64_t B = _i == 0 ? 20000 : 1200;
  size_t m = _i == 0 ? 3 : 2500;

  snprintf (path, sizeof path, "check_members-%d.csv", _i);
  write_wide (path, B, m);
  read_pieces (path, false, B, m);
  read_pieces (path, true, B, m);
  remove (path);
}
END_TEST

static const struct
{
  const bd_resample_type *type;
  const char *name, *knobs;
  const char *found;  /* what the weights look like; NULL: nothing */
  double knob;        /* its first */
  const char *unlike; /* a type that cannot have drawn them */
} schemes[] = {
  { &bd_resample_bootstrap, NULL, "", "bootstrap", 1, "jackknife" },
  { &bd_resample_bootstrap, NULL, "fraction=0.5", "bootstrap", 0.5,
    "bootstrap" },
  { NULL, "subsample", "fraction=0.3", "subsample", 0.3, "subsample" },
  { &bd_resample_bayes, NULL, "", "bayes", 0, "poisson" },
  { NULL, "poisson", "", "poisson", 0, "bootstrap" },
  { NULL, "balanced", "", "bootstrap", 1, "subsample" },
  { NULL, "jackknife", "", "subsample", 39. / 40, "balanced" },
  { NULL, "folds", "k=3", NULL, 0, "jackknife" },
  { &bd_resample_none, NULL, "", "none", 0, "jackknife" },
};

/* Let members of TYPE, with KNOBS, be looked at as R says.  */
static int
look (bd_recognised *r, const bd_resample_type *type, const char *knobs)
{
  const bd_rows rows = { .n = ROWS };
  drawer d = drawer_open (type, knobs, &rows);
  bd_error err = { "" };
  int code = GSL_SUCCESS;

  for (uint64_t b = 0; !code && b < MEMBERS; b++)
    code = bd_recognise_look (r, draw_weights (&d, 3, b), "here", &err);
  drawer_close (&d);
  return code;
}

START_TEST (recognised)
{
  const char *name = schemes[_i].name, *knobs = schemes[_i].knobs;
  const bd_resample_type *type
      = name ? bd_resample_find (name) : schemes[_i].type;
  bd_recognised r = { .n = ROWS };
  bd_error err = { "" };

  ck_assert_int_eq (look (&r, type, knobs), GSL_SUCCESS);
  int code = bd_recognise_end (&r, &err);
  if (!schemes[_i].found)
    {
      ck_assert_int_eq (code, GSL_EINVAL);
      return;
    }
  ck_assert_int_eq (code, GSL_SUCCESS);
  ck_assert_str_eq (r.type->name, schemes[_i].found);
  if (schemes[_i].knob > 0)
    ck_assert_double_eq_tol (r.set.value[0], schemes[_i].knob, 1e-12);
}
END_TEST

/* A scheme takes its own draws, and not those of another.  */
START_TEST (known)
{
  const char *name = schemes[_i].name, *knobs = schemes[_i].knobs;
  const bd_resample_type *type
      = name ? bd_resample_find (name) : schemes[_i].type;
  bd_recognised own = { .n = ROWS, .type = type }, other = { .n = ROWS };

  bd_knob_parse (type->knobs, knobs, &own.set, NULL);
  ck_assert_int_eq (look (&own, type, knobs), GSL_SUCCESS);
  ck_assert_int_eq (bd_recognise_end (&own, NULL), GSL_SUCCESS);
  ck_assert_ptr_eq (own.type, type);

  other.type = bd_resample_find (schemes[_i].unlike);
  bd_settings_default (other.type->knobs, &other.set);
  ck_assert_int_eq (look (&other, type, knobs), GSL_EINVAL);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("members");
  TCase *c = tcase_create ("members");

  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, pieces, 0, 2);
  tcase_add_loop_test (c, recognised, 0, LENGTH (schemes));
  tcase_add_loop_test (c, known, 0, LENGTH (schemes));
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
