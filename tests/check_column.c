#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/table.h"
#include "tap.h"

static bd_table *
read_text (const char *text)
{
  FILE *f = tmpfile ();
  bd_error err = { "" };

  ck_assert_ptr_nonnull (f);
  fputs (text, f);
  rewind (f);
  bd_table *t = bd_table_read (f, "d.csv", &err);
  fclose (f);
  ck_assert_msg (t != NULL, "%s", err.text);
  return t;
}

/* What bd_table_check_column says of column NUMBER.  */
static const struct
{
  const char *text;
  size_t number;
  const char *message;
} unfit[] = {
  { "x,y\n1,2\n3,abc\n5,d\n", 2,
    "d.csv:3:3: not a number: 'abc' in column 'y'" },
  { "x,y\n1,2\n3,\"\n\n\"\n", 2,
    "d.csv:3:3: not a number: '  ' in column 'y'" },
  { "x,y\n\"\n\", b \n", 2, "d.csv:3:4: not a number: 'b' in column 'y'" },
  { "x;y\n1,5;2\n", 1,
    "d.csv:2:1: not a number: '1,5' in column 'x' (a decimal point is "
    "needed)" },
  { "x y\nNaN 2\n", 1,
    "d.csv:2:1: not a finite number: 'NaN' in column 'x' (leave the cell "
    "empty for a missing value)" },
  { "x y\n1 -Inf\n", 2,
    "d.csv:2:3: not a finite number: '-Inf' in column 'y' (leave the cell "
    "empty for a missing value)" },
  { "x,y\n1,?\n", 2,
    "d.csv:2:3: not a number: '?' in column 'y' (leave the cell empty for a "
    "missing value)" },
  { "x,y\n1,1e400\n", 2,
    "d.csv:2:3: not a finite number: '1e400' in column 'y'" },
  { "x,y\n1,0x1F\n", 2, "d.csv:2:3: not a number: '0x1F' in column 'y'" },
  { "x,y\n1,1_000\n", 2, "d.csv:2:3: not a number: '1_000' in column 'y'" },
  { "x,y\n1,1.2.3\n", 2, "d.csv:2:3: not a number: '1.2.3' in column 'y'" },
  { "x,y\n1,\xFFz\n", 2,
    "d.csv:2:3: not a number: '\xEF\xBF\xBDz' in column 'y'" },
  { "x,b\n1,3\n2,3\n4,\n", 2,
    "d.csv:1:3: column 'b' is constant (every value is 3)" },
  { "#\n1,3\n2,3\n", 2,
    "d.csv:2:3: column 'V2' is constant (every value is 3)" },
  { "x, b\n1,\n2,NA\n", 2,
    "d.csv:1:4: column 'b' has no values (every cell is missing)" },
  { "x,b\n1,2\n3,4\n", 2, "" },
  { "x,b\n1,2\n3,4\n", 1, "" },
  { "x,b\n1,\n3,1\n4,2\n", 2, "" },
};

START_TEST (checks_columns)
{
  bd_error err = { "" };
  bd_table *t = read_text (unfit[_i].text);
  int code = bd_table_check_column (t, unfit[_i].number - 1, &err);

  ck_assert_str_eq (err.text, unfit[_i].message);
  ck_assert_int_eq (code, err.text[0] ? GSL_EINVAL : GSL_SUCCESS);
  bd_table_free (t);
}
END_TEST

