/* What another table, or another column, says about the rows of a data set:
   points to predict at, labels of strata and groups.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/dataset.h"
#include "tap.h"

#define LENGTH(array) ((int)(sizeof array / sizeof array[0]))

static bd_table *
read_text (const char *text, const char *source)
{
  FILE *f = tmpfile ();
  bd_error err = { "" };

  ck_assert_ptr_nonnull (f);
  fputs (text, f);
  rewind (f);
  bd_table *t = bd_table_read (f, source, &err);
  fclose (f);
  ck_assert_msg (t != NULL, "%s", err.text);
  return t;
}

/* Row 3 has no x; level "dark" occurs there only.  */
#define TABLE                                                                 \
  "c,x,g,y\nred,1,b,1\nblue,2,a,2\ndark,,a,3\nred,4,,4\nblue,5,a,5\n"         \
  "green,6,b,6\ngreen,7,b,7\n"

/* Inputs c and x: levels blue, green, red.  */
static bd_dataset *
make_dataset (const bd_table *t)
{
  bd_error err = { "" };
  bd_dataset *s = bd_dataset_from_table (t, "y", NULL, "g", 1, &err);

  ck_assert_msg (s != NULL, "%s", err.text);
  ck_assert (s->d == 2 && s->n == 6 && s->levels[0] == 3);
  return s;
}

/* A table gives its own inputs back.  */
START_TEST (round_trip)
{
  bd_table *t = read_text (TABLE, "d.csv");
  bd_dataset *s = make_dataset (t);
  bd_table *p = read_text ("x,z,c\n1,,red\n2,,blue\n4,,red\n5,,blue\n"
                           "6,,green\n7,,green\n",
                           "p.csv");
  gsl_matrix *P = bd_dataset_points (p, s, NULL);

  ck_assert_ptr_nonnull (P);
  ck_assert (gsl_matrix_equal (P, s->X));
  gsl_matrix_free (P);
  bd_dataset_free (s);
  bd_table_free (p);
  bd_table_free (t);
}
END_TEST

/* Codes are the data set's, whichever levels the points have.  */
START_TEST (codes_of_the_data)
{
  bd_table *t = read_text (TABLE, "d.csv");
  bd_dataset *s = make_dataset (t);
  bd_table *p = read_text ("c,x\nred,9\n", "p.csv");
  gsl_matrix *P = bd_dataset_points (p, s, NULL);

  ck_assert (P->size1 == 1 && P->size2 == 2);
  ck_assert_double_eq (gsl_matrix_get (P, 0, 0), 2);
  ck_assert_double_eq (gsl_matrix_get (P, 0, 1), 9);
  gsl_matrix_free (P);
  bd_dataset_free (s);
  bd_table_free (p);
  bd_table_free (t);
}
END_TEST

static const struct
{
  const char *text, *message;
} bad[] = {
  { "c,z\nred,1\n",
    "p.csv:1:1: no column is called 'x'; the columns are c, z" },
  { "c,x,x\nred,1,2\n",
    "p.csv:1:5: columns 2 and 3 are both called 'x'; choose by number" },
  { "c,x\nred,1\nblue,\nred,NA\n",
    "p.csv:3:6: no value in column 'x'; a prediction needs all inputs" },
  { "c,x\nred,1\n,2\n",
    "p.csv:3:1: no value in column 'c'; a prediction needs all inputs" },
  { "c,x\nred,1\n\nblue,2a\nred,b\n",
    "p.csv:4:6: not a number: '2a' in column 'x'" },
  { "c,x\nred,\"1,5\"\n",
    "p.csv:2:5: not a number: '1,5' in column 'x' (a decimal point is "
    "needed)" },
  { "c,x\nred,1\nviolet,2\nblack,3\nviolet,4\n",
    "p.csv:3:1: 'violet' is no level of column 'c'; its levels are blue, "
    "green, red" },
  { "x,\"c\"\n1,red\n2,  dark\n",
    "p.csv:3:5: 'dark' is no level of column 'c'; its levels are blue, "
    "green, red" },
  { "x,c\n1,\"red \"\n",
    "p.csv:2:3: 'red ' is no level of column 'c'; its levels are blue, "
    "green, red" },
  { "x,c\n1,\"<b>\n$(x)\xFF\"\n",
    "p.csv:2:3: '<b> $(x)\xEF\xBF\xBD' is no level of column 'c'; its levels "
    "are blue, green, red" },
  { "x,c\n1,2\n3,4\n",
    "p.csv:1:3: column 'c' holds numbers, but its levels are blue, green, "
    "red" },
  { "x,c\n1,red\n3,4\n",
    "p.csv:1:3: column 'c' holds numbers, but its levels are blue, green, "
    "red" },
};

START_TEST (refuses_points)
{
  bd_error err = { "" };
  bd_table *t = read_text (TABLE, "d.csv"),
           *p = read_text (bad[_i].text, "p.csv");
  bd_dataset *s = make_dataset (t);

  ck_assert_ptr_null (bd_dataset_points (p, s, &err));
  ck_assert_str_eq (err.text, bad[_i].message);
  bd_dataset_free (s);
  bd_table_free (p);
  bd_table_free (t);
}
END_TEST

