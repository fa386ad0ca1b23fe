#include <config.h>

#include <gsl/gsl_errno.h>
#include <stdlib.h>

#include "row_labels.h"

int
bd_row_labels_take (const bd_row_labels *from, const size_t row[],
                    size_t count, bd_row_labels *to)
{
  size_t *label = calloc (count ? count : 1, sizeof *label);
  size_t *rank = calloc (from->levels ? from->levels : 1, sizeof *rank);
  int code = label && rank ? GSL_SUCCESS : GSL_ENOMEM;

  *to = (bd_row_labels){ .time = from->time };
  for (size_t i = 0; !code && i < count; i++)
    rank[from->label[row[i]]] = 1;
  for (size_t k = 0; !code && k < from->levels; k++)
    rank[k] = rank[k] ? to->levels++ : 0;
  for (size_t i = 0; !code && i < count; i++)
    label[i] = rank[from->label[row[i]]];
  free (rank);
  if (code)
    free (label);
  else
    to->label = to->own = label;
  return code;
}

void
bd_row_labels_free (bd_row_labels *a)
{
  free (a->own);
  *a = (bd_row_labels){ .label = NULL };
}
