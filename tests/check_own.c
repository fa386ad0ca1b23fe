/* Methods that the user makes of fitters and knobs.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "net/fitter_net.h"
#include "study_tools.h"
#include "tools.h"

static bd_own own;
static bool use[BD_COMPARED];

/* Names of what is chosen, with bars between them.  */
static const struct
{
  const char *list, *names;
} good[] = {
  { "tree,spline", "spline|tree" },
  { "tree; spline", "spline|tree" },
  { "single:loess,tree", "tree|single:loess" },
  { "bag:tree,min_leaf=5;B=500", "bag:tree,min_leaf=5,B=500" },
  { "bag:tree:min_leaf=5,B=500", "bag:tree,min_leaf=5,B=500" },
  { "single:loess,span=0.3,single:loess",
    "single:loess,span=0.3|single:loess" },
  { "dropout:hidden=50x50,rate=auto,net",
    "net|dropout:hidden=50x50,rate=auto|mc-dropout:hidden=50x50,rate=auto" },
  { "dropout:", "dropout:|mc-dropout:" },
  { "bag:net+dropout,rate=0.2,steps=9", "bag:net+dropout,rate=0.2,steps=9" },
  { "single:nls,formula=\"b1+b2*x\",start=\"b1=0,b2=1\";net",
    "net|single:nls,formula=\"b1+b2*x\",start=\"b1=0,b2=1\"" },
};

START_TEST (names)
{
  bd_error err = { "" };
  char text[400] = "";

  ck_assert_msg (bd_own_parse (good[_i].list, use, &own, &err) == 0, "%s",
                 err.text);
  for (size_t k = 0; k < BD_COMPARED; k++)
    if (use[k])
      {
        strcat (text, *text ? "|" : "");
        strcat (text, bd_own_method (&own, k)->name);
        ck_assert_uint_eq (bd_own_find (&own, bd_own_method (&own, k)->name),
                           k);
      }
  ck_assert_str_eq (text, good[_i].names);
}
END_TEST

static const struct
{
  const char *list, *error;
} bad[] = {
  { "", "no method is called ''" },
  { "forest", "no method is called 'forest'" },
  { "bag:tre", "no fitter is called 'tre'; did you mean 'tree'?" },
  { "boost:tree", "'boost:' is none of single:, bag: and dropout:" },
  { "min_leaf=5", "'min_leaf=5' is a knob of nothing" },
  { "tree,cp=0", "'cp=0' is a knob of nothing" },
  { "single:tree,min_lef=5",
    "single:tree,min_lef=5: no knob is called 'min_lef'" },
  { "single:tree,B=5", "B=5: a single fit has no members" },
  { "bag:tree,B=1", "B=1: from 2 to 100000 members" },
  { "dropout:rate=0", "rate=0: the dropout rate is a number above 0" },
  { "single:tree,single:tree", "single:tree is there twice" },
};

START_TEST (refused)
{
  bd_error err = { "" };

  ck_assert_int_eq (bd_own_parse (bad[_i].list, use, &own, &err), GSL_EINVAL);
  ck_assert_msg (strstr (err.text, bad[_i].error) == err.text, "%s", err.text);
}
END_TEST

/* What a method is meant to improve has its knobs.  */
START_TEST (bases)
{
  ck_assert_int_eq (
      bd_own_parse ("single:tree,min_leaf=2,bag:tree,min_leaf=2,B=9,bag:tree,"
                    "net,dropout:rate=0.1,bag:net+dropout",
                    use, &own, NULL),
      GSL_SUCCESS);
  ck_assert_str_eq (own.method[1].base, "single:tree,min_leaf=2");
  ck_assert_ptr_null (own.method[2].base);
  ck_assert_str_eq (own.method[3].base, "net");
  ck_assert_str_eq (own.method[4].base, "net");
  ck_assert_str_eq (own.method[5].base, "net");
  ck_assert_ptr_null (own.method[0].base);
  ck_assert_ptr_null (own.method[3].tuned);
  ck_assert_str_eq (own.method[5].tuned, "dropout");
}
END_TEST

