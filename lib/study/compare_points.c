#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>

#include "compare_points.h"

#define GRID 200 /* points of the curves */
#define ROWS 500 /* most rows that a variance figure shows */

/* The response: a number; or of more than two classes whether it is class
   K.  */
static void
put_response (const bd_dataset *s, size_t k, double y[])
{
  for (size_t i = 0; i < s->n; i++)
    {
      double v = gsl_vector_get (s->y, i);
      y[i] = s->classes > 2 ? v == (double)k : v;
    }
}

/* How much input J goes with the response, or with any of its classes, by rank
   correlation.  WORK: 3 n places.  */
static double
goes_with (const bd_dataset *s, size_t j, double work[])
{
  double most = -1, *y = work + 2 * s->n;

  for (size_t k = 0; k < GSL_MAX (s->classes, 2) - 1 + (s->classes > 2); k++)
    {
      put_response (s, k, y);
      double rho = fabs (
          gsl_stats_spearman (s->X->data + j, s->X->tda, y, 1, s->n, work));
      if (rho > most)
        most = rho;
    }
  return most;
}

/* The input that goes with the response most.  */
static int
choose_along (const bd_dataset *s, size_t *along)
{
  double best = -1, *work = malloc (3 * s->n * sizeof *work);

  *along = 0;
  if (!work)
    return GSL_ENOMEM;
  for (size_t j = 0; s->d > 1 && j < s->d; j++)
    {
      double rho = goes_with (s, j, work);
      if (rho > best)
        {
          best = rho;
          *along = j;
        }
    }
  free (work);
  return GSL_SUCCESS;
}

/* Column J of the sweep: the range of the input swept, else its median.  */
static void
sweep_column (bd_comparison *c, size_t j, double sorted[])
{
  const bd_dataset *s = c->data;

  for (size_t i = 0; i < s->n; i++)
    sorted[i] = gsl_matrix_get (s->X, i, j);
  gsl_sort (sorted, 1, s->n);
  double lo = sorted[0], hi = sorted[s->n - 1];
  double median = gsl_stats_median_from_sorted_data (sorted, 1, s->n);
  for (size_t g = 0; g < c->grid; g++)
    {
      double part = (double)g / (double)(c->grid - 1);
      gsl_matrix_set (c->F, g, j,
                      j == c->along ? lo + part * (hi - lo) : median);
    }
}

int
bd_compare_points (bd_comparison *c)
{
  const bd_dataset *s = c->data;
  size_t rows = s->d > 1 ? GSL_MIN (s->n, ROWS) : 0;
  double *sorted = malloc (s->n * sizeof *sorted);

  c->grid = GRID;
  c->F = gsl_matrix_alloc (c->grid + rows, s->d);
  if (!sorted || !c->F || choose_along (s, &c->along))
    {
      free (sorted);
      return GSL_ENOMEM;
    }
  for (size_t j = 0; j < s->d; j++)
    sweep_column (c, j, sorted);
  for (size_t i = 0; i < rows; i++)
    {
      gsl_vector_const_view row = gsl_matrix_const_row (s->X, i * s->n / rows);
      gsl_matrix_set_row (c->F, c->grid + i, &row.vector);
    }
  free (sorted);
  return GSL_SUCCESS;
}
