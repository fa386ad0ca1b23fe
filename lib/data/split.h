/* Repeated K-fold splits.  */
#ifndef BD_DATA_SPLIT_H
#define BD_DATA_SPLIT_H

#include <stddef.h>
#include <stdint.h>

typedef struct
{
  size_t n;           /* rows */
  size_t train, test; /* rows in each part */
  size_t *row;        /* n: the training rows in order, then the test rows */
} bd_split;

/* Part FOLD (0-based) of the K parts that SEED makes of N rows; sizes differ
   by at most one.  2 <= K <= N.  NULL when memory is short.  The caller
   frees.  */
bd_split *bd_split_fold (size_t n, size_t K, size_t fold, uint64_t seed);
void bd_split_free (bd_split *s);

#endif
