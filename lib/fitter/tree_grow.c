/* Growing a tree without sorting in it: the columns come sorted from the plan
   and a stable partition keeps them so.  References in tree.c.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <math.h>

#include "../base/kernel.h"
#include "tree.h"

#define STACK 65 /* one node per level waits, and there are 64 levels */

void
bd_tree_leaf (tree_work *k, size_t i)
{
  k->node[i] = (tree_node){ INFINITY, 0, (uint32_t)i };
  k->gain[i] = 0;
}

/* Between two neighbouring values; above the lower one also when no double
   lies between them.  */
static double
threshold (double lo, double hi)
{
  double middle = 0.5 * lo + 0.5 * hi;

  return middle > lo ? middle : hi;
}

/* Centre the rows of LIST, which become node A, at their mean, SHIFT above
   the parent's.  Twice where rounding left something: it would grow from node
   to node as these get smaller.  True when they differ in the response.  */
static bool
settle (tree_work *k, const uint32_t *list, tree_task *a, double shift)
{
  bool differ;
  int pass = 0;

  do
    {
      tree_sum total = { 0, 0 };

      differ = false;
      for (size_t i = 0; i < a->rows; i++)
        {
          tree_sum *row = &k->row[list[i]];

          row->sum -= row->weight * shift;
          total.sum += row->sum;
          total.weight += row->weight;
          differ |= fabs (row->sum) > TREE_TINY * row->weight;
        }
      k->value[a->node] += shift;
      a->weight = total.weight;
      shift = total.sum / total.weight;
    }
  while (++pass < 2 && fabs (shift) > 0.1 * TREE_TINY);
  return differ;
}

static void
mark (tree_work *k, const uint32_t *list, size_t rows, unsigned char left)
{
  for (size_t i = 0; i < rows; i++)
    k->left[list[i]] = left;
}

/* Stable partition of LIST: left rows to TO, right rows to TO + LEFTS.  */
static inline void
part (const uint32_t *restrict list, size_t rows,
      const unsigned char *restrict left, size_t lefts, uint32_t *restrict to)
{
  size_t l = 0, r = lefts;

  for (size_t i = 0; i < rows; i++)
    {
      size_t is_left = left[list[i]];

      to[is_left ? l : r] = list[i];
      l += is_left;
      r += 1 - is_left;
    }
}

/* Only the rows of one side.  */
static inline void
keep (const uint32_t *restrict list, size_t rows,
      const unsigned char *restrict left, unsigned char side,
      uint32_t *restrict to)
{
  size_t kept = 0;

  for (size_t i = 0; i < rows; i++)
    {
      to[kept] = list[i];
      kept += left[list[i]] == side;
    }
}

/* Hand the lists of A down to the children that may be split.  A single one
   gets the front: `keep' writes one place further than it keeps.  */
BD_KERNEL static void
hand_down (const tree_plan *p, tree_work *k, const tree_task *a, size_t lefts,
           bool left_open, bool right_open)
{
  for (size_t j = 0; j < p->d; j++)
    {
      const uint32_t *list = bd_tree_list (p, k, a, j);
      uint32_t *to = k->list[!a->side] + j * p->n + a->first;

      if (left_open && right_open)
        part (list, a->rows, k->left, lefts, to);
      else
        keep (list, a->rows, k->left, left_open, to);
    }
}

static bool
may_split (const tree_plan *p, const tree_task *a)
{
  return a->rows > 1 && a->depth < p->depth && a->weight >= 2 * p->least;
}

/* The new node A with the rows of LIST; true when it may be split.  */
static bool
open_node (const tree_plan *p, tree_work *k, const uint32_t *list,
           tree_task *a, double shift)
{
  if (may_split (p, a))
    return settle (k, list, a, shift);
  k->value[a->node] += shift;
  return false;
}

