/* Every threshold of a column, from the node's list of it or, in a small node,
   from its rows sorted here.  */
#include <config.h>

#include <string.h>

#include "../base/kernel.h"
#include "tree.h"

#define LANES 16

/* ROWS by their KEYS, all different, into TO.  A row's rank is the number of
   keys below its own: comparing all with all needs no branch, and sixteen
   comparisons go at a time.  */
BD_KERNEL static void
sort_few (const uint32_t *restrict rows, size_t count, int32_t *restrict key,
          uint32_t *restrict to)
{
  const size_t full = (count + LANES - 1) / LANES * LANES;

  for (size_t i = count; i < full; i++)
    key[i] = INT32_MAX;
  for (size_t i = 0; i < count; i++)
    {
      const int32_t mine = key[i];
      int32_t rank = 0;

      for (size_t other = 0; other < full; other++)
        rank += key[other] < mine;
      to[rank] = rows[i];
    }
}

void
bd_tree_sort (const tree_plan *p, const uint32_t rows[], size_t count,
              size_t j, uint32_t to[])
{
  int32_t key[TREE_FEW];

  for (size_t i = 0; i < count; i++)
    key[i] = (int32_t)p->place[rows[i] * p->d + j];
  sort_few (rows, count, key, to);
}

/* Running sums over COUNT rows of LIST, after CARRY, into C.  */
BD_INLINE tree_sum
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
strike_ties (const tree_plan *p, const uint32_t *restrict list, size_t count,
             size_t j, tree_sum *restrict c)
{
  if (p->tied[j])
    for (size_t i = 0; i < count; i++)
      if (!bd_tree_differ (p, list[i], list[i + 1], j))
        c[i].sum = 0;
}

/* The list of the column in SLOT, made where the node has none.  */
static const uint32_t *
list_of (tree_search *q, size_t slot)
{
  const size_t j = q->k->column[slot];
  uint32_t *few = q->k->few + slot * TREE_FEW;

  if (!q->a->one)
    return bd_tree_list (q->p, q->k, q->a, j);
  bd_tree_sort (q->p, bd_tree_rows (q->p, q->k, q->a), q->a->rows, j, few);
  return few;
}

void
bd_tree_try_sorted (tree_search *q, size_t slot)
{
  const size_t j = q->k->column[slot], each = q->a->rows - 1;
  const uint32_t *list = list_of (q, slot);
  tree_sum carry = { 0, 0 };

  for (size_t i = 0, take; i < each; i += take)
    {
      tree_sum *c = bd_tree_room (q, 1);

      if (i == 0)
        q->k->tried[slot].start = (double)(q->before + q->fill);
      take = TREE_BATCH - q->fill < each - i ? TREE_BATCH - q->fill : each - i;
      carry = add_up (list + i, take, q->k->row, carry, c);
      strike_ties (q->p, list + i, take, j, c);
      q->fill += take;
    }
}

void
bd_tree_cut_sorted (tree_search *q, size_t slot, size_t i, tree_split *s)
{
  const size_t j = q->k->column[slot];

  s->rows = i + 1;
  s->list = q->a->one ? q->k->few + slot * TREE_FEW
                      : bd_tree_list (q->p, q->k, q->a, j);
  s->node.rows[0] = s->list[i];
  s->node.rows[1] = s->list[i + 1];
  if (q->a->one)
    s->list = memcpy (bd_tree_parted (q->p, q->k, q->a), s->list,
                      q->a->rows * sizeof *s->list);
}
