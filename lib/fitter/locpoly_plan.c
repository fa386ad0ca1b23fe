/* The plan of local regression: places, windows, and the bandwidth by
   leave-one-out cross-validation.  References stand in locpoly.c.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "locpoly.h"

#define WIDEST 1.0    /* bandwidths tried, in ranges of x: from here */
#define NEXT 0.85     /* each this times the one before */
#define BANDWIDTHS 33 /* at most, down to 0.0055 */
#define LEFT_OUT 4000 /* rows left out in turn, evenly spread, at most */

void
bd_loc_free_plan (void *plan)
{
  loc_plan *a = plan;

  if (!a)
    return;
  bd_line_clear (&a->rows);
  free (a->u);
  free (a->x);
  free (a->first);
  free (a->y);
  free (a->at.x);
  bd_loc_clear_windows (&a->at);
  free (a->point);
  free (a);
}

double
bd_loc_response (const loc_plan *a, const double y[], size_t stride,
                 double to[])
{
  double mean = gsl_stats_mean (y, stride, a->n);

  for (size_t i = 0; i < a->n; i++)
    to[i] = y[(size_t)a->rows.from[i] * stride] - mean;
  return mean;
}

/* Distinct values of x; which rows have them, when rows are tied.  */
static int
make_places (loc_plan *a)
{
  const bd_line *rows = &a->rows;
  bool ties = rows->distinct < a->n;
  size_t g = 0;

  a->x = bd_array (rows->distinct, 1);
  a->first = ties ? calloc (rows->distinct + 1, sizeof *a->first) : NULL;
  if (!a->x || (ties && !a->first))
    return GSL_ENOMEM;
  for (size_t i = 0; i < a->n; i++)
    if (i == 0 || rows->x[i] > rows->x[i - 1])
      {
        if (ties)
          a->first[g] = i;
        a->x[g++] = rows->x[i];
      }
  if (ties)
    a->first[g] = a->n;
  a->places = g;
  return GSL_SUCCESS;
}

/* Rows left out in turn: their numbers in order of x, and their places.  */
typedef struct
{
  size_t count, *row, *place;
  double *x, *ones;
} left_out;

static bool
choose_rows (const loc_plan *a, left_out *c)
{
  size_t g = 0;

  c->count = GSL_MIN (a->n, LEFT_OUT);
  c->row = calloc (c->count, sizeof *c->row);
  c->place = calloc (c->count, sizeof *c->place);
  c->x = bd_array (c->count, 1);
  c->ones = bd_array (a->n, 1);
  if (!c->row || !c->place || !c->x || !c->ones)
    return false;
  for (size_t i = 0; i < a->n; i++)
    c->ones[i] = 1;
  for (size_t k = 0; k < c->count; k++)
    {
      size_t i = (size_t)(((double)k + 0.5) * (double)a->n / (double)c->count);
      while (a->x[g] < a->rows.x[i])
        g++;
      c->row[k] = i;
      c->place[k] = g;
      c->x[k] = a->rows.x[i];
    }
  return true;
}

static void
release_rows (left_out *c)
{
  free (c->row);
  free (c->place);
  free (c->x);
  free (c->ones);
}

/* Every row once.  */
static void
weigh_ones (const loc_plan *a, loc_work *w)
{
  size_t g = 0;

  for (size_t i = 0; i < a->n; i++)
    {
      g += a->x[g] < a->rows.x[i];
      w->w[g] += 1;
      w->wy[g] += a->y[i];
    }
}

/* Take each window's own row, which is at the point itself, out of its sums;
   nought where it was alone, not what rounding leaves.  */
static void
leave_out (const loc_plan *a, const left_out *c, const loc_windows *at,
           double sum[])
{
  for (size_t q = 0; q < at->m; q++)
    {
      double left_u = -at->shift[q], right_u = -at->shift[at->m + q];
      bool right = fabs (right_u) < fabs (left_u);
      double *left = sum + q, *beyond = left + LOC_SUMS * at->m;
      double *own = right ? beyond : left;
      double u = right ? right_u : left_u, power = 1;
      bool alone = *left + *beyond < 1.5;

      for (size_t k = 0; k < LOC_SUMS; k++, power *= u)
        {
          if (k == LOC_SUMS_X)
            power = a->y[c->row[q]];
          own[k * at->m] -= power;
          if (alone)
            left[k * at->m] = beyond[k * at->m] = 0;
        }
    }
}

