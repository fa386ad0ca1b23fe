#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "data/scenario.h"
#include "tools.h"

gsl_rng *
stream (uint64_t index)
{
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);

  ck_assert_ptr_nonnull (r);
  bd_rng_seek (r, 20240607, BD_LANE_NOISE, index);
  return r;
}

bd_dataset *
simulated (const char *scenario, size_t n, uint64_t seed)
{
  const bd_scenario *s = bd_scenario_find (scenario);

  ck_assert_ptr_nonnull (s);
  bd_dataset *a = bd_scenario_draw (s, n, s->noise, seed);
  ck_assert_ptr_nonnull (a);
  return a;
}

double *
normals (gsl_rng *r, size_t count)
{
  double *x = malloc (count * sizeof *x);

  ck_assert_ptr_nonnull (x);
  for (size_t i = 0; i < count; i++)
    x[i] = gsl_ran_ugaussian (r);
  return x;
}

double
mean_of (const double x[], size_t n)
{
  double sum = 0;

  for (size_t i = 0; i < n; i++)
    sum += x[i];
  return sum / (double)n;
}

double
sd_of (const double x[], size_t n)
{
  double mean = mean_of (x, n), sum = 0;

  for (size_t i = 0; i < n; i++)
    sum += gsl_pow_2 (x[i] - mean);
  return sqrt (sum / (double)n);
}

static void
same_array (const double *a, const double *b, size_t count)
{
  ck_assert_int_eq (a == NULL, b == NULL);
  if (a)
    ck_assert_mem_eq (a, b, count * sizeof *a);
}

void
same_bits (const bd_moments *a, const bd_moments *b)
{
  ck_assert_uint_eq (a->n, b->n);
  ck_assert_uint_eq (a->m, b->m);
  ck_assert_uint_eq (a->mc, b->mc);
  ck_assert_uint_eq (a->self, b->self);
  ck_assert_uint_eq (a->members, b->members);
  ck_assert_uint_eq (a->failed, b->failed);
  same_array (&a->p, &b->p, 1);
  same_array (a->u, b->u, a->n);
  same_array (a->u2, b->u2, a->n);
  same_array (a->t, b->t, a->m);
  same_array (a->t2, b->t2, a->m);
  same_array (a->t3, b->t3, a->m);
  same_array (a->t4, b->t4, a->m);
  same_array (a->ut, b->ut, a->n * a->mc);
  same_array (a->out_p, b->out_p, a->n);
  same_array (a->out_t, b->out_t, a->n);
  same_array (a->out_t2, b->out_t2, a->n);
}

void
add_one (bd_moments *a, double p, const double u[], const double t[])
{
  bd_moments *one = bd_moments_alloc (a->n, a->m, a->mc, a->self);
  double *U = malloc (a->n * sizeof *U), *T = malloc (a->m * sizeof *T);

  ck_assert (one && U && T);
  memcpy (U, u, a->n * sizeof *U);
  memcpy (T, t, a->m * sizeof *T);
  ck_assert_int_eq (bd_moments_block (one, 1, &p, U, T), GSL_SUCCESS);
  ck_assert_int_eq (bd_moments_merge (a, one), GSL_SUCCESS);
  bd_moments_free (one);
  free (U);
  free (T);
}
