#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdalign.h>
#include <stdlib.h>

#include "optimiser_tools.h"
#include "tap.h"
#include "tools.h"

/* The recurrences of the papers, in double.  */
typedef struct
{
  double v, first, second;
} memory;

static void
sgd (memory *a, double step, double rate, double g, double *w)
{
  (void)step;
  a->v = 0.8 * a->v + g;
  *w -= rate * a->v;
}

static void
nesterov (memory *a, double step, double rate, double g, double *w)
{
  (void)step;
  a->v = 0.8 * a->v + g;
  *w -= rate * (g + 0.8 * a->v);
}

static void
adam (memory *a, double step, double rate, double g, double *w)
{
  a->first = 0.85 * a->first + 0.15 * g;
  a->second = 0.98 * a->second + 0.02 * g * g;
  double first = a->first / (1 - pow (0.85, step));
  double second = a->second / (1 - pow (0.98, step));
  *w -= rate * first / (sqrt (second) + 1e-8);
}

#define DECAY(k) (0.3 * (double)((k) % 2))

static const struct
{
  const bd_optimiser *type;
  const char *knobs;
  void (*step) (memory *a, double step, double rate, double g, double *w);
} setup[] = {
  { &bd_optimiser_sgd, "momentum=0.8", sgd },
  { &bd_optimiser_sgd, "momentum=0.8,nesterov=1", nesterov },
  { &bd_optimiser_adam, "beta1=0.85,beta2=0.98", adam },
  { &bd_optimiser_adamw, "beta1=0.85,beta2=0.98", adam },
};

START_TEST (as_written_out)
{
  const bd_optimiser *type = setup[_i].type;
  bd_settings set = settings (type, setup[_i].knobs);
  bowl a = bowl_of (3);
  alignas (64) float w[SIZE] = { 0 }, G[SIZE], decay[SIZE], state[128] = { 0 };
  double v[SIZE] = { 0 };
  memory old[SIZE] = { 0 };

  ck_assert_uint_le (type->state (SIZE), LENGTH (state));
  for (size_t step = 1; step <= 60; step++)
    {
      double rate = 0.05 - 0.0005 * (double)step;
      for (size_t k = 0; k < SIZE; k++)
        {
          double d = type->decoupled ? DECAY (k) : 0, g;
          decay[k] = (float)DECAY (k);
          G[k] = (float)(a.c[k] * (w[k] - a.m[k]));
          g = a.c[k] * (v[k] - a.m[k]);
          v[k] -= rate * d * v[k];
          setup[_i].step (&old[k], (double)step, rate, g, &v[k]);
        }
      type->step (&set, SIZE, step, rate, G, decay, state, w);
      for (size_t k = 0; k < SIZE; k++)
        ck_assert_double_eq_tol (w[k], v[k], 1e-5);
    }
}
END_TEST

/* Curvatures a thousand times apart, or a bent valley.  */
START_TEST (steps_arrive)
{
  static const struct
  {
    const char *knobs;
    double rate[2];
  } how[] = {
    { "momentum=0.95", { 1.5e-3, 1e-3 } },
    { "momentum=0.95,nesterov=1", { 1.2e-3, 1e-3 } },
    { "", { 0.05, 0.05 } },
    { "", { 0.05, 0.05 } },
  };
  const bd_optimiser *type = setup[_i].type;
  bd_settings set = settings (type, how[_i].knobs);

  for (size_t f = 0; f < 2; f++)
    {
      bowl a = bowl_of (1000);
      alignas (64) float w[SIZE] = { -1.2F, 1 }, G[SIZE], state[128] = { 0 };
      double v[SIZE], g[SIZE];
      size_t size = f ? 2 : SIZE, steps = 6000;
      for (size_t step = 1; step <= steps; step++)
        {
          double phase = (double)(step - 1) / (double)steps;
          for (size_t k = 0; k < size; k++)
            v[k] = w[k];
          if (f)
            rosenbrock (NULL, v, g);
          else
            bowl_loss (&a, v, g);
          for (size_t k = 0; k < size; k++)
            G[k] = (float)g[k];
          type->step (&set, size, step,
                      how[_i].rate[f] * bd_schedules[0].share (phase), G, NULL,
                      state, w);
        }
      for (size_t k = 0; k < size; k++)
        ck_assert_double_eq_tol (w[k], f ? 1 : a.m[k], 1e-3);
    }
}
END_TEST

