/* Growing a tree.  Where it needs its columns sorted they come so from the
   plan, and a stable partition keeps them so.  References in tree.c.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <math.h>
#include <string.h>

#include "../base/kernel.h"
#include "tree.h"

#define STACK 65 /* one node per level waits, and there are 64 levels */

void
bd_tree_leaf (tree_work *k, size_t i)
{
  k->node[i].at = INFINITY;
  k->node[i].feature = 0;
  k->node[i].child = (uint32_t)i;
  k->gain[i] = 0;
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

/* Hand the lists of A down to the children that get them.  A single one gets
   the front: `keep' writes one place further than it keeps.  */
BD_KERNEL static void
hand_down (const tree_plan *p, tree_work *k, const tree_task *a, size_t lefts,
           bool to_left, bool to_right)
{
  for (size_t l = 0; l < p->lists; l++)
    {
      const size_t j = p->listed[l];
      const uint32_t *list = bd_tree_list (p, k, a, j);
      uint32_t *to = k->list[!a->side] + j * p->n + a->first;

      if (to_left && to_right)
        part (list, a->rows, k->left, lefts, to);
      else
        keep (list, a->rows, k->left, to_left, to);
    }
}

static bool
may_split (const tree_plan *p, const tree_task *a)
{
  return a->rows > 1 && a->depth < p->depth && a->weight >= 2 * p->least;
}

/* How A is to be searched.  Where that changes what is found, with bins, its
   weight counts too: a row written out twice must change nothing.  */
static void
size_up (const tree_plan *p, tree_task *a)
{
  a->few = a->rows <= TREE_FEW && !(p->bins && a->weight > TREE_FEW);
  a->one = a->few ? !p->few_lists : !p->many_lists;
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
write_split (tree_work *k, const tree_task *a, const tree_split *s)
{
  k->node[a->node] = s->node;
  k->node[a->node].child = (uint32_t)k->nodes;
  k->gain[a->node]
      = s->sum * s->sum * a->weight / (s->weight * (a->weight - s->weight));
  for (int side = 0; side < 2; side++)
    {
      k->value[k->nodes] = k->value[a->node];
      bd_tree_leaf (k, k->nodes++);
    }
}

/* Give the child C of A, which is to be split and stands in LIST, its rows
   alone.  */
static void
hand_rows (const tree_plan *p, tree_work *k, const tree_task *c,
           const uint32_t *list)
{
  uint32_t *to = k->list[c->side] + p->listed[0] * p->n + c->first;

  if (to != list)
    memcpy (to, list, c->rows * sizeof *to);
}

/* Give the node C, with few rows, lists of its ROWS.  */
static void
make_lists (const tree_plan *p, tree_work *k, const tree_task *c,
            const uint32_t *rows)
{
  uint32_t few[TREE_FEW];

  memcpy (few, rows, c->rows * sizeof *few);
  for (size_t l = 0; l < p->lists; l++)
    bd_tree_sort (p, few, c->rows, p->listed[l],
                  k->list[c->side] + p->listed[l] * p->n + c->first);
}

/* Give the child C of A, which stands in LIST, what `hand_down' did not.  */
static void
hand_rest (const tree_plan *p, tree_work *k, const tree_task *a,
           const tree_task *c, const uint32_t *list)
{
  if (c->one)
    hand_rows (p, k, c, list);
  else if (a->one)
    make_lists (p, k, c, list);
}

/* Give the children L and R of A their lists.  */
static void
hand_over (const tree_plan *p, tree_work *k, const tree_task *a,
           const tree_split *s, tree_task *l, tree_task *r, bool l_open,
           bool r_open)
{
  bool to_left = l_open && !a->one && !l->one,
       to_right = r_open && !a->one && !r->one;

  if (to_left || to_right)
    {
      mark (k, s->list, l->rows, 1);
      mark (k, s->list + l->rows, r->rows, 0);
      hand_down (p, k, a, l->rows, to_left, to_right);
    }
  if (to_right && !to_left)
    l->first += r->rows;
  else
    r->first += l->rows;
  if (l_open)
    hand_rest (p, k, a, l, s->list);
  if (r_open)
    hand_rest (p, k, a, r, s->list + l->rows);
}

/* Split A at S; the children that may be split go to the stack, whose new
   height is returned.  */
static size_t
divide (const tree_plan *p, tree_work *k, const tree_task *a,
        const tree_split *s, tree_task stack[], size_t height)
{
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
  size_up (p, &l);
  size_up (p, &r);
  write_split (k, a, s);
  k->weight[l.node] = l.weight;
  k->weight[r.node] = r.weight;
  bool l_open = open_node (p, k, s->list, &l, s->sum / l.weight);
  bool r_open = open_node (p, k, s->list + l.rows, &r, -s->sum / r.weight);
  hand_over (p, k, a, s, &l, &r, l_open, r_open);
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
  size_up (p, &a);
  k->value[0] = 0;
  k->weight[0] = a.weight;
  k->nodes = 1;
  bd_tree_leaf (k, 0);
  return a;
}

/* The plan's lists, or a list of rows, without the rows of weight 0, for the
   root A.  */
BD_KERNEL static void
filter (const tree_plan *p, tree_work *k, const tree_task *a)
{
  uint32_t *to = k->list[0] + p->listed[0] * p->n;
  size_t kept = 0;

  if (a->one || p->bins)
    for (size_t i = 0; i < p->n; i++)
      {
        to[kept] = (uint32_t)i;
        kept += k->left[i];
      }
  else
    for (size_t l = 0; l < p->lists; l++)
      {
        const size_t from = p->listed[l] * p->n;

        keep (p->order + from, p->n, k->left, 1, k->list[0] + from);
      }
}

/* Centre the root; true when it may be split.  */
static bool
open_root (const tree_plan *p, tree_work *k, tree_task *a)
{
  double sum = 0;

  for (size_t i = 0; i < p->n; i++)
    sum += k->row[i].sum;
  const uint32_t *rows = bd_tree_rows (p, k, a);
  bool differ = settle (k, rows, a, sum / a->weight);
  k->squares = 0;
  for (size_t i = 0; i < a->rows; i++)
    {
      const tree_sum *row = &k->row[rows[i]];

      k->squares += row->sum * row->sum / row->weight;
    }
  if (!a->one && p->bins)
    make_lists (p, k, a, rows);
  return differ && may_split (p, a);
}

/* The columns in their order, or in one order for the whole tree.  */
static void
start_columns (const tree_plan *p, tree_work *k, gsl_rng *r)
{
  bd_tree_start_draws (k, r);
  for (size_t j = 0; j < p->d; j++)
    k->column[j] = (uint32_t)j;
  if (!p->redraw)
    bd_tree_draw_columns (p, k, 0, p->d);
}

/* The thresholds that wait.  All together: one alone waits for memory.  */
static void
fill_thresholds (const tree_plan *p, tree_work *k)
{
  for (size_t i = 0; i < k->nodes; i++)
    {
      tree_node *a = &k->node[i];

      if (a->child != i && !(a->feature & TREE_BY_LEVEL))
        a->at = bd_tree_between (bd_tree_x (p, a->rows[0], a->feature),
                                 bd_tree_x (p, a->rows[1], a->feature));
    }
}

int
bd_tree_grow (const tree_plan *p, tree_work *k, const double w[], gsl_rng *r)
{
  tree_task stack[STACK], a = root (p, k, w);
  tree_split s;
  size_t height = 0;

  if (a.rows == 0)
    GSL_ERROR ("no row has a positive weight", GSL_EINVAL);
  start_columns (p, k, r);
  filter (p, k, &a);
  if (open_root (p, k, &a))
    stack[height++] = a;
  while (height > 0)
    {
      a = stack[--height];
      if (bd_tree_find (p, k, &a, &s))
        height = divide (p, k, &a, &s, stack, height);
    }
  if (!p->random)
    fill_thresholds (p, k);
  return GSL_SUCCESS;
}
