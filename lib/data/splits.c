#include <config.h>

#include <errno.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/number.h"
#include "../base/text.h"
#include "cell.h"
#include "column.h"
#include "csv.h"
#include "splits.h"

typedef struct
{
  size_t row; /* in the table; later in the data set */
  bd_place place;
} held;

typedef struct
{
  char name[BD_COLUMN_SHOWN];
  bd_place place;
  bd_place gap; /* its first empty cell; line 0: none */
  size_t count, room;
  held *row;
} column;

typedef struct
{
  char source[BD_COLUMN_SHOWN * 4];
  size_t rows; /* of the table that the data set was taken from */
  size_t columns, used;
  column *column;
} reader;

void
bd_splits_free (bd_splits *a)
{
  if (!a)
    return;
  free (a->end);
  free (a->row);
  free (a->train_end);
  free (a->train);
  free (a);
}

static void
reader_clear (reader *r)
{
  for (size_t j = 0; r->column && j < r->used; j++)
    free (r->column[j].row);
  free (r->column);
}

static int
fail_memory (const reader *r, bd_error *err)
{
  return BD_FAIL (err, GSL_ENOMEM, "%s:1:1: not enough memory", r->source);
}

/* The first record of the file: how many splits there are and their names.  */
static int
add_columns (reader *r, const bd_csv *c, size_t first, bd_error *err)
{
  bool header = bd_column_header (c);

  r->columns = c->count;
  r->used = first ? first : c->count;
  if (r->used > r->columns)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s:%zu:%zu: %zu splits (columns); the first %zu were "
                    "asked for",
                    r->source, c->record_line, c->end_at, r->columns, first);
  if (r->used > BD_SPLITS_MAX)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s:%zu:%zu: %zu splits (columns); at most %d can be used",
                    r->source, c->record_line, c->cell[BD_SPLITS_MAX].at,
                    r->used, BD_SPLITS_MAX);
  r->column = calloc (r->used, sizeof *r->column);
  if (!r->column)
    return fail_memory (r, err);
  for (size_t j = 0; j < r->used; j++)
    {
      column *k = &r->column[j];
      k->place = (bd_place){ c->cell[j].line, c->cell[j].at };
      if (header)
        bd_text_clean (k->name, sizeof k->name, c->text + c->cell[j].start);
      else
        snprintf (k->name, sizeof k->name, "%zu", j + 1);
    }
  return GSL_SUCCESS;
}

static int
check_number (const reader *r, const column *k, const bd_csv_cell *at,
              const char *text, double *x, bd_error *err)
{
  char shown[BD_COLUMN_SHOWN];
  double last = (double)r->rows - 1;
  bool number = bd_cell_parse (text, x);

  bd_text_clean (shown, sizeof shown, text);
  if (!number || *x != floor (*x) || *x < 0)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s:%zu:%zu: '%s' in column '%s' is no row number; rows "
                    "of the data count from 0 to %.0f",
                    r->source, at->line, at->at, shown, k->name, last);
  if (*x > last)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s:%zu:%zu: row %s in column '%s', but the data have "
                    "rows 0 to %.0f",
                    r->source, at->line, at->at, shown, k->name, last);
  if (k->gap.line)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s:%zu:%zu: no row number in column '%s'; empty cells "
                    "may only stand at its end",
                    r->source, k->gap.line, k->gap.at, k->name);
  return GSL_SUCCESS;
}

static int
add_cell (const reader *r, column *k, const bd_csv_cell *at, const char *text,
          bd_error *err)
{
  bd_place place = { at->line, at->at };
  double x;

  if (bd_cell_missing (text))
    {
      if (!k->gap.line)
        k->gap = place;
      return GSL_SUCCESS;
    }
  int code = check_number (r, k, at, text, &x, err);
  if (code)
    return code;
  if (k->count == k->room)
    {
      size_t room = k->room ? 2 * k->room : 64;
      held *row = realloc (k->row, room * sizeof *row);
      if (!row)
        return fail_memory (r, err);
      k->row = row;
      k->room = room;
    }
  k->row[k->count++] = (held){ (size_t)x, place };
  return GSL_SUCCESS;
}

static int
add_record (const reader *r, const bd_csv *c, bd_error *err)
{
  int code = GSL_SUCCESS;

  if (c->count != r->columns)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s:%zu:%zu: %zu field%s, but the first line has %zu",
                    r->source, c->record_line, c->end_at, c->count,
                    c->count == 1 ? "" : "s", r->columns);
  for (size_t j = 0; !code && j < r->used; j++)
    code = add_cell (r, &r->column[j], &c->cell[j], c->text + c->cell[j].start,
                     err);
  return code;
}

static int
read_columns (reader *r, bd_csv *c, size_t first, bd_error *err)
{
  int code = bd_csv_next (c, err);

  if (code == GSL_EOF)
    return BD_FAIL (err, GSL_EINVAL, "%s:%zu:%zu: no splits", r->source,
                    c->end_line, c->end_at);
  if (!code)
    code = add_columns (r, c, first, err);
  if (!code && bd_column_header (c))
    code = bd_csv_next (c, err);
  for (; !code; code = bd_csv_next (c, err))
    if ((code = add_record (r, c, err)))
      return code;
  return code == GSL_EOF ? GSL_SUCCESS : code;
}

static int
by_row (const void *a, const void *b)
{
  const held *p = a, *q = b;

  if (p->row != q->row)
    return p->row < q->row ? -1 : 1;
  return p->place.line < q->place.line ? -1 : p->place.line > q->place.line;
}

