#include <config.h>

#include <gsl/gsl_math.h>
#include <limits.h>
#include <stdlib.h>

#include "../base/array.h"
#include "line.h"
#include "tree.h"

int
bd_line_points (bd_line *a, const gsl_matrix *P)
{
  uint32_t *order = calloc (P->size1 + 1, sizeof *order);
  int code = GSL_ENOMEM;

  a->n = P->size1;
  a->x = bd_array (a->n, 1);
  a->from = calloc (a->n + 1, sizeof *a->from);
  if (!order || !a->x || !a->from)
    goto done;
  if (a->n > 0 && !bd_tree_order (P->data, P->tda, a->n, order))
    goto done;
  for (size_t i = 0; i < a->n; i++)
    {
      a->from[i] = (int)order[i];
      a->x[i] = gsl_matrix_get (P, order[i], 0);
    }
  code = GSL_SUCCESS;
done:
  free (order);
  return code;
}

int
bd_line_init (bd_line *a, const char *who, const gsl_matrix *X, bd_error *err)
{
  if (X->size2 != 1)
    return BD_FAIL (err, GSL_EINVAL, "%s takes one input; there are %zu", who,
                    X->size2);
  if (X->size1 == 0 || X->size1 > INT_MAX)
    return BD_FAIL (err, GSL_EINVAL, "%s cannot be fitted to %zu rows", who,
                    X->size1);
  if (bd_line_points (a, X))
    return BD_FAIL (err, GSL_ENOMEM, "no memory for %zu rows", X->size1);
  a->lo = a->x[0];
  a->hi = a->x[a->n - 1];
  a->range = a->hi > a->lo ? a->hi - a->lo : 1;
  if (!gsl_finite (a->lo) || !gsl_finite (a->hi) || !gsl_finite (a->range))
    return BD_FAIL (err, GSL_ERANGE, "x runs from %g to %g: too wide", a->lo,
                    a->hi);
  a->distinct = 1;
  for (size_t i = 1; i < a->n; i++)
    a->distinct += a->x[i] > a->x[i - 1];
  return GSL_SUCCESS;
}

void
bd_line_clear (bd_line *a)
{
  free (a->x);
  free (a->from);
}
