/* Local regression: sums over sliding windows, their solution, and the rule
   for near-empty windows.  References stand in locpoly.c.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <math.h>

#include "../base/kernel.h"
#include "locpoly.h"

#define LANES 8
#define LONG_RUN 24 /* rows from which lanes pay */
#define SPREAD 0.01 /* least variance of x, in units of h^2 */
#define EDGE 1e-6   /* least mean of the kernel over the rows */
#define NEAREST 3   /* distinct values that a widened window reaches */
#define SLOPE 1e-9  /* as SPREAD, for a widened window */

/* Add many places to S, side by side.  */
static inline void
add_lanes (const double *restrict x, const double *restrict w,
           const double *restrict wy, size_t count, double post, double scale,
           double s[LOC_SUMS])
{
  double v[LOC_SUMS][LANES] = { { 0 } };

  for (size_t i = 0; i < count; i += LANES)
    for (size_t l = 0; l < LANES; l++)
      {
        double u = (x[i + l] - post) * scale, p = w[i + l], q = wy[i + l];
        double u2 = u * u, pu = p * u2, qu = q * u2;

        v[0][l] += p;
        v[1][l] += p * u;
        v[2][l] += pu;
        v[3][l] += pu * u;
        v[4][l] += pu * u2;
        v[5][l] += q;
        v[6][l] += q * u;
        v[7][l] += qu;
        v[8][l] += qu * u;
      }
  for (size_t k = 0; k < LOC_SUMS; k++)
    s[k] += ((v[k][0] + v[k][4]) + (v[k][2] + v[k][6]))
            + ((v[k][1] + v[k][5]) + (v[k][3] + v[k][7]));
}

static inline void
add_place (double u, double p, double q, double s[LOC_SUMS])
{
  double u2 = u * u, pu = p * u2, qu = q * u2;

  s[0] += p;
  s[1] += p * u;
  s[2] += pu;
  s[3] += pu * u;
  s[4] += pu * u2;
  s[5] += q;
  s[6] += q * u;
  s[7] += qu;
  s[8] += qu * u;
}

/* Sums from a post to the right, stored for its points.  One place, one batch
   or one point at a turn: most runs are too short for loops of their own.  */
static inline void
sum_right (const loc_plan *a, const loc_windows *at, const loc_work *w,
           size_t k, double scale, double *restrict sum)
{
  double s[LOC_SUMS] = { 0 }, post = at->post[k];
  size_t i = (size_t)at->split[k], q = at->first[k], end = at->first[k + 1];

  while (q < end)
    {
      size_t run = (size_t)at->high[q] - i;
      if (run == 0)
        {
          for (size_t j = 0; j < LOC_SUMS; j++)
            sum[j * at->m + q] = s[j];
          q++;
        }
      else if (run < LONG_RUN)
        {
          add_place ((a->x[i] - post) * scale, w->w[i], w->wy[i], s);
          i++;
        }
      else
        {
          run -= run % LANES;
          add_lanes (a->x + i, w->w + i, w->wy + i, run, post, scale, s);
          i += run;
        }
    }
}

/* The same to the left, added.  */
static inline void
sum_left (const loc_plan *a, const loc_windows *at, const loc_work *w,
          size_t k, double scale, double *restrict sum)
{
  double s[LOC_SUMS] = { 0 }, post = at->post[k];
  size_t i = (size_t)at->split[k], q = at->first[k + 1], end = at->first[k];

  while (q > end)
    {
      size_t run = i - (size_t)at->low[q - 1];
      if (run == 0)
        {
          q--;
          for (size_t j = 0; j < LOC_SUMS; j++)
            sum[j * at->m + q] += s[j];
        }
      else if (run < LONG_RUN)
        {
          i--;
          add_place ((a->x[i] - post) * scale, w->w[i], w->wy[i], s);
        }
      else
        {
          run -= run % LANES;
          i -= run;
          add_lanes (a->x + i, w->w + i, w->wy + i, run, post, scale, s);
        }
    }
}

BD_KERNEL static void
loc_sums (const loc_plan *a, const loc_windows *at, loc_work *w)
{
  for (size_t k = 0; k < at->posts; k++)
    {
      sum_right (a, at, w, k, 1 / at->h, w->sum);
      sum_left (a, at, w, k, 1 / at->h, w->sum);
    }
}

