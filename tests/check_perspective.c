/* What all experiments share: layouts, words, the cast, the growth law,
   masks.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/rng.h"
#include "net/exact.h"
#include "perspective/cast.h"
#include "perspective/growth.h"
#include "perspective/masked.h"
#include "perspective/verdict.h"
#include "perspective/watch.h"
#include "tap.h"
#include "tools.h"

START_TEST (layouts)
{
  const double x[] = { 1, 2, 4 };
  bd_layout l;

  bd_layout_init (&l);
  ck_assert_uint_eq (bd_layout_arm (&l, "a", "A", "single"), 0);
  ck_assert_uint_eq (bd_layout_arm (&l, "b", "B", "control"), 1);
  ck_assert_uint_eq (bd_layout_arm (&l, "c", "C", "single"), 2);
  ck_assert_uint_eq (l.arm[2].rank, 2);
  ck_assert_uint_eq (l.arm[0].of, 2);
  ck_assert_uint_eq (l.arm[1].of, 1);
  ck_assert_int_eq (bd_layout_add (&l, "loss", 0, 3, x, true), 0);
  ck_assert_int_eq (bd_layout_add_arms (&l, "gini", 0, 3, 1, NULL, false), 0);
  ck_assert_uint_eq (l.size, 6);
  double v[] = { 10, 20, 40, 5, 6, 7 };
  ck_assert_double_eq (bd_layout_get (&l, v, "loss", 0, 2), 40);
  ck_assert_double_eq (bd_layout_get (&l, v, "gini", 2, 0), 7);
  ck_assert_double_nan (bd_layout_get (&l, v, "loss", 1, 0));
  ck_assert_double_nan (bd_layout_get (&l, v, "gini", 1, 1));
  ck_assert_double_eq (bd_layout_log_ratio (&l, v, "gini", 2, 0, 0),
                       log (7. / 5.));
  v[3] = -5;
  ck_assert_double_nan (bd_layout_log_ratio (&l, v, "gini", 2, 0, 0));
  ck_assert_double_eq (bd_layout_find (&l, "loss", 0)->x[2], 4);
  bd_layout_free (&l);
}
END_TEST

START_TEST (words)
{
  const struct
  {
    double lo, hi;
    int side;
    bd_word word;
  } row[] = {
    { -2, -1, -1, BD_CONFIRMED }, { -2, -1, 1, BD_REFUTED },
    { 1, 2, 1, BD_CONFIRMED },    { 1, 2, -1, BD_REFUTED },
    { -1, 1, 1, BD_UNDECIDED },   { -1, 1, -1, BD_UNDECIDED },
    { 0, 1, 1, BD_UNDECIDED },    { GSL_NAN, GSL_NAN, 1, BD_UNDECIDED }
  };

  for (int k = 0; k < LENGTH (row); k++)
    {
      bd_interval a = { 0, 0, row[k].lo, row[k].hi };
      ck_assert_int_eq (bd_word_of (&a, row[k].side), row[k].word);
    }
}
END_TEST

START_TEST (words_together)
{
  const bd_contrast c[] = { { "a", true, true, 1, NULL, NULL, 0, 0 },
                            { "b", true, true, 1, NULL, NULL, 0, 0 },
                            { "beside", false, true, 1, NULL, NULL, 0, 0 } };
  bd_contrast_result r[3] = { { .word = BD_CONFIRMED },
                              { .word = BD_CONFIRMED },
                              { .word = BD_REFUTED } };

  ck_assert_int_eq (bd_word_together (c, r, 3), BD_CONFIRMED);
  r[1].word = BD_UNDECIDED;
  ck_assert_int_eq (bd_word_together (c, r, 3), BD_UNDECIDED);
  r[0].word = BD_REFUTED;
  ck_assert_int_eq (bd_word_together (c, r, 3), BD_REFUTED);
  ck_assert_int_eq (bd_word_together (c + 2, r + 2, 1), BD_UNDECIDED);
}
END_TEST

/* Members mean_i + e_bi with known sums: the law holds in expectation, and
   exactly for all groups of one and for the whole.  */
START_TEST (growth_of_members)
{
  const size_t B = 4, m = 2;
  const double t[] = { 1, 0, 3, 2, 1, 4, 3, 2 };
  double y_data[] = { 1, 1 }, room[2], error[BD_GROWTH_STEPS], c, w;
  gsl_vector_view y = gsl_vector_view_array (y_data, m);

  bd_growth (t, B, &y.vector, room, error);
  /* Single members: squares 0 1 / 4 1 / 0 9 / 4 1.  */
  ck_assert_double_eq_tol (error[0], 20. / 8, 1e-14);
  /* Pairs (1 2): 2 1, (3 4): 2 3: squares 1 0 1 4.  */
  ck_assert_double_eq_tol (error[1], 6. / 4, 1e-14);
  /* All: 2 2.  */
  ck_assert_double_eq_tol (error[2], 1, 1e-14);
  ck_assert_double_nan (error[3]);
  bd_growth_law (t, B, &y.vector, &c, &w);
  /* Variances 4/3 and 8/3.  */
  ck_assert_double_eq_tol (w, 2, 1e-14);
  ck_assert_double_eq_tol (c, 1 - .5, 1e-14);
}
END_TEST