/* Write the split S of A into the tree, with two leaves below.  */
static void
write_split (const tree_plan *p, tree_work *k, const tree_task *a,
             const tree_split *s)
{
  const uint32_t *list = bd_tree_list (p, k, a, s->feature);
  double lo = bd_tree_x (p, list[s->rows - 1], s->feature);
  double hi = bd_tree_x (p, list[s->rows], s->feature);

  k->node[a->node] = (tree_node){ threshold (lo, hi), (uint32_t)s->feature,
                                  (uint32_t)k->nodes };
  k->gain[a->node]
      = s->sum * s->sum * a->weight / (s->weight * (a->weight - s->weight));
  for (int side = 0; side < 2; side++)
    {
      k->value[k->nodes] = k->value[a->node];
      bd_tree_leaf (k, k->nodes++);
    }
}

/* Split A at S; the children that may be split go to the stack, whose new
   height is returned.  */
static size_t
divide (const tree_plan *p, tree_work *k, const tree_task *a,
        const tree_split *s, tree_task stack[], size_t height)
{
  const uint32_t *list = bd_tree_list (p, k, a, s->feature);
  tree_task l = *a, r;

  l.depth++;
  l.side = !a->side;
  r = l;
  l.rows = s->rows;
  l.weight = s->weight;
  l.node = (uint32_t)k->nodes;
  r.rows -= s->rows;
  r.weight -= s->weight;
  r.node = l.node + 1;
  write_split (p, k, a, s);
  bool l_open = open_node (p, k, list, &l, s->sum / l.weight);
  bool r_open = open_node (p, k, list + l.rows, &r, -s->sum / r.weight);
  if (l_open || r_open)
    {
      mark (k, list, l.rows, 1);
      mark (k, list + l.rows, r.rows, 0);
      hand_down (p, k, a, l.rows, l_open, r_open);
    }
  if (l_open)
    r.first += l.rows;
  if (r_open)
    stack[height++] = r;
  if (l_open)
    stack[height++] = l;
  return height;
}

/* The rows of positive weight as task.  */
static tree_task
root (const tree_plan *p, tree_work *k, const double w[])
{
  tree_task a = { 0 };

  for (size_t i = 0; i < p->n; i++)
    {
      k->left[i] = w[i] > 0;
      k->row[i].weight = k->left[i] ? w[i] : 0;
      k->row[i].sum = k->row[i].weight * p->r[i];
      a.rows += k->left[i];
      a.weight += k->row[i].weight;
    }
  k->value[0] = 0;
  k->nodes = 1;
  bd_tree_leaf (k, 0);
  return a;
}

/* The plan's lists without the rows of weight 0.  */
BD_KERNEL static void
filter (const tree_plan *p, tree_work *k)
{
  for (size_t j = 0; j < p->d; j++)
    keep (p->order + j * p->n, p->n, k->left, 1, k->list[0] + j * p->n);
}

/* Centre the root; true when it may be split.  */
static bool
open_root (const tree_plan *p, tree_work *k, tree_task *a)
{
  double sum = 0;

  for (size_t i = 0; i < p->n; i++)
    sum += k->row[i].sum;
  bool differ = settle (k, k->list[0], a, sum / a->weight);
  k->squares = 0;
  for (size_t i = 0; i < a->rows; i++)
    {
      const tree_sum *row = &k->row[k->list[0][i]];

      k->squares += row->sum * row->sum / row->weight;
    }
  return differ && may_split (p, a);
}

int
bd_tree_grow (const tree_plan *p, tree_work *k, const double w[])
{
  tree_task stack[STACK], a = root (p, k, w);
  tree_split s;
  size_t height = 0;

  if (a.rows == 0)
    GSL_ERROR ("no row has a positive weight", GSL_EINVAL);
  filter (p, k);
  if (open_root (p, k, &a))
    stack[height++] = a;
  while (height > 0)
    {
      a = stack[--height];
      if (bd_tree_find (p, k, &a, &s))
        height = divide (p, k, &a, &s, stack, height);
    }
  return GSL_SUCCESS;
}
