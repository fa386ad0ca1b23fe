/* The results of `bagdrop compare' that a run which was cut short goes on
   from.  */
#include <config.h>

#include "checkpoint.h"
#include "compare.h"

/* A number for the splits.  */
static uint64_t
hash_splits (const bd_splits *s)
{
  uint64_t h = CHECKPOINT_HASH;

  for (size_t j = 0; j < s->count; j++)
    {
      bd_split *one = bd_splits_get (s, j);
      if (!one)
        return 0;
      h = checkpoint_hash (h, &one->train, sizeof one->train);
      h = checkpoint_hash (h, one->row,
                           (one->train + one->test) * sizeof *one->row);
      bd_split_free (one);
    }
  return h;
}

/* A number for the labels, 0 if there are none: what is tuned goes by them.
 */
static uint64_t
hash_labels (const bd_row_labels *a, size_t n)
{
  return a ? checkpoint_hash (
             checkpoint_hash (CHECKPOINT_HASH, &a->time, sizeof a->time),
             a->label, n * sizeof *a->label)
           : 0;
}

/* What a comparison is made of.  */
typedef struct
{
  const bd_dataset *s;
  const compare_choices *o;
  const bd_compare_options *c;
} setting;

static void
put_depends (const void *params, FILE *to)
{
  const setting *a = params;
  const bd_dataset *s = a->s;
  const bd_compare_options *c = a->c;

  fprintf (to, "seed %" PRIu64 "\ndata %016" PRIx64 "\n", c->seed,
           checkpoint_data (s));
  if (c->test)
    fprintf (to, "test %016" PRIx64 "\n", checkpoint_data (c->test));
  else if (c->splits)
    fprintf (to, "splits %016" PRIx64 "\n", hash_splits (c->splits));
  else
    fprintf (to, "folds %zu\nrepeats %zu\n", c->folds, c->repeats);
  fprintf (to, "members %zu\nnetworks %zu\nmasks %zu\n", c->members, c->nets,
           c->masks);
  fprintf (to, "labels %016" PRIx64 "\n", hash_labels (c->labels, s->n));
  checkpoint_put (to, "methods", a->o->methods ? a->o->methods : "usual");
  checkpoint_put (to, "network", c->network);
}

checkpoint *
compare_kept (const bd_dataset *s, const compare_choices *o,
              const bd_compare_options *c, bd_error *err)
{
  const setting a = { s, o, c };
  const checkpoint_run what = { .command = "compare",
                                .file = "results.txt",
                                .pieces = "results",
                                .depends = put_depends,
                                .params = &a,
                                .strict = true };

  return checkpoint_open (&what, o->resume, err);
}
