#include <config.h>

#include <errno.h>
#include <gsl/gsl_math.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../base/array.h"
#include "../base/text.h"
#include "cell.h"
#include "column.h"
#include "records.h"

#define SHOWN 64 /* bytes of a cell that a message shows */

void
bd_records_close (bd_records *l)
{
  if (!l)
    return;
  bd_csv_free (l->csv);
  if (l->in && l->in != stdin)
    fclose (l->in);
  free (l->names);
  free (l->name);
  free (l->source);
  free (l);
}

/* The rest of a comment line, of which `#' was read, into TEXT.  */
static void
read_comment (FILE *in, char *text, size_t size)
{
  size_t used = 0;
  int c;

  while ((c = getc (in)) != EOF && c != '\n')
    if (used + 1 < size)
      text[used++] = (char)c;
  text[used] = '\0';
}

/* Comments before the first record, which bd_csv would skip; returns how many
   lines they are.  */
static size_t
read_comments (bd_records *l)
{
  static const char mark[] = " resampling: ";
  char text[BD_RECORDS_NOTE];
  size_t lines = 0;
  int c;

  for (; (c = getc (l->in)) == '#'; lines++)
    {
      read_comment (l->in, text, sizeof text);
      if (strncmp (text, mark, sizeof mark - 1) == 0)
        strcpy (l->resampling, text + sizeof mark - 1);
    }
  if (c != EOF)
    ungetc (c, l->in);
  return lines;
}

static int
keep_names (bd_records *l)
{
  const bd_csv *c = l->csv;
  size_t last = c->cell[c->count - 1].start;
  size_t size = last + strlen (c->text + last) + 1;

  l->names = malloc (size);
  l->name = malloc (c->count * sizeof *l->name);
  if (!l->names || !l->name)
    return GSL_ENOMEM;
  memcpy (l->names, c->text, size);
  for (size_t j = 0; j < c->count; j++)
    l->name[j] = c->cell[j].start;
  return GSL_SUCCESS;
}

/* True for the header that pandas writes over columns without names: 0, 1, 2
   ..., perhaps behind an empty cell.  */
static bool
counted (const bd_csv *c)
{
  size_t first = c->text[c->cell[0].start] == '\0' ? 1 : 0;
  double value;

  for (size_t j = first; j < c->count; j++)
    if (!bd_cell_parse (c->text + c->cell[j].start, &value)
        || value != (double)(j - first))
      return false;
  return c->count - first >= 3;
}

static int
begin (bd_records *l, bd_error *err)
{
  size_t skipped = read_comments (l);

  l->csv = bd_csv_alloc (l->in, l->source, BD_RECORDS_COLUMNS);
  if (!l->csv)
    return BD_FAIL (err, GSL_ENOMEM, "%s: not enough memory", l->source);
  l->csv->line += skipped;
  int code = bd_csv_next (l->csv, err);
  if (code == GSL_EOF)
    return BD_FAIL (err, GSL_EINVAL, "%s:%zu:1: no numbers in this file",
                    l->source, l->csv->line);
  if (code)
    return code;
  l->columns = l->csv->count;
  l->held = !bd_column_header (l->csv) && !counted (l->csv);
  if (l->held)
    return GSL_SUCCESS;
  l->names_line = l->csv->record_line;
  if (keep_names (l))
    return BD_FAIL (err, GSL_ENOMEM, "%s: not enough memory", l->source);
  return GSL_SUCCESS;
}

bd_records *
bd_records_open (const char *path, bd_error *err)
{
  bool standard = strcmp (path, "-") == 0;
  const char *name = standard ? "standard input" : path;
  size_t size = 3 * strlen (name) + 1;
  bd_records *l = calloc (1, sizeof *l);

  if (l)
    l->source = malloc (size);
  if (!l || !l->source)
    {
      BD_FAIL (err, GSL_ENOMEM, "%s: not enough memory", name);
      free (l);
      return NULL;
    }
  bd_text_clean (l->source, size, name);
  l->in = standard ? stdin : fopen (path, "rb");
  if (!l->in)
    BD_FAIL (err, GSL_EFAILED, "%s: %s", path, strerror (errno));
  if (l->in && !begin (l, err))
    return l;
  bd_records_close (l);
  return NULL;
}

const char *
bd_records_name (const bd_records *l, size_t j)
{
  return l->names ? l->names + l->name[j] : "";
}

size_t
bd_records_find (const bd_records *l, const char *word)
{
  for (size_t j = 0; l->names && j < l->columns; j++)
    if (strcmp (bd_records_name (l, j), word) == 0)
      return j;
  if (!*word || word[strspn (word, "0123456789")] != '\0')
    return l->columns;
  uintmax_t number = strtoumax (word, NULL, 10);
  return number >= 1 && number <= l->columns ? (size_t)number - 1 : l->columns;
}

static int
fail_ragged (const bd_records *l, bd_error *err)
{
  const bd_csv *c = l->csv;
  bool more = c->count > l->columns;
  size_t line = more ? c->cell[l->columns].line : c->end_line;
  size_t at = more ? c->cell[l->columns].at : c->end_at;

  return BD_FAIL (err, GSL_EINVAL,
                  "%s:%zu:%zu: %zu field%s, but the %s has %zu%s", l->source,
                  line, at, c->count, c->count == 1 ? "" : "s",
                  l->names ? "header" : "first line", l->columns,
                  l->names && c->count == l->columns + 1
                      ? " (row names? in R write them not: row.names = FALSE)"
                      : "");
}

