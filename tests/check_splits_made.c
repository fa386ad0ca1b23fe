/* Splits made from labels: groups stay whole, the past comes before.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/splits.h"
#include "tools.h"

#define N 60

/* Labels of N rows in no order: 12 groups of sizes 1, 2, 1, 2 ... by turns,
   then one of 42.  */
static void
uneven (size_t label[N])
{
  for (size_t i = 0; i < N; i++)
    {
      size_t k = i * 7 % N;
      label[i] = k < 18 ? k / 3 * 2 + (k % 3 > 0) : 12;
    }
}

/* Every row is held out once in each repetition, with all of its group.  */
START_TEST (groups_whole)
{
  size_t label[N];
  bd_error err = { "" };

  uneven (label);
  const bd_labels g = { label, N, 13, "g" };
  bd_splits *a = bd_splits_groups (&g, 3, 2, 5, 5, &err);
  ck_assert_msg (a != NULL, "%s", err.text);
  ck_assert_uint_eq (a->count, 6);
  for (size_t r = 0; r < 2; r++)
    {
      size_t held[N], rows = 0;
      for (size_t i = 0; i < N; i++)
        held[i] = 3;
      for (size_t f = 0; f < 3; f++)
        {
          bd_split *s = bd_splits_get (a, 3 * r + f);
          ck_assert_ptr_nonnull (s);
          ck_assert_uint_eq (s->train + s->test, N);
          for (size_t i = 0; i < s->test; i++)
            held[s->row[s->train + i]] = f;
          rows += s->test;
          bd_split_free (s);
        }
      ck_assert_uint_eq (rows, N);
      for (size_t i = 0; i < N; i++)
        for (size_t k = 0; k < N; k++)
          ck_assert (label[i] != label[k] || held[i] == held[k]);
    }
  /* One fold is the group of 42; the others share 18 evenly.  */
  ck_assert_double_eq_tol (bd_splits_ratio (a), (42. / 18 + 2 * 9. / 51) / 3,
                           1e-12);
  bd_splits_free (a);
}
END_TEST

/* Another seed, and another repetition, deal otherwise; the same does not.  */
START_TEST (groups_by_chance)
{
  size_t label[N];

  for (size_t i = 0; i < N; i++)
    label[i] = i / 2;
  const bd_labels g = { label, N, N / 2, "g" };
  bd_splits *a = bd_splits_groups (&g, 3, 2, 5, 5, NULL),
            *b = bd_splits_groups (&g, 3, 2, 5, 5, NULL),
            *c = bd_splits_groups (&g, 3, 2, 6, 5, NULL);
  size_t size = N * sizeof *a->row;

  ck_assert_mem_eq (a->row, b->row, 2 * size);
  ck_assert_mem_ne (a->row, c->row, 2 * size);
  ck_assert_mem_ne (a->row, a->row + N, size);
  for (size_t j = 0; j < 6; j++)
    ck_assert_uint_eq (a->end[j], (j + 1) * N / 3);
  bd_splits_free (a);
  bd_splits_free (b);
  bd_splits_free (c);
}
END_TEST

/* Blocks of rows in the order of time, which the labels hold backwards.  */
START_TEST (forward)
{
  size_t label[N];
  bd_error err = { "" };

  for (size_t i = 0; i < N; i++)
    label[i] = N - 1 - i;
  const bd_labels time = { label, N, N, "t" };
  bd_splits *a = bd_splits_forward (&time, 5, 10, &err);
  ck_assert_msg (a != NULL, "%s", err.text);
  ck_assert_uint_eq (a->count, 5);
  for (size_t j = 0; j < 5; j++)
    {
      bd_split *s = bd_splits_get (a, j);
      ck_assert_uint_eq (s->test, 10);
      ck_assert_uint_eq (s->train, 10 * (j + 1));
      for (size_t i = 0; i < s->train; i++)
        ck_assert_uint_lt (label[s->row[i]], 10 * (j + 1));
      for (size_t i = s->train; i < s->train + s->test; i++)
        ck_assert (label[s->row[i]] / 10 == j + 1);
      bd_split_free (s);
    }
  ck_assert_double_eq_tol (bd_splits_ratio (a),
                           (1 + 1. / 2 + 1. / 3 + 1. / 4 + 1. / 5) / 5, 1e-12);
  bd_splits_free (a);
}
END_TEST

/* Rows of each time, and where the splits begin to test: rows of one time are
   never on both sides.  */
static const struct
{
  size_t rows[8], times, blocks, from[3];
} ties[] = {
  { { 20, 20, 20 }, 3, 2, { 20, 40 } },
  { { 31, 4, 25 }, 3, 2, { 31, 35 } },
  { { 1, 1, 57, 1 }, 4, 1, { 2 } },
  { { 1, 1, 57, 1 }, 4, 2, { 2, 59 } },
  { { 12, 12, 12, 12, 6, 6 }, 6, 3, { 12, 36, 48 } },
};

