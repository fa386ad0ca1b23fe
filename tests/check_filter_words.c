/* Perspective 3 where its verdict is known, and its records.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "perspective/cast.h"
#include "tap.h"
#include "tools.h"

static bd_perspective_options
options (const char *scenario, size_t n, double noise, const char *network,
         size_t R)
{
  bd_perspective_options o = bd_perspective_options_default ();

  o.scenario = bd_scenario_find (scenario);
  o.n = n;
  o.noise = noise;
  o.network = network;
  o.R = R;
  o.nets = 1;
  o.seed = 2;
  return o;
}

static bd_perspective_run *
run (const bd_perspective_options *o)
{
  const bool chosen[BD_PERSPECTIVES] = { [2] = true };
  bd_error err = { "" };
  bd_perspective_run *a = bd_perspectives_do (o, chosen, NULL, &err);

  ck_assert_msg (a != NULL, "%s", err.text);
  ck_assert_ptr_eq (a->result[0].type, &bd_perspective_filter);
  return a;
}

/* At least Z standard errors on the side of its word.  */
static void
far_from_zero (const bd_contrast_result *c, double z)
{
  ck_assert_double_gt (fabs (c->over.mean), z * c->over.se);
}

/* Ten inputs, much noise, a long training at a constant rate, masks in the
   first tenth only: there the single network follows the noise at once and
   dropout does not; what comes after it is the same for both, and batches of
   16 rows make them forget how they began.  */
START_TEST (masks_early_only)
{
  bd_perspective_options o = options (
      "friedman1", 100, 2.5,
      "hidden=10,steps=4000,rate=0.06,schedule=constant,batch=16", 14);

  o.mask = "bernoulli:when=early,turn=0.101";
  bd_perspective_run *a = run (&o);
  const bd_perspective_result *p = &a->result[0];
  ck_assert_int_eq (p->word, BD_CONFIRMED);
  far_from_zero (&p->contrast[0], 4);
  far_from_zero (&p->contrast[1], 4);
  ck_assert_int_eq (p->contrast[2].word, BD_REFUTED);
  bd_perspective_run_free (a);
}
END_TEST

/* Hardly any noise in the responses: after a tenth of a long training the
   single network is nearly the same for all data sets, and all noise that
   dropout passes on is that of its masks.  */
START_TEST (nothing_to_filter)
{
  bd_perspective_options o
      = options ("sine", 40, .01, "hidden=6,steps=3000,rate=0.05", 6);
  bd_perspective_run *a = run (&o);
  const bd_perspective_result *p = &a->result[0];

  ck_assert_int_eq (p->word, BD_REFUTED);
  ck_assert_int_eq (p->contrast[0].word, BD_REFUTED);
  far_from_zero (&p->contrast[0], 4);
  ck_assert_double_lt (bd_perspective_fact (a, p, p->type->fact), 1e-11);
  bd_perspective_run_free (a);
}
END_TEST

/* Every number is known; masks at work only ever lower the ratio, and by more
   at a higher rate; without masks there is nothing to add.  */
static void
whole_record (const bd_layout *l, const double v[])
{
  double before = 0;

  for (size_t k = 0; k < l->size; k++)
    ck_assert_msg (gsl_finite (v[k]), "number %zu", k);
  for (size_t arm = 0; arm <= BD_ARM_TUNED; arm++)
    {
      double on = bd_layout_get (l, v, "snr_early_masked", arm, 0);
      double off = bd_layout_get (l, v, "snr_early", arm, 0), lower = off / on;
      if (arm == BD_ARM_SINGLE)
        ck_assert_double_eq (on, off);
      else if (arm != BD_ARM_TUNED)
        ck_assert_double_gt (lower, 1);
      if (arm == BD_ARM_RATE || arm == BD_ARM_HALF)
        {
          ck_assert_double_gt (lower - 1, 5 * before);
          before = lower - 1;
        }
    }
}

START_TEST (records)
{
  bd_perspective_options o
      = options ("sine", 30, .5, "hidden=12x8,steps=300", 3);

  o.threads = 1;
  bd_perspective_run *a = run (&o);
  o.threads = 3;
  bd_perspective_run *b = run (&o);
  const bd_layout *l = &a->result[0].layout;
  ck_assert_mem_eq (a->result[0].value, b->result[0].value,
                    o.R * l->size * sizeof (double));
  ck_assert_ptr_nonnull (bd_layout_find (l, "snr_hidden_1", BD_ARM_SINGLE));
  ck_assert_ptr_null (bd_layout_find (l, "snr_hidden_2", BD_ARM_SINGLE));
  for (size_t r = 0; r < o.R; r++)
    whole_record (l, a->result[0].value + r * l->size);
  bd_perspective_run_free (a);
  bd_perspective_run_free (b);
}
END_TEST

/* Laws whose factors are not drawn one by one: what they add is not known,
   the rest is.  */
START_TEST (other_laws)
{
  static const char *const law[] = { "dropconnect", "block", "concrete" };

  for (int k = 0; k < LENGTH (law); k++)
    {
      bd_perspective_options o
          = options ("sine", 30, .5, "hidden=8,steps=60", 2);
      o.mask = law[k];
      bd_perspective_run *a = run (&o);
      const bd_perspective_result *p = &a->result[0];
      ck_assert (gsl_finite (p->contrast[0].over.mean));
      ck_assert_uint_eq (p->contrast[2].used, 0);
      ck_assert_double_nan (bd_layout_get (
          &p->layout, p->value, "snr_early_masked", BD_ARM_HALF, 0));
      bd_perspective_run_free (a);
    }
}
END_TEST

/* A table: halves of its training rows; a pass over them is a few steps.  */
START_TEST (tables)
{
  bd_dataset *d = simulated ("friedman1", 60, 3);
  bd_perspective_options o
      = options ("sine", 400, 0, "hidden=8,epochs=40,batch=8", 3);

  o.scenario = NULL;
  o.data = d;
  bd_perspective_run *a = run (&o);
  const bd_layout *l = &a->result[0].layout;
  const bd_series *s = bd_layout_find (l, "snr", BD_ARM_SINGLE);
  ck_assert_uint_eq (a->rows, 40);
  /* Halves of 20 rows, 2.5 steps a pass.  */
  ck_assert_double_eq (s->x[s->count - 1], 40 * 2.5);
  for (size_t r = 0; r < o.R; r++)
    whole_record (l, a->result[0].value + r * l->size);
  bd_perspective_run_free (a);
  bd_dataset_free (d);
}
END_TEST

START_TEST (too_few_rows)
{
  bd_perspective_options o = options ("sine", 23, .5, "steps=20", 2);
  bd_perspective_run *a = run (&o);

  ck_assert_ptr_nonnull (strstr (a->result[0].skipped, "24"));
  bd_perspective_run_free (a);
  o.n = 24;
  a = run (&o);
  ck_assert_str_eq (a->result[0].skipped, "");
  ck_assert_uint_eq (a->result[0].contrast[0].used, 2);
  bd_perspective_run_free (a);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("filter_words");
  TCase *t = tcase_create ("filter_words");

  tcase_set_timeout (t, 120);
  tcase_add_test (t, masks_early_only);
  tcase_add_test (t, nothing_to_filter);
  tcase_add_test (t, records);
  tcase_add_test (t, other_laws);
  tcase_add_test (t, tables);
  tcase_add_test (t, too_few_rows);
  suite_add_tcase (s, t);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
