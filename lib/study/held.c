#include <config.h>

#include <gsl/gsl_errno.h>
#include <stdlib.h>

#include "../base/rng.h"
#include "../base/text.h"
#include "../data/row_labels.h"
#include "../data/split.h"
#include "held.h"

/* The classes of the data as labels.  NULL when memory is short.  */
static size_t *
labels (const bd_dataset *s)
{
  size_t *label = calloc (s->n, sizeof *label);

  for (size_t i = 0; label && i < s->n; i++)
    label[i] = (size_t)gsl_vector_get (s->y, i);
  return label;
}

/* Folds that have their share of each class.  */
static int
make_strata (bd_comparison *c, bd_error *err)
{
  const bd_compare_options *o = &c->options;
  size_t *label = labels (c->data);
  char name[64];
  const bd_labels g = { label, c->data->n, c->data->classes,
                        bd_text_clean (name, sizeof name, c->data->y_name) };

  if (!label)
    return BD_FAIL (err, GSL_ENOMEM, "no memory for folds of %zu rows",
                    c->data->n);
  c->strata = bd_splits_strata (&g, o->folds, o->repeats, o->seed,
                                c->data->class_name, err);
  free (label);
  return c->strata ? GSL_SUCCESS : GSL_EINVAL;
}

int
bd_held_count (bd_comparison *c, bd_error *err)
{
  const bd_compare_options *o = &c->options;
  int code = GSL_SUCCESS;

  if (c->data->classes && !o->test && !o->splits)
    code = make_strata (c, err);
  if (o->test)
    {
      c->splits = 1;
      c->ratio = (double)o->test->n / (double)c->data->n;
    }
  else if (o->splits || c->strata)
    {
      const bd_splits *a = o->splits ? o->splits : c->strata;
      c->splits = a->count;
      c->ratio = bd_splits_ratio (a);
    }
  else
    {
      c->splits = o->folds * o->repeats;
      c->ratio = 1 / ((double)o->folds - 1);
    }
  return code;
}

static bd_split *
make_split (const bd_comparison *c, size_t split)
{
  size_t folds = c->options.folds;
  const bd_splits *given = c->options.splits ? c->options.splits : c->strata;

  if (given)
    return bd_splits_get (given, split);
  uint64_t seed = bd_rng_derive (c->options.seed, split / folds);
  return bd_split_fold (c->data->n, folds, split % folds, seed);
}

/* The first class that H holds out and does not train on, or CLASSES.  */
static size_t
unseen (const bd_held *h, size_t classes)
{
  bool seen[BD_DATASET_LEVELS] = { false };
  size_t missing = classes;

  for (size_t i = 0; i < h->train->n; i++)
    seen[(size_t)gsl_vector_get (h->train->y, i)] = true;
  for (size_t i = 0; i < h->test->n; i++)
    {
      size_t k = (size_t)gsl_vector_get (h->test->y, i);
      missing = !seen[k] && k < missing ? k : missing;
    }
  return missing;
}

int
bd_held_check (const bd_comparison *c, bd_error *err)
{
  const bd_dataset *s = c->data;
  int code = GSL_SUCCESS;

  for (size_t j = 0; !code && j < c->splits; j++)
    {
      bd_held h;
      char name[64], class[64];
      code = bd_held_take (c, j, &h);
      size_t k = code ? s->classes : unseen (&h, s->classes);
      if (code)
        BD_FAIL (err, code, "no memory for split %zu of %zu rows", j + 1,
                 s->n);
      else if (k < s->classes)
        code = BD_FAIL (err, GSL_EINVAL,
                        "split %zu holds out all rows of class '%s' of '%s', "
                        "so that none is left to learn it from",
                        j + 1,
                        bd_text_clean (class, sizeof class, s->class_name[k]),
                        bd_text_clean (name, sizeof name, s->y_name));
      bd_held_give (&h);
    }
  return code;
}

int
bd_held_take (const bd_comparison *c, size_t j, bd_held *h)
{
  int code = GSL_SUCCESS;

  *h = (bd_held){ .train = c->data, .test = c->options.test };
  if (c->options.test)
    return code;
  bd_split *s = make_split (c, j);
  if (s)
    {
      if (c->options.labels)
        code = bd_row_labels_take (c->options.labels, s->row, s->train,
                                   &h->labels);
      h->own[0] = bd_dataset_rows (c->data, s->row, s->train);
      h->own[1] = bd_dataset_rows (c->data, s->row + s->train, s->test);
    }
  bd_split_free (s);
  h->train = h->own[0];
  h->test = h->own[1];
  return h->train && h->test ? code : GSL_ENOMEM;
}

void
bd_held_give (bd_held *h)
{
  bd_dataset_free (h->own[0]);
  bd_dataset_free (h->own[1]);
  bd_row_labels_free (&h->labels);
}
