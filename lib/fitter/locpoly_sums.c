/* Local regression: sums over sliding windows, their solution, and the rule
   for near-empty windows.  References stand in locpoly.c.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <math.h>
#include <string.h>

#include "../base/kernel.h"
#include "locpoly.h"

#define LANES LOC_LANES
#define BLOCK 1024  /* rows whose weights are in order at a time */
#define LONG_RUN 24 /* rows between two cuts from which lanes pay */
#define SPREAD 0.01 /* least variance of x, in units of h^2 */
#define EDGE 1e-6   /* least mean of the kernel over the rows */
#define NEAREST 3   /* distinct values that a widened window reaches */
#define SLOPE 1e-9  /* as SPREAD, for a widened window */

BD_INLINE loc_sum
plus (loc_sum a, loc_sum b)
{
  return (loc_sum){ a.x0 + b.x0, a.x1 + b.x1, a.x2 + b.x2,
                    a.x3 + b.x3, a.x4 + b.x4, a.y0 + b.y0,
                    a.y1 + b.y1, a.y2 + b.y2, a.y3 + b.y3 };
}

/* Add eight rows, of which the first COUNT count.  */
BD_INLINE void
add_eight (const double *restrict x, const double *restrict y,
           const double *restrict w, size_t count, double centre, double scale,
           double v[LOC_SUMS][LANES])
{
  for (size_t l = 0; l < LANES; l++)
    {
      double u = (x[l] - centre) * scale, p = l < count ? w[l] : 0;
      double q = p * y[l], u2 = u * u, pu = p * u2, qu = q * u2;

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
}

BD_INLINE double
total (const double v[LANES])
{
  return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
}

/* Many rows, side by side.  */
BD_INLINE loc_sum
many_rows (const double *restrict x, const double *restrict y,
           const double *restrict w, size_t count, double centre, double scale,
           loc_sum s)
{
  double v[LOC_SUMS][LANES] = { { 0 } };
  size_t i = 0;

  for (; i + LANES <= count; i += LANES)
    add_eight (x + i, y + i, w + i, LANES, centre, scale, v);
  if (i < count)
    add_eight (x + i, y + i, w + i, count - i, centre, scale, v);
  return plus (s, (loc_sum){ total (v[0]), total (v[1]), total (v[2]),
                             total (v[3]), total (v[4]), total (v[5]),
                             total (v[6]), total (v[7]), total (v[8]) });
}

BD_INLINE loc_sum
with_row (loc_sum s, double u, double p, double q)
{
  double u2 = u * u, pu = p * u2, qu = q * u2;

  s.x0 += p;
  s.x1 += p * u;
  s.x2 += pu;
  s.x3 += pu * u;
  s.x4 += pu * u2;
  s.y0 += q;
  s.y1 += q * u;
  s.y2 += qu;
  s.y3 += qu * u;
  return s;
}

/* The weights of COUNT rows in order.  */
BD_INLINE void
gather (size_t count, const int *restrict from, const double *restrict weight,
        double *restrict v)
{
  for (size_t i = 0; i < count; i++)
    v[i] = weight[from[i]];
}

/* Sums between the cuts of a stretch.  Weights are put in order a block at a
   time, so that they are still in the first cache when they are summed.  */
BD_INLINE void
fill_bins (const loc_plan *a, const loc_windows *at, const loc_stretch *s,
           const double *restrict y, const double *restrict weight,
           loc_sum *restrict bin)
{
  _Alignas(64) double v[BLOCK + LANES] = { 0 };

  for (size_t c = s->cut0; c + 1 < s->cut1; c++, bin++)
    {
      size_t i = (size_t)at->cut[c], end = (size_t)at->cut[c + 1], count;
      loc_sum sum = { 0 };

      for (; i < end; i += count)
        {
          count = GSL_MIN (end - i, BLOCK);
          gather (count, a->rows.from + i, weight, v);
          sum = many_rows (a->u + i, y + i, v, count, s->centre, 1 / at->h,
                           sum);
        }
      *bin = sum;
    }
}

BD_INLINE void
store (loc_sum s, double *restrict to, size_t m)
{
  to[0] = s.x0;
  to[m] = s.x1;
  to[2 * m] = s.x2;
  to[3 * m] = s.x3;
  to[4 * m] = s.x4;
  to[5 * m] = s.y0;
  to[6 * m] = s.y1;
  to[7 * m] = s.y2;
  to[8 * m] = s.y3;
}

/* Sums from the stretch's beginning to the windows' right ends.  */
BD_INLINE void
sum_right (const loc_windows *at, const loc_stretch *s,
           const loc_sum *restrict bin, double *restrict sum)
{
  const int *cut = at->cut + s->cut0;
  loc_sum v = { 0 };

  for (size_t q = s->right0; q < s->right1; q++)
    {
      while (*cut < at->high[q])
        {
          v = plus (v, *bin++);
          cut++;
        }
      store (v, sum + q, at->m);
    }
}

/* The same from its end back to their left ends.  */
BD_INLINE void
sum_left (const loc_windows *at, const loc_stretch *s,
          const loc_sum *restrict bin, double *restrict sum)
{
  const int *cut = at->cut + s->cut1 - 1;
  loc_sum v = { 0 };

  bin += s->cut1 - s->cut0 - 1;
  for (size_t q = s->left1; q-- > s->left0;)
    {
      while (*cut > at->low[q])
        {
          v = plus (v, *--bin);
          cut--;
        }
      store (v, sum + q, at->m);
    }
}

/* The same without bins, for few rows between the cuts: one row or one point
   at a turn, as most loops over rows would be very short.  */
BD_INLINE void
rows_right (const loc_plan *a, const loc_windows *at, const loc_stretch *s,
            const double *restrict v, const double *restrict y,
            double *restrict sum)
{
  int i = at->cut[s->cut0];
  double scale = 1 / at->h;
  loc_sum all = { 0 };

  for (size_t q = s->right0; q < s->right1;)
    if (i < at->high[q])
      {
        all = with_row (all, (a->u[i] - s->centre) * scale, v[i], v[i] * y[i]);
        i++;
      }
    else
      store (all, sum + q++, at->m);
}

BD_INLINE void
rows_left (const loc_plan *a, const loc_windows *at, const loc_stretch *s,
           const double *restrict v, const double *restrict y,
           double *restrict sum)
{
  int i = at->cut[s->cut1 - 1];
  double scale = 1 / at->h;
  loc_sum all = { 0 };

  for (size_t q = s->left1; q > s->left0;)
    if (i > at->low[q - 1])
      {
        i--;
        all = with_row (all, (a->u[i] - s->centre) * scale, v[i], v[i] * y[i]);
      }
    else
      store (all, sum + --q, at->m);
}

BD_KERNEL static void
loc_sums (const loc_plan *a, const loc_windows *at, loc_work *w,
          const double *restrict weight)
{
  double *left = w->sum, *right = left + LOC_SUMS * at->m;

  for (size_t k = 0; k < at->stretches; k++)
    {
      const loc_stretch *s = &at->stretch[k];
      size_t begin = (size_t)at->cut[s->cut0];
      size_t rows = (size_t)at->cut[s->cut1 - 1] - begin;

      if (rows < LONG_RUN * (s->cut1 - s->cut0))
        {
          gather (rows, a->rows.from + begin, weight, w->v + begin);
          rows_left (a, at, s, w->v, w->y, left);
          rows_right (a, at, s, w->v, w->y, right);
        }
      else
        {
          fill_bins (a, at, s, w->y, weight, w->bin);
          sum_left (at, s, w->bin, left);
          sum_right (at, s, w->bin, right);
        }
    }
}

void
bd_loc_sums (const loc_plan *a, const loc_windows *at, loc_work *w,
             const double weight[])
{
  loc_sums (a, at, w, weight);
}

typedef struct
{
  double s0, s1, s2, s3, s4;
} powers;

/* Sums of powers moved by D.  */
BD_INLINE powers
moved (powers v, double d)
{
  v.s4 += d * v.s3, v.s3 += d * v.s2, v.s2 += d * v.s1, v.s1 += d * v.s0;
  v.s4 += d * v.s3, v.s3 += d * v.s2, v.s2 += d * v.s1;
  v.s4 += d * v.s3, v.s3 += d * v.s2;
  v.s4 += d * v.s3;
  return v;
}

/* The sums of point Q about itself: of w, and of w y.  */
BD_INLINE powers
powers_x (const double *restrict sum, size_t m, size_t q, double d)
{
  return moved ((powers){ sum[q], sum[m + q], sum[2 * m + q], sum[3 * m + q],
                          sum[4 * m + q] },
                d);
}

BD_INLINE powers
powers_y (const double *restrict sum, size_t m, size_t q, double d)
{
  return moved ((powers){ sum[5 * m + q], sum[6 * m + q], sum[7 * m + q],
                          sum[8 * m + q], 0 },
                d);
}

/* Move the sums from the centres to the points and solve, without a branch.
   LINE is 1 for lines, 0 for means.  */
BD_KERNEL static void
loc_solve (size_t m, double line, const double *restrict shift,
           const double *restrict sum, double *restrict t)
{
  const double *restrict beyond = sum + LOC_SUMS * m;

  for (size_t q = 0; q < m; q++)
    {
      powers x = powers_x (sum, m, q, shift[q]);
      powers xr = powers_x (beyond, m, q, shift[m + q]);
      powers y = powers_y (sum, m, q, shift[q]);
      powers yr = powers_y (beyond, m, q, shift[m + q]);
      double s0 = x.s0 + xr.s0, s2 = x.s2 + xr.s2;
      double s1 = x.s1 + xr.s1, s3 = x.s3 + xr.s3, s4 = x.s4 + xr.s4;
      double a0 = s0 - s2, a1 = line * (s1 - s3);
      double a2 = line * (s2 - s4) + (1 - line);
      double b0 = (y.s0 + yr.s0) - (y.s2 + yr.s2);
      double b1 = (y.s1 + yr.s1) - (y.s3 + yr.s3), below = a0 * a2 - a1 * a1;
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
  loc_sum s = { 0 };
  double wide = GSL_MAX (h, 2 * reach (a, w, x));
  size_t low = 0, high, step = a->places;

  for (; step; step /= 2)
    while (low + step <= a->places && a->x[low + step - 1] <= x - wide)
      low += step;
  for (high = low; high < a->places && a->x[high] < x + wide; high++)
    s = with_row (s, (a->x[high] - x) / wide, w->w[high], w->wy[high]);
  double a0 = s.x0 - s.x2, a1 = s.x1 - s.x3, a2 = s.x2 - s.x4;
  double b0 = s.y0 - s.y2, b1 = s.y1 - s.y3, below = a0 * a2 - a1 * a1;
  if (a->line && below > SLOPE * a0 * a0)
    return (a2 * b0 - a1 * b1) / below;
  return b0 / a0;
}
