/* Stable radix sort of the bits of doubles (Knuth, The Art of Computer
   Programming 3, section 5.2.5): a hundred thousand rows in about 2 ms.  */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "tree.h"

#define BITS 11
#define DIGITS 2048 /* 2^BITS */

typedef struct
{
  uint64_t key;
  uint32_t row;
} item;

/* Bits that order as unsigned numbers the way the doubles do.  Adding 0 makes
   -0 and 0 the same.  */
static uint64_t
sortable (double x)
{
  double z = x + 0.0;
  uint64_t bits;

  memcpy (&bits, &z, sizeof bits);
  return bits >> 63 ? ~bits : bits | UINT64_C (1) << 63;
}

static size_t
digit (const item *a, unsigned shift)
{
  return (size_t)(a->key >> shift) & (DIGITS - 1);
}

/* One pass by the digit at SHIFT; false when all have the same digit and
   there was nothing to move.  */
static bool
pass (const item *from, item *to, size_t n, unsigned shift)
{
  size_t place[DIGITS] = { 0 }, before = 0;

  for (size_t i = 0; i < n; i++)
    place[digit (&from[i], shift)]++;
  if (place[digit (&from[0], shift)] == n)
    return false;
  for (size_t v = 0; v < DIGITS; v++)
    {
      size_t count = place[v];
      place[v] = before;
      before += count;
    }
  for (size_t i = 0; i < n; i++)
    to[place[digit (&from[i], shift)]++] = from[i];
  return true;
}

bool
bd_tree_order (const double x[], size_t stride, size_t n, uint32_t order[])
{
  item *buffer = calloc (n, 2 * sizeof *buffer);

  if (!buffer)
    return false;
  item *from = buffer, *to = buffer + n;
  for (size_t i = 0; i < n; i++)
    from[i] = (item){ sortable (x[i * stride]), (uint32_t)i };
  for (unsigned shift = 0; shift < 64; shift += BITS)
    if (pass (from, to, n, shift))
      {
        item *swap = from;
        from = to;
        to = swap;
      }
  for (size_t i = 0; i < n; i++)
    order[i] = from[i].row;
  free (buffer);
  return true;
}
