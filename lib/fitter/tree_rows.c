/* The rows of a node that has no other list: brought together, and parted.  */
#include <config.h>

#include "tree.h"

void
bd_tree_bring_near (tree_search *q)
{
  const uint32_t *rows = bd_tree_rows (q->p, q->k, q->a);
  tree_sum *near = q->k->near;

  if (q->near)
    return;
  for (size_t i = 0; i < q->a->rows; i++)
    near[i] = q->k->row[rows[i]];
  for (size_t i = q->a->rows; i % TREE_LANES; i++)
    near[i] = (tree_sum){ 0, 0 };
  q->near = true;
}

/* Stable: left rows first.  */
void
bd_tree_part (tree_search *q, tree_split *s)
{
  const uint32_t *rows = bd_tree_rows (q->p, q->k, q->a);
  const unsigned char *left = q->k->left;
  uint32_t *to = q->a->one ? bd_tree_parted (q->p, q->k, q->a) : q->k->parted;

  s->list = to;
  for (size_t i = 0, l = 0, r = s->rows; i < q->a->rows; i++)
    {
      size_t is_left = left[i];

      to[is_left ? l : r] = rows[i];
      l += is_left;
      r += 1 - is_left;
    }
}

void
bd_tree_part_codes (tree_search *q, size_t j, const unsigned char left[],
                    tree_split *s)
{
  const uint32_t *rows = bd_tree_rows (q->p, q->k, q->a);
  const unsigned char *code = q->p->code + j;
  const size_t d = q->p->d;

  s->rows = 0;
  for (size_t i = 0; i < q->a->rows; i++)
    {
      unsigned char is_left = left[code[rows[i] * d]];

      q->k->left[i] = is_left;
      s->rows += is_left;
    }
  bd_tree_part (q, s);
}
