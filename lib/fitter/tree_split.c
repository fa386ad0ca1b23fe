/* The best split of a node.  References in tree.c.

   Running sums of all columns go into one batch after another, and a batch is
   scored side by side: small nodes, which are most, fill the lanes too.  */
#include <config.h>

#include <math.h>

#include "../base/kernel.h"
#include "tree.h"

#define SAME 1e-10 /* scores whose ratio is that near 1 are equal */

/* The best candidate of each lane.  NUM is (1 + SAME) sum^2 and DEN is
   weight (W - weight): scores are compared by cross multiplication, and only
   a clearly better one replaces an earlier one.  */
typedef struct
{
  double num[TREE_LANES], den[TREE_LANES], sum[TREE_LANES], weight[TREE_LANES],
      at[TREE_LANES];
} lanes;

/* Score the COUNT (a multiple of TREE_LANES) candidates in C, of which the
   first is number FROM of the node's.  */
BD_KERNEL static void
score (const tree_sum *restrict c, size_t count, double from, double total,
       double least, lanes *restrict best)
{
  lanes b = *best;

  for (size_t i = 0; i < count; i += TREE_LANES)
    for (size_t l = 0; l < TREE_LANES; l++)
      {
        double s = c[i + l].sum, w = c[i + l].weight, rest = total - w;
        double num = s * s, den = w * rest;
        bool take = (num * b.den[l] > b.num[l] * den) & (w >= least)
                    & (rest >= least);

        b.num[l] = take ? num * (1 + SAME) : b.num[l];
        b.den[l] = take ? den : b.den[l];
        b.sum[l] = take ? s : b.sum[l];
        b.weight[l] = take ? w : b.weight[l];
        b.at[l] = take ? from + (double)(i + l) : b.at[l];
      }
  *best = b;
}

/* Running sums over COUNT rows of LIST, after CARRY, into C.  */
static inline tree_sum
add_up (const uint32_t *restrict list, size_t count,
        const tree_sum *restrict row, tree_sum carry, tree_sum *restrict c)
{
  for (size_t i = 0; i < count; i++)
    {
      carry.sum += row[list[i]].sum;
      carry.weight += row[list[i]].weight;
      c[i] = carry;
    }
  return carry;
}

/* A candidate between equal values is none: its score becomes 0.  */
static inline void
strike_ties (const uint32_t *restrict list, size_t count,
             const uint32_t *restrict rank, tree_sum *restrict c)
{
  for (size_t i = 0; i < count; i++)
    if (rank[list[i]] == rank[list[i + 1]])
      c[i].sum = 0;
}

/* Pad the batch of COUNT to full lanes and score it.  */
static void
flush (const tree_plan *p, tree_work *k, const tree_task *a, size_t count,
       size_t before, lanes *best)
{
  while (count % TREE_LANES)
    k->batch[count++] = (tree_sum){ 0, 0 };
  score (k->batch, count, (double)before, a->weight, p->least, best);
}

/* Score all candidates of node A, (rows - 1) per column, numbered column
   after column.  */
BD_KERNEL static void
search (const tree_plan *p, tree_work *k, const tree_task *a, lanes *best)
{
  const size_t each = a->rows - 1;
  size_t before = 0, fill = 0, take;

  for (size_t j = 0; j < p->d; j++)
    {
      const uint32_t *list = bd_tree_list (p, k, a, j);
      tree_sum carry = { 0, 0 };

      for (size_t i = 0; i < each; i += take)
        {
          take = each - i < TREE_BATCH - fill ? each - i : TREE_BATCH - fill;
          carry = add_up (list + i, take, k->row, carry, k->batch + fill);
          if (p->tied[j])
            strike_ties (list + i, take, p->rank + j * p->n, k->batch + fill);
          fill += take;
          if (fill == TREE_BATCH)
            {
              flush (p, k, a, fill, before, best);
              before += fill;
              fill = 0;
            }
        }
    }
  flush (p, k, a, fill, before, best);
}

/* Of the best lanes, the first candidate among equals.  */
static bool
best_lane (const lanes *b, size_t each, tree_split *s)
{
  size_t best = 0;

  for (size_t l = 1; l < TREE_LANES; l++)
    {
      double mine = b->num[l] * b->den[best], its = b->num[best] * b->den[l];
      bool same = fabs (mine - its) <= 2 * SAME * its;

      if (same ? b->at[l] < b->at[best] : mine > its)
        best = l;
    }
  if (b->at[best] == INFINITY)
    return false;
  s->feature = (size_t)b->at[best] / each;
  s->rows = (size_t)b->at[best] % each + 1;
  s->sum = b->sum[best];
  s->weight = b->weight[best];
  return true;
}

/* Two rows can be parted in one way only: by the first column in which they
   differ.  Half of a full tree's splits are of this kind.  */
static bool
split_pair (const tree_plan *p, const tree_work *k, const tree_task *a,
            tree_split *s)
{
  for (size_t j = 0; j < p->d; j++)
    {
      const uint32_t *list = bd_tree_list (p, k, a, j);
      const tree_sum *l = &k->row[list[0]], *r = &k->row[list[1]];

      if (bd_tree_x (p, list[0], j) < bd_tree_x (p, list[1], j))
        {
          *s = (tree_split){ j, 1, l->sum, l->weight };
          return l->weight >= p->least && r->weight >= p->least;
        }
    }
  return false;
}

bool
bd_tree_find (const tree_plan *p, tree_work *k, const tree_task *a,
              tree_split *s)
{
  lanes best;

  if (a->rows == 2)
    return split_pair (p, k, a, s);
  for (size_t l = 0; l < TREE_LANES; l++)
    {
      best.num[l] = TREE_TINY * TREE_TINY;
      best.den[l] = 1;
      best.sum[l] = best.weight[l] = 0;
      best.at[l] = INFINITY;
    }
  search (p, k, a, &best);
  return best_lane (&best, a->rows - 1, s);
}
