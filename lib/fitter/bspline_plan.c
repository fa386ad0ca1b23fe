/* The plan of the least-squares B-spline: knots, rows and points sorted into
   the knots' cells, and what turns the sums of a cell into its products.
   References stand in bspline.c.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>

#include "../base/array.h"
#include "bspline.h"
#include "line.h"

#define ORDER 4

void
bd_bspline_free_plan (void *plan)
{
  bspline_plan *a = plan;

  if (!a)
    return;
  free (a->cell);
  free (a->from);
  free (a->gap);
  free (a->u);
  free (a->y);
  free (a->at);
  free (a->V);
  free (a);
}

double
bd_bspline_response (const bspline_plan *a, const double y[], size_t stride,
                     double to[])
{
  double mean = gsl_stats_mean (y, stride, a->n);

  for (size_t i = 0; i < a->first[a->cells]; i++)
    to[i] = y[(size_t)a->from[i] * stride] - mean;
  return mean;
}

static double
scaled (const bspline_plan *a, double x)
{
  return (x - a->basis.lo) / a->basis.scale;
}

/* Quantiles of the COUNT sorted values X, in the manner of R's type 7.  */
static void
quantile_knots (bspline_plan *a, const double x[], size_t count)
{
  for (size_t k = 1; k <= a->basis.inner; k++)
    {
      double at
          = (double)k * (double)(count - 1) / (double)(a->basis.inner + 1);
      size_t i = (size_t)at;
      double part = at - (double)i;
      double low = scaled (a, x[i]), high = scaled (a, x[i + 1]);
      a->basis.knot[ORDER + k - 1] = low + part * (high - low);
    }
}

/* No two knots at one place, none at an end.  */
static bool
apart (const bspline_plan *a)
{
  for (size_t k = ORDER; k <= ORDER + a->basis.inner; k++)
    if (!(a->basis.knot[k] > a->basis.knot[k - 1]))
      return false;
  return true;
}

/* Each function needs a row of its own (Schoenberg and Whitney): taken from
   left to right, every one the first that is left in its support.  */
static bool
determined (const bspline_plan *a, const bd_line *line)
{
  size_t i = 0;

  for (size_t j = 0; j < a->p; j++, i++)
    {
      double low = a->basis.knot[j], high = a->basis.knot[j + ORDER];
      while (i < line->n
             && ((i > 0 && !(line->x[i] > line->x[i - 1]))
                 || (scaled (a, line->x[i]) <= low && j > 0)))
        i++;
      if (i == line->n || (scaled (a, line->x[i]) >= high && j + 1 < a->p))
        return false;
    }
  return true;
}

/* Ties may bring quantiles of the rows together, or leave a function without
   rows; those of the distinct values never coincide.  */
static int
distinct_knots (bspline_plan *a, const bd_line *line)
{
  double *x = bd_array (line->distinct, 1);
  size_t count = 0;

  if (!x)
    return GSL_ENOMEM;
  for (size_t i = 0; i < line->n; i++)
    if (i == 0 || line->x[i] > line->x[i - 1])
      x[count++] = line->x[i];
  quantile_knots (a, x, count);
  free (x);
  return GSL_SUCCESS;
}

static int
place_knots (bspline_plan *a, const bd_line *line, bool equal)
{
  bd_basis *b = &a->basis;

  b->lo = line->lo;
  b->scale = line->range;
  b->p = a->p;
  b->inner = a->p - ORDER;
  for (size_t k = 0; k < ORDER; k++)
    b->knot[ORDER + b->inner + k] = 1;
  if (equal)
    for (size_t k = 1; k <= b->inner; k++)
      b->knot[ORDER + k - 1] = (double)k / (double)(b->inner + 1);
  else
    quantile_knots (a, line->x, line->n);
  return equal || (apart (a) && determined (a, line))
             ? GSL_SUCCESS
             : distinct_knots (a, line);
}

/* The functions that are not zero in a cell as sums of Chebyshev polynomials
   of its own coordinate: F[i][k] of T_k in function i.  */
static void
expand (const bspline_plan *a, size_t c, double F[4][4])
{
  const double *knot = a->basis.knot + ORDER - 1 + c;
  bd_basis unit = a->basis;
  double row[BSPLINE_FUNCTIONS];

  unit.lo = 0;
  unit.scale = 1;
  for (size_t i = 0; i < 4; i++)
    for (size_t k = 0; k < 4; k++)
      F[i][k] = 0;
  for (size_t j = 0; j < 4; j++)
    {
      double angle = M_PI * ((double)j + 0.5) / 4;
      double z = knot[0] + (knot[1] - knot[0]) * (1 + cos (angle)) / 2;
      bd_basis_row (&unit, z, row);
      for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < 4; k++)
          F[i][k] += row[c + i] * cos ((double)k * angle) / (k ? 2 : 4);
    }
}

/* Add SCALE T_k to the sums that a product takes: those beyond T_3 come from
   T_3+k = 2 T_3 T_k - T_3-k.  */
static void
add_chebyshev (bspline_cell *q, size_t product, size_t k, double scale)
{
  if (k < 4)
    q->gram[k][product] += scale;
  else
    {
      q->gram[k][product] += 2 * scale;
      q->gram[6 - k][product] -= scale;
    }
}

static void
make_cell (bspline_cell *q, double F[4][4])
{
  for (size_t i = 0; i < 4; i++)
    for (size_t k = 0; k < 4; k++)
      q->side[k][i] = F[i][k];
  for (size_t i = 0; i < 4; i++)
    for (size_t e = 0; i + e < 4; e++)
      for (size_t k = 0; k < 4; k++)
        for (size_t l = 0; l < 4; l++)
          {
            double half = F[i][k] * F[i + e][l] / 2;
            add_chebyshev (q, 4 * i + e, k + l, half);
            add_chebyshev (q, 4 * i + e, k > l ? k - l : l - k, half);
          }
}

