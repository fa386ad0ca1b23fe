/* Members, weights and responses of `bagdrop variance'.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "variance.h"

void
variance_free (variance_job *j)
{
  bd_members_free (j->members);
  free (j->counts);
  free (j->line);
  free (j->y);
}

/* The numbers of a file of weights or row numbers.  */
typedef struct
{
  const char *path;
  double *value;
  size_t rows, columns, *line;
} grid;

/* G with its columns as rows.  */
static int
turn (grid *g)
{
  double *to = bd_array (g->columns, g->rows);

  for (size_t i = 0; to && i < g->rows; i++)
    for (size_t k = 0; k < g->columns; k++)
      to[k * g->rows + i] = g->value[i * g->columns + k];
  if (!to)
    return GSL_ENOMEM;
  free (g->value);
  free (g->line);
  g->value = to;
  g->line = NULL;
  size_t rows = g->rows;
  g->rows = g->columns;
  g->columns = rows;
  return GSL_SUCCESS;
}

/* Let the lines of G be members, of which there are B.  */
static int
orient (const variance_choices *q, grid *g, const bd_members *a,
        const char **taken, bd_error *err)
{
  size_t B = a->count, points = a->points;
  bool both = g->rows == B && g->columns == B;
  bool turned = q->transpose_counts || (g->columns == B && g->rows != B);

  if ((turned ? g->columns : g->rows) != B)
    return BD_FAIL (
        err, GSL_EINVAL,
        "%s has %zu lines of %zu numbers, but %s has %zu members%s", g->path,
        g->rows, g->columns, q->file, B,
        !q->transpose && (g->rows == points || g->columns == points)
            ? " (one for each line; is --transpose missing?)"
            : "");
  *taken = turned ? "a line for each row"
           : both ? "a line for each member (its shape fits both; else say "
                    "--transpose-counts)"
                  : "a line for each member";
  if (turned && turn (g))
    return BD_FAIL (err, GSL_ENOMEM, "%s: not enough memory", g->path);
  return GSL_SUCCESS;
}

/* Row numbers, a line for each member, as weights of N rows.  */
static double *
weights_from (const grid *g, size_t n, bd_error *err)
{
  double *w = bd_array (g->rows, n);

  for (size_t b = 0; w && b < g->rows; b++)
    for (size_t k = 0; k < g->columns; k++)
      {
        double row = g->value[b * g->columns + k];
        if (row >= 1 && row <= (double)n && row == floor (row))
          {
            w[b * n + (size_t)row - 1] += 1;
            continue;
          }
        BD_FAIL (err, GSL_EINVAL,
                 "%s: %g, number %zu of member %zu, is no row number; rows "
                 "are numbered 1 to %zu%s",
                 g->path, row, k + 1, b + 1, n,
                 row == 0 ? " (Python counts from 0: add 1)" : "");
        free (w);
        return NULL;
      }
  if (!w)
    BD_FAIL (err, GSL_ENOMEM, "%s: not enough memory", g->path);
  return w;
}

/* Rows that row numbers are of: as many as are said, else the greatest.  */
static size_t
rows_of (const variance_choices *q, const variance_job *j, const grid *g)
{
  double most = 1;

  if (q->rows)
    return q->rows;
  if (q->points_are_rows)
    return j->members->points;
  for (size_t k = 0; k < g->rows * g->columns; k++)
    most = GSL_MAX (most, g->value[k]);
  return most < 1e9 ? (size_t)most : 1;
}

/* The weights G of J's members, which then belong to J.  */
static int
take_weights (const variance_choices *q, variance_job *j, grid *g,
              bd_error *err)
{
  int code = orient (q, g, j->members, &j->taken, err);

  if (code)
    return code;
  if (q->index)
    {
      j->o.rows = rows_of (q, j, g);
      j->counts = weights_from (g, j->o.rows, err);
      j->o.count_members = g->rows;
      return j->counts ? GSL_SUCCESS : GSL_EINVAL;
    }
  j->counts = g->value;
  g->value = NULL;
  j->o.rows = g->columns;
  j->o.count_members = g->rows;
  if (q->rows && q->rows != j->o.rows)
    return BD_FAIL (err, GSL_EINVAL, "%s has weights of %zu rows, not of %zu",
                    g->path, j->o.rows, q->rows);
  return GSL_SUCCESS;
}

