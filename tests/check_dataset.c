#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/dataset.h"
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

/* A choice of columns that works, as  response; inputs; rows with y last; rows
   left out.  */
static const struct
{
  const char *text, *y, *x, *data;
} good[] = {
  { "a,b,c\n1,2,3\n4,5,6\n", NULL, NULL, "c;a,b;1,2,3;4,5,6;0" },
  { "a,b,c\n1,2,3\n4,5,6\n", "a", NULL, "a;b,c;2,3,1;5,6,4;0" },
  { "a,b,c\n1,2,3\n4,5,6\n", "2", "c,1", "b;c,a;3,1,2;6,4,5;0" },
  { "a,b,c\n1,2,3\n4,5,6\n", NULL, " b ", "c;b;2,3;5,6;0" },
  { "a,b,c\n1,x,3\n4,,6\n", NULL, "a", "c;a;1,3;4,6;0" },
  { "a,b,c\n1,2,3\n,5,6\n7,8,NA\n9,10,11\n", NULL, NULL,
    "c;a,b;1,2,3;9,10,11;2" },
  { "a,b,c\n1,2,3\n,5,6\n", NULL, "b", "c;b;2,3;5,6;0" },
  { "x,x\n1,2\n3,4\n", "1", "2", "x;x;2,1;4,3;0" },
  { "1 2\n3 4\n", NULL, NULL, "V2;V1;1,2;3,4;0" },
};

static void
print_dataset (char *to, size_t size, const bd_dataset *s)
{
  size_t used = (size_t)snprintf (to, size, "%s;", s->y_name);

  for (size_t j = 0; j < s->d; j++)
    used += (size_t)snprintf (to + used, size - used, "%s%s", j ? "," : "",
                              s->x_name[j]);
  for (size_t i = 0; i < s->n; i++)
    {
      for (size_t j = 0; j < s->d; j++)
        used += (size_t)snprintf (to + used, size - used, "%s%g",
                                  j ? "," : ";", gsl_matrix_get (s->X, i, j));
      used += (size_t)snprintf (to + used, size - used, ",%g",
                                gsl_vector_get (s->y, i));
    }
  snprintf (to + used, size - used, ";%zu", s->left_out);
}

START_TEST (chooses)
{
  char text[256];
  bd_error err = { "" };
  bd_table *t = read_text (good[_i].text);
  bd_dataset *s
      = bd_dataset_from_table (t, good[_i].y, good[_i].x, NULL, 2, &err);

  bd_table_free (t);
  ck_assert_msg (s != NULL, "%s", err.text);
  print_dataset (text, sizeof text, s);
  ck_assert_str_eq (text, good[_i].data);
  ck_assert_uint_eq (s->X->tda, s->d);
  ck_assert_ptr_null (s->truth);
  bd_dataset_free (s);
}
END_TEST

