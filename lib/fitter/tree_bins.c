/* Splits between bins: a column is cut once, for all trees, into at most 256
   bins of equally many distinct values, and a large node adds up its rows by
   bin.  A small one tries all thresholds: that costs less.

   Reference: G. Ke and others, "LightGBM: a highly efficient gradient boosting
   decision tree", NIPS 2017 (section 2.1, histogram-based algorithm).  */
#include <config.h>

#include <string.h>

#include "../base/kernel.h"
#include "tree.h"

/* Add up COUNT rows by their codes in WIDTH columns.  */
BD_INLINE void
add_up (const uint32_t *restrict rows, const tree_sum *restrict near,
        size_t count, const unsigned char *restrict code, size_t d,
        const uint32_t *restrict column, size_t width,
        tree_sum (*restrict bin)[TREE_BINS])
{
  for (size_t i = 0; i < count; i++)
    {
      const unsigned char *mine = code + rows[i] * d;
      const tree_sum add = near[i];

      for (size_t g = 0; g < width; g++)
        {
          tree_sum *b = &bin[g][mine[column[g]]];

          b->sum += add.sum;
          b->weight += add.weight;
        }
    }
}

/* The columns of the slots from q->from to q->added - 1.  */
static void
add_group (tree_search *q)
{
  const uint32_t *rows = bd_tree_rows (q->p, q->k, q->a);
  const uint32_t *column = q->k->column + q->from;
  const size_t width = q->added - q->from;

  bd_tree_bring_near (q);
  if (width == TREE_GROUP)
    add_up (rows, q->k->near, q->a->rows, q->p->code, q->p->d, column,
            TREE_GROUP, q->k->bin);
  else
    add_up (rows, q->k->near, q->a->rows, q->p->code, q->p->d, column, width,
            q->k->bin);
}

tree_sum *
bd_tree_bins (tree_search *q, size_t slot)
{
  size_t group = q->p->bins && !q->a->few ? TREE_GROUP : 1;

  if (slot >= q->added)
    {
      q->from = slot;
      q->added = slot + group < q->tries ? slot + group : q->tries;
      add_group (q);
    }
  return q->k->bin[slot - q->from];
}

void
bd_tree_try_bins (tree_search *q, size_t slot)
{
  if (q->a->few)
    {
      bd_tree_try_sorted (q, slot);
      return;
    }
  tree_sum *bin = bd_tree_bins (q, slot), *c = bd_tree_room (q, TREE_BINS);
  tree_sum carry = { 0, 0 };
  size_t count = 0;

  q->k->tried[slot].start = (double)(q->before + q->fill);
  for (size_t b = 0; b < q->p->bins; b++)
    {
      carry.sum += bin[b].sum;
      carry.weight += bin[b].weight;
      c[count] = carry;
      count += bin[b].weight > 0;
      bin[b] = (tree_sum){ 0, 0 };
    }
  q->fill += count - 1;
}

/* The codes of the column in SLOT that candidate I lies between.  */
static void
codes_beside (tree_search *q, size_t slot, size_t i, size_t *lo, size_t *hi)
{
  const uint32_t *rows = bd_tree_rows (q->p, q->k, q->a);
  const unsigned char *code = q->p->code + q->k->column[slot];
  bool seen[TREE_BINS] = { false };

  for (size_t v = 0; v < q->a->rows; v++)
    seen[code[rows[v] * q->p->d]] = true;
  for (*lo = 0; !seen[*lo] || i > 0; (*lo)++)
    i -= seen[*lo];
  for (*hi = *lo + 1; !seen[*hi]; (*hi)++)
    ;
}

void
bd_tree_cut_bins (tree_search *q, size_t slot, size_t i, tree_split *s)
{
  const size_t j = q->k->column[slot];
  unsigned char left[TREE_BINS] = { 0 };
  size_t lo, hi;

  if (q->a->few)
    {
      bd_tree_cut_sorted (q, slot, i, s);
      return;
    }
  codes_beside (q, slot, i, &lo, &hi);
  memset (left, 1, lo + 1);
  s->node.rows[0] = q->p->edge[j][lo][1];
  s->node.rows[1] = q->p->edge[j][hi][0];
  bd_tree_part_codes (q, j, left, s);
}
