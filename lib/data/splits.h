/* Splits of a data set that are no plain folds: made elsewhere and read from a
   file, or made here from the labels of its rows.

   The file is a table in the forms that table.h reads.  Each column is a
   split; its cells are the numbers, from 0, of the rows that are held out, in
   the file that the data set was taken from.  Every other row is trained on.
   Columns of different lengths end with empty cells (or NA).  */
#ifndef BD_DATA_SPLITS_H
#define BD_DATA_SPLITS_H

#include <stdio.h>

#include "../base/error.h"
#include "dataset.h"
#include "split.h"

#define BD_SPLITS_MAX 1000 /* most splits that are used */

typedef struct
{
  size_t n;     /* rows of the data set */
  size_t count; /* splits */
  size_t *end;  /* count: place in row[] behind the rows of each split */
  size_t *row;  /* the rows held out, 0 .. n-1, split by split, ascending */
  size_t *train_end, *train; /* the rows trained on, in the same way; NULL: all
                                that are not held out */
} bd_splits;

/* Read from IN the first FIRST splits (0: all) of the data set S, which was
   taken from a table of s->n + s->left_out rows.  A row that was left out of S
   for a missing value is left out of the splits.  SOURCE names IN in messages.
   NULL, with one sentence in ERR that begins SOURCE:LINE:COLUMN, when the text
   is not well formed, a cell is not a whole number, is no row of the data,
   comes twice in its column or behind an empty cell, a column holds no row of
   S, fewer than LEAST rows remain to train on, or there are more than
   BD_SPLITS_MAX or fewer than FIRST splits.  The caller frees.  */
bd_splits *bd_splits_read (FILE *in, const char *source, const bd_dataset *s,
                           size_t first, size_t least, bd_error *err);

/* The same from a file's name, "-" for standard input.  */
bd_splits *bd_splits_open (const char *path, const bd_dataset *s, size_t first,
                           size_t least, bd_error *err);

/* Labels of the rows of a data set, as bd_table_labels gives them.  */
typedef struct
{
  const size_t *label; /* n: 0 .. levels-1 */
  size_t n, levels;
  const char *name; /* of their column, for messages; clean */
} bd_labels;

/* FOLDS parts of the rows, REPEATS times, in which rows of one label stay
   together.  Labels are dealt in an order that SEED makes, the commonest
   first, each to the part that has fewest rows so far.  NULL and a sentence
   when there are fewer labels than FOLDS, or fewer than LEAST rows remain to
   train on.  FOLDS >= 2, FOLDS * REPEATS <= BD_SPLITS_MAX.  */
bd_splits *bd_splits_groups (const bd_labels *g, size_t folds, size_t repeats,
                             uint64_t seed, size_t least, bd_error *err);

/* FOLDS parts of the rows, REPEATS times, that share the rows of each label:
   they are shuffled by SEED and dealt round, label after label, so that the
   rows of one label in two parts differ by one at most, and so do all.  LEVEL
   (levels names) is what messages call them.  NULL and a sentence when a label
   has one row only, which cannot be both trained on and held out.  */
bd_splits *bd_splits_strata (const bd_labels *g, size_t folds, size_t repeats,
                             uint64_t seed, char *const level[],
                             bd_error *err);

/* BLOCKS splits forward in time, which the labels count: the rows in their
   order are cut into BLOCKS + 1 blocks of about equal size, and each but the
   first is held out from a training on all rows before it.  Rows of one time
   stay in one block.  NULL and a sentence when there are no BLOCKS + 1 times,
   or the first block has fewer than LEAST rows.  */
bd_splits *bd_splits_forward (const bd_labels *time, size_t blocks,
                              size_t least, bd_error *err);

/* Of the COUNT splits SPLIT, of the same rows, others that train on parts of
   what they train on: number k * COUNT + j holds out what SPLIT[j] does and
   trains on SIZE[k] of its rows, all if there are no more.  They are drawn at
   random, and those of a smaller size are among those of a larger one.  NULL
   when memory is short.  */
bd_splits *bd_splits_nested (const bd_split *const split[], size_t count,
                             const size_t size[], size_t sizes, uint64_t seed);

void bd_splits_free (bd_splits *a);

/* Split J of A as row numbers; NULL when memory is short.  The caller
   frees.  */
bd_split *bd_splits_get (const bd_splits *a, size_t j);

/* Test rows / training rows, the mean over the splits.  */
double bd_splits_ratio (const bd_splits *a);

#endif
