/* The results of `bagdrop compare' that a run which was cut short goes on
   from.  */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
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

/* "NAME WORD" and, as a line shows the beginning only, a number for all of
   it.  */
static void
put_word (FILE *to, const char *name, const char *word)
{
  char text[80];

  fprintf (to, "%s %s %016" PRIx64 "\n", name,
           bd_text_clean (text, sizeof text, word),
           checkpoint_hash (CHECKPOINT_HASH, word, strlen (word)));
}

static void
put_depends (FILE *to, const bd_dataset *s, const compare_choices *o,
             const bd_compare_options *c)
{
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
  put_word (to, "methods", o->methods ? o->methods : "usual");
  put_word (to, "network", c->network ? c->network : "");
}

char *
compare_depends (const bd_dataset *s, const compare_choices *o,
                 const bd_compare_options *c)
{
  char *text = NULL;
  size_t size;
  FILE *to = open_memstream (&text, &size);

  if (!to)
    return NULL;
  put_depends (to, s, o, c);
  if (fclose (to) == 0)
    return text;
  free (text);
  return NULL;
}
