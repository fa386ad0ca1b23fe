/* Row weights of members made elsewhere, read from a table.  */
#ifndef BD_DATA_WEIGHTS_H
#define BD_DATA_WEIGHTS_H

#include "table.h"

/* Weights, *members x N, from the rows of T: its N columns, or those called
   n1 .. nN if there are more (as `bagdrop bag --dump-members' writes them).
   NULL and a sentence with file and line for another number of columns, a cell
   that is missing, negative or no number, or a row of zeros.  The caller
   frees.  */
double *bd_weights_from_counts (const bd_table *t, size_t n, size_t *members,
                                bd_error *err);

/* The same from row numbers, 1 .. N: cell (b, k) is the k-th row that member b
   drew.  */
double *bd_weights_from_index (const bd_table *t, size_t n, size_t *members,
                               bd_error *err);

#endif
