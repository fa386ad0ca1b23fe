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

bd_split *
bd_compare_split (const bd_comparison *c, size_t split)
{
  size_t folds = c->options.folds;
  const bd_splits *given = c->options.splits ? c->options.splits : c->strata;

  if (given)
    return bd_splits_get (given, split);
  uint64_t seed = bd_rng_derive (c->options.seed, split / folds);
  return bd_split_fold (c->data->n, folds, split % folds, seed);
}

/* Which classes Y has in rows ROW[0 .. COUNT - 1], NULL: in the first COUNT.
 */
static void
mark (const gsl_vector *y, const size_t row[], size_t count,
      bool has[BD_DATASET_LEVELS])
{
  for (size_t i = 0; i < count; i++)
    has[(size_t)gsl_vector_get (y, row ? row[i] : i)] = true;
}

/* The first class that split J holds out and does not train on into *K, or
   the number of classes.  */
static int
find_unseen (const bd_comparison *c, size_t j, size_t *k)
{
  const bd_dataset *s = c->data, *test = c->options.test;
  bool trained[BD_DATASET_LEVELS] = { false },
       held[BD_DATASET_LEVELS] = { false };
  bd_split *split = test ? NULL : bd_compare_split (c, j);

  if (!test && !split)
    return GSL_ENOMEM;
  if (test)
    mark (test->y, NULL, test->n, held);
  else
    mark (s->y, split->row + split->train, split->test, held);
  mark (s->y, test ? NULL : split->row, test ? s->n : split->train, trained);
  bd_split_free (split);
  *k = 0;
  while (*k < s->classes && (trained[*k] || !held[*k]))
    ++*k;
  return GSL_SUCCESS;
}

int
bd_held_check (const bd_comparison *c, bd_error *err)
{
  const bd_dataset *s = c->data;
  int code = GSL_SUCCESS;

  for (size_t j = 0; !code && j < c->splits; j++)
    {
      char name[64], class[64];
      size_t k = 0;
      code = find_unseen (c, j, &k);
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
  bd_split *s = bd_compare_split (c, j);
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
