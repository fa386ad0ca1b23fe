/* One random threshold for each column tried.

   Reference: P. Geurts, D. Ernst, L. Wehenkel, "Extremely randomized trees",
   Machine Learning 63 (2006), table 1.  */
#include <config.h>

#include <math.h>
#include <string.h>

#include "../base/kernel.h"
#include "tree.h"

#define LANES 8

/* x of the node's rows into TO, and the least and largest of them.  */
BD_KERNEL static void
range (const uint32_t *restrict rows, size_t count, const double *restrict x,
       size_t tda, double *restrict to, double *restrict least,
       double *restrict most)
{
  double lo[LANES], hi[LANES];

  for (size_t l = 0; l < LANES; l++)
    lo[l] = hi[l] = x[rows[0] * tda];
  for (size_t i = 0; i < count; i++)
    to[i] = x[rows[i] * tda];
  for (size_t i = count; i % LANES; i++)
    to[i] = to[0];
  for (size_t i = 0; i < count; i += LANES)
    for (size_t l = 0; l < LANES; l++)
      {
        lo[l] = to[i + l] < lo[l] ? to[i + l] : lo[l];
        hi[l] = to[i + l] > hi[l] ? to[i + l] : hi[l];
      }
  for (size_t l = 1; l < LANES; l++)
    {
      lo[0] = lo[l] < lo[0] ? lo[l] : lo[0];
      hi[0] = hi[l] > hi[0] ? hi[l] : hi[0];
    }
  *least = lo[0];
  *most = hi[0];
}

/* Sums of the rows below AT.  The padding of NEAR has no weight.  */
BD_KERNEL static tree_sum
below (const double *restrict x, const tree_sum *restrict near, size_t count,
       double at)
{
  double sum[LANES] = { 0 }, weight[LANES] = { 0 };

  for (size_t i = 0; i < count; i += LANES)
    for (size_t l = 0; l < LANES; l++)
      {
        sum[l] += x[i + l] < at ? near[i + l].sum : 0;
        weight[l] += x[i + l] < at ? near[i + l].weight : 0;
      }
  for (size_t l = 1; l < LANES; l++)
    {
      sum[0] += sum[l];
      weight[0] += weight[l];
    }
  return (tree_sum){ sum[0], weight[0] };
}

/* Above LO and at most HI.  */
static double
draw_threshold (tree_work *k, double lo, double hi)
{
  double u = ((double)bd_tree_word (k) + 0.5) * 0x1p-32;
  double at = lo * (1 - u) + hi * u;

  return at > lo && at < hi ? at : hi;
}

void
bd_tree_try_random (tree_search *q, size_t slot)
{
  const uint32_t *rows = bd_tree_rows (q->p, q->k, q->a);
  tree_work *k = q->k;
  tree_try *t = &k->tried[slot];
  tree_sum *c = bd_tree_room (q, 1);
  double lo, hi;

  t->start = (double)(q->before + q->fill);
  bd_tree_bring_near (q);
  range (rows, q->a->rows, q->p->X->data + k->column[slot], q->p->X->tda,
         k->near_x, &lo, &hi);
  t->at = draw_threshold (k, lo, hi);
  if (lo < hi)
    {
      *c = below (k->near_x, k->near, q->a->rows, t->at);
      q->fill++;
    }
}

void
bd_tree_cut_random (tree_search *q, size_t slot, size_t i, tree_split *s)
{
  const uint32_t *rows = bd_tree_rows (q->p, q->k, q->a);
  const size_t j = q->k->column[slot];

  (void)i;
  s->node.at = q->k->tried[slot].at;
  for (i = 0; i < q->a->rows; i++)
    q->k->left[rows[i]] = bd_tree_x (q->p, rows[i], j) < s->node.at;
  bd_tree_part_rows (q, s);
}
