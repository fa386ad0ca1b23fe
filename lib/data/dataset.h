/* A data set: inputs X (n x d) and response y (n), with names.  */
#ifndef BD_DATA_DATASET_H
#define BD_DATA_DATASET_H

#include <gsl/gsl_matrix.h>
#include <gsl/gsl_vector.h>

#include "../base/error.h"
#include "table.h"

typedef struct
{
  size_t n, d;
  gsl_matrix *X; /* n x d, rows contiguous (tda = d) */
  gsl_vector *y;
  gsl_vector *truth; /* noise-free y where known, else NULL */
  char **x_name;     /* d names */
  char *y_name;
  size_t left_out; /* rows of the table that had a missing value */
} bd_dataset;

/* Zeroed data set of N rows and D inputs named x1.. (x when D is 1) and y.
   The caller frees.  */
bd_dataset *bd_dataset_alloc (size_t n, size_t d);
void bd_dataset_free (bd_dataset *s);

/* Columns Y and X (comma-separated) of T by name or number; Y NULL: the last
   column; X NULL: all others.  Rows with a missing value in a chosen column
   are left out and counted.  NULL and a sentence when a chosen column cannot
   be used, or fewer than LEAST rows remain.  */
bd_dataset *bd_dataset_from_table (const bd_table *t, const char *y,
                                   const char *x, size_t least, bd_error *err);

/* Copy of rows ROW[0..COUNT-1].  The caller frees.  */
bd_dataset *bd_dataset_rows (const bd_dataset *s, const size_t row[],
                             size_t count);

#endif
