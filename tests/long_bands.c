/* Coverage of simultaneous bands in many data sets: run by `make check-long'.
   Seen (whole curve, pointwise band whole, points): line, 60 rows .856 .695
   .872; 200 rows .877 .724 .889; 800 rows .890 .741 .896; cubic, 200 rows
   .853 .499 .881.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "band_tools.h"

/* Many rows: what it says, within four binomial standard deviations.  */
START_TEST (line)
{
  enum
  {
    SETS = 1500
  };
  band_study s = band_coverage (SETS, 800, 1, 2000);

  ck_assert_double_eq_tol (s.whole, 0.9, 4 * sqrt (0.9 * 0.1 / SETS));
  ck_assert_double_eq_tol (s.points, 0.9, 0.02);
}
END_TEST

/* Few rows for a cubic: both bands are a little narrow, the whole curve is in
   the pointwise one half of the time only.  */
START_TEST (cubic)
{
  band_study s = band_coverage (3000, 200, 3, 400);

  ck_assert_double_gt (s.whole, 0.83);
  ck_assert_double_lt (s.whole, 0.92);
  ck_assert_double_lt (s.pointwise, 0.55);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("long_bands");
  TCase *c = tcase_create ("long_bands");

  tcase_set_timeout (c, 1200);
  tcase_add_test (c, line);
  tcase_add_test (c, cubic);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  SRunner *sr = srunner_create (suite ());

  gsl_set_error_handler_off ();
  srunner_set_tap (sr, "-");
  srunner_run_all (sr, CK_SILENT);
  int failed = srunner_ntests_failed (sr); /* make reads this, not the TAP */
  srunner_free (sr);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
