#include <config.h>

#include <gsl/gsl_math.h>

#include "estimate.h"

void
bd_variance_little (const bd_moments *a, double V[], double se[])
{
  double K = (double)a->bags, g = (double)a->little;
  bool known = a->little > 1 && a->bags > 1;

  for (size_t j = 0; j < a->mc; j++)
    {
      V[j] = GSL_NAN;
      if (se)
        se[j] = GSL_NAN;
      if (!known)
        continue;
      double between = a->bag_t2[j] / (K - 1);
      double within = a->bag_within[j] / (K * (g - 1) * g);
      V[j] = between - within;
      if (se)
        se[j] = sqrt (2 * gsl_pow_2 (between) / (K - 1)
                      + 2 * gsl_pow_2 (within) / (K * (g - 1)));
    }
}
