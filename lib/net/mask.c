#include <config.h>

#include "../base/kernel.h"
#include "../base/rng.h"
#include "mask.h"

bd_mask
bd_mask_bernoulli (double rate)
{
  uint32_t limit = (uint32_t)(rate * 65536 + 0.5);

  if (limit > 65535)
    limit = 65535;
  return (bd_mask){ limit, 65536. / (65536. - limit) };
}

size_t
bd_mask_words (size_t count)
{
  return (count + 7) / 8 * 4;
}

void
bd_mask_fill (gsl_rng *r, size_t count, uint32_t words[])
{
  bd_rng_words (r, words, bd_mask_words (count) / 4);
}

/* Low halves of the words first, then the high ones.  */
BD_KERNEL static void
spread (bd_mask mask, size_t count, const uint32_t *restrict words,
        size_t first, size_t some, double *restrict factor)
{
  size_t half = (count + 1) / 2, low = 0;

  if (first < half)
    low = half - first < some ? half - first : some;
  for (size_t i = 0; i < low; i++)
    factor[i] = (words[first + i] & 0xffff) >= mask.limit ? mask.factor : 0;
  for (size_t i = low; i < some; i++)
    factor[i] = words[first + i - half] >> 16 >= mask.limit ? mask.factor : 0;
}

void
bd_mask_part (bd_mask mask, size_t count, const uint32_t words[], size_t first,
              size_t some, double factor[])
{
  spread (mask, count, words, first, some, factor);
}

void
bd_mask_draw (bd_mask mask, gsl_rng *r, size_t count, uint32_t words[],
              double factor[])
{
  bd_mask_fill (r, count, words);
  bd_mask_part (mask, count, words, 0, count, factor);
}
