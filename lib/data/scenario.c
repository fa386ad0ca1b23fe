/* Reference: J. H. Friedman, "Multivariate adaptive regression splines",
   Annals of Statistics 19 (1991), problems 1 to 3 with the noise used by
   L. Breiman, "Bagging predictors", Machine Learning 24 (1996).  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <string.h>

#include "../base/rng.h"
#include "scenario.h"

static void
sine_draw (double x[], gsl_rng *r)
{
  x[0] = gsl_ran_flat (r, -3, 3);
}

static double
sine_truth (const double x[])
{
  return sin (1.5 * x[0]);
}

static void
friedman1_draw (double x[], gsl_rng *r)
{
  for (size_t j = 0; j < 10; j++)
    x[j] = gsl_rng_uniform (r);
}

static double
friedman1_truth (const double x[])
{
  return 10 * sin (M_PI * x[0] * x[1]) + 20 * gsl_pow_2 (x[2] - 0.5)
         + 10 * x[3] + 5 * x[4];
}

static void
friedman2_draw (double x[], gsl_rng *r)
{
  x[0] = gsl_ran_flat (r, 0, 100);
  x[1] = 2 * M_PI * gsl_ran_flat (r, 20, 280);
  x[2] = gsl_rng_uniform (r);
  x[3] = gsl_ran_flat (r, 1, 11);
}

/* Reactance of problems 2 and 3.  */
static double
reactance (const double x[])
{
  return x[1] * x[2] - 1 / (x[1] * x[3]);
}

static double
friedman2_truth (const double x[])
{
  return sqrt (x[0] * x[0] + gsl_pow_2 (reactance (x)));
}

static double
friedman3_truth (const double x[])
{
  return atan2 (reactance (x), x[0]);
}

const bd_scenario bd_scenarios[] = {
  { .name = "sine",
    .help = "y = sin(1.5 x), one input, uniform on (-3, 3)",
    .d = 1,
    .rows = 60,
    .noise = 0.5,
    .draw = sine_draw,
    .truth = sine_truth },
  { .name = "friedman1",
    .help = "ten uniform inputs, five of them without effect",
    .d = 10,
    .rows = 200,
    .noise = 1,
    .draw = friedman1_draw,
    .truth = friedman1_truth },
  { .name = "friedman2",
    .help = "impedance of an alternating-current circuit, four inputs",
    .d = 4,
    .rows = 200,
    .noise = 125,
    .draw = friedman2_draw,
    .truth = friedman2_truth },
  { .name = "friedman3",
    .help = "phase angle of the same circuit, four inputs",
    .d = 4,
    .rows = 200,
    .noise = 0.1,
    .draw = friedman2_draw,
    .truth = friedman3_truth },
  { NULL, NULL, 0, 0, 0, NULL, NULL },
};

const bd_scenario *
bd_scenario_find (const char *name)
{
  for (const bd_scenario *s = bd_scenarios; s->name; s++)
    if (strcmp (s->name, name) == 0)
      return s;
  return NULL;
}

bd_dataset *
bd_scenario_draw (const bd_scenario *s, size_t n, double noise, uint64_t seed)
{
  bd_dataset *a = bd_dataset_alloc (n, s->d);
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);

  if (!a || !r || !(a->truth = gsl_vector_alloc (n)))
    {
      gsl_rng_free (r);
      bd_dataset_free (a);
      return NULL;
    }
  for (size_t i = 0; i < n; i++)
    {
      double *x = gsl_matrix_ptr (a->X, i, 0);
      bd_rng_seek (r, seed, BD_LANE_NOISE, i);
      s->draw (x, r);
      double f = s->truth (x);
      gsl_vector_set (a->truth, i, f);
      gsl_vector_set (a->y, i, f + gsl_ran_gaussian_ziggurat (r, noise));
    }
  gsl_rng_free (r);
  return a;
}
