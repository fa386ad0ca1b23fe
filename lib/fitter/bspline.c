/* Least-squares cubic B-splines with fixed knots.

   References: C. de Boor, "A Practical Guide to Splines", revised edition,
   Springer 2001, chapters IX, X and XIV; I. J. Schoenberg, A. Whitney, "On
   Polya frequency functions III", Trans. AMS 74 (1953).

   A product of two functions is a polynomial of degree six within a cell
   between two knots, so seven sums over the rows of the cell, and four more
   with y, hold all that a member has to know of them.  They are taken with
   Chebyshev polynomials of the cell's own coordinate, which keeps the digits
   that powers would lose.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/kernel.h"
#include "bspline.h"

#define LANES BSPLINE_LANES
#define BLOCK 1024 /* rows whose weights are in order at a time */

static const bd_knob bspline_knobs[] = {
  { "knots", 8, 0, BD_BASIS_KNOTS, true, "inner knots", NULL },
  { "equal", 0, 0, 1, true,
    "1: knots at equal distances; 0: at quantiles of the rows", NULL },
  { NULL, 0, 0, 0, false, NULL, NULL },
};

void
bd_bspline_free_work (void *work)
{
  bspline_work *w = work;

  if (!w)
    return;
  free (w->own);
  free (w->sum);
  free (w->t);
  free (w);
}

void *
bd_bspline_work (const void *plan)
{
  const bspline_plan *a = plan;
  bspline_work *w = calloc (1, sizeof *w);
  size_t size = a->first[a->cells];

  if (!w)
    return NULL;
  w->own = bd_array (size, 1);
  w->sum = calloc (a->cells, sizeof *w->sum);
  w->t = bd_array (a->m, 1);
  w->y = a->y;
  w->y0 = a->y0;
  if (w->own && w->sum && w->t)
    return w;
  bd_bspline_free_work (w);
  return NULL;
}

/* Weights of places AT to END - 1; *GAP is the first gap there, and then the
   first beyond.  */
BD_INLINE void
gather (const bspline_plan *a, size_t at, size_t end, size_t *gap,
        const double *restrict w, double *restrict v)
{
  const int *restrict from = a->from + at;

  for (size_t i = 0; i < end - at; i++)
    v[i] = w[from[i]];
  for (; *gap < a->gaps && (size_t)a->gap[*gap] < end; ++*gap)
    v[(size_t)a->gap[*gap] - at] = 0;
}

/* Add COUNT rows to the sums of their cell, which a compiler leaves in
   registers meanwhile.  */
BD_INLINE void
add_rows (size_t count, const double *restrict u, const double *restrict y,
          const double *restrict v, double sum[BSPLINE_SUMS][LANES])
{
  double s[BSPLINE_SUMS][LANES];

  memcpy (s, sum, sizeof s);
  for (size_t i = 0; i < count; i += LANES)
    for (size_t l = 0; l < LANES; l++)
      {
        double z = u[i + l], yi = y[i + l], zz = z + z;
        double p0 = v[i + l], p1 = z * p0, p2 = zz * p1 - p0;
        double p3 = zz * p2 - p1, t3 = z * (zz * zz - 3);

        s[0][l] += p0;
        s[1][l] += p1;
        s[2][l] += p2;
        s[3][l] += p3;
        s[4][l] += t3 * p1;
        s[5][l] += t3 * p2;
        s[6][l] += t3 * p3;
        s[7][l] += yi * p0;
        s[8][l] += yi * p1;
        s[9][l] += yi * p2;
        s[10][l] += yi * p3;
      }
  memcpy (sum, s, sizeof s);
}

/* The sums of all cells.  Weights are put in order a block at a time, so that
   they are still in the first cache when they are summed.  */
BD_KERNEL static void
bspline_sums (const bspline_plan *a, const double *restrict w,
              const double *restrict y, double (*restrict sum)[BSPLINE_SUMS])
{
  _Alignas(64) double v[BLOCK];
  size_t begin = 0, end = 0, gap = 0, stop;

  for (size_t c = 0; c < a->cells; c++)
    {
      double s[BSPLINE_SUMS][LANES] = { { 0 } };

      for (size_t at = a->first[c]; at < a->first[c + 1]; at = stop)
        {
          if (at == end)
            {
              begin = at;
              end = GSL_MIN (at + BLOCK, a->first[a->cells]);
              gather (a, begin, end, &gap, w, v);
            }
          stop = GSL_MIN (end, a->first[c + 1]);
          add_rows (stop - at, a->u + at, y + at, v + (at - begin), s);
        }
      for (size_t q = 0; q < BSPLINE_SUMS; q++)
        sum[c][q] = ((s[q][0] + s[q][4]) + (s[q][2] + s[q][6]))
                    + ((s[q][1] + s[q][5]) + (s[q][3] + s[q][7]));
    }
}

