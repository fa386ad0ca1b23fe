/* Categorical columns for what takes numbers only: indicator coding, one 0/1
   column for each level but the first ("treatment contrasts": J. M. Chambers
   and T. J. Hastie, eds., "Statistical Models in S", 1992, section 2.3).  */
#ifndef BD_DATA_LEVELS_H
#define BD_DATA_LEVELS_H

#include <gsl/gsl_matrix.h>

#include "dataset.h"

/* Columns that D columns become: 1 for one of numbers (levels[j] = 0), L - 1
   for one of L levels.  LEVELS may be NULL: all are numbers.  */
size_t bd_levels_columns (const size_t levels[], size_t d);

/* Copy of X (n x d) in which each column of L levels has become L - 1 columns:
   the l-th is 1 where the code is l and 0 elsewhere, so that the first level
   is all zeros.  Columns of numbers and the order of all stay.  LEVELS may be
   NULL: a plain copy.  NULL with GSL_EDOM for a cell that is no code of its
   column, GSL_EINVAL when no column is left.  The caller frees.  */
gsl_matrix *bd_levels_expand (const gsl_matrix *X, const size_t levels[]);

/* Copy of S with numbers only: its X expanded, the new columns named
   INPUT=LEVEL.  NULL as above.  The caller frees.  */
bd_dataset *bd_dataset_numeric (const bd_dataset *s);

#endif
