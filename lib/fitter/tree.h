/* The regression tree's own types, shared by its files only.

   The response is scaled and centred once, so that |r| < 2 whatever its unit
   and offset.  While a tree grows, each row carries w (r - mean of its node):
   a split's left sum S and weight C then give the decrease of the sum of
   squares as S^2 W / (C (W - C)), W the node's weight, without cancellation
   however deep the node.

   A node has a list of its rows.  Where all thresholds are tried it may have
   such a list for each column of numbers, by increasing x; the first of them
   stands for all where the order does not matter.  Small nodes that try only
   some columns sort their rows by these.

   Every way to look for splits writes the left sums and weights of its
   candidates into one batch, so that scores, ties and the least weight are
   dealt with in one place (tree_split.c).  */
#ifndef BD_FITTER_TREE_H
#define BD_FITTER_TREE_H

#include <gsl/gsl_matrix.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_vector.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/error.h"
#include "../base/knob.h"

#define TREE_TINY 1e-14  /* differences of r below this are rounding */
#define TREE_BATCH 1024  /* candidate splits scored at a time */
#define TREE_LANES 16    /* of them side by side; divides TREE_BATCH */
#define TREE_BINS 256    /* most bins of a column, and most codes at all */
#define TREE_LEVELS 64   /* most levels of a categorical column */
#define TREE_FEW 64      /* most rows of a small node */
#define TREE_GROUP 8     /* columns whose rows are added up at a time */
#define TREE_IN_FLIGHT 8 /* points walked down a tree side by side */
#define TREE_WORDS 64    /* random words made at a time; a multiple of 4 */
#define TREE_BY_LEVEL (UINT32_C (1) << 31) /* in a node's feature */

/* The knobs, in the order of their table.  */
enum
{
  TREE_KNOB_MIN_LEAF,
  TREE_KNOB_DEPTH,
  TREE_KNOB_CP,
  TREE_KNOB_MTRY,
  TREE_KNOB_SPLIT,
  TREE_KNOB_BINS
};

typedef struct
{
  double sum, weight; /* of a row, w r and w; or of the rows left of a split */
} tree_sum;

/* 16 bytes.  A leaf is its own left child and everything goes left, so that
   a walk needs no test for the end.  */
typedef struct
{
  union
  {
    double at;        /* x < at goes to child, others to child + 1 */
    uint64_t levels;  /* with TREE_BY_LEVEL: those that go to child */
    uint32_t rows[2]; /* while a tree with lists grows: at lies between
                         their x */
  };
  uint32_t feature; /* column of x */
  uint32_t child;
} tree_node;

/* How a column is split.  */
typedef enum
{
  TREE_SORTED, /* at every threshold */
  TREE_BINNED, /* between bins */
  TREE_RANDOM, /* at one random threshold */
  TREE_SUBSET  /* a subset of its levels */
} tree_kind;

typedef struct
{
  size_t n, d, m;
  double least; /* weight that a leaf needs, less rounding */
  double cp;
  unsigned depth;
  size_t tries; /* columns tried in a node */
  bool redraw;  /* which: drawn for each node, not once for the tree */
  bool random;  /* one random split of each column */
  size_t bins;  /* 0: exact */
  bool pairs;   /* two rows need no search */
  bool many_lists, few_lists; /* large and small nodes have lists by columns */
  bool by_level;              /* there are categorical columns */
  size_t *levels;             /* d: 0 for a column of numbers */
  const gsl_matrix *X, *P;
  double unit, centre, spread; /* y = unit (centre + spread r) */
  double *r;                   /* n */
  size_t *listed, lists; /* columns that have a list; the first's is also the
                            list of rows */
  uint32_t *order;       /* d x n: the root's lists */
  uint32_t *rank;        /* d x n: equal for equal x; filled where tied */
  bool *tied;            /* d: the column has equal values */
  uint32_t *place;       /* n x d: inverse of order; NULL: nodes do not sort */
  unsigned char *code;   /* n x d: bin or level */
  uint32_t (*edge)[TREE_BINS][2]; /* d: first and last row of each bin by x */
} tree_plan;

/* A column being tried in a node.  */
typedef struct
{
  double start;                      /* number of its first candidate */
  double at;                         /* the random threshold */
  uint64_t seen;                     /* levels of the node's rows */
  uint64_t left;                     /* the random subset of these */
  unsigned char ranked[TREE_LEVELS]; /* these by increasing mean */
} tree_try;

