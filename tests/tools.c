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

drawer
drawer_open (const bd_resample_type *type, const char *knobs,
             const bd_rows *rows)
{
  bd_settings set;
  bd_error err = { "" };

  ck_assert_int_eq (bd_knob_parse (type->knobs, knobs, &set, &err), 0);
  ck_assert_msg (!bd_resample_check (type, &set, rows, &err), "%s", err.text);
  drawer d = { bd_resample_alloc (type, &set, rows),
               gsl_rng_alloc (bd_rng_philox) };
  ck_assert (d.s && d.r);
  return d;
}

void
drawer_close (drawer *d)
{
  bd_resample_free (d->s);
  gsl_rng_free (d->r);
}

const double *
draw_weights (drawer *d, uint64_t seed, uint64_t b)
{
  bd_resample_draw (d->s, seed, b, d->r);
  return d->s->w;
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
  ck_assert_uint_eq (a->width, b->width);
  ck_assert_uint_eq (a->seen, b->seen);
  ck_assert_uint_eq (a->rows, b->rows);
  ck_assert (a->whole == b->whole && a->apart == b->apart);
  ck_assert (a->split == b->split && a->little == b->little);
  ck_assert_uint_eq (a->bags, b->bags);
  ck_assert_uint_eq (a->members, b->members);
  ck_assert_uint_eq (a->failed, b->failed);
  ck_assert_uint_eq (a->shaky, b->shaky);
  same_array (&a->p, &b->p, 1);
  same_array (a->u, b->u, a->n);
  same_array (a->u2, b->u2, a->n);
  same_array (a->t, b->t, a->m);
  same_array (a->t2, b->t2, a->m);
  same_array (a->t3, b->t3, a->m);
  same_array (a->t4, b->t4, a->m);
  same_array (a->ut, b->ut, a->n * a->mc);
  same_array (a->left_p, b->left_p, a->n);
  same_array (a->left_t, b->left_t, a->n * a->mc);
  same_array (a->out_p, b->out_p, a->rows);
  same_array (a->out_t, b->out_t, a->rows);
  same_array (a->out_t2, b->out_t2, a->rows);
  same_array (a->utt, b->utt, a->n * a->mc);
  same_array (a->uut, b->uut, a->mc);
  same_array (a->uutt, b->uutt, a->mc);
  same_array (a->bag_t, b->bag_t, a->m);
  same_array (a->bag_t2, b->bag_t2, a->m);
  same_array (a->bag_within, b->bag_within, a->m);
}

void
add_one (bd_moments *a, double p, const double u[], const double t[])
{
  bd_moments *one = bd_moments_like (a);
  double *U = malloc (a->width * sizeof *U), *T = malloc (a->m * sizeof *T);

  ck_assert (one && U && T);
  memcpy (U, u, a->width * sizeof *U);
  memcpy (T, t, a->m * sizeof *T);
  ck_assert_int_eq (bd_moments_block (one, 1, &p, U, T), GSL_SUCCESS);
  ck_assert_int_eq (bd_moments_merge (a, one), GSL_SUCCESS);
  bd_moments_free (one);
  free (U);
  free (T);
}
