#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/table.h"
#include "tap.h"

/* The table in SIZE bytes of TEXT.  */
static bd_table *
read_bytes (const char *text, size_t size, bd_error *err)
{
  FILE *f = tmpfile ();

  ck_assert_ptr_nonnull (f);
  ck_assert_uint_eq (fwrite (text, 1, size, f), size);
  rewind (f);
  err->text[0] = '\0';
  bd_table *t = bd_table_read (f, "d.csv", err);
  fclose (f);
  return t;
}

static bd_table *
read_text (const char *text)
{
  bd_error err;
  bd_table *t = read_bytes (text, strlen (text), &err);

  ck_assert_msg (t != NULL, "%s in %s", err.text, text);
  ck_assert_str_eq (err.text, "");
  return t;
}

/* A text that is read, written as: separator, line of the header, then the
   table as names | row | row, where ? is missing, ! bad, 'a a text.  */
static const struct
{
  const char *text, *table;
} good[] = {
  { "x,y\n1,2\n3,4\n", ",1 x y|1 2|3 4|" },
  { "1,2\n3,4", ",0 V1 V2|1 2|3 4|" },
  { "\xEF\xBB\xBFx;y\r\n1;2\r\n", ";1 x y|1 2|" },
  { "x\ty\r1\t2\r\r\r", "\t1 x y|1 2|" },
  { "x y\n  1   2  \n\t3 \t 4", " 1 x y|1 2|3 4|" },
  { "a\n1\n2\n", " 1 a|1|2|" },
  { "# one\n\n  # two, \"three\n \t \nx,y\n#4,5\n1,2\n \n", ",5 x y|1 2|" },
  { "x,y\n\"1\",\"2\"\n", ",1 x y|1 2|" },
  { "x,y\n 1 , \"2\" \n", ",1 x y|1 2|" },
  { " x , y\n1,2\n", ",1 x y|1 2|" },
  { "\"a,\"\"b\"\"\",\"c\nd\"\n1,2\n", ",1 a,\"b\" c\nd|1 2|" },
  { "x,y\n,NA\n\"\", NA \n\" \",\"NA\"\n", ",1 x y|? ?|? ?|? ?|" },
  { "NA,2\n3,\n", ",0 V1 V2|? 2|3 ?|" },
  { "x,y\n1e3,-.5\n+1,5.\n", ",1 x y|1000 -0.5|1 5|" },
  { "x,y\nNAN,N\nA,NANA\n", ",1 x y|! 'N|! 'NANA|" },
  { "x,y\n1e400,0x1F\n1_000,Inf\n1.2.3,\xD9\xA1\n", ",1 x y|! !|! !|! !|" },
  { "x;y,z\n1;2\n", ";1 x y,z|1 2|" },
  { "\"x;\t\",y\n1,2\n", ",1 x;\t y|1 2|" },
  { "\tx\n1\t2\n\t3\n", "\t1  x|1 2|? 3|" },
  { "nan,1\n2,3\n", ",0 V1 V2|! 1|2 3|" },
  { "1,5;2,5\n", ";0 V1 V2|! !|" },
  { "x,x\n1,2\n", ",1 x x|1 2|" },
  { "x,\n1,2\n", ",1 x |1 2|" },
};

static void
print_table (char *to, size_t size, const bd_table *t)
{
  size_t used
      = (size_t)snprintf (to, size, "%c%zu ", t->separator, t->names_line);

  for (size_t j = 0; j < t->columns; j++)
    used += (size_t)snprintf (to + used, size - used, "%s%s", j ? " " : "",
                              t->column[j].name);
  for (size_t i = 0; i < t->rows; i++)
    for (size_t j = 0; j < t->columns; j++)
      {
        const bd_column *k = &t->column[j];
        char cell[32] = "?";
        if (!gsl_isnan (k->value[i]) && k->level)
          snprintf (cell, sizeof cell, "'%s",
                    k->level[(size_t)k->value[i]].text);
        else if (!gsl_isnan (k->value[i]))
          snprintf (cell, sizeof cell, "%g", k->value[i]);
        else if (k->bad)
          strcpy (cell, "!");
        used += (size_t)snprintf (to + used, size - used, "%s%s",
                                  j ? " " : "|", cell);
      }
  snprintf (to + used, size - used, "|");
}

START_TEST (reads)
{
  char text[256];
  bd_table *t = read_text (good[_i].text);

  print_table (text, sizeof text, t);
  ck_assert_str_eq (text, good[_i].table);
  bd_table_free (t);
}
END_TEST

#define BYTES(text) text, sizeof text - 1

