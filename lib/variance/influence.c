#include <config.h>

#include <gsl/gsl_cblas.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/blas.h"
#include "estimate.h"
#include "influence.h"

#define MOST 256 /* points that the errors are computed at */

bd_influence *
bd_influence_alloc (size_t n, size_t m)
{
  bd_influence *f = calloc (1, sizeof *f);

  if (!f)
    return NULL;
  f->n = n;
  f->m = m;
  f->L = bd_array (n, m);
  f->chance = bd_array (n, 1);
  f->v = bd_array (m, 1);
  if (f->L && f->chance && f->v)
    return f;
  bd_influence_free (f);
  return NULL;
}

void
bd_influence_free (bd_influence *f)
{
  if (!f)
    return;
  free (f->L);
  free (f->chance);
  free (f->v);
  free (f);
}

/* Covariances of unit I times ROOT, whose square is the scale.  */
static void
put_unit (bd_influence *f, const bd_moments *a, size_t i, double root)
{
  double *L = f->L + i * f->m;
  const double *ut = a->ut + i * a->mc;

  for (size_t j = 0; j < f->m; j++)
    L[j] = root * ut[j] / a->p;
  f->chance[i] = root * root * a->u2[i] / a->p * bd_variance_chance (a);
}

/* Bags of this FACTOR, or MASKS, each unit of which has its own.  */
static bd_influence *
of_moments (const bd_moments *a, double factor, bool masks)
{
  bd_influence *f = bd_influence_alloc (a->n, a->mc);
  bool enough = a->members - a->failed >= 2;

  for (size_t i = 0; f && i < a->n; i++)
    {
      double root = sqrt (factor), v = a->u2[i] / a->p;
      if (masks)
        root = v > 0 ? 1 / sqrt (v) : 0;
      put_unit (f, a, i, enough ? root : GSL_NAN);
    }
  for (size_t j = 0; f && j < f->m; j++)
    f->v[j] = a->t2[j] / a->p;
  return f;
}

bd_influence *
bd_influence_of_bags (const bd_moments *a, double factor)
{
  return of_moments (a, factor, false);
}

bd_influence *
bd_influence_of_masks (const bd_moments *a)
{
  return of_moments (a, GSL_NAN, true);
}

/* K = L'L for M columns of L (N x M).  */
static void
products (size_t n, size_t m, const double L[], double K[])
{
  memset (K, 0, m * m * sizeof *K);
  if (n && m)
    cblas_dgemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int)m, (int)m,
                 (int)n, 1.0, L, (int)m, L, (int)m, 0.0, K, (int)m);
}

static double
sum_of (size_t n, const double x[])
{
  double sum = 0;

  for (size_t i = 0; i < n; i++)
    sum += x[i];
  return sum;
}

void
bd_influence_covariance (const bd_influence *f, double K[])
{
  size_t m = f->m;
  double chance = sum_of (f->n, f->chance);
  double *root = bd_array (m, 1);

  bd_blas_one_thread ();
  products (f->n, m, f->L, K);
  for (size_t j = 0; root && j < m; j++)
    root[j] = K[j * m + j] > 0 ? sqrt (chance * f->v[j] / K[j * m + j]) : 0;
  for (size_t j = 0; j < m; j++)
    for (size_t k = 0; k < m; k++)
      K[j * m + k] *= root ? 1 - root[j] * root[k] : GSL_NAN;
  free (root);
}

/* Influences at some points and the covariance of the members there.  */
typedef struct
{
  size_t m;
  double *L, *S, *LS; /* n x m, m x m, n x m */
  double squares;     /* tr S^2 */
} thinned;

static void
thinned_free (thinned *t)
{
  free (t->L);
  free (t->S);
  free (t->LS);
}

/* From the products of influences to the members' covariance V at points of
   variance v: correlation times standard deviations.  */
static void
to_members (size_t m, const double v[], double S[], double root[])
{
  for (size_t j = 0; j < m; j++)
    root[j] = S[j * m + j] > 0 ? sqrt (v[j] / S[j * m + j]) : 0;
  for (size_t j = 0; j < m; j++)
    for (size_t k = 0; k < m; k++)
      S[j * m + k] *= root[j] * root[k];
}

static int
thinned_init (thinned *t, const bd_influence *f, size_t first, size_t count)
{
  size_t m = GSL_MIN (count, MOST), n = f->n;
  double *v = bd_array (m, 2);

  *t = (thinned){
    .m = m, .L = bd_array (n, m), .S = bd_array (m, m), .LS = bd_array (n, m)
  };
  if (!v || !t->L || !t->S || !t->LS)
    {
      free (v);
      thinned_free (t);
      return GSL_ENOMEM;
    }
  for (size_t j = 0; j < m; j++)
    {
      size_t from = first + j * count / m;
      v[j] = f->v[from];
      for (size_t i = 0; i < n; i++)
        t->L[i * m + j] = f->L[i * f->m + from];
    }
  products (n, m, t->L, t->S);
  to_members (m, v, t->S, v + m);
  t->squares = cblas_ddot ((int)(m * m), t->S, 1, t->S, 1);
  cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)n, (int)m,
               (int)m, 1.0, t->L, (int)m, t->S, (int)m, 0.0, t->LS, (int)m);
  free (v);
  return GSL_SUCCESS;
}

/* Standard error of the part of unit I.  L'SL is too large by chance
   itself.  */
static double
part_error (const thinned *t, const bd_influence *f, size_t i)
{
  size_t m = t->m;
  double c = f->chance[i];
  double form = cblas_ddot ((int)m, t->L + i * m, 1, t->LS + i * m, 1);
  double ours
      = gsl_isnan (form) ? form : GSL_MAX_DBL (form - c * t->squares, 0);

  return sqrt (4 * c * ours + 2 * c * c * t->squares) / (double)m;
}

int
bd_parts_fill (bd_parts *a, const bd_influence *f, size_t first, size_t count)
{
  double v = sum_of (count, f->v + first) / (double)count;
  thinned t;
  int code = GSL_ENOMEM;

  bd_blas_one_thread ();
  *a = (bd_parts){ .n = f->n,
                   .part = bd_array (f->n, 1),
                   .error = bd_array (f->n, 1) };
  if (a->part && a->error)
    code = thinned_init (&t, f, first, count);
  if (code)
    {
      bd_parts_free (a);
      return code;
    }
  for (size_t i = 0; i < f->n; i++)
    {
      const double *L = f->L + i * f->m + first;
      double square = cblas_ddot ((int)count, L, 1, L, 1) / (double)count;
      a->part[i] = square - f->chance[i] * v;
      a->error[i] = part_error (&t, f, i);
      a->total += a->part[i];
    }
  thinned_free (&t);
  return GSL_SUCCESS;
}

void
bd_parts_free (bd_parts *a)
{
  free (a->part);
  free (a->error);
  *a = (bd_parts){ 0 };
}

double
bd_parts_share (const bd_parts *a, size_t i)
{
  return a->total > 0 ? a->part[i] / a->total : GSL_NAN;
}

int
bd_parts_order (const bd_parts *a, size_t order[])
{
  double *minus = bd_array (a->n, 1);

  if (!minus)
    return GSL_ENOMEM;
  for (size_t i = 0; i < a->n; i++)
    minus[i] = -a->part[i];
  gsl_sort_index (order, minus, 1, a->n);
  free (minus);
  return GSL_SUCCESS;
}
