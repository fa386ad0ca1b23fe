/* From a table to a data set: which columns, which rows, and may they.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "column.h"
#include "dataset.h"

#define HINTED 8 /* inputs that a hint lists at most */

typedef struct
{
  const bd_table *t;
  bool y_asked, x_asked; /* by the user, not by default */
  size_t y, d;
  size_t *x;   /* d columns */
  size_t *row; /* the rows kept */
  size_t rows;
} choice;

static int
fail_memory (const bd_table *t, bd_error *err)
{
  return BD_FAIL (err, GSL_ENOMEM, "%s:1:1: not enough memory", t->source);
}

/* One more input.  */
static int
add_input (choice *c, size_t j, bd_error *err)
{
  char shown[BD_COLUMN_SHOWN];

  for (size_t k = 0; k < c->d; k++)
    if (c->x[k] == j)
      return BD_FAIL (err, GSL_EINVAL,
                      "%s:%zu:%zu: column '%s' is chosen twice", c->t->source,
                      bd_column_line (c->t), c->t->column[j].at,
                      bd_column_shown (c->t, j, shown));
  if (j == c->y)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s:%zu:%zu: column '%s' is the response and cannot be "
                    "an input too",
                    c->t->source, bd_column_line (c->t), c->t->column[j].at,
                    bd_column_shown (c->t, j, shown));
  c->x[c->d++] = j;
  return GSL_SUCCESS;
}

/* The inputs that LIST names; it is cut into words.  */
static int
choose_listed (choice *c, char *list, bd_error *err)
{
  int code = GSL_SUCCESS;

  for (char *next = list; next && !code;)
    {
      char *word = next;
      size_t length = strcspn (word, ",");
      next = word[length] ? word + length + 1 : NULL;
      word[length] = '\0';
      word += strspn (word, " ");
      for (length = strlen (word); length && word[length - 1] == ' ';)
        word[--length] = '\0';
      size_t j = bd_table_find (c->t, word, err);
      code = j == c->t->columns ? GSL_EINVAL : add_input (c, j, err);
    }
  return code;
}

static int
choose_inputs (choice *c, const char *x, bd_error *err)
{
  c->x = malloc (c->t->columns * sizeof *c->x);
  if (!c->x)
    return fail_memory (c->t, err);
  if (x)
    {
      size_t size = strlen (x) + 1;
      char *list = malloc (size);
      if (!list)
        return fail_memory (c->t, err);
      int code = choose_listed (c, memcpy (list, x, size), err);
      free (list);
      return code;
    }
  for (size_t j = 0; j < c->t->columns; j++)
    if (j != c->y)
      c->x[c->d++] = j;
  if (c->d == 0)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s:%zu:1: only 1 column; a response and an input are "
                    "needed",
                    c->t->source, bd_column_line (c->t));
  return GSL_SUCCESS;
}

/* Before the rows are known, all of them count.  */
static bool
is_usable (const choice *c, size_t j)
{
  char text[BD_ERROR_SIZE];
  size_t rows = c->rows ? c->rows : c->t->rows;

  return !bd_column_fault (c->t, j, text)
         && !bd_column_constant (c->t, j, c->rows ? c->row : NULL, rows);
}

/* What to type for column J: its name where a shell and the list of inputs
   take it as it is and nobody else has it, else its number.  */
static void
print_word (const bd_table *t, size_t j, char to[BD_COLUMN_SHOWN])
{
  static const char plain[] = "abcdefghijklmnopqrstuvwxyz_."
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  const char *name = t->column[j].name;
  size_t length = strspn (name, plain), same = 0;

  for (size_t k = 0; k < t->columns; k++)
    same += strcmp (t->column[k].name, name) == 0;
  if (length > 0 && length < 24 && name[length] == '\0' && same == 1)
    strcpy (to, name);
  else
    snprintf (to, BD_COLUMN_SHOWN, "%zu", j + 1);
}

/* The way out, for a column that the user did not ask for.  */
static void
hint (const choice *c, bool response, char to[BD_ERROR_SIZE])
{
  size_t used = 0, count = 0;

  to[0] = '\0';
  if (response && !c->y_asked)
    strcpy (to, "; choose another response with -y");
  if (response || c->x_asked)
    return;
  for (size_t j = 0; j < c->t->columns && count <= HINTED; j++)
    if (j != c->y && is_usable (c, j))
      {
        char word[BD_COLUMN_SHOWN] = "...";
        if (count < HINTED)
          print_word (c->t, j, word);
        used += (size_t)snprintf (to + used, BD_ERROR_SIZE - used, "%s%s",
                                  count ? "," : "; choose the inputs with -x ",
                                  word);
        count++;
      }
}

static int
fail_column (const choice *c, bool response, const char *text, bd_error *err)
{
  char way_out[BD_ERROR_SIZE];

  hint (c, response, way_out);
  return BD_FAIL (err, GSL_EINVAL, "%s%s", text, way_out);
}

/* Columns of text, or without any value.  K = d stands for the response.  */
static int
check_numbers (const choice *c, bd_error *err)
{
  char text[BD_ERROR_SIZE];

  for (size_t k = 0; k <= c->d; k++)
    if (bd_column_fault (c->t, k < c->d ? c->x[k] : c->y, text))
      return fail_column (c, k == c->d, text, err);
  return GSL_SUCCESS;
}