START_TEST (one_time)
{
  size_t label[N], i = 0;
  bd_error err = { "" };

  for (size_t t = 0; t < ties[_i].times; t++)
    for (size_t k = 0; k < ties[_i].rows[t]; k++)
      label[i++] = t;
  ck_assert_uint_eq (i, N);
  const bd_labels time = { label, N, ties[_i].times, "t" };
  bd_splits *a = bd_splits_forward (&time, ties[_i].blocks, 1, &err);
  ck_assert_msg (a != NULL, "%s", err.text);
  ck_assert_uint_eq (a->count, ties[_i].blocks);
  for (size_t j = 0; j < a->count; j++)
    {
      bd_split *s = bd_splits_get (a, j);
      ck_assert_uint_eq (s->train, ties[_i].from[j]);
      ck_assert_uint_eq (s->row[s->train], ties[_i].from[j]);
      bd_split_free (s);
    }
  ck_assert_uint_eq (a->end[a->count - 1], N - ties[_i].from[0]);
  bd_splits_free (a);
}
END_TEST

START_TEST (refused)
{
  size_t label[N];
  bd_error err = { "" };

  uneven (label);
  const bd_labels g = { label, N, 13, "g" };
  ck_assert_ptr_null (bd_splits_groups (&g, 14, 1, 1, 5, &err));
  ck_assert_str_eq (err.text, "column 'g' has 13 groups; 14 folds need as "
                              "many or more");
  ck_assert_ptr_null (bd_splits_groups (&g, 3, 1, 1, 19, &err));
  ck_assert_str_eq (err.text, "the groups of column 'g' leave 18 rows to "
                              "train on; at least 19 are needed");
  ck_assert_ptr_null (bd_splits_forward (&g, 13, 1, &err));
  ck_assert_str_eq (err.text, "column 'g' has 13 different times; 13 splits "
                              "forward need 14 or more");
  ck_assert_ptr_null (bd_splits_forward (&g, 2, 19, &err));
  ck_assert_str_eq (err.text,
                    "the first of 3 blocks in the order of column 'g' has 16 "
                    "rows to train on; at least 19 are needed");
}
END_TEST

/* Smaller training sets lie in larger ones, and all in that of their split;
   what is held out stays.  */
START_TEST (nested)
{
  bd_split *base[3];
  const size_t size[] = { 5, 12, 100 };

  for (size_t j = 0; j < 3; j++)
    ck_assert_ptr_nonnull (base[j] = bd_split_fold (N, 3, j, 4));
  bd_splits *a
      = bd_splits_nested ((const bd_split *const *)base, 3, size, 3, 9);
  ck_assert_ptr_nonnull (a);
  ck_assert_uint_eq (a->count, 9);
  for (size_t j = 0; j < 3; j++)
    {
      size_t times[N] = { 0 };
      for (size_t k = 0; k < 3; k++)
        {
          bd_split *s = bd_splits_get (a, k * 3 + j);
          ck_assert_ptr_nonnull (s);
          ck_assert_uint_eq (s->train, k == 2 ? 40 : size[k]);
          ck_assert_mem_eq (s->row + s->train, base[j]->row + 40,
                            20 * sizeof *s->row);
          for (size_t i = 0; i < s->train; i++)
            {
              ck_assert (i == 0 || s->row[i] > s->row[i - 1]);
              times[s->row[i]]++;
            }
          bd_split_free (s);
        }
      for (size_t i = 0; i < 20; i++)
        ck_assert_uint_eq (times[base[j]->row[40 + i]], 0);
      size_t count[4] = { 0 };
      for (size_t i = 0; i < N; i++)
        count[times[i]]++;
      ck_assert_uint_eq (count[3], 5);
      ck_assert_uint_eq (count[2], 7);
      ck_assert_uint_eq (count[1], 28);
      bd_split_free (base[j]);
    }
  bd_splits_free (a);
}
END_TEST

int
main (void)
{
  Suite *s = suite_create ("splits_made");
  TCase *c = tcase_create ("splits_made");

  tcase_add_test (c, groups_whole);
  tcase_add_test (c, groups_by_chance);
  tcase_add_test (c, forward);
  tcase_add_loop_test (c, one_time, 0, LENGTH (ties));
  tcase_add_test (c, refused);
  tcase_add_test (c, nested);
  suite_add_tcase (s, c);
  SRunner *sr = srunner_create (s);
  gsl_set_error_handler_off ();
  srunner_set_tap (sr, "-");
  srunner_run_all (sr, CK_SILENT);
  srunner_free (sr);
  return EXIT_SUCCESS;
}
