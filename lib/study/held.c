#include <config.h>

#include <gsl/gsl_errno.h>

#include "../base/rng.h"
#include "../data/split.h"
#include "held.h"

void
bd_held_count (bd_comparison *c)
{
  const bd_compare_options *o = &c->options;

  if (o->test)
    {
      c->splits = 1;
      c->ratio = (double)o->test->n / (double)c->data->n;
    }
  else if (o->splits)
    {
      c->splits = o->splits->count;
      c->ratio = bd_splits_ratio (o->splits);
    }
  else
    {
      c->splits = o->folds * o->repeats;
      c->ratio = 1 / ((double)o->folds - 1);
    }
}

static bd_split *
make_split (const bd_comparison *c, size_t split)
{
  size_t folds = c->options.folds;

  if (c->options.splits)
    return bd_splits_get (c->options.splits, split);
  uint64_t seed = bd_rng_derive (c->options.seed, split / folds);
  return bd_split_fold (c->data->n, folds, split % folds, seed);
}

int
bd_held_take (const bd_comparison *c, size_t j, bd_held *h)
{
  *h = (bd_held){ .train = c->data, .test = c->options.test };
  if (c->options.test)
    return GSL_SUCCESS;
  bd_split *s = make_split (c, j);
  if (s)
    {
      h->own[0] = bd_dataset_rows (c->data, s->row, s->train);
      h->own[1] = bd_dataset_rows (c->data, s->row + s->train, s->test);
    }
  bd_split_free (s);
  h->train = h->own[0];
  h->test = h->own[1];
  return h->train && h->test ? GSL_SUCCESS : GSL_ENOMEM;
}

void
bd_held_give (bd_held *h)
{
  bd_dataset_free (h->own[0]);
  bd_dataset_free (h->own[1]);
}