int
bd_records_next (bd_records *l, bd_error *err)
{
  int code = l->held ? GSL_SUCCESS : bd_csv_next (l->csv, err);

  l->held = false;
  l->line = l->csv->record_line;
  return !code && l->csv->count != l->columns ? fail_ragged (l, err) : code;
}

const char *
bd_records_text (const bd_records *l, size_t j)
{
  return l->csv->text + l->csv->cell[j].start;
}

/* A text that stands for a number that is not finite.  */
static bool
not_finite (const char *text, double *value)
{
  static const char *const word[]
      = { "nan", "+nan", "-nan", "inf", "+inf", "infinity", "+infinity" };

  *value = GSL_NAN;
  if (bd_cell_missing (text))
    return true;
  for (size_t k = 0; k < sizeof word / sizeof word[0]; k++)
    if (strcasecmp (text, word[k]) == 0)
      {
        *value = k < 3 ? GSL_NAN : GSL_POSINF;
        return true;
      }
  *value = GSL_NEGINF;
  return strcasecmp (text, "-inf") == 0 || strcasecmp (text, "-infinity") == 0;
}

static int
fail_text (const bd_records *l, size_t j, bd_error *err)
{
  const bd_csv_cell *cell = &l->csv->cell[j];
  char shown[SHOWN];

  bd_text_clean (shown, sizeof shown, bd_records_text (l, j));
  return BD_FAIL (err, GSL_EINVAL, "%s:%zu:%zu: not a number: '%s'%s",
                  l->source, cell->line, cell->at, shown,
                  bd_cell_comma (bd_records_text (l, j))
                      ? " (numbers have a decimal point)"
                      : "");
}

int
bd_records_numbers (const bd_records *l, size_t first, size_t count,
                    double to[], size_t stride, bd_error *err)
{
  for (size_t k = 0; k < count; k++)
    {
      const char *text = bd_records_text (l, first + k);
      double *value = &to[k * stride];
      if (!bd_cell_parse (text, value) && !not_finite (text, value))
        return fail_text (l, first + k, err);
    }
  return GSL_SUCCESS;
}

int
bd_records_room (double **array, size_t *room, size_t need)
{
  if (need <= *room)
    return GSL_SUCCESS;
  size_t more = need > SIZE_MAX / 2 ? need : GSL_MAX (need, 2 * *room);
  double *wider = more <= SIZE_MAX / sizeof **array
                      ? realloc (*array, more * sizeof **array)
                      : NULL;
  if (!wider)
    return GSL_ENOMEM;
  memset (wider + *room, 0, (more - *room) * sizeof *wider);
  *array = wider;
  *room = more;
  return GSL_SUCCESS;
}

/* A matrix being read.  */
typedef struct
{
  double *value;
  size_t *line, room, rows, columns;
} matrix;

/* Where the line that has come stands, in *PLACES places.  */
static int
add_line (matrix *a, size_t line, size_t *places)
{
  if (a->rows == *places)
    {
      size_t more = *places ? 2 * *places : 64;
      size_t *wider = realloc (a->line, more * sizeof *wider);
      if (!wider)
        return GSL_ENOMEM;
      a->line = wider;
      *places = more;
    }
  a->line[a->rows++] = line;
  return GSL_SUCCESS;
}

/* Every value must be finite.  */
static int
check_finite (const bd_records *l, size_t first, const double row[],
              size_t columns, bd_error *err)
{
  for (size_t k = 0; k < columns; k++)
    if (!gsl_finite (row[k]))
      {
        char shown[SHOWN];
        bd_text_clean (shown, sizeof shown, bd_records_text (l, first + k));
        return BD_FAIL (err, GSL_EINVAL, "%s:%zu:%zu: '%s' is no number here",
                        l->source, l->csv->cell[first + k].line,
                        l->csv->cell[first + k].at, shown);
      }
  return GSL_SUCCESS;
}

static int
read_matrix (bd_records *l, matrix *a, bd_error *err)
{
  bool named = l->names && !*bd_records_name (l, 0) && l->columns > 1;
  size_t first = named ? 1 : 0, places = 0;
  int code;

  a->columns = l->columns - first;
  while (!(code = bd_records_next (l, err)))
    {
      size_t used = a->rows * a->columns;
      if (bd_records_room (&a->value, &a->room, used + a->columns)
          || add_line (a, l->line, &places))
        return BD_FAIL (err, GSL_ENOMEM, "%s:%zu:1: not enough memory",
                        l->source, l->line);
      code
          = bd_records_numbers (l, first, a->columns, a->value + used, 1, err);
      if (!code)
        code = check_finite (l, first, a->value + used, a->columns, err);
      if (code)
        return code;
    }
  if (code == GSL_EOF && a->rows == 0)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s:%zu:1: no line of numbers below the "
                    "header",
                    l->source, l->names_line);
  return code == GSL_EOF ? GSL_SUCCESS : code;
}

double *
bd_records_matrix (const char *path, size_t *rows, size_t *columns,
                   size_t **line, bd_error *err)
{
  bd_records *l = bd_records_open (path, err);
  matrix a = { NULL, NULL, 0, 0, 0 };
  int code = l ? read_matrix (l, &a, err) : GSL_EFAILED;

  bd_records_close (l);
  *rows = a.rows;
  *columns = a.columns;
  *line = a.line;
  if (!code)
    return a.value;
  free (a.value);
  free (a.line);
  *line = NULL;
  return NULL;
}
