/* Splits between bins.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdio.h>
#include <stdlib.h>

#include "tree_tools.h"

/* Enough bins for all values: the exact tree.  */
START_TEST (exact_bins)
{
  static tree a, b;
  gsl_rng *r = stream (6);
  static const char *const mtry[] = { "", ",mtry=2" };
  char exact[32], bins[64];

  for (int trial = 0; trial < 8; trial++)
    {
      sample s = random_sample (r, 700, COLUMNS, 40, trial % 2,
                                (weights)(trial % KINDS));
      snprintf (exact, sizeof exact, "min_leaf=%d%s", 1 + trial, mtry[_i]);
      snprintf (bins, sizeof bins, "%s,bins=40", exact);
      grow (&s, exact, &a);
      grow (&s, bins, &b);
      same_splits (&a, &b);
      near (&a, &b, 1, 0);
      sample_free (&s);
    }
  gsl_rng_free (r);
}
END_TEST

/* Sum of squares of what lies on either side of x = CUT in column J.  */
static double
squares_below (const sample *s, size_t j, double cut)
{
  static size_t row[2][MOST];
  size_t count[2] = { 0 };
  double mean;

  for (size_t i = 0; i < s->X->size1; i++)
    {
      int side = gsl_matrix_get (s->X, i, j) < cut ? 0 : 1;
      row[side][count[side]++] = i;
    }
  return squares (s, row[0], count[0], &mean)
         + squares (s, row[1], count[1], &mean);
}

/* The root's best split among those between BINS equal shares of the values of
   each column, from the definition.  */
static void
best_of_bins (const sample *s, size_t bins, size_t *feature, double *at)
{
  static double x[MOST];
  const size_t n = s->X->size1;
  double best = INFINITY;

  for (size_t j = 0; j < s->X->size2; j++)
    {
      gsl_vector_const_view c = gsl_matrix_const_column (s->X, j);
      for (size_t i = 0; i < n; i++)
        x[i] = gsl_vector_get (&c.vector, i);
      gsl_sort (x, 1, n);
      for (size_t b = 1; b < bins; b++)
        {
          size_t first = (b * n + bins - 1) / bins;
          double cut = (x[first - 1] + x[first]) / 2;
          double sum = squares_below (s, j, cut);
          if (sum < best)
            {
              best = sum;
              *feature = j;
              *at = cut;
            }
        }
    }
}

START_TEST (coarse_bins)
{
  static tree a;
  sample s = friedman (7 + (uint64_t)_i, 500);
  size_t feature = 0;
  double at = 0;

  best_of_bins (&s, 8 + 3 * (size_t)_i, &feature, &at);
  char knobs[64];
  snprintf (knobs, sizeof knobs, "depth=1,bins=%d", 8 + 3 * _i);
  grow (&s, knobs, &a);
  ck_assert_uint_eq (a.splits, 1);
  ck_assert_uint_eq (a.feature[0], feature);
  ck_assert_double_eq_tol (a.at[0], at, 1e-15);
  sample_free (&s);
}
END_TEST

int
main (void)
{
  Suite *s = suite_create ("bins");
  TCase *t = tcase_create ("bins");
  SRunner *r = srunner_create (s);

  tcase_add_loop_test (t, exact_bins, 0, 2);
  tcase_add_loop_test (t, coarse_bins, 0, 5);
  suite_add_tcase (s, t);
  srunner_set_tap (r, "-");
  srunner_run_all (r, CK_SILENT);
  srunner_free (r);
  return EXIT_SUCCESS;
}
