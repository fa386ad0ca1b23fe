/* One dropout network: the cross-validation inside its rows, and the noise,
   the scores and the choice of the rate that rest on it.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "fitter/fitter.h"
#include "study/dropping.h"
#include "study/dropping_folds.h"
#include "tap.h"
#include "tools.h"

/* A dropout network on the sine, small and quick.  */
static bd_dropping
small (const bd_dataset *s, const bd_prediction *type)
{
  bd_dropping o = { .net = bd_net_options_default (),
                    .predict = type,
                    .X = s->X,
                    .y = s->y,
                    .P = s->X,
                    .masks = 200,
                    .seed = 7,
                    .threads = 1 };

  o.net.hidden[0] = 10;
  o.net.steps = 200;
  bd_dropping_set_rate (&o.net.mask, 0.1);
  return o;
}

/* Any number of threads gives the same bits.  */
START_TEST (any_threads)
{
  bd_dataset *s = simulated ("sine", 40, 1);
  bd_dropping o = small (s, &bd_prediction_mc);
  bd_dropped a, b;

  ck_assert_int_eq (bd_dropping_run (&o, &a, NULL), 0);
  o.threads = 3;
  ck_assert_int_eq (bd_dropping_run (&o, &b, NULL), 0);
  size_t size = a.at.places * sizeof (double);
  ck_assert_mem_eq (a.at.mean, b.at.mean, size);
  ck_assert_mem_eq (a.at.sd, b.at.sd, size);
  ck_assert_mem_eq (a.sd_pred, b.sd_pred, size);
  ck_assert (a.noise == b.noise && a.rmse == b.rmse);
  bd_dropped_free (&a);
  bd_dropped_free (&b);
  bd_dataset_free (s);
}
END_TEST

/* In other units, by a power of two, everything is the same.  */
START_TEST (units)
{
  bd_dataset *s = simulated ("sine", 40, 1);
  bd_dropping o = small (s, &bd_prediction_closed);
  bd_dropped a, b;

  ck_assert_int_eq (bd_dropping_run (&o, &a, NULL), 0);
  gsl_vector_scale (s->y, 8);
  ck_assert_int_eq (bd_dropping_run (&o, &b, NULL), 0);
  ck_assert (a.rmse > 0.1 && 8 * a.rmse == b.rmse);
  ck_assert_double_eq_tol (b.noise / a.noise, 8, 1e-6);
  for (size_t i = 0; i < a.at.places; i++)
    {
      ck_assert (8 * a.at.mean[i] == b.at.mean[i]);
      ck_assert (a.at.sd[i] > 0 && 8 * a.at.sd[i] == b.at.sd[i]);
      double v = gsl_pow_2 (a.noise) + gsl_pow_2 (a.at.sd[i]);
      ck_assert_double_eq_tol (a.sd_pred[i], sqrt (v), 1e-12);
    }
  bd_dropped_free (&a);
  bd_dropped_free (&b);
  bd_dataset_free (s);
}
END_TEST

/* A row's held-out prediction does not know its response; those of all rows of
   other parts do.  */
START_TEST (held_out)
{
  bd_dataset *s = simulated ("sine", 21, 1);
  bd_dropping o = small (s, &bd_prediction_closed);
  bd_held_out a, b;
  size_t same = 0;

  ck_assert_int_eq (bd_held_out_fill (&a, &o, NULL, 1, 3, NULL), 0);
  *gsl_vector_ptr (s->y, 4) += 2;
  ck_assert_int_eq (bd_held_out_fill (&b, &o, NULL, 1, 3, NULL), 0);
  for (size_t i = 0; i < s->n; i++)
    same += a.mean[i] == b.mean[i] && a.variance[i] == b.variance[i];
  ck_assert (a.mean[4] == b.mean[4]);
  ck_assert_uint_eq (same, 7);
  ck_assert_uint_eq (a.failed[0], 0);
  bd_held_out_free (&a);
  bd_held_out_free (&b);
  bd_dataset_free (s);
}
END_TEST

