/* The version in the headers, in the library and in the package.  */
#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/version.h"

START_TEST (one_version)
{
  ck_assert_str_eq (BD_VERSION, PACKAGE_VERSION);
  ck_assert_str_eq (bd_version (), PACKAGE_VERSION);
  ck_assert_int_eq (bd_version_check (BD_VERSION, NULL), GSL_SUCCESS);
}
END_TEST

static int
check (unsigned major, unsigned minor, unsigned micro, bd_error *err)
{
  char text[32];

  snprintf (text, sizeof text, "%u.%u.%u", major, minor, micro);
  return bd_version_check (text, err);
}

/* A program of another interface is told so, with both versions.  */
START_TEST (another_interface)
{
  const unsigned major = BD_VERSION_MAJOR, minor = BD_VERSION_MINOR;
  bd_error err = { "" };

  ck_assert_int_eq (check (major, minor, BD_VERSION_MICRO + 1, &err), 0);
  ck_assert_str_eq (err.text, "");
  ck_assert_int_eq (check (major, minor + 1, 0, &err), GSL_EUNSUP);
  ck_assert_ptr_nonnull (strstr (err.text, bd_version ()));
  ck_assert_int_eq (check (major + 1, minor, 0, &err), GSL_EUNSUP);
  if (minor > 0)
    ck_assert_int_eq (check (major, minor - 1, 0, &err),
                      major == 0 ? GSL_EUNSUP : GSL_SUCCESS);
}
END_TEST

START_TEST (no_version)
{
  static const char *const texts[]
      = { "",       "0.1",    "0.1.",
          "0.1.0x", "0.1.0 ", "x0.1.0",
          "-0.1.0", "0.-1.0", "99999999999999999999.1.0" };

  ck_assert_int_eq (bd_version_check (texts[_i], NULL), GSL_EINVAL);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("version");
  TCase *tc = tcase_create ("version");
  SRunner *sr = srunner_create (suite);

  gsl_set_error_handler_off ();
  tcase_add_test (tc, one_version);
  tcase_add_test (tc, another_interface);
  tcase_add_loop_test (tc, no_version, 0, 9);
  suite_add_tcase (suite, tc);
  srunner_set_tap (sr, "-");
  srunner_run_all (sr, CK_SILENT);
  srunner_free (sr);
  return EXIT_SUCCESS;
}