static bool
is_whole (const choice *c, size_t i)
{
  bool whole = !gsl_isnan (c->t->column[c->y].value[i]);

  for (size_t k = 0; whole && k < c->d; k++)
    whole = !gsl_isnan (c->t->column[c->x[k]].value[i]);
  return whole;
}

static int
keep_rows (choice *c, size_t least, bd_error *err)
{
  const bd_table *t = c->t;
  char left[64] = "of data";

  for (size_t i = 0; i < t->rows; i++)
    if (is_whole (c, i))
      c->row[c->rows++] = i;
  if (c->rows > 0 && c->rows >= least)
    return GSL_SUCCESS;
  if (c->rows < t->rows)
    snprintf (left, sizeof left, "of %zu without a missing value", t->rows);
  return BD_FAIL (err, GSL_EINVAL,
                  "%s:%zu:1: only %zu row%s %s; at least %zu are needed",
                  t->source, t->line[t->rows - 1], c->rows,
                  c->rows == 1 ? "" : "s", left, least ? least : 1);
}

/* Constant over the rows kept; a single row is nobody's fault.  */
static int
check_constant (const choice *c, bd_error *err)
{
  char text[BD_ERROR_SIZE];

  for (size_t k = 0; k <= c->d && c->rows > 1; k++)
    {
      size_t j = k < c->d ? c->x[k] : c->y;
      if (!bd_column_constant (c->t, j, c->row, c->rows))
        continue;
      bool all = bd_column_constant (c->t, j, NULL, c->t->rows);
      bd_column_constant_text (
          c->t, j, c->t->column[j].value[c->row[0]],
          all ? "" : " in the rows without a missing value", text);
      return fail_column (c, k == c->d, text, err);
    }
  return GSL_SUCCESS;
}

/* Largest size of a value of column J in the rows kept.  */
static double
largest (const choice *c, size_t j)
{
  double most = 0;

  for (size_t i = 0; i < c->rows; i++)
    most = GSL_MAX_DBL (most, fabs (c->t->column[j].value[c->row[i]]));
  return most;
}

/* Squares of the values and of what comes of them must stay numbers.  */
static int
check_size (const choice *c, bd_error *err)
{
  const bd_table *t = c->t;
  char text[BD_ERROR_SIZE], shown[BD_COLUMN_SHOWN];

  for (size_t k = 0; k <= c->d; k++)
    {
      size_t j = k < c->d ? c->x[k] : c->y;
      double most = largest (c, j);
      if (most <= 1e140 && most >= 1e-140)
        continue;
      snprintf (text, sizeof text,
                "%s:%zu:%zu: column '%s' holds %s; choose other units",
                t->source, bd_column_line (t), t->column[j].at,
                bd_column_shown (t, j, shown),
                most > 1 ? "values above 1e140" : "nothing above 1e-140");
      return fail_column (c, k == c->d, text, err);
    }
  return GSL_SUCCESS;
}

static int
choose (choice *c, const char *y, const char *x, size_t least, bd_error *err)
{
  c->row = malloc (c->t->rows * sizeof *c->row);
  if (!c->row)
    return fail_memory (c->t, err);
  c->y = y ? bd_table_find (c->t, y, err) : c->t->columns - 1;
  int code = c->y == c->t->columns ? GSL_EINVAL : choose_inputs (c, x, err);
  if (!code)
    code = check_numbers (c, err);
  if (!code)
    code = keep_rows (c, least, err);
  if (!code)
    code = check_constant (c, err);
  return code ? code : check_size (c, err);
}

static bool
set_name (char **name, const char *text)
{
  size_t size = strlen (text) + 1;
  char *copy = malloc (size);

  if (!copy)
    return false;
  free (*name);
  *name = memcpy (copy, text, size);
  return true;
}

static bd_dataset *
make_dataset (const choice *c, bd_error *err)
{
  const bd_column *column = c->t->column;
  bd_dataset *s = bd_dataset_alloc (c->rows, c->d);
  bool named = s && set_name (&s->y_name, column[c->y].name);

  for (size_t k = 0; named && k < c->d; k++)
    named = set_name (&s->x_name[k], column[c->x[k]].name);
  if (!named)
    {
      bd_dataset_free (s);
      fail_memory (c->t, err);
      return NULL;
    }
  s->left_out = c->t->rows - c->rows;
  for (size_t i = 0; i < c->rows; i++)
    {
      gsl_vector_set (s->y, i, column[c->y].value[c->row[i]]);
      for (size_t k = 0; k < c->d; k++)
        gsl_matrix_set (s->X, i, k, column[c->x[k]].value[c->row[i]]);
    }
  return s;
}

bd_dataset *
bd_dataset_from_table (const bd_table *t, const char *y, const char *x,
                       size_t least, bd_error *err)
{
  choice c = { .t = t, .y_asked = y, .x_asked = x };
  int code = choose (&c, y, x, least, err);
  bd_dataset *s = code ? NULL : make_dataset (&c, err);

  free (c.x);
  free (c.row);
  return s;
}