static int
make_cells (bspline_plan *a)
{
  double F[4][4];

  a->cell = calloc (a->cells, sizeof *a->cell);
  if (!a->cell)
    return GSL_ENOMEM;
  for (size_t c = 0; c < a->cells; c++)
    {
      expand (a, c, F);
      make_cell (&a->cell[c], F);
    }
  return GSL_SUCCESS;
}

/* START[c]: the first of the sorted values in cell c or beyond.  The last cell
   has all that lies to its right, the first all to its left.  */
static void
split (const bspline_plan *a, const bd_line *line, size_t start[])
{
  size_t i = 0;

  start[0] = 0;
  for (size_t c = 1; c < a->cells; c++)
    {
      double knot = a->basis.knot[ORDER - 1 + c];
      while (i < line->n && scaled (a, line->x[i]) < knot)
        i++;
      start[c] = i;
    }
  start[a->cells] = line->n;
}

static int
make_rows (bspline_plan *a, const bd_line *line)
{
  size_t start[BSPLINE_CELLS + 1], most = line->n + BSPLINE_LANES * a->cells;

  a->from = calloc (most, sizeof *a->from);
  a->gap = calloc (BSPLINE_LANES * a->cells, sizeof *a->gap);
  a->u = bd_array (most, 1);
  a->y = bd_array (most, 1);
  if (!a->from || !a->gap || !a->u || !a->y)
    return GSL_ENOMEM;
  split (a, line, start);
  size_t at = 0;
  for (size_t c = 0; c < a->cells; c++)
    {
      const double *knot = a->basis.knot + ORDER - 1 + c;
      for (size_t i = start[c]; i < start[c + 1]; i++, at++)
        {
          a->from[at] = line->from[i];
          a->u[at]
              = 2 * (scaled (a, line->x[i]) - knot[0]) / (knot[1] - knot[0])
                - 1;
        }
      while (at % BSPLINE_LANES)
        a->gap[a->gaps++] = (int)at++;
      a->first[c + 1] = at;
    }
  return GSL_SUCCESS;
}

static int
make_points (bspline_plan *a, const gsl_matrix *P)
{
  bd_line line = { 0 };
  double row[BSPLINE_FUNCTIONS];
  int code = bd_line_points (&line, P);

  a->at = line.from;
  a->V = bd_array (4, a->m);
  if (code || !a->V)
    {
      free (line.x);
      return GSL_ENOMEM;
    }
  split (a, &line, a->run);
  a->ordered = true;
  for (size_t c = 0; c < a->cells; c++)
    for (size_t j = a->run[c]; j < a->run[c + 1]; j++)
      {
        bd_basis_row (&a->basis, line.x[j], row);
        for (size_t i = 0; i < 4; i++)
          a->V[i * a->m + j] = row[c + i];
        a->ordered = a->ordered && a->at[j] == (int)j;
      }
  free (line.x);
  return GSL_SUCCESS;
}

/* The pivots that those of members are held against.  Where rounding leaves
   none the plan stands, and members fail.  */
static int
count_once (bspline_plan *a)
{
  double *ones = bd_array (a->n, 1);
  bspline_work *w = bd_bspline_work (a);
  bool room = ones && w;

  for (size_t i = 0; room && i < a->n; i++)
    ones[i] = 1;
  bool good = room && bd_bspline_fit (a, w, ones, NULL) != GSL_ESING;
  for (size_t j = 0; j < a->p; j++)
    a->once[j] = good ? w->reach[j] : GSL_NAN;
  free (ones);
  bd_bspline_free_work (w);
  return room ? GSL_SUCCESS : GSL_ENOMEM;
}

/* GSL_SUCCESS or a sentence why these rows do not determine the spline.  */
static int
refuse (const bspline_plan *a, const bd_line *line, bd_error *err)
{
  if (line->distinct < a->p)
    return BD_FAIL (err, GSL_EINVAL,
                    "a spline with %zu inner knots needs at least %zu "
                    "distinct values of x; there are %zu",
                    a->p - ORDER, a->p, line->distinct);
  if (!determined (a, line))
    return BD_FAIL (err, GSL_EINVAL,
                    "too few values of x lie between some of the %zu inner "
                    "knots: take fewer knots, or equal=0",
                    a->p - ORDER);
  return GSL_SUCCESS;
}

void *
bd_bspline_plan (const bd_settings *set, const gsl_matrix *X,
                 const gsl_vector *y, const gsl_matrix *P, bd_error *err)
{
  bspline_plan *a = calloc (1, sizeof *a);
  bd_line line = { 0 };
  bool equal = set->value[KNOB_EQUAL] > 0;

  if (!a)
    goto memory;
  a->n = X->size1;
  a->m = P->size1;
  a->p = (size_t)set->value[KNOB_KNOTS] + ORDER;
  a->cells = a->p - ORDER + 1;
  if (bd_line_init (&line, "bspline", X, err))
    goto fail;
  if (line.distinct >= a->p && place_knots (a, &line, equal))
    goto memory;
  if (refuse (a, &line, err))
    goto fail;
  if (make_cells (a) || make_rows (a, &line) || make_points (a, P))
    goto memory;
  a->y0 = bd_bspline_response (a, y->data, y->stride, a->y);
  if (count_once (a))
    goto memory;
  bd_line_clear (&line);
  return a;
memory:
  BD_FAIL (err, GSL_ENOMEM, "no memory for a spline of %zu rows", X->size1);
fail:
  bd_line_clear (&line);
  bd_bspline_free_plan (a);
  return NULL;
}
