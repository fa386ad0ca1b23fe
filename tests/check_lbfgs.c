#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "optimiser_tools.h"
#include "tap.h"

static double
no_number (void *params, const double w[], double G[])
{
  (void)params;
  G[0] = w[0];
  return GSL_NAN;
}

START_TEST (lbfgs_rosenbrock)
{
  const bd_optimiser *type = &bd_optimiser_lbfgs;
  bd_settings set = settings (type, "");
  double w[2] = { -1.2, 1 }, again[2] = { -1.2, 1 };
  size_t done, calls = 0;

  ck_assert_int_eq (
      type->minimise (&set, rosenbrock, &calls, 2, 200, w, &done), 0);
  ck_assert_double_eq_tol (w[0], 1, 1e-8);
  ck_assert_double_eq_tol (w[1], 1, 1e-8);
  ck_assert_uint_le (done, 50);
  ck_assert_uint_le (calls, 2 * done);
  type->minimise (&set, rosenbrock, NULL, 2, 200, again, &done);
  ck_assert_mem_eq (w, again, sizeof w);
}
END_TEST

/* As many iterations as the L-BFGS-B of SciPy 1.10, which stops at about the
   same gradient: 74, 114, 150 (and 1 for the round bowl).  */
START_TEST (lbfgs_bowl)
{
  static const struct
  {
    double condition;
    const char *knobs;
    size_t most;
  } how[] = { { 1, "", 3 },
              { 100, "memory=30", 80 },
              { 100, "memory=10", 120 },
              { 100, "memory=1", 160 } };
  const bd_optimiser *type = &bd_optimiser_lbfgs;
  bd_settings set = settings (type, how[_i].knobs);
  bowl a = bowl_of (how[_i].condition);
  double w[SIZE] = { 0 };
  size_t done;

  ck_assert_int_eq (type->minimise (&set, bowl_loss, &a, SIZE, 1000, w, &done),
                    0);
  ck_assert_uint_le (done, how[_i].most);
  for (size_t k = 0; k < SIZE; k++)
    ck_assert_double_eq_tol (w[k], a.m[k], 1e-8);
}
END_TEST

/* Steps count: none leaves the start alone, a few are made and no more, and
   each is a gain.  */
START_TEST (lbfgs_steps)
{
  const bd_optimiser *type = &bd_optimiser_lbfgs;
  bd_settings set = settings (type, "");
  double before = GSL_POSINF, G[2];

  for (size_t steps = 0; steps < 10; steps++)
    {
      double w[2] = { -1.2, 1 };
      size_t done = 99;
      type->minimise (&set, rosenbrock, NULL, 2, steps, w, &done);
      ck_assert_uint_eq (done, steps);
      ck_assert_double_lt (rosenbrock (NULL, w, G), before);
      before = rosenbrock (NULL, w, G);
      ck_assert (steps || (w[0] == -1.2 && w[1] == 1));
    }
}
END_TEST

/* Not a number at the start is an error; beyond a wall it is a place to come
   back from.  */
START_TEST (lbfgs_not_finite)
{
  const bd_optimiser *type = &bd_optimiser_lbfgs;
  bd_settings set = settings (type, "");
  bowl a = bowl_of (100);
  double w[SIZE] = { 0 }, one = 3;
  size_t done = 99;

  ck_assert_int_eq (
      type->minimise (&set, no_number, NULL, 1, 100, &one, &done),
      GSL_ERUNAWAY);
  ck_assert_uint_eq (done, 0);
  ck_assert (one == 3);
  a.limit = 1.01;
  for (size_t k = 1; k < SIZE; k++)
    w[k] = 50;
  w[0] = -1;
  ck_assert_int_eq (type->minimise (&set, bowl_loss, &a, SIZE, 1000, w, &done),
                    0);
  for (size_t k = 0; k < SIZE; k++)
    ck_assert_double_eq_tol (w[k], a.m[k], 1e-8);
  /* Walled in on both sides, nowhere to go.  */
  a = bowl_of (100);
  a.limit = 1e-300;
  for (size_t k = 0; k < SIZE; k++)
    w[k] = 0;
  ck_assert_int_eq (type->minimise (&set, bowl_loss, &a, SIZE, 1000, w, &done),
                    GSL_ERUNAWAY);
  ck_assert_uint_eq (done, 0);
  ck_assert (w[0] == 0 && w[5] == 0);
}
END_TEST

/* Rounding hides the last decreases where the least loss is not 0: the
   gradient shows the way on, and it ends.  */
static double
raised (void *params, const double w[], double G[])
{
  return 1000 + bowl_loss (params, w, G);
}

static double
straight (void *params, const double w[], double G[])
{
  (void)params;
  G[0] = 1;
  return w[0];
}

START_TEST (lbfgs_ends)
{
  const bd_optimiser *type = &bd_optimiser_lbfgs;
  bd_settings set = settings (type, "");
  bowl a = bowl_of (100);
  double w[SIZE] = { 0 }, one = 0;
  size_t done;

  ck_assert_int_eq (type->minimise (&set, raised, &a, SIZE, 1000, w, &done),
                    0);
  ck_assert_uint_le (done, 120);
  ck_assert_uint_le (a.calls, 3 * done + 100);
  for (size_t k = 0; k < SIZE; k++)
    ck_assert_double_eq_tol (w[k], a.m[k], 1e-6);
  /* No end to the way down: whatever it says, it comes back.  */
  type->minimise (&set, straight, NULL, 1, 100, &one, &done);
  ck_assert_double_lt (one, -1e6);
  ck_assert (gsl_finite (one));
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("lbfgs");
  TCase *c = tcase_create ("lbfgs");

  tcase_add_test (c, lbfgs_rosenbrock);
  tcase_add_loop_test (c, lbfgs_bowl, 0, 4);
  tcase_add_test (c, lbfgs_steps);
  tcase_add_test (c, lbfgs_not_finite);
  tcase_add_test (c, lbfgs_ends);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
