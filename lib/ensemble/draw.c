#include <config.h>

#include <math.h>
#include <string.h>

#include "../base/rng.h"
#include "draw.h"

size_t
bd_draw_scratch (size_t n)
{
  return (n + 3) / 4 * 4;
}

/* Row numbers by multiplication: floor (word n / 2^32).  */
void
bd_draw_counts (gsl_rng *r, uint32_t scratch[], size_t n, size_t count,
                double w[])
{
  memset (w, 0, n * sizeof *w);
  for (size_t some; count > 0; count -= some)
    {
      some = count < n ? count : n;
      bd_rng_words (r, scratch, (some + 3) / 4);
      for (size_t i = 0; i < some; i++)
        w[(uint64_t)scratch[i] * n >> 32] += 1;
    }
}

void
bd_draw_exponential (gsl_rng *r, uint32_t scratch[], size_t n, double w[])
{
  bd_rng_words (r, scratch, (n + 3) / 4);
  for (size_t i = 0; i < n; i++)
    w[i] = -log ((scratch[i] + 0.5) * 0x1p-32);
}
