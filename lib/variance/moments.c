/* References: T. F. Chan, G. H. Golub, R. J. LeVeque, "Algorithms for
   computing the sample variance", The American Statistician 37 (1983);
   P. Pebay, "Formulas for robust, one-pass parallel computation of
   covariances and arbitrary-order statistical moments", Sandia report
   SAND2008-6212.  */
#include <config.h>

#include <gsl/gsl_cblas.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "moments.h"
#include "moments_loops.h"
#include "moments_sums.h"

#define STRIP 256 /* units or points whose sums stay in the nearest cache */

static bool
all_there (const bd_moments *a)
{
  bool self = a->self < a->m;

  return a->u && a->u2 && a->t && a->t2 && a->t3 && a->t4 && a->out_p
         && (a->summed ? a->ij && (!a->apart || a->jab) : a->ut != NULL)
         && (!self || (a->out_t && a->out_t2))
         && (!a->apart || (a->left_p && (a->summed || a->left_t)));
}

bd_moments *
bd_moments_like (const bd_moments *shape)
{
  bd_moments *a = calloc (1, sizeof *a);

  if (!a || shape->mc > shape->m)
    {
      free (a);
      return NULL;
    }
  a->n = shape->n;
  a->width = shape->width ? shape->width : shape->n;
  a->seen = shape->seen;
  a->rows = shape->width ? shape->rows : shape->n;
  a->m = shape->m;
  a->mc = shape->mc;
  a->self = shape->self;
  a->whole = shape->whole;
  a->apart = shape->apart;
  a->split = shape->split;
  a->little = shape->little;
  a->summed = shape->summed;
  a->u = bd_array (a->n, 1);
  a->u2 = bd_array (a->n, 1);
  a->t = bd_array (a->m, 1);
  a->t2 = bd_array (a->m, 1);
  a->t3 = bd_array (a->m, 1);
  a->t4 = bd_array (a->m, 1);
  a->ut = a->summed ? NULL : bd_array (a->n, a->mc);
  a->ij = a->summed ? bd_array (a->mc, 1) : NULL;
  a->out_p = bd_array (a->rows, 1);
  a->out_t = a->self < a->m ? bd_array (a->rows, 1) : NULL;
  a->out_t2 = a->self < a->m ? bd_array (a->rows, 1) : NULL;
  a->left_p = a->apart ? bd_array (a->n, 1) : NULL;
  a->left_t = a->apart && !a->summed ? bd_array (a->n, a->mc) : NULL;
  a->jab = a->apart && a->summed ? bd_array (a->mc, 1) : NULL;
  if (bd_moments_sums_alloc (a) && all_there (a))
    return a;
  bd_moments_free (a);
  return NULL;
}

bd_moments *
bd_moments_alloc (size_t n, size_t m, size_t mc, size_t self)
{
  const bd_moments shape = { .n = n, .m = m, .mc = mc, .self = self };
  return bd_moments_like (&shape);
}

void
bd_moments_free (bd_moments *a)
{
  if (!a)
    return;
  free (a->u);
  free (a->u2);
  free (a->t);
  free (a->t2);
  free (a->t3);
  free (a->t4);
  free (a->ut);
  free (a->ij);
  free (a->jab);
  free (a->left_p);
  free (a->left_t);
  free (a->out_p);
  free (a->out_t);
  free (a->out_t2);
  bd_moments_sums_free (a);
  free (a);
}

/* All but the products.  */
static void
forget_sums (bd_moments *a)
{
  size_t n = a->n * sizeof (double), m = a->m * sizeof (double);
  size_t rows = a->rows * sizeof (double);

  a->members = a->failed = a->shaky = 0;
  a->p = 0;
  memset (a->u, 0, n);
  memset (a->u2, 0, n);
  memset (a->t, 0, m);
  memset (a->t2, 0, m);
  memset (a->t3, 0, m);
  memset (a->t4, 0, m);
  memset (a->out_p, 0, rows);
  if (a->out_t)
    {
      memset (a->out_t, 0, rows);
      memset (a->out_t2, 0, rows);
    }
  if (a->apart)
    memset (a->left_p, 0, n);
  bd_moments_sums_forget (a);
}

static void
forget_products (bd_moments *a)
{
  size_t size = a->n * a->mc * sizeof (double);

  if (a->ut)
    memset (a->ut, 0, size);
  if (a->left_t)
    memset (a->left_t, 0, size);
  if (a->ij)
    memset (a->ij, 0, a->mc * sizeof (double));
  if (a->jab)
    memset (a->jab, 0, a->mc * sizeof (double));
}

void
bd_moments_reset (bd_moments *a)
{
  forget_sums (a);
  forget_products (a);
}

/* Move the members that were fitted to the front; P of the rest is NaN.  */
static size_t
compact (size_t count, const double P[], double p[], double U[], size_t n,
         double T[], size_t m)
{
  size_t kept = 0;

  for (size_t b = 0; b < count; b++)
    {
      if (gsl_isnan (P[b]))
        continue;
      if (kept < b)
        {
          memcpy (U + kept * n, U + b * n, n * sizeof (double));
          memcpy (T + kept * m, T + b * m, m * sizeof (double));
        }
      p[kept++] = P[b];
    }
  return kept;
}

/* Weighted means of the first N columns of Z, whose rows are TDA apart.  */
static void
average (size_t count, const double p[], double total, const double *Z,
         size_t n, size_t tda, double mean[])
{
  for (size_t b = 0; b < count; b++)
    bd_loop_add (n, p[b], Z + b * tda, mean);
  for (size_t i = 0; i < n; i++)
    mean[i] /= total;
}

