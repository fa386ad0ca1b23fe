/* The regression tree's own types, shared by its files only.

   The response is scaled and centred once, so that |r| < 2 whatever its unit
   and offset.  While a tree grows, each row carries w (r - mean of its node):
   a split's left sum S and weight C then give the decrease of the sum of
   squares as S^2 W / (C (W - C)), W the node's weight, without cancellation
   however deep the node.  */
#ifndef BD_FITTER_TREE_H
#define BD_FITTER_TREE_H

#include <gsl/gsl_matrix.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TREE_TINY 1e-14 /* differences of r below this are rounding */
#define TREE_BATCH 1024 /* candidate splits scored at a time */
#define TREE_LANES 16   /* of them side by side; divides TREE_BATCH */

typedef struct
{
  double sum, weight; /* of a row, w r and w; or of the rows left of a split */
} tree_sum;

/* 16 bytes.  A leaf is its own left child and everything goes left, so that
   a walk needs no test for the end.  */
typedef struct
{
  double at;        /* x < at goes to child, others to child + 1 */
  uint32_t feature; /* column of x */
  uint32_t child;
} tree_node;

typedef struct
{
  size_t n, d, m;
  double least; /* weight that a leaf needs, less rounding */
  double cp;
  unsigned depth;
  const gsl_matrix *X, *P;
  double unit, centre, spread; /* y = unit (centre + spread r) */
  double *r;                   /* n */
  uint32_t *order;             /* d x n: rows by increasing x of each column */
  uint32_t *rank; /* d x n: equal for equal x; filled where tied */
  bool *tied;     /* d: the column has equal values */
} tree_plan;

typedef struct
{
  tree_sum *row;       /* n */
  unsigned char *left; /* n: the row goes left in the split being made */
  uint32_t *list[2];   /* d x n each: rows of the open nodes by x; a node is
                          in one of the two and its children in the other */
  tree_sum *batch;     /* TREE_BATCH */
  tree_node *node;     /* 2 n; a parent comes before its children */
  double *value;       /* 2 n: mean of r in the node */
  double *gain;        /* 2 n: decrease of the sum of squares; leaf 0 */
  size_t nodes;
  double squares; /* weighted sum of squares at the root */
} tree_work;

/* A node that may be split.  */
typedef struct
{
  size_t first, rows; /* its part of each column's list */
  double weight;
  uint32_t node;
  unsigned depth;
  int side; /* which of the two lists */
} tree_task;

typedef struct
{
  size_t feature, rows; /* the first ROWS of this column's list go left */
  double sum, weight;   /* of those */
} tree_split;

/* The list of column J at node A.  */
static inline const uint32_t *
bd_tree_list (const tree_plan *p, const tree_work *k, const tree_task *a,
              size_t j)
{
  return k->list[a->side] + j * p->n + a->first;
}

/* x of row I in column J.  */
static inline double
bd_tree_x (const tree_plan *p, size_t i, size_t j)
{
  return p->X->data[i * p->X->tda + j];
}

/* Grow the tree of the rows weighted by W.  GSL_EINVAL when no weight is
   positive.  */
int bd_tree_grow (const tree_plan *p, tree_work *k, const double w[]);

/* The best split of A, which has at least two rows, into S.  False when there
   is none that lowers the sum of squares.  */
bool bd_tree_find (const tree_plan *p, tree_work *k, const tree_task *a,
                   tree_split *s);

/* The smallest subtree that minimises the sum of squares plus cp times the
   root's sum of squares per leaf.  */
void bd_tree_prune (const tree_plan *p, tree_work *k);

/* Make node I a leaf.  */
void bd_tree_leaf (tree_work *k, size_t i);

/* Rows 0..n-1 by increasing x[0], x[stride], ..., equal ones in their order,
   into ORDER.  False when memory is short.  */
bool bd_tree_order (const double x[], size_t stride, size_t n,
                    uint32_t order[]);

#endif
