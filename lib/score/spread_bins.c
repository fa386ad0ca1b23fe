#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "coverage.h"
#include "spread_bins.h"

#define LIMITS 0.95

typedef struct
{
  double spread;
  size_t row;
} ranked;

/* By spread, equal ones by row.  */
static int
compare (const void *a, const void *b)
{
  const ranked *p = a, *q = b;

  if (p->spread != q->spread)
    return p->spread < q->spread ? -1 : 1;
  return p->row < q->row ? -1 : p->row > q->row;
}

int
bd_spread_bins (size_t n, const double spread[], const bool inside[],
                size_t bins, bd_spread_bin to[])
{
  ranked *order = calloc (n ? n : 1, sizeof *order);

  if (!order)
    return GSL_ENOMEM;
  for (size_t i = 0; i < n; i++)
    order[i] = (ranked){ spread[i], i };
  qsort (order, n, sizeof *order, compare);
  for (size_t k = 0; k < bins; k++)
    {
      size_t from = k * n / bins, end = (k + 1) * n / bins;
      to[k] = (bd_spread_bin){ .n = end - from };
      to[k].least = end > from ? order[from].spread : GSL_NAN;
      to[k].most = end > from ? order[end - 1].spread : GSL_NAN;
      for (size_t i = from; i < end; i++)
        to[k].inside += inside[order[i].row];
      bd_binomial_limits (to[k].inside, to[k].n, LIMITS, &to[k].lo, &to[k].hi);
    }
  free (order);
  return GSL_SUCCESS;
}
