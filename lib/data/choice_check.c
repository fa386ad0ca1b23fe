/* May the chosen columns and rows become a data set, and if not: why, and what
   else could?  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "choice.h"
#include "column.h"
#include "dataset.h"

#define HINTED 8 /* inputs that a hint lists at most */

/* True, with a sentence in TO, if there is something wrong with column J
   whatever the rows.  The response must hold numbers, unless it is a class. */
static bool
has_fault (const bd_choice *c, size_t j, char to[BD_ERROR_SIZE])
{
  return ((j == c->y && !c->classes) || !c->t->column[j].level)
         && bd_column_fault (c->t, j, to);
}

/* Before the rows are known, all of them count.  */
static const size_t *
known_rows (const bd_choice *c, size_t *count)
{
  *count = c->rows ? c->rows : c->t->rows;
  return c->rows ? c->row : NULL;
}

/* True if column J is text that tells rows apart instead of grouping them,
   with its number of levels; 0 when memory is short.  */
static bool
has_many_levels (const bd_choice *c, size_t j, size_t *levels)
{
  size_t rows;
  const size_t *row = known_rows (c, &rows);

  *levels = 2;
  if (!c->t->column[j].level)
    return false;
  free (bd_column_codes (c->t, j, row, rows, levels));
  return *levels == 0 || *levels > BD_DATASET_LEVELS || *levels > rows / 2;
}

static bool
is_usable (const bd_choice *c, size_t j)
{
  char text[BD_ERROR_SIZE];
  size_t rows, levels;
  const size_t *row = known_rows (c, &rows);

  return !has_fault (c, j, text) && !bd_column_constant (c->t, j, row, rows)
         && !has_many_levels (c, j, &levels);
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
hint (const bd_choice *c, bool response, char to[BD_ERROR_SIZE])
{
  size_t used = 0, count = 0;

  to[0] = '\0';
  if (response && !c->y_asked)
    strcpy (to, "; choose another response with -y");
  if (response || c->x_asked)
    return;
  for (size_t j = 0; j < c->t->columns && count <= HINTED; j++)
    if (j != c->y && !c->left[j] && is_usable (c, j))
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
fail_column (const bd_choice *c, bool response, const char *text,
             bd_error *err)
{
  char way_out[BD_ERROR_SIZE];

  hint (c, response, way_out);
  return BD_FAIL (err, GSL_EINVAL, "%s%s", text, way_out);
}

/* K = d stands for the response.  */
static size_t
chosen (const bd_choice *c, size_t k)
{
  return k < c->d ? c->x[k] : c->y;
}

/* A first line of data looks like a header if a cell of it is text.  With
   columns of text that is no proof: then a column of numbers must have a name
   that is no number, or a row would be lost.  */
static int
check_header (const bd_choice *c, bd_error *err)
{
  const bd_table *t = c->t;
  char shown[BD_COLUMN_SHOWN];
  size_t text = t->columns;

  for (size_t j = 0; j < t->columns; j++)
    if (!t->column[j].level && !bd_cell_missing (t->column[j].name)
        && !bd_cell_numeric (t->column[j].name))
      return GSL_SUCCESS;
  for (size_t k = c->d; k-- > 0;)
    if (t->column[c->x[k]].level)
      text = c->x[k];
  if (!t->names_line || text == t->columns)
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_EINVAL,
                  "%s:%zu:%zu: is this line a header? '%s' stands above a "
                  "column of text, but no column of numbers has a name",
                  t->source, t->names_line, t->column[text].at,
                  bd_column_shown (t, text, shown));
}

int
bd_choice_check_columns (const bd_choice *c, bd_error *err)
{
  char text[BD_ERROR_SIZE];

  for (size_t k = 0; k <= c->d; k++)
    if (has_fault (c, chosen (c, k), text))
      return fail_column (c, k == c->d, text, err);
  return check_header (c, err);
}

/* Constant over the rows kept; a single row is nobody's fault.  */
static int
check_constant (const bd_choice *c, bd_error *err)
{
  char text[BD_ERROR_SIZE];

  for (size_t k = 0; k <= c->d && c->rows > 1; k++)
    {
      size_t j = chosen (c, k);
      if (!bd_column_constant (c->t, j, c->row, c->rows)
          || (c->constant && j == c->y))
        continue;
      bool all = bd_column_constant (c->t, j, NULL, c->t->rows);
      bd_column_constant_text (
          c->t, j, c->row[0],
          all ? "" : " in the rows without a missing value", text);
      return fail_column (c, k == c->d, text, err);
    }
  return GSL_SUCCESS;
}

static int
check_levels (const bd_choice *c, bd_error *err)
{
  const bd_table *t = c->t;
  char text[BD_ERROR_SIZE], shown[BD_COLUMN_SHOWN];

  for (size_t k = 0; k < c->d; k++)
    {
      size_t levels, j = c->x[k];
      if (!has_many_levels (c, j, &levels))
        continue;
      if (levels == 0)
        return bd_choice_fail_memory (c, err);
      snprintf (text, sizeof text,
                "%s:%zu:%zu: column '%s' holds %zu different text%s in %zu "
                "row%s; it is no category",
                t->source, bd_column_line (t), t->column[j].at,
                bd_column_shown (t, j, shown), levels, levels > 1 ? "s" : "",
                c->rows, c->rows > 1 ? "s" : "");
      return fail_column (c, false, text, err);
    }
  return GSL_SUCCESS;
}

/* Largest size of a value of column J in the rows kept.  */
static double
largest (const bd_choice *c, size_t j)
{
  double most = 0;

  for (size_t i = 0; i < c->rows; i++)
    most = GSL_MAX_DBL (most, fabs (c->t->column[j].value[c->row[i]]));
  return most;
}

/* Squares of the values and of what comes of them must stay numbers.  */
static int
check_size (const bd_choice *c, bd_error *err)
{
  const bd_table *t = c->t;
  char text[BD_ERROR_SIZE], shown[BD_COLUMN_SHOWN];

  for (size_t k = 0; k <= c->d; k++)
    {
      size_t j = chosen (c, k);
      double most = largest (c, j);
      if ((most <= 1e140 && most >= 1e-140)
          || (j == c->y && (c->classes || (c->constant && most == 0))))
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

int
bd_choice_check_rows (const bd_choice *c, bd_error *err)
{
  int code = check_constant (c, err);

  if (!code)
    code = check_levels (c, err);
  return code ? code : check_size (c, err);
}
