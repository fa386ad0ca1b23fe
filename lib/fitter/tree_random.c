/* One random threshold for each column tried.

   Reference: P. Geurts, D. Ernst, L. Wehenkel, "Extremely randomized trees",
   Machine Learning 63 (2006), table 1.  */
#include <config.h>

#include <math.h>

#include "tree.h"

#define LANES 4

/* x of the node's rows into TO, and the least and largest of them.  */
static void
range (const uint32_t *restrict rows, size_t count, const double *restrict x,
       size_t tda, double *restrict to, double *restrict least,
       double *restrict most)
{
  double lo = INFINITY, hi = -INFINITY;

  for (size_t i = 0; i < count; i++)
    {
      const double z = x[rows[i] * tda];

      to[i] = z;
      lo = z < lo ? z : lo;
      hi = z > hi ? z : hi;
    }
  *least = lo;
  *most = hi;
}

/* Sums of the rows below AT, without a branch that nobody can predict.  */
static tree_sum
below (const double *restrict x, const tree_sum *restrict near, size_t count,
       double at)
{
  tree_sum sum[LANES] = { { 0, 0 } };

  for (size_t i = 0; i < count; i += LANES)
    for (size_t l = 0; l < LANES; l++)
      {
        const double one = x[i + l] < at ? 1 : 0;

        sum[l].sum += one * near[i + l].sum;
        sum[l].weight += one * near[i + l].weight;
      }
  for (size_t l = 1; l < LANES; l++)
    {
      sum[0].sum += sum[l].sum;
      sum[0].weight += sum[l].weight;
    }
  return sum[0];
}

double
bd_tree_threshold (uint32_t word, double lo, double hi)
{
  double u = ((double)word + 0.5) * 0x1p-32;
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
  t->at = bd_tree_threshold (bd_tree_word (k), lo, hi);
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
  s->rows = 0;
  for (i = 0; i < q->a->rows; i++)
    {
      q->k->left[i] = bd_tree_x (q->p, rows[i], j) < s->node.at;
      s->rows += q->k->left[i];
    }
  bd_tree_part (q, s);
}
