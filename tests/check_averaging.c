/* Perspective 2, an ensemble like bagging: planted cases, the theorem, the
   law of averages.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <string.h>

#include "perspective/perspective.h"
#include "tap.h"
#include "tools.h"

static bd_perspective_run *
run (const bd_perspective_options *o)
{
  const bool second[BD_PERSPECTIVES] = { false, true };
  bd_error err = { "" };
  bd_perspective_run *a = bd_perspectives_do (o, second, NULL, &err);

  ck_assert_msg (a, "%s", err.text);
  ck_assert_uint_eq (a->count, 1);
  return a;
}

/* Noise that one network fits, and thinned networks that get 20 small steps
   each when they share the cost of one: the average of masks is better than
   both.  Both ratios are below one by 8 standard errors or more with the seeds
   1 to 3.  */
START_TEST (planted_for)
{
  bd_perspective_options o = bd_perspective_options_default ();

  o.scenario = bd_scenario_find ("friedman1");
  o.n = 80;
  o.noise = 3;
  o.nets = 60;
  o.masks = 20;
  o.R = 4;
  o.network = "hidden=20,steps=1200,rate=.003";
  bd_perspective_run *a = run (&o);
  ck_assert_int_eq (a->result[0].word, BD_CONFIRMED);
  bd_perspective_run_free (a);
}
END_TEST

/* Without noise there is nothing to average away, and masks bend the curve:
   the error is 5 times that of the single network.  */
START_TEST (planted_against)
{
  bd_perspective_options o = bd_perspective_options_default ();

  o.n = 100;
  o.noise = 0;
  o.nets = 3;
  o.masks = 20;
  o.R = 5;
  bd_perspective_run *a = run (&o);
  const bd_contrast_result *c = a->result[0].contrast;
  ck_assert_int_eq (a->result[0].word, BD_REFUTED);
  ck_assert_int_eq (c[0].word, BD_REFUTED);
  ck_assert_double_gt (c[0].over.mean, 4 * c[0].over.se);
  bd_perspective_run_free (a);
}
END_TEST

/* What the records say of each other.  */
static void
check_record (const bd_layout *l, const double v[])
{
  const bd_series *s = NULL;
  size_t masks = 13, bag = 9;

  ck_assert_str_eq (l->arm[masks].name, "masks");
  ck_assert_str_eq (l->arm[bag].name, "bagged");
  for (size_t k = 0; k < l->size; k++)
    ck_assert (gsl_finite (v[k]));
  /* Four networks: the error of all is c + w / 4, the mean error of one c +
     w, both exactly.  */
  s = bd_layout_find (l, "growth", bag);
  ck_assert_uint_eq (s->count, 3);
  double c = bd_layout_get (l, v, "limit", bag, 0);
  double w = bd_layout_get (l, v, "spread", bag, 0);
  ck_assert_double_eq_tol (v[s->at], c + w, 1e-9 * (c + w));
  ck_assert_double_eq_tol (v[s->at + 2], c + w / 4, 1e-9 * (c + w));
  ck_assert_double_eq_tol (bd_layout_get (l, v, "loss", bag, 0), c + w / 4,
                           1e-9 * (c + w));
  /* Gains: single less scaled, scaled less the limit.  */
  for (size_t arm = 1; arm <= 8; arm++)
    ck_assert_double_eq_tol (bd_layout_get (l, v, "by_training", arm, 0),
                             bd_layout_get (l, v, "loss", 0, 0)
                                 - bd_layout_get (l, v, "loss", arm, 0),
                             1e-12);
  ck_assert_double_eq_tol (bd_layout_get (l, v, "by_averaging", 8, 0),
                           bd_layout_get (l, v, "loss", 8, 0)
                               - bd_layout_get (l, v, "limit", masks, 0),
                           1e-12);
  /* Weight scaling is the mean over all masks.  */
  ck_assert_double_lt (bd_layout_get (l, v, "theorem", 8, 0), 1e-12);
}

static bd_perspective_options
small (void)
{
  bd_perspective_options o = bd_perspective_options_default ();

  o.nets = 4;
  o.masks = 16;
  o.R = 3;
  o.network = "steps=100,hidden=12";
  return o;
}

START_TEST (records)
{
  bd_perspective_options o = small ();
  bd_perspective_run *a = run (&o);
  const bd_perspective_result *p = &a->result[0];

  for (size_t r = 0; r < o.R; r++)
    check_record (&p->layout, p->value + r * p->layout.size);
  /* Averaging random masks beyond weight scaling gains nothing but by
     chance: within 5 standard errors.  */
  const bd_series *s = bd_layout_find (&p->layout, "by_averaging", 4);
  bd_interval over = bd_perspective_over (a, p, s, 0);
  ck_assert_double_lt (fabs (over.mean), 5 * over.se);
  bd_perspective_run_free (a);
}
END_TEST

START_TEST (threads_change_nothing)
{
  bd_perspective_options o = small ();
  o.threads = 1;
  bd_perspective_run *a = run (&o);
  o.threads = 3;
  bd_perspective_run *b = run (&o);
  const bd_perspective_result *p = a->result, *q = b->result;

  ck_assert_mem_eq (p->value, q->value,
                    o.R * p->layout.size * sizeof *p->value);
  for (size_t k = 0; k < BD_PICTURES; k++)
    ck_assert_mem_eq (p->picture[k].member, q->picture[k].member,
                      p->picture[k].m * p->picture[k].members
                          * sizeof (double));
  bd_perspective_run_free (a);
  bd_perspective_run_free (b);
}
END_TEST

START_TEST (too_few_rows)
{
  bd_perspective_options o = small ();
  bd_perspective_run *a;

  o.n = 19;
  a = run (&o);
  ck_assert_str_eq (a->result[0].skipped,
                    "it needs 20 rows and a data set has 19");
  bd_perspective_run_free (a);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("averaging");
  TCase *t = tcase_create ("perspective 2");

  tcase_add_test (t, planted_for);
  tcase_add_test (t, planted_against);
  tcase_add_test (t, records);
  tcase_add_test (t, threads_change_nothing);
  tcase_add_test (t, too_few_rows);
  suite_add_tcase (s, t);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
