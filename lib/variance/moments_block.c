/* The moments of one block of members, in two passes.  */
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

#define HELD                                                                  \
  ((size_t)1 << 20) /* numbers in U and T of a block, at most, if             \
                       it is larger than the smallest */

size_t
bd_moments_members (const bd_moments *a)
{
  size_t members = BD_BLOCK_MOST, width = a->width ? a->width : a->n;

  if (a->mc == 0)
    return BD_BLOCK;
  while (members > BD_BLOCK && members * (width + a->m) > HELD)
    members /= 2;
  return members;
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

/* Members without row i, at row i's own point (before centring).  */
static void
add_left_out (bd_moments *a, size_t count, const double p[], const double U[],
              const double T[])
{
  const bd_loop_block w = { count, p, a->p, a->width, a->rows };

  if (a->out_t)
    bd_loop_out_mean (&w, U + a->seen, T + a->self, a->m, a->out_p, a->out_t,
                      a->out_t2);
  else if (a->mc)
    bd_loop_out (&w, U + a->seen, a->out_p);
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

/* t and the sums of powers; centres the points of T that have co-moments.  */
static void
add_points (bd_moments *a, size_t count, const double p[], double T[])
{
  const bd_loop_block z = { count, p, a->p, a->m, a->mc };
  const bd_loop_block rest = { count, p, a->p, a->m, a->m - a->mc };

  bd_loop_centre_points (&z, T, a->t, a->t2, a->t3, a->t4);
  bd_loop_points (&rest, T + a->mc, a->t + a->mc, a->t2 + a->mc, a->t3 + a->mc,
                  a->t4 + a->mc);
}

/* u, u2 and the co-moments with the centred T; centres U and scales it by
   p.  */
static void
add_units (bd_moments *a, size_t count, const double p[], double U[],
           const double T[])
{
  const bd_loop_block z = { count, p, a->p, a->width, a->n };

  bd_loop_units (&z, U, a->u, a->u2);
  multiply (a, count, U, T, a->ut);
}

/* All that needs co-moments, of the KEPT members.  */
static int
add_products (bd_moments *a, size_t kept, const double p[], double U[],
              const double T[])
{
  size_t size = kept * a->width;
  double *copy = a->apart ? bd_array (kept, a->width) : NULL;

  if (a->apart && !copy)
    return GSL_ENOMEM;
  if (copy)
    memcpy (copy, U, size * sizeof *copy);
  add_units (a, kept, p, U, T);
  int code = a->split ? bd_moments_split_block (a, kept, p, U, T) : 0;
  if (copy)
    add_apart (a, kept, p, copy, T);
  free (copy);
  return code;
}

int
bd_moments_block (bd_moments *a, size_t count, const double P[], double U[],
                  double T[])
{
  double p[BD_BLOCK_MOST];

  if (a->summed)
    GSL_ERROR ("sums of squares cannot be made block by block", GSL_EINVAL);
  if (count > BD_BLOCK_MOST || a->width > INT_MAX || a->m > INT_MAX)
    GSL_ERROR ("a block or its shape is too large", GSL_EBADLEN);
  bd_moments_forget_sums (a);
  if (a->little)
    bd_moments_little_block (a, count, P, T);
  size_t kept = compact (count, P, p, U, a->width, T, a->m);
  a->members = count;
  a->failed = count - kept;
  for (size_t b = 0; b < kept; b++)
    a->p += p[b];
  if (kept == 0)
    {
      bd_moments_forget_products (a);
      return GSL_SUCCESS;
    }
  add_left_out (a, kept, p, U, T);
  add_points (a, kept, p, T);
  return a->mc ? add_products (a, kept, p, U, T) : GSL_SUCCESS;
}
