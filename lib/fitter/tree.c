/* Regression tree, CART by least squares, and what turns bagged trees into a
   random forest.

   References: L. Breiman, J. H. Friedman, R. A. Olshen, C. J. Stone,
   Classification and Regression Trees (1984), sections 8.3 and 8.4; M. Mehta,
   R. Agrawal, J. Rissanen, "SLIQ", EDBT 1996 (columns sorted once, before
   the first split); L. Breiman, "Random forests", Machine Learning 45 (2001)
   (mtry); P. Geurts, D. Ernst, L. Wehenkel, "Extremely randomized trees",
   Machine Learning 63 (2006) (split=random).

   A node is split while its weight is at least 2 min_leaf, at the place with
   the largest decrease of the sum of squares among those that leave min_leaf
   on both sides.  With mtry, the node draws that many columns and, when none
   of them offers a split, one more after the other until one does.

   With bins, a node whose weight is above 64 is split between bins only;
   smaller ones, where that would not be faster, at any threshold.

   Of splits that are equally good but for rounding, the first column in the
   order of trial counts, and in it the lowest threshold: two rows are always
   parted by the first column in which they differ.  That order is random, one
   for each tree, or with mtry one for each node, so that the order of the
   columns in the table tells nothing.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "fitter.h"
#include "tree.h"

static const bd_knob knobs[] = {
  [TREE_KNOB_MIN_LEAF] = { "min_leaf", 5, 1, 1e9, true,
                           "least total weight of the rows in a leaf", NULL },
  [TREE_KNOB_DEPTH]
  = { "depth", 64, 1, 64, true, "most splits above a leaf", NULL },
  [TREE_KNOB_CP] = { "cp", 0, 0, 1, false,
                     "splits that lower the root's sum of squares by at most "
                     "this fraction per leaf are removed; 0: none",
                     NULL },
  [TREE_KNOB_MTRY] = { "mtry", 0, 0, 1e9, true,
                       "columns drawn at random for each split (a random "
                       "forest; a third of them is usual); 0: all",
                       NULL },
  [TREE_KNOB_SPLIT] = { "split", 0, 0, 0, false,
                        "best: at the best threshold of each column; random: "
                        "at one drawn between its least and largest value in "
                        "the node (extra-trees)",
                        "best" },
  [TREE_KNOB_BINS]
  = { "bins", 0, 0, TREE_BINS, true,
      "bins of each column (8 to 256) between which splits are sought in "
      "nodes of more than 64 rows; 0: splits are sought everywhere",
      NULL },
  { 0 }
};

/* Plan  */

static void *
tree_plan_alloc (const bd_settings *set, const gsl_matrix *X,
                 const gsl_vector *y, const gsl_matrix *P, bd_error *err)
{
  return bd_tree_plan (set, X, y, P, err);
}

static void
tree_free_plan (void *plan)
{
  bd_tree_free_plan (plan);
}

/* Work space  */

void
bd_tree_free_work (tree_work *k)
{
  if (!k)
    return;
  free (k->row);
  free (k->left);
  free (k->list[0]);
  free (k->list[1]);
  free (k->parted);
  free (k->few);
  free (k->near);
  free (k->near_x);
  free (k->bin);
  free (k->batch);
  free (k->tried);
  free (k->column);
  free (k->node);
  free (k->value);
  free (k->weight);
  free (k->gain);
  free (k);
}

/* What the search of a node needs.  */
static bool
search_memory (const tree_plan *p, tree_work *k)
{
  k->parted = calloc (p->n, sizeof *k->parted);
  k->few = calloc (p->d, TREE_FEW * sizeof *k->few);
  k->near = calloc (p->n + TREE_LANES, sizeof *k->near);
  k->near_x = calloc (p->n + TREE_LANES, sizeof *k->near_x);
  k->bin = calloc (TREE_GROUP, sizeof *k->bin);
  k->batch = calloc (TREE_BATCH, sizeof *k->batch);
  k->tried = calloc (p->d, sizeof *k->tried);
  k->column = calloc (p->d, sizeof *k->column);
  return k->parted && k->few && k->near && k->near_x && k->bin && k->batch
         && k->tried && k->column;
}

