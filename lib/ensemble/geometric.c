#include <config.h>

#include <gsl/gsl_math.h>
#include <math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../base/kernel.h"
#include "subnets.h"

BD_NO_CONTRACTION

struct bd_geometric
{
  size_t m, k, classes;
  double p;      /* sum of the weights */
  double *log_t; /* m x classes: sum of p log (probability) */
};

bd_geometric *
bd_geometric_alloc (size_t m, size_t k)
{
  bd_geometric *a = calloc (1, sizeof *a);

  if (!a)
    return NULL;
  a->m = m;
  a->k = k;
  a->classes = GSL_MAX (2, k);
  a->log_t = bd_array (m, a->classes);
  if (a->log_t)
    return a;
  free (a);
  return NULL;
}

void
bd_geometric_free (bd_geometric *a)
{
  if (a)
    free (a->log_t);
  free (a);
}

void
bd_geometric_add (void *params, uint64_t b, double p, const double u[],
                  const double t[])
{
  bd_geometric *a = params;

  (void)b;
  (void)u;
  if (!(p > 0))
    return;
  a->p += p;
  for (size_t i = 0; i < a->m; i++)
    {
      double *log_t = a->log_t + i * a->classes;
      for (size_t c = 0; c < a->k; c++)
        log_t[c] += p * log (t[i * a->k + c]);
      if (a->k == 1)
        log_t[1] += p * log1p (-t[i]);
    }
}

void
bd_geometric_means (const bd_geometric *a, double geometric[],
                    double normalised[])
{
  for (size_t i = 0; i < a->m; i++)
    {
      const double *log_t = a->log_t + i * a->classes;
      double most = log_t[0], sum = 0;

      for (size_t c = 1; c < a->classes; c++)
        most = GSL_MAX_DBL (most, log_t[c]);
      for (size_t c = 0; c < a->classes; c++)
        sum += exp ((log_t[c] - most) / a->p);
      for (size_t c = 0; c < a->k; c++)
        {
          if (geometric)
            geometric[i * a->k + c] = exp (log_t[c] / a->p);
          if (normalised)
            normalised[i * a->k + c] = exp ((log_t[c] - most) / a->p) / sum;
        }
    }
}