/* The search sets the rate with the best score; a rate is scored as if it
   were the only one; its spread and error are those of its held-out rows.  */
START_TEST (search)
{
  bd_dataset *s = simulated ("sine", 60, 2);
  bd_dropping o = small (s, &bd_prediction_closed);
  bd_rate_search f;

  ck_assert_int_eq (bd_dropping_search (&o, &f, NULL), 0);
  ck_assert (f.noise > 0.3 && f.noise < 0.7);
  for (size_t k = 0; k < BD_RATES; k++)
    {
      const bd_rate_row *row = &f.row[k];
      ck_assert (row->rate == bd_rate_grid[k]);
      ck_assert (f.row[f.best].score <= row->score);
    }
  ck_assert (bd_mask_rate (&o.net.mask, 0, 1) > 0.9 * f.row[f.best].rate);
  bd_held_out h;
  double first = bd_rate_grid[0], mse = 0, spread = 0;
  ck_assert_int_eq (bd_held_out_fill (&h, &o, &first, 1, f.folds, NULL), 0);
  for (size_t i = 0; i < s->n; i++)
    {
      mse += gsl_pow_2 (gsl_vector_get (s->y, i) - h.mean[i]) / 60;
      spread += h.variance[i] / 60;
    }
  ck_assert_double_eq_tol (f.row[0].rmse, sqrt (mse), 1e-12);
  ck_assert_double_eq_tol (f.row[0].ratio,
                           sqrt (spread / (mse - gsl_pow_2 (f.noise))), 1e-9);
  bd_held_out_free (&h);
  bd_dataset_free (s);
}
END_TEST

START_TEST (search_refuses)
{
  bd_dataset *s = simulated ("sine", 5, 2);
  bd_dropping o = small (s, &bd_prediction_mc);
  bd_rate_search f;
  bd_error err = { "" };

  ck_assert_int_eq (bd_dropping_search (&o, &f, &err), GSL_EINVAL);
  ck_assert_ptr_nonnull (strstr (err.text, "too few"));
  bd_mask_choose (&o.net.mask, "concrete", 0.1, NULL);
  ck_assert_int_eq (bd_dropping_search (&o, &f, &err), GSL_EINVAL);
  ck_assert_ptr_nonnull (strstr (err.text, "learns its rates"));
  bd_dataset_free (s);
}
END_TEST

/* One row has no parts to be held out: no noise, and no error.  */
START_TEST (one_row)
{
  bd_dataset *s = simulated ("sine", 1, 2);
  bd_dropping o = small (s, &bd_prediction_closed);
  bd_dropped a;

  ck_assert_int_eq (bd_dropping_run (&o, &a, NULL), 0);
  ck_assert (gsl_finite (a.at.mean[0]) && gsl_isnan (a.noise));
  ck_assert (gsl_isnan (a.sd_pred[0]));
  bd_dropped_free (&a);
  bd_dataset_free (s);
}
END_TEST

/* Averaged over all masks, a subnetwork's squared error is that of the mean
   and the spread.  */
START_TEST (kept)
{
  bd_dataset *s = simulated ("sine", 40, 2);
  bd_dropping o = small (s, &bd_prediction_exact);
  bd_dropped a;
  double p = 0, loss = 0, mse = 0;

  ck_assert_int_eq (bd_dropping_run (&o, &a, NULL), 0);
  ck_assert_uint_eq (a.kept_units, 10);
  for (size_t k = 0; k <= a.kept_units; k++)
    {
      p += a.kept[k].probability;
      loss += a.kept[k].probability * a.kept[k].mean;
      ck_assert (a.kept[k].least <= a.kept[k].mean * (1 + 1e-12));
    }
  for (size_t i = 0; i < s->n; i++)
    mse += (gsl_pow_2 (gsl_vector_get (s->y, i) - a.at.mean[i])
            + gsl_pow_2 (a.at.sd[i]))
           / (double)s->n;
  ck_assert_double_eq_tol (p, 1, 1e-12);
  ck_assert_double_eq_tol (loss, mse, 1e-10);
  bd_dropped_free (&a);
  bd_dataset_free (s);
}
END_TEST

