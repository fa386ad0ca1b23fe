#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/splits.h"
#include "tap.h"
#include "tools.h"

static FILE *
file_of (const char *text)
{
  FILE *f = tmpfile ();

  ck_assert_ptr_nonnull (f);
  ck_assert_int_ge (fputs (text, f), 0);
  rewind (f);
  return f;
}

/* A data set of ten rows of a table; where HOLES, of twelve, whose rows 2 and
   7 have a missing value.  */
static bd_dataset *
table_of (bool holes)
{
  FILE *f = tmpfile ();
  bd_error err = { "" };

  ck_assert_ptr_nonnull (f);
  fputs ("x,y\n", f);
  for (int i = 0; i < 10 + 2 * holes; i++)
    if (holes && (i == 2 || i == 7))
      fprintf (f, "%d,\n", i);
    else
      fprintf (f, "%d,%d\n", i, i * i);
  rewind (f);
  bd_table *t = bd_table_read (f, "d.csv", &err);
  ck_assert_msg (t != NULL, "%s", err.text);
  bd_dataset *s = bd_dataset_from_table (t, NULL, NULL, NULL, 3, &err);
  ck_assert_msg (s != NULL, "%s", err.text);
  bd_table_free (t);
  fclose (f);
  return s;
}

static bd_splits *
read_text (const char *text, bool holes, size_t first, bd_error *err)
{
  FILE *f = file_of (text);
  bd_dataset *s = table_of (holes);
  bd_splits *a = bd_splits_read (f, "s.csv", s, first, 4, err);

  bd_dataset_free (s);
  fclose (f);
  return a;
}

/* What is read, written as rows held out of the data set, then '|'.  */
static const struct
{
  const char *text, *rows;
  size_t first;
  bool holes;
} good[] = {
  { "a,b\n1,9\n0,3\n", "0 1|3 9|", 0, false },
  { "a,b\n1,9\n0,\n5,NA\n", "0 1 5|9|", 0, false },
  { "a,b\n1,\n,\n", "1|", 1, false },
  { "a\n4\n\n2\n", "2 4|", 0, false },
  { "1,9\n0,3\n", "0 1|3 9|", 0, false },
  { "a b\r\n1 9\r\n0 3\r\n", "0 1|3 9|", 0, false },
  { "a;b\n1.0;9e0\n", "1|9|", 0, false },
  { "a,b\n1,x\n", "1|", 1, false },
  /* 2 and 7 were left out; what follows them moves up.  */
  { "a,b\n0,1\n11,2\n7,3\n8,\n", "0 6 9|1 2|", 0, true },
};

START_TEST (rows)
{
  bd_error err = { "" };
  char text[200] = "";
  bd_splits *a
      = read_text (good[_i].text, good[_i].holes, good[_i].first, &err);

  ck_assert_msg (a != NULL, "%s", err.text);
  ck_assert_uint_eq (a->n, 10);
  for (size_t j = 0, i = 0; j < a->count; j++)
    {
      size_t used = strlen (text), begin = i;
      for (; i < a->end[j]; i++)
        used += (size_t)snprintf (text + used, sizeof text - used, "%s%zu",
                                  i > begin ? " " : "", a->row[i]);
      snprintf (text + used, sizeof text - used, "|");
    }
  ck_assert_str_eq (text, good[_i].rows);
  bd_splits_free (a);
}
END_TEST

/* Each split: the rows held out behind the others, both in order.  */
START_TEST (parts)
{
  static const size_t want[] = { 0, 2, 3, 4, 6, 7, 8, 9, 1, 5 };
  bd_error err = { "" };
  bd_splits *a = read_text ("a,b\n9,5\nNA,1\n", false, 0, &err);

  ck_assert_msg (a != NULL, "%s", err.text);
  bd_split *s = bd_splits_get (a, 1);
  ck_assert_ptr_nonnull (s);
  ck_assert_uint_eq (s->n, 10);
  ck_assert_uint_eq (s->train, 8);
  ck_assert_uint_eq (s->test, 2);
  ck_assert_mem_eq (s->row, want, sizeof want);
  ck_assert_double_eq_tol (bd_splits_ratio (a), (1. / 9 + 2. / 8) / 2, 1e-15);
  bd_split_free (s);
  bd_splits_free (a);
  bd_splits_free (NULL);
}
END_TEST

