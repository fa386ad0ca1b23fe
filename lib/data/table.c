#include <config.h>

#include <errno.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../base/text.h"
#include "cell.h"
#include "column.h"
#include "csv.h"
#include "table.h"
#include "texts.h"

#define BAD_TEXT 64 /* bytes kept of a cell that is not a number */

static char *
copy_text (const char *text)
{
  size_t size = strlen (text) + 1;
  char *copy = malloc (size);

  return copy ? memcpy (copy, text, size) : NULL;
}

/* A clean copy; a byte that is not UTF-8 becomes three.  */
static char *
copy_clean (const char *text)
{
  size_t size = 3 * strlen (text) + 1;
  char *copy = malloc (size);

  return copy ? bd_text_clean (copy, size, text) : NULL;
}

void
bd_table_free (bd_table *t)
{
  if (!t)
    return;
  for (size_t j = 0; j < t->columns; j++)
    {
      free (t->column[j].name);
      free (t->column[j].value);
      free (t->column[j].bad_text);
      free (t->column[j].missing_place);
      free (t->column[j].level);
      bd_texts_free (t->column[j].texts);
    }
  free (t->column);
  free (t->line);
  free (t->source);
  free (t);
}

/* Columns named by the record in C if it is a header, else V1, V2, ...  */
static int
add_columns (bd_table *t, const bd_csv *c)
{
  bool header = bd_column_header (c);

  t->column = calloc (c->count, sizeof *t->column);
  if (!t->column)
    return GSL_ENOMEM;
  t->columns = c->count;
  t->separator = c->separator;
  t->names_line = header ? c->record_line : 0;
  for (size_t j = 0; j < c->count; j++)
    {
      char number[32];
      snprintf (number, sizeof number, "V%zu", j + 1);
      t->column[j].at = c->cell[j].at;
      t->column[j].name
          = copy_text (header ? c->text + c->cell[j].start : number);
      if (!t->column[j].name)
        return GSL_ENOMEM;
    }
  return GSL_SUCCESS;
}

/* Room for ROWS rows.  */
static int
reserve (bd_table *t, size_t rows)
{
  if (rows > SIZE_MAX / sizeof (double))
    return GSL_ENOMEM;
  size_t *line = realloc (t->line, rows * sizeof *line);
  if (!line)
    return GSL_ENOMEM;
  t->line = line;
  for (size_t j = 0; j < t->columns; j++)
    {
      double *value = realloc (t->column[j].value, rows * sizeof (double));
      if (!value)
        return GSL_ENOMEM;
      t->column[j].value = value;
    }
  return GSL_SUCCESS;
}

static int
note_missing (bd_column *k, const bd_csv_cell *cell)
{
  size_t count = k->missing;

  if ((count & (count - 1)) == 0)
    {
      size_t room = count ? 2 * count : 1;
      bd_place *place = realloc (k->missing_place, room * sizeof *place);
      if (!place)
        return GSL_ENOMEM;
      k->missing_place = place;
    }
  k->missing_place[k->missing++] = (bd_place){ cell->line, cell->at };
  return GSL_SUCCESS;
}

/* The bad cell that messages show.  */
static int
show_bad (bd_column *k, const bd_csv_cell *cell, const char *text)
{
  char shown[BAD_TEXT];

  k->bad_line = cell->line;
  k->bad_at = cell->at;
  free (k->bad_text);
  k->bad_text = copy_text (bd_text_clean (shown, sizeof shown, text));
  return k->bad_text ? GSL_SUCCESS : GSL_ENOMEM;
}

/* No column of text after all; ROWS rows had been read as one.  */
static void
forget_texts (bd_column *k, size_t rows)
{
  bd_texts_free (k->texts);
  k->texts = NULL;
  for (size_t i = 0; i < rows; i++)
    k->value[i] = GSL_NAN;
}

/* Row ROW is neither a number nor missing.  */
static int
add_text (bd_column *k, size_t row, const bd_csv_cell *cell, const char *text)
{
  bool first = k->bad++ == 0;

  if (first && show_bad (k, cell, text))
    return GSL_ENOMEM;
  if (first && k->missing == row && !(k->texts = bd_texts_alloc ()))
    return GSL_ENOMEM;
  if (!k->texts)
    return GSL_SUCCESS;
  size_t count = bd_texts_count (k->texts);
  size_t code
      = bd_texts_add (k->texts, text, (bd_place){ cell->line, cell->at });
  if (code == BD_TEXTS_NONE)
    return GSL_ENOMEM;
  k->value[row] = (double)code;
  if (code < count || !bd_cell_numeric (text))
    return GSL_SUCCESS;
  forget_texts (k, row + 1);
  return show_bad (k, cell, text);
}

