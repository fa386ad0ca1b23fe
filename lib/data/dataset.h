/* A data set: inputs X (n x d) and response y (n), with names.  */
#ifndef BD_DATA_DATASET_H
#define BD_DATA_DATASET_H

#include <gsl/gsl_matrix.h>
#include <gsl/gsl_vector.h>

#include "../base/error.h"
#include "table.h"

#define BD_DATASET_LEVELS 64 /* most levels of a categorical column */

typedef struct
{
  size_t n, d;
  gsl_matrix *X; /* n x d, rows contiguous (tda = d); codes in categorical
                    columns */
  gsl_vector *y;
  gsl_vector *truth; /* noise-free y where known, else NULL */
  char **x_name;     /* d names */
  char *y_name;
  size_t *levels;     /* d numbers of levels; 0 where X holds numbers, L where
                         it holds codes 0 .. L-1.  NULL: numbers only */
  char ***level_name; /* d arrays of levels[j] texts, by code; NULL where X
                         holds numbers.  NULL with levels */
  size_t classes;     /* of the response, y holding 0 .. classes - 1; 0: a
                         number */
  char **class_name;  /* classes, or NULL */
  size_t left_out;    /* rows of the table that had a missing value */
  size_t *row; /* n: which rows of the table these are; NULL if of none */
} bd_dataset;

/* Zeroed data set of N rows and D inputs named x1.. (x when D is 1) and y.
   The caller frees.  */
bd_dataset *bd_dataset_alloc (size_t n, size_t d);
void bd_dataset_free (bd_dataset *s);

/* Make input J, which holds numbers, categorical with these LEVELS >= 1 names,
   which are copied.  Its cells must be codes 0 .. LEVELS-1.  */
int bd_dataset_categorical (bd_dataset *s, size_t j, size_t levels,
                            const char *const name[]);

/* Columns Y and X (comma-separated) of T by name or number; Y NULL: the last
   column; X NULL: all others but those in WITHOUT (comma-separated; NULL:
   none), which may name the response too.  Rows with a missing value in a
   chosen column are left out and counted.

   A chosen input of text becomes categorical; its levels are the texts of the
   rows kept, sorted by their bytes.  It is refused with more than
   BD_DATASET_LEVELS of them, or with more than one for every two rows: such
   a column names rows.  NULL and a sentence when a chosen column cannot be
   used, or fewer than LEAST rows remain.  */
bd_dataset *bd_dataset_from_table (const bd_table *t, const char *y,
                                   const char *x, const char *without,
                                   size_t least, bd_error *err);

/* The same, with more to wish for.  */
typedef struct
{
  const char *y, *x, *without;
  size_t least;
  bool classes;  /* the response is a class: its texts, sorted by their bytes,
                    or its different numbers, ascending, become 0, 1 ...  At
                    least two and at most BD_DATASET_LEVELS */
  bool constant; /* a response of one value only is fine */
} bd_dataset_wish;
bd_dataset *bd_dataset_choose (const bd_table *t, const bd_dataset_wish *w,
                               bd_error *err);

/* Copy of rows ROW[0..COUNT-1], with all levels whether they occur in these
   rows or not.  The caller frees.  */
bd_dataset *bd_dataset_rows (const bd_dataset *s, const size_t row[],
                             size_t count);

/* The inputs of S for every row of another table T (m x d), found by their
   names and coded by the levels of S.  NULL and a sentence with file, line and
   column when T lacks an input or has two of its name, or a cell is missing,
   not a number, or no level of its input.  The caller frees.  */
gsl_matrix *bd_dataset_points (const bd_table *t, const bd_dataset *s,
                               bd_error *err);

/* The columns of S for every row of another table T, found and coded as above;
   a response of classes by their names.  NULL and a sentence as above, also
   for the response, which may be no class of S.  The caller frees.  */
bd_dataset *bd_dataset_like (const bd_table *t, const bd_dataset *s,
                             bd_error *err);

/* Labels for the rows of S, which was made from T, by column WORD of T (a name
   or a number): the rank of the number or text among those that occur, which
   go into LABEL[0..n-1].  Returns how many different ones there are, or 0 and
   a sentence when there is no such column, it mixes numbers and text, a
   label of these rows is missing, or all are the same.  */
size_t bd_table_labels (const bd_table *t, const char *word,
                        const bd_dataset *s, size_t label[], bd_error *err);

#endif