/* Normal equations: upper band, row j at 4 j; right-hand side.  */
BD_KERNEL static void
bspline_assemble (const bspline_plan *a,
                  const double (*restrict sum)[BSPLINE_SUMS],
                  double *restrict band, double *restrict c)
{
  for (size_t k = 0; k < a->cells; k++)
    {
      const bspline_cell *q = &a->cell[k];
      const double *s = sum[k], *sy = s + BSPLINE_SUMS_X;

      for (size_t i = 0; i < 16; i++)
        {
          double g = s[0] * q->gram[0][i] + s[1] * q->gram[1][i];
          double h = s[2] * q->gram[2][i] + s[3] * q->gram[3][i];
          g += s[4] * q->gram[4][i] + s[5] * q->gram[5][i];
          band[4 * k + i] += g + (h + s[6] * q->gram[6][i]);
        }
      for (size_t i = 0; i < 4; i++)
        c[k + i] += (sy[0] * q->side[0][i] + sy[1] * q->side[1][i])
                    + (sy[2] * q->side[2][i] + sy[3] * q->side[3][i]);
    }
}

/* Solve in place by LDL'; REACH[j], the weight of the rows in the support of
   function j, is the scale of its pivot and becomes this pivot.  *WORST is
   the least one relative to those in ONCE.  */
static int
solve (size_t p, double band[], double c[], double reach[],
       const double once[], double *worst)
{
  *worst = GSL_POSINF;
  for (size_t j = 0; j < p; j++)
    {
      double *row = band + 4 * j, inverse = 1 / row[0];

      if (!(row[0] > 1e-12 * reach[j]))
        GSL_ERROR ("a function of the spline has too few rows", GSL_ESING);
      reach[j] = row[0];
      *worst = GSL_MIN (*worst, row[0] / once[j]);
      double l1 = row[1] * inverse, l2 = row[2] * inverse;
      double l3 = row[3] * inverse;
      row[4] -= l1 * row[1];
      row[5] -= l1 * row[2];
      row[6] -= l1 * row[3];
      row[8] -= l2 * row[2];
      row[9] -= l2 * row[3];
      row[12] -= l3 * row[3];
      c[j + 1] -= l1 * c[j];
      c[j + 2] -= l2 * c[j];
      c[j + 3] -= l3 * c[j];
      row[0] = inverse;
    }
  /* Places beyond p, which the last rows touch, hold noughts.  */
  c[p] = c[p + 1] = c[p + 2] = 0;
  for (size_t j = p; j-- > 0;)
    {
      const double *row = band + 4 * j;
      c[j] = row[0]
             * (c[j] - row[1] * c[j + 1] - row[2] * c[j + 2]
                - row[3] * c[j + 3]);
    }
  return GSL_SUCCESS;
}

int
bd_bspline_fit (const void *plan, void *work, const double weight[],
                gsl_rng *r)
{
  const bspline_plan *a = plan;
  bspline_work *w = work;

  (void)r;
  bspline_sums (a, weight, w->y, w->sum);
  memset (w->band, 0, sizeof w->band);
  memset (w->reach, 0, sizeof w->reach);
  memset (w->c, 0, sizeof w->c);
  bspline_assemble (a, (const double (*)[BSPLINE_SUMS])w->sum, w->band, w->c);
  for (size_t k = 0; k < a->cells; k++)
    for (size_t i = 0; i < 4; i++)
      w->reach[k + i] += w->sum[k][0];
  int code = solve (a->p, w->band, w->c, w->reach, a->once, &w->worst);
  /* What is not finite anywhere has come down to the first coefficient.  */
  if (!code && !gsl_finite (w->c[0]))
    GSL_ERROR ("the coefficients of a spline overflow", GSL_EOVRFLW);
  return code;
}

static int
bspline_respond (const void *plan, void *work, const double y[])
{
  const bspline_plan *a = plan;
  bspline_work *w = work;

  w->y = y ? w->own : a->y;
  w->y0 = y ? bd_bspline_response (a, y, 1, w->own) : a->y0;
  return GSL_SUCCESS;
}

static double
bspline_pivot (const void *plan, const void *work)
{
  const bspline_work *w = work;

  (void)plan;
  return w->worst;
}

/* Predictions in order of x.  */
BD_KERNEL static void
bspline_evaluate (const bspline_plan *a, double y0, const double *restrict c,
                  double *restrict t)
{
  const double *restrict v0 = a->V, *restrict v1 = v0 + a->m;
  const double *restrict v2 = v1 + a->m, *restrict v3 = v2 + a->m;

  for (size_t k = 0; k < a->cells; k++, c++)
    for (size_t j = a->run[k]; j < a->run[k + 1]; j++)
      t[j]
          = (y0 + c[0] * v0[j] + c[1] * v1[j]) + (c[2] * v2[j] + c[3] * v3[j]);
}

static int
bspline_predict (const void *plan, void *work, double t[])
{
  const bspline_plan *a = plan;
  bspline_work *w = work;

  bspline_evaluate (a, w->y0, w->c, a->ordered ? t : w->t);
  for (size_t j = 0; !a->ordered && j < a->m; j++)
    t[a->at[j]] = w->t[j];
  return GSL_SUCCESS;
}

const bd_fitter_type bd_fitter_bspline = {
  .name = "bspline",
  .title = "B-spline",
  .help = "cubic B-spline with fixed knots by least squares; straight lines "
          "beyond the data",
  .knobs = bspline_knobs,
  .resample = "bayes",
  .inputs = 1,
  .plan = bd_bspline_plan,
  .free_plan = bd_bspline_free_plan,
  .work = bd_bspline_work,
  .free_work = bd_bspline_free_work,
  .fit = bd_bspline_fit,
  .respond = bspline_respond,
  .pivot = bspline_pivot,
  .predict = bspline_predict,
};
