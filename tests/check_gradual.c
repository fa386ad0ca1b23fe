/* Perspective 6: its contrasts, its records, planted cases.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "gradual_tools.h"
#include "tap.h"
#include "tools.h"

static bd_perspective_run *
run (const bd_perspective_options *o)
{
  const bool chosen[BD_PERSPECTIVES] = { [5] = true };
  bd_error err = { "" };
  bd_perspective_run *a = bd_perspectives_do (o, chosen, NULL, &err);

  ck_assert_msg (a != NULL, "%s", err.text);
  ck_assert_uint_eq (a->count, 1);
  ck_assert_str_eq (a->result[0].type->name, "gradual");
  return a;
}

/* How many standard errors (of T's intervals, roughly) a contrast lies from
   0.  */
static double
off (const bd_contrast_result *c)
{
  return c->over.mean / c->over.se;
}

/* The masks are themselves parts without noise, and a short way to go saves a
   network that over-trains on noise: all of the gain comes from the parts, by
   construction.  */
START_TEST (planted_parts)
{
  bd_perspective_options o
      = gradual_options ("sine", 40, 1, "hidden=16,steps=1000,rate=.05");

  o.mask = "bernoulli:share=batch,on=update";
  o.R = 36;
  o.seed = 2;
  bd_perspective_run *a = run (&o);
  const bd_perspective_result *p = &a->result[0];
  ck_assert_int_eq (p->word, BD_CONFIRMED);
  for (size_t k = 0; k < 3; k++)
    {
      ck_assert (bd_gradual_contrasts[k].decides);
      ck_assert_double_lt (off (&p->contrast[k]), k < 2 ? -4.5 : -4);
    }
  /* Parts are dropout here, so that the half is half to rounding.  */
  ck_assert_double_eq_tol (2 * p->contrast[1].over.mean,
                           p->contrast[0].over.mean, 1e-9);
  bd_perspective_run_free (a);
}
END_TEST

/* Ten inputs and few rows: noise in the network is what helps, and learning
   part by part in a training of this length does next to nothing.  */
START_TEST (planted_noise)
{
  bd_perspective_options o
      = gradual_options ("friedman1", 100, 1, "hidden=20,steps=400");

  o.R = 20;
  o.seed = 2;
  bd_perspective_run *a = run (&o);
  const bd_perspective_result *p = &a->result[0];
  ck_assert_int_eq (p->word, BD_REFUTED);
  ck_assert_int_eq (p->contrast[0].word, BD_CONFIRMED);
  ck_assert_double_lt (off (&p->contrast[0]), -4.5);
  ck_assert_double_gt (off (&p->contrast[1]), 4.5);
  bd_perspective_run_free (a);
}
END_TEST

/* Little noise in the data: dropout has no gain that could be explained.  */
START_TEST (planted_no_gain)
{
  bd_perspective_options o
      = gradual_options ("sine", 60, 0.1, "hidden=20,steps=300,rate=.05");

  o.R = 8;
  bd_perspective_run *a = run (&o);
  const bd_perspective_result *p = &a->result[0];
  ck_assert_int_eq (p->word, BD_REFUTED);
  ck_assert_double_gt (off (&p->contrast[0]), 4.5);
  bd_perspective_run_free (a);
}
END_TEST

/* Contrasts of losses that are made up: single 8, dropout 2 at .5 and 1/2 at
   .4, which is 1 on average, so that the half is sqrt (8).  */
START_TEST (made_up_losses)
{
  static const double want[]
      = { 1. / 8, 0.5, 0.25, 2, 4, 1, 1. / 4, 3. / 8, 5. / 8, 6. / 8 };
  bd_perspective_options o = gradual_options ("sine", 60, 0.5, NULL);
  const bd_contrast *list = bd_gradual_contrasts;
  const double half = sqrt (8);
  bd_layout l;

  bd_layout_init (&l);
  ck_assert_int_eq (bd_perspective_gradual.plan (&o, &l), 0);
  double *v = bd_array (l.size, 1);
  static const double part[BD_CONTROLS]
      = { [BD_SLOWER] = 2, [BD_PARTS] = .5, [BD_NOISE] = 4, [BD_BATCH] = 1 };
  for (size_t k = 0; k < BD_CONTROLS; k++)
    {
      *bd_layout_in (&l, v, "loss", BD_GRADUAL_HALF + k) = part[k] * half * 3;
      *bd_layout_in (&l, v, "loss", BD_GRADUAL_FORTY + k) = part[k] * half / 3;
    }
  *bd_layout_in (&l, v, "loss", BD_ARM_SINGLE) = 8;
  *bd_layout_in (&l, v, "loss", BD_ARM_HALF) = 2;
  *bd_layout_in (&l, v, "loss", BD_ARM_RATE + 5) = .5;
  *bd_layout_in (&l, v, "loss", BD_ARM_TUNED) = 4;
  *bd_layout_in (&l, v, "loss", BD_ARM_DECAY) = 3;
  *bd_layout_in (&l, v, "loss", BD_ARM_STOP) = 5;
  *bd_layout_in (&l, v, "loss", BD_ARM_BAG) = 6;
  double *best = bd_layout_in (&l, v, "best", BD_GRADUAL_BEST);
  best[0] = .1;
  best[BD_WIDTHS - 1] = .4;
  for (int k = 0; k < LENGTH (want); k++)
    ck_assert_double_eq_tol (exp (bd_contrast_value (&list[k], &l, v)),
                             want[k], 1e-13);
  ck_assert_double_eq_tol (bd_contrast_value (&list[LENGTH (want)], &l, v), .3,
                           1e-15);
  ck_assert (!list[LENGTH (want)].ratio);
  ck_assert_ptr_null (list[LENGTH (want) + 1].what);
  free (v);
  bd_layout_free (&l);
}
END_TEST