static const struct
{
  const char *text;
  size_t size;
  const char *message;
} bad[] = {
  { BYTES (""), "d.csv:1:1: no data rows" },
  { BYTES ("\xEF\xBB\xBF"), "d.csv:1:1: no data rows" },
  { BYTES ("\n \n"), "d.csv:3:1: no data rows" },
  { BYTES ("x,y\n"), "d.csv:2:1: no data rows" },
  { BYTES ("x,y"), "d.csv:1:4: no data rows" },
  { BYTES ("# 1\n# 2"), "d.csv:2:4: no data rows" },
  { BYTES ("x,y\n1\n"), "d.csv:2:2: 1 field, but the header (line 1) has 2" },
  { BYTES ("#\nx,y\n\"1\n\n\",2\n1,2,3"),
    "d.csv:6:5: 3 fields, but the header (line 2) has 2" },
  { BYTES ("1 2\n\n1 2 3\n"),
    "d.csv:3:5: 3 fields, but the first row (line 1) has 2" },
  { BYTES ("x,y\n1,\n2,3\n4"),
    "d.csv:4:2: 1 field, but the header (line 1) has 2" },
  { BYTES ("x,y\n1,\"2\n3,4\n"), "d.csv:2:3: this quote is never closed" },
  { BYTES ("x,y\n\"1\"2,3\n"), "d.csv:2:4: text after a closing quote" },
  { BYTES ("x,y\n\"1\" \"2\",3\n"), "d.csv:2:5: text after a closing quote" },
  { BYTES ("x y\n\"1\"2\n"), "d.csv:2:4: text after a closing quote" },
  { BYTES ("x,y\n1,2\"3\n"), "d.csv:2:4: a quote inside a cell that does not "
                             "begin with one" },
  { BYTES ("x y\n1 2\"3\n"), "d.csv:2:4: a quote inside a cell that does not "
                             "begin with one" },
  { BYTES ("1,2\0,3\n"), "d.csv:1:4: a NUL byte; this is not a text file" },
  { BYTES ("\0\0\0\0"), "d.csv:1:1: a NUL byte; this is not a text file" },
  { BYTES ("#\0\n1,2"), "d.csv:1:2: a NUL byte; this is not a text file" },
  { BYTES ("x,y\n1,\"\x1B\"\n"),
    "d.csv:2:4: a control character (byte 0x1B)" },
  { BYTES ("x,y\n1\x7F,2\n"), "d.csv:2:2: a control character (byte 0x7F)" },
  { BYTES ("\xFF\xFEx\0"), "d.csv:1:1: this is UTF-16 text; save it as "
                           "UTF-8" },
  { BYTES ("\xFE\xFF\0x"), "d.csv:1:1: this is UTF-16 text; save it as "
                           "UTF-8" },
  { BYTES ("x\0,\0y\0"), "d.csv:1:1: this is UTF-16 text; save it as UTF-8" },
  { BYTES ("\0x\0,\0y"), "d.csv:1:1: this is UTF-16 text; save it as UTF-8" },
};

START_TEST (refuses)
{
  bd_error err;
  bd_table *t = read_bytes (bad[_i].text, bad[_i].size, &err);

  ck_assert_ptr_null (t);
  ck_assert_str_eq (err.text, bad[_i].message);
  ck_assert_ptr_null (read_bytes (bad[_i].text, bad[_i].size, &err));
}
END_TEST

START_TEST (counts)
{
  bd_table *t = read_text ("x,y\n\n1,\nab,NA\n\"c\nd\",5\n7,e\n");

  ck_assert_uint_eq (t->rows, 4);
  ck_assert_uint_eq (t->line[0], 3);
  ck_assert_uint_eq (t->line[2], 5);
  ck_assert_uint_eq (t->line[3], 7);
  ck_assert_uint_eq (t->column[0].bad, 2);
  ck_assert_uint_eq (t->column[0].missing, 0);
  ck_assert_uint_eq (t->column[0].bad_line, 4);
  ck_assert_uint_eq (t->column[0].bad_at, 1);
  ck_assert_str_eq (t->column[0].bad_text, "ab");
  ck_assert_uint_eq (t->column[1].missing, 2);
  ck_assert_uint_eq (t->column[1].bad, 1);
  ck_assert_uint_eq (t->column[1].bad_line, 7);
  ck_assert_uint_eq (t->column[1].bad_at, 3);
  ck_assert_uint_eq (t->column[1].at, 3);
  bd_table_free (t);
}
END_TEST

