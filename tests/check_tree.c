#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fitter/fitter.h"
#include "fitter/tree.h"
#include "tree_tools.h"

static void
against_slow (const sample *s, double least, unsigned depth)
{
  static tree fast, want;
  const rule q = { least, depth, fast.order };
  char knobs[64];

  snprintf (knobs, sizeof knobs, "min_leaf=%g,depth=%u", least, depth);
  grow (s, knobs, &fast);
  slow_tree (s, &q, &want);
  same_splits (&fast, &want);
  for (size_t i = 0; i < s->X->size1; i++)
    if (s->w[i] > 0)
      ck_assert_double_eq_tol (fast.t[i], want.t[i], 1e-11);
}

START_TEST (definition)
{
  gsl_rng *r = stream ((uint64_t)_i);
  static const unsigned levels[] = { 0, 2, 5, 30 };
  static const double least[] = { 1, 2, 5 };

  for (int trial = 0; trial < 40; trial++)
    for (int kind = 0; kind < KINDS; kind++)
      {
        size_t n = 1 + gsl_rng_uniform_int (r, 40);
        sample s = random_sample (r, n, 1 + (size_t)trial % COLUMNS,
                                  levels[_i], trial % 2, (weights)kind);
        against_slow (&s, least[trial % 3], trial % 5 ? 64 : 3);
        sample_free (&s);
      }
  gsl_rng_free (r);
}
END_TEST

/* More candidates than a batch holds.  */
START_TEST (many_rows)
{
  gsl_rng *r = stream (100 + (uint64_t)_i);
  sample s
      = random_sample (r, TREE_BATCH + 300, 2, _i ? 700 : 0, false, COUNTS);

  against_slow (&s, 5, 3);
  sample_free (&s);
  gsl_rng_free (r);
}
END_TEST

START_TEST (weight_is_a_count)
{
  static tree a, b;
  gsl_rng *r = stream (200 + (uint64_t)_i);

  for (int trial = 0; trial < 20; trial++)
    {
      sample s
          = random_sample (r, 200, COLUMNS, _i % 2 ? 12 : 0, _i / 2, COUNTS);
      sample out = written_out (&s);
      grow (&s, "min_leaf=3", &a);
      grow_at (&out, "min_leaf=3", s.X, &b);
      same_splits (&a, &b);
      near (&a, &b, 1, 0);
      sample_free (&s);
      sample_free (&out);
    }
  gsl_rng_free (r);
}
END_TEST

START_TEST (row_order)
{
  static tree a, b;
  gsl_rng *r = stream (300);

  for (int trial = 0; trial < 20; trial++)
    {
      sample s = random_sample (r, 150, COLUMNS, trial % 2 ? 9 : 0,
                                trial % 3 == 0, ONES);
      sample back = sample_alloc (150, COLUMNS);
      for (size_t i = 0; i < 150; i++)
        {
          gsl_vector_view x = gsl_matrix_row (s.X, i);
          gsl_matrix_set_row (back.X, 149 - i, &x.vector);
          gsl_vector_set (back.y, 149 - i, gsl_vector_get (s.y, i));
        }
      grow (&s, "min_leaf=1", &a);
      grow_at (&back, "min_leaf=1", s.X, &b);
      same_splits (&a, &b);
      near (&a, &b, 1, 0);
      sample_free (&s);
      sample_free (&back);
    }
  gsl_rng_free (r);
}
END_TEST

START_TEST (scale_and_offset)
{
  static tree a, b;
  static const double shift[] = { 0, 1e9, -1e12, 0 },
                      slope[] = { -1, 4, 0x1p-10, 0x1p300 };
  gsl_rng *r = stream (400);
  sample s = random_sample (r, 300, COLUMNS, 20, true, COUNTS);

  grow (&s, "min_leaf=1", &a);
  gsl_vector_scale (s.y, slope[_i]);
  gsl_vector_add_constant (s.y, shift[_i]);
  grow (&s, "min_leaf=1", &b);
  same_splits (&a, &b);
  near (&a, &b, slope[_i], shift[_i]);
  sample_free (&s);
  gsl_rng_free (r);
}
END_TEST

/* A jump that dwarfs what is to be found on either side of it.  */
START_TEST (small_beside_large)
{
  static tree a;
  sample s = sample_alloc (40, 1);

  for (size_t i = 0; i < 40; i++)
    {
      gsl_matrix_set (s.X, i, 0, (double)i);
      gsl_vector_set (s.y, i, (i < 20 ? 0 : 1e8) + (i % 20 < 10 ? 1 : 2));
    }
  grow (&s, "min_leaf=1", &a);
  ck_assert_uint_eq (a.splits, 3);
  ck_assert_double_eq (a.at[0], 19.5);
  ck_assert_double_eq (a.at[1], 9.5);
  ck_assert_double_eq (a.at[2], 29.5);
  sample_free (&s);
}
END_TEST

