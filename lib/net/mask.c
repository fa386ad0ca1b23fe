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

/* Low halves of the words first, then the high ones.  */
BD_KERNEL static void
spread (bd_mask mask, const uint32_t *restrict words, size_t count,
        double *restrict factor)
{
  size_t half = (count + 1) / 2;

  for (size_t i = 0; i < half; i++)
    factor[i] = (words[i] & 0xffff) >= mask.limit ? mask.factor : 0;
  for (size_t i = half; i < count; i++)
    factor[i] = words[i - half] >> 16 >= mask.limit ? mask.factor : 0;
}

void
bd_mask_draw (bd_mask mask, gsl_rng *r, size_t count, uint32_t words[],
              double factor[])
{
  bd_rng_words (r, words, bd_mask_words (count) / 4);
  spread (mask, words, count, factor);
}
