/* Columns of text: levels in the table, codes in the data set, 0/1 columns for
   what takes numbers only.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/levels.h"
#include "tap.h"

#define LENGTH(array) ((int)(sizeof array / sizeof array[0]))

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

/* The first column of a table as its levels; its cells by position, # for a
   number, ? for a missing or bad cell.  */
static const struct
{
  const char *text, *column;
} written[] = {
  { "c,y\nred,1\nblue,2\nred,3\n", "blue|red;101" },
  { "c,y\nblue,3\nred,2\nred,1\n", "blue|red;011" },
  { "c,y\n,1\nb,2\nNA,3\na,4\n", "a|b;?1?0" },
  { "c,y\nb,1\na,2\nab,3\nB,4\n\xC3\xA9,5\n_,6\n",
    "B|_|a|ab|b|\xC3\xA9;423051" },
  { "c,y\n\xFF\xFE,1\n\xC3,2\n", "\xC3|\xFF\xFE;10" },
  { "c,y\n\" a\",1\na,2\n a ,3\n", " a|a;011" },
  { "c,y\n\"a\"\"\n\",1\n'$b`,2\n", "'$b`|a\"\n;10" },
  { "c,y\n12 kg,1\n1st,2\n", "12 kg|1st;01" },
  { "c,y\nNAB,1\nn/a,2\n", "NAB|n/a;01" },
  { "c,y\nred,1\n", "red;0" },
  { "c,y\n1,1\n2,2\n", ";##" },
  { "c,y\n1,1\nred,2\n3,3\n", ";#?#" },
  { "c,y\nred,1\nblue,2\n3,3\n", ";??#" },
  { "c,y\n,1\nred,2\n3,3\nred,4\n", ";??#?" },
  { "c,y\nred,1\nblue,2\nnan,3\nred,4\n", ";????" },
  { "c,y\n\"1,5\",1\n\"2,5\",2\n", ";??" },
  { "c,y\nred,1\n0x1F,2\n", ";??" },
  { "c,y\n,1\nNA,2\n", ";??" },
};

START_TEST (keeps_texts)
{
  char to[256] = "";
  bd_table *t = read_text (written[_i].text);
  const bd_column *k = &t->column[0];

  for (size_t l = 0; l < k->levels; l++)
    sprintf (to + strlen (to), "%s%s", l ? "|" : "", k->level[l].text);
  strcat (to, ";");
  for (size_t i = 0; i < t->rows; i++)
    if (gsl_isnan (k->value[i]))
      strcat (to, "?");
    else if (!k->level)
      strcat (to, "#");
    else
      sprintf (to + strlen (to), "%g", k->value[i]);
  ck_assert_str_eq (to, written[_i].column);
  ck_assert (!k->level == (k->levels == 0));
  ck_assert (!t->column[1].level && !t->column[1].texts
             && !t->column[1].missing_place);
  bd_table_free (t);
}
END_TEST

/* Where texts and missing cells stand, and the cell that a message shows.  */
START_TEST (keeps_places)
{
  bd_table *t = read_text ("c,y\nb,1\n\n ,2\n\"a\n\",3\n b,NA\na,\n");
  const bd_column *k = t->column;

  ck_assert_uint_eq (k[0].levels, 3);
  ck_assert_uint_eq (k[0].level[0].place.line, 8);
  ck_assert_uint_eq (k[0].level[1].place.line, 5);
  ck_assert_uint_eq (k[0].level[1].place.at, 1);
  ck_assert_uint_eq (k[0].level[2].place.line, 2);
  ck_assert_uint_eq (k[0].missing_place[0].line, 4);
  ck_assert_uint_eq (k[0].missing_place[0].at, 2);
  ck_assert_uint_eq (k[1].missing_place[0].line, 7);
  ck_assert_uint_eq (k[1].missing_place[0].at, 4);
  ck_assert_uint_eq (k[1].missing_place[1].line, 8);
  ck_assert_uint_eq (k[1].missing_place[1].at, 3);
  bd_table_free (t);
  t = read_text ("c,y\nred,1\n  nan,2\ninf,3\n");
  ck_assert_uint_eq (t->column[0].bad, 3);
  ck_assert_uint_eq (t->column[0].bad_line, 3);
  ck_assert_uint_eq (t->column[0].bad_at, 3);
  ck_assert_str_eq (t->column[0].bad_text, "nan");
  bd_table_free (t);
}
END_TEST

#define MANY 20000

/* Text I of many, in an order that is not theirs.  */
static void
print_many (char to[32], size_t i)
{
  snprintf (to, 32, "t%zu", (i * 7919) % MANY);
}

