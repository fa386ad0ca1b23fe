#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "data/scenario.h"
#include "data/split.h"
#include "tap.h"
#include "tools.h"

static const struct
{
  size_t n, K;
} shape[]
    = { { 2, 2 }, { 10, 5 }, { 11, 5 }, { 7, 7 }, { 100, 3 }, { 1000, 10 } };

/* Every row is held out once; sizes differ by at most one; both parts are in
   order.  */
START_TEST (folds_partition)
{
  size_t n = shape[_i].n, K = shape[_i].K;
  size_t *held = calloc (n, sizeof *held);

  ck_assert_ptr_nonnull (held);
  for (size_t f = 0; f < K; f++)
    {
      bd_split *s = bd_split_fold (n, K, f, 9);
      ck_assert_ptr_nonnull (s);
      ck_assert_uint_eq (s->n, n);
      ck_assert_uint_eq (s->train + s->test, n);
      ck_assert (s->test == n / K || s->test == n / K + 1);
      for (size_t i = 1; i < n; i++)
        ck_assert (i == s->train || s->row[i] > s->row[i - 1]);
      for (size_t i = 0; i < n; i++)
        held[s->row[i]] += i < s->train ? 1 : n;
      bd_split_free (s);
    }
  for (size_t i = 0; i < n; i++)
    ck_assert_uint_eq (held[i], n + K - 1);
  free (held);
}
END_TEST

START_TEST (folds_by_seed)
{
  const size_t n = 100;
  bd_split *a = bd_split_fold (n, 5, 2, 1), *b = bd_split_fold (n, 5, 2, 1);
  bd_split *c = bd_split_fold (n, 5, 2, 2);

  ck_assert_mem_eq (a->row, b->row, n * sizeof *a->row);
  ck_assert_mem_ne (a->row, c->row, n * sizeof *a->row);
  bd_split_free (a);
  bd_split_free (b);
  bd_split_free (c);
  bd_split_free (NULL);
}
END_TEST

/* Over many seeds each row is held out equally often: five standard
   errors.  */
START_TEST (folds_are_fair)
{
  size_t held[20] = { 0 };

  for (uint64_t seed = 0; seed < 4000; seed++)
    {
      bd_split *s = bd_split_fold (20, 4, 1, seed);
      for (size_t i = s->train; i < s->n; i++)
        held[s->row[i]]++;
      bd_split_free (s);
    }
  for (size_t i = 0; i < 20; i++)
    ck_assert_double_eq_tol ((double)held[i], 1000, 5 * sqrt (4000 * 3. / 16));
}
END_TEST

static const struct
{
  const char *name;
  double x[10], truth;
} point[] = {
  { "sine", { M_PI / 3 }, 1 },
  { "sine", { 0 }, 0 },
  { "sine", { -M_PI / 9 }, -0.5 },
  { "friedman1", { 0.5, 1, 0.5, 0.2, 0.4, 9, 9, 9, 9, 9 }, 14 },
  { "friedman1", { 0.5, 1. / 3, 0, 0, 0, 1, 1, 1, 1, 1 }, 10 },
  { "friedman1", { 1, 1, 1, 1, 1, 0, 0, 0, 0, 0 }, 20 },
  { "friedman2", { 3, 2, 2.25, 1 }, 5 },
  { "friedman2", { 0, 4, 0, 0.5 }, 0.5 },
  { "friedman3", { 4, 2, 2.25, 1 }, M_PI / 4 },
  { "friedman3", { 4, 2, 0.25, 1 }, 0 },
};

START_TEST (truths)
{
  const bd_scenario *s = bd_scenario_find (point[_i].name);

  ck_assert_ptr_nonnull (s);
  ck_assert_double_eq_tol (s->truth (point[_i].x), point[_i].truth, 1e-14);
}
END_TEST

static const struct
{
  const char *name;
  double lo[10], hi[10];
} range[] = {
  { "sine", { -3 }, { 3 } },
  { "friedman1", { 0 }, { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 } },
  { "friedman2", { 0, 40 * M_PI, 0, 1 }, { 100, 560 * M_PI, 1, 11 } },
  { "friedman3", { 0, 40 * M_PI, 0, 1 }, { 100, 560 * M_PI, 1, 11 } },
};

#define ROWS 50000

/* Uniform inputs on their ranges, noise of the stated size around the truth;
   five standard errors.  */
START_TEST (draws)
{
  const bd_scenario *s = bd_scenario_find (range[_i].name);
  bd_dataset *a = bd_scenario_draw (s, ROWS, 2, 4);
  double *v = malloc (ROWS * sizeof *v);

  ck_assert_ptr_nonnull (v);
  ck_assert_uint_eq (a->d, s->d);
  for (size_t j = 0; j < a->d; j++)
    {
      double lo = range[_i].lo[j], width = range[_i].hi[j] - lo;
      for (size_t i = 0; i < ROWS; i++)
        {
          v[i] = (gsl_matrix_get (a->X, i, j) - lo) / width;
          ck_assert (v[i] >= 0 && v[i] <= 1);
        }
      ck_assert_double_eq_tol (mean_of (v, ROWS), 0.5, 5 / sqrt (12. * ROWS));
      ck_assert_double_eq_tol (sd_of (v, ROWS), sqrt (1. / 12), 0.003);
    }
  for (size_t i = 0; i < ROWS; i++)
    {
      double f = gsl_vector_get (a->truth, i);
      ck_assert_double_eq (f, s->truth (gsl_matrix_ptr (a->X, i, 0)));
      v[i] = gsl_vector_get (a->y, i) - f;
    }
  ck_assert_double_eq_tol (mean_of (v, ROWS), 0, 5 * 2 / sqrt (ROWS));
  ck_assert_double_eq_tol (sd_of (v, ROWS), 2, 5 * 2 / sqrt (2. * ROWS));
  free (v);
  bd_dataset_free (a);
}
END_TEST

/* A row is the same however many follow it; no noise means the truth.  */
START_TEST (rows_by_seed)
{
  for (const bd_scenario *s = bd_scenarios; s->name; s++)
    {
      bd_dataset *a = bd_scenario_draw (s, 30, 1, 8);
      bd_dataset *b = bd_scenario_draw (s, 90, 1, 8);
      bd_dataset *c = bd_scenario_draw (s, 30, 1, 9);
      bd_dataset *d = bd_scenario_draw (s, 30, 0, 8);
      ck_assert_mem_eq (a->X->data, b->X->data, 30 * s->d * sizeof (double));
      ck_assert_mem_eq (a->y->data, b->y->data, 30 * sizeof (double));
      ck_assert_mem_ne (a->y->data, c->y->data, 30 * sizeof (double));
      ck_assert_mem_eq (d->y->data, a->truth->data, 30 * sizeof (double));
      bd_dataset_free (a);
      bd_dataset_free (b);
      bd_dataset_free (c);
      bd_dataset_free (d);
    }
  ck_assert_ptr_null (bd_scenario_find ("cosine"));
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("split");
  TCase *c = tcase_create ("split");

  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, folds_partition, 0, LENGTH (shape));
  tcase_add_test (c, folds_by_seed);
  tcase_add_test (c, folds_are_fair);
  tcase_add_loop_test (c, truths, 0, LENGTH (point));
  tcase_add_loop_test (c, draws, 0, LENGTH (range));
  tcase_add_test (c, rows_by_seed);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
