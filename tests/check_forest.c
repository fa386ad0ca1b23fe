/* What turns trees into a forest: columns and thresholds at random.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ensemble/resample.h"
#include "fitter/fitter.h"
#include "fitter/tree.h"
#include "tree_tools.h"

#define COUNT(table) ((int)(sizeof (table) / sizeof *(table)))
#define TAIL 1e-4 /* a right program fails a test of chance that often */

/* Columns at random  */

static const char *const alike[] = { "", "split=random", "bins=16" };

static double
error_of (const tree *t, const gsl_vector *y)
{
  double sum = 0;

  for (size_t i = 0; i < t->m; i++)
    sum += gsl_pow_2 (t->t[i] - gsl_vector_get (y, i));
  return sum / (double)t->m;
}

/* Where nothing ties, all columns drawn anew for each node are all columns:
   the same tree, and with random thresholds the same law.  */
START_TEST (all_columns)
{
  static tree a, b;
  sample s = friedman (1, 300), test = friedman (10, 200);
  char knobs[64];
  double error[2][100];

  snprintf (knobs, sizeof knobs, "mtry=6,%s", _i ? alike[_i] : "min_leaf=5");
  forest f = forest_plan (&s, alike[_i], test.X),
         g = forest_plan (&s, knobs, test.X);
  for (uint64_t member = 0; member < 100; member++)
    {
      forest_fit (&f, s.w, member, &a);
      forest_fit (&g, s.w, member + 100, &b);
      if (_i != 1)
        same_splits (&a, &b);
      error[0][member] = error_of (&a, test.y);
      error[1][member] = error_of (&b, test.y);
    }
  double sd = hypot (gsl_stats_sd (error[0], 1, 100),
                     gsl_stats_sd (error[1], 1, 100));
  ck_assert_double_eq_tol (gsl_stats_mean (error[0], 1, 100),
                           gsl_stats_mean (error[1], 1, 100),
                           1e-9 + sd / 10 * gsl_cdf_ugaussian_Qinv (TAIL / 2));
  forest_free (&f);
  forest_free (&g);
  sample_free (&s);
  sample_free (&test);
}
END_TEST

static void
uniform (const double count[], size_t k)
{
  double total = 0, chi = 0;

  for (size_t i = 0; i < k; i++)
    total += count[i];
  for (size_t i = 0; i < k; i++)
    chi += gsl_pow_2 (count[i] - total / (double)k) / (total / (double)k);
  ck_assert_double_le (chi, gsl_cdf_chisq_Qinv (TAIL, (double)k - 1));
}

/* What draws columns, or their order.  */
static const char *const drawn[]
    = { "mtry=1", "mtry=1,split=random", "mtry=1,bins=8", "mtry=2", "" };

/* With mtry=1 the root takes the column drawn; of equal columns, which tie,
   the first in a random order.  Each has the same chance.  */
START_TEST (root_column)
{
  static tree a;
  sample s = friedman (2, 120);
  double count[6] = { 0 };
  char knobs[64];

  for (size_t i = 0; _i > 2 && i < 120; i++)
    for (size_t j = 1; j < 6; j++)
      gsl_matrix_set (s.X, i, j, gsl_matrix_get (s.X, i, 0));
  snprintf (knobs, sizeof knobs, "depth=1%s%s", *drawn[_i] ? "," : "",
            drawn[_i]);
  forest f = forest_plan (&s, knobs, NULL);
  for (uint64_t member = 0; member < 3000; member++)
    {
      forest_fit (&f, s.w, member, &a);
      ck_assert_uint_eq (a.splits, 1);
      count[a.feature[0]]++;
    }
  uniform (count, 6);
  forest_free (&f);
  sample_free (&s);
}
END_TEST

/* Only one column has two values: it is found.  */
START_TEST (goes_on)
{
  static tree a;
  sample s = friedman (3, _i % 2 ? 200 : 2);
  char knobs[64];

  gsl_matrix_set_all (s.X, 7);
  gsl_matrix_set (s.X, 0, 4, 8);
  snprintf (knobs, sizeof knobs, "min_leaf=1,%s", drawn[_i / 2]);
  forest f = forest_plan (&s, knobs, NULL);
  for (uint64_t member = 0; member < 50; member++)
    {
      forest_fit (&f, s.w, member, &a);
      ck_assert_uint_eq (a.splits, 1);
      ck_assert_uint_eq (a.feature[0], 4);
    }
  forest_free (&f);
  sample_free (&s);
}
END_TEST

