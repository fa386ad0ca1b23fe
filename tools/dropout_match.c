/* The inputs of a network that was read, found in tables by their names.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "data/column.h"
#include "data/levels.h"
#include "dropout.h"
#include "inputs.h"

/* Where an input comes from: a column of numbers, or whether a column of text
   holds LEVEL.  */
typedef struct
{
  size_t column;
  const char *level;
} origin;

/* The column called NAME, or its part before one of its `='.  */
static bool
find_origin (const bd_table *t, const char *name, origin *to)
{
  *to = (origin){ 0 };
  for (; to->column < t->columns; to->column++)
    if (strcmp (t->column[to->column].name, name) == 0)
      return true;
  for (size_t j = 0; j < t->columns; j++)
    {
      const char *column = t->column[j].name;
      size_t length = strlen (column);
      if (t->column[j].level && strncmp (column, name, length) == 0
          && name[length] == '=')
        {
          *to = (origin){ j, name + length + 1 };
          return true;
        }
    }
  return false;
}

/* Texts of column J that are no level of an input made of it; one is the level
   that all others are set against, more are strangers.  */
static int
check_levels (const bd_table *t, const origin from[], size_t d, size_t j,
              bd_error *err)
{
  const bd_column *column = &t->column[j];
  const char *strange = NULL;
  char shown[BD_COLUMN_SHOWN], one[64], two[64];

  for (size_t l = 0; l < column->levels; l++)
    {
      size_t k = 0;
      while (k < d
             && (from[k].column != j || !from[k].level
                 || strcmp (from[k].level, column->level[l].text) != 0))
        k++;
      if (k < d)
        continue;
      if (strange)
        return BD_FAIL (
            err, GSL_EINVAL,
            "%s:%zu:%zu: column '%s' has levels that the network "
            "does not know: at most one of '%s' and '%s' can be "
            "its first",
            t->source, bd_column_line (t), column->at,
            bd_column_shown (t, j, shown),
            bd_text_clean (one, sizeof one, strange),
            bd_text_clean (two, sizeof two, column->level[l].text));
      strange = column->level[l].text;
    }
  return GSL_SUCCESS;
}

/* The columns of T that are the network's inputs.  */
static int
match (const drop_job *j, const bd_table *t, origin from[], bd_error *err)
{
  size_t d = j->given->net.width[0];
  char name[BD_COLUMN_SHOWN], text[BD_ERROR_SIZE];

  for (size_t k = 0; k < d; k++)
    {
      from[k] = (origin){ k, NULL };
      if (j->names && !find_origin (t, j->names[k], &from[k]))
        return BD_FAIL (err, GSL_EINVAL,
                        "%s:%zu:1: no column '%s', which the network has as "
                        "an input",
                        t->source, bd_column_line (t),
                        bd_text_clean (name, sizeof name, j->names[k]));
      if (!from[k].level && bd_column_fault (t, from[k].column, text))
        return BD_FAIL (err, GSL_EINVAL, "%s", text);
    }
  for (size_t k = 0; k < d; k++)
    if (from[k].level && check_levels (t, from, d, from[k].column, err))
      return GSL_EINVAL;
  return GSL_SUCCESS;
}

static double
cell (const bd_table *t, const origin *from, size_t row)
{
  const bd_column *column = &t->column[from->column];
  double v = column->value[row];

  if (!from->level || gsl_isnan (v))
    return v;
  return strcmp (column->level[(size_t)v].text, from->level) == 0;
}

/* The response in row ROW of column Y as the network counts it; NaN where it
   is missing, -1 for a class that it does not know.  */
static double
answer (const drop_job *j, const bd_table *t, size_t y, size_t row)
{
  const bd_column *column = &t->column[y];
  char number[BD_NUMBER_SIZE];
  double v = column->value[row];
  size_t k = 0;

  if (gsl_isnan (v) || !j->given->net.output->classes)
    return v;
  const char *text = column->level ? column->level[(size_t)v].text
                                   : bd_number_print (number, v, 6);
  if (!j->class_name)
    return !column->level && v >= 0 && v < (double)j->given->classes
                   && v == floor (v)
               ? v
               : -1;
  while (k < j->given->classes && strcmp (j->class_name[k], text) != 0)
    k++;
  return k < j->given->classes ? (double)k : -1;
}

/* The column of the response, or t->columns.  */
static int
find_answer (const drop_choices *q, const drop_job *j, const bd_table *t,
             size_t *y, bd_error *err)
{
  size_t d = j->given->net.width[0];
  char text[BD_ERROR_SIZE];

  *y = t->columns;
  if (q->y && (*y = bd_table_find (t, q->y, err)) == t->columns)
    return GSL_EINVAL;
  for (size_t k = 0; !q->y && j->names && k < t->columns; k++)
    if (strcmp (t->column[k].name, j->names[d]) == 0)
      *y = k;
  if (!q->y && !j->names && t->columns == d + 1)
    *y = d;
  bool free_text = j->given->net.output->classes && *y < t->columns
                   && t->column[*y].level;
  if (*y < t->columns && !free_text && bd_column_fault (t, *y, text))
    return BD_FAIL (err, GSL_EINVAL, "%s", text);
  return GSL_SUCCESS;
}

