/* The loop from a source to moments: the same bits from any number of
   threads.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "ensemble/run.h"
#include "tap.h"
#include "tools.h"

#define UNITS 9
#define POINTS 11
#define MEMBERS                                                               \
  2100 /* whole blocks for one and two threads, shared for more               \
        */

/* Member B: numbers that follow from b; one in 50 cannot be fitted.  */
static int
draw (const void *setup, void *work, uint64_t b, double *p, double u[],
      double t[])
{
  (void)setup;
  (void)work;
  *p = 1 + (double)(b % 5);
  for (size_t i = 0; i < UNITS; i++)
    u[i] = (double)((b * 7 + i * i) % 4);
  for (size_t j = 0; j < POINTS; j++)
    t[j] = sin (0.37 * (double)b * (double)(j + 1)) + u[j % UNITS];
  return b % 50 == 49 ? GSL_EFAILED : GSL_SUCCESS;
}

static bd_moments *
run (int threads, size_t mc)
{
  const bd_source_type type = { .name = "numbers", .draw = draw };
  const bd_source s = { &type, NULL, UNITS, POINTS, UNITS };
  const bd_run_options o = { .members = MEMBERS, .threads = threads };
  bd_moments *a = bd_moments_alloc (UNITS, POINTS, mc, 0);

  ck_assert_ptr_nonnull (a);
  ck_assert_int_eq (bd_run (&s, &o, a), GSL_SUCCESS);
  return a;
}

START_TEST (any_threads)
{
  size_t mc = _i ? POINTS : 0;
  bd_moments *one = run (1, mc);

  ck_assert_uint_eq (one->members, MEMBERS);
  ck_assert_uint_eq (one->failed, MEMBERS / 50);
  for (int threads = 2; threads < 40; threads = 2 * threads - 1)
    {
      bd_moments *more = run (threads, mc);
      same_bits (one, more);
      bd_moments_free (more);
    }
  bd_moments_free (one);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("run");
  TCase *c = tcase_create ("run");

  tcase_add_loop_test (c, any_threads, 0, 2);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
