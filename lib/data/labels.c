/* Labels of rows: what strata and groups are made of.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/number.h"
#include "choice.h"
#include "column.h"
#include "dataset.h"
#include "name.h"

/* Where the cell of column J in row I, which is missing, stands.  */
static bd_place
missing_place (const bd_table *t, size_t j, size_t i)
{
  size_t before = 0;

  for (size_t k = 0; k < i; k++)
    before += gsl_isnan (t->column[j].value[k]) != 0;
  return t->column[j].missing_place[before];
}

/* Column J must be numbers or text, and have a value in the rows of S.  */
static int
check_labels (const bd_table *t, size_t j, const bd_dataset *s, bd_error *err)
{
  const bd_column *k = &t->column[j];
  char text[BD_ERROR_SIZE], shown[BD_COLUMN_SHOWN];

  if (!k->level && bd_column_fault (t, j, text))
    return BD_FAIL (err, GSL_EINVAL, "%s", text);
  for (size_t i = 0; i < s->n; i++)
    if (gsl_isnan (k->value[s->row[i]]))
      {
        bd_place place = missing_place (t, j, s->row[i]);
        return BD_FAIL (err, GSL_EINVAL,
                        "%s:%zu:%zu: no value in column '%s'; every row needs "
                        "one",
                        t->source, place.line, place.at,
                        bd_column_shown (t, j, shown));
      }
  return GSL_SUCCESS;
}

static int
by_value (const void *a, const void *b)
{
  const double *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

/* Ranks of VALUE in the rows of S; their number, 0 when memory is short.  */
static size_t
rank_values (const double value[], const bd_dataset *s, size_t label[])
{
  size_t count = 0;
  double *sorted = malloc (s->n * sizeof *sorted);

  if (!sorted)
    return 0;
  for (size_t i = 0; i < s->n; i++)
    sorted[i] = value[s->row[i]];
  qsort (sorted, s->n, sizeof *sorted, by_value);
  for (size_t i = 0; i < s->n; i++)
    if (i == 0 || sorted[i] > sorted[count - 1])
      sorted[count++] = sorted[i];
  for (size_t i = 0; i < s->n; i++)
    {
      const double *at = bsearch (&value[s->row[i]], sorted, count,
                                  sizeof *sorted, by_value);
      label[i] = (size_t)(at - sorted);
    }
  free (sorted);
  return count;
}

/* S must be of T, and column J fit for labels.  */
static size_t
label_rows (const bd_table *t, size_t j, const bd_dataset *s, size_t label[],
            bd_error *err)
{
  for (size_t i = 0; i < s->n; i++)
    if (!s->row || s->row[i] >= t->rows)
      {
        BD_FAIL (err, GSL_EINVAL, "%s:1:1: the rows are not of this table",
                 t->source);
        return 0;
      }
  if (check_labels (t, j, s, err))
    return 0;
  size_t count = rank_values (t->column[j].value, s, label);
  if (count == 0)
    BD_FAIL (err, GSL_ENOMEM, "%s:1:1: not enough memory", t->source);
  return count;
}

size_t
bd_table_labels (const bd_table *t, const char *word, const bd_dataset *s,
                 size_t label[], bd_error *err)
{
  char shown[BD_COLUMN_SHOWN];
  size_t j = bd_table_find (t, word, err);
  size_t count = j < t->columns ? label_rows (t, j, s, label, err) : 0;

  if (count != 1)
    return count;
  BD_FAIL (err, GSL_EINVAL,
           "%s:%zu:%zu: column '%s' has one level only; at least 2 are needed",
           t->source, bd_column_line (t), t->column[j].at,
           bd_column_shown (t, j, shown));
  return 0;
}

/* Classes by their text, or by their number as it would be written.  */
static int
take_names (bd_dataset *s, const bd_column *column, const size_t label[])
{
  bool named = (s->class_name = calloc (s->classes, sizeof (char *)));

  for (size_t i = 0; named && i < s->n; i++)
    {
      char number[BD_NUMBER_SIZE];
      double value = column->value[s->row[i]];
      if (!s->class_name[label[i]])
        named
            = bd_name_set (&s->class_name[label[i]],
                           column->level ? column->level[(size_t)value].text
                                         : bd_number_print (number, value, 6),
                           NULL);
      gsl_vector_set (s->y, i, (double)label[i]);
    }
  return named ? GSL_SUCCESS : GSL_ENOMEM;
}

int
bd_dataset_take_classes (bd_dataset *s, const bd_table *t, size_t j,
                         bd_error *err)
{
  char shown[BD_COLUMN_SHOWN];
  size_t *label = malloc (s->n * sizeof *label);
  size_t count = label ? label_rows (t, j, s, label, err) : 0;
  int code = GSL_SUCCESS;

  if (!label)
    code = BD_FAIL (err, GSL_ENOMEM, "%s:1:1: not enough memory", t->source);
  else if (count == 0)
    code = GSL_EINVAL;
  else if (count < 2 || count > BD_DATASET_LEVELS)
    code = BD_FAIL (err, GSL_EINVAL,
                    "%s:%zu:%zu: column '%s' has %zu different value%s; a "
                    "response of classes has from 2 to %d",
                    t->source, bd_column_line (t), t->column[j].at,
                    bd_column_shown (t, j, shown), count,
                    count == 1 ? "" : "s", BD_DATASET_LEVELS);
  else
    {
      s->classes = count;
      code = take_names (s, &t->column[j], label);
      if (code)
        BD_FAIL (err, code, "%s:1:1: not enough memory", t->source);
    }
  free (label);
  return code;
}