tree_work *
bd_tree_work (const tree_plan *p)
{
  tree_work *k = calloc (1, sizeof *k);

  if (!k)
    goto fail;
  k->row = calloc (p->n, sizeof *k->row);
  k->left = calloc (p->n, sizeof *k->left);
  for (int side = 0; side < 2; side++)
    k->list[side] = calloc (p->n, p->d * sizeof *k->list[side]);
  k->node = calloc (p->n, 2 * sizeof *k->node);
  k->value = calloc (p->n, 2 * sizeof *k->value);
  k->weight = calloc (p->n, 2 * sizeof *k->weight);
  k->gain = calloc (p->n, 2 * sizeof *k->gain);
  if (k->row && k->left && k->list[0] && k->list[1] && k->node && k->value
      && k->weight && k->gain && search_memory (p, k))
    return k;

fail:
  bd_tree_free_work (k);
  GSL_ERROR_NULL ("not enough memory for a tree", GSL_ENOMEM);
}

static void *
tree_work_alloc (const void *plan)
{
  return bd_tree_work (plan);
}

static void
tree_free_work (void *work)
{
  bd_tree_free_work (work);
}

/* Fit  */

int
bd_tree_fit (const tree_plan *p, tree_work *k, const double w[], gsl_rng *r)
{
  int code = bd_tree_grow (p, k, w, r);

  if (code == GSL_SUCCESS && p->cp > 0)
    bd_tree_prune (p, k);
  return code;
}

static int
tree_fit (const void *plan, void *work, const double w[], gsl_rng *r)
{
  return bd_tree_fit (plan, work, w, r);
}

/* Predict  */

/* Whether x goes to the right of A.  */
static inline uint32_t
goes_right (const tree_node *a, const double *x, bool by_level)
{
  if (by_level && a->feature & TREE_BY_LEVEL)
    return ~a->levels >> (unsigned)x[a->feature ^ TREE_BY_LEVEL] & 1;
  return x[a->feature] < a->at ? 0U : 1U;
}

/* Walk COUNT <= TREE_IN_FLIGHT points x (rows of TDA numbers) down together:
   one walk alone waits for memory at each node.  */
static inline void
walk (const tree_node node[], const double *x, size_t tda, size_t count,
      bool by_level, uint32_t at[])
{
  uint32_t moved;

  for (size_t i = 0; i < count; i++)
    at[i] = 0;
  do
    {
      moved = 0;
      for (size_t i = 0; i < count; i++)
        {
          const tree_node *a = &node[at[i]];
          uint32_t next = a->child + goes_right (a, x + i * tda, by_level);

          moved |= next ^ at[i];
          at[i] = next;
        }
    }
  while (moved);
}

void
bd_tree_reach (const tree_plan *p, const tree_work *k, size_t first,
               size_t count, uint32_t leaf[])
{
  const double *x = gsl_matrix_const_ptr (p->P, first, 0);

  if (p->by_level)
    walk (k->node, x, p->P->tda, count, true, leaf);
  else if (count == TREE_IN_FLIGHT)
    walk (k->node, x, p->P->tda, TREE_IN_FLIGHT, false, leaf);
  else
    walk (k->node, x, p->P->tda, count, false, leaf);
}

static int
tree_predict (const void *plan, void *work, double t[])
{
  const tree_plan *p = plan;
  const tree_work *k = work;
  uint32_t at[TREE_IN_FLIGHT];

  for (size_t i = 0; i < p->m; i += TREE_IN_FLIGHT)
    {
      size_t count = GSL_MIN (p->m - i, TREE_IN_FLIGHT);

      bd_tree_reach (p, k, i, count, at);
      for (size_t l = 0; l < count; l++)
        t[i + l] = bd_tree_mean (p, k, at[l]);
    }
  return GSL_SUCCESS;
}

/* Type  */

const bd_fitter_type bd_fitter_tree = {
  .name = "tree",
  .title = "regression tree",
  .help = "piecewise constant, split by split where the sum of squares falls "
          "most (CART)",
  .knobs = knobs,
  .resample = "bootstrap",
  .categories = true,
  .plan = tree_plan_alloc,
  .free_plan = tree_free_plan,
  .work = tree_work_alloc,
  .free_work = tree_free_work,
  .fit = tree_fit,
  .predict = tree_predict,
  .classes = &bd_fitter_class_tree,
};
