#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../data/splits.h"
#include "inner_parts.h"

static int
by_chance (bd_inner_parts *a, size_t n, size_t folds, uint64_t seed)
{
  for (size_t f = 0; f < folds; f++)
    if (!(a->split[a->parts++] = bd_split_fold (n, folds, f, seed)))
      return GSL_ENOMEM;
  return GSL_SUCCESS;
}

/* Folds that keep groups whole, or the last step forward in time.  */
static int
by_labels (bd_inner_parts *a, size_t n, size_t folds, uint64_t seed,
           const bd_row_labels *labels)
{
  const bd_labels g = { labels->label, n, labels->levels, "labels" };
  size_t most = GSL_MIN (folds, g.levels);
  bd_splits *s = labels->time ? bd_splits_forward (&g, most - 1, 1, NULL)
                              : bd_splits_groups (&g, most, 1, seed, 1, NULL);
  int code = s ? GSL_SUCCESS : GSL_ENOMEM;

  for (size_t f = labels->time ? most - 2 : 0; !code && f < s->count; f++)
    if (!(a->split[a->parts++] = bd_splits_get (s, f)))
      code = GSL_ENOMEM;
  bd_splits_free (s);
  return code;
}

/* The rows held out, in their order.  */
static void
number_held (bd_inner_parts *a, size_t n)
{
  for (size_t i = 0; i < n; i++)
    a->place[i] = 0;
  for (size_t f = 0; f < a->parts; f++)
    for (size_t i = 0; i < a->split[f]->test; i++)
      a->place[a->split[f]->row[a->split[f]->train + i]] = 1;
  for (size_t i = 0; i < n; i++)
    a->place[i] = a->place[i] ? a->held++ : n;
}

int
bd_inner_parts_make (bd_inner_parts *a, size_t n, size_t folds, uint64_t seed,
                     const bd_row_labels *labels)
{
  bool chance = !labels || labels->levels < 2;

  *a = (bd_inner_parts){ .split = calloc (folds, sizeof (bd_split *)),
                         .place = calloc (n ? n : 1, sizeof *a->place) };
  int code = a->split && a->place ? GSL_SUCCESS : GSL_ENOMEM;
  if (!code)
    code = chance ? by_chance (a, n, folds, seed)
                  : by_labels (a, n, folds, seed, labels);
  if (!code)
    number_held (a, n);
  return code;
}

void
bd_inner_parts_free (bd_inner_parts *a)
{
  for (size_t f = 0; f < a->parts; f++)
    bd_split_free (a->split[f]);
  free (a->split);
  free (a->place);
  *a = (bd_inner_parts){ .split = NULL };
}
