#include <config.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#if defined HAVE_SYS_MMAN_H
#include <sys/mman.h>
#endif

#include "array.h"

#define LINE 64
#define PAGE (1 << 21) /* a huge page: 512 times fewer faults */

double *
bd_array (size_t rows, size_t columns)
{
  if (columns && rows > (SIZE_MAX - PAGE) / sizeof (double) / columns)
    return NULL;
  size_t bytes = rows * columns * sizeof (double);
  size_t align = bytes < PAGE ? LINE : PAGE;
  bytes = (bytes / align + 1) * align;
  double *a = aligned_alloc (align, bytes);
  if (!a)
    return NULL;
#if defined MADV_HUGEPAGE
  if (align == PAGE)
    madvise (a, bytes, MADV_HUGEPAGE);
#endif
  return memset (a, 0, bytes);
}

float *
bd_floats (size_t count)
{
  return (void *)bd_array (count / 2 + 1, 1);
}
