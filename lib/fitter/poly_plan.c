/* The plan of the polynomial: the orthonormal basis, the fit to weights 1 in
   long double, and the choice of the members' basis.  References stand in
   poly.c.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "line.h"
#include "poly.h"

enum
{
  KNOB_DEGREE
};

/* A Chebyshev basis worse than this, by the smallest pivot of its normal
   equations, costs more digits than an orthonormal one costs time.  */
#define WORST_PIVOT 1e-5

void
bd_poly_free_plan (void *plan)
{
  poly_plan *a = plan;

  if (!a)
    return;
  free (a->base);
  free (a->base_p);
  free (a->rest);
  free (a->z2);
  free (a->top);
  free (a->zp);
  gsl_matrix_free (a->Q);
  free (a);
}

static size_t
padded (size_t n)
{
  return (n + POLY_BLOCK - 1) / POLY_BLOCK * POLY_BLOCK;
}

/* Work space of the exact fit: coordinates, two functions, what is left.  */
typedef struct
{
  long double *z, *back, *now, *rest;
} exact_work;

/* Step K of Stieltjes' procedure: q_k+1 orthogonal to q_k and q_k-1, of
   length 1.  LAST is the length that q_k had before.  */
static long double
find_step (poly_exact *e, size_t k, size_t n, exact_work *v, long double last)
{
  long double mean = 0, square = 0;

  for (size_t i = 0; i < n; i++)
    mean += v->z[i] * v->now[i] * v->now[i];
  for (size_t i = 0; i < n; i++)
    {
      long double next = (v->z[i] - mean) * v->now[i] - last * v->back[i];
      square += next * next;
    }
  long double length = sqrtl (square);
  e->slope[k] = 1 / length;
  e->level[k] = -mean / length;
  e->back[k] = last / length;
  return length;
}

/* From q_k to q_k+1 on all rows: take what q_k explains, C q_k, out of the
   rest, and return the coefficient of q_k+1 in what is left.  */
static long double
advance (const poly_exact *e, size_t k, size_t n, exact_work *v, long double c)
{
  long double slope = e->slope[k], level = e->level[k], back = e->back[k];
  long double next_c = 0;

  for (size_t i = 0; i < n; i++)
    {
      long double now = v->now[i];
      long double next = (slope * v->z[i] + level) * now - back * v->back[i];
      v->rest[i] -= c * now;
      v->back[i] = now;
      v->now[i] = next;
      next_c += next * v->rest[i];
    }
  return next_c;
}

/* q_0 on all rows; its coefficient in the rest.  */
static long double
start (const poly_exact *e, size_t n, exact_work *v)
{
  long double c = 0;

  for (size_t i = 0; i < n; i++)
    {
      v->now[i] = e->first;
      v->back[i] = 0;
      c += e->first * v->rest[i];
    }
  return c;
}

/* The basis and the fit; more rounds over the rest give back the digits that
   a basis orthogonal to rounding only has lost.  False when a function
   vanishes on the rows.  */
static bool
fit_exactly (poly_plan *a, exact_work *v)
{
  poly_exact *e = &a->exact;
  long double length = 0;

  e->first = 1 / sqrtl ((long double)a->n);
  for (int round = 0; round < 3; round++)
    {
      long double c = start (e, a->n, v);
      e->c[0] += c;
      for (size_t k = 0; k + 1 < a->terms; k++)
        {
          if (round == 0)
            length = find_step (e, k, a->n, v, length);
          if (!(length > 1e-15L))
            return false;
          c = advance (e, k, a->n, v, c);
          e->c[k + 1] += c;
        }
      for (size_t i = 0; i < a->n; i++)
        v->rest[i] -= c * v->now[i];
    }
  return true;
}

/* Value of the exact fit at Z by the recurrence.  */
static long double
exact_value (const poly_exact *e, size_t terms, long double z)
{
  long double back = 0, now = e->first, sum = e->c[0] * now;

  for (size_t k = 0; k + 1 < terms; k++)
    {
      long double next
          = (e->slope[k] * z + e->level[k]) * now - e->back[k] * back;
      back = now;
      now = next;
      sum += e->c[k + 1] * now;
    }
  return sum;
}

static int
fit_ones (poly_plan *a, const gsl_matrix *X, const gsl_vector *y,
          const gsl_matrix *P, bd_error *err)
{
  long double *room = calloc (4 * a->n, sizeof *room);
  exact_work v = { room, room + a->n, room + 2 * a->n, room + 3 * a->n };
  bool good = room != NULL;

  for (size_t i = 0; good && i < a->n; i++)
    {
      v.z[i] = ((long double)gsl_matrix_get (X, i, 0) - a->mid) / a->half;
      v.rest[i] = gsl_vector_get (y, i);
    }
  good = good && fit_exactly (a, &v);
  for (size_t i = 0; good && i < a->n; i++)
    {
      a->rest[i] = (double)v.rest[i];
      a->base[i] = (double)(gsl_vector_get (y, i) - v.rest[i]);
    }
  for (size_t j = 0; good && j < a->m; j++)
    {
      long double x = gsl_matrix_get (P, j, 0);
      a->base_p[j]
          = (double)exact_value (&a->exact, a->terms, (x - a->mid) / a->half);
    }
  free (room);
  if (!room)
    return BD_FAIL (err, GSL_ENOMEM, "no memory for a polynomial of %zu rows",
                    a->n);
  return good ? GSL_SUCCESS
              : BD_FAIL (err, GSL_ESING,
                         "the values of x are too unevenly spread for a "
                         "polynomial of degree %zu",
                         a->terms - 1);
}

