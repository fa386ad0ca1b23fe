/* The columns of a data set, taken from another table.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/number.h"
#include "../base/text.h"
#include "column.h"
#include "dataset.h"

#define SHOWN 200 /* bytes of a list of levels that a message shows */

static int
fail_missing (const bd_table *t, size_t j, const char *needed, bd_error *err)
{
  const bd_place *place = t->column[j].missing_place;
  char shown[BD_COLUMN_SHOWN];

  return BD_FAIL (err, GSL_EINVAL, "%s:%zu:%zu: no value in column '%s'; %s",
                  t->source, place->line, place->at,
                  bd_column_shown (t, j, shown), needed);
}

/* Column J of T, whose cells must be numbers, as column K of P.  */
static int
take_numbers (const bd_table *t, size_t j, gsl_matrix *P, size_t k,
              bd_error *err)
{
  char text[BD_ERROR_SIZE];

  if (t->column[j].bad && bd_column_fault (t, j, text))
    return BD_FAIL (err, GSL_EINVAL, "%s", text);
  for (size_t i = 0; i < t->rows; i++)
    gsl_matrix_set (P, i, k, t->column[j].value[i]);
  return GSL_SUCCESS;
}

/* The COUNT names as "a, b, c", as far as they reach.  */
static char *
list_names (char *const name[], size_t count, char to[SHOWN])
{
  size_t used = 0;

  for (size_t l = 0; l < count; l++)
    {
      char shown[BD_COLUMN_SHOWN];
      bd_text_clean (shown, sizeof shown, name[l]);
      bool fits = used + strlen (shown) + sizeof ", , ..." <= SHOWN;
      used += (size_t)snprintf (to + used, SHOWN - used, "%s%s", l ? ", " : "",
                                fits ? shown : "...");
      if (!fits)
        break;
    }
  return to;
}

/* The level names of input K.  */
static char *
list_levels (const bd_dataset *s, size_t k, char to[SHOWN])
{
  return list_names (s->level_name[k], s->levels[k], to);
}

/* Column J of T holds no text, but input K is categorical.  */
static int
fail_numbers (const bd_table *t, size_t j, const bd_dataset *s, size_t k,
              bd_error *err)
{
  char levels[SHOWN], shown[BD_COLUMN_SHOWN];

  return BD_FAIL (err, GSL_EINVAL,
                  "%s:%zu:%zu: column '%s' holds numbers, but its levels are "
                  "%s",
                  t->source, bd_column_line (t), t->column[j].at,
                  bd_column_shown (t, j, shown), list_levels (s, k, levels));
}

/* Names the unknown level that comes first in the file.  */
static int
fail_level (const bd_table *t, size_t j, const size_t code[],
            const bd_dataset *s, size_t k, bd_error *err)
{
  const bd_column *column = &t->column[j];
  const bd_level *first = NULL;
  char levels[SHOWN], shown[BD_COLUMN_SHOWN], cell[BD_COLUMN_SHOWN];

  for (size_t l = 0; l < column->levels; l++)
    {
      const bd_level *x = &column->level[l];
      if (code[l] == BD_COLUMN_ABSENT
          && (!first || x->place.line < first->place.line
              || (x->place.line == first->place.line
                  && x->place.at < first->place.at)))
        first = x;
    }
  return BD_FAIL (err, GSL_EINVAL,
                  "%s:%zu:%zu: '%s' is no level of column '%s'; its levels "
                  "are %s",
                  t->source, first->place.line, first->place.at,
                  bd_text_clean (cell, sizeof cell, first->text),
                  bd_column_shown (t, j, shown), list_levels (s, k, levels));
}

/* CODE[l]: code in input K of level l of COLUMN.  False if one has none.  */
static bool
match_levels (const bd_column *column, const bd_dataset *s, size_t k,
              size_t code[])
{
  bool all = true;

  for (size_t l = 0; l < column->levels; l++)
    {
      size_t m = 0;
      while (m < s->levels[k]
             && strcmp (s->level_name[k][m], column->level[l].text) != 0)
        m++;
      code[l] = m < s->levels[k] ? m : BD_COLUMN_ABSENT;
      all = all && m < s->levels[k];
    }
  return all;
}

/* Column J of T, whose cells must be levels of input K.  */
static int
take_levels (const bd_table *t, size_t j, const bd_dataset *s, gsl_matrix *P,
             size_t k, bd_error *err)
{
  const bd_column *column = &t->column[j];
  int status = GSL_SUCCESS;

  if (!column->level)
    return fail_numbers (t, j, s, k, err);
  size_t *code = malloc (column->levels * sizeof *code);
  if (!code)
    return BD_FAIL (err, GSL_ENOMEM, "%s:1:1: not enough memory", t->source);
  if (!match_levels (column, s, k, code))
    status = fail_level (t, j, code, s, k, err);
  for (size_t i = 0; !status && i < t->rows; i++)
    gsl_matrix_set (P, i, k, (double)code[(size_t)column->value[i]]);
  free (code);
  return status;
}

