#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "filter_signal.h"

#define LEAST 0.1 /* of the noise in a mean */

int
bd_signal_init (bd_signal *a, size_t m, size_t units)
{
  *a = (bd_signal){ .m = m, .units = units };
  a->mean = bd_array (m, units);
  a->square = bd_array (m, units);
  a->level = bd_array (units, 1);
  a->shift = bd_array (units, 1);
  return a->mean && a->square && a->level && a->shift ? GSL_SUCCESS
                                                      : GSL_ENOMEM;
}

void
bd_signal_free (bd_signal *a)
{
  free (a->mean);
  free (a->square);
  free (a->level);
  free (a->shift);
}

/* One more number X of COUNT into their mean and sum of squares.  */
static void
add_one (double x, double count, double *mean, double *square)
{
  double off = x - *mean;

  *mean += off / count;
  *square += off * (x - *mean);
}

void
bd_signal_add (bd_signal *a, const double t[], size_t stride, double added)
{
  double count = (double)++a->count;

  a->added += added;
  for (size_t j = 0; j < a->units; j++)
    {
      double level = 0;
      for (size_t i = 0; i < a->m; i++)
        {
          double x = t[i * stride + j];
          level += x / (double)a->m;
          add_one (x, count, &a->mean[i * a->units + j],
                   &a->square[i * a->units + j]);
        }
      add_one (level, count, &a->level[j], &a->shift[j]);
    }
}

/* Variance over the points of the means of unit J, less what the noise that is
   left in them adds to it.  Noise that shifts all points alike adds none: what
   counts is the variance over the points of the replicates' distances from
   their mean.  */
static double
signal_of (const bd_signal *a, size_t j)
{
  double m = (double)a->m, count = (double)a->count, sum = 0, noise = 0;

  for (size_t i = 0; i < a->m; i++)
    {
      sum += gsl_pow_2 (a->mean[i * a->units + j] - a->level[j]);
      noise += a->square[i * a->units + j];
    }
  noise = (noise - m * a->shift[j]) / (count - 1);
  return (sum - noise / count) / (m - 1);
}

bd_signal_parts
bd_signal_of (const bd_signal *a)
{
  double count = (double)a->count;
  bd_signal_parts p = { .added = a->added / count };

  for (size_t k = 0; k < a->m * a->units; k++)
    p.noise += a->square[k] / (count - 1) / (double)a->m;
  for (size_t j = 0; j < a->units; j++)
    p.signal += signal_of (a, j);
  return p;
}

static double
ratio (const bd_signal *a, const bd_signal_parts *p, double noise)
{
  double least = LEAST * p->noise / (double)a->count;

  return noise > 0 ? GSL_MAX_DBL (p->signal, least) / noise : GSL_NAN;
}

double
bd_signal_ratio (const bd_signal *a)
{
  const bd_signal_parts p = bd_signal_of (a);
  return ratio (a, &p, p.noise);
}

double
bd_signal_ratio_added (const bd_signal *a)
{
  const bd_signal_parts p = bd_signal_of (a);
  return ratio (a, &p, p.noise + p.added);
}
