/* From a table to a data set: which columns, which rows, and may they.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "choice.h"
#include "column.h"
#include "dataset.h"
#include "name.h"

int
bd_choice_fail_memory (const bd_choice *c, bd_error *err)
{
  return BD_FAIL (err, GSL_ENOMEM, "%s:1:1: not enough memory", c->t->source);
}

/* One more input.  */
static int
add_input (bd_choice *c, size_t j, bd_error *err)
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

/* One column that is no input by default.  */
static int
leave_column (bd_choice *c, size_t j, bd_error *err)
{
  (void)err;
  c->left[j] = true;
  return GSL_SUCCESS;
}

/* TAKE each column that LIST names; it is cut into words.  */
static int
take_listed (bd_choice *c, char *list,
             int (*take) (bd_choice *c, size_t j, bd_error *err),
             bd_error *err)
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
      code = j == c->t->columns ? GSL_EINVAL : take (c, j, err);
    }
  return code;
}

static int
take_all (bd_choice *c, const char *list,
          int (*take) (bd_choice *c, size_t j, bd_error *err), bd_error *err)
{
  char *copy = NULL;

  if (!bd_name_set (&copy, list, NULL))
    return bd_choice_fail_memory (c, err);
  int code = take_listed (c, copy, take, err);
  free (copy);
  return code;
}

/* All columns but the response and those that are left.  */
static int
choose_rest (bd_choice *c, bd_error *err)
{
  size_t columns = c->t->columns;

  for (size_t j = 0; j < columns; j++)
    if (j != c->y && !c->left[j])
      c->x[c->d++] = j;
  if (c->d > 0)
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_EINVAL,
                  "%s:%zu:1: %s %zu column%s; a response and an input are "
                  "needed",
                  c->t->source, bd_column_line (c->t),
                  columns > 1 ? "no input among the" : "only", columns,
                  columns > 1 ? "s" : "");
}

static int
choose_inputs (bd_choice *c, const char *x, const char *without, bd_error *err)
{
  int code = without ? take_all (c, without, leave_column, err) : GSL_SUCCESS;

  if (code)
    return code;
  return x ? take_all (c, x, add_input, err) : choose_rest (c, err);
}

static bool
is_whole (const bd_choice *c, size_t i)
{
  bool whole = !gsl_isnan (c->t->column[c->y].value[i]);

  for (size_t k = 0; whole && k < c->d; k++)
    whole = !gsl_isnan (c->t->column[c->x[k]].value[i]);
  return whole;
}

static int
keep_rows (bd_choice *c, size_t least, bd_error *err)
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

static int
choose (bd_choice *c, const char *y, const char *x, const char *without,
        size_t least, bd_error *err)
{
  c->row = malloc (c->t->rows * sizeof *c->row);
  c->x = malloc (c->t->columns * sizeof *c->x);
  c->left = calloc (c->t->columns, sizeof *c->left);
  if (!c->row || !c->x || !c->left)
    return bd_choice_fail_memory (c, err);
  c->y = y ? bd_table_find (c->t, y, err) : c->t->columns - 1;
  if (c->y == c->t->columns)
    return GSL_EINVAL;
  int code = choose_inputs (c, x, without, err);
  if (!code)
    code = bd_choice_check_columns (c, err);
  if (!code)
    code = keep_rows (c, least, err);
  return code ? code : bd_choice_check_rows (c, err);
}

/* Input K of S becomes categorical: CODE[] are the codes of column J.  */
static bool
set_levels (bd_dataset *s, size_t k, const bd_column *column,
            const size_t code[], size_t levels)
{
  const char **name = malloc (levels * sizeof *name);

  for (size_t l = 0; name && l < column->levels; l++)
    if (code[l] < levels)
      name[code[l]] = column->level[l].text;
  bool set = name && !bd_dataset_categorical (s, k, levels, name);
  for (size_t i = 0; set && i < s->n; i++)
    {
      double *x = gsl_matrix_ptr (s->X, i, k);
      *x = (double)code[(size_t)*x];
    }
  free (name);
  return set;
}

/* The inputs of S that are text, whose cells are positions in the table's
   levels until now.  */
static bool
code_levels (const bd_choice *c, bd_dataset *s)
{
  bool coded = true;

  for (size_t k = 0; coded && k < c->d; k++)
    {
      size_t j = c->x[k], levels;
      if (!c->t->column[j].level)
        continue;
      size_t *code = bd_column_codes (c->t, j, s->row, s->n, &levels);
      coded = code && set_levels (s, k, &c->t->column[j], code, levels);
      free (code);
    }
  return coded;
}

static bool
set_names (const bd_choice *c, bd_dataset *s)
{
  const bd_column *column = c->t->column;
  bool named = bd_name_set (&s->y_name, column[c->y].name, NULL);

  for (size_t k = 0; named && k < c->d; k++)
    named = bd_name_set (&s->x_name[k], column[c->x[k]].name, NULL);
  return named;
}

static void
copy_cells (const bd_choice *c, bd_dataset *s)
{
  const bd_column *column = c->t->column;

  s->left_out = c->t->rows - c->rows;
  for (size_t i = 0; i < c->rows; i++)
    {
      gsl_vector_set (s->y, i, column[c->y].value[c->row[i]]);
      for (size_t k = 0; k < c->d; k++)
        gsl_matrix_set (s->X, i, k, column[c->x[k]].value[c->row[i]]);
    }
}

/* It takes over the list of rows.  */
static bd_dataset *
make_dataset (bd_choice *c, bd_error *err)
{
  bd_dataset *s = bd_dataset_alloc (c->rows, c->d);

  if (s)
    {
      copy_cells (c, s);
      s->row = c->row;
      c->row = NULL;
    }
  if (s && set_names (c, s) && code_levels (c, s))
    return s;
  bd_dataset_free (s);
  bd_choice_fail_memory (c, err);
  return NULL;
}

bd_dataset *
bd_dataset_choose (const bd_table *t, const bd_dataset_wish *w, bd_error *err)
{
  bd_choice c = { .t = t,
                  .y_asked = w->y,
                  .x_asked = w->x,
                  .classes = w->classes,
                  .constant = w->constant };
  int code = choose (&c, w->y, w->x, w->without, w->least, err);
  size_t y = c.y;
  bd_dataset *s = code ? NULL : make_dataset (&c, err);

  free (c.x);
  free (c.left);
  free (c.row);
  if (s && w->classes && bd_dataset_take_classes (s, t, y, err))
    {
      bd_dataset_free (s);
      s = NULL;
    }
  return s;
}

bd_dataset *
bd_dataset_from_table (const bd_table *t, const char *y, const char *x,
                       const char *without, size_t least, bd_error *err)
{
  const bd_dataset_wish w
      = { .y = y, .x = x, .without = without, .least = least };
  return bd_dataset_choose (t, &w, err);
}
