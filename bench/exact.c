/* Exact dropout of a 1-H-1 net of tanh units at some points, on one thread.

     exact [UNITS [POINTS [RUNS]]]    20, 1000 and 5 unless given

   prints the median seconds of: the mean and variance in closed form; the
   means, variances and extremes of all 2^H subnetworks; the same with five
   quantiles; the loss of all of them on the points; and the greatest relative
   differences between the enumeration and the closed form.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "net/exact.h"
#include "rows.h"

#define MOST_RUNS 99

typedef struct
{
  bd_net_model *model;
  bd_rates rates;
  size_t m;
  double *Z, *y, *mean, *variance;
  bd_subnets *moments, *quantiles;
  bd_kept_loss loss[BD_EXACT_UNITS + 1];
} job;

static void
closed (job *a)
{
  bd_exact_closed (a->model, &a->rates, a->m, a->Z, a->mean, a->variance, NULL,
                   NULL);
}

static void
enumerate (job *a)
{
  if (bd_subnets_fill (a->moments, a->model, &a->rates, a->Z, NULL))
    bench_stop ("enumeration");
}

static void
quantiles (job *a)
{
  if (bd_subnets_fill (a->quantiles, a->model, &a->rates, a->Z, NULL))
    bench_stop ("quantiles");
}

static void
losses (job *a)
{
  if (bd_subnets_losses (a->model, &a->rates, a->m, a->Z, a->y, a->loss, NULL))
    bench_stop ("losses");
}

static int
by_value (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void
report (const char *name, void (*work) (job *), job *a, size_t runs)
{
  double t[MOST_RUNS];

  for (size_t i = 0; i < runs; i++)
    {
      double start = bench_now (CLOCK_THREAD_CPUTIME_ID);
      work (a);
      t[i] = bench_now (CLOCK_THREAD_CPUTIME_ID) - start;
    }
  qsort (t, runs, sizeof *t, by_value);
  printf ("%s\t%.6f\n", name, t[runs / 2]);
}

static void
prepare (job *a, size_t units)
{
  const size_t hidden[] = { units };
  const double level[] = { 0.025, 0.25, 0.5, 0.75, 0.975 };
  bd_net net = bd_net_shape (1, hidden, 1, &bd_units[BD_UNIT_TANH],
                             &bd_outputs[BD_OUTPUT_REAL], 0);
  gsl_rng *r = gsl_rng_alloc (gsl_rng_mt19937);

  a->model = bd_net_model_of (&net, 0, NULL);
  a->rates = bd_rates_same (&net, 0.5, 0);
  a->Z = bd_array (4, a->m);
  if (!r || !a->model || !a->Z)
    bench_stop ("memory");
  a->y = a->Z + a->m;
  a->mean = a->y + a->m;
  a->variance = a->mean + a->m;
  bd_net_start (&net, a->model->w, r);
  for (size_t i = 0; i < a->m; i++)
    {
      a->Z[i] = 4 * ((double)i / (double)a->m) - 2;
      a->y[i] = sin (3 * a->Z[i]);
    }
  a->moments = bd_subnets_alloc (a->model, a->m, 0, NULL);
  a->quantiles = bd_subnets_alloc (a->model, a->m, 5, level);
  if (!a->moments || !a->quantiles)
    bench_stop ("memory");
  gsl_rng_free (r);
}

int
main (int argc, char *argv[])
{
  size_t units = argc > 1 ? strtoul (argv[1], NULL, 10) : 20;
  job a = { .m = argc > 2 ? strtoul (argv[2], NULL, 10) : 1000 };
  size_t runs = argc > 3 ? strtoul (argv[3], NULL, 10) : 5;
  double off = 0, spread = 0;

  if (units < 1 || units > BD_EXACT_UNITS || a.m < 1 || runs < 1
      || runs > MOST_RUNS)
    bench_stop ("usage: exact [UNITS [POINTS [RUNS]]]");
  prepare (&a, units);
  bench_warm_up ();
  report ("closed", closed, &a, MOST_RUNS);
  report ("moments", enumerate, &a, runs);
  report ("moments and quantiles", quantiles, &a, runs);
  report ("losses", losses, &a, runs);
  for (size_t i = 0; i < a.m; i++)
    {
      double sd = sqrt (a.variance[i]);
      off = GSL_MAX (off, fabs (a.moments->mean[i] - a.mean[i]) / sd);
      spread = GSL_MAX (spread,
                        fabs (a.moments->variance[i] / a.variance[i] - 1));
    }
  printf ("difference of means / sd\t%.2g\n", off);
  printf ("difference of variances\t%.2g\n", spread);
  bd_subnets_free (a.moments);
  bd_subnets_free (a.quantiles);
  bd_net_model_free (a.model);
  free (a.Z);
  return EXIT_SUCCESS;
}
