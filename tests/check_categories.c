/* Categorical columns, against all subsets of their levels.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fitter/fitter.h"
#include "tree_tools.h"

#define COUNT(table) ((int)(sizeof (table) / sizeof *(table)))

/* Column 0 with LEVELS levels, column 1 with 3, column 2 of numbers.  */
static const size_t three[][COLUMNS]
    = { { 2, 3, 0 }, { 5, 3, 0 }, { 8, 3, 0 } };

static sample
mixed (gsl_rng *r, size_t n, const size_t levels[COLUMNS], weights kind)
{
  sample s = random_sample (r, n, COLUMNS, 0, false, kind);

  s.levels = levels;
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < COLUMNS; j++)
      if (levels[j])
        gsl_matrix_set (s.X, i, j, (double)gsl_rng_uniform_int (r, levels[j]));
  return s;
}

/* A split from the definition: a row goes left when its level is in SET, or in
   a column of numbers when x < AT.  */
typedef struct
{
  size_t feature;
  unsigned set;
  double at, squares;
} cut;

static size_t
divide (const sample *s, const cut *c, const size_t row[], size_t count,
        size_t l[], size_t r[])
{
  size_t left = 0, right = 0;

  for (size_t i = 0; i < count; i++)
    {
      double x = gsl_matrix_get (s->X, row[i], c->feature);
      if (s->levels[c->feature] ? c->set >> (unsigned)x & 1 : x < c->at)
        l[left++] = row[i];
      else
        r[right++] = row[i];
    }
  return left;
}

/* Keep C as BEST when it is better; the rows on both sides must be there.  */
static void
consider (const sample *s, cut c, const size_t row[], size_t count, cut *best)
{
  static size_t l[MOST], r[MOST];
  size_t left = divide (s, &c, row, count, l, r);
  double mean;

  if (left == 0 || left == count)
    return;
  c.squares
      = squares (s, l, left, &mean) + squares (s, r, count - left, &mean);
  if (c.squares < best->squares * (1 - 1e-9))
    *best = c;
}

static void
slow (const sample *s, const size_t row[], size_t count, unsigned depth,
      double t[])
{
  size_t *l = calloc (count, sizeof *l), *r = calloc (count, sizeof *r);
  double mean;
  cut best = { .squares = squares (s, row, count, &mean) };
  const double all = best.squares;

  for (size_t j = 0; j < COLUMNS && depth > 0; j++)
    if (s->levels[j])
      for (unsigned set = 1; set < (1U << s->levels[j]) - 1; set++)
        consider (s, (cut){ .feature = j, .set = set }, row, count, &best);
    else
      for (size_t i = 0; i < count; i++)
        consider (
            s, (cut){ .feature = j, .at = gsl_matrix_get (s->X, row[i], j) },
            row, count, &best);
  if (best.squares < all && all > 1e-12)
    {
      size_t left = divide (s, &best, row, count, l, r);
      slow (s, l, left, depth - 1, t);
      slow (s, r, count - left, depth - 1, t);
    }
  else
    for (size_t i = 0; i < count; i++)
      t[row[i]] = mean;
  free (l);
  free (r);
}

static const char *const ways[] = { "", ",mtry=3", ",bins=64" };

/* Predictions at the rows: what an absent level does is left to others.  */
START_TEST (all_subsets)
{
  static tree a;
  static double want[MOST];
  size_t row[MOST];
  gsl_rng *r = stream (20 + (uint64_t)_i);
  char knobs[64];

  for (int trial = 0; trial < 12; trial++)
    {
      size_t n = trial < 6 ? 12 : 60, count = 0;
      sample s = mixed (r, n, three[_i / 3], (weights)(trial % KINDS));
      snprintf (knobs, sizeof knobs, "min_leaf=1,depth=3%s", ways[_i % 3]);
      for (size_t i = 0; i < n; i++)
        {
          s.w[i] += trial % KINDS == BAYES && s.w[i] > 0 ? 1 : 0;
          if (s.w[i] > 0)
            row[count++] = i;
        }
      slow (&s, row, count, 3, want);
      grow (&s, knobs, &a);
      for (size_t i = 0; i < count; i++)
        ck_assert_double_eq_tol (a.t[row[i]], want[row[i]], 1e-11);
      sample_free (&s);
    }
  gsl_rng_free (r);
}
END_TEST

static const char *const counted[] = { "min_leaf=3",
                                       "mtry=1",
                                       "split=random,min_leaf=1",
                                       "bins=8,mtry=2",
                                       "split=random,mtry=1",
                                       "min_leaf=1" };

START_TEST (weight_is_a_count)
{
  static tree a, b;
  gsl_rng *r = stream (40 + (uint64_t)_i);

  for (int trial = 0; trial < 20; trial++)
    {
      sample s = mixed (r, trial % 2 ? 200 : 30, three[trial % 3], COUNTS);
      for (size_t i = 0; i < s.X->size1; i++)
        s.w[i]++;
      if (trial % 4 > 1)
        for (size_t i = 0; i < s.X->size1; i++)
          gsl_vector_set (s.y, i, floor (gsl_vector_get (s.y, i)));
      sample out = written_out (&s);
      grow (&s, counted[_i], &a);
      grow_at (&out, counted[_i], s.X, &b);
      ck_assert_uint_eq (a.splits, b.splits);
      near (&a, &b, 1, 0);
      sample_free (&s);
      sample_free (&out);
    }
  gsl_rng_free (r);
}
END_TEST

