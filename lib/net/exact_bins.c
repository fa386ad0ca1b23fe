/* Quantiles by histograms that become finer: each enumeration tells in which
   of BINS parts of the interval the quantile lies.  */
#include <config.h>

#include <float.h>
#include <gsl/gsl_math.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/kernel.h"
#include "exact_sums.h"

BD_NO_CONTRACTION

#define BINS 256
#define PASSES 8 /* 256^7 parts are as fine as double precision */

/* An interval that holds the quantile: low <= t < high.  */
typedef struct
{
  double low, high;
  double below;           /* probability of t < low */
  double least, greatest; /* attained in it */
  double same;            /* values that differ by less count as equal */
  bool done;              /* LEAST is the quantile */
  double bin[BINS];
} bracket;

static double
edge (const bracket *b, size_t i)
{
  return i == BINS ? b->high
                   : b->low + (b->high - b->low) * ((double)i / BINS);
}

static void
bracket_set (bracket *b, double low, double high)
{
  b->low = low;
  b->high = high;
  b->below = 0;
  b->least = GSL_POSINF;
  b->greatest = GSL_NEGINF;
  memset (b->bin, 0, sizeof b->bin);
}

/* The interval from the LEAST to the GREATEST prediction, which other
   roundings may have made.  */
static void
bracket_start (bracket *b, double least, double greatest)
{
  double size = GSL_MAX_DBL (fabs (least), fabs (greatest));

  b->same = 1e-13 * size;
  b->done = isnan (least);
  bracket_set (b, least - b->same - DBL_MIN, greatest + b->same + DBL_MIN);
  if (b->done)
    b->least = GSL_NAN;
}

static void
bracket_add (bracket *b, double p, double t)
{
  if (b->done || !(t < b->high))
    return;
  if (t < b->low)
    {
      b->below += p;
      return;
    }
  size_t i = (size_t)((t - b->low) / (b->high - b->low) * BINS);
  i = GSL_MIN (i, BINS - 1);
  if (t < edge (b, i))
    i--;
  else if (t >= edge (b, i + 1))
    i++;
  b->bin[i] += p;
  b->least = GSL_MIN_DBL (b->least, t);
  b->greatest = GSL_MAX_DBL (b->greatest, t);
}

/* Go on to the bin where the sum of the probabilities reaches LEVEL.  */
static void
bracket_next (bracket *b, double level)
{
  double F = b->below;
  size_t i = 0;

  if (b->done)
    return;
  b->done = b->greatest - b->least <= b->same;
  if (b->done)
    return;
  while (i < BINS - 1 && (F += b->bin[i]) < level - BD_SUMS_SAME)
    i++;
  bracket_set (b, edge (b, i), edge (b, i + 1));
}

/* One enumeration; brackets stand level by level, point by point.  Returns
   those that are not done.  */
static size_t
pass (bd_sums *s, const bd_subnets *a, size_t count, bracket b[])
{
  bd_walk *walk = &s->walk;
  uint64_t steps = UINT64_C (1) << walk->units;
  double *t = s->one + s->outputs;
  size_t k = s->k, left = 0;

  for (uint64_t step = 0; step < steps; step++)
    {
      bd_walk_step (walk, step, 0);
      double p = bd_walk_probability (walk, 0);
      for (size_t i = 0; i < count; i++)
        {
          bd_sums_predict (s, i, t);
          for (size_t l = 0; l < a->levels; l++)
            for (size_t c = 0; c < k; c++)
              bracket_add (b + (l * count + i) * k + c, p, t[c]);
        }
    }
  for (size_t l = 0; l < a->levels; l++)
    for (size_t at = l * count * k; at < (l + 1) * count * k; at++)
      {
        bracket_next (b + at, a->level[l]);
        left += !b[at].done;
      }
  return left;
}

int
bd_sums_bins (bd_sums *s, bd_subnets *a, size_t first, size_t count)
{
  size_t each = count * a->k;
  bracket *b = malloc (a->levels * each * sizeof *b);

  if (!b)
    return GSL_ENOMEM;
  for (size_t l = 0; l < a->levels; l++)
    for (size_t at = 0; at < each; at++)
      bracket_start (b + l * each + at, a->least[first * a->k + at],
                     a->greatest[first * a->k + at]);
  for (size_t i = 0; i < PASSES && pass (s, a, count, b) > 0; i++)
    continue;
  for (size_t l = 0; l < a->levels; l++)
    for (size_t at = 0; at < each; at++)
      a->quantile[(l * a->m + first) * a->k + at]
          = b[l * each + at].done ? b[l * each + at].least
                                  : b[l * each + at].low;
  free (b);
  return GSL_SUCCESS;
}

int
bd_sums_quantiles (bd_sums *s, bd_subnets *a, size_t first, size_t count,
                   bd_error *err)
{
  const bd_walk *walk = &s->walk;
  int status;

  for (size_t i = 0; s->affine && i < walk->stride; i++)
    walk->origin[i] = walk->w[walk->net->bias[walk->net->layers - 1]];
  bd_walk_set (&s->walk, 0);
  status = bd_sums_have_halves (s) ? bd_sums_halves (s, a, first, count)
                                   : bd_sums_bins (s, a, first, count);
  if (status)
    return BD_FAIL (err, status, "no memory for quantiles");
  return GSL_SUCCESS;
}