static const struct
{
  const char *text, *y, *x;
  size_t least;
  const char *message;
} bad[] = {
  { "a,b\n1,2\n", NULL, NULL, 10,
    "d.csv:2:1: only 1 row of data; at least 10 are needed" },
  { "a,b\n1,2\n3,4\n", NULL, NULL, 3,
    "d.csv:3:1: only 2 rows of data; at least 3 are needed" },
  { "a,b\n1,2\n3,\n5,6\n", NULL, NULL, 3,
    "d.csv:4:1: only 2 rows of 3 without a missing value; at least 3 are "
    "needed" },
  { "a,b\n1,\n,4\n", NULL, NULL, 0,
    "d.csv:3:1: only 0 rows of 2 without a missing value; at least 1 are "
    "needed" },
  { "a\n1\n2\n", NULL, NULL, 1,
    "d.csv:1:1: only 1 column; a response and an input are needed" },
  { "a,b,c\n1,2,3\n4,5,6\n", "z", NULL, 1,
    "d.csv:1:1: no column is called 'z'; the columns are a, b, c" },
  { "a,b,c\n1,2,3\n4,5,6\n", NULL, "a,,b", 1,
    "d.csv:1:1: no column is called ''; the columns are a, b, c" },
  { "a,b,c\n1,2,3\n4,5,6\n", NULL, "a,1", 1,
    "d.csv:1:1: column 'a' is chosen twice" },
  { "a,b,c\n1,2,3\n4,5,6\n", "b", "a,b", 1,
    "d.csv:1:3: column 'b' is the response and cannot be an input too" },
  { "n,a,b,c\nu,1,2,3\n7,4,5,6\n", NULL, NULL, 2,
    "d.csv:2:1: not a number: 'u' in column 'n'; choose the inputs with -x "
    "a,b" },
  { "n,a,b,c\nu,1,2,3\n7,4,5,6\n", NULL, "n,a", 2,
    "d.csv:2:1: not a number: 'u' in column 'n'" },
  { "n,a,b,c\n1,1,2,3\n2,1,2,3\nu,4,5,6\n", NULL, NULL, 2,
    "d.csv:4:1: not a number: 'u' in column 'n'; choose the inputs with -x "
    "a,b" },
  { "n,a,b,c\nu,1,2,3\nv,4,5,6\n", NULL, NULL, 2,
    "d.csv:1:1: column 'n' holds 2 different texts in 2 rows; it is no "
    "category; choose the inputs with -x a,b" },
  { "n,a,b,c\nu,1,2,3\nv,4,5,6\n", NULL, "n,a", 2,
    "d.csv:1:1: column 'n' holds 2 different texts in 2 rows; it is no "
    "category" },
  { "n,a,c\nu,1,2\nu,4,6\nv,,2\nv,,3\n", NULL, NULL, 2,
    "d.csv:1:1: column 'n' is constant in the rows without a missing value "
    "(every value is 'u'); choose the inputs with -x a" },
  { "u,1,2\nu,4,6\nv,6,2\nv,7,3\nv,8,4\n", NULL, NULL, 2,
    "d.csv:1:1: is this line a header? 'u' stands above a column of text, but "
    "no column of numbers has a name" },
  { "a,b,c\n1,3,3\n4,3,6\n", NULL, NULL, 2,
    "d.csv:1:3: column 'b' is constant (every value is 3); choose the inputs "
    "with -x a" },
  { "a,b,c\n1,,3\n4,,6\n", NULL, NULL, 2,
    "d.csv:1:3: column 'b' has no values (every cell is missing); choose the "
    "inputs with -x a" },
  { "a,b,c\n1,3,3\n4,3,6\n,4,7\n", NULL, NULL, 2,
    "d.csv:1:3: column 'b' is constant in the rows without a missing value "
    "(every value is 3); choose the inputs with -x a" },
  { "n,a b,a,a,y\nu,1,2,3,4\n7,4,5,6,7\n", NULL, NULL, 2,
    "d.csv:2:1: not a number: 'u' in column 'n'; choose the inputs with -x "
    "2,3,4" },
  { "n,a,b,c,d,e,f,g,h,i,y\nu,1,2,3,4,5,6,7,8,9,10\n"
    "0,2,3,4,5,6,7,8,9,0,11\n",
    NULL, NULL, 2,
    "d.csv:2:1: not a number: 'u' in column 'n'; choose the inputs with -x "
    "a,b,c,d,e,f,g,h,..." },
  { "n,y\nu,1\n7,2\n", NULL, NULL, 2,
    "d.csv:2:1: not a number: 'u' in column 'n'" },
  { "a,y\n1,u\n2,v\n", NULL, NULL, 2,
    "d.csv:2:3: not a number: 'u' in column 'y'; choose another response "
    "with -y" },
  { "a,y\n1,5\n2,5\n", "y", NULL, 2,
    "d.csv:1:3: column 'y' is constant (every value is 5)" },
};

START_TEST (refuses)
{
  bd_error err = { "" };
  bd_table *t = read_text (bad[_i].text);
  bd_dataset *s = bd_dataset_from_table (t, bad[_i].y, bad[_i].x, NULL,
                                         bad[_i].least, &err);

  ck_assert_ptr_null (s);
  ck_assert_str_eq (err.text, bad[_i].message);
  bd_table_free (t);
}
END_TEST

/* Columns that are no inputs by default, and what is.  */
static const struct
{
  const char *y, *x, *without, *inputs;
} less[] = {
  { NULL, NULL, "b", "a c" },     { NULL, NULL, " c , 1", "b" },
  { NULL, NULL, "d", "a b c" },   { NULL, "b,c", "b", "b c" },
  { "a", NULL, "d,d", "b c" },    { NULL, NULL, "a,b,c", "" },
  { NULL, NULL, "e", "no such" }, { NULL, NULL, "", "no such" },
};