START_TEST (keeps_many)
{
  char *text = malloc (64 * MANY), one[32];
  size_t used = (size_t)sprintf (text, "c,y\n");

  for (size_t i = 0; i < 2 * MANY; i++)
    {
      print_many (one, i);
      used += (size_t)sprintf (text + used, "%s,%zu\n", one, i);
    }
  bd_table *t = read_text (text);
  const bd_column *k = &t->column[0];
  ck_assert_uint_eq (k->levels, MANY);
  for (size_t l = 1; l < k->levels; l++)
    ck_assert_int_lt (strcmp (k->level[l - 1].text, k->level[l].text), 0);
  for (size_t i = 0; i < t->rows; i++)
    {
      const bd_level *x = &k->level[(size_t)k->value[i]];
      print_many (one, i);
      ck_assert_str_eq (x->text, one);
      ck_assert_uint_eq (x->place.line, i % MANY + 2);
    }
  bd_table_free (t);
  free (text);
}
END_TEST

#define COLOURS                                                               \
  "c,x,d,y\nred,1,u,1\nblue,2,v,2\ngrey,,u,3\nred,4,u,4\nblue,5,v,5\n"        \
  "green,6,,6\nred,7,w,7\nblue,8,w,8\n"

/* Only levels of rows that are kept count.  */
START_TEST (codes_rows)
{
  const size_t row[] = { 5, 1 }, kept[] = { 0, 1, 3, 4, 6, 7 };
  const double c[] = { 1, 0, 1, 0, 1, 0 }, d[] = { 0, 1, 0, 1, 2, 2 };
  bd_table *t = read_text (COLOURS);
  bd_dataset *s = bd_dataset_from_table (t, NULL, NULL, NULL, 1, NULL);

  bd_table_free (t);
  ck_assert_uint_eq (s->n, 6);
  ck_assert_uint_eq (s->left_out, 2);
  ck_assert (s->levels[0] == 2 && s->levels[1] == 0 && s->levels[2] == 3);
  ck_assert_str_eq (s->level_name[0][0], "blue");
  ck_assert_str_eq (s->level_name[0][1], "red");
  ck_assert_ptr_null (s->level_name[1]);
  ck_assert_str_eq (s->level_name[2][2], "w");
  for (size_t i = 0; i < s->n; i++)
    {
      ck_assert_uint_eq (s->row[i], kept[i]);
      ck_assert_double_eq (gsl_matrix_get (s->X, i, 0), c[i]);
      ck_assert_double_eq (gsl_matrix_get (s->X, i, 2), d[i]);
    }
  bd_dataset *r = bd_dataset_rows (s, row, 2);
  bd_dataset_free (s);
  ck_assert (r->levels[0] == 2 && r->levels[2] == 3);
  ck_assert_str_eq (r->level_name[2][0], "u");
  ck_assert_double_eq (gsl_matrix_get (r->X, 0, 2), 2);
  ck_assert_uint_eq (r->row[0], 7);
  bd_dataset_free (r);
}
END_TEST

/* A table of ROWS rows whose column c has LEVELS different texts.  */
static bd_dataset *
make_levels (size_t rows, size_t levels, bd_error *err)
{
  char *text = malloc (32 * rows + 32);
  size_t used = (size_t)sprintf (text, "c,x,y\n");

  for (size_t i = 0; i < rows; i++)
    used += (size_t)sprintf (text + used, "l%zu,%zu,%zu\n", i % levels, i,
                             i * i);
  bd_table *t = read_text (text);
  bd_dataset *s = bd_dataset_from_table (t, NULL, NULL, NULL, 1, err);
  bd_table_free (t);
  free (text);
  return s;
}

static const struct
{
  size_t rows, levels;
  const char *message;
} limit[] = {
  { 128, 64, "" },
  { 1000, 65,
    "d.csv:1:1: column 'c' holds 65 different texts in 1000 rows; it is no "
    "category; choose the inputs with -x x" },
  { 40, 20, "" },
  { 40, 21,
    "d.csv:1:1: column 'c' holds 21 different texts in 40 rows; it is no "
    "category; choose the inputs with -x x" },
  { 30, 30,
    "d.csv:1:1: column 'c' holds 30 different texts in 30 rows; it is no "
    "category; choose the inputs with -x x" },
  { 30, 1,
    "d.csv:1:1: column 'c' is constant (every value is 'l0'); choose the "
    "inputs with -x x" },
};

START_TEST (limits)
{
  bd_error err = { "" };
  bd_dataset *s = make_levels (limit[_i].rows, limit[_i].levels, &err);

  ck_assert_str_eq (err.text, limit[_i].message);
  ck_assert (!s == (err.text[0] != '\0'));
  ck_assert (!s || s->levels[0] == limit[_i].levels);
  bd_dataset_free (s);
}
END_TEST

