/* Data, labels, weights and points of `bagdrop bag'.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "bag.h"
#include "base/number.h"
#include "data/weights.h"

#define ROWS 3 /* least rows that can be bagged */

void
bag_free (bag_job *j)
{
  bd_dataset_free (j->data);
  gsl_matrix_free (j->P);
  free (j->label);
  free (j->given);
}

/* COUNT equally spaced points over the range of the only input.  */
static gsl_matrix *
grid (const bd_dataset *s, size_t count)
{
  gsl_matrix *P = gsl_matrix_alloc (count, 1);
  double lo, hi;

  gsl_matrix_minmax (s->X, &lo, &hi);
  for (size_t i = 0; P && i < count; i++)
    gsl_matrix_set (P, i, 0, lo + (hi - lo) * (double)i / (double)(count - 1));
  return P;
}

static gsl_matrix *
points_from (const char *path, const bd_dataset *s, bd_error *err)
{
  bd_table *t = bd_table_open (path, err);
  gsl_matrix *P = t ? bd_dataset_points (t, s, err) : NULL;

  bd_table_free (t);
  return P;
}

/* "train", "grid:N" or a file; by default a grid for one input.  */
static gsl_matrix *
make_points (const char *points, const bd_dataset *s, bd_error *err)
{
  double count = 100;
  bool line = s->d == 1 && !s->levels;
  const char *what = points ? points : line ? "grid" : "train";

  if (strcmp (what, "train") == 0)
    {
      gsl_matrix *P = gsl_matrix_alloc (s->n, s->d);
      if (P)
        gsl_matrix_memcpy (P, s->X);
      return P;
    }
  bool whole = strcmp (what, "grid") == 0;
  if (!whole && strncmp (what, "grid:", 5) != 0)
    return points_from (what, s, err);
  if (!whole
      && (!bd_number_parse (what + 5, &count) || count != floor (count)
          || count < 2 || count > 1e6))
    BD_FAIL (err, GSL_EINVAL,
             "--points %s: a grid has from 2 to 1000000 points", what);
  else if (!line)
    BD_FAIL (err, GSL_EINVAL, "--points %s: a grid needs one input of numbers",
             what);
  else
    return grid (s, (size_t)count);
  return NULL;
}

static int
read_labels (const char *column, const bd_table *t, bag_job *j, bd_error *err)
{
  bd_rows *rows = &j->o.rows;

  j->label = calloc (j->data->n, sizeof *j->label);
  if (!j->label)
    return BD_FAIL (err, GSL_ENOMEM, "no memory for labels");
  rows->labels = bd_table_labels (t, column, j->data, j->label, err);
  rows->label = j->label;
  return rows->labels ? GSL_SUCCESS : GSL_EINVAL;
}

static int
read_weights (const bag_choices *q, bag_job *j, bd_error *err)
{
  bd_rows *rows = &j->o.rows;
  bd_table *t = bd_table_open (q->counts ? q->counts : q->index, err);

  if (t)
    j->given = (q->counts ? bd_weights_from_counts : bd_weights_from_index) (
        t, j->data->n, &rows->given_members, err);
  rows->given = j->given;
  bd_table_free (t);
  return j->given ? GSL_SUCCESS : GSL_EFAILED;
}

int
bag_read (const bag_choices *q, bag_job *j, bd_error *err)
{
  const char *label = q->strata ? q->strata : q->groups;
  const tool_columns columns
      = { .y = q->y, .x = q->x, .label = label, .least = ROWS };
  bd_table *t = NULL;
  int status, code = GSL_EFAILED;

  j->data = tool_data (j->file, &columns, &t, &status, err);
  if (j->data)
    {
      status = EXIT_FAILURE;
      code = label ? read_labels (label, t, j, err) : GSL_SUCCESS;
    }
  if (!code && (q->counts || q->index))
    code = read_weights (q, j, err);
  if (!code && !(j->P = make_points (q->points, j->data, err)))
    code = GSL_EFAILED;
  bd_table_free (t);
  if (code)
    return status;
  j->o.set.levels = j->data->levels;
  j->o.rows.n = j->data->n;
  j->o.X = j->data->X;
  j->o.y = j->data->y;
  j->o.P = j->P;
  return -1;
}