/* Untied networks are the fitter `net' with a pool of one mask, and a share of
   the steps.  */
START_TEST (untied)
{
  const char *knobs = "hidden=10,steps=40,dropout=0.1,mask=bernoulli:pool=1";
  bd_dataset *s = simulated ("sine", 40, 3);
  bd_dropping o = small (s, &bd_prediction_closed);
  bd_dropped a, tied;
  bd_settings set;
  double t[40], mean[40] = { 0 }, w[40];

  o.untied = 5;
  ck_assert_int_eq (bd_dropping_run (&o, &a, NULL), 0);
  ck_assert_int_eq (bd_knob_parse (bd_fitter_net.knobs, knobs, &set, NULL), 0);
  void *plan = bd_fitter_net.plan (&set, s->X, s->y, s->X, NULL);
  void *work = bd_fitter_net.work (plan);
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  for (size_t i = 0; i < 40; i++)
    w[i] = 1;
  for (uint64_t b = 0; b < 5; b++)
    {
      bd_rng_seek (r, bd_rng_derive (o.seed, 1000), BD_LANE_FIT, b);
      ck_assert_int_eq (bd_fitter_net.fit (plan, work, w, r), 0);
      bd_fitter_net.predict (plan, work, t);
      for (size_t i = 0; i < 40; i++)
        mean[i] += t[i] / 5;
    }
  for (size_t i = 0; i < 40; i++)
    ck_assert_double_eq_tol (a.at.mean[i], mean[i], 1e-12);
  ck_assert_uint_eq (a.at.masks, 5);
  o.untied = 0;
  ck_assert_int_eq (bd_dropping_run (&o, &tied, NULL), 0);
  ck_assert (a.tied_rmse == tied.rmse && a.rmse != tied.rmse);
  ck_assert (a.rmse > 0.3 && a.rmse < 1);
  bd_fitter_net.free_work (work);
  bd_fitter_net.free_plan (plan);
  gsl_rng_free (r);
  bd_dropped_free (&a);
  bd_dropped_free (&tied);
  bd_dataset_free (s);
}
END_TEST

/* Their mask is what they predict with.  */
START_TEST (untied_refuses)
{
  bd_dataset *s = simulated ("sine", 40, 3);
  bd_dropping o = small (s, &bd_prediction_closed);
  bd_dropped a;
  bd_error err = { "" };

  o.untied = 5;
  bd_mask_choose (&o.net.mask, "bernoulli:share=batch,on=update", 0.1, NULL);
  ck_assert_int_eq (bd_dropping_run (&o, &a, &err), GSL_EINVAL);
  ck_assert_msg (strstr (err.text, "use on=forward") != NULL, "%s", err.text);
  bd_dataset_free (s);
}
END_TEST

/* A loss that is not finite is told with epoch and learning rate.  */
START_TEST (divergence)
{
  bd_dataset *s = simulated ("sine", 40, 2);
  bd_dropping o = small (s, &bd_prediction_closed);
  bd_dropped a;
  bd_error err = { "" };

  o.net.optimiser = &bd_optimiser_sgd;
  bd_settings_default (bd_optimiser_sgd.knobs, &o.net.tuning);
  o.net.unit = &bd_units[BD_UNIT_RELU];
  o.net.rate = 1e6;
  ck_assert_int_ne (bd_dropping_run (&o, &a, &err), 0);
  ck_assert_ptr_nonnull (strstr (err.text, "not finite in epoch"));
  ck_assert_ptr_nonnull (strstr (err.text, "learning rate 1e+05"));
  bd_dataset_free (s);
}
END_TEST

