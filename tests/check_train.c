#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/rng.h"
#include "tap.h"
#include "tools.h"
#include "net/fitter_net.h"
#include "train_tools.h"

/* The inputs of the rows in use get mean 0 and standard deviation 1.  */
START_TEST (standardised)
{
  bd_dataset *s = simulated ("friedman2", ROWS, 2);
  bd_net_options o = bd_net_options_default ();
  double w[ROWS], *Z = bd_array (ROWS, s->d);

  o.steps = 1;
  for (size_t i = 0; i < ROWS; i++)
    {
      w[i] = (double)(i % 4);
      gsl_matrix_set (s->X, i, 3, 7);
    }
  run a = train (&o, s, w);
  bd_net_standardise (a.model, s->X, Z);
  for (size_t j = 0; j < s->d; j++)
    {
      double sum = 0, square = 0, total = 0;
      for (size_t i = 0; i < ROWS; i++)
        {
          total += w[i];
          sum += w[i] * Z[i * s->d + j];
          square += w[i] * gsl_pow_2 (Z[i * s->d + j]);
        }
      ck_assert_double_eq_tol (sum / total, 0, 1e-12);
      ck_assert_double_eq_tol (square / total, j < 3 ? 1 : 0, 1e-12);
    }
  free (Z);
  bd_net_model_free (a.model);
  bd_dataset_free (s);
}
END_TEST

/* Full batches and small ones, tanh and rectifiers: the loss falls, twice the
   same way.  */
START_TEST (learns)
{
  bd_dataset *s = simulated ("sine", ROWS, 3);
  double w[ROWS], before;
  bd_net_options o = bd_net_options_default ();

  ones (w);
  o.batch = _i % 2 ? 7 : 128;
  o.unit = &bd_units[_i / 2];
  o.steps = 1;
  run a = train (&o, s, w);
  before = loss (&a, s, w);
  bd_net_model_free (a.model);
  o.steps = 1000;
  a = train (&o, s, w);
  run b = train (&o, s, w);
  ck_assert_double_lt (loss (&a, s, w), 0.4 * before);
  ck_assert_mem_eq (a.t, b.t, sizeof a.t);
  ck_assert_mem_eq (a.model->w, b.model->w, a.model->net.size * sizeof *w);
  bd_net_model_free (a.model);
  bd_net_model_free (b.model);
  bd_dataset_free (s);
}
END_TEST

/* Decay keeps the weights small.  */
START_TEST (decays)
{
  bd_dataset *s = simulated ("sine", ROWS, 4);
  bd_net_options o = bd_net_options_default ();
  double w[ROWS], norm[2] = { 0 };

  ones (w);
  o.steps = 500;
  for (int k = 0; k < 2; k++)
    {
      o.decay = k ? 0.1 : 0;
      run a = train (&o, s, w);
      for (size_t i = 0; i < a.model->net.bias[0]; i++)
        norm[k] += gsl_pow_2 (a.model->w[i]);
      bd_net_model_free (a.model);
    }
  ck_assert_double_lt (norm[1], 0.3 * norm[0]);
  bd_dataset_free (s);
}
END_TEST

/* y + a and b y, b positive: sixty steps later only rounding shows, that of
   single precision.  */
START_TEST (units_of_y)
{
  static const double slope[] = { 4, 0x1p-30, 3.7 }, shift[] = { 0, 0, 1000 };
  bd_dataset *s = simulated ("sine", ROWS, 5);
  bd_net_options o = bd_net_options_default ();
  double w[ROWS];

  ones (w);
  o.steps = 60;
  bd_mask_choose (&o.mask, "bernoulli", 0.1, NULL);
  run a = train (&o, s, w);
  gsl_vector_scale (s->y, slope[_i]);
  gsl_vector_add_constant (s->y, shift[_i]);
  run b = train (&o, s, w);
  for (size_t i = 0; i < ROWS; i++)
    ck_assert_double_eq_tol (b.t[i], shift[_i] + slope[_i] * a.t[i],
                             1e-4 * slope[_i]);
  bd_net_model_free (a.model);
  bd_net_model_free (b.model);
  bd_dataset_free (s);
}
END_TEST

/* The rows that early stopping holds out: the end of the shuffled order.  */
static void
held_out (double share, double held[], double rest[])
{
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  size_t row[ROWS];

  for (size_t i = 0; i < ROWS; i++)
    row[i] = i;
  bd_rng_seek (r, SEED, BD_LANE_FIT, INDEX);
  gsl_ran_shuffle (r, row, ROWS, sizeof *row);
  for (size_t i = 0; i < ROWS; i++)
    {
      bool out = i >= ROWS - (size_t)(share * ROWS);
      held[row[i]] = out;
      rest[row[i]] = !out;
    }
  gsl_rng_free (r);
}

