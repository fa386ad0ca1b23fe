#include <config.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"

#define LINE 64

double *
bd_array (size_t rows, size_t columns)
{
  if (columns && rows > (SIZE_MAX - LINE) / sizeof (double) / columns)
    return NULL;
  size_t bytes = (rows * columns * sizeof (double) / LINE + 1) * LINE;
  double *a = aligned_alloc (LINE, bytes);
  return a ? memset (a, 0, bytes) : NULL;
}
