/* What the trees of a forest share: the scaled response, and for each column
   its order, its bins or its levels.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "finite.h"
#include "tree.h"

void
bd_tree_free_plan (tree_plan *p)
{
  if (!p)
    return;
  free (p->levels);
  free (p->r);
  free (p->listed);
  free (p->order);
  free (p->rank);
  free (p->tied);
  free (p->place);
  free (p->code);
  free (p->edge);
  free (p);
}

/* Knobs and levels that cannot be  */

/* GSL_EINVAL and a sentence when a cell of column J of M, whose rows are
   called WHAT, is none of its LEVELS levels.  */
static int
check_levels (const gsl_matrix *M, const char *what, size_t j, size_t levels,
              bd_error *err)
{
  for (size_t i = 0; i < M->size1; i++)
    {
      double x = gsl_matrix_get (M, i, j);

      if (!(x >= 0 && x < (double)levels && x == floor (x)))
        return BD_FAIL (err, GSL_EINVAL,
                        "%s %zu, column %zu: %g is none of the levels 0 to "
                        "%zu",
                        what, i + 1, j + 1, x, levels - 1);
    }
  return GSL_SUCCESS;
}

static int
check_columns (const bd_settings *set, const gsl_matrix *X,
               const gsl_matrix *P, bd_error *err)
{
  for (size_t j = 0; set->levels && j < X->size2; j++)
    {
      size_t levels = set->levels[j];

      if (levels > TREE_LEVELS)
        return BD_FAIL (err, GSL_EINVAL,
                        "column %zu has %zu levels; a tree takes at most %d",
                        j + 1, levels, TREE_LEVELS);
      if (levels > 0
          && (check_levels (X, "row", j, levels, err)
              || check_levels (P, "prediction point", j, levels, err)))
        return GSL_EINVAL;
    }
  return GSL_SUCCESS;
}

static int
check_knobs (const bd_settings *set, size_t d, bd_error *err)
{
  const char *split = set->word[TREE_KNOB_SPLIT];
  const double mtry = set->value[TREE_KNOB_MTRY],
               bins = set->value[TREE_KNOB_BINS];

  if (mtry > (double)d)
    return BD_FAIL (err, GSL_EINVAL,
                    "mtry is %g, but the data have %zu input%s", mtry, d,
                    d == 1 ? "" : "s");
  if (strcmp (split, "best") != 0 && strcmp (split, "random") != 0)
    return BD_FAIL (err, GSL_EINVAL,
                    "split is '%s'; it must be best or random", split);
  if (bins > 0 && bins < 8)
    return BD_FAIL (err, GSL_EINVAL,
                    "bins is %g; it must be 0 or between 8 and %d", bins,
                    TREE_BINS);
  if (bins > 0 && *split == 'r')
    return BD_FAIL (err, GSL_EINVAL, "random splits have no use for bins");
  return GSL_SUCCESS;
}

/* The response  */

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

/* The columns  */

static bool
plan_sorted (tree_plan *p, size_t j)
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
  for (size_t i = 0; p->place && i < p->n; i++)
    p->place[order[i] * p->d + j] = (uint32_t)i;
  return true;
}

/* Distinct values number 0, 1, ... of the column go to the bins in equal
   shares.  */
static void
plan_bins (tree_plan *p, size_t j)
{
  const uint32_t *order = p->order + j * p->n;
  size_t distinct = 1, value = 0, last = p->bins;

  for (size_t i = 1; i < p->n; i++)
    distinct += bd_tree_differ (p, order[i - 1], order[i], j);
  const size_t bins = GSL_MIN (p->bins, distinct);
  for (size_t i = 0; i < p->n; i++)
    {
      value += i > 0 && bd_tree_differ (p, order[i - 1], order[i], j);
      size_t b = value * bins / distinct;
      p->code[order[i] * p->d + j] = (unsigned char)b;
      if (b != last)
        p->edge[j][b][0] = order[i];
      p->edge[j][b][1] = order[i];
      last = b;
    }
}

