/* How a Check program runs its suite: in TAP, which the harness reads, so that
   the exit status says nothing of the tests.  */
#ifndef TAP_H
#define TAP_H

#include <check.h>
#include <gsl/gsl_errno.h>
#include <stdlib.h>

/* For main to return.  */
static inline int
tap_run (Suite *suite)
{
  SRunner *runner = srunner_create (suite);

  gsl_set_error_handler_off ();
  srunner_set_tap (runner, "-");
  srunner_run_all (runner, CK_SILENT);
  srunner_free (runner);
  return EXIT_SUCCESS;
}

#endif
