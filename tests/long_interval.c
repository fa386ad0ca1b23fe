/* Coverage of intervals in longer simulations, run by `make check-long': 5000
   new rows for each kind of data, 40 rows and level .9.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "conformal_tools.h"
#include "tools.h"

#define REPEATS 5000

static const struct
{
  const bd_fitter_type *fitter;
  const char *knobs, *interval;
  double least, most; /* of the share covered, but for chance */
} simulations[] = {
  { &bd_fitter_poly, "degree=3", "jab+", .89, .94 },
  { &bd_fitter_knn, "k=3", "jab+", .89, .94 },
  { &bd_fitter_tree, "", "jab+", .89, .94 },
  { &bd_fitter_tree, "", "cv+", .89, .95 },
  { &bd_fitter_tree, "", "scaled-cv+", .89, .96 },
  { &bd_fitter_poly, "degree=3", "split", .90, .95 },
  { &bd_fitter_tree, "", "scaled-split", .90, .95 },
  { &bd_fitter_tree, "", "oob", .87, .94 },
  { &bd_fitter_tree, "", "scaled-oob", .87, .94 },
};

START_TEST (coverage)
{
  int kind = _i % KINDS, which = _i / KINDS;
  size_t k
      = covered (kind, simulations[which].fitter, simulations[which].knobs,
                 simulations[which].interval, 40, 60, REPEATS);

  fprintf (stderr, "%-6s %-12s kind %d: %.4f\n",
           simulations[which].fitter->name, simulations[which].interval, kind,
           (double)k / REPEATS);
  ck_assert (
      gsl_cdf_binomial_P ((unsigned)k, simulations[which].least, REPEATS)
      > 1e-5);
  ck_assert (gsl_cdf_binomial_Q ((unsigned)k, simulations[which].most, REPEATS)
             > 1e-5);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("long_interval");
  TCase *c = tcase_create ("long_interval");

  tcase_set_timeout (c, 1200);
  tcase_add_loop_test (c, coverage, 0, KINDS * LENGTH (simulations));
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
