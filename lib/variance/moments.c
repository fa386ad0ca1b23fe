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

bd_moments *
bd_moments_alloc (size_t n, size_t m, size_t mc, size_t self)
{
  bd_moments *a = calloc (1, sizeof *a);

  if (!a || mc > m)
    goto fail;
  *a = (bd_moments){ .n = n, .m = m, .mc = mc, .self = self };
  a->u = bd_array (n, 1);
  a->u2 = bd_array (n, 1);
  a->t = bd_array (m, 1);
  a->t2 = bd_array (m, 1);
  a->t3 = bd_array (m, 1);
  a->t4 = bd_array (m, 1);
  a->ut = bd_array (n, mc);
  a->out_p = bd_array (n, 1);
  if (!a->u || !a->u2 || !a->t || !a->t2 || !a->t3 || !a->t4 || !a->ut
      || !a->out_p)
    goto fail;
  if (self < m)
    {
      a->out_t = bd_array (n, 1);
      a->out_t2 = bd_array (n, 1);
      if (!a->out_t || !a->out_t2)
        goto fail;
    }
  return a;
fail:
  bd_moments_free (a);
  return NULL;
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
  free (a->out_p);
  free (a->out_t);
  free (a->out_t2);
  free (a);
}

void
bd_moments_reset (bd_moments *a)
{
  size_t n = a->n * sizeof (double), m = a->m * sizeof (double);

  a->members = a->failed = 0;
  a->p = 0;
  memset (a->u, 0, n);
  memset (a->u2, 0, n);
  memset (a->t, 0, m);
  memset (a->t2, 0, m);
  memset (a->t3, 0, m);
  memset (a->t4, 0, m);
  memset (a->ut, 0, n * a->mc);
  memset (a->out_p, 0, n);
  if (a->out_t)
    {
      memset (a->out_t, 0, n);
      memset (a->out_t2, 0, n);
    }
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

/* Weighted column means of the COUNT x n matrix Z; then subtract them.  */
static void
centre (size_t count, const double p[], double total, double *Z, size_t n,
        double mean[])
{
  for (size_t b = 0; b < count; b++)
    for (size_t i = 0; i < n; i++)
      mean[i] += p[b] * Z[b * n + i];
  for (size_t i = 0; i < n; i++)
    mean[i] /= total;
  for (size_t b = 0; b < count; b++)
    for (size_t i = 0; i < n; i++)
      Z[b * n + i] -= mean[i];
}

/* Members without row i, at row i's own point (before centring).  */
static void
add_left_out (bd_moments *a, size_t count, const double p[], const double U[],
              const double T[])
{
  for (size_t b = 0; b < count; b++)
    for (size_t i = 0; i < a->n; i++)
      {
        if (U[b * a->n + i] != 0)
          continue;
        a->out_p[i] += p[b];
        if (!a->out_t)
          continue;
        double d = T[b * a->m + a->self + i] - a->out_t[i];
        a->out_t[i] += d * p[b] / a->out_p[i];
        a->out_t2[i] += p[b] * d * (T[b * a->m + a->self + i] - a->out_t[i]);
      }
}

static void
add_powers (bd_moments *a, size_t count, const double p[], const double T[])
{
  for (size_t b = 0; b < count; b++)
    for (size_t j = 0; j < a->m; j++)
      {
        double d = T[b * a->m + j], s = p[b] * d * d;
        a->t2[j] += s;
        a->t3[j] += s * d;
        a->t4[j] += s * d * d;
      }
}

/* u2 and the co-moments; scales U by p.  */
static void
add_products (bd_moments *a, size_t count, const double p[], double U[],
              const double T[])
{
  for (size_t b = 0; b < count; b++)
    for (size_t i = 0; i < a->n; i++)
      {
        double d = U[b * a->n + i];
        a->u2[i] += p[b] * d * d;
        U[b * a->n + i] = p[b] * d;
      }
  if (a->mc && a->n)
    cblas_dgemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int)a->n,
                 (int)a->mc, (int)count, 1.0, U, (int)a->n, T, (int)a->m, 0.0,
                 a->ut, (int)a->mc);
}

int
bd_moments_block (bd_moments *a, size_t count, const double P[], double U[],
                  double T[])
{
  double p[BD_BLOCK];

  if (count > BD_BLOCK || a->n > INT_MAX || a->m > INT_MAX)
    GSL_ERROR ("a block or its shape is too large", GSL_EBADLEN);
  size_t kept = compact (count, P, p, U, a->n, T, a->m);
  a->members = count;
  a->failed = count - kept;
  for (size_t b = 0; b < kept; b++)
    a->p += p[b];
  if (kept == 0)
    return GSL_SUCCESS;
  add_left_out (a, kept, p, U, T);
  centre (kept, p, a->p, U, a->n, a->u);
  centre (kept, p, a->p, T, a->m, a->t);
  add_powers (a, kept, p, T);
  add_products (a, kept, p, U, T);
  return GSL_SUCCESS;
}

static void
merge_out (bd_moments *a, const bd_moments *b)
{
  for (size_t i = 0; i < a->n; i++)
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
      double d = b->u[i] - a->u[i], *row = a->ut + i * a->mc;
      const double *other = b->ut + i * a->mc;
      for (size_t j = 0; j < a->mc; j++)
        row[j] += other[j] + d * weight * (b->t[j] - a->t[j]);
      a->u2[i] += b->u2[i] + d * d * weight;
      a->u[i] += d * share;
    }
  for (size_t j = 0; j < a->m; j++)
    a->t[j] += (b->t[j] - a->t[j]) * share;
}

int
bd_moments_merge (bd_moments *a, const bd_moments *b)
{
  if (a->n != b->n || a->m != b->m || a->mc != b->mc || a->self != b->self)
    GSL_ERROR ("moments of different shapes cannot be merged", GSL_EBADLEN);
  a->members += b->members;
  a->failed += b->failed;
  if (b->p == 0)
    return GSL_SUCCESS;
  merge_out (a, b);
  merge_points (a, b);
  merge_products (a, b);
  a->p += b->p;
  return GSL_SUCCESS;
}
