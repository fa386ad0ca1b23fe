/* Monte Carlo dropout at rate .5: 1000 subnetworks at 1000 points, one mask
   for all points and masks of each point's own; medians of CPU seconds on one
   thread, one JSON line each.  */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/rng.h"
#include "net/thinned.h"
#include "rows.h"

#define ROUNDS 5
#define POINTS 1000
#define MASKS 1000

typedef struct
{
  bd_net_model *model;
  bd_thinned *plan;
  bd_thinned_work *work;
  gsl_rng *r;
  double *Z, *t, *var;
  float *factor;
} job;

static void
one_mask (job *j)
{
  for (uint64_t b = 0; b < MASKS; b++)
    {
      bd_rng_seek (j->r, 1, BD_LANE_PREDICT_MASK, b);
      for (size_t k = 0; k < j->model->net.hidden; k++)
        j->factor[k] = gsl_rng_get (j->r) & 1 ? 2 : 0;
      bd_thinned_curve (j->plan, j->work, j->factor, j->t);
    }
}

static void
each (job *j)
{
  const double rate[] = { .5, .5 };

  bd_thinned_each (j->plan, j->work, j->r, 1, rate, MASKS, 0, POINTS, j->t,
                   j->var);
}

static void
each_tenth (job *j)
{
  const double rate[] = { .1, .1 };

  bd_thinned_each (j->plan, j->work, j->r, 1, rate, MASKS, 0, POINTS, j->t,
                   j->var);
}

static int
by_value (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double
seconds (job *j, void (*call) (job *))
{
  double v[ROUNDS];

  for (int i = 0; i < ROUNDS; i++)
    {
      double start = bench_now (CLOCK_PROCESS_CPUTIME_ID);
      call (j);
      v[i] = bench_now (CLOCK_PROCESS_CPUTIME_ID) - start;
    }
  qsort (v, ROUNDS, sizeof *v, by_value);
  return v[ROUNDS / 2];
}

static void
report (size_t d, const size_t hidden[], size_t depth, int unit)
{
  bd_net net = bd_net_shape (d, hidden, depth, bd_units + unit, bd_outputs, 0);
  job j = { .model = bd_net_model_of (&net, 0, NULL),
            .r = gsl_rng_alloc (bd_rng_philox),
            .Z = bd_array (POINTS, d),
            .t = bd_array (POINTS, 1),
            .var = bd_array (POINTS, 1),
            .factor = calloc (net.hidden, sizeof *j.factor) };

  if (!j.model || !j.r || !j.Z || !j.t || !j.var || !j.factor)
    bench_stop ("no memory");
  bd_net_start (&net, j.model->w, j.r);
  for (size_t i = 0; i < POINTS * d; i++)
    j.Z[i] = 2 * gsl_rng_uniform (j.r) - 1;
  j.plan = bd_thinned_alloc (j.model, POINTS, j.Z);
  j.work = j.plan ? bd_thinned_work_alloc (j.plan) : NULL;
  if (!j.work)
    bench_stop ("no memory");
  printf ("{\"inputs\": %zu, \"hidden\": %zu, \"layers\": %zu, "
          "\"units\": \"%s\", \"curve\": %.4f, \"each\": %.4f, "
          "\"each_tenth\": %.4f}\n",
          d, hidden[0], depth, bd_units[unit].name, seconds (&j, one_mask),
          seconds (&j, each), seconds (&j, each_tenth));
  bd_thinned_work_free (j.work);
  bd_thinned_free (j.plan);
  bd_net_model_free (j.model);
  gsl_rng_free (j.r);
  free (j.Z);
  free (j.t);
  free (j.var);
  free (j.factor);
}

int
main (void)
{
  static const size_t two[] = { 100, 100 }, one[] = { 50 };

  report (1, two, 2, BD_UNIT_RELU);
  report (1, two, 2, BD_UNIT_TANH);
  report (10, one, 1, BD_UNIT_RELU);
  return EXIT_SUCCESS;
}