/* Counts  */

static const char *const counted[] = { "mtry=1",
                                       "mtry=2,min_leaf=2",
                                       "split=random",
                                       "mtry=2,bins=8",
                                       "split=random,mtry=1,min_leaf=3",
                                       "bins=8",
                                       "mtry=1,min_leaf=1",
                                       "split=random,mtry=2,min_leaf=1",
                                       "bins=16,min_leaf=1" };

START_TEST (weight_is_a_count)
{
  static tree a, b;
  gsl_rng *r = stream (4);

  for (int trial = 0; trial < 12; trial++)
    {
      sample s = random_sample (r, trial % 2 ? 250 : 60, COLUMNS,
                                trial % 3 ? 0 : 12, trial % 4 == 0, COUNTS);
      for (size_t i = 0; i < s.X->size1; i++)
        s.w[i] += trial % 3 == 2 ? 60 : 1;
      if (trial % 3 == 2)
        for (size_t i = 20; i < s.X->size1; i++)
          s.w[i] = 1;
      sample out = written_out (&s);
      grow (&s, counted[_i], &a);
      grow_at (&out, counted[_i], s.X, &b);
      same_splits (&a, &b);
      near (&a, &b, 1, 0);
      sample_free (&s);
      sample_free (&out);
    }
  gsl_rng_free (r);
}
END_TEST

/* Random thresholds  */

/* Kolmogorov and Smirnov's distance of u from the uniform law on (0, 1), with
   the limit of its tail.  */
static void
uniform_numbers (double u[], size_t n)
{
  double far = 0;

  gsl_sort (u, 1, n);
  for (size_t i = 0; i < n; i++)
    {
      far = GSL_MAX (far, u[i] - (double)i / (double)n);
      far = GSL_MAX (far, (double)(i + 1) / (double)n - u[i]);
    }
  ck_assert_double_le (far * sqrt ((double)n), sqrt (-log (TAIL / 2) / 2));
}

START_TEST (random_threshold)
{
  static tree a;
  static double u[2000];
  sample s = friedman (5, _i ? 2 : 40);
  double least, most;

  gsl_vector_const_view x = gsl_matrix_const_column (s.X, 0);
  gsl_vector_minmax (&x.vector, &least, &most);
  for (size_t i = 0; i < s.X->size1; i++)
    for (size_t j = 1; j < 6; j++)
      gsl_matrix_set (s.X, i, j, 0);
  forest f = forest_plan (&s, "split=random,min_leaf=1,depth=1,mtry=2", NULL);
  for (uint64_t member = 0; member < 2000; member++)
    {
      forest_fit (&f, s.w, member, &a);
      ck_assert_uint_eq (a.splits, 1);
      u[member] = (a.at[0] - least) / (most - least);
    }
  uniform_numbers (u, 2000);
  forest_free (&f);
  sample_free (&s);
}
END_TEST

/* No number lies between the two values, or nearly none.  */
START_TEST (narrow_threshold)
{
  static tree a;
  static const double x[][2]
      = { { 1, 1 + 0x1p-52 }, { -1.7e308, 1.7e308 }, { 0, 0x1p-1074 } };
  sample s = sample_of (2, x[_i], (double[]){ 3, 4 });
  forest f = forest_plan (&s, "split=random,min_leaf=1", NULL);

  for (uint64_t member = 0; member < 20; member++)
    {
      forest_fit (&f, s.w, member, &a);
      ck_assert_double_eq (a.t[0], 3);
      ck_assert_double_eq (a.t[1], 4);
    }
  forest_free (&f);
  sample_free (&s);
}
END_TEST

/* Against R  */

/* The next 150 rows.  */
static sample
read_rows (FILE *f)
{
  sample s = sample_alloc (150, 6);

  for (size_t i = 0; i < 150; i++)
    {
      for (size_t j = 0; j < 6; j++)
        ck_assert_int_eq (fscanf (f, "%lf,", gsl_matrix_ptr (s.X, i, j)), 1);
      ck_assert_int_eq (fscanf (f, "%lf", gsl_vector_ptr (s.y, i)), 1);
    }
  return s;
}

