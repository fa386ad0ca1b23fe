#include <config.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <stdlib.h>

#include "../base/rng.h"
#include "split.h"

/* Fold of each row: the numbers 0 .. K-1 dealt round, then shuffled.  */
static int
deal (size_t n, size_t K, uint64_t seed, size_t fold[])
{
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);

  if (!r)
    return GSL_ENOMEM;
  bd_rng_seek (r, seed, BD_LANE_SPLIT, 0);
  for (size_t i = 0; i < n; i++)
    fold[i] = i % K;
  gsl_ran_shuffle (r, fold, n, sizeof *fold);
  gsl_rng_free (r);
  return GSL_SUCCESS;
}

bd_split *
bd_split_fold (size_t n, size_t K, size_t fold, uint64_t seed)
{
  bd_split *s = calloc (1, sizeof *s);
  size_t *of = calloc (n ? n : 1, sizeof *of);

  if (!s || !of || !(s->row = calloc (n ? n : 1, sizeof *s->row))
      || deal (n, K, seed, of))
    goto fail;
  s->n = n;
  for (size_t i = 0; i < n; i++)
    if (of[i] != fold)
      s->row[s->train++] = i;
  for (size_t i = 0; i < n; i++)
    if (of[i] == fold)
      s->row[s->train + s->test++] = i;
  free (of);
  return s;
fail:
  free (of);
  bd_split_free (s);
  return NULL;
}

void
bd_split_free (bd_split *s)
{
  if (!s)
    return;
  free (s->row);
  free (s);
}