START_TEST (leaves_columns)
{
  char inputs[32] = "";
  bd_error err = { "" };
  bd_table *t = read_text ("a,b,c,d\n1,2,3,4\n5,6,7,8\n");
  bd_dataset *s = bd_dataset_from_table (t, less[_i].y, less[_i].x,
                                         less[_i].without, 1, &err);

  for (size_t j = 0; s && j < s->d; j++)
    sprintf (inputs + strlen (inputs), "%s%s", j ? " " : "", s->x_name[j]);
  if (strstr (err.text, "no column is called"))
    strcpy (inputs, "no such");
  else if (!s)
    ck_assert_str_eq (err.text, "d.csv:1:1: no input among the 4 columns; a "
                                "response and an input are needed");
  ck_assert_str_eq (inputs, less[_i].inputs);
  bd_dataset_free (s);
  bd_table_free (t);
}
END_TEST

/* One row is enough for who asks for one.  */
START_TEST (one_row)
{
  bd_error err = { "" };
  bd_table *t = read_text ("a,b\n1,2\n");
  bd_dataset *s = bd_dataset_from_table (t, NULL, NULL, NULL, 1, &err);

  ck_assert_ptr_nonnull (s);
  ck_assert_uint_eq (s->n, 1);
  bd_dataset_free (s);
  bd_table_free (t);
}
END_TEST

START_TEST (allocates)
{
  bd_dataset *s = bd_dataset_alloc (3, 1), *r = bd_dataset_alloc (2, 2);

  ck_assert_str_eq (s->x_name[0], "x");
  ck_assert_str_eq (s->y_name, "y");
  ck_assert_double_eq (gsl_matrix_get (s->X, 2, 0), 0);
  ck_assert_str_eq (r->x_name[1], "x2");
  ck_assert_ptr_null (bd_dataset_alloc (0, 1));
  ck_assert_ptr_null (bd_dataset_alloc (1, 0));
  ck_assert_ptr_null (bd_dataset_alloc (SIZE_MAX / 4, 8));
  bd_dataset_free (s);
  bd_dataset_free (r);
  bd_dataset_free (NULL);
}
END_TEST

START_TEST (takes_rows)
{
  const size_t row[] = { 2, 0, 2 }, beyond[] = { 0, 3 };
  bd_dataset *s = bd_dataset_alloc (3, 2);

  s->truth = gsl_vector_calloc (3);
  s->left_out = 5;
  for (size_t i = 0; i < 3; i++)
    {
      gsl_matrix_set (s->X, i, 1, 10 + (double)i);
      gsl_vector_set (s->y, i, 20 + (double)i);
      gsl_vector_set (s->truth, i, 30 + (double)i);
    }
  bd_dataset *r = bd_dataset_rows (s, row, 3);
  for (size_t i = 0; i < 3; i++)
    {
      ck_assert_double_eq (gsl_matrix_get (r->X, i, 0), 0);
      ck_assert_double_eq (gsl_matrix_get (r->X, i, 1), 10 + (double)row[i]);
      ck_assert_double_eq (gsl_vector_get (r->y, i), 20 + (double)row[i]);
      ck_assert_double_eq (gsl_vector_get (r->truth, i), 30 + (double)row[i]);
    }
  ck_assert_str_eq (r->x_name[1], "x2");
  ck_assert_uint_eq (r->left_out, 5);
  ck_assert_ptr_null (bd_dataset_rows (s, beyond, 2));
  ck_assert_ptr_null (bd_dataset_rows (s, row, 0));
  bd_dataset_free (r);
  bd_dataset_free (s);
}
END_TEST

#define LENGTH(array) ((int)(sizeof array / sizeof array[0]))

static Suite *
suite (void)
{
  Suite *s = suite_create ("dataset");
  TCase *c = tcase_create ("dataset");

  tcase_add_loop_test (c, chooses, 0, LENGTH (good));
  tcase_add_loop_test (c, refuses, 0, LENGTH (bad));
  tcase_add_loop_test (c, leaves_columns, 0, LENGTH (less));
  tcase_add_test (c, one_row);
  tcase_add_test (c, allocates);
  tcase_add_test (c, takes_rows);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
