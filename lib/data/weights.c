#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/number.h"
#include "column.h"
#include "weights.h"

/* All cells of column J must be numbers.  */
static int
check_numbers (const bd_table *t, size_t j, bd_error *err)
{
  const bd_column *c = &t->column[j];
  char text[BD_ERROR_SIZE], shown[BD_COLUMN_SHOWN];

  if (c->bad > 0 && bd_column_fault (t, j, text))
    return BD_FAIL (err, GSL_EINVAL, "%s", text);
  if (c->missing == 0)
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_EINVAL, "%s:%zu:%zu: no value in column '%s'",
                  t->source, c->missing_place->line, c->missing_place->at,
                  bd_column_shown (t, j, shown));
}

/* The column called nI, or t->columns.  */
static size_t
find_count (const bd_table *t, size_t i)
{
  char name[32];
  size_t j = 0;

  snprintf (name, sizeof name, "n%zu", i);
  while (j < t->columns && strcmp (t->column[j].name, name) != 0)
    j++;
  return j;
}

/* The columns of weights stand together: where is the first?  */
static int
find_first (const bd_table *t, size_t n, size_t *first, bd_error *err)
{
  *first = t->columns == n ? 0 : find_count (t, 1);
  if (*first + n <= t->columns
      && (t->columns == n || find_count (t, n) == *first + n - 1))
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_EINVAL,
                  "%s:%zu:1: %zu columns of weights; the data have %zu rows "
                  "(those with a missing value do not count)",
                  t->source, bd_column_line (t), t->columns, n);
}

static int
check_weights (const bd_table *t, size_t n, const double *w, bd_error *err)
{
  char number[BD_NUMBER_SIZE];

  for (size_t b = 0; b < t->rows; b++)
    {
      double sum = 0;
      for (size_t i = 0; i < n; i++)
        {
          double x = w[b * n + i];
          if (x < 0 || x > 1e9)
            return BD_FAIL (err, GSL_EINVAL,
                            "%s:%zu:1: the weight of row %zu is %s; weights "
                            "are from 0 to 1e9",
                            t->source, t->line[b], i + 1,
                            bd_number_print (number, x, 6));
          sum += x;
        }
      if (!(sum > 0))
        return BD_FAIL (err, GSL_EINVAL, "%s:%zu:1: all weights are 0",
                        t->source, t->line[b]);
    }
  return GSL_SUCCESS;
}

static int
fail_memory (const bd_table *t, bd_error *err)
{
  return BD_FAIL (err, GSL_ENOMEM, "%s:1:1: not enough memory", t->source);
}

double *
bd_weights_from_counts (const bd_table *t, size_t n, size_t *members,
                        bd_error *err)
{
  size_t first;
  double *w = NULL;
  int code = find_first (t, n, &first, err);

  for (size_t i = 0; !code && i < n; i++)
    code = check_numbers (t, first + i, err);
  if (!code && !(w = bd_array (t->rows, n)))
    code = fail_memory (t, err);
  for (size_t i = 0; !code && i < n; i++)
    for (size_t b = 0; b < t->rows; b++)
      w[b * n + i] = t->column[first + i].value[b];
  if (!code)
    code = check_weights (t, n, w, err);
  *members = t->rows;
  if (!code)
    return w;
  free (w);
  return NULL;
}

/* Column K of T counts into W.  */
static int
add_draws (const bd_table *t, size_t k, size_t n, double *w, bd_error *err)
{
  char number[BD_NUMBER_SIZE];

  for (size_t b = 0; b < t->rows; b++)
    {
      double row = t->column[k].value[b];
      if (!(row >= 1) || row > (double)n || row != floor (row))
        return BD_FAIL (err, GSL_EINVAL,
                        "%s:%zu:1: %s in column %zu is no row number; the "
                        "data have rows 1 to %zu (those with a missing value "
                        "do not count)",
                        t->source, t->line[b],
                        bd_number_print (number, row, 6), k + 1, n);
      w[b * n + (size_t)row - 1] += 1;
    }
  return GSL_SUCCESS;
}

double *
bd_weights_from_index (const bd_table *t, size_t n, size_t *members,
                       bd_error *err)
{
  double *w = bd_array (t->rows, n);
  int code = w ? GSL_SUCCESS : fail_memory (t, err);

  for (size_t k = 0; !code && k < t->columns; k++)
    {
      code = check_numbers (t, k, err);
      if (!code)
        code = add_draws (t, k, n, w, err);
    }
  *members = t->rows;
  if (!code)
    return w;
  free (w);
  return NULL;
}
