/* The windows of local regression, and the stretches that they share.
   References stand in locpoly.c.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "locpoly.h"

/* A post, its points, and the first row at it or beyond.  */
typedef struct
{
  double number, place;
  size_t first, end;
  int split;
} post;

void
bd_loc_clear_windows (loc_windows *at)
{
  free (at->shift);
  free (at->low);
  free (at->high);
  free (at->cut);
  free (at->stretch);
}

/* Which rows lie in each window.  Both ends only move to the right.  */
static void
find_ends (loc_windows *at, const bd_line *rows)
{
  size_t low = 0, high = 0;

  for (size_t q = 0; q < at->m; q++)
    {
      while (low < rows->n && rows->x[low] <= at->x[q] - at->h)
        low++;
      high = GSL_MAX (high, low);
      while (high < rows->n && rows->x[high] < at->x[q] + at->h)
        high++;
      at->low[q] = (int)low;
      at->high[q] = (int)high;
    }
}

/* The post of the window round X: the last in reach of its right end.  */
static double
number_of (const loc_windows *at, const bd_line *rows, double x)
{
  return floor ((x + at->h - rows->lo) / (2 * at->h));
}

/* The post of point Q and those that follow; rows before ROW are before it.
   Rounding may leave it just outside a window, where the kernel is 0.  */
static post
find_post (loc_windows *at, const bd_line *rows, size_t q, int row)
{
  post p = { .number = number_of (at, rows, at->x[q]), .first = q };

  p.place = rows->lo + 2 * at->h * p.number;
  while (row < (int)rows->n && rows->x[row] < p.place)
    row++;
  p.split = row;
  do
    {
      at->low[q] = GSL_MIN (at->low[q], row);
      at->high[q] = GSL_MAX (at->high[q], row);
      q++;
    }
  while (q < at->m && number_of (at, rows, at->x[q]) == p.number);
  p.end = q;
  return p;
}

static void
add_cut (loc_windows *at, loc_stretch *s, int cut)
{
  if (s->cut1 == s->cut0 || at->cut[s->cut1 - 1] < cut)
    at->cut[s->cut1++] = cut;
}

/* Complete S, of which the points and the centre are known.  Ends that
   rounding has put outside are moved to its own.  */
static void
add_stretch (loc_windows *at, loc_stretch s, int begin, int end)
{
  size_t r = s.right0, l = s.left0;

  s.cut0 = at->stretches ? at->stretch[at->stretches - 1].cut1 : 0;
  s.cut1 = s.cut0;
  for (size_t q = s.right0; q < s.right1; q++)
    {
      at->high[q] = GSL_MIN (at->high[q], end);
      at->shift[at->m + q] = (s.centre - at->x[q]) / at->h;
    }
  for (size_t q = s.left0; q < s.left1; q++)
    {
      at->low[q] = GSL_MAX (at->low[q], begin);
      at->shift[q] = (s.centre - at->x[q]) / at->h;
    }
  add_cut (at, &s, begin);
  while (r < s.right1 || l < s.left1)
    if (l == s.left1 || (r < s.right1 && at->high[r] <= at->low[l]))
      add_cut (at, &s, at->high[r++]);
    else
      add_cut (at, &s, at->low[l++]);
  add_cut (at, &s, end);
  at->most = GSL_MAX (at->most, s.cut1 - s.cut0);
  at->stretch[at->stretches++] = s;
}

/* What lies between two posts is one stretch when both need some of the same
   rows, else two.  */
static void
find_stretches (loc_windows *at, const bd_line *rows)
{
  loc_stretch s = { 0 };
  post last = { 0 };
  int reach = 0; /* first row that no stretch has */

  for (size_t q = 0; q < at->m; q = last.end)
    {
      post p = find_post (at, rows, q, last.split);
      if (q > 0 && p.number == last.number + 1 && at->low[q] < reach)
        {
          s.left0 = p.first;
          s.left1 = p.end;
          add_stretch (at, s, last.split, p.split);
        }
      else
        {
          if (q > 0)
            add_stretch (at, s, last.split, reach);
          s = (loc_stretch){ .centre = p.place - at->h,
                             .left0 = p.first,
                             .left1 = p.end };
          add_stretch (at, s, GSL_MAX (at->low[q], reach), p.split);
        }
      s = (loc_stretch){ .centre = p.place + at->h,
                         .right0 = p.first,
                         .right1 = p.end };
      last = p;
      reach = at->high[p.end - 1];
    }
  if (at->m > 0)
    add_stretch (at, s, last.split, reach);
}

bool
bd_loc_windows (loc_windows *at, const loc_plan *a, double x[], size_t m,
                double h)
{
  at->m = m;
  at->x = x;
  at->h = h;
  at->shift = bd_array (2, m);
  at->low = calloc (m + 1, sizeof *at->low);
  at->high = calloc (m + 1, sizeof *at->high);
  at->cut = calloc (6 * m + 1, sizeof *at->cut);
  at->stretch = calloc (2 * m + 1, sizeof *at->stretch);
  if (!at->shift || !at->low || !at->high || !at->cut || !at->stretch)
    return false;
  find_ends (at, &a->rows);
  find_stretches (at, &a->rows);
  return true;
}