/* COUNT times PIECE, where %zu counts, between HEAD and TAIL.  */
static char *
repeat (const char *head, const char *piece, size_t count, const char *tail)
{
  size_t size
      = strlen (head) + count * (strlen (piece) + 20) + strlen (tail) + 1;
  char *text = malloc (size);
  const char *hole = strchr (piece, '%');
  size_t used;

  ck_assert_ptr_nonnull (text);
  used = (size_t)sprintf (text, "%s", head);
  for (size_t i = 1; i <= count; i++)
    if (hole)
      used += (size_t)sprintf (text + used, "%.*s%zu%s", (int)(hole - piece),
                               piece, i, hole + 1);
    else
      used += (size_t)sprintf (text + used, "%s", piece);
  strcpy (text + used, tail);
  return text;
}

START_TEST (many_columns)
{
  bd_error err;
  char *text = repeat ("", "1,", BD_TABLE_COLUMNS - 1, "1\n");
  bd_table *t = read_text (text);
  ck_assert_uint_eq (t->columns, BD_TABLE_COLUMNS);
  bd_table_free (t);
  free (text);
  text = repeat ("", "x,", 10 * BD_TABLE_COLUMNS, "y\n");
  ck_assert_ptr_null (read_bytes (text, strlen (text), &err));
  ck_assert_str_eq (err.text, "d.csv:1:20001: more than 10000 columns");
  free (text);
}
END_TEST

/* The pieces that the file is read in must not show: every column after a
   first cell of LENGTH bytes, around the size of a piece.  */
START_TEST (pieces)
{
  for (size_t shift = 0; shift < 12; shift++)
    {
      size_t length = ((size_t)1 << 18) - 8 + shift;
      char *text = repeat ("x,y\r\n", "7", length, ",\"2\"\r\n\"3\",4\r\n");
      bd_table *t = read_text (text);
      ck_assert_uint_eq (t->rows, 2);
      ck_assert_uint_eq (t->column[0].bad, 1);
      ck_assert_double_eq (t->column[1].value[0], 2);
      ck_assert_double_eq (t->column[0].value[1], 3);
      ck_assert_double_eq (t->column[1].value[1], 4);
      ck_assert_uint_eq (t->line[1], 3);
      bd_table_free (t);
      free (text);
    }
}
END_TEST

START_TEST (long_comments)
{
  char *text
      = repeat ("", "# a long word, and; a tab\t\n", 30000, "x;y\n1;2\n");
  bd_table *t = read_text (text);

  ck_assert_int_eq (t->separator, ';');
  ck_assert_uint_eq (t->names_line, 30001);
  bd_table_free (t);
  free (text);
}
END_TEST

START_TEST (long_file)
{
  char *text = repeat ("x y\n", "% 0.5\n", 100000, "");
  bd_table *t = read_text (text);

  ck_assert_uint_eq (t->rows, 100000);
  for (size_t i = 0; i < t->rows; i += 999)
    {
      ck_assert_double_eq (t->column[0].value[i], (double)i + 1);
      ck_assert_uint_eq (t->line[i], i + 2);
    }
  bd_table_free (t);
  free (text);
}
END_TEST

/* Same values whatever the locale's decimal point is.  */
START_TEST (locale)
{
  const char *const name[] = { "C", "de_DE.UTF-8", "de_DE", "fr_FR.UTF-8" };

  for (size_t k = 0; k < sizeof name / sizeof name[0]; k++)
    {
      if (!setlocale (LC_ALL, name[k]))
        continue;
      bd_table *t = read_text ("x;y\n0.12345678901234567;1,5\n1.5;2\n");
      ck_assert_double_eq (t->column[0].value[0], 0.12345678901234567);
      ck_assert_double_eq (t->column[0].value[1], 1.5);
      ck_assert_uint_eq (t->column[1].bad, 1);
      bd_table_free (t);
    }
  setlocale (LC_ALL, "C");
}
END_TEST

START_TEST (opens)
{
  bd_error err;

  ck_assert_ptr_null (bd_table_open ("/", &err));
  ck_assert_str_eq (err.text, "/: is a directory");
  ck_assert_ptr_null (bd_table_open ("no such\nfile.csv", &err));
  ck_assert_ptr_eq (strstr (err.text, "no such file.csv: "), err.text);
  ck_assert_ptr_null (bd_table_open ("no-such-file.csv", NULL));
  bd_table_free (NULL);
}
END_TEST

#define LENGTH(array) ((int)(sizeof array / sizeof array[0]))

static Suite *
suite (void)
{
  Suite *s = suite_create ("table");
  TCase *c = tcase_create ("table");

  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, reads, 0, LENGTH (good));
  tcase_add_loop_test (c, refuses, 0, LENGTH (bad));
  tcase_add_test (c, counts);
  tcase_add_test (c, many_columns);
  tcase_add_test (c, pieces);
  tcase_add_test (c, long_comments);
  tcase_add_test (c, long_file);
  tcase_add_test (c, locale);
  tcase_add_test (c, opens);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