/* Pruning, computed by hand  */

static const struct
{
  const char *knobs;
  size_t splits;
} chain[] = { /* squares 27, gains 25 and 2: 2/27 = 0.074, 25/27 = 0.926 */
              { "min_leaf=1", 2 },
              { "min_leaf=1,cp=0.074", 2 },
              { "min_leaf=1,cp=0.075", 1 },
              { "min_leaf=1,cp=0.925", 1 },
              { "min_leaf=1,cp=0.926", 0 }
};

START_TEST (prune_chain)
{
  static tree a;
  sample s = sample_of (4, (double[]){ 1, 2, 3, 4 }, (double[]){ 0, 0, 4, 6 });

  grow (&s, chain[_i].knobs, &a);
  ck_assert_uint_eq (a.splits, chain[_i].splits);
  sample_free (&s);
}
END_TEST

/* The first split of a near exclusive-or gains 0.25, those below 50 and 40.5;
   of 90.75 in all.  The first is kept for the sake of the others as long as
   90.75/3 per leaf pays, and then all go at once.  */
START_TEST (prune_weakest_link)
{
  static tree a;
  sample s = sample_alloc (4, 2);

  for (size_t i = 0; i < 4; i++)
    {
      gsl_matrix_set (s.X, i, 0, (double)(i / 2));
      gsl_matrix_set (s.X, i, 1, (double)(i % 2));
      gsl_vector_set (s.y, i, (double[]){ 0, 10, 10, 1 }[i]);
    }
  grow (&s, "min_leaf=1,cp=0.333", &a);
  ck_assert_uint_eq (a.splits, 3);
  grow (&s, "min_leaf=1,cp=0.334", &a);
  ck_assert_uint_eq (a.splits, 0);
  ck_assert_double_eq_tol (a.t[0], 5.25, 1e-14);
  sample_free (&s);
}
END_TEST

/* R's trees  */

static sample
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

/* NAME, a count and that many numbers; returns the count.  */
static size_t
read_numbers (FILE *f, const char *name, double to[])
{
  char word[16];
  size_t count;

  ck_assert_int_eq (fscanf (f, "%15s %zu", word, &count), 2);
  ck_assert_str_eq (word, name);
  for (size_t i = 0; i < count; i++)
    ck_assert_int_eq (fscanf (f, "%lf", &to[i]), 1);
  return count;
}

START_TEST (rpart)
{
  static tree a;
  static double at[MOST], fit[MOST];
  FILE *f = golden ("gagurine_rpart.txt");
  sample s = gagurine ();
  double cp, least;
  char knobs[80], line[128];
  unsigned depth;
  int trees = 0;

  while (fgets (line, sizeof line, f) && strncmp (line, "# fit", 5))
    ;
  size_t m = read_numbers (f, "grid", fit);
  gsl_matrix *P = gsl_matrix_alloc (m, 1);
  for (size_t i = 0; i < m; i++)
    gsl_matrix_set (P, i, 0, fit[i]);
  for (; fscanf (f, " tree %lf %lf %u", &cp, &least, &depth) == 3; trees++)
    {
      snprintf (knobs, sizeof knobs, "cp=%g,min_leaf=%g,depth=%u", cp, least,
                depth);
      grow_at (&s, knobs, P, &a);
      ck_assert_uint_eq (read_numbers (f, "splits", at), a.splits);
      gsl_sort (a.at, 1, a.splits);
      for (size_t i = 0; i < a.splits; i++)
        ck_assert_double_eq_tol (a.at[i], at[i], 1e-12);
      ck_assert_uint_eq (read_numbers (f, "fit", fit), m);
      for (size_t i = 0; i < m; i++)
        ck_assert_double_eq_tol (a.t[i], fit[i], 1e-12);
    }
  ck_assert_int_eq (trees, 4);
  gsl_matrix_free (P);
  sample_free (&s);
  fclose (f);
}
END_TEST

/* Edges  */

static const struct
{
  size_t n;
  double x[4], y[4];
} leaf[] = {
  { 1, { 1 }, { 2 } },
  { 4, { 1, 2, 3, 4 }, { 0.1, 0.1, 0.1, 0.1 } },
  { 4, { 1, 2, 3, 4 }, { 1e17, 1e17, 1e17, 1e17 } },
  { 4, { 0, -0.0, 0, 0 }, { 1, 2, 3, 4 } },
};