/* A name of digits is a name here, not the number of another column.  */
START_TEST (names_of_digits)
{
  bd_error err = { "" };
  bd_table *t = read_text ("2,y\n1,2\n3,4\n", "d.csv");
  bd_table *u = read_text ("1,2,y\n1,2,3\n3,5,4\n", "u.csv");
  bd_table *p = read_text ("a,b\n1,2\n", "p.csv");
  ck_assert_uint_eq (t->names_line, 1);
  bd_dataset *s = bd_dataset_from_table (t, "y", "1", NULL, 1, &err);
  gsl_matrix *P = bd_dataset_points (u, s, &err);

  ck_assert_double_eq (gsl_matrix_get (P, 1, 0), 5);
  ck_assert_ptr_null (bd_dataset_points (p, s, &err));
  ck_assert_str_eq (err.text, "p.csv:1:1: no column is called '2'; the "
                              "columns are a, b");
  gsl_matrix_free (P);
  bd_dataset_free (s);
  bd_table_free (t);
  bd_table_free (u);
  bd_table_free (p);
}
END_TEST

/* Labels of rows 1, 2, 4, 5, 6, 7 of a table with this second column, as
   digits, or what is wrong.  */
static const struct
{
  const char *cell[7], *label, *message;
} labelled[] = {
  { { "b", "a", "", "c", "a", "b", "c" }, "102012", "" },
  { { "b", "a", "z", "c", "a", "b", "c" }, "102012", "" },
  { { "3", "-1", "", "10", "-1.0", "3e0", "3" }, "102011", "" },
  { { "0", "-0", "7", "1", "1", "1", "1" }, "001111", "" },
  { { "b", "a", "NA", "c", "", "b", "c" },
    "",
    "d.csv:6:3: no value in column 'g'; every row needs one" },
  { { "1", "NA", "", "2", "3", "4", "5" },
    "",
    "d.csv:3:3: no value in column 'g'; every row needs one" },
  { { "1", "2", "", "b", "3", "4", "5" },
    "",
    "d.csv:5:3: not a number: 'b' in column 'g'" },
  { { "a", "a", "b", "a", "a", "a", "a" },
    "",
    "d.csv:1:3: column 'g' has one level only; at least 2 are needed" },
  { { "2", "2", "3", "2", "2", "2", "2" },
    "",
    "d.csv:1:3: column 'g' has one level only; at least 2 are needed" },
  { { "", "", "", "", "", "", "" },
    "",
    "d.csv:1:3: column 'g' has no values (every cell is missing)" },
};

START_TEST (labels_rows)
{
  char text[256] = "x,g,y\n", found[8] = "";
  size_t label[6], most = 0;
  bd_error err = { "" };

  for (int i = 0; i < 7; i++)
    {
      char x[8] = "";
      if (i != 2)
        sprintf (x, "%d", i);
      sprintf (text + strlen (text), "%s,%s,%d\n", x, labelled[_i].cell[i], i);
    }
  bd_table *t = read_text (text, "d.csv");
  bd_dataset *s = bd_dataset_from_table (t, NULL, NULL, "g", 1, &err);
  ck_assert_msg (s && s->d == 1 && s->n == 6, "%s", err.text);
  size_t count = bd_table_labels (t, "g", s, label, &err);
  for (size_t i = 0; count && i < 6; i++)
    {
      found[i] = (char)('0' + label[i]);
      most = label[i] > most ? label[i] : most;
    }
  ck_assert_str_eq (err.text, labelled[_i].message);
  ck_assert_str_eq (found, labelled[_i].label);
  ck_assert (count == 0 || count == most + 1);
  bd_dataset_free (s);
  bd_table_free (t);
}
END_TEST

/* Rows of rows are still known; rows of no table are not.  */
START_TEST (labels_of_whom)
{
  const size_t row[] = { 5, 1 };
  size_t label[6];
  bd_error err = { "" };
  bd_table *t = read_text (TABLE, "d.csv");
  bd_dataset *s = make_dataset (t), *r = bd_dataset_rows (s, row, 2);
  bd_dataset *none = bd_dataset_alloc (3, 1);

  ck_assert_uint_eq (bd_table_labels (t, "3", r, label, &err), 2);
  ck_assert (label[0] == 1 && label[1] == 0);
  ck_assert_uint_eq (bd_table_labels (t, "g", none, label, &err), 0);
  ck_assert_str_eq (err.text, "d.csv:1:1: the rows are not of this table");
  ck_assert_uint_eq (bd_table_labels (t, "h", s, label, &err), 0);
  ck_assert_str_eq (err.text, "d.csv:1:1: no column is called 'h'; the "
                              "columns are c, x, g, y");
  bd_dataset_free (none);
  bd_dataset_free (r);
  bd_dataset_free (s);
  bd_table_free (t);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("points");
  TCase *c = tcase_create ("points");

  tcase_add_test (c, round_trip);
  tcase_add_test (c, codes_of_the_data);
  tcase_add_loop_test (c, refuses_points, 0, LENGTH (bad));
  tcase_add_test (c, names_of_digits);
  tcase_add_loop_test (c, labels_rows, 0, LENGTH (labelled));
  tcase_add_test (c, labels_of_whom);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