START_TEST (max_norm)
{
  static float w[40 * 48], before[LENGTH (w)];
  gsl_rng *r = stream (3);

  for (size_t k = 0; k < LENGTH (w); k++)
    before[k] = w[k] = (float)gsl_rng_uniform (r) - 0.5F;
  for (size_t k = 0; k < 40; k++)
    before[k * 48 + 2] = w[k * 48 + 2] = 1e30F;
  bd_max_norm (40, 37, 48, 0, w);
  ck_assert_mem_eq (w, before, sizeof w);
  bd_max_norm (40, 37, 48, 1.8, w);
  size_t scaled = 0;
  for (size_t j = 0; j < 48; j++)
    {
      double was = 0, is = 0, dot = 0;
      for (size_t k = 0; k < 40; k++)
        {
          was += gsl_pow_2 (before[k * 48 + j]);
          is += gsl_pow_2 (w[k * 48 + j]);
          dot += (double)w[k * 48 + j] * before[k * 48 + j];
        }
      bool long_one = j < 37 && sqrt (was) > 1.8;
      scaled += long_one;
      ck_assert_double_eq_tol (sqrt (is) / (long_one ? 1.8 : sqrt (was)), 1,
                               1e-6);
      ck_assert_double_eq_tol (dot / sqrt (was * is), 1, 1e-6);
      for (size_t k = 0; k < 40 && !long_one; k++)
        ck_assert (w[k * 48 + j] == before[k * 48 + j]);
    }
  ck_assert (scaled > 5 && scaled < 35);
  gsl_rng_free (r);
}
END_TEST

static double
share (const char *name, double phase)
{
  return bd_schedule_find (name)->share (phase);
}

START_TEST (schedules)
{
  ck_assert_str_eq (bd_schedules[0].name, "halfcosine");
  ck_assert_ptr_null (bd_schedule_find ("sideways"));
  for (const bd_schedule *s = bd_schedules; s->name; s++)
    {
      ck_assert_ptr_eq (bd_schedule_find (s->name), s);
      ck_assert (s->share (0) == 1);
      for (int k = 0; k < 100; k++)
        ck_assert (s->share (k / 100.) >= s->share ((k + 1) / 100.));
    }
  ck_assert (share ("halfcosine", 0.5) == 1);
  ck_assert_double_eq_tol (share ("halfcosine", 0.75), 0.5, 1e-15);
  ck_assert_double_eq_tol (share ("halfcosine", 1), 0, 1e-15);
  ck_assert (share ("constant", 1) == 1);
  ck_assert_double_eq_tol (share ("cosine", 1. / 3), 0.75, 1e-15);
  ck_assert_double_eq_tol (share ("cosine", 1), 0, 1e-15);
  ck_assert (share ("linear", 0.25) == 0.75);
  ck_assert (share ("linear", 1) == 0);
  ck_assert (share ("step", 0.59) == 1);
  ck_assert (share ("step", 0.61) == 0.1);
  ck_assert (share ("step", 0.84) == 0.1);
  ck_assert (share ("step", 1) == 0.01);
}
END_TEST

/* Every type is found by its name and does one thing or the other.  */
START_TEST (registry)
{
  size_t count = 0;

  for (; bd_optimisers[count]; count++)
    {
      const bd_optimiser *a = bd_optimisers[count];
      ck_assert_ptr_eq (bd_optimiser_find (a->name), a);
      ck_assert (!a->step == !a->state && !a->step != !a->minimise);
      ck_assert (!a->step == !(a->rate > 0) && a->help && a->knobs);
    }
  ck_assert_uint_eq (count, 4);
  ck_assert_ptr_null (bd_optimiser_find ("adamant"));
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("optimiser");
  TCase *c = tcase_create ("optimiser");

  tcase_add_loop_test (c, as_written_out, 0, LENGTH (setup));
  tcase_add_loop_test (c, steps_arrive, 0, LENGTH (setup));
  tcase_add_test (c, max_norm);
  tcase_add_test (c, schedules);
  tcase_add_test (c, registry);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
