#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>

#include "optimiser_tools.h"

double
bowl_loss (void *params, const double w[], double G[])
{
  bowl *a = params;
  double f = 0;

  a->calls++;
  for (size_t k = 0; k < SIZE; k++)
    {
      G[k] = a->c[k] * (w[k] - a->m[k]);
      f += G[k] * (w[k] - a->m[k]) / 2;
    }
  return a->limit > 0 && fabs (w[0]) > a->limit ? GSL_NAN : f;
}

bowl
bowl_of (double condition)
{
  bowl a = { .limit = 0 };

  for (size_t k = 0; k < SIZE; k++)
    {
      a.c[k] = pow (condition, (double)k / (SIZE - 1));
      a.m[k] = k % 3 == 0 ? 1 : -0.5 * (double)(k % 5);
    }
  return a;
}

double
rosenbrock (void *params, const double w[], double G[])
{
  double a = 1 - w[0], b = w[1] - w[0] * w[0];

  if (params)
    ++*(size_t *)params;
  G[0] = -2 * a - 400 * w[0] * b;
  G[1] = 200 * b;
  return a * a + 100 * b * b;
}

bd_settings
settings (const bd_optimiser *type, const char *knobs)
{
  bd_settings set;
  bd_error err = { "" };

  ck_assert_msg (!bd_knob_parse (type->knobs, knobs, &set, &err), "%s",
                 err.text);
  return set;
}