static bool
plan_column (tree_plan *p, size_t j)
{
  const tree_kind kind = bd_tree_kind (p, j);

  if (kind == TREE_SUBSET)
    for (size_t i = 0; i < p->n; i++)
      p->code[i * p->d + j] = (unsigned char)bd_tree_x (p, i, j);
  if (kind == TREE_SUBSET || kind == TREE_RANDOM)
    return true;
  if (!plan_sorted (p, j))
    return false;
  if (kind == TREE_BINNED)
    plan_bins (p, j);
  return true;
}

/* Which columns and nodes have lists.  Small nodes that try a few columns only
   sort these rather than have all lists handed down; with bins, large nodes
   need none.  */
static void
plan_lists (tree_plan *p)
{
  for (size_t j = 0; j < p->d; j++)
    if (bd_tree_kind (p, j) == TREE_SORTED
        || bd_tree_kind (p, j) == TREE_BINNED)
      p->listed[p->lists++] = j;
  p->many_lists = p->lists > 0 && !p->bins;
  p->few_lists = p->lists > 0 && p->tries == p->d;
  if (p->lists == 0)
    p->lists = 1;
}

/* Plan  */

static void
plan_knobs (tree_plan *p, const bd_settings *set)
{
  size_t mtry = (size_t)set->value[TREE_KNOB_MTRY];

  p->least = set->value[TREE_KNOB_MIN_LEAF] * (1 - 1e-10);
  p->cp = set->value[TREE_KNOB_CP];
  p->depth = (unsigned)set->value[TREE_KNOB_DEPTH];
  p->tries = mtry ? mtry : p->d;
  p->redraw = mtry > 0;
  p->random = strcmp (set->word[TREE_KNOB_SPLIT], "random") == 0;
  p->bins = (size_t)set->value[TREE_KNOB_BINS];
  for (size_t j = 0; set->levels && j < p->d; j++)
    {
      p->levels[j] = set->levels[j];
      p->by_level |= p->levels[j] > 0;
    }
  p->pairs = !p->by_level;
}

static bool
plan_memory (tree_plan *p)
{
  const size_t n = p->n, d = p->d;

  p->r = calloc (n, sizeof *p->r);
  p->listed = calloc (d, sizeof *p->listed);
  p->order = calloc (n, d * sizeof *p->order);
  p->rank = calloc (n, d * sizeof *p->rank);
  p->tied = calloc (d, sizeof *p->tied);
  if (!p->r || !p->listed || !p->order || !p->rank || !p->tied)
    return false;
  if ((p->tries < d || p->bins) && !p->random
      && !(p->place = calloc (n, d * sizeof *p->place)))
    return false;
  if ((p->bins || p->by_level) && !(p->code = calloc (n, d)))
    return false;
  return !p->bins || (p->edge = calloc (d, sizeof *p->edge));
}

tree_plan *
bd_tree_plan (const bd_settings *set, const gsl_matrix *X, const gsl_vector *y,
              const gsl_matrix *P, bd_error *err)
{
  const size_t n = X->size1, d = X->size2;

  if (bd_fitter_check ("a tree", X, y, P, err) || check_knobs (set, d, err)
      || check_columns (set, X, P, err))
    return NULL;
  tree_plan *p = calloc (1, sizeof *p);
  if (!p)
    goto fail;
  *p = (tree_plan){ .n = n, .d = d, .m = P->size1, .X = X, .P = P };
  p->levels = calloc (d, sizeof *p->levels);
  if (!p->levels)
    goto fail;
  plan_knobs (p, set);
  if (!plan_memory (p))
    goto fail;
  plan_response (p, y);
  plan_lists (p);
  for (size_t j = 0; j < d; j++)
    if (!plan_column (p, j))
      goto fail;
  return p;

fail:
  bd_tree_free_plan (p);
  BD_FAIL (err, GSL_ENOMEM, "not enough memory for a tree of %zu rows", n);
  return NULL;
}