static bd_perspective_options
small (void)
{
  bd_perspective_options o = bd_perspective_options_default ();

  o.network = "steps=60,hidden=10";
  o.nets = 3;
  o.R = 3;
  return o;
}

START_TEST (cast_of_networks)
{
  bd_perspective_options o = small ();
  bd_repetition r;
  bd_cast c;
  double loss[BD_CAST];

  ck_assert_int_eq (bd_repetition_make (&r, &o, 1), 0);
  ck_assert_uint_eq (r.train->n, 60);
  for (size_t i = 0; i < r.test->n; i++)
    ck_assert_double_eq (gsl_vector_get (r.test->y, i),
                         sin (1.5 * gsl_matrix_get (r.test->X, i, 0)));
  ck_assert_int_eq (bd_cast_init (&c, &r, true), 0);
  bd_cast_losses (&c, loss);
  for (size_t arm = 0; arm < BD_CAST; arm++)
    ck_assert (gsl_finite (loss[arm]) && loss[arm] > 0);
  ck_assert_double_eq (loss[BD_ARM_TUNED], loss[BD_ARM_RATE + c.rate]);
  /* The first network by seed is the single one.  */
  ck_assert_double_eq (loss[BD_ARM_SINGLE],
                       bd_team_loss (&(bd_team){ c.seeds, 1 }, r.test));
  size_t k = bd_cast_equal_decay (&c, loss[BD_ARM_DECAY]);
  ck_assert_double_eq (bd_team_loss (&(bd_team){ &c.path[k], 1 }, r.test),
                       loss[BD_ARM_DECAY]);
  bd_cast_free (&c);
  bd_repetition_free (&r);
}
END_TEST

/* In a null run nothing but the seed differs: no masks, no decay, one
   member.  */
START_TEST (cast_of_nulls)
{
  bd_perspective_options o = small ();
  bd_repetition r;
  bd_cast c;

  o.null = true;
  ck_assert_int_eq (bd_repetition_make (&r, &o, 1), 0);
  ck_assert_int_eq (bd_cast_init (&c, &r, true), 0);
  for (size_t arm = 0; arm < BD_CAST; arm++)
    {
      bd_net_options own = bd_cast_options (&c, arm);
      ck_assert (!bd_mask_acts (&own.mask));
      ck_assert_double_eq (own.decay, 0);
      ck_assert_uint_eq (bd_cast_team (&c, arm).count, 1);
      for (size_t other = 0; other < arm; other++)
        if (arm != BD_ARM_TUNED && other != BD_ARM_TUNED)
          ck_assert_double_ne (bd_cast_team (&c, arm).model[0]->w[0],
                               bd_cast_team (&c, other).model[0]->w[0]);
    }
  bd_cast_free (&c);
  bd_repetition_free (&r);
}
END_TEST

/* The mean over many masks goes to weight scaling, their variance to the
   closed form.  */
START_TEST (masks)
{
  enum
  {
    MASKS = 4000
  };
  bd_perspective_options o = small ();
  bd_repetition r;
  bd_cast c;

  ck_assert_int_eq (bd_repetition_make (&r, &o, 0), 0);
  ck_assert_int_eq (bd_cast_init (&c, &r, false), 0);
  const bd_net_model *model = c.one[BD_ARM_HALF];
  gsl_matrix_const_view P = gsl_matrix_const_submatrix (r.test->X, 0, 0, 3, 1);
  bd_mask mask = bd_cast_options (&c, BD_ARM_HALF).mask;
  bd_rates q = bd_rates_of (&mask, &model->net);
  double *t = bd_array (MASKS, 3), Z[3], mean[3], var[3];
  bd_net_standardise (model, &P.matrix, Z);
  ck_assert_int_eq (bd_exact_closed (model, &q, 3, Z, mean, var, NULL, NULL),
                    0);
  ck_assert_int_eq (bd_masked_many (model, &mask, 5, 0, MASKS, &P.matrix, t),
                    0);
  for (size_t i = 0; i < 3; i++)
    {
      double sum = 0, ss = 0;
      for (size_t b = 0; b < MASKS; b++)
        sum += t[b * 3 + i] / MASKS;
      for (size_t b = 0; b < MASKS; b++)
        ss += gsl_pow_2 (t[b * 3 + i] - sum) / MASKS;
      /* Five standard errors; fourth moments of sums of 10 units.  */
      ck_assert_double_eq_tol (sum, mean[i], 5 * sqrt (var[i] / MASKS));
      ck_assert_double_eq_tol (ss / var[i], 1, 5 * sqrt (2.5 / MASKS));
    }
  /* Factors of 1 are no mask.  */
  bd_masked a;
  ck_assert_int_eq (bd_masked_init (&a, model, &P.matrix), 0);
  for (size_t j = 0; j < a.places; j++)
    a.all[j] = 1;
  bd_masked_factors (&a, a.all, t);
  for (size_t i = 0; i < 3; i++)
    ck_assert_double_eq_tol (t[i], mean[i], 1e-12);
  bd_masked_free (&a);
  free (t);
  bd_cast_free (&c);
  bd_repetition_free (&r);
}
END_TEST