static const struct
{
  const char *text, *error;
  size_t first;
  bool holes;
} bad[] = {
  { "", "s.csv:1:1: no splits", 0, false },
  { "a,b\n", "s.csv:1:1: column 'a' holds no row number", 0, false },
  { "a,b\n1,\n", "s.csv:1:3: column 'b' holds no row number", 0, false },
  { "a,b\n1,2\n3,x\n",
    "s.csv:3:3: 'x' in column 'b' is no row number; rows of the data count "
    "from 0 to 9",
    0, false },
  { "a,b\n1,2.5\n",
    "s.csv:2:3: '2.5' in column 'b' is no row number; rows of the data count "
    "from 0 to 9",
    0, false },
  { "a,b\n-1,2\n",
    "s.csv:2:1: '-1' in column 'a' is no row number; rows of the data count "
    "from 0 to 9",
    0, false },
  { "1,2\n3,10\n",
    "s.csv:2:3: row 10 in column '2', but the data have rows 0 to 9", 0,
    false },
  { "a,b\n1,2\n12,3\n",
    "s.csv:3:1: row 12 in column 'a', but the data have rows 0 to 11", 0,
    true },
  { "a,b\n1,2\n3,4\n5,2\n",
    "s.csv:4:3: row 2 comes twice in column 'b', first in line 2", 0, false },
  { "a,b\n1,2\n7,3\n7,4\n",
    "s.csv:4:1: row 7 comes twice in column 'a', first in line 3", 0, true },
  { "a,b\n1,2\n,3\n4,5\n",
    "s.csv:3:1: no row number in column 'a'; empty cells may only stand at "
    "its end",
    0, false },
  { "a,b\n1,2\n3\n", "s.csv:3:2: 1 field, but the first line has 2", 0,
    false },
  { "a,b\n1,2\n", "s.csv:1:4: 2 splits (columns); the first 3 were asked for",
    3, false },
  { "a,b\n2,1\n7,4\n", "s.csv:1:1: all rows of column 'a' have missing values",
    0, true },
  { "b,a\n0,0\n,1\n,2\n,3\n,4\n,5\n,6\n",
    "s.csv:1:3: column 'a' leaves 3 rows to train on; at least 4 are needed",
    0, false },
  { "a\n\"1\n", "s.csv:2:1: ", 0, false },
};

START_TEST (refused)
{
  bd_error err = { "" };

  ck_assert_ptr_null (
      read_text (bad[_i].text, bad[_i].holes, bad[_i].first, &err));
  ck_assert_msg (strncmp (err.text, bad[_i].error, strlen (bad[_i].error))
                     == 0,
                 "%s", err.text);
}
END_TEST

START_TEST (too_many)
{
  bd_error err = { "" };
  char *text = NULL;
  size_t size;
  FILE *to = open_memstream (&text, &size);

  ck_assert_ptr_nonnull (to);
  for (int j = 0; j <= BD_SPLITS_MAX; j++)
    fputs (j ? ",1" : "1", to);
  fclose (to);
  ck_assert_ptr_null (read_text (text, false, 0, &err));
  ck_assert_str_eq (err.text, "s.csv:1:2001: 1001 splits (columns); at most "
                              "1000 can be used");
  bd_splits *a = read_text (text, false, BD_SPLITS_MAX, &err);
  ck_assert_ptr_nonnull (a);
  ck_assert_uint_eq (a->count, BD_SPLITS_MAX);
  bd_splits_free (a);
  free (text);
}
END_TEST

START_TEST (no_file)
{
  bd_error err = { "" };
  bd_dataset *s = simulated ("sine", 20, 1);

  ck_assert_ptr_null (bd_splits_open ("no/such/file", s, 0, 4, &err));
  ck_assert_str_eq (err.text, "no/such/file: No such file or directory");
  bd_dataset_free (s);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("splits");
  TCase *c = tcase_create ("splits");

  tcase_add_loop_test (c, rows, 0, LENGTH (good));
  tcase_add_test (c, parts);
  tcase_add_loop_test (c, refused, 0, LENGTH (bad));
  tcase_add_test (c, too_many);
  tcase_add_test (c, no_file);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
