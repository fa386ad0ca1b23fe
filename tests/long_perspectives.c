/* Verdicts where nothing is true: in a null run all arms are single networks
   that differ by their seed alone, and a claim may be confirmed by chance in
   one of forty runs, the upper half of what a 95 % interval leaves.  200 runs
   of each experiment; 14 or more of 200 have probability 4e-4 at that rate. */
#include <config.h>

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/rng.h"
#include "perspective/perspective.h"

#define RUNS 200
#define MOST 13

START_TEST (null_runs)
{
  bool chosen[BD_PERSPECTIVES] = { false };
  size_t confirmed = 0, refuted = 0;
  bd_error err = { "" };

  chosen[_i] = true;
  for (size_t k = 0; k < RUNS; k++)
    {
      bd_perspective_options o = bd_perspective_options_default ();
      o.R = 8;
      o.nets = 2;
      o.masks = 8;
      o.network = "steps=40,hidden=8";
      o.null = true;
      o.seed = bd_rng_derive (77, k);
      bd_perspective_run *a = bd_perspectives_do (&o, chosen, NULL, &err);
      ck_assert_msg (a, "%s", err.text);
      confirmed += a->result[0].word == BD_CONFIRMED;
      refuted += a->result[0].word == BD_REFUTED;
      bd_perspective_run_free (a);
    }
  fprintf (stderr,
           "# perspective %d: confirmed %zu, refuted %zu of %d null "
           "runs\n",
           _i + 1, confirmed, refuted, RUNS);
  ck_assert_uint_le (confirmed, MOST);
}
END_TEST

int
main (void)
{
  Suite *s = suite_create ("null runs");
  TCase *t = tcase_create ("perspectives");
  SRunner *sr = srunner_create (s);

  gsl_set_error_handler_off ();
  tcase_set_timeout (t, 3600);
  tcase_add_loop_test (t, null_runs, 0, BD_PERSPECTIVES);
  suite_add_tcase (s, t);
  srunner_run_all (sr, CK_NORMAL);
  int failed = srunner_ntests_failed (sr);
  srunner_free (sr);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