static int
read_weights (const variance_choices *q, variance_job *j, bd_error *err)
{
  grid g = { .path = q->counts ? q->counts : q->index };
  int code = GSL_EFAILED;

  g.value = bd_records_matrix (g.path, &g.rows, &g.columns, &g.line, err);
  if (g.value)
    code = take_weights (q, j, &g, err);
  free (g.value);
  j->line = g.line;
  j->o.counts_line = j->line;
  j->o.counts = j->counts;
  j->o.counts_source = g.path;
  return code;
}

/* Column J of T must have a number in each of POINTS rows.  */
static int
check_response (const bd_table *t, size_t k, size_t points, const char *file,
                bd_error *err)
{
  const bd_column *c = &t->column[k];

  if (c->bad > 0)
    return BD_FAIL (err, GSL_EINVAL, "%s:%zu:%zu: not a number: '%s'",
                    t->source, c->bad_line, c->bad_at, c->bad_text);
  if (c->missing > 0)
    return BD_FAIL (err, GSL_EINVAL, "%s:%zu:%zu: a response is missing",
                    t->source, c->missing_place->line, c->missing_place->at);
  if (t->rows != points)
    return BD_FAIL (err, GSL_EINVAL, "%s has %zu rows, but %s has %zu points",
                    t->source, t->rows, file, points);
  return GSL_SUCCESS;
}

static int
read_response (const variance_choices *q, variance_job *j, bd_error *err)
{
  bd_table *t = bd_table_open (q->y, err);
  size_t m = j->members->points, k = 0;
  int code = t ? GSL_SUCCESS : GSL_EFAILED;

  if (t)
    k = q->response ? bd_table_find (t, q->response, err) : t->columns - 1;
  if (t && k == t->columns)
    code = GSL_EINVAL;
  if (!code)
    code = check_response (t, k, m, q->file, err);
  if (!code && !(j->y = bd_array (m, 1)))
    code = BD_FAIL (err, GSL_ENOMEM, "%s: not enough memory", t->source);
  if (!code)
    memcpy (j->y, t->column[k].value, m * sizeof *j->y);
  bd_table_free (t);
  j->o.y = j->y;
  return code;
}

/* The scheme that the file itself names, unless the user did.  */
static int
take_note (const variance_choices *q, variance_job *j, bd_error *err)
{
  const bd_records *l = j->members->lines;
  const char *knobs;
  char name[64];

  if (q->resample || !l || !l->resampling[0] || j->counts)
    return GSL_SUCCESS;
  if (bd_knob_split (l->resampling, name, sizeof name, &knobs, err))
    return GSL_EINVAL;
  j->o.resample = bd_resample_find (name);
  if (!j->o.resample)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s says that '%s' drew its members; no resampling has "
                    "that name",
                    q->file, name);
  return bd_knob_parse (j->o.resample->knobs, knobs, &j->o.scheme, err);
}

int
variance_read (const variance_choices *q, variance_job *j, bd_error *err)
{
  const bd_members_layout layout = { .transposed = q->transpose,
                                     .member = q->member,
                                     .prediction = q->prediction,
                                     .point = q->point };
  bool weights = q->counts || q->index, whole = weights || q->y;
  int code = GSL_SUCCESS;

  j->members = bd_members_open (q->file, &layout, whole, err);
  if (!j->members)
    return EXIT_FAILURE;
  if (whole && j->members->count == 0)
    code = bd_members_next (j->members, err);
  if (!code && weights)
    code = read_weights (q, j, err);
  if (!code && q->y)
    code = read_response (q, j, err);
  if (!code)
    code = take_note (q, j, err);
  j->o.members = j->members;
  j->o.source = q->file;
  j->o.points_are_rows = q->points_are_rows;
  return code ? EXIT_FAILURE : -1;
}