/* Knobs of one's own stand over those of all networks.  */
START_TEST (knobs)
{
  const bd_knob *table = bd_fitter_net.knobs;
  size_t steps = bd_knob_find (table, "steps"),
         decay = bd_knob_find (table, "decay");
  bd_settings set;

  ck_assert_int_eq (bd_own_parse ("single:net,steps=7", use, &own, NULL), 0);
  ck_assert_int_eq (
      bd_method_settings (&own.method[0], "steps=9,decay=1", &set, NULL), 0);
  ck_assert_double_eq (set.value[steps], 7);
  ck_assert_double_eq (set.value[decay], 1);
}
END_TEST

/* An own method with the knobs of one of the table has its numbers.  */
START_TEST (same_as_table)
{
  static const struct
  {
    const char *list, *own, *name;
  } pair[] = {
    { "single:pspline,spline", "single:pspline", "spline" },
    { "bag:tree,min_leaf=5,bag-tree", "bag:tree,min_leaf=5", "bag-tree" },
    { "single:net,net", "single:net", "net" },
    { "dropout:,mc-dropout", "mc-dropout:", "mc-dropout" },
    { "bag:net+dropout,bag-dropout", "bag:net+dropout", "bag-dropout" }
  };
  bd_dataset *data = simulated ("sine", STUDY_ROWS, 1);
  bd_compare_options o = study_small (1);
  bd_error err = { "" };

  o.own = &own;
  o.network = "steps=40,hidden=4";
  ck_assert_int_eq (bd_own_parse (pair[_i].list, o.use, &own, &err), 0);
  bd_comparison *c = bd_compare (data, &o, &err);
  ck_assert_msg (c != NULL, "%s", err.text);
  size_t a = bd_own_find (&own, pair[_i].own),
         b = bd_own_find (&own, pair[_i].name);
  ck_assert (a >= BD_METHODS && a < BD_COMPARED && b < BD_METHODS);
  same_numbers (&c->row[a].rmse, &c->row[b].rmse, 1);
  same_numbers (&c->row[a].crps, &c->row[b].crps, 1);
  ck_assert_double_eq (c->row[a].fits, c->row[b].fits);
  same_answer (&c->full[a], &c->full[b]);
  bd_comparison_free (c);
  bd_dataset_free (data);
}
END_TEST

/* B members of one's own, whatever the others have.  */
START_TEST (members)
{
  bd_dataset *data = simulated ("sine", STUDY_ROWS, 1);
  bd_compare_options o = study_small (1);

  o.own = &own;
  ck_assert_int_eq (
      bd_own_parse ("bag:tree,B=5,single:tree,bag-tree", o.use, &own, NULL),
      0);
  bd_comparison *c = bd_compare (data, &o, NULL);
  ck_assert_ptr_nonnull (c);
  ck_assert_uint_eq (c->row[BD_METHODS].members, 5);
  ck_assert_uint_eq (c->full[BD_METHODS].members, 5);
  ck_assert (!gsl_isnan (c->row[BD_METHODS].gain.lo));
  ck_assert_uint_eq (c->row[bd_own_find (NULL, "bag-tree")].members, 8);
  bd_comparison_free (c);
  bd_dataset_free (data);
}
END_TEST

int
main (void)
{
  Suite *s = suite_create ("own");
  TCase *c = tcase_create ("own");

  tcase_add_loop_test (c, names, 0, LENGTH (good));
  tcase_add_loop_test (c, refused, 0, LENGTH (bad));
  tcase_add_test (c, bases);
  tcase_add_test (c, knobs);
  tcase_add_loop_test (c, same_as_table, 0, 5);
  tcase_add_test (c, members);
  suite_add_tcase (s, c);
  SRunner *sr = srunner_create (s);
  gsl_set_error_handler_off ();
  srunner_set_tap (sr, "-");
  srunner_run_all (sr, CK_SILENT);
  srunner_free (sr);
  return EXIT_SUCCESS;
}