void
bd_loc_sums (const loc_plan *a, const loc_windows *at, loc_work *w)
{
  loc_sums (a, at, w);
}

/* Move the sums from the posts to the points and solve, without a branch.
   LINE is 1 for lines, 0 for means.  */
BD_KERNEL static void
loc_solve (size_t m, double line, const double *restrict shift,
           const double *restrict sum, double *restrict t)
{
  const double *restrict x0 = sum, *restrict x1 = sum + m;
  const double *restrict x2 = sum + 2 * m, *restrict x3 = sum + 3 * m;
  const double *restrict x4 = sum + 4 * m, *restrict y0 = sum + 5 * m;
  const double *restrict y1 = sum + 6 * m, *restrict y2 = sum + 7 * m;
  const double *restrict y3 = sum + 8 * m;

  for (size_t q = 0; q < m; q++)
    {
      double d = shift[q], d2 = d * d, d3 = d2 * d;
      double s0 = x0[q], s1 = x1[q] + d * s0;
      double s2 = x2[q] + 2 * d * x1[q] + d2 * s0;
      double s3 = x3[q] + 3 * d * x2[q] + 3 * d2 * x1[q] + d3 * s0;
      double s4 = x4[q] + 4 * d * x3[q] + 6 * d2 * x2[q] + 4 * d3 * x1[q]
                  + d2 * d2 * s0;
      double r0 = y0[q], r1 = y1[q] + d * r0;
      double r2 = y2[q] + 2 * d * y1[q] + d2 * r0;
      double r3 = y3[q] + 3 * d * y2[q] + 3 * d2 * y1[q] + d3 * r0;
      double a0 = s0 - s2, a1 = line * (s1 - s3);
      double a2 = line * (s2 - s4) + (1 - line);
      double b0 = r0 - r2, b1 = r1 - r3, below = a0 * a2 - a1 * a1;
      double spread = below - line * SPREAD * a0 * a0;
      double inner = a0 - EDGE * s0, least = spread < inner ? spread : inner;

      t[q] = least > 0 ? (a2 * b0 - a1 * b1) / below : NAN;
    }
}

void
bd_loc_solve (const loc_plan *a, const loc_windows *at, loc_work *w,
              double t[])
{
  loc_solve (at->m, a->line ? 1 : 0, at->shift, w->sum, t);
}

/* Places of weight nearest to X: the distance of the one that is
   NEAREST-nearest, or of the farthest when there are fewer.  */
static double
reach (const loc_plan *a, const loc_work *w, double x)
{
  size_t right = 0, left, step = a->places;
  double distance = 0;

  for (; step; step /= 2)
    while (right + step <= a->places && a->x[right + step - 1] < x)
      right += step;
  left = right;
  for (int found = 0; found < NEAREST; found++)
    {
      while (left > 0 && !(w->w[left - 1] > 0))
        left--;
      while (right < a->places && !(w->w[right] > 0))
        right++;
      if (left == 0 && right == a->places)
        break;
      if (right == a->places
          || (left > 0 && x - a->x[left - 1] <= a->x[right] - x))
        distance = x - a->x[--left];
      else
        distance = a->x[right++] - x;
    }
  return distance;
}

double
bd_loc_widened (const loc_plan *a, const loc_work *w, double h, double x)
{
  double s[LOC_SUMS] = { 0 }, wide = GSL_MAX (h, 2 * reach (a, w, x));
  size_t low = 0, high, step = a->places;

  for (; step; step /= 2)
    while (low + step <= a->places && a->x[low + step - 1] <= x - wide)
      low += step;
  for (high = low; high < a->places && a->x[high] < x + wide; high++)
    add_place ((a->x[high] - x) / wide, w->w[high], w->wy[high], s);
  double a0 = s[0] - s[2], a1 = s[1] - s[3], a2 = s[2] - s[4];
  double b0 = s[5] - s[7], b1 = s[6] - s[8], below = a0 * a2 - a1 * a1;
  if (a->line && below > SLOPE * a0 * a0)
    return (a2 * b0 - a1 * b1) / below;
  return b0 / a0;
}