static void
chebyshev_basis (poly_plan *a)
{
  a->basis.first = 1;
  for (size_t k = 0; k + 1 < a->terms; k++)
    {
      a->basis.slope[k] = k ? 2 : 1;
      a->basis.back[k] = k ? 1 : 0;
    }
  for (size_t i = 0; i < a->n; i++)
    {
      double z = a->z2[i] / 2, back = z, now = 1;
      for (size_t k = 0; k + 1 < a->terms; k++)
        {
          double next = 2 * z * now - back;
          back = now;
          now = next;
        }
      a->top[i] = now;
    }
}

/* The pivots of weights 1 in the basis as it stands; *WORST, what
   bd_poly_factor says of them.  */
static int
count_once (poly_plan *a, double *worst)
{
  poly_work *w = bd_poly_work (a);
  double *ones = bd_array (a->n, 1);
  int code = GSL_ENOMEM;

  if (!w || !ones)
    goto done;
  for (size_t i = 0; i < a->n; i++)
    ones[i] = 1;
  bd_poly_normal (a, w, ones);
  *worst = bd_poly_factor (a->terms, w->G);
  for (size_t k = 0; k < a->terms; k++)
    a->once[k] = *worst > 0 ? w->G[k * POLY_TERMS + k] : GSL_NAN;
  code = GSL_SUCCESS;
done:
  bd_poly_free_work (w);
  free (ones);
  return code;
}

static int
orthonormal_basis (poly_plan *a)
{
  poly_basis *b = &a->basis;

  free (a->top);
  a->top = NULL;
  b->first = (double)a->exact.first;
  for (size_t k = 0; k + 1 < a->terms; k++)
    {
      b->slope[k] = (double)a->exact.slope[k];
      b->level[k] = (double)a->exact.level[k];
      b->back[k] = (double)a->exact.back[k];
    }
  a->Q = gsl_matrix_alloc (a->n, a->terms);
  if (!a->Q)
    return GSL_ENOMEM;
  for (size_t i = 0; i < a->n; i++)
    {
      double z = a->z2[i] / 2, back = 0, now = b->first;
      for (size_t k = 0; k < a->terms; k++)
        {
          double next
              = (b->slope[k] * z + b->level[k]) * now - b->back[k] * back;
          gsl_matrix_set (a->Q, i, k, now);
          back = now;
          now = next;
        }
    }
  return GSL_SUCCESS;
}

static int
make_arrays (poly_plan *a, const gsl_matrix *X, const gsl_matrix *P)
{
  a->base = bd_array (a->n, 1);
  a->base_p = bd_array (a->m, 1);
  a->rest = bd_array (padded (a->n), 1);
  a->z2 = bd_array (padded (a->n), 1);
  a->top = bd_array (padded (a->n), 1);
  a->zp = bd_array (padded (a->m), 1);
  if (!a->base || !a->base_p || !a->rest || !a->z2 || !a->top || !a->zp)
    return GSL_ENOMEM;
  for (size_t i = 0; i < a->n; i++)
    a->z2[i] = 2 * ((gsl_matrix_get (X, i, 0) - a->mid) / a->half);
  for (size_t j = 0; j < a->m; j++)
    a->zp[j] = (gsl_matrix_get (P, j, 0) - a->mid) / a->half;
  return GSL_SUCCESS;
}

/* The scale of x; a sentence when there are too few values of it.  */
static int
look (poly_plan *a, const gsl_matrix *X, bd_error *err)
{
  bd_line line = { 0 };
  int code = bd_line_init (&line, "poly", X, err);

  if (!code && line.distinct < a->terms)
    code = BD_FAIL (err, GSL_EINVAL,
                    "degree %zu needs at least %zu distinct values of x; "
                    "there are %zu",
                    a->terms - 1, a->terms, line.distinct);
  a->mid = line.lo + (line.hi - line.lo) / 2;
  a->half = line.range / 2;
  bd_line_clear (&line);
  return code;
}

void *
bd_poly_plan (const bd_settings *set, const gsl_matrix *X, const gsl_vector *y,
              const gsl_matrix *P, bd_error *err)
{
  poly_plan *a = calloc (1, sizeof *a);
  double worst;

  if (!a)
    goto memory;
  a->n = X->size1;
  a->m = P->size1;
  a->terms = (size_t)set->value[KNOB_DEGREE] + 1;
  if (look (a, X, err))
    goto fail;
  if (make_arrays (a, X, P))
    goto memory;
  if (fit_ones (a, X, y, P, err))
    goto fail;
  chebyshev_basis (a);
  if (count_once (a, &worst))
    goto memory;
  if (!(worst > WORST_PIVOT)
      && (orthonormal_basis (a) || count_once (a, &worst)))
    goto memory;
  return a;
memory:
  BD_FAIL (err, GSL_ENOMEM, "no memory for a polynomial of %zu rows",
           X->size1);
fail:
  bd_poly_free_plan (a);
  return NULL;
}
