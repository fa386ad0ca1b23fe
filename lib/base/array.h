/* Arrays of doubles on cache-line boundaries: vector loads that straddle two
   lines cost twice.  */
#ifndef BD_BASE_ARRAY_H
#define BD_BASE_ARRAY_H

#include <stddef.h>

/* ROWS x COLUMNS zeros, at least one place, aligned to 64 bytes.  NULL when
   memory is short or the size overflows.  Released by free ().  */
double *bd_array (size_t rows, size_t columns);

/* COUNT floats in the same way.  */
float *bd_floats (size_t count);

#endif
