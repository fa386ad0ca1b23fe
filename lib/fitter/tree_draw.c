/* The tree's own chance.  */
#include <config.h>

#include "../base/rng.h"
#include "tree.h"

void
bd_tree_start_draws (tree_work *k, gsl_rng *r)
{
  k->r = r;
  k->spent = TREE_WORDS;
}

uint32_t
bd_tree_word (tree_work *k)
{
  if (k->spent == TREE_WORDS)
    {
      bd_rng_words (k->r, k->word, TREE_WORDS / 4);
      k->spent = 0;
    }
  return k->word[k->spent++];
}

/* Steps of Fisher and Yates' shuffle (Knuth, The Art of Computer Programming
   2, section 3.4.2): from any permutation they draw with equal chances.  */
void
bd_tree_draw_columns (const tree_plan *p, tree_work *k, size_t from, size_t to)
{
  for (size_t i = from; i < to; i++)
    {
      size_t other
          = i + (size_t)((uint64_t)bd_tree_word (k) * (p->d - i) >> 32);
      uint32_t swap = k->column[i];

      k->column[i] = k->column[other];
      k->column[other] = swap;
    }
}