START_TEST (checkpoints)
{
  bd_watch_curve c;

  bd_watch_checkpoints (&c, 10, 1000, 5);
  ck_assert_uint_eq (c.count, 5);
  ck_assert_uint_eq (c.step[0], 10);
  ck_assert_uint_eq (c.step[2], 100);
  ck_assert_uint_eq (c.step[4], 1000);
  bd_watch_checkpoints (&c, 10, 4, 5);
  ck_assert_uint_eq (c.count, 1);
  ck_assert_uint_eq (c.step[0], 4);
  bd_watch_checkpoints (&c, 1, 3, 40);
  ck_assert_uint_eq (c.count, 3);
}
END_TEST

/* Splits of a table: no row twice, none in both parts, the response as it
   is.  */
START_TEST (splits_of_a_table)
{
  bd_dataset *s = simulated ("sine", 31, 3);
  bd_perspective_options o = small ();
  bd_repetition r;
  size_t train, test, count = 0;
  double ratio;

  o.scenario = NULL;
  o.data = s;
  o.n = 12;
  bd_repetition_rows (&o, &train, &test, &ratio);
  ck_assert_uint_eq (train, 12);
  ck_assert_uint_eq (test, 10);
  ck_assert_double_eq (ratio, 10. / 21);
  ck_assert_int_eq (bd_repetition_make (&r, &o, 2), 0);
  ck_assert_uint_eq (r.train->n, 12);
  ck_assert_uint_eq (r.test->n, 10);
  for (size_t i = 0; i < 31; i++)
    {
      size_t seen = 0;
      double y = gsl_vector_get (s->y, i);
      for (size_t k = 0; k < 12; k++)
        seen += gsl_vector_get (r.train->y, k) == y;
      for (size_t k = 0; k < 10; k++)
        seen += gsl_vector_get (r.test->y, k) == y;
      ck_assert_uint_le (seen, 1);
      count += seen;
    }
  ck_assert_uint_eq (count, 22);
  bd_dataset *half = bd_repetition_like (&r, 1);
  ck_assert_uint_eq (half->n, 6);
  bd_dataset_free (half);
  bd_repetition_free (&r);
  bd_dataset_free (s);
}
END_TEST

/* A number with its sign, so that the pipeline from records to words can be
   checked by hand: mean 2, standard deviation 1 of three.  */
START_TEST (intervals)
{
  bd_perspective_run a = { .options = { .R = 4 }, .ratio = 0 };
  double v[] = { 1, 2, GSL_NAN, 3 };
  bd_series s = { "x", 0, 1, 0, NULL, false };
  bd_perspective_result p = { .value = v };

  p.layout.size = 1;
  bd_interval over = bd_perspective_over (&a, &p, &s, 0);
  ck_assert_double_eq_tol (over.mean, 2, 1e-14);
  /* Student's t with 2 degrees of freedom: 4.302652730.  */
  ck_assert_double_eq_tol (over.hi, 2 + 4.302652729911 / sqrt (3), 1e-9);
  s.log = true;
  over = bd_perspective_over (&a, &p, &s, 0);
  ck_assert_double_eq_tol (over.mean, cbrt (6), 1e-14);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("perspective");
  TCase *t = tcase_create ("core");

  tcase_add_test (t, layouts);
  tcase_add_test (t, words);
  tcase_add_test (t, words_together);
  tcase_add_test (t, growth_of_members);
  tcase_add_test (t, cast_of_networks);
  tcase_add_test (t, cast_of_nulls);
  tcase_add_test (t, masks);
  tcase_add_test (t, checkpoints);
  tcase_add_test (t, splits_of_a_table);
  tcase_add_test (t, intervals);
  suite_add_tcase (s, t);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
