/* Comparisons of some methods on splits of others.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "data/split.h"
#include "study/verdict.h"
#include "study_tools.h"
#include "tap.h"
#include "tools.h"

/* All methods on two folds.  One thread here and below: after a fork OpenMP
   has no others.  */
static bd_dataset *data;
static bd_comparison *made;

static void
compare_once (void)
{
  bd_compare_options o = study_small (1);
  bd_error err = { "" };

  data = simulated ("sine", STUDY_ROWS, 1);
  made = bd_compare (data, &o, &err);
  ck_assert_msg (made != NULL, "%s", err.text);
}

static void
forget (void)
{
  bd_comparison_free (made);
  bd_dataset_free (data);
}

/* The folds of a comparison, FIRST before the other, as a file of splits.  */
static bd_splits *
folds_as_splits (size_t first)
{
  uint64_t seed = bd_rng_derive (1, 0);
  bd_error err = { "" };
  FILE *f = tmpfile ();

  ck_assert_ptr_nonnull (f);
  bd_split *a = bd_split_fold (STUDY_ROWS, 2, first, seed),
           *b = bd_split_fold (STUDY_ROWS, 2, 1 - first, seed);
  fputs ("a,b\n", f);
  for (size_t i = 0; i < STUDY_ROWS / 2; i++)
    fprintf (f, "%zu,%zu\n", a->row[a->n - 1 - i], b->row[b->train + i]);
  rewind (f);
  bd_splits *s = bd_splits_read (f, "s", data, 0, BD_COMPARE_TRAIN, &err);
  ck_assert_msg (s != NULL, "%s", err.text);
  fclose (f);
  bd_split_free (a);
  bd_split_free (b);
  return s;
}

/* Some methods only, on the same splits read from a file: the numbers that
   they have among all of them.  */
static const struct
{
  const char *list, *best;
  bool single;
} subset[] = { { "tree", "tree", true },
               { "dropout", "dropout", false },
               { "mc-dropout", "mc-dropout", false },
               { "spline,bag-tree", "spline", true },
               { "bag-spline", "bag-spline", false },
               { "net,seeds", "net", true } };

START_TEST (some_methods)
{
  bd_compare_options o = study_small (1);
  bd_splits *splits = folds_as_splits (0);
  bd_error err = { "" };
  bd_verdict v;

  o.splits = splits;
  ck_assert_int_eq (bd_methods_parse (subset[_i].list, o.use, &err), 0);
  bd_comparison *c = bd_compare (data, &o, &err);
  ck_assert_msg (c != NULL, "%s", err.text);
  ck_assert_uint_eq (c->splits, 2);
  ck_assert_double_eq (c->ratio, 1);
  ck_assert_int_eq (c->has_single, subset[_i].single);
  ck_assert_str_eq (c->row[c->best].method->name, subset[_i].best);
  for (size_t k = 0; k < BD_METHODS; k++)
    {
      const bd_compare_row *a = &c->row[k], *b = &made->row[k];
      if (o.use[k])
        {
          same_numbers (&a->rmse, &b->rmse, 1);
          same_numbers (&a->crps, &b->crps, 1);
          same_numbers (&a->mixture, &b->mixture, 1);
          same_answer (&c->full[k], &made->full[k]);
        }
      else
        ck_assert (gsl_isnan (a->rmse) && gsl_isnan (a->diff.mean)
                   && gsl_isnan (a->gain.mean) && gsl_isnan (a->tuned));
    }
  bd_compare_verdict (c, &v);
  ck_assert_uint_gt (v.count, 0);
  for (size_t k = 0; k < v.count; k++)
    ck_assert_ptr_null (strstr (v.text[k], "nan"));
  ck_assert_ptr_nonnull (strstr (v.text[0], c->row[c->best].method->title));
  bd_comparison_free (c);
  bd_splits_free (splits);
}
END_TEST

/* The rows held out are those of the file: a fit without chance has the errors
   of the folds in the file's order.  */
START_TEST (order_of_splits)
{
  bd_compare_options o = study_small (1);
  bd_splits *splits = folds_as_splits (1);
  const bd_fold_result *fold = made->row[0].fold;

  o.splits = splits;
  ck_assert_int_eq (bd_methods_parse ("spline", o.use, NULL), 0);
  bd_comparison *c = bd_compare (data, &o, NULL);
  ck_assert_ptr_nonnull (c);
  ck_assert_double_ne (fold[0].mse, fold[1].mse);
  ck_assert_double_eq (c->row[0].fold[0].mse, fold[1].mse);
  ck_assert_double_eq (c->row[0].fold[1].mse, fold[0].mse);
  bd_comparison_free (c);
  bd_splits_free (splits);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("chosen");
  TCase *c = tcase_create ("chosen");

  tcase_set_timeout (c, 600);
  tcase_add_unchecked_fixture (c, compare_once, forget);
  tcase_add_test (c, order_of_splits);
  tcase_add_loop_test (c, some_methods, 0, LENGTH (subset));
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
