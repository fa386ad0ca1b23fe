/* Trainings that are watched.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "net/fitter_net.h"
#include "tap.h"
#include "tools.h"
#include "watch_tools.h"

#define STEPS 60

/* Networks of all optimisers that take steps, with what may come between the
   gradient and the weights.  */
static const struct
{
  const bd_optimiser *optimiser;
  const char *hidden, *mask;
  double q, decay, stop;
} setup[] = {
  { &bd_optimiser_adam, "20", "bernoulli", 0, 0, 0 },
  { &bd_optimiser_adam, "9x7", "bernoulli", 0.3, 0.1, 0 },
  { &bd_optimiser_sgd, "20", "gaussian", 0.2, 0.1, 0 },
  { &bd_optimiser_adamw, "20", "dropconnect", 0.2, 0.1, 0 },
  { &bd_optimiser_adam, "8x8", "concrete", 0.1, 0, 0 },
  { &bd_optimiser_adam, "20", "bernoulli:share=batch", 0.3, 0, 0.3 },
};

static bd_net_options
options (int k)
{
  bd_net_options o = bd_net_options_default ();

  ck_assert_int_eq (bd_net_parse_hidden (setup[k].hidden, 1, &o, NULL), 0);
  o.optimiser = setup[k].optimiser;
  bd_settings_default (o.optimiser->knobs, &o.tuning);
  ck_assert_int_eq (bd_mask_choose (&o.mask, setup[k].mask, setup[k].q, NULL),
                    0);
  o.decay = setup[k].decay;
  o.stop = setup[k].stop;
  o.steps = STEPS;
  o.batch = 16;
  ck_assert_int_eq (bd_net_options_check (&o, NULL), 0);
  return o;
}

static void
same_weights (const tape *t, size_t k, const double w[])
{
  for (size_t i = 0; i < t->size; i++)
    ck_assert_double_eq ((double)tape_row (t, t->w, k)[i], w[i]);
}

/* Steps 0 to STEPS, each from where the last one ended, and with it the model,
   where no rows held out choose another moment.  */
START_TEST (in_order)
{
  bd_dataset *s = simulated ("friedman1", ROWS, 1);
  bd_net_options o = options (_i);
  double w[ROWS];
  tape t;

  ones (w);
  run a = train_watched (o, s, w, SIZE_MAX, &t);
  ck_assert_int_eq (a.code, 0);
  ck_assert_uint_eq (t.count, STEPS + 1);
  for (size_t k = 0; k <= STEPS; k++)
    {
      ck_assert_uint_eq (t.step[k], k);
      ck_assert_uint_eq (t.steps[k], STEPS);
      ck_assert (t.pair[k] == (k > 0));
      ck_assert (gsl_isnan (t.loss[k]) == (k == 0));
      if (k > 0)
        ck_assert_mem_eq (tape_row (&t, t.before, k),
                          tape_row (&t, t.w, k - 1), t.size * sizeof *t.w);
    }
  if (o.stop <= 0)
    same_weights (&t, STEPS, a.model->w);
  tape_free (&t);
  bd_net_model_free (a.model);
  bd_dataset_free (s);
}
END_TEST

/* Who looks changes nothing.  */
START_TEST (looks_only)
{
  bd_dataset *s = simulated ("friedman1", ROWS, 2);
  bd_net_options o = options (_i);
  double w[ROWS];
  tape t;

  ones (w);
  run a = train (&o, s, w), b = train_watched (o, s, w, SIZE_MAX, &t);
  ck_assert_mem_eq (a.model->w, b.model->w, t.size * sizeof *w);
  ck_assert_mem_eq (a.model->mask.rate, b.model->mask.rate,
                    o.depth * sizeof *w);
  tape_free (&t);
  bd_net_model_free (a.model);
  bd_net_model_free (b.model);
  bd_dataset_free (s);
}
END_TEST