/* Row I of T as the next of S, unless something is missing.  */
static int
take_row (const drop_job *j, const bd_table *t, const origin from[], size_t y,
          size_t i, bd_dataset *s, bd_error *err)
{
  double v = y < t->columns ? answer (j, t, y, i) : 0;
  bool whole = !gsl_isnan (v);

  if (y < t->columns && v < 0 && j->given->net.output->classes)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s:%zu:1: the response is no class of the network",
                    t->source, t->line[i]);
  for (size_t k = 0; k < s->d; k++)
    {
      double x = cell (t, &from[k], i);
      whole = whole && !gsl_isnan (x);
      gsl_matrix_set (s->X, s->n, k, x);
    }
  gsl_vector_set (s->y, s->n, v);
  s->n += whole;
  s->left_out += !whole;
  return GSL_SUCCESS;
}

/* The rows of T, with the response unless Y is NULL.  Points must be whole. */
static bd_dataset *
take_table (const drop_choices *q, const drop_job *j, const bd_table *t,
            size_t *y, bd_error *err)
{
  size_t d = j->given->net.width[0], none = t->columns;
  origin *from = calloc (d, sizeof *from);
  bd_dataset *s = from ? drop_named (j, t->rows) : NULL;
  int code = GSL_ENOMEM;

  if (!s)
    BD_FAIL (err, code, "no memory for %zu rows", t->rows);
  else if (!j->names && t->columns != d && t->columns != d + 1)
    code = BD_FAIL (err, GSL_EINVAL,
                    "%s: the network has %zu input%s and no names for them, "
                    "and the table has %zu columns",
                    t->source, d, d == 1 ? "" : "s", t->columns);
  else
    code = match (j, t, from, err);
  if (!code && y)
    code = find_answer (q, j, t, y, err);
  if (!code)
    s->n = 0;
  for (size_t i = 0; !code && i < t->rows; i++)
    code = take_row (j, t, from, y ? *y : none, i, s, err);
  if (!code && (s->n == 0 || (!y && s->left_out > 0)))
    code = BD_FAIL (err, GSL_EINVAL, "%s: a row has a missing value",
                    t->source);
  free (from);
  if (!code)
    {
      s->X->size1 = s->y->size = s->n;
      return s;
    }
  bd_dataset_free (s);
  return NULL;
}

static bd_dataset *
open_table (const drop_choices *q, drop_job *j, const char *file, bool points,
            bd_error *err)
{
  bd_table *t = inputs_table (file, err);
  size_t y = 0;
  bd_dataset *s = t ? take_table (q, j, t, points ? NULL : &y, err) : NULL;

  if (s && !points)
    j->answered = y < t->columns;
  bd_table_free (t);
  return s;
}

/* From a file of points, whose columns are found as those of the data, or as
   without a given network.  */
static gsl_matrix *
take_points (const drop_choices *q, drop_job *j, bd_error *err)
{
  const char *where = q->points;
  bool file = where && strcmp (where, "train") != 0
              && strcmp (where, "grid") != 0
              && strncmp (where, "grid:", 5) != 0;

  if (!file && !j->data)
    BD_FAIL (err, GSL_EINVAL,
             "--net without DATA needs a file of points: --points FILE");
  else if (!file)
    return tool_points (where, j->data, err);
  bd_dataset *s = file ? open_table (q, j, where, true, err) : NULL;
  gsl_matrix *P = s ? bd_levels_expand (s->X, NULL) : NULL;
  bd_dataset_free (s);
  return P;
}

int
drop_read_rows (const drop_choices *q, drop_job *j, bd_error *err)
{
  j->given->mask = j->o.net.mask;
  j->o.net.output = j->given->net.output;
  j->o.net.unit = j->given->net.unit;
  j->o.net.classes = j->given->classes;
  j->o.model = j->given;
  j->inputs = drop_named (j, 1);
  if (j->file && !(j->data = open_table (q, j, j->file, false, err)))
    return EXIT_FAILURE;
  if (!j->inputs || !(j->P = take_points (q, j, err))
      || !(j->Z = bd_levels_expand (j->P, NULL)))
    {
      if (!err->text[0])
        BD_FAIL (err, GSL_ENOMEM, "no memory for points");
      return EXIT_FAILURE;
    }
  if (j->data)
    j->X = bd_levels_expand (j->data->X, NULL);
  j->o.X = j->X;
  j->o.y = j->answered ? j->data->y : NULL;
  j->o.P = j->Z;
  return -1;
}