/* The error of 300 bagged trees.  */
static double
forest_error (const sample *train, const sample *test, const char *knobs)
{
  static tree a;
  double mean[150] = { 0 }, squares = 0;
  forest f = forest_plan (train, knobs, test->X);
  const bd_rows rows = { .n = 150 };
  bd_resample *d = bd_resample_alloc (&bd_resample_bootstrap, NULL, &rows);
  gsl_rng *r = stream (8);

  for (uint64_t member = 0; member < 300; member++)
    {
      bd_resample_draw (d, 8, member, r);
      forest_fit (&f, d->w, member, &a);
      for (size_t i = 0; i < 150; i++)
        mean[i] += a.t[i] / 300;
    }
  for (size_t i = 0; i < 150; i++)
    squares += gsl_pow_2 (mean[i] - gsl_vector_get (test->y, i));
  bd_resample_free (d);
  gsl_rng_free (r);
  forest_free (&f);
  return sqrt (squares / 150);
}

/* ranger gives the mean error over its seeds and their spread, which is ours
   too: four of these differences between two forests.  */
START_TEST (ranger)
{
  FILE *f = golden ("forest.csv"), *g = golden ("forest.txt");
  char split[16], knobs[64];
  double want, sd;
  int mtry, forests = 0;

  ck_assert_int_eq (fscanf (f, "%*[^\n]"), 0);
  sample train = read_rows (f), test = read_rows (f);
  ck_assert_int_eq (fscanf (g, "%*[^\n]"), 0);
  for (; fscanf (g, "%15s %d %lf %lf", split, &mtry, &want, &sd) == 4;
       forests++)
    {
      snprintf (knobs, sizeof knobs, "min_leaf=1,split=%s,mtry=%d", split,
                mtry);
      ck_assert_double_eq_tol (forest_error (&train, &test, knobs), want,
                               4 * sd);
    }
  ck_assert_int_eq (forests, 6);
  fclose (f);
  fclose (g);
  sample_free (&train);
  sample_free (&test);
}
END_TEST

/* Knobs  */

static const struct
{
  const char *knobs, *text;
} refused[] = {
  { "mtry=7", "mtry is 7, but the data have 6 inputs" },
  { "split=worst", "split is 'worst'; it must be best or random" },
  { "bins=7", "bins is 7; it must be 0 or between 8 and 256" },
  { "bins=8,split=random", "random splits have no use for bins" },
};

START_TEST (refuses)
{
  sample s = friedman (9, 20);
  bd_settings set;
  bd_error err = { "" };
  gsl_error_handler_t *handler = gsl_set_error_handler_off ();

  ck_assert_int_eq (
      bd_knob_parse (bd_fitter_tree.knobs, refused[_i].knobs, &set, &err), 0);
  ck_assert_ptr_null (bd_fitter_tree.plan (&set, s.X, s.y, s.X, &err));
  ck_assert_str_eq (err.text, refused[_i].text);
  gsl_set_error_handler (handler);
  sample_free (&s);
}
END_TEST

int
main (void)
{
  Suite *s = suite_create ("forest");
  TCase *t = tcase_create ("forest");
  SRunner *r = srunner_create (s);

  tcase_add_loop_test (t, all_columns, 0, COUNT (alike));
  tcase_add_loop_test (t, root_column, 0, COUNT (drawn));
  tcase_add_loop_test (t, goes_on, 0, 2 * COUNT (drawn));
  tcase_add_loop_test (t, weight_is_a_count, 0, COUNT (counted));
  tcase_add_loop_test (t, random_threshold, 0, 2);
  tcase_add_loop_test (t, narrow_threshold, 0, 3);
  tcase_add_test (t, ranger);
  tcase_add_loop_test (t, refuses, 0, COUNT (refused));
  suite_add_tcase (s, t);
  srunner_set_tap (r, "-");
  srunner_run_all (r, CK_SILENT);
  srunner_free (r);
  return EXIT_SUCCESS;
}
