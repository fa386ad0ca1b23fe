/* Splits of a categorical column by subsets of its levels.

   With the levels in the order of their mean responses, the best of all
   subsets is among the few that are an initial part: W. D. Fisher, "On
   grouping for maximum homogeneity", J. Amer. Statist. Assoc. 53 (1958);
   Breiman et al. (1984), section 9.4.  That holds as long as no subset is
   refused for its least weight.  Random splits take a subset of the levels in
   the node at random: Geurts, Ernst & Wehenkel (2006), appendix.  */
#include <config.h>

#include <math.h>
#include <string.h>

#include "tree.h"

/* Means nearer than this are equal, and a count and a row written out give
   the same order.  */
#define GRAIN 0x1p-44

/* The levels in the node, which have a weight, by increasing mean, equal ones
   in their order, into RANKED; their number.  */
static size_t
rank_levels (const tree_sum *bin, size_t levels,
             unsigned char ranked[TREE_LEVELS])
{
  double mean[TREE_LEVELS];
  size_t count = 0;

  for (size_t v = 0; v < levels; v++)
    if (bin[v].weight > 0)
      {
        double m = nearbyint (bin[v].sum / bin[v].weight / GRAIN);
        size_t i = count++;

        for (; i > 0 && mean[i - 1] > m; i--)
          {
            mean[i] = mean[i - 1];
            ranked[i] = ranked[i - 1];
          }
        mean[i] = m;
        ranked[i] = (unsigned char)v;
      }
  return count;
}

/* A subset of SEEN, neither empty nor all, each with the same chance.  */
static uint64_t
draw_subset (tree_work *k, uint64_t seen)
{
  uint64_t left;

  do
    {
      uint64_t low = bd_tree_word (k);

      left = (low | (uint64_t)bd_tree_word (k) << 32) & seen;
    }
  while (left == 0 || left == seen);
  return left;
}

/* The COUNT levels ranked as a set.  */
static void
set_of (tree_try *t, size_t count)
{
  t->seen = 0;
  for (size_t i = 0; i < count; i++)
    t->seen |= UINT64_C (1) << t->ranked[i];
}

/* The sums of the levels in LEFT.  */
static tree_sum
sums_of (const tree_sum *bin, uint64_t left)
{
  tree_sum all = { 0, 0 };

  for (size_t v = 0; v < TREE_LEVELS; v++)
    if (left >> v & 1)
      {
        all.sum += bin[v].sum;
        all.weight += bin[v].weight;
      }
  return all;
}

void
bd_tree_try_levels (tree_search *q, size_t slot)
{
  const size_t levels = q->p->levels[q->k->column[slot]];
  tree_try *t = &q->k->tried[slot];
  tree_sum *c = bd_tree_room (q, TREE_LEVELS), *bin = bd_tree_bins (q, slot),
           carry = { 0, 0 };

  t->start = (double)(q->before + q->fill);
  size_t count = rank_levels (bin, levels, t->ranked);
  set_of (t, count);
  if (q->p->random && count > 1)
    {
      t->left = draw_subset (q->k, t->seen);
      c[0] = sums_of (bin, t->left);
      q->fill++;
    }
  else
    {
      for (size_t i = 0; i + 1 < count; i++)
        {
          carry.sum += bin[t->ranked[i]].sum;
          carry.weight += bin[t->ranked[i]].weight;
          c[i] = carry;
        }
      q->fill += count - 1;
    }
  memset (bin, 0, levels * sizeof *bin);
}

/* Levels that the node has not seen go with the larger side.  */
void
bd_tree_cut_levels (tree_search *q, size_t slot, size_t i, tree_split *s)
{
  const tree_try *t = &q->k->tried[slot];
  unsigned char left[TREE_BINS] = { 0 };
  uint64_t set = q->p->random ? t->left : 0;

  for (size_t v = 0; !q->p->random && v <= i; v++)
    set |= UINT64_C (1) << t->ranked[v];
  for (size_t v = 0; v < TREE_LEVELS; v++)
    left[v] = set >> v & 1;
  if (2 * s->weight > q->a->weight)
    set |= ~t->seen;
  s->node.levels = set;
  s->node.feature |= TREE_BY_LEVEL;
  bd_tree_part_codes (q, q->k->column[slot], left, s);
}