typedef struct
{
  tree_sum *row;       /* n */
  unsigned char *left; /* n: whether a row goes left in the split being made,
                          by row or by number in its node */
  uint32_t *list[2];   /* d x n each: lists of the open nodes; a node is in
                          one of the two and its children in the other */
  uint32_t *parted;    /* n: rows of a split that no list has in order */
  uint32_t *few;       /* d x TREE_FEW: a small node's rows by x */
  tree_sum *near;      /* n + TREE_LANES: the node's part of row, in the order
                          of its list; what follows has no weight */
  double *near_x;      /* n + TREE_LANES: x of these */
  tree_sum (*bin)[TREE_BINS]; /* TREE_GROUP: sums of the node's rows by code
                                 of a column, all 0 between uses */
  tree_sum *batch;            /* TREE_BATCH */
  tree_try *tried;            /* d */
  uint32_t *column;           /* d: a permutation; those tried stand first */
  tree_node *node;            /* 2 n; a parent comes before its children */
  double *value;              /* 2 n: mean of r in the node */
  double *weight;             /* 2 n: of the rows in the node */
  double *gain;               /* 2 n: decrease of the sum of squares; leaf 0 */
  size_t nodes;
  double squares; /* weighted sum of squares at the root */
  gsl_rng *r;
  size_t spent; /* words used of */
  uint32_t word[TREE_WORDS];
} tree_work;

/* A node that may be split.  */
typedef struct
{
  size_t first, rows; /* its part of each list */
  double weight;
  uint32_t node;
  unsigned depth;
  int side; /* which of the two lists */
  bool few; /* it is small */
  bool one; /* it has a list of rows only */
} tree_task;

typedef struct
{
  tree_node node;       /* without children */
  const uint32_t *list; /* the node's rows: the first ROWS go left */
  size_t rows;
  double sum, weight; /* of those */
} tree_split;

/* The best candidate of each lane.  NUM is (1 + small) sum^2 and DEN is
   weight (W - weight): scores are compared by cross multiplication, and only
   a clearly better one replaces an earlier one.  */
typedef struct
{
  double num[TREE_LANES], den[TREE_LANES], sum[TREE_LANES], weight[TREE_LANES],
      at[TREE_LANES];
} tree_lanes;

/* A node in search of a split.  */
typedef struct
{
  const tree_plan *p;
  tree_work *k;
  const tree_task *a;
  size_t fill, before; /* candidates in the batch, and before it */
  size_t tries;        /* columns to be tried */
  size_t from, added;  /* slots whose columns are in k->bin */
  bool near;           /* k->near is filled */
  tree_lanes best;
} tree_search;

/* The list of column J at node A.  */
static inline const uint32_t *
bd_tree_list (const tree_plan *p, const tree_work *k, const tree_task *a,
              size_t j)
{
  return k->list[a->side] + j * p->n + a->first;
}

/* The rows of node A.  */
static inline const uint32_t *
bd_tree_rows (const tree_plan *p, const tree_work *k, const tree_task *a)
{
  return bd_tree_list (p, k, a, p->listed[0]);
}

/* Where the rows of A stand when it has been split and it has no other
   lists.  */
static inline uint32_t *
bd_tree_parted (const tree_plan *p, const tree_work *k, const tree_task *a)
{
  return k->list[!a->side] + p->listed[0] * p->n + a->first;
}

/* x of row I in column J.  */
static inline double
bd_tree_x (const tree_plan *p, size_t i, size_t j)
{
  return p->X->data[i * p->X->tda + j];
}

static inline tree_kind
bd_tree_kind (const tree_plan *p, size_t j)
{
  return p->levels[j] ? TREE_SUBSET
         : p->random  ? TREE_RANDOM
         : p->bins    ? TREE_BINNED
                      : TREE_SORTED;
}

/* Between two neighbouring values; above the lower one also when no double
   lies between them.  */
static inline double
bd_tree_between (double lo, double hi)
{
  double middle = 0.5 * lo + 0.5 * hi;

  return middle > lo ? middle : hi;
}

/* Whether rows U and V, neighbours in column J, can be parted there.  */
static inline bool
bd_tree_differ (const tree_plan *p, size_t u, size_t v, size_t j)
{
  return !p->tied[j] || p->rank[j * p->n + u] != p->rank[j * p->n + v];
}

