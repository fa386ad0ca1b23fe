#include <config.h>

#include <gsl/gsl_errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "choice.h"
#include "levels.h"
#include "name.h"

size_t
bd_levels_columns (const size_t levels[], size_t d)
{
  size_t count = 0;

  for (size_t j = 0; j < d; j++)
    count += levels && levels[j] ? levels[j] - 1 : 1;
  return count;
}

static bool
is_code (double v, size_t levels)
{
  return v >= 0 && v < (double)levels && v >= (double)(size_t)v
         && v <= (double)(size_t)v;
}

/* Row X[0..d-1] as row TO of zeros; false if a cell is no code.  */
static bool
expand_row (const double x[], const size_t levels[], size_t d, double to[])
{
  for (size_t j = 0; j < d; j++)
    {
      if (!levels || levels[j] == 0)
        {
          *to++ = x[j];
          continue;
        }
      if (!is_code (x[j], levels[j]))
        return false;
      if (x[j] > 0)
        to[(size_t)x[j] - 1] = 1;
      to += levels[j] - 1;
    }
  return true;
}

/* The rows of X into TO, which holds zeros.  */
static int
expand (const gsl_matrix *X, const size_t levels[], gsl_matrix *to)
{
  for (size_t i = 0; i < X->size1; i++)
    if (!expand_row (gsl_matrix_const_ptr (X, i, 0), levels, X->size2,
                     gsl_matrix_ptr (to, i, 0)))
      GSL_ERROR ("a cell is no code of its column", GSL_EDOM);
  return GSL_SUCCESS;
}

gsl_matrix *
bd_levels_expand (const gsl_matrix *X, const size_t levels[])
{
  size_t columns = bd_levels_columns (levels, X->size2);

  if (columns == 0)
    GSL_ERROR_NULL ("no column has two levels", GSL_EINVAL);
  gsl_matrix *to = gsl_matrix_calloc (X->size1, columns);
  if (to && expand (X, levels, to))
    {
      gsl_matrix_free (to);
      to = NULL;
    }
  return to;
}

static bool
expand_names (const bd_dataset *s, bd_dataset *to)
{
  char **name = to->x_name;
  bool named = bd_name_set (&to->y_name, s->y_name, NULL);

  for (size_t j = 0; named && j < s->d; j++)
    if (!s->levels || s->levels[j] == 0)
      named = bd_name_set (name++, s->x_name[j], NULL);
    else
      for (size_t l = 1; named && l < s->levels[j]; l++)
        named = bd_name_set (name++, s->x_name[j], s->level_name[j][l]);
  return named;
}

/* All but the inputs.  */
static bool
copy_rest (const bd_dataset *s, bd_dataset *to)
{
  to->left_out = s->left_out;
  if (!bd_choice_copy_classes (to, s))
    return false;
  gsl_vector_memcpy (to->y, s->y);
  if (s->truth && !(to->truth = gsl_vector_alloc (s->n)))
    return false;
  if (s->truth)
    gsl_vector_memcpy (to->truth, s->truth);
  if (s->row && !(to->row = malloc (s->n * sizeof *to->row)))
    return false;
  if (s->row)
    memcpy (to->row, s->row, s->n * sizeof *to->row);
  return true;
}

bd_dataset *
bd_dataset_numeric (const bd_dataset *s)
{
  bd_dataset *to
      = bd_dataset_alloc (s->n, bd_levels_columns (s->levels, s->d));

  if (to && expand_names (s, to) && copy_rest (s, to)
      && !expand (s->X, s->levels, to->X))
    return to;
  bd_dataset_free (to);
  return NULL;
}
