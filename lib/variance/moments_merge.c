/* References: T. F. Chan, G. H. Golub, R. J. LeVeque, "Algorithms for
   computing the sample variance", The American Statistician 37 (1983);
   P. Pebay, "Formulas for robust, one-pass parallel computation of
   covariances and arbitrary-order statistical moments", Sandia report
   SAND2008-6212.  */
#include <config.h>

#include <gsl/gsl_errno.h>

#include "../base/kernel.h"
#include "moments.h"
#include "moments_loops.h"
#include "moments_sums.h"

BD_NO_CONTRACTION

/* Means T with sums of squares T2 of members that weigh P, and the same of
   others.  Where neither has any, P stays 0.  */
BD_KERNEL static void
merge_means (size_t n, const double *restrict other_p,
             const double *restrict other_t, const double *restrict other_t2,
             double *restrict p, double *restrict t, double *restrict t2)
{
  for (size_t i = 0; i < n; i++)
    {
      double all = p[i] + other_p[i], d = other_t[i] - t[i];
      double share = other_p[i] / (all > 0 ? all : 1);
      t2[i] += other_t2[i] + d * d * p[i] * share;
      t[i] += d * share;
      p[i] = all;
    }
}

static void
merge_out (bd_moments *a, const bd_moments *b)
{
  if (a->out_t)
    merge_means (a->rows, b->out_p, b->out_t, b->out_t2, a->out_p, a->out_t,
                 a->out_t2);
  else
    for (size_t i = 0; i < a->rows; i++)
      a->out_p[i] += b->out_p[i];
}

/* Both sets of sums are moved to the common mean, which A does not have
   yet.  */
static void
merge_apart (bd_moments *a, const bd_moments *b)
{
  double share = b->p / (a->p + b->p);

  for (size_t i = 0; i < a->n; i++)
    {
      double pull = b->left_p[i] * (1 - share) - a->left_p[i] * share;
      bd_loop_merge (a->mc, pull, b->left_t + i * a->mc, a->t, b->t,
                     a->left_t + i * a->mc);
      a->left_p[i] += b->left_p[i];
    }
}

/* Means and sums of powers of N points.  */
typedef struct
{
  const double *t, *t2, *t3, *t4;
} powers;

/* Pebay (2008), equations 1.4 to 1.6 for sets of weights WA and WB; the mean T
   of the first stays.  */
BD_KERNEL static void
merge_powers (size_t m, double wa, double wb, const double *restrict t,
              powers b, double *restrict t2, double *restrict t3,
              double *restrict t4)
{
  double w = wa + wb, squares = wa * wa - wa * wb + wb * wb;
  const double *restrict bt = b.t, *restrict bt2 = b.t2;
  const double *restrict bt3 = b.t3, *restrict bt4 = b.t4;

  for (size_t j = 0; j < m; j++)
    {
      double d = bt[j] - t[j], r = d / w, d2 = d * r * wa * wb;
      double a2 = t2[j], a3 = t3[j], b2 = bt2[j], b3 = bt3[j];
      t4[j] += bt4[j] + d2 * r * r * squares
               + 6 * r * r * (wa * wa * b2 + wb * wb * a2)
               + 4 * r * (wa * b3 - wb * a3);
      t3[j] = a3 + (b3 + d2 * r * (wa - wb) + 3 * r * (wa * b2 - wb * a2));
      t2[j] = a2 + (b2 + d2);
    }
}

static void
merge_points (bd_moments *a, const bd_moments *b)
{
  const powers other = { b->t, b->t2, b->t3, b->t4 };

  merge_powers (a->m, a->p, b->p, a->t, other, a->t2, a->t3, a->t4);
}

static void
merge_products (bd_moments *a, const bd_moments *b)
{
  double share = b->p / (a->p + b->p), weight = a->p * share;

  for (size_t i = 0; a->mc && i < a->n; i++)
    {
      double d = b->u[i] - a->u[i];
      bd_loop_merge (a->mc, d * weight, b->ut + i * a->mc, a->t, b->t,
                     a->ut + i * a->mc);
      a->u2[i] += b->u2[i] + d * d * weight;
      a->u[i] += d * share;
    }
  for (size_t j = 0; j < a->m; j++)
    a->t[j] += (b->t[j] - a->t[j]) * share;
}

int
bd_moments_merge (bd_moments *a, const bd_moments *b)
{
  if (a->n != b->n || a->m != b->m || a->mc != b->mc || a->self != b->self
      || a->rows != b->rows || a->apart != b->apart || a->split != b->split
      || a->little != b->little || a->summed || b->summed)
    GSL_ERROR ("moments of different shapes cannot be merged", GSL_EBADLEN);
  a->members += b->members;
  a->failed += b->failed;
  a->shaky += b->shaky;
  if (a->little)
    bd_moments_little_merge (a, b);
  if (b->p == 0)
    return GSL_SUCCESS;
  merge_out (a, b);
  if (a->apart)
    merge_apart (a, b);
  if (a->split)
    bd_moments_split_merge (a, b);
  merge_points (a, b);
  merge_products (a, b);
  a->p += b->p;
  return GSL_SUCCESS;
}