static int
take_column (const bd_table *t, const bd_dataset *s, gsl_matrix *P, size_t k,
             bd_error *err)
{
  size_t j = bd_column_named (t, s->x_name[k], err);

  if (j == t->columns)
    return GSL_EINVAL;
  if (t->column[j].missing)
    return fail_missing (t, j, "a prediction needs all inputs", err);
  return s->levels && s->levels[k] ? take_levels (t, j, s, P, k, err)
                                   : take_numbers (t, j, P, k, err);
}

gsl_matrix *
bd_dataset_points (const bd_table *t, const bd_dataset *s, bd_error *err)
{
  gsl_matrix *P = gsl_matrix_alloc (t->rows, s->d);

  if (!P)
    BD_FAIL (err, GSL_ENOMEM, "%s:1:1: not enough memory", t->source);
  for (size_t k = 0; P && k < s->d; k++)
    if (take_column (t, s, P, k, err))
      {
        gsl_matrix_free (P);
        P = NULL;
      }
  return P;
}

/* The class of the cell in row I of column J, S->classes if it is none; its
   text into CELL.  */
static size_t
class_of (const bd_table *t, size_t j, size_t i, const bd_dataset *s,
          char cell[BD_COLUMN_SHOWN])
{
  const bd_column *column = &t->column[j];
  char number[BD_NUMBER_SIZE];
  const char *text = column->level
                         ? column->level[(size_t)column->value[i]].text
                         : bd_number_print (number, column->value[i], 6);
  size_t k = 0;

  while (k < s->classes && strcmp (s->class_name[k], text) != 0)
    k++;
  bd_text_clean (cell, BD_COLUMN_SHOWN, text);
  return k;
}

/* Column J of T, whose cells must be classes of S.  */
static int
take_classes (const bd_table *t, size_t j, const bd_dataset *s, gsl_vector *y,
              bd_error *err)
{
  char text[BD_ERROR_SIZE], names[SHOWN], shown[BD_COLUMN_SHOWN],
      cell[BD_COLUMN_SHOWN];

  if (!t->column[j].level && bd_column_fault (t, j, text))
    return BD_FAIL (err, GSL_EINVAL, "%s", text);
  for (size_t i = 0; i < t->rows; i++)
    {
      size_t k = class_of (t, j, i, s, cell);
      if (k == s->classes)
        return BD_FAIL (err, GSL_EINVAL,
                        "%s:%zu:%zu: '%s' is no class of column '%s'; its "
                        "classes are %s",
                        t->source, t->line[i], t->column[j].at, cell,
                        bd_column_shown (t, j, shown),
                        list_names (s->class_name, s->classes, names));
      gsl_vector_set (y, i, (double)k);
    }
  return GSL_SUCCESS;
}

/* The response of S, a number or a class, from T.  */
static int
take_response (const bd_table *t, const bd_dataset *s, gsl_vector *y,
               bd_error *err)
{
  size_t j = bd_column_named (t, s->y_name, err);

  if (j == t->columns)
    return GSL_EINVAL;
  if (t->column[j].missing)
    return fail_missing (t, j, "rows to be tested on need their response",
                         err);
  if (s->classes)
    return take_classes (t, j, s, y, err);
  gsl_matrix_view Y = gsl_matrix_view_vector (y, t->rows, 1);
  return take_numbers (t, j, &Y.matrix, 0, err);
}

bd_dataset *
bd_dataset_like (const bd_table *t, const bd_dataset *s, bd_error *err)
{
  gsl_matrix *P = bd_dataset_points (t, s, err);
  size_t *first = P ? calloc (t->rows, sizeof *first) : NULL;
  bd_dataset *to = first ? bd_dataset_rows (s, first, t->rows) : NULL;
  int code = to ? GSL_SUCCESS : GSL_ENOMEM;

  if (to)
    {
      gsl_matrix_memcpy (to->X, P);
      for (size_t i = 0; to->row && i < to->n; i++)
        to->row[i] = i;
      gsl_vector_free (to->truth);
      to->truth = NULL;
      to->left_out = 0;
      code = take_response (t, s, to->y, err);
    }
  else if (P)
    BD_FAIL (err, GSL_ENOMEM, "%s:1:1: not enough memory", t->source);
  gsl_matrix_free (P);
  free (first);
  if (!code)
    return to;
  bd_dataset_free (to);
  return NULL;
}