static const struct
{
  const char *text, *word;
  size_t number; /* 0: not found */
  const char *message;
} wanted[] = {
  { "a,b\n1,2\n", "b", 2, "" },
  { "a,b\n1,2\n", "1", 1, "" },
  { "a,02\n1,2\nx,y\n", "02", 2, "" },
  { "2,b\n1,2\n", "2", 1, "" },
  { "1,2\n", "V2", 2, "" },
  { "a,b\n1,2\n", "c", 0,
    "d.csv:1:1: no column is called 'c'; the columns are a, b" },
  { "a,b\n1,2\n", "3", 0,
    "d.csv:1:1: no column is called '3'; the columns are a, b" },
  { "a,b\n1,2\n", "0", 0,
    "d.csv:1:1: no column is called '0'; the columns are a, b" },
  { "a,b\n1,2\n", "99999999999999999999999", 0,
    "d.csv:1:1: no column is called '99999999999999999999999'; the columns "
    "are a, b" },
  { "#\n1,2\n", "y", 0,
    "d.csv:2:1: no column is called 'y'; the columns have the numbers 1 to "
    "2" },
  { "a,\"b, % of a\"\n1,2\n", "c", 0,
    "d.csv:1:1: no column is called 'c'; the columns are a, 'b, % of a' "
    "(number 2)" },
  { ",b\n1,2\n", "", 0,
    "d.csv:1:1: no column is called ''; the columns are , b" },
  { "a,b,a\n1,2,3\n", "a", 0,
    "d.csv:1:5: columns 1 and 3 are both called 'a'; choose by number" },
  { "a,b,a\n1,2,3\n", "3", 3, "" },
  { "-y,../x,\"\"\"; system(\"\"\"\n1,2,3\n", "\"; system(\"", 3, "" },
};

START_TEST (finds)
{
  bd_error err = { "" };
  bd_table *t = read_text (wanted[_i].text);
  size_t j = bd_table_find (t, wanted[_i].word, &err);

  ck_assert_str_eq (err.text, wanted[_i].message);
  ck_assert_uint_eq (j, err.text[0] ? t->columns : wanted[_i].number - 1);
  bd_table_free (t);
}
END_TEST

START_TEST (nearest_of_many)
{
  bd_error err;
  char text[2048] = "";
  for (int j = 1; j <= 50; j++)
    sprintf (text + strlen (text), "length%d,", j);
  strcat (text, "y\n");
  for (int j = 1; j <= 50; j++)
    strcat (text, "1,");
  bd_table *t = read_text (strcat (text, "1\n"));
  ck_assert_uint_eq (bd_table_find (t, "lenth33", &err), t->columns);
  ck_assert_str_eq (err.text, "d.csv:1:1: no column is called 'lenth33'; "
                              "did you mean 'length33'?");
  ck_assert_uint_eq (bd_table_find (t, "zzz", &err), t->columns);
  ck_assert_str_eq (err.text, "d.csv:1:1: no column is called 'zzz'; "
                              "the columns have the numbers 1 to 51");
  bd_table_free (t);
}
END_TEST

/* Of long names a message shows the beginning.  */
START_TEST (long_names)
{
  static char name[10000], text[3 * sizeof name];
  bd_error err;

  memset (name, 'n', sizeof name - 1);
  sprintf (text, "%sa,%sb,y\na,2,3\n", name, name);
  bd_table *t = read_text (text);
  ck_assert_uint_eq (strlen (t->column[0].name), sizeof name);
  ck_assert_int_eq (bd_table_check_column (t, 0, &err), GSL_EINVAL);
  ck_assert_ptr_nonnull (strstr (err.text, "not a number: 'a' in column 'n"));
  ck_assert_uint_eq (bd_table_find (t, name, &err), t->columns);
  ck_assert_ptr_nonnull (strstr (err.text, "the columns are nnn"));
  ck_assert_uint_eq (bd_table_find (t, "y", &err), 2);
  bd_table_free (t);
}
END_TEST

#define LENGTH(array) ((int)(sizeof array / sizeof array[0]))

static Suite *
suite (void)
{
  Suite *s = suite_create ("column");
  TCase *c = tcase_create ("column");

  tcase_add_loop_test (c, checks_columns, 0, LENGTH (unfit));
  tcase_add_loop_test (c, finds, 0, LENGTH (wanted));
  tcase_add_test (c, nearest_of_many);
  tcase_add_test (c, long_names);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
