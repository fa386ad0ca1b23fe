/* The order of five ways to fit the noisy sine, on 60 data sets: run by
   `make check-long'.  Seen: single 0.0971, bagged 0.0843, weight decay
   0.0304, dropout 0.1 0.0352, dropout 0.5 0.0766 (standard errors of the
   paired differences are a few per cent of single).  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <stdlib.h>

#include "sine_tools.h"

START_TEST (order)
{
  double mse[SINE_METHODS];

  sine_errors (60, SINE_METHODS, mse);
  ck_assert_double_lt (mse[SINE_BAGGED], 0.95 * mse[SINE_SINGLE]);
  ck_assert_double_lt (mse[SINE_DECAY], 0.6 * mse[SINE_BAGGED]);
  ck_assert_double_lt (mse[SINE_LITTLE], 0.6 * mse[SINE_SINGLE]);
  ck_assert_double_gt (mse[SINE_MUCH], 1.5 * mse[SINE_LITTLE]);
  ck_assert_double_lt (mse[SINE_MUCH], 0.95 * mse[SINE_SINGLE]);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("long_sine");
  TCase *c = tcase_create ("long_sine");

  tcase_set_timeout (c, 1200);
  tcase_add_test (c, order);
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