START_TEST (one_leaf)
{
  static tree a;
  sample s = sample_of (leaf[_i].n, leaf[_i].x, leaf[_i].y);
  double mean;

  for (size_t i = 0; i < leaf[_i].n; i++)
    s.w[i] = 0.3 + (double)i;
  squares (&s, (size_t[]){ 0, 1, 2, 3 }, leaf[_i].n, &mean);
  grow (&s, "min_leaf=1", &a);
  ck_assert_uint_eq (a.splits, 0);
  ck_assert_double_eq_tol (a.t[0], mean, 1e-14 * mean);
  sample_free (&s);
}
END_TEST

static const struct
{
  double x[2], y[2];
} pair[] = {
  { { 1, 1 + 0x1p-52 }, { 3, 4 } }, /* no double between the two */
  { { 1 - 0x1p-53, 1 }, { 3, 4 } },
  { { -1.7e308, 1.7e308 }, { -1.7e308, 1.7e308 } },
  { { 0, 0x1p-1074 }, { 0, 0x1p-1074 } },
};

START_TEST (two_leaves)
{
  static tree a;
  sample s = sample_of (2, pair[_i].x, pair[_i].y);

  grow (&s, "min_leaf=1", &a);
  ck_assert_uint_eq (a.splits, 1);
  for (size_t i = 0; i < 2; i++)
    ck_assert_double_eq (a.t[i], pair[_i].y[i]);
  sample_free (&s);
}
END_TEST

START_TEST (refuses)
{
  const bd_fitter_type *f = &bd_fitter_tree;
  bd_settings knob;
  const double none[3] = { 0 };
  sample s = sample_of (3, (double[]){ 1, 2, 3 }, (double[]){ 1, 2, 3 });
  bd_error err = { "" };
  gsl_error_handler_t *handler = gsl_set_error_handler_off ();

  bd_settings_default (f->knobs, &knob);
  void *plan = f->plan (&knob, s.X, s.y, s.X, &err);
  void *work = f->work (plan);

  ck_assert_int_eq (f->fit (plan, work, none, NULL), GSL_EINVAL);
  f->free_work (work);
  f->free_plan (plan);
  f->free_work (NULL);
  f->free_plan (NULL);
  gsl_vector_set (s.y, 1, GSL_NAN);
  ck_assert_ptr_null (f->plan (&knob, s.X, s.y, s.X, &err));
  ck_assert_str_eq (err.text, "row 2 is not finite");
  gsl_set_error_handler (handler);
  sample_free (&s);
}
END_TEST

START_TEST (order)
{
  static double x[MOST];
  static uint32_t row[MOST];
  gsl_rng *r = stream (500);

  for (size_t i = 0; i < MOST; i++)
    x[i] = i % 3 ? gsl_ran_cauchy (r, 1) : (double)(i % 5) * -0.0;
  ck_assert (bd_tree_order (x, 1, MOST, row));
  for (size_t i = 1; i < MOST; i++)
    ck_assert (x[row[i - 1]] < x[row[i]]
               || (x[row[i - 1]] == x[row[i]] && row[i - 1] < row[i]));
  gsl_rng_free (r);
}
END_TEST

#define COUNT(table) ((int)(sizeof (table) / sizeof *(table)))

int
main (void)
{
  Suite *s = suite_create ("tree");
  TCase *t = tcase_create ("tree");
  SRunner *r = srunner_create (s);

  tcase_add_loop_test (t, definition, 0, 4);
  tcase_add_loop_test (t, many_rows, 0, 2);
  tcase_add_loop_test (t, weight_is_a_count, 0, 4);
  tcase_add_test (t, row_order);
  tcase_add_loop_test (t, scale_and_offset, 0, 4);
  tcase_add_test (t, small_beside_large);
  tcase_add_loop_test (t, prune_chain, 0, COUNT (chain));
  tcase_add_test (t, prune_weakest_link);
  tcase_add_test (t, rpart);
  tcase_add_loop_test (t, one_leaf, 0, COUNT (leaf));
  tcase_add_loop_test (t, two_leaves, 0, COUNT (pair));
  tcase_add_test (t, refuses);
  tcase_add_test (t, order);
  suite_add_tcase (s, t);
  srunner_set_tap (r, "-");
  srunner_run_all (r, CK_SILENT);
  srunner_free (r);
  return EXIT_SUCCESS;
}