/* The record in C as one more row.  */
static int
add_row (bd_table *t, const bd_csv *c)
{
  for (size_t j = 0; j < t->columns; j++)
    {
      bd_column *k = &t->column[j];
      const bd_csv_cell *cell = &c->cell[j];
      const char *text = c->text + cell->start;
      double *value = &k->value[t->rows];
      if (bd_cell_parse (text, value))
        {
          if (k->texts)
            forget_texts (k, t->rows);
          continue;
        }
      *value = GSL_NAN;
      if (bd_cell_missing (text) ? note_missing (k, cell)
                                 : add_text (k, t->rows, cell, text))
        return GSL_ENOMEM;
    }
  t->line[t->rows++] = c->record_line;
  return GSL_SUCCESS;
}

/* Number the texts of column K by their order.  */
static int
sort_texts (bd_column *k, size_t rows)
{
  k->levels = bd_texts_count (k->texts);
  size_t *rank = malloc (k->levels * sizeof *rank);

  if (rank)
    k->level = bd_texts_sort (k->texts, rank);
  for (size_t i = 0; k->level && i < rows; i++)
    if (!gsl_isnan (k->value[i]))
      k->value[i] = (double)rank[(size_t)k->value[i]];
  free (rank);
  return k->level ? GSL_SUCCESS : GSL_ENOMEM;
}

/* Points at the first cell too many, or behind the last one.  */
static int
fail_ragged (const bd_table *t, const bd_csv *c, bd_error *err)
{
  bool more = c->count > t->columns;
  size_t line = more ? c->cell[t->columns].line : c->end_line;
  size_t at = more ? c->cell[t->columns].at : c->end_at;

  return BD_FAIL (err, GSL_EINVAL,
                  "%s:%zu:%zu: %zu field%s, but the %s (line %zu) has %zu",
                  t->source, line, at, c->count, c->count == 1 ? "" : "s",
                  t->names_line ? "header" : "first row",
                  t->names_line ? t->names_line : t->line[0], t->columns);
}

static int
fail_memory (const bd_table *t, const bd_csv *c, bd_error *err)
{
  return BD_FAIL (err, GSL_ENOMEM, "%s:%zu:1: not enough memory", t->source,
                  c->record_line);
}

/* The rows from the record in C on.  */
static int
read_rows (bd_table *t, bd_csv *c, bd_error *err)
{
  size_t room = 0;
  int code = t->names_line ? bd_csv_next (c, err) : GSL_SUCCESS;

  for (; !code; code = bd_csv_next (c, err))
    {
      if (c->count != t->columns)
        return fail_ragged (t, c, err);
      if (t->rows == room)
        {
          room = room ? 2 * room : 16;
          code = reserve (t, room);
        }
      if (code || add_row (t, c))
        return fail_memory (t, c, err);
    }
  return code;
}

static int
read_table (bd_table *t, bd_csv *c, bd_error *err)
{
  int code = bd_csv_next (c, err);

  if (!code && add_columns (t, c))
    return fail_memory (t, c, err);
  if (!code)
    code = read_rows (t, c, err);
  if (code == GSL_EOF && t->rows == 0)
    return BD_FAIL (err, GSL_EINVAL, "%s:%zu:%zu: no data rows", t->source,
                    c->end_line, c->end_at);
  for (size_t j = 0; code == GSL_EOF && j < t->columns; j++)
    if (t->column[j].texts && sort_texts (&t->column[j], t->rows))
      return fail_memory (t, c, err);
  return code == GSL_EOF ? GSL_SUCCESS : code;
}

bd_table *
bd_table_read (FILE *in, const char *source, bd_error *err)
{
  bd_csv *c = NULL;
  bd_table *t = calloc (1, sizeof *t);

  if (t)
    t->source = copy_clean (source);
  if (t && t->source)
    c = bd_csv_alloc (in, t->source, BD_TABLE_COLUMNS);
  if (!c)
    {
      BD_FAIL (err, GSL_ENOMEM, "%s:1:1: not enough memory", source);
      goto fail;
    }
  if (read_table (t, c, err))
    goto fail;
  bd_csv_free (c);
  return t;
fail:
  bd_csv_free (c);
  bd_table_free (t);
  return NULL;
}

bd_table *
bd_table_open (const char *path, bd_error *err)
{
  if (strcmp (path, "-") == 0)
    return bd_table_read (stdin, "standard input", err);
  FILE *in = fopen (path, "rb");
  if (!in)
    {
      BD_FAIL (err, GSL_EFAILED, "%s: %s", path, strerror (errno));
      return NULL;
    }
  bd_table *t = bd_table_read (in, path, err);
  fclose (in);
  return t;
}