/* NULL and a sentence when the data or the knobs do not suit a tree.  */
tree_plan *bd_tree_plan (const bd_settings *set, const gsl_matrix *X,
                         const gsl_vector *y, const gsl_matrix *P,
                         bd_error *err);
void bd_tree_free_plan (tree_plan *p); /* accepts NULL and half-built plans */

/* NULL when memory is short.  */
tree_work *bd_tree_work (const tree_plan *p);
void bd_tree_free_work (tree_work *k); /* accepts NULL and half-built ones */

/* Grow the tree of the rows weighted by W.  GSL_EINVAL when no weight is
   positive.  */
int bd_tree_grow (const tree_plan *p, tree_work *k, const double w[],
                  gsl_rng *r);

/* The smallest subtree that minimises the sum of squares plus cp times the
   root's sum of squares per leaf.  */
void bd_tree_prune (const tree_plan *p, tree_work *k);

/* Grow it and, where the plan has cp, prune it.  Errors as bd_tree_grow.  */
int bd_tree_fit (const tree_plan *p, tree_work *k, const double w[],
                 gsl_rng *r);

/* The leaves that points FIRST .. FIRST + COUNT - 1 of the plan fall into;
   COUNT <= TREE_IN_FLIGHT.  */
void bd_tree_reach (const tree_plan *p, const tree_work *k, size_t first,
                    size_t count, uint32_t leaf[]);

/* The response of rows in leaf I, on average.  */
static inline double
bd_tree_mean (const tree_plan *p, const tree_work *k, size_t i)
{
  return p->unit * (p->centre + p->spread * k->value[i]);
}

/* Make node I a leaf.  */
void bd_tree_leaf (tree_work *k, size_t i);

/* The best split of A, which has at least two rows, into S.  False when there
   is none that lowers the sum of squares.  */
bool bd_tree_find (const tree_plan *p, tree_work *k, const tree_task *a,
                   tree_split *s);

/* Room for LEAST candidates at the end of the batch; there may be more.  */
tree_sum *bd_tree_room (tree_search *q, size_t least);

/* Write the candidates of the column in SLOT, k->column[SLOT], into the
   batch.  */
void bd_tree_try_sorted (tree_search *q, size_t slot);
void bd_tree_try_bins (tree_search *q, size_t slot);
void bd_tree_try_random (tree_search *q, size_t slot);
void bd_tree_try_levels (tree_search *q, size_t slot);

/* Candidate number I of the column in SLOT: fill in the node, the list and the
   rows of S.  Its sum and weight are there already.  */
void bd_tree_cut_sorted (tree_search *q, size_t slot, size_t i, tree_split *s);
void bd_tree_cut_bins (tree_search *q, size_t slot, size_t i, tree_split *s);
void bd_tree_cut_random (tree_search *q, size_t slot, size_t i, tree_split *s);
void bd_tree_cut_levels (tree_search *q, size_t slot, size_t i, tree_split *s);

/* Fill k->near.  */
void bd_tree_bring_near (tree_search *q);

/* The node's rows added up by their codes in the column of SLOT; the caller
   sets them to 0 when done.  */
tree_sum *bd_tree_bins (tree_search *q, size_t slot);

/* Part the node's rows: number I goes left by k->left[I], S->rows in all.  */
void bd_tree_part (tree_search *q, tree_split *s);

/* The same by left[code in column J].  */
void bd_tree_part_codes (tree_search *q, size_t j, const unsigned char left[],
                         tree_split *s);

/* The COUNT <= TREE_FEW rows by column J into TO.  */
void bd_tree_sort (const tree_plan *p, const uint32_t rows[], size_t count,
                   size_t j, uint32_t to[]);

/* A threshold above LO and at most HI from a random word.  */
double bd_tree_threshold (uint32_t word, double lo, double hi);

/* Random words: the stream R from where it stands.  */
void bd_tree_start_draws (tree_work *k, gsl_rng *r);
uint32_t bd_tree_word (tree_work *k);

/* Draw columns number FROM .. TO-1 of those tried, without replacement; all
   those before FROM stay.  */
void bd_tree_draw_columns (const tree_plan *p, tree_work *k, size_t from,
                           size_t to);

/* Rows 0..n-1 by increasing x[0], x[stride], ..., equal ones in their order,
   into ORDER.  False when memory is short.  */
bool bd_tree_order (const double x[], size_t stride, size_t n,
                    uint32_t order[]);

#endif