/* A training that is stopped has gone the way of the whole one up to there,
   with its learning rates, and keeps those weights even where it holds rows
   out.  */
START_TEST (stops)
{
  static const size_t at[] = { 0, 1, 45, STEPS };
  bd_dataset *s = simulated ("friedman1", ROWS, 3);
  bd_net_options o = options (_i);
  double w[ROWS];
  tape all, part;

  ones (w);
  run a = train_watched (o, s, w, SIZE_MAX, &all);
  for (size_t k = 0; k < sizeof at / sizeof at[0]; k++)
    {
      run b = train_watched (o, s, w, at[k], &part);
      ck_assert_int_eq (b.code, 0);
      ck_assert_uint_eq (part.count, at[k] + 1);
      ck_assert_mem_eq (all.w, part.w, part.count * all.size * sizeof *all.w);
      same_weights (&all, at[k], b.model->w);
      tape_free (&part);
      bd_net_model_free (b.model);
    }
  tape_free (&all);
  bd_net_model_free (a.model);
  bd_dataset_free (s);
}
END_TEST

START_TEST (what_was_followed)
{
  bd_dataset *s = simulated ("friedman1", ROWS, 4);
  bd_net_options o = options (0);
  double w[ROWS];
  tape t;

  ones (w);
  o.batch = ROWS;
  o.decay = 0.2;
  run a = train_watched (o, s, w, SIZE_MAX, &t);
  check_followed (&t, &o, s, a.model);
  tape_free (&t);
  bd_net_model_free (a.model);
  bd_dataset_free (s);
}
END_TEST

/* A loss that is not finite ends the moments; they begin again with step 0. */
START_TEST (begins_again)
{
  bd_dataset *s = simulated ("friedman1", ROWS, 7);
  bd_net_options o = options (2);
  double w[ROWS];
  size_t again = 0;
  tape t;

  ones (w);
  bd_mask_choose (&o.mask, "bernoulli", 0, NULL);
  o.decay = 0;
  o.unit = &bd_units[BD_UNIT_RELU];
  o.schedule = bd_schedule_find ("constant");
  for (o.rate = 0.125; o.rate < 1e4 && !again; o.rate *= 2)
    {
      run a = train_watched (o, s, w, SIZE_MAX, &t);
      for (size_t k = 1; k < t.count; k++)
        if (t.step[k] == 0)
          again = k;
        else
          ck_assert_uint_eq (t.step[k], t.step[k - 1] + 1);
      ck_assert (a.trouble.times ? again > 0 : again == 0);
      tape_free (&t);
      bd_net_model_free (a.model);
    }
  ck_assert_uint_gt (again, 0);
  bd_dataset_free (s);
}
END_TEST

static bool
blind (void *params, const bd_net_moment *m)
{
  (void)params;
  (void)m;
  return false;
}

START_TEST (needs_steps)
{
  const bd_net_watch watch = { blind, NULL };
  bd_net_options o = bd_net_options_default ();
  bd_error err = { "" };

  o.optimiser = &bd_optimiser_lbfgs;
  bd_settings_default (o.optimiser->knobs, &o.tuning);
  ck_assert_int_eq (bd_net_options_check (&o, &err), 0);
  o.watch = &watch;
  ck_assert_int_eq (bd_net_options_check (&o, &err), GSL_EINVAL);
  ck_assert_msg (strstr (err.text, "watch") && strstr (err.text, "lbfgs"),
                 "%s", err.text);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("watch");
  TCase *c = tcase_create ("watch");

  tcase_set_timeout (c, 120);
  tcase_add_loop_test (c, in_order, 0, LENGTH (setup));
  tcase_add_loop_test (c, looks_only, 0, LENGTH (setup));
  tcase_add_loop_test (c, stops, 0, LENGTH (setup));
  tcase_add_test (c, what_was_followed);
  tcase_add_test (c, begins_again);
  tcase_add_test (c, needs_steps);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
