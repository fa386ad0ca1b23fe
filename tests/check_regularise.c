/* Perspective 5: planted cases, its records and where it is skipped.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "perspective/regularise.h"
#include "tap.h"
#include "tools.h"

START_TEST (places)
{
  bd_net_options base = bd_net_options_default ();
  bd_perspective_options o = bd_perspective_options_default ();
  double x[BD_REG_LENGTHS];

  ck_assert_uint_eq (bd_regularise_passes (&base, 60, x), 6);
  ck_assert_double_eq (x[5], 10000);
  ck_assert_uint_eq (bd_regularise_passes (&base, 128 * 4, x), 6);
  ck_assert_double_eq (x[4], 3000);
  ck_assert_double_eq (x[5], 5000);
  ck_assert_uint_eq (bd_regularise_passes (&base, 128 * 200, x), 2);
  ck_assert_double_eq (x[1], 100);
  ck_assert_uint_eq (bd_regularise_passes (&base, 128 * 100, x), 3);
  ck_assert_double_eq (x[2], 200);
  ck_assert_uint_eq (bd_regularise_widths (&base, x), 4);
  ck_assert_double_eq (x[0], 10);
  ck_assert_double_eq (x[3], 100);
  base.hidden[0] = 1;
  ck_assert_uint_eq (bd_regularise_widths (&base, x), 2);
  ck_assert_double_eq (x[0], 1);
  ck_assert_double_eq (x[1], 2);
  ck_assert_uint_eq (bd_regularise_rows (&o, 60, x), 3);
  ck_assert_double_eq (x[0], 30);
  ck_assert_double_eq (x[2], 120);
  o.scenario = NULL;
  ck_assert_uint_eq (bd_regularise_rows (&o, 60, x), 3);
  ck_assert_double_eq (x[0], 15);
  ck_assert_double_eq (x[2], 60);
}
END_TEST

static const bool chosen[BD_PERSPECTIVES] = { [4] = true };

static bd_perspective_run *
run (const bd_perspective_options *o)
{
  bd_error err = { "" };
  bd_perspective_run *a = bd_perspectives_do (o, chosen, NULL, &err);

  ck_assert_msg (a != NULL, "%s", err.text);
  ck_assert_uint_eq (a->count, 1);
  ck_assert_str_eq (a->result[0].type->name, "regularise");
  return a;
}

static bd_perspective_options
options (double noise, size_t n, const char *network, size_t R)
{
  bd_perspective_options o = bd_perspective_options_default ();

  o.n = n;
  o.noise = noise;
  o.network = network;
  o.R = R;
  o.nets = 2;
  o.masks = 4;
  return o;
}

/* Distance of contrast K from zero in standard errors, positive where it
   speaks for the claim.  */
static double
distance (const bd_perspective_run *a, size_t k)
{
  const bd_perspective_result *p = &a->result[0];

  return p->type->contrast[k].side * p->contrast[k].over.mean
         / p->contrast[k].over.se;
}

/* Every number of the record, but those that cannot be known.  */
static void
check_known (const bd_perspective_run *a)
{
  const bd_perspective_result *p = &a->result[0];

  ck_assert_uint_eq (p->failed, 0);
  for (size_t k = 0; k < a->options.R * p->layout.size; k++)
    ck_assert (gsl_finite (p->value[k]));
  for (size_t k = 0; p->type->contrast[k].what; k++)
    ck_assert_uint_eq (p->contrast[k].used, a->options.R);
  for (const bd_fact *f = p->type->fact; f->what; f++)
    ck_assert_double_lt (bd_perspective_fact (a, p, f), 1e-9);
}

/* Much noise and few rows for a network that can follow all of it.  */
START_TEST (planted_confirming)
{
  bd_perspective_options o = options (.8, 60, "hidden=30,steps=4000", 6);
  bd_perspective_run *a = run (&o);
  bd_perspective_result *p = &a->result[0];

  check_known (a);
  ck_assert_int_eq (p->word, BD_CONFIRMED);
  for (size_t k = 0; k < 3; k++)
    ck_assert_double_gt (distance (a, k), 4);
  bd_perspective_run_free (a);
}
END_TEST

/* Nothing to fit but the truth, for a network that has hardly enough units:
   masks take away what it needs.  */
START_TEST (planted_refuting)
{
  bd_perspective_options o = options (0, 100, "hidden=8,steps=1000", 6);
  bd_perspective_run *a = run (&o);
  bd_perspective_result *p = &a->result[0];

  check_known (a);
  ck_assert_int_eq (p->word, BD_REFUTED);
  ck_assert_double_lt (distance (a, 0), -4);
  bd_perspective_run_free (a);
}
END_TEST

/* A table, whose noise has to be found; the same bits with any threads.  */
START_TEST (table_with_threads)
{
  bd_dataset *d = simulated ("friedman1", 60, 5);
  bd_perspective_options o = options (0, 400, "hidden=5,steps=60", 3);
  bd_perspective_run *a[2];

  o.scenario = NULL;
  o.data = d;
  for (int k = 0; k < 2; k++)
    {
      o.threads = k ? 3 : 1;
      a[k] = run (&o);
    }
  check_known (a[0]);
  ck_assert_mem_eq (a[0]->result[0].value, a[1]->result[0].value,
                    o.R * a[0]->result[0].layout.size * sizeof (double));
  for (int k = 0; k < 2; k++)
    bd_perspective_run_free (a[k]);
  bd_dataset_free (d);
}
END_TEST

START_TEST (null_arms_differ_by_seed_alone)
{
  bd_perspective_options o = options (.5, 20, "hidden=6,steps=100", 4);

  o.null = true;
  bd_perspective_run *a = run (&o);
  const bd_layout *l = &a->result[0].layout;
  const double *v = a->result[0].value;
  check_known (a);
  for (size_t arm = 1; arm < BD_CAST; arm++)
    {
      double own = bd_layout_get (l, v, "df", arm, 0);
      ck_assert_double_ne (own, bd_layout_get (l, v, "df", 0, 0));
      ck_assert_double_eq_tol (own, bd_layout_get (l, v, "df", 0, 0), 8);
    }
  bd_perspective_run_free (a);
}
END_TEST

START_TEST (skipped)
{
  bd_perspective_options o = options (.5, 19, NULL, 2);
  bd_perspective_run *a = run (&o);

  ck_assert_ptr_nonnull (strstr (a->result[0].skipped, "needs 20 rows"));
  bd_perspective_run_free (a);

  bd_dataset *d = simulated ("sine", 60, 5);
  for (size_t i = 0; i < d->n; i++)
    gsl_vector_set (d->y, i, (double)(i % 2));
  d->classes = 2;
  o.scenario = NULL;
  o.n = 400;
  o.data = d;
  a = run (&o);
  ck_assert_ptr_nonnull (strstr (a->result[0].skipped, "classes"));
  bd_perspective_run_free (a);
  bd_dataset_free (d);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("regularise");
  TCase *t = tcase_create ("regularise");

  tcase_set_timeout (t, 120);
  tcase_add_test (t, places);
  tcase_add_test (t, planted_confirming);
  tcase_add_test (t, planted_refuting);
  tcase_add_test (t, table_with_threads);
  tcase_add_test (t, null_arms_differ_by_seed_alone);
  tcase_add_test (t, skipped);
  suite_add_tcase (s, t);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
