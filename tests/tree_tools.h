/* What the tests of the regression tree share: samples, the tree as a list of
   splits, and a slow tree made from the definitions.  */
#ifndef TREE_TOOLS_H
#define TREE_TOOLS_H

#include <gsl/gsl_matrix.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_vector.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define MOST 4096 /* rows and nodes of a test's tree */
#define COLUMNS 3
#define WIDEST 16 /* most columns */

/* A tree as the tests see it: splits with parents before children and left
   before right, and the predictions.  */
typedef struct
{
  size_t splits, feature[MOST], m;
  size_t order[WIDEST]; /* of the columns: ties go to the first */
  double at[MOST], t[MOST];
} tree;

typedef struct
{
  gsl_matrix *X;
  gsl_vector *y;
  double w[MOST];
  const size_t *levels; /* as in bd_settings */
} sample;

/* A plan with a work space, for one tree after another.  */
typedef struct
{
  void *plan, *work;
  size_t m, d;
  gsl_rng *r;
} forest;

typedef struct
{
  double least;
  unsigned depth;
  const size_t *order; /* of the columns */
} rule;

typedef enum
{
  ONES,
  COUNTS,
  BAYES,
  KINDS
} weights;

/* N rows of weight 1.  */
sample sample_alloc (size_t n, size_t d);
void sample_free (sample *s);
sample sample_of (size_t n, const double x[], const double y[]);

/* A generator for the test called INDEX.  */
gsl_rng *stream (uint64_t index);

/* x with LEVELS values per column, or continuous for 0; y with few values, so
   that splits tie, or continuous.  */
sample random_sample (gsl_rng *r, size_t n, size_t d, unsigned levels,
                      bool coarse, weights kind);

/* Six uniform columns of which four matter, and noise of 1.  */
sample friedman (uint64_t seed, size_t n);

/* The file NAME in tests/golden.  */
FILE *golden (const char *name);

/* S with row i written w[i] times and weights of 1.  */
sample written_out (const sample *s);

/* The plan of S with KNOBS; points P, or its own rows for NULL.  */
forest forest_plan (const sample *s, const char *knobs, const gsl_matrix *P);
void forest_free (forest *f);

/* Tree number MEMBER, for weights w.  */
void forest_fit (const forest *f, const double w[], uint64_t member, tree *t);

/* The tree of S with KNOBS, predicted at P, or at its own rows.  */
void grow_at (const sample *s, const char *knobs, const gsl_matrix *P,
              tree *t);
void grow (const sample *s, const char *knobs, tree *t);

/* The tree of S from the definitions; predictions at the rows of positive
   weight.  */
void slow_tree (const sample *s, const rule *q, tree *t);

/* Sum of squares of the COUNT rows ROW about their MEAN.  */
double squares (const sample *s, const size_t row[], size_t count,
                double *mean);

/* Check that A and B have the same splits; that B predicts SHIFT + SLOPE
   times what A does.  */
void same_splits (const tree *a, const tree *b);
void near (const tree *a, const tree *b, double slope, double shift);

#endif