/* Levels 1 and 2 have rows, level 0 has none and goes with the larger side,
   of which the weights decide.  */
START_TEST (absent_level)
{
  static tree a;
  static const size_t levels[] = { 3 };
  const double y = _i % 2 ? 1 : 9;
  sample s
      = sample_of (4, (double[]){ 0, 1, 2, 2 }, (double[]){ 100, y, 5, 5 });

  s.levels = levels;
  s.w[0] = 0;
  s.w[1] = _i / 2 ? 5 : 1;
  grow (&s, "min_leaf=1", &a);
  ck_assert_uint_eq (a.splits, 1);
  ck_assert_double_eq (a.t[0], a.t[_i / 2 ? 1 : 2]);
  ck_assert_double_eq_tol (a.t[1], y, 1e-14);
  ck_assert_double_eq_tol (a.t[2], 5, 1e-14);
  sample_free (&s);
}
END_TEST

/* The last of 64 levels parts from the others.  The plan keeps its own copy
   of the number of levels.  */
START_TEST (most_levels)
{
  static tree a;
  size_t levels[] = { 64 };
  sample s = sample_alloc (128, 1);

  s.levels = levels;
  for (size_t i = 0; i < 128; i++)
    {
      gsl_matrix_set (s.X, i, 0, (double)(i % 64));
      gsl_vector_set (s.y, i, i % 64 == 63 || i % 64 == 5 ? 3 : 1);
    }
  forest f
      = forest_plan (&s, _i ? "split=random,min_leaf=1" : "min_leaf=1", NULL);
  levels[0] = 0;
  forest_fit (&f, s.w, 0, &a);
  for (size_t i = 0; i < 128; i++)
    ck_assert_double_eq_tol (a.t[i], gsl_vector_get (s.y, i), 1e-14);
  if (_i == 0)
    ck_assert_uint_eq (a.splits, 1);
  forest_free (&f);
  sample_free (&s);
}
END_TEST

/* All seven ways to part four levels, with the same chance.  */
START_TEST (random_subset)
{
  static tree a;
  static const size_t levels[] = { 5 };
  double count[8] = { 0 }, chi = 0;
  sample s = sample_of (4, (double[]){ 0, 1, 3, 4 }, (double[]){ 1, 2, 4, 8 });

  s.levels = levels;
  forest f = forest_plan (&s, "split=random,min_leaf=1,depth=1", NULL);
  for (uint64_t member = 0; member < 3500; member++)
    {
      forest_fit (&f, s.w, member, &a);
      unsigned with = 0;
      for (unsigned i = 1; i < 4; i++)
        with |= a.t[i] == a.t[0] ? 1U << (i - 1) : 0;
      count[with]++;
    }
  ck_assert_double_eq (count[7], 0);
  for (size_t i = 0; i < 7; i++)
    chi += gsl_pow_2 (count[i] - 500) / 500;
  ck_assert_double_le (chi, gsl_cdf_chisq_Qinv (1e-4, 6));
  forest_free (&f);
  sample_free (&s);
}
END_TEST

static const struct
{
  size_t levels;
  double x;
  const char *text;
} refused[] = {
  { 65, 0, "column 1 has 65 levels; a tree takes at most 64" },
  { 3, 3, "row 2, column 1: 3 is none of the levels 0 to 2" },
  { 3, 0.5, "row 2, column 1: 0.5 is none of the levels 0 to 2" },
  { 3, -1, "row 2, column 1: -1 is none of the levels 0 to 2" },
};

START_TEST (refuses)
{
  sample s = sample_of (3, (double[]){ 0, refused[_i].x, 1 },
                        (double[]){ 1, 2, 3 });
  bd_settings set;
  bd_error err = { "" };
  gsl_error_handler_t *handler = gsl_set_error_handler_off ();

  bd_settings_default (bd_fitter_tree.knobs, &set);
  set.levels = &refused[_i].levels;
  ck_assert_ptr_null (bd_fitter_tree.plan (&set, s.X, s.y, s.X, &err));
  ck_assert_str_eq (err.text, refused[_i].text);
  gsl_set_error_handler (handler);
  sample_free (&s);
}
END_TEST

int
main (void)
{
  Suite *s = suite_create ("levels");
  TCase *t = tcase_create ("levels");
  SRunner *r = srunner_create (s);

  tcase_add_loop_test (t, all_subsets, 0, 3 * COUNT (three));
  tcase_add_loop_test (t, weight_is_a_count, 0, COUNT (counted));
  tcase_add_loop_test (t, absent_level, 0, 4);
  tcase_add_loop_test (t, most_levels, 0, 2);
  tcase_add_test (t, random_subset);
  tcase_add_loop_test (t, refuses, 0, COUNT (refused));
  suite_add_tcase (s, t);
  srunner_set_tap (r, "-");
  srunner_run_all (r, CK_SILENT);
  srunner_free (r);
  return EXIT_SUCCESS;
}
