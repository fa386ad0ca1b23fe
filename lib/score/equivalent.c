#include <config.h>

#include <gsl/gsl_math.h>

#include "equivalent.h"

typedef enum
{
  MEAN,
  LOW,
  HIGH
} which;

static double
value (const bd_interval *a, which part)
{
  return part == MEAN ? a->mean : part == LOW ? a->lo : a->hi;
}

/* Where the PART of DIFF first comes down to 0.  */
static double
crossing (const double size[], const bd_interval diff[], size_t steps,
          which part)
{
  double before = GSL_NAN;

  for (size_t k = 0; k < steps; k++)
    {
      double now = value (&diff[k], part);
      if (gsl_isnan (now))
        return GSL_NAN;
      if (now <= 0 && (k == 0 || now == 0))
        return size[k];
      if (now <= 0)
        {
          double share = before / (before - now);
          return 1
                 / (1 / size[k - 1] + share * (1 / size[k] - 1 / size[k - 1]));
        }
      before = now;
    }
  return steps ? GSL_POSINF : GSL_NAN;
}

bd_equivalent
bd_score_equivalent (const double size[], const bd_interval diff[],
                     size_t steps)
{
  return (bd_equivalent){ .members = crossing (size, diff, steps, MEAN),
                          .lo = crossing (size, diff, steps, LOW),
                          .hi = crossing (size, diff, steps, HIGH),
                          .most = steps ? size[steps - 1] : GSL_NAN };
}