/* What must agree within a record.  */
static void
check_record (const bd_layout *l, const double v[])
{
  for (size_t arm = 0; arm < l->arms; arm++)
    {
      const bd_series *s = bd_layout_find (l, "curve", arm);
      double least = GSL_POSINF, end = bd_layout_get (l, v, "loss", arm, 0);
      if (!s)
        continue;
      for (size_t k = 0; k < s->count; k++)
        {
          double d = bd_layout_get (l, v, "displacement", arm, k);
          least = GSL_MIN_DBL (least, v[s->at + k]);
          ck_assert_double_le (d, bd_layout_get (l, v, "path", arm, k)
                                      * (1 + 1e-9));
        }
      ck_assert_double_eq_tol (v[s->at + s->count - 1], end, 1e-9 * end);
      ck_assert_double_eq (bd_layout_get (l, v, "least", arm, 0), least);
      ck_assert_double_eq_tol (bd_layout_get (l, v, "overshoot", arm, 0),
                               log (end / least), 1e-12);
    }
  for (size_t k = 0; k < BD_WIDTHS; k++)
    {
      double best = bd_layout_get (l, v, "best", BD_GRADUAL_BEST, k);
      double least = GSL_NAN;
      for (size_t j = 0; j <= BD_RATES; j++)
        if ((j ? bd_cast_rates[j - 1] : 0) == best)
          least = bd_layout_get (l, v, "by_rate", BD_GRADUAL_WIDTH + k, j);
      for (size_t j = 0; j <= BD_RATES; j++)
        ck_assert_double_le (
            least, bd_layout_get (l, v, "by_rate", BD_GRADUAL_WIDTH + k, j));
    }
  for (size_t j = 0; j <= BD_RATES; j++) /* the usual width */
    ck_assert_double_eq (
        bd_layout_get (l, v, "by_rate", BD_GRADUAL_WIDTH + 2, j),
        bd_layout_get (l, v, "loss", BD_ARM_SINGLE + j, 0));
}

static void
check_records (const bd_perspective_run *a)
{
  const bd_perspective_result *p = &a->result[0];

  ck_assert_str_eq (p->skipped, "");
  for (size_t k = 0; k < a->options.R * p->layout.size; k++)
    ck_assert_msg (gsl_finite (p->value[k]), "number %zu", k);
  for (size_t r = 0; r < a->options.R; r++)
    check_record (&p->layout, p->value + r * p->layout.size);
}

START_TEST (threads_change_nothing)
{
  bd_perspective_options o
      = gradual_options ("sine", 30, 0.5, "hidden=10,steps=120");

  o.threads = 1;
  bd_perspective_run *a = run (&o);
  o.threads = 3;
  bd_perspective_run *b = run (&o);
  check_records (a);
  ck_assert_uint_eq (a->result[0].layout.size, b->result[0].layout.size);
  ck_assert_mem_eq (a->result[0].value, b->result[0].value,
                    o.R * a->result[0].layout.size * sizeof (double));
  const bd_series *s
      = bd_layout_find (&a->result[0].layout, "best", BD_GRADUAL_BEST);
  static const double width[] = { 2, 5, 10, 20, 40 };
  for (size_t k = 0; k < BD_WIDTHS; k++)
    ck_assert_double_eq (s->x[k], width[k]);
  bd_perspective_run_free (a);
  bd_perspective_run_free (b);
}
END_TEST

