/* Regression tree, CART by least squares.

   References: L. Breiman, J. H. Friedman, R. A. Olshen, C. J. Stone,
   Classification and Regression Trees (1984), sections 8.3 and 8.4; M. Mehta,
   R. Agrawal, J. Rissanen, "SLIQ", EDBT 1996 (columns sorted once, before
   the first split).

   A node is split while its weight is at least 2 min_leaf, at the place with
   the largest decrease of the sum of squares among those that leave min_leaf
   on both sides.  Of splits that are equally good but for rounding, the one
   on the first column counts, and in it the one at the lowest threshold: two
   rows are always parted by the first column in which they differ.  With
   min_leaf=1 the order of the columns therefore shows in the error.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <math.h>
#include <stdlib.h>

#include "finite.h"
#include "fitter.h"
#include "tree.h"

#define IN_FLIGHT 8 /* points walked down a tree side by side */

enum
{
  MIN_LEAF,
  DEPTH,
  CP
};

static const bd_knob knobs[]
    = { [MIN_LEAF] = { "min_leaf", 5, 1, 1e9, true,
                       "least total weight of the rows in a leaf", NULL },
        [DEPTH]
        = { "depth", 64, 1, 64, true, "most splits above a leaf", NULL },
        [CP] = { "cp", 0, 0, 1, false,
                 "splits that lower the root's sum of squares by at most "
                 "this fraction per leaf are removed; 0: none",
                 NULL },
        { 0 } };

/* Plan  */

static void
tree_free_plan (void *plan)
{
  tree_plan *p = plan;

  if (!p)
    return;
  free (p->r);
  free (p->order);
  free (p->rank);
  free (p->tied);
  free (p);
}

/* Multiply x by a power of two, so that nothing is rounded, to bring the
   largest magnitude to [1, 2); returns the inverse of that power.  */
static double
normalise (double x[], size_t n)
{
  double most = 0;
  int power;

  for (size_t i = 0; i < n; i++)
    most = GSL_MAX_DBL (most, fabs (x[i]));
  frexp (most, &power);
  power--;
  for (size_t i = 0; i < n; i++)
    x[i] = ldexp (x[i], -power);
  return ldexp (1, power);
}

static void
plan_response (tree_plan *p, const gsl_vector *y)
{
  double *r = p->r;

  for (size_t i = 0; i < p->n; i++)
    r[i] = gsl_vector_get (y, i);
  p->unit = normalise (r, p->n);
  for (size_t i = 0; i < p->n; i++)
    p->centre += (r[i] - p->centre) / (double)(i + 1);
  for (size_t i = 0; i < p->n; i++)
    r[i] -= p->centre;
  p->spread = normalise (r, p->n);
}

static bool
plan_column (tree_plan *p, size_t j)
{
  const double *x = gsl_matrix_const_ptr (p->X, 0, j);
  const size_t tda = p->X->tda;
  uint32_t *order = p->order + j * p->n, *rank = p->rank + j * p->n;

  if (!bd_tree_order (x, tda, p->n, order))
    return false;
  for (size_t i = 1; i < p->n && !p->tied[j]; i++)
    p->tied[j] = !(x[order[i - 1] * tda] < x[order[i] * tda]);
  if (p->tied[j])
    for (size_t i = 1; i < p->n; i++)
      rank[order[i]]
          = rank[order[i - 1]] + (x[order[i - 1] * tda] < x[order[i] * tda]);
  return true;
}

