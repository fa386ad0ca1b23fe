/* Do simultaneous bands hold the whole truth as often as they say?  A line,
   bagged; polynomials and more data sets in long_bands.c.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "band_tools.h"
#include "tap.h"

/* Four binomial standard deviations around 90 % (the bootstrap's variance is
   a little small with 200 rows: 88 % in the long run); what is pointwise holds
   each point with 90 % and the whole line in 73 % of the data sets.  */
START_TEST (line)
{
  enum
  {
    SETS = 400
  };
  band_study s = band_coverage (SETS, 200, 1, 400);
  double chance = sqrt (0.9 * 0.1 / SETS);

  ck_assert_double_eq_tol (s.whole, 0.9, 4 * chance);
  ck_assert_double_eq_tol (s.points, 0.9, 0.05);
  ck_assert_double_lt (s.pointwise, s.whole - 0.08);
  ck_assert_double_gt (s.c, 2.05);
  ck_assert_double_lt (s.c, 2.15);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("coverage");
  TCase *c = tcase_create ("coverage");

  tcase_set_timeout (c, 60);
  tcase_add_test (c, line);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