/* On noise a network that trains on is worse on the rows held out than one
   that stops early; and what stopped it are those rows, not the ones that it
   learnt from.  Sums over ten data sets.  */
START_TEST (stops_early)
{
  double w[ROWS], held[ROWS], rest[ROWS], on[2] = { 0 }, early[2] = { 0 };
  gsl_rng *r = stream (1);

  ones (w);
  held_out (0.3, held, rest);
  for (uint64_t k = 0; k < 10; k++)
    {
      bd_dataset *s = simulated ("sine", ROWS, 6 + k);
      bd_net_options o = bd_net_options_default ();
      for (size_t i = 0; i < ROWS; i++)
        gsl_vector_set (s->y, i, gsl_ran_ugaussian (r));
      run a = train (&o, s, rest);
      o.stop = 0.3;
      run b = train (&o, s, w);
      on[0] += loss (&a, s, rest);
      on[1] += loss (&a, s, held);
      early[0] += loss (&b, s, rest);
      early[1] += loss (&b, s, held);
      bd_net_model_free (a.model);
      bd_net_model_free (b.model);
      bd_dataset_free (s);
    }
  ck_assert_double_lt (early[1], 0.8 * on[1]);
  ck_assert_double_gt (early[0], 2 * on[0]);
  ck_assert_double_gt (early[1], 1.1 * early[0]);
  gsl_rng_free (r);
}
END_TEST

/* An absurd learning rate: an error or numbers, never NaN.  */
START_TEST (diverges)
{
  bd_dataset *s = simulated ("friedman1", ROWS, 7);
  bd_net_options o = bd_net_options_default ();
  double w[ROWS];

  ones (w);
  o.rate = _i % 2 ? 1e150 : 10;
  bd_net_parse_hidden ("50", 1 + (size_t)_i / 2, &o, NULL);
  o.unit = &bd_units[BD_UNIT_RELU];
  run a = train (&o, s, w);
  if (a.code)
    ck_assert_int_eq (a.code, GSL_ERUNAWAY);
  for (size_t i = 0; i < ROWS; i++)
    ck_assert (a.code || gsl_finite (a.t[i]));
  bd_net_model_free (a.model);
  bd_dataset_free (s);
}
END_TEST

/* One that is only just absurd is mended by a tenth of it; one that is not
   says where it went wrong.  */
START_TEST (tries_again)
{
  bd_dataset *s = simulated ("friedman1", ROWS, 7);
  bd_net_options o = bd_net_options_default ();
  double w[ROWS];
  int mended = 0;

  ones (w);
  o.optimiser = &bd_optimiser_sgd;
  bd_settings_default (o.optimiser->knobs, &o.tuning);
  o.unit = &bd_units[BD_UNIT_RELU];
  o.schedule = bd_schedule_find ("constant");
  for (o.rate = 0.125; o.rate < 1e4; o.rate *= 2)
    {
      run a = train (&o, s, w);
      ck_assert (a.code ? a.trouble.times == 2 : a.trouble.times < 2);
      if (a.trouble.times)
        {
          ck_assert_uint_ge (a.trouble.epoch, 1);
          ck_assert_double_eq_tol (
              a.trouble.rate, a.code ? o.rate / 10 : o.rate, 1e-12 * o.rate);
        }
      mended += a.trouble.times == 1;
      for (size_t i = 0; !a.code && i < ROWS; i++)
        ck_assert (gsl_finite (a.t[i]));
      bd_net_model_free (a.model);
    }
  ck_assert_int_gt (mended, 0);
  bd_dataset_free (s);
}
END_TEST

START_TEST (no_rows)
{
  bd_dataset *s = simulated ("sine", ROWS, 8);
  bd_net_options o = bd_net_options_default ();
  const double w[ROWS] = { 0 };

  o.steps = 5;
  run a = train (&o, s, w);
  ck_assert_int_eq (a.code, GSL_EDOM);
  bd_net_model_free (a.model);
  bd_net_model_free (NULL);
  bd_net_trainer_free (NULL);
  bd_dataset_free (s);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("train");
  TCase *c = tcase_create ("train");

  tcase_set_timeout (c, 120);
  tcase_add_test (c, standardised);
  tcase_add_loop_test (c, learns, 0, 4);
  tcase_add_test (c, decays);
  tcase_add_loop_test (c, units_of_y, 0, 3);
  tcase_add_test (c, stops_early);
  tcase_add_loop_test (c, diverges, 0, 6);
  tcase_add_test (c, tries_again);
  tcase_add_test (c, no_rows);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
