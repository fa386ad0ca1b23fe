#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_rng.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "class_tools.h"

bd_dataset *
classes_made (size_t K, uint64_t seed, double chance)
{
  bd_dataset *s = bd_dataset_alloc (ROWS, 1);
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);

  bd_rng_seek (r, seed, 0, 0);
  s->classes = K;
  s->class_name = calloc (K, sizeof *s->class_name);
  for (size_t k = 0; k < K; k++)
    s->class_name[k] = strdup (k == 0 ? "a" : k == 1 ? "b" : "c");
  for (size_t i = 0; i < ROWS; i++)
    {
      double x = gsl_rng_uniform (r);
      size_t k = (size_t)((double)K * x);
      if (gsl_rng_uniform (r) < chance)
        k = gsl_rng_uniform_int (r, K);
      gsl_matrix_set (s->X, i, 0, x);
      gsl_vector_set (s->y, i, (double)k);
    }
  gsl_rng_free (r);
  return s;
}

bd_splits *
classes_thirds (void)
{
  bd_splits *a = calloc (1, sizeof *a);

  *a = (bd_splits){ .n = ROWS, .count = SPLITS };
  a->end = calloc (SPLITS, sizeof *a->end);
  a->row = calloc (ROWS, sizeof *a->row);
  for (size_t j = 0; j < SPLITS; j++)
    {
      a->end[j] = (j + 1) * HELD;
      for (size_t i = 0; i < HELD; i++)
        a->row[j * HELD + i] = 3 * i + j;
    }
  return a;
}

static double
x_of (const bd_dataset *s, size_t i)
{
  return gsl_matrix_get (s->X, i, 0);
}

static bool
is_class (const bd_dataset *s, size_t i, size_t k)
{
  return gsl_vector_get (s->y, i) == (double)k;
}

/* Rows of split J that are trained on and on which side of AT they lie:
   W[side], and S[side] of them of class K.  */
static void
sides (const bd_dataset *s, size_t j, double at, size_t k, double W[2],
       double S[2])
{
  W[0] = W[1] = S[0] = S[1] = 0;
  for (size_t i = 0; i < ROWS; i++)
    if (i % 3 != j)
      {
        W[x_of (s, i) >= at]++;
        S[x_of (s, i) >= at] += is_class (s, i, k);
      }
}

/* Gini's index of class K against the others, the sum over both sides.  */
static double
gini (const double W[2], const double S[2])
{
  double sum = 0;

  for (int q = 0; q < 2; q++)
    sum += W[q] > 0 ? S[q] * (1 - S[q] / W[q]) : 0;
  return sum;
}

/* Where the tree of class K with one split and at least LEAST rows in a leaf
   cuts: of all rows trained on, the x that is best as the lowest on the right.
   The threshold of the program lies below it, with nothing in between but
   rows held out, so that *LO, the highest on the left, is told too.  */
static double
best_cut (const bd_dataset *s, size_t j, size_t k, double least, double *lo)
{
  double best = GSL_POSINF, cut = GSL_NEGINF, W[2], S[2];

  for (size_t i = 0; i < ROWS; i++)
    {
      if (i % 3 == j)
        continue;
      sides (s, j, x_of (s, i), k, W, S);
      if (W[0] >= least && W[1] >= least && gini (W, S) < best)
        {
          best = gini (W, S);
          cut = x_of (s, i);
        }
    }
  *lo = GSL_NEGINF;
  for (size_t i = 0; i < ROWS; i++)
    if (i % 3 != j && x_of (s, i) < cut)
      *lo = GSL_MAX_DBL (*lo, x_of (s, i));
  return cut;
}

/* Probabilities of row I, which split J holds out, by trees of one split.  */
static void
chances (const bd_dataset *s, size_t j, size_t i, double least, double p[])
{
  size_t K = s->classes;
  double sum = 0;

  for (size_t k = 0; k < K; k++)
    {
      double lo, cut = best_cut (s, j, k, least, &lo), W[2], S[2];
      double at = gsl_isinf (lo) ? cut : 0.5 * lo + 0.5 * cut;
      int side = x_of (s, i) >= at;
      sides (s, j, at, k, W, S);
      p[k] = (S[side] + 1) / (W[side] + (double)K);
      sum += p[k];
    }
  for (size_t k = 0; k < K; k++)
    p[k] /= sum;
}

void
classes_by_hand (const bd_dataset *s, size_t j, double least, double score[3])
{
  size_t K = s->classes;

  score[0] = score[1] = score[2] = 0;
  for (size_t i = j; i < ROWS; i += 3)
    {
      double p[3], brier = 0;
      size_t top = K == 2, came = (size_t)gsl_vector_get (s->y, i);
      chances (s, j, i, least, p);
      for (size_t k = 0; k < K; k++)
        {
          top = p[k] > p[top] ? k : top;
          brier += gsl_pow_2 (p[k] - (k == came));
        }
      score[0] -= log (p[came]) / HELD;
      score[1] += (double)(top == came) / HELD;
      score[2] += (K == 2 ? brier / 2 : brier) / HELD;
    }
}
