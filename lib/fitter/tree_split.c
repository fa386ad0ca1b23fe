/* The best split of a node.  References in tree.c.

   The candidates of all columns go into one batch after another, and a batch
   is scored side by side: small nodes, which are most, fill the lanes too.  */
#include <config.h>

#include <math.h>
#include <string.h>

#include "../base/kernel.h"
#include "tree.h"

#define SAME 1e-10 /* scores whose ratio is that near 1 are equal */

/* How the columns of a kind are tried, and cut at a candidate.  */
static const struct
{
  void (*try) (tree_search *q, size_t slot);
  void (*cut) (tree_search *q, size_t slot, size_t i, tree_split *s);
} kinds[] = { [TREE_SORTED] = { bd_tree_try_sorted, bd_tree_cut_sorted },
              [TREE_BINNED] = { bd_tree_try_bins, bd_tree_cut_bins },
              [TREE_RANDOM] = { bd_tree_try_random, bd_tree_cut_random },
              [TREE_SUBSET] = { bd_tree_try_levels, bd_tree_cut_levels } };

/* Score the COUNT (a multiple of TREE_LANES) candidates in C, of which the
   first is number FROM of the node's.  */
BD_KERNEL static void
score (const tree_sum *restrict c, size_t count, double from, double total,
       double least, tree_lanes *restrict best)
{
  tree_lanes b = *best;

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

/* Pad the batch to full lanes, score it and empty it.  */
static void
flush (tree_search *q)
{
  tree_sum *batch = q->k->batch;

  while (q->fill % TREE_LANES)
    batch[q->fill++] = (tree_sum){ 0, 0 };
  score (batch, q->fill, (double)q->before, q->a->weight, q->p->least,
         &q->best);
  q->before += q->fill;
  q->fill = 0;
}

tree_sum *
bd_tree_room (tree_search *q, size_t least)
{
  if (TREE_BATCH - q->fill < least)
    flush (q);
  return q->k->batch + q->fill;
}

static void
begin (tree_search *q)
{
  for (size_t l = 0; l < TREE_LANES; l++)
    {
      q->best.num[l] = TREE_TINY * TREE_TINY;
      q->best.den[l] = 1;
      q->best.sum[l] = q->best.weight[l] = 0;
      q->best.at[l] = INFINITY;
    }
}

/* Of the best lanes, the first candidate among equals.  */
static size_t
best_lane (const tree_lanes *b)
{
  size_t best = 0;

  for (size_t l = 1; l < TREE_LANES; l++)
    {
      double mine = b->num[l] * b->den[best], its = b->num[best] * b->den[l];
      bool same = fabs (mine - its) <= 2 * SAME * its;

      if (same ? b->at[l] < b->at[best] : mine > its)
        best = l;
    }
  return best;
}

/* Make S of the best candidate of the columns in the first TRIED slots.
   False when there is none.  */
static bool
take_best (tree_search *q, size_t tried, tree_split *s)
{
  size_t l = best_lane (&q->best), slot = tried - 1;
  double at = q->best.at[l];

  if (at == INFINITY)
    return false;
  while (q->k->tried[slot].start > at)
    slot--;
  s->sum = q->best.sum[l];
  s->weight = q->best.weight[l];
  s->node.feature = q->k->column[slot];
  kinds[bd_tree_kind (q->p, q->k->column[slot])].cut (
      q, slot, (size_t)(at - q->k->tried[slot].start), s);
  return true;
}

/* The two rows of A by column J into PAIR; false when nothing parts them.  */
static bool
order_pair (const tree_plan *p, const tree_work *k, const tree_task *a,
            size_t j, uint32_t pair[2])
{
  const uint32_t *rows
      = a->one ? bd_tree_rows (p, k, a) : bd_tree_list (p, k, a, j);
  bool swap = false;

  if (p->random)
    swap = bd_tree_x (p, rows[0], j) > bd_tree_x (p, rows[1], j);
  else if (a->one)
    swap = p->place[rows[0] * p->d + j] > p->place[rows[1] * p->d + j];
  pair[0] = rows[swap];
  pair[1] = rows[!swap];
  return p->random ? bd_tree_x (p, pair[0], j) < bd_tree_x (p, pair[1], j)
                   : bd_tree_differ (p, pair[0], pair[1], j);
}

/* Split A, two rows, into those of PAIR by column J.  */
static void
cut_pair (const tree_plan *p, tree_work *k, const tree_task *a,
          const uint32_t pair[2], size_t j, uint32_t word, tree_split *s)
{
  s->list = memcpy (bd_tree_parted (p, k, a), pair, 2 * sizeof *pair);
  s->rows = 1;
  s->sum = k->row[pair[0]].sum;
  s->weight = k->row[pair[0]].weight;
  s->node.feature = (uint32_t)j;
  if (p->random)
    s->node.at = bd_tree_threshold (word, bd_tree_x (p, pair[0], j),
                                    bd_tree_x (p, pair[1], j));
  else
    memcpy (s->node.rows, pair, sizeof s->node.rows);
}

/* Two rows can be parted in one way only: by the first column in which they
   differ.  Half of a full tree's splits are of this kind.  What is drawn is
   what a search draws, which would find the same.  */
static bool
split_pair (const tree_plan *p, tree_work *k, const tree_task *a,
            tree_split *s)
{
  const uint32_t *rows = bd_tree_rows (p, k, a);
  const bool heavy = k->row[rows[0]].weight >= p->least
                     && k->row[rows[1]].weight >= p->least;
  const size_t drawn = p->random ? p->tries : 0;
  uint32_t pair[2];
  bool found = false;

  for (size_t slot = 0; slot < p->d && !(found && slot >= drawn); slot++)
    {
      if (slot >= p->tries)
        bd_tree_draw_columns (p, k, slot, slot + 1);
      uint32_t word = p->random ? bd_tree_word (k) : 0;
      if (!found && heavy && order_pair (p, k, a, k->column[slot], pair))
        {
          cut_pair (p, k, a, pair, k->column[slot], word, s);
          found = true;
        }
    }
  return found;
}

bool
bd_tree_find (const tree_plan *p, tree_work *k, const tree_task *a,
              tree_split *s)
{
  tree_search q = { .p = p, .k = k, .a = a, .tries = p->tries };

  if (p->redraw)
    bd_tree_draw_columns (p, k, 0, q.tries);
  if (a->rows == 2 && a->few && p->pairs)
    return split_pair (p, k, a, s);
  begin (&q);
  for (size_t slot = 0;; bd_tree_draw_columns (p, k, slot, ++q.tries))
    {
      for (; slot < q.tries; slot++)
        kinds[bd_tree_kind (p, k->column[slot])].try (&q, slot);
      flush (&q);
      if (take_best (&q, slot, s))
        return true;
      if (slot == p->d)
        return false;
    }
}
