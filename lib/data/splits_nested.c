/* Splits that train on parts of the rows, the smaller among the larger.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>
#include <string.h>

#include "../base/rng.h"
#include "splits.h"

/* Room for SIZES times the COUNT splits SPLIT; NULL when memory is short.  */
static bd_splits *
room (const bd_split *const split[], size_t count, const size_t size[],
      size_t sizes)
{
  bd_splits *a = calloc (1, sizeof *a);
  size_t held = 0, train = 0;

  for (size_t j = 0; j < count; j++)
    {
      held += sizes * split[j]->test;
      for (size_t k = 0; k < sizes; k++)
        train += GSL_MIN (size[k], split[j]->train);
    }
  if (!a)
    return NULL;
  *a = (bd_splits){ .n = split[0]->n,
                    .count = sizes * count,
                    .end = calloc (sizes * count, sizeof *a->end),
                    .row = calloc (held, sizeof *a->row),
                    .train_end = calloc (sizes * count, sizeof *a->end),
                    .train = calloc (train, sizeof *a->train) };
  if (a->end && a->row && a->train_end && a->train)
    return a;
  bd_splits_free (a);
  return NULL;
}

static int
by_number (const void *a, const void *b)
{
  const size_t *p = a, *q = b;

  return *p < *q ? -1 : *p > *q;
}

bd_splits *
bd_splits_nested (const bd_split *const split[], size_t count,
                  const size_t size[], size_t sizes, uint64_t seed)
{
  bd_splits *a = room (split, count, size, sizes);
  size_t *order = calloc (split[0]->n * count, sizeof *order);
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  size_t held = 0, train = 0, n = split[0]->n;
  bool good = a && order && r;

  for (size_t j = 0; good && j < count; j++)
    {
      memcpy (order + j * n, split[j]->row, split[j]->train * sizeof *order);
      bd_rng_seek (r, seed, BD_LANE_SPLIT, j);
      gsl_ran_shuffle (r, order + j * n, split[j]->train, sizeof *order);
    }
  for (size_t k = 0; good && k < sizes * count; k++)
    {
      const bd_split *s = split[k % count];
      size_t rows = GSL_MIN (size[k / count], s->train);
      memcpy (a->row + held, s->row + s->train, s->test * sizeof *a->row);
      memcpy (a->train + train, order + k % count * n,
              rows * sizeof *a->train);
      qsort (a->train + train, rows, sizeof *a->train, by_number);
      a->end[k] = held += s->test;
      a->train_end[k] = train += rows;
    }
  gsl_rng_free (r);
  free (order);
  if (good)
    return a;
  bd_splits_free (a);
  return NULL;
}
