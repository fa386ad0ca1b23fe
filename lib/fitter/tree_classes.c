/* Classification tree: the regression tree of the indicator of a class.

   References: L. Breiman, J. H. Friedman, R. A. Olshen, C. J. Stone,
   Classification and Regression Trees (1984), section 4.2; F. Provost,
   P. Domingos, "Tree induction for probability-based ranking", Machine
   Learning 52 (2003) (leaves with Laplace's correction).

   Of two classes the decrease of the sum of squares of the 0/1 indicator is
   that of Gini's index, and pruning by cp is pruning by Gini's index.  Of more
   there is one tree for each class against the others, whose leaves are
   divided by their sum.  Every one of them begins with the same random
   numbers, so that the names of classes tell nothing.

   A leaf of weight W in which a class has the weight S says (S + 1) / (W + K)
   of it, K the number of classes: no class is impossible because a few rows
   lack it.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/rng.h"
#include "fitter.h"
#include "tree.h"

size_t
bd_class_places (size_t classes)
{
  return classes == 2 ? 1 : classes;
}

typedef struct
{
  size_t classes, trees, m;
  gsl_vector **y;   /* trees: the indicator of each class */
  tree_plan **tree; /* of the second of two classes, or of each */
} class_plan;

typedef struct
{
  size_t trees;
  tree_work **tree;
  gsl_rng *start;
} class_work;

/* Plan  */

static void
class_free_plan (void *plan)
{
  class_plan *a = plan;

  if (!a)
    return;
  for (size_t c = 0; c < a->trees; c++)
    {
      if (a->tree)
        bd_tree_free_plan (a->tree[c]);
      if (a->y)
        gsl_vector_free (a->y[c]);
    }
  free (a->tree);
  free (a->y);
  free (a);
}

/* Tree C, that of class C or, of two, of the second.  */
static bool
plan_tree (class_plan *a, size_t c, const bd_settings *set,
           const gsl_matrix *X, const gsl_vector *y, const gsl_matrix *P,
           bd_error *err)
{
  double class = (double)(a->trees == 1 ? 1 : c);

  a->y[c] = gsl_vector_alloc (y->size);
  if (!a->y[c])
    {
      BD_FAIL (err, GSL_ENOMEM, "not enough memory for a tree of %zu rows",
               y->size);
      return false;
    }
  for (size_t i = 0; i < y->size; i++)
    gsl_vector_set (a->y[c], i, gsl_vector_get (y, i) == class);
  a->tree[c] = bd_tree_plan (set, X, a->y[c], P, err);
  return a->tree[c];
}

static void *
class_plan_alloc (const bd_settings *set, const gsl_matrix *X,
                  const gsl_vector *y, const gsl_matrix *P, bd_error *err)
{
  class_plan *a = calloc (1, sizeof *a);
  bool good = a;

  if (a)
    {
      a->classes = set->classes;
      a->m = P->size1;
      a->trees = bd_class_places (set->classes);
      a->y = calloc (a->trees, sizeof (gsl_vector *));
      a->tree = calloc (a->trees, sizeof (tree_plan *));
      good = a->y && a->tree;
    }
  if (!good)
    BD_FAIL (err, GSL_ENOMEM, "not enough memory for %zu trees",
             bd_class_places (set->classes));
  for (size_t c = 0; good && c < a->trees; c++)
    good = plan_tree (a, c, set, X, y, P, err);
  if (good)
    return a;
  class_free_plan (a);
  return NULL;
}

/* Work space  */

static void
class_free_work (void *work)
{
  class_work *k = work;

  if (!k)
    return;
  for (size_t c = 0; k->tree && c < k->trees; c++)
    bd_tree_free_work (k->tree[c]);
  free (k->tree);
  gsl_rng_free (k->start);
  free (k);
}

static void *
class_work_alloc (const void *plan)
{
  const class_plan *a = plan;
  class_work *k = calloc (1, sizeof *k);

  if (!k)
    GSL_ERROR_NULL ("not enough memory for a tree", GSL_ENOMEM);
  k->trees = a->trees;
  k->tree = calloc (k->trees, sizeof (tree_work *));
  k->start = gsl_rng_alloc (bd_rng_philox);
  bool good = k->tree && k->start;
  for (size_t c = 0; good && c < k->trees; c++)
    good = (k->tree[c] = bd_tree_work (a->tree[c]));
  if (good)
    return k;
  class_free_work (k);
  return NULL;
}

/* Fit  */

static int
class_fit (const void *plan, void *work, const double w[], gsl_rng *r)
{
  const class_plan *a = plan;
  class_work *k = work;
  int code = gsl_rng_memcpy (k->start, r);

  for (size_t c = 0; !code && c < a->trees; c++)
    {
      if (c > 0)
        code = gsl_rng_memcpy (r, k->start);
      if (!code)
        code = bd_tree_fit (a->tree[c], k->tree[c], w, r);
    }
  return code;
}

/* Predict  */

/* What a leaf of tree C says of its class.  */
static double
chance (const class_plan *a, const class_work *k, size_t c, size_t leaf)
{
  double share = bd_tree_mean (a->tree[c], k->tree[c], leaf);
  double W = k->tree[c]->weight[leaf];

  share = GSL_MAX_DBL (0, GSL_MIN_DBL (1, share));
  return (share * W + 1) / (W + (double)a->classes);
}

/* The COUNT points from FIRST on.  */
static void
predict_some (const class_plan *a, const class_work *k, size_t first,
              size_t count, double t[])
{
  uint32_t leaf[TREE_IN_FLIGHT];
  double sum[TREE_IN_FLIGHT] = { 0 };

  for (size_t c = 0; c < a->trees; c++)
    {
      bd_tree_reach (a->tree[c], k->tree[c], first, count, leaf);
      for (size_t l = 0; l < count; l++)
        sum[l] += t[l * a->trees + c] = chance (a, k, c, leaf[l]);
    }
  for (size_t l = 0; a->trees > 1 && l < count; l++)
    for (size_t c = 0; c < a->trees; c++)
      t[l * a->trees + c] /= sum[l];
}

static int
class_predict (const void *plan, void *work, double t[])
{
  const class_plan *a = plan;

  for (size_t i = 0; i < a->m; i += TREE_IN_FLIGHT)
    predict_some (a, work, i, GSL_MIN (a->m - i, TREE_IN_FLIGHT),
                  t + i * a->trees);
  return GSL_SUCCESS;
}

/* Type  */

const bd_fitter_type bd_fitter_class_tree = {
  .name = "tree",
  .title = "classification tree",
  .help = "probabilities in leaves, split by split where Gini's index falls "
          "most (CART)",
  .resample = "bootstrap",
  .categories = true,
  .plan = class_plan_alloc,
  .free_plan = class_free_plan,
  .work = class_work_alloc,
  .free_work = class_free_work,
  .fit = class_fit,
  .predict = class_predict,
  .classes = &bd_fitter_class_tree,
};