/* Scores of classes by hand: log (0.5) and log (0.2); (0.5 - 1)^2 ...  */
START_TEST (classes)
{
  double came[] = { 0, 2 };
  const double p[] = { 0.5, 0.3, 0.2, 0.7, 0.1, 0.2 };
  gsl_vector_view y = gsl_vector_view_array (came, 2);
  bd_class_score a = bd_score_classes (&y.vector, p, 3);

  ck_assert_double_eq_tol (a.log_loss, -(log (0.5) + log (0.2)) / 2, 1e-15);
  ck_assert_double_eq_tol (
      a.brier, sqrt ((0.25 + 0.09 + 0.04 + 0.49 + 0.01 + 0.64) / 2), 1e-15);
  ck_assert (a.right == 0.5);

  const double one[] = { 0.25, 0.75, 0.2 };
  double two[] = { 0, 0, 0 };
  y = gsl_vector_view_array (two, 3);
  a = bd_score_classes (&y.vector, one, 1);
  ck_assert_double_eq_tol (a.log_loss,
                           -(log (0.75) + log (0.25) + log (0.8)) / 3, 1e-15);
  ck_assert_double_eq_tol (a.brier, sqrt ((0.0625 + 0.5625 + 0.04) / 3),
                           1e-15);
  ck_assert_double_eq_tol (a.right, 2. / 3, 1e-15);
}
END_TEST

/* One input: a straight line has no noise, whatever the order and the gaps;
   a response of -1 and 1 in turn differs by 2 from the line between its
   neighbours, whose variance is 3/2 of the noise.  */
START_TEST (noise_of_a_line)
{
  const size_t n = 40;
  gsl_matrix *X = gsl_matrix_alloc (n, 1);
  gsl_vector *y = gsl_vector_alloc (n);

  for (size_t i = 0; i < n; i++)
    {
      double x = (double)(i * 17 % n);
      gsl_matrix_set (X, i, 0, x + x * x / 100);
      gsl_vector_set (y, i, 3 - 2 * gsl_matrix_get (X, i, 0));
    }
  ck_assert_double_lt (bd_noise_near (X, y), 1e-12);
  for (size_t i = 0; i < n; i++)
    {
      gsl_matrix_set (X, i, 0, (double)(i * 17 % n));
      gsl_vector_set (y, i, i * 17 % n % 2 ? 1 : -1);
    }
  ck_assert_double_eq_tol (bd_noise_near (X, y), sqrt (4 / 1.5), 1e-12);
  gsl_matrix_free (X);
  gsl_vector_free (y);
}
END_TEST

/* More inputs: 1 / sqrt (2 n) is the relative standard error of a standard
   deviation from n normal numbers; that of a regression's intercept is some
   times larger.  */
START_TEST (noise_of_a_plane)
{
  const size_t n = 800;
  gsl_rng *r = stream (5);
  double *e = normals (r, n);
  gsl_matrix *X = gsl_matrix_alloc (n, 3);
  gsl_vector *y = gsl_vector_alloc (n);

  for (size_t i = 0; i < n; i++)
    {
      for (size_t k = 0; k < 3; k++)
        gsl_matrix_set (X, i, k, gsl_rng_uniform (r));
      gsl_vector_set (y, i,
                      30 * gsl_matrix_get (X, i, 0)
                          - 18 * gsl_matrix_get (X, i, 1) + 0.5 * e[i]);
    }
  ck_assert_double_eq_tol (bd_noise_near (X, y), 0.5, 0.25);
  gsl_matrix_free (X);
  gsl_vector_free (y);
  gsl_rng_free (r);
  free (e);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("dropping");
  TCase *c = tcase_create ("dropping");

  tcase_set_timeout (c, 120);
  tcase_add_test (c, any_threads);
  tcase_add_test (c, units);
  tcase_add_test (c, held_out);
  tcase_add_test (c, search);
  tcase_add_test (c, search_refuses);
  tcase_add_test (c, one_row);
  tcase_add_test (c, kept);
  tcase_add_test (c, untied);
  tcase_add_test (c, untied_refuses);
  tcase_add_test (c, divergence);
  tcase_add_test (c, classes);
  tcase_add_test (c, noise_of_a_line);
  tcase_add_test (c, noise_of_a_plane);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