/* Members without row i, at row i's own point (before centring).  */
static void
add_left_out (bd_moments *a, size_t count, const double p[], const double U[],
              const double T[])
{
  for (size_t b = 0; b < count; b++)
    {
      const double *w = U + b * a->width + a->seen;
      if (a->out_t)
        bd_loop_out_mean (a->rows, p[b], w, T + b * a->m + a->self, a->out_p,
                          a->out_t, a->out_t2);
      else
        bd_loop_out (a->rows, p[b], w, a->out_p);
    }
}

/* a->ut or a->left_t := U' T for the COUNT rows of a block.  */
static void
multiply (const bd_moments *a, size_t count, const double U[],
          const double T[], double *to)
{
  if (a->mc && a->n)
    cblas_dgemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int)a->n,
                 (int)a->mc, (int)count, 1.0, U, (int)a->width, T, (int)a->m,
                 0.0, to, (int)a->mc);
}

/* The members that leave a unit out; T is centred, U not and is lost.  */
static void
add_apart (bd_moments *a, size_t count, const double p[], double U[],
           const double T[])
{
  for (size_t b = 0; b < count; b++)
    bd_loop_apart (a->n, p[b], U + b * a->width, a->left_p);
  multiply (a, count, U, T, a->left_t);
}

/* u, u2 and the co-moments with the centred T; centres U and scales it by
   p.  */
static void
add_units (bd_moments *a, size_t count, const double p[], double U[],
           const double T[])
{
  for (size_t i = 0; i < a->n; i += STRIP)
    {
      size_t n = GSL_MIN (a->n - i, STRIP);
      average (count, p, a->p, U + i, n, a->width, a->u + i);
      for (size_t b = 0; b < count; b++)
        bd_loop_squares (n, p[b], a->u + i, U + b * a->width + i, a->u2 + i);
    }
  multiply (a, count, U, T, a->ut);
}

/* t and the sums of powers; centres T.  */
static void
add_points (bd_moments *a, size_t count, const double p[], double T[])
{
  for (size_t j = 0; j < a->m; j += STRIP)
    {
      size_t n = GSL_MIN (a->m - j, STRIP);
      average (count, p, a->p, T + j, n, a->m, a->t + j);
      for (size_t b = 0; b < count; b++)
        bd_loop_powers (n, p[b], a->t + j, T + b * a->m + j, a->t2 + j,
                        a->t3 + j, a->t4 + j);
    }
}

int
bd_moments_block (bd_moments *a, size_t count, const double P[], double U[],
                  double T[])
{
  double p[BD_BLOCK], *copy = NULL;

  if (a->summed)
    GSL_ERROR ("sums of squares cannot be made block by block", GSL_EINVAL);
  if (count > BD_BLOCK || a->width > INT_MAX || a->m > INT_MAX)
    GSL_ERROR ("a block or its shape is too large", GSL_EBADLEN);
  forget_sums (a);
  if (a->little)
    bd_moments_little_block (a, count, P, T);
  size_t kept = compact (count, P, p, U, a->width, T, a->m);
  a->members = count;
  a->failed = count - kept;
  for (size_t b = 0; b < kept; b++)
    a->p += p[b];
  if (kept == 0)
    {
      forget_products (a);
      return GSL_SUCCESS;
    }
  if (a->apart)
    {
      copy = bd_array (kept, a->width);
      if (!copy)
        return GSL_ENOMEM;
      memcpy (copy, U, kept * a->width * sizeof *copy);
    }
  add_left_out (a, kept, p, U, T);
  add_points (a, kept, p, T);
  add_units (a, kept, p, U, T);
  int code = a->split ? bd_moments_split_block (a, kept, p, U, T) : 0;
  if (a->apart)
    add_apart (a, kept, p, copy, T);
  free (copy);
  return code;
}

static void
merge_out (bd_moments *a, const bd_moments *b)
{
  for (size_t i = 0; i < a->rows; i++)
    {
      double p = a->out_p[i] + b->out_p[i];
      if (b->out_p[i] == 0)
        continue;
      if (a->out_t)
        {
          double d = b->out_t[i] - a->out_t[i];
          double share = b->out_p[i] / p;
          a->out_t2[i] += b->out_t2[i] + d * d * a->out_p[i] * share;
          a->out_t[i] += d * share;
        }
      a->out_p[i] = p;
    }
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

/* Pebay (2008), equations 1.4 to 1.6 for sets of weights wa and wb.  */
static void
merge_points (bd_moments *a, const bd_moments *b)
{
  double wa = a->p, wb = b->p, w = wa + wb;

  for (size_t j = 0; j < a->m; j++)
    {
      double d = b->t[j] - a->t[j], r = d / w, d2 = d * r * wa * wb;
      double a2 = a->t2[j], b2 = b->t2[j];
      a->t4[j] += b->t4[j] + d2 * r * r * (wa * wa - wa * wb + wb * wb)
                  + 6 * r * r * (wa * wa * b2 + wb * wb * a2)
                  + 4 * r * (wa * b->t3[j] - wb * a->t3[j]);
      a->t3[j] += b->t3[j] + d2 * r * (wa - wb) + 3 * r * (wa * b2 - wb * a2);
      a->t2[j] += b2 + d2;
    }
}

static void
merge_products (bd_moments *a, const bd_moments *b)
{
  double share = b->p / (a->p + b->p), weight = a->p * share;

  for (size_t i = 0; i < a->n; i++)
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