/* Sum of the squared errors of predictions of the rows left out.  */
static double
loss (const loc_plan *a, const left_out *c, const loc_windows *at, loc_work *w)
{
  double sum = 0;

  bd_loc_sums (a, at, w, c->ones);
  leave_out (a, c, at, w->sum);
  bd_loc_solve (a, at, w, w->t);
  for (size_t q = 0; q < at->m; q++)
    {
      double y = a->y[c->row[q]], t = w->t[q];
      if (isnan (t))
        {
          size_t g = c->place[q];
          w->w[g] -= 1;
          w->wy[g] -= y;
          t = bd_loc_widened (a, w, at->h, at->x[q]);
          w->w[g] += 1;
          w->wy[g] += y;
        }
      sum += gsl_pow_2 (y - t);
    }
  return sum;
}

static int
cross_validate (const loc_plan *a, const left_out *c, double *h)
{
  double best = GSL_POSINF, width = WIDEST * a->rows.range;
  double least = 1.5 * a->rows.range / (double)a->places;

  *h = width;
  for (int k = 0; k < BANDWIDTHS && width > least; k++, width *= NEXT)
    {
      loc_windows at = { 0 };
      loc_work w = { 0 };
      bool good = bd_loc_windows (&at, a, c->x, c->count, width)
                  && bd_loc_init_work (&w, a, &at);
      double error = GSL_POSINF;

      if (good)
        {
          weigh_ones (a, &w);
          error = loss (a, c, &at, &w);
        }
      bd_loc_clear_work (&w);
      bd_loc_clear_windows (&at);
      if (!good)
        return GSL_ENOMEM;
      if (error < best)
        {
          best = error;
          *h = width;
        }
    }
  return GSL_SUCCESS;
}

/* The bandwidth that was asked for, or the best.  */
static int
bandwidth (const loc_plan *a, double knob, double *h)
{
  left_out c = { 0 };
  int code = GSL_SUCCESS;

  *h = (knob > 0 ? knob : WIDEST) * a->rows.range;
  if (knob > 0 || a->places < 4)
    return code;
  code = choose_rows (a, &c) ? cross_validate (a, &c, h) : GSL_ENOMEM;
  release_rows (&c);
  return code;
}

static int
make_points (loc_plan *a, const gsl_matrix *P, double knob)
{
  bd_line points = { 0 };
  double h;
  int code = bd_line_points (&points, P);

  a->point = points.from;
  a->at.x = points.x;
  if (!code)
    code = bandwidth (a, knob, &h);
  if (!code && !bd_loc_windows (&a->at, a, points.x, a->m, h))
    code = GSL_ENOMEM;
  return code;
}

void *
bd_loc_plan (const bd_settings *set, const gsl_matrix *X, const gsl_vector *y,
             const gsl_matrix *P, bd_error *err)
{
  loc_plan *a = calloc (1, sizeof *a);

  if (!a)
    goto memory;
  a->n = X->size1;
  a->m = P->size1;
  a->line = set->value[KNOB_DEGREE] > 0;
  if (bd_line_init (&a->rows, "locpoly", X, err))
    goto fail;
  a->u = bd_array (a->n + LOC_LANES, 1);
  a->y = bd_array (a->n + LOC_LANES, 1);
  if (!a->u || !a->y || make_places (a))
    goto memory;
  memcpy (a->u, a->rows.x, a->n * sizeof *a->u);
  a->y0 = bd_loc_response (a, y->data, y->stride, a->y);
  if (make_points (a, P, set->value[KNOB_BANDWIDTH]))
    goto memory;
  return a;
memory:
  BD_FAIL (err, GSL_ENOMEM, "no memory for a local regression of %zu rows",
           X->size1);
fail:
  bd_loc_free_plan (a);
  return NULL;
}