static const double in[] = { 0, 1.5, 2, 1, -7, 0, 0, 3, 1, 0, 0, 0 };
static const double out[]
    = { 0, 1.5, 0, 1, 1, -7, 0, 0, 0, 3, 1, 0, 0, 0, 0, 0 };
static const size_t levels3[] = { 2, 0, 3 };

START_TEST (expands)
{
  gsl_matrix_const_view X = gsl_matrix_const_view_array (in, 4, 3);
  gsl_matrix *E = bd_levels_expand (&X.matrix, levels3);

  ck_assert_uint_eq (bd_levels_columns (levels3, 3), 4);
  ck_assert_uint_eq (bd_levels_columns (NULL, 3), 3);
  ck_assert (E->size1 == 4 && E->size2 == 4 && E->tda == 4);
  for (size_t i = 0; i < 16; i++)
    ck_assert_double_eq (E->data[i], out[i]);
  gsl_matrix_free (E);
  E = bd_levels_expand (&X.matrix, NULL);
  ck_assert (gsl_matrix_equal (E, &X.matrix));
  gsl_matrix_free (E);
}
END_TEST

START_TEST (expands_codes_only)
{
  const double cell[] = { -1, 3, 0.5, GSL_NAN, GSL_POSINF, 1e300 };
  const size_t one[] = { 1 };
  double x = cell[_i];
  gsl_matrix_view X = gsl_matrix_view_array (&x, 1, 1);

  ck_assert_ptr_null (bd_levels_expand (&X.matrix, &levels3[2]));
  x = 0;
  ck_assert_ptr_null (bd_levels_expand (&X.matrix, one));
}
END_TEST

START_TEST (makes_numeric)
{
  bd_table *t = read_text (COLOURS);
  bd_dataset *s = bd_dataset_from_table (t, NULL, NULL, NULL, 1, NULL);
  s->truth = gsl_vector_calloc (s->n);
  gsl_vector_set (s->truth, 5, 3);
  bd_dataset *r = bd_dataset_numeric (s);
  gsl_matrix *E = bd_levels_expand (s->X, s->levels);

  ck_assert_ptr_null (r->levels);
  ck_assert_uint_eq (r->d, 4);
  ck_assert_str_eq (r->x_name[0], "c=red");
  ck_assert_str_eq (r->x_name[1], "x");
  ck_assert_str_eq (r->x_name[2], "d=v");
  ck_assert_str_eq (r->x_name[3], "d=w");
  ck_assert_str_eq (r->y_name, "y");
  ck_assert (gsl_matrix_equal (r->X, E) && gsl_vector_equal (r->y, s->y));
  ck_assert_double_eq (gsl_vector_get (r->truth, 5), 3);
  ck_assert_uint_eq (r->row[5], 7);
  ck_assert_uint_eq (r->left_out, 2);
  gsl_matrix_set (s->X, 0, 0, 2);
  ck_assert_ptr_null (bd_dataset_numeric (s));
  gsl_matrix_free (E);
  bd_dataset_free (r);
  bd_dataset_free (s);
  bd_table_free (t);
}
END_TEST

START_TEST (sets_levels)
{
  const char *const name[] = { "a", "b" };
  bd_dataset *s = bd_dataset_alloc (2, 2);

  ck_assert_int_eq (bd_dataset_categorical (s, 1, 2, name), GSL_SUCCESS);
  ck_assert (s->levels[0] == 0 && s->levels[1] == 2);
  ck_assert_str_eq (s->level_name[1][1], "b");
  ck_assert_int_eq (bd_dataset_categorical (s, 1, 2, name), GSL_EINVAL);
  ck_assert_int_eq (bd_dataset_categorical (s, 2, 2, name), GSL_EINVAL);
  ck_assert_int_eq (bd_dataset_categorical (s, 0, 0, name), GSL_EINVAL);
  bd_dataset_free (s);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("levels");
  TCase *c = tcase_create ("levels");

  tcase_add_loop_test (c, keeps_texts, 0, LENGTH (written));
  tcase_add_test (c, keeps_places);
  tcase_add_test (c, keeps_many);
  tcase_add_test (c, codes_rows);
  tcase_add_loop_test (c, limits, 0, LENGTH (limit));
  tcase_add_test (c, expands);
  tcase_add_loop_test (c, expands_codes_only, 0, 6);
  tcase_add_test (c, makes_numeric);
  tcase_add_test (c, sets_levels);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
