#include <config.h>

#include <gsl/gsl_math.h>
#include <string.h>

#include "../base/kernel.h"
#include "line_search.h"

BD_NO_CONTRACTION

#define LANES 16
#define LOOKS 30      /* most places looked at */
#define DECREASE 1e-4 /* share of the decrease that the slope promises */
#define CURVATURE 0.9 /* share of the slope that may be left */
#define MARGIN 0.1    /* nearest to an end of the bracket */
#define AT_LEAST 1.5  /* extrapolation: times the step before */
#define AT_MOST 8.0

BD_KERNEL static double
dot (size_t size, const double a[], const double b[])
{
  double lane[LANES] = { 0 };
  size_t k = 0;

  for (; k + LANES <= size; k += LANES)
    for (size_t j = 0; j < LANES; j++)
      lane[j] += a[k + j] * b[k + j];
  for (size_t j = 0; k + j < size; j++)
    lane[j] += a[k + j] * b[k + j];
  for (size_t half = LANES / 2; half; half /= 2)
    for (size_t j = 0; j < half; j++)
      lane[j] += lane[j + half];
  return lane[0];
}

BD_KERNEL static void
add (size_t size, double factor, const double *restrict a, double *restrict to)
{
  for (size_t k = 0; k < size; k++)
    to[k] += factor * a[k];
}

double
bd_line_dot (size_t size, const double a[], const double b[])
{
  return dot (size, a, b);
}

void
bd_line_add (size_t size, double factor, const double a[], double to[])
{
  add (size, factor, a, to);
}

double
bd_line_noise (double f)
{
  return 4 * GSL_DBL_EPSILON * fabs (f);
}

static bd_line_place
look (bd_line *line, double step)
{
  memcpy (line->w, line->start, line->size * sizeof (double));
  bd_line_add (line->size, step, line->direction, line->w);
  double f = line->loss (line->params, line->w, line->G);
  double slope = bd_line_dot (line->size, line->G, line->direction);
  if (!gsl_finite (f) || !gsl_finite (slope))
    return (bd_line_place){ step, GSL_POSINF, 0 };
  return (bd_line_place){ step, f, slope };
}

static bool
low_enough (const bd_line *line, bd_line_place at)
{
  bd_line_place first = line->first;

  return at.f <= first.f + DECREASE * at.step * first.slope
         || (at.f <= first.f + bd_line_noise (first.f)
             && at.slope <= (2 * DECREASE - 1) * first.slope);
}

/* Where the cubic through both places has its minimum; not a number if it has
   none.  */
static double
cubic (bd_line_place a, bd_line_place b)
{
  double width = b.step - a.step;
  double mean = a.slope + b.slope - 3 * (b.f - a.f) / width;
  double root = sqrt (mean * mean - a.slope * b.slope);

  if (width < 0)
    root = -root;
  return b.step
         - width * (b.slope + root - mean) / (b.slope - a.slope + 2 * root);
}

static double
between (bd_line_place low, bd_line_place high)
{
  double width = high.step - low.step;
  double share = (cubic (low, high) - low.step) / width;

  if (!gsl_finite (share))
    share = 0.5;
  return low.step + width * GSL_MIN (GSL_MAX (share, MARGIN), 1 - MARGIN);
}

static double
beyond (bd_line_place low, bd_line_place at)
{
  double step = cubic (low, at);

  if (!(step > AT_LEAST * at.step))
    return step > at.step ? AT_LEAST * at.step : AT_MOST * at.step;
  return GSL_MIN (step, AT_MOST * at.step);
}

/* LOW is the best place so far and its slope points towards HIGH, the other
   end of the bracket, which is infinitely far away at first.  */
bd_line_place
bd_line_search (bd_line *line, double step)
{
  bd_line_place low = line->first, high = { GSL_POSINF, GSL_POSINF, 0 }, at;
  bool finite = false;

  for (int k = 0; k < LOOKS; k++)
    {
      at = look (line, step);
      finite = finite || at.f < GSL_POSINF;
      bd_line_place before = low;
      if (!low_enough (line, at) || at.f > low.f + bd_line_noise (low.f))
        high = at;
      else if (fabs (at.slope) <= -CURVATURE * line->first.slope)
        return at;
      else
        {
          if (at.slope * (high.step - low.step) >= 0)
            high = low;
          low = at;
        }
      step
          = high.step < GSL_POSINF ? between (low, high) : beyond (before, at);
    }
  at = look (line, low.step);
  if (!finite)
    at.f = GSL_POSINF;
  return at;
}