/* Two hidden layers, and fewer steps than checkpoints.  */
START_TEST (short_and_deep)
{
  bd_perspective_options o
      = gradual_options ("sine", 20, 0.5, "hidden=6x4,steps=12");

  bd_perspective_run *a = run (&o);
  check_records (a);
  ck_assert_uint_eq (bd_layout_find (&a->result[0].layout, "curve", 0)->count,
                     3);
  bd_perspective_run_free (a);
}
END_TEST

/* A response of 2 or 3 classes.  */
START_TEST (classes)
{
  bd_dataset *d = simulated ("friedman1", 90, 3);
  bd_perspective_options o
      = gradual_options ("sine", 60, 0, "hidden=8,steps=80");
  static const double cut[2][2] = { { 14, 100 }, { 12, 16 } };

  for (size_t i = 0; i < d->n; i++)
    {
      double y = gsl_vector_get (d->y, i);
      gsl_vector_set (d->y, i, (y > cut[_i][0]) + (y > cut[_i][1]));
    }
  d->classes = (size_t)_i + 2;
  o.scenario = NULL;
  o.data = d;
  bd_perspective_run *a = run (&o);
  check_records (a);
  bd_perspective_run_free (a);
  bd_dataset_free (d);
}
END_TEST

/* In a null run all arms are single networks that differ by their seed.  */
START_TEST (null_arms)
{
  bd_perspective_options o
      = gradual_options ("sine", 30, 0.5, "hidden=8,steps=80");
  size_t arms = 0;
  double seen[BD_GRADUAL_BEST + BD_WIDTHS * (BD_RATES + 1)];

  o.null = true;
  bd_perspective_run *a = run (&o);
  const bd_layout *l = &a->result[0].layout;
  check_records (a);
  for (size_t arm = 0; arm < BD_GRADUAL_BEST; arm++)
    if (arm != BD_ARM_TUNED)
      seen[arms++] = bd_layout_get (l, a->result[0].value, "loss", arm, 0);
  for (size_t k = 0; k < BD_WIDTHS; k++)
    for (size_t j = 0; k != 2 && j <= BD_RATES; j++)
      seen[arms++] = bd_layout_get (l, a->result[0].value, "by_rate",
                                    BD_GRADUAL_WIDTH + k, j);
  for (size_t k = 0; k < arms; k++)
    for (size_t j = 0; j < k; j++)
      ck_assert_double_ne (seen[j], seen[k]);
  bd_perspective_run_free (a);
}
END_TEST

/* ... also those by width, each from a stream of its own.  */
START_TEST (null_options)
{
  bd_perspective_options o
      = gradual_options ("sine", 30, 0.5, "hidden=8,steps=80");
  double loss[BD_RATES + 1];
  bd_repetition r;
  bd_net_model *model;

  o.null = true;
  ck_assert_int_eq (bd_repetition_make (&r, &o, 0), 0);
  const bd_cast c = gradual_cast (&r);
  for (size_t arm = 0; arm < BD_GRADUAL_BEST; arm++)
    {
      const bd_net_options q = bd_gradual_options (&c, arm);
      ck_assert (!bd_mask_trains (&q.mask));
      ck_assert_double_eq (q.rate, c.base.rate);
      ck_assert_double_eq (q.decay, 0);
    }
  ck_assert_int_eq (bd_gradual_rates (&c, 0, loss), 0);
  for (size_t j = 0; j <= BD_RATES; j++)
    {
      bd_team_train (&c.base, r.train, NULL, bd_cast_seed (&r),
                     bd_cast_stream (&c, BD_GRADUAL_ARMS + j), &model);
      ck_assert_double_eq (loss[j],
                           bd_team_loss (&(bd_team){ &model, 1 }, r.test));
      bd_net_model_free (model);
    }
  bd_repetition_free (&r);
}
END_TEST

START_TEST (too_few_rows)
{
  bd_perspective_options o = gradual_options ("sine", 19, 0.5, NULL);
  bd_perspective_run *a = run (&o);

  ck_assert_ptr_nonnull (strstr (a->result[0].skipped, "20"));
  bd_perspective_run_free (a);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("gradual");
  TCase *t = tcase_create ("gradual");

  tcase_set_timeout (t, 60);
  tcase_add_test (t, planted_parts);
  tcase_add_test (t, planted_noise);
  tcase_add_test (t, planted_no_gain);
  tcase_add_test (t, made_up_losses);
  tcase_add_test (t, threads_change_nothing);
  tcase_add_test (t, short_and_deep);
  tcase_add_loop_test (t, classes, 0, 2);
  tcase_add_test (t, null_arms);
  tcase_add_test (t, null_options);
  tcase_add_test (t, too_few_rows);
  suite_add_tcase (s, t);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
