/* The order of four ways to fit the noisy sine, on 12 data sets.  Seen: single
   0.121, bagged 0.099, weight decay 0.034, dropout 0.1 0.036.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <stdlib.h>

#include "sine_tools.h"
#include "tap.h"

START_TEST (order)
{
  double mse[SINE_MUCH];

  sine_errors (12, SINE_MUCH, mse);
  ck_assert_double_lt (mse[SINE_BAGGED], 0.95 * mse[SINE_SINGLE]);
  ck_assert_double_lt (mse[SINE_DECAY], 0.6 * mse[SINE_BAGGED]);
  ck_assert_double_lt (mse[SINE_LITTLE], 0.6 * mse[SINE_SINGLE]);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("sine");
  TCase *c = tcase_create ("sine");

  tcase_set_timeout (c, 600);
  tcase_add_test (c, order);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