/* Sort column K by its rows, of which none may come twice.  */
static int
sort_column (const reader *r, column *k, bd_error *err)
{
  if (k->count == 0)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s:%zu:%zu: column '%s' holds no row number", r->source,
                    k->place.line, k->place.at, k->name);
  qsort (k->row, k->count, sizeof *k->row, by_row);
  for (size_t i = 1; i < k->count; i++)
    if (k->row[i].row == k->row[i - 1].row)
      return BD_FAIL (err, GSL_EINVAL,
                      "%s:%zu:%zu: row %zu comes twice in column '%s', first "
                      "in line %zu",
                      r->source, k->row[i].place.line, k->row[i].place.at,
                      k->row[i].row, k->name, k->row[i - 1].place.line);
  return GSL_SUCCESS;
}

/* Rows of the table become rows of S; those that S left out go.  */
static void
map_column (column *k, const bd_dataset *s)
{
  size_t count = 0, at = 0;

  for (size_t i = 0; i < k->count; i++)
    {
      size_t row = k->row[i].row;
      while (s->row && at < s->n && s->row[at] < row)
        at++;
      if (!s->row)
        k->row[count++].row = row;
      else if (at < s->n && s->row[at] == row)
        k->row[count++].row = at;
    }
  k->count = count;
}

static int
check_sizes (const reader *r, const column *k, const bd_dataset *s,
             size_t least, bd_error *err)
{
  size_t train = s->n - k->count;

  if (k->count == 0)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s:%zu:%zu: all rows of column '%s' have missing values",
                    r->source, k->place.line, k->place.at, k->name);
  if (train < least)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s:%zu:%zu: column '%s' leaves %zu rows to train on; at "
                    "least %zu are needed",
                    r->source, k->place.line, k->place.at, k->name, train,
                    least);
  return GSL_SUCCESS;
}

static bd_splits *
assemble (const reader *r, const bd_dataset *s, bd_error *err)
{
  bd_splits *a = calloc (1, sizeof *a);
  size_t total = 0;

  for (size_t j = 0; j < r->used; j++)
    total += r->column[j].count;
  if (a)
    {
      *a = (bd_splits){ .n = s->n, .count = r->used };
      a->end = calloc (r->used, sizeof *a->end);
      a->row = calloc (total, sizeof *a->row);
    }
  if (!a || !a->end || !a->row)
    {
      bd_splits_free (a);
      fail_memory (r, err);
      return NULL;
    }
  for (size_t j = 0, at = 0; j < r->used; j++)
    {
      for (size_t i = 0; i < r->column[j].count; i++)
        a->row[at++] = r->column[j].row[i].row;
      a->end[j] = at;
    }
  return a;
}

bd_splits *
bd_splits_read (FILE *in, const char *source, const bd_dataset *s,
                size_t first, size_t least, bd_error *err)
{
  reader r = { .rows = s->n + s->left_out };
  bd_splits *a = NULL;

  bd_text_clean (r.source, sizeof r.source, source);
  bd_csv *c = bd_csv_alloc (in, r.source, BD_TABLE_COLUMNS);
  int code = c ? read_columns (&r, c, first, err) : fail_memory (&r, err);

  for (size_t j = 0; !code && j < r.used; j++)
    {
      code = sort_column (&r, &r.column[j], err);
      if (code)
        break;
      map_column (&r.column[j], s);
      code = check_sizes (&r, &r.column[j], s, least, err);
    }
  if (!code)
    a = assemble (&r, s, err);
  reader_clear (&r);
  bd_csv_free (c);
  return a;
}

bd_splits *
bd_splits_open (const char *path, const bd_dataset *s, size_t first,
                size_t least, bd_error *err)
{
  if (strcmp (path, "-") == 0)
    return bd_splits_read (stdin, "standard input", s, first, least, err);
  FILE *in = fopen (path, "rb");
  if (!in)
    {
      BD_FAIL (err, GSL_EFAILED, "%s: %s", path, strerror (errno));
      return NULL;
    }
  bd_splits *a = bd_splits_read (in, path, s, first, least, err);
  fclose (in);
  return a;
}

/* The first and the number of the rows that split J trains on or, where none
   are listed, of no rows.  */
static const size_t *
listed (const bd_splits *a, size_t j, size_t *count)
{
  size_t begin = a->train && j ? a->train_end[j - 1] : 0;

  *count = a->train ? a->train_end[j] - begin : 0;
  return a->train ? a->train + begin : NULL;
}

bd_split *
bd_splits_get (const bd_splits *a, size_t j)
{
  size_t begin = j ? a->end[j - 1] : 0, test = a->end[j] - begin, count;
  const size_t *row = a->row + begin, *train = listed (a, j, &count);
  bd_split *s = calloc (1, sizeof *s);

  if (!s || !(s->row = calloc (a->n, sizeof *s->row)))
    {
      bd_split_free (s);
      return NULL;
    }
  s->n = a->n;
  s->test = test;
  for (size_t i = 0; i < count; i++)
    s->row[s->train++] = train[i];
  for (size_t i = 0, k = 0; !train && i < a->n; i++)
    if (k < test && row[k] == i)
      k++;
    else
      s->row[s->train++] = i;
  memcpy (s->row + s->train, row, test * sizeof *row);
  return s;
}

double
bd_splits_ratio (const bd_splits *a)
{
  double sum = 0;

  for (size_t j = 0; j < a->count; j++)
    {
      size_t count;
      double test = (double)(a->end[j] - (j ? a->end[j - 1] : 0));
      bool all = !listed (a, j, &count);
      sum += test / (all ? (double)a->n - test : (double)count);
    }
  return sum / (double)a->count;
}
