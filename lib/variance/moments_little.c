/* Analysis of variance between and within little bags.  */
#include <config.h>

#include <gsl/gsl_math.h>

#include "moments_sums.h"

/* Are the members of the bag that begins at FIRST all there?  */
static bool
complete (size_t count, const double P[], size_t first, size_t size)
{
  double sum = 0;

  if (first + size > count)
    return false;
  for (size_t b = first; b < first + size; b++)
    sum += P[b];
  return !gsl_isnan (sum);
}

/* Mean of SIZE members, STRIDE apart; the squares around it into *WITHIN.  */
static double
bag_mean (const double T[], size_t size, size_t stride, double *within)
{
  double mean = 0;

  for (size_t b = 0; b < size; b++)
    mean += T[b * stride] / (double)size;
  for (size_t b = 0; b < size; b++)
    *within += gsl_pow_2 (T[b * stride] - mean);
  return mean;
}

void
bd_moments_little_block (bd_moments *a, size_t count, const double P[],
                         const double T[])
{
  size_t g = a->little;

  for (size_t first = 0; first < count; first += g)
    {
      if (!complete (count, P, first, g))
        continue;
      a->bags++;
      for (size_t j = 0; j < a->m; j++)
        {
          double mean
              = bag_mean (T + first * a->m + j, g, a->m, &a->bag_within[j]);
          double d = mean - a->bag_t[j];
          a->bag_t[j] += d / (double)a->bags;
          a->bag_t2[j] += d * (mean - a->bag_t[j]);
        }
    }
}

void
bd_moments_little_merge (bd_moments *a, const bd_moments *b)
{
  double bags = (double)(a->bags + b->bags);
  double share = b->bags ? (double)b->bags / bags : 0;

  for (size_t j = 0; j < a->m; j++)
    {
      double d = b->bag_t[j] - a->bag_t[j];
      a->bag_t2[j] += b->bag_t2[j] + d * d * (double)a->bags * share;
      a->bag_t[j] += d * share;
      a->bag_within[j] += b->bag_within[j];
    }
  a->bags += b->bags;
}