static void *
tree_plan_alloc (const bd_settings *set, const gsl_matrix *X,
                 const gsl_vector *y, const gsl_matrix *P, bd_error *err)
{
  const size_t n = X->size1, d = X->size2;

  if (bd_fitter_check ("a tree", X, y, P, err))
    return NULL;
  tree_plan *p = calloc (1, sizeof *p);
  if (!p)
    goto fail;
  *p = (tree_plan){ .n = n, .d = d, .m = P->size1, .X = X, .P = P };
  p->least = set->value[MIN_LEAF] * (1 - 1e-10);
  p->cp = set->value[CP];
  p->depth = (unsigned)set->value[DEPTH];
  p->r = calloc (n, sizeof *p->r);
  p->order = calloc (n, d * sizeof *p->order);
  p->rank = calloc (n, d * sizeof *p->rank);
  p->tied = calloc (d, sizeof *p->tied);
  if (!p->r || !p->order || !p->rank || !p->tied)
    goto fail;
  plan_response (p, y);
  for (size_t j = 0; j < d; j++)
    if (!plan_column (p, j))
      goto fail;
  return p;

fail:
  tree_free_plan (p);
  BD_FAIL (err, GSL_ENOMEM, "not enough memory for a tree of %zu rows", n);
  return NULL;
}

/* Work space  */

static void
tree_free_work (void *work)
{
  tree_work *k = work;

  if (!k)
    return;
  free (k->row);
  free (k->left);
  free (k->list[0]);
  free (k->list[1]);
  free (k->batch);
  free (k->node);
  free (k->value);
  free (k->gain);
  free (k);
}

static void *
tree_work_alloc (const void *plan)
{
  const tree_plan *p = plan;
  tree_work *k = calloc (1, sizeof *k);

  if (!k)
    goto fail;
  k->row = calloc (p->n, sizeof *k->row);
  k->left = calloc (p->n, sizeof *k->left);
  for (int side = 0; side < 2; side++)
    k->list[side] = calloc (p->n, p->d * sizeof *k->list[side]);
  k->batch = calloc (TREE_BATCH, sizeof *k->batch);
  k->node = calloc (p->n, 2 * sizeof *k->node);
  k->value = calloc (p->n, 2 * sizeof *k->value);
  k->gain = calloc (p->n, 2 * sizeof *k->gain);
  if (k->row && k->left && k->list[0] && k->list[1] && k->batch && k->node
      && k->value && k->gain)
    return k;

fail:
  tree_free_work (k);
  GSL_ERROR_NULL ("not enough memory for a tree", GSL_ENOMEM);
}

/* Fit  */

static int
tree_fit (const void *plan, void *work, const double w[], gsl_rng *r)
{
  const tree_plan *p = plan;

  (void)r;
  int code = bd_tree_grow (p, work, w);
  if (code == GSL_SUCCESS && p->cp > 0)
    bd_tree_prune (p, work);
  return code;
}

/* Predict  */

/* Walk COUNT <= IN_FLIGHT points x (rows of TDA numbers) down together: one
   walk alone waits for memory at each node.  */
static void
walk (const tree_node node[], const double *x, size_t tda, size_t count,
      uint32_t at[])
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
          uint32_t next = a->child + (x[i * tda + a->feature] < a->at ? 0 : 1);

          moved |= next ^ at[i];
          at[i] = next;
        }
    }
  while (moved);
}

static int
tree_predict (const void *plan, void *work, double t[])
{
  const tree_plan *p = plan;
  const tree_work *k = work;
  uint32_t at[IN_FLIGHT];

  for (size_t i = 0; i < p->m; i += IN_FLIGHT)
    {
      size_t count = GSL_MIN (p->m - i, IN_FLIGHT);
      const double *x = gsl_matrix_const_ptr (p->P, i, 0);

      if (count == IN_FLIGHT)
        walk (k->node, x, p->P->tda, IN_FLIGHT, at);
      else
        walk (k->node, x, p->P->tda, count, at);
      for (size_t l = 0; l < count; l++)
        t[i + l] = p->unit * (p->centre + p->spread * k->value[at[l]]);
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
  .plan = tree_plan_alloc,
  .free_plan = tree_free_plan,
  .work = tree_work_alloc,
  .free_work = tree_free_work,
  .fit = tree_fit,
  .predict = tree_predict,
};
