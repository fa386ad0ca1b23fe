/* Sources of exact and nearly exact dropout through the same run and moments
   as every other.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "ensemble/run.h"
#include "ensemble/subnets.h"
#include "subnet_tools.h"
#include "tap.h"
#include "tools.h"

#define POINTS 9

static const struct
{
  size_t d, hidden[4];
  int unit, output;
  size_t classes;
  double input;
} nets[] = {
  { 2, { 9 }, BD_UNIT_TANH, BD_OUTPUT_REAL, 0, 0 },
  { 2, { 4, 5 }, BD_UNIT_RELU, BD_OUTPUT_REAL, 0, 0 },
  { 2, { 3, 3, 2 }, BD_UNIT_TANH, BD_OUTPUT_LOGISTIC, 2, 0.3 },
  { 2, { 5, 4 }, BD_UNIT_GELU, BD_OUTPUT_SOFTMAX, 3, 0 },
};

static bd_net_model *
model_of (int i)
{
  return random_model (nets[i].d, nets[i].hidden, nets[i].unit, nets[i].output,
                       nets[i].classes, 5);
}

static double *
points (size_t d)
{
  gsl_rng *r = stream (2);
  double *Z = normals (r, POINTS * d);

  gsl_rng_free (r);
  return Z;
}

/* Moments of MEMBERS of S.  */
static bd_moments *
run (const bd_source *s, uint64_t members, int threads)
{
  bd_moments *a = bd_moments_alloc (s->units, s->points, s->points, s->points);
  const bd_run_options o = { .members = members, .threads = threads };

  ck_assert_ptr_nonnull (a);
  ck_assert_int_eq (bd_run (s, &o, a), GSL_SUCCESS);
  return a;
}

/* All members with their probabilities are what the enumeration says, with the
   same bits on any number of threads.  */
START_TEST (all_members)
{
  bd_net_model *model = model_of (_i);
  double *Z = points (nets[_i].d);
  bd_subnets_all all
      = { model, Z, POINTS, some_rates (&model->net, nets[_i].input) };
  bd_source s = bd_subnets_all_source (&all);
  uint64_t members = bd_subnets_all_members (&all);
  bd_subnets *want = bd_subnets_alloc (model, POINTS, 0, NULL);
  bd_moments *a = run (&s, members, 1), *b = run (&s, members, 3);

  ck_assert_int_eq (bd_subnets_all_check (&all, NULL), GSL_SUCCESS);
  bd_subnets_fill (want, model, &all.rates, Z, NULL);
  ck_assert_uint_eq (members, UINT64_C (1) << want->units);
  ck_assert_uint_eq (s.points, POINTS * want->k);
  same_bits (a, b);
  ck_assert_double_eq_tol (a->p, 1, 1e-12);
  for (size_t i = 0; i < s.points; i++)
    {
      ck_assert_double_eq_tol (a->t[i], want->mean[i], 1e-12);
      ck_assert_double_eq_tol (a->t2[i], want->variance[i], 1e-11);
    }
  for (size_t unit = 0, l = 1; l <= model->net.layers; l++)
    {
      bool hidden = l < model->net.layers;
      double q = hidden ? all.rates.hidden[l - 1] : all.rates.input;
      for (size_t j = 0; (hidden || q > 0) && j < model->net.width[hidden * l];
           j++, unit++)
        ck_assert_double_eq_tol (a->u[unit], 1 - q, 1e-12);
    }
  bd_moments_free (a);
  bd_moments_free (b);
  bd_subnets_free (want);
  bd_net_model_free (model);
  free (Z);
}
END_TEST

/* A member's curve is that of the units that it says it kept, and has the same
   bits whichever member was drawn before.  */
START_TEST (members_in_any_order)
{
  bd_net_model *model = model_of (_i);
  double *Z = points (nets[_i].d);
  bd_subnets_all all
      = { model, Z, POINTS, some_rates (&model->net, nets[_i].input) };
  bd_source s = bd_subnets_all_source (&all);
  uint64_t members = bd_subnets_all_members (&all);
  void *one = s.type->work (&all), *two = s.type->work (&all);
  size_t k = s.points / POINTS, hidden = s.units;

  if (all.rates.input > 0)
    hidden -= nets[_i].d;
  for (uint64_t b = 0; b < members; b++)
    {
      double u[20], t[3 * POINTS], v[20], x[3 * POINTS], y[3], p, q;
      unsigned code = 0;
      s.type->draw (&all, one, b, &p, u, t);
      s.type->draw (&all, two, b * 97 % members, &q, v, x);
      s.type->draw (&all, two, b, &q, v, x);
      ck_assert_double_eq (p, q);
      ck_assert_mem_eq (u, v, s.units * sizeof *u);
      ck_assert_mem_eq (t, x, s.points * sizeof *t);
      for (size_t j = 0; j < s.units; j++)
        code |= (unsigned)(u[(hidden + j) % s.units] > 0) << j;
      for (size_t i = 0; i < POINTS; i++)
        {
          q = brute_predict (model, &all.rates, code, Z + i * nets[_i].d, y,
                             NULL);
          for (size_t c = 0; c < k; c++)
            ck_assert_double_eq_tol (t[i * k + c], y[c], 1e-12);
        }
      ck_assert_double_eq_tol (p, q, 1e-15);
    }
  s.type->free_work (one);
  s.type->free_work (two);
  s.type->free_work (NULL);
  bd_net_model_free (model);
  free (Z);
}
END_TEST

/* Geometric means streamed over all members are the exact ones.  */
START_TEST (geometric_of_all)
{
  bd_net_model *model = model_of (_i);
  double *Z = points (nets[_i].d);
  bd_subnets_all all
      = { model, Z, POINTS, some_rates (&model->net, nets[_i].input) };
  bd_source s = bd_subnets_all_source (&all);
  size_t k = s.points / POINTS;
  bd_subnets *want = bd_subnets_alloc (model, POINTS, 0, NULL);
  bd_geometric *a = bd_geometric_alloc (POINTS, k);
  bd_moments *m = bd_moments_alloc (s.units, s.points, s.points, s.points);
  const bd_run_options o = { .members = bd_subnets_all_members (&all),
                             .threads = 2,
                             .each = bd_geometric_add,
                             .params = a };
  double geometric[3 * POINTS], normalised[3 * POINTS];

  bd_subnets_fill (want, model, &all.rates, Z, NULL);
  bd_geometric_means (a, geometric, normalised);
  ck_assert_double_nan (geometric[0]);
  ck_assert_int_eq (bd_run (&s, &o, m), GSL_SUCCESS);
  bd_geometric_add (a, 0, GSL_NAN, NULL, NULL);
  bd_geometric_means (a, geometric, normalised);
  bd_geometric_means (a, NULL, NULL);
  for (size_t i = 0; i < s.points; i++)
    {
      ck_assert_double_eq_tol (geometric[i], want->geometric[i], 1e-12);
      ck_assert_double_eq_tol (normalised[i], want->normalised[i], 1e-12);
    }
  bd_geometric_free (a);
  bd_geometric_free (NULL);
  bd_moments_free (m);
  bd_subnets_free (want);
  bd_net_model_free (model);
  free (Z);
}
END_TEST

#define MASKS 4000

/* A net with a mask of LAW with rate Q in it.  */
static bd_dropout
dropout_of (bd_net_model *model, const double Z[], const char *law, double q)
{
  ck_assert_int_eq (bd_mask_choose (&model->mask, law, q, NULL), GSL_SUCCESS);
  return (bd_dropout){ .model = model, .Z = Z, .m = POINTS, .seed = 17 };
}

/* Random masks agree with the closed form within their Monte Carlo error,
   whatever the law.  */
START_TEST (closed_form_by_masks)
{
  const char *const law[] = { "bernoulli", "gaussian" };
  bd_net_model *model = model_of (0);
  double *Z = points (2), mean[POINTS], variance[POINTS];
  bd_dropout d = dropout_of (model, Z, law[_i], 0.3);
  bd_rates rates = bd_rates_of (&model->mask, &model->net);
  bd_source s = bd_dropout_source (&d);
  bd_moments *a = run (&s, MASKS, 2);

  ck_assert_double_eq_tol (rates.hidden[0], 0.3, 1e-5);
  ck_assert_int_eq (
      bd_exact_closed (model, &rates, POINTS, Z, mean, variance, NULL, NULL),
      GSL_SUCCESS);
  for (size_t i = 0; i < POINTS; i++)
    {
      double v = a->t2[i] / a->p;
      double se = sqrt ((a->t4[i] / a->p - v * v) / a->p);
      ck_assert_double_eq_tol (a->t[i], mean[i],
                               4.5 * sqrt (variance[i] / MASKS));
      ck_assert_double_eq_tol (v, variance[i], 4.5 * se);
    }
  bd_moments_free (a);
  bd_net_model_free (model);
  free (Z);
}
END_TEST

/* Rao-Blackwellised masks: unbiased, never worth less than plain ones, and the
   lower masks are those of the plain source.  */
START_TEST (rao_blackwell)
{
  const char *const law[] = { "bernoulli", "gaussian", "bernoulli:input=0.2" };
  bd_net_model *model = model_of (1);
  double *Z = points (2);
  bd_dropout d = dropout_of (model, Z, law[_i], 0.4);
  bd_rates rates = bd_rates_of (&model->mask, &model->net);
  bd_source s = bd_rao_source (&d), plain = bd_dropout_source (&d);
  bd_subnets *want = bd_subnets_alloc (model, POINTS, 0, NULL);
  bd_moments *a = run (&s, MASKS, 2), *b = run (&plain, MASKS, 2);
  bd_rao r[POINTS];

  ck_assert_int_eq (bd_rao_check (&d, NULL), GSL_SUCCESS);
  ck_assert_uint_eq (s.points, 2 * POINTS);
  ck_assert_uint_eq (s.units, 4 + (_i == 2 ? 2 : 0));
  bd_subnets_fill (want, model, &rates, Z, NULL);
  bd_rao_moments (a, POINTS, r);
  for (size_t i = 0; i < POINTS; i++)
    {
      double v = b->t2[i] / b->p;
      double se = sqrt ((b->t4[i] / b->p - v * v) / b->p);
      ck_assert_double_lt (r[i].mean_se, sqrt (v / MASKS));
      ck_assert_double_gt (r[i].worth, MASKS);
      ck_assert_double_eq_tol (r[i].worth,
                               r[i].variance / gsl_pow_2 (r[i].mean_se),
                               1e-9 * r[i].worth);
      ck_assert_double_eq_tol (a->t2[i] / (MASKS - 1),
                               MASKS * gsl_pow_2 (r[i].mean_se),
                               1e-9 * r[i].variance);
      if (_i != 1)
        {
          ck_assert_double_eq_tol (r[i].mean, want->mean[i],
                                   4.5 * r[i].mean_se);
          ck_assert_double_eq_tol (r[i].variance, want->variance[i], 4.5 * se);
        }
      else
        ck_assert_double_eq_tol (r[i].mean, b->t[i], 4.5 * sqrt (v / MASKS));
    }
  for (size_t j = 0; j < 4; j++)
    ck_assert_double_eq (a->u[j], b->u[j]);
  for (size_t j = 4; j < s.units; j++)
    ck_assert_double_eq (a->u[j], b->u[j + 5]);
  bd_subnets_free (want);
  bd_moments_free (a);
  bd_moments_free (b);
  bd_net_model_free (model);
  free (Z);
}
END_TEST

/* A member's mean and variance over the last mask, given the masks below: by
   all masks of the last layer.  */
START_TEST (rao_member)
{
  bd_net_model *model = model_of (1);
  double *Z = points (2);
  bd_dropout d = dropout_of (model, Z, "bernoulli", 0.5);
  bd_rates rates = bd_rates_same (&model->net, 0.5, 0);
  bd_source s = bd_rao_source (&d);
  void *work = s.type->work (&d);

  for (uint64_t b = 0; b < 10; b++)
    {
      double p, u[4], t[2 * POINTS];
      unsigned low = 0;
      ck_assert_int_eq (s.type->draw (&d, work, b, &p, u, t), GSL_SUCCESS);
      ck_assert_double_eq (p, 1);
      for (int j = 0; j < 4; j++)
        low |= (unsigned)u[j] << j;
      for (size_t i = 0; i < POINTS; i++)
        {
          double mean = 0, square = 0, x;
          for (unsigned code = low; code < 512; code += 16)
            {
              brute_predict (model, &rates, code, Z + 2 * i, &x, NULL);
              mean += x / 32;
              square += (x - t[i]) * (x - t[i]) / 32;
            }
          ck_assert_double_eq_tol (t[i], mean, 1e-11);
          ck_assert_double_eq_tol (t[POINTS + i], square, 1e-11);
        }
    }
  s.type->free_work (work);
  s.type->free_work (NULL);
  bd_net_model_free (model);
  free (Z);
}
END_TEST

/* Nothing is left to chance in one hidden layer.  */
START_TEST (rao_of_one_layer)
{
  bd_net_model *model = model_of (0);
  double *Z = points (2), mean[POINTS], variance[POINTS];
  bd_dropout d = dropout_of (model, Z, "bernoulli", 0.3);
  bd_rates rates = bd_rates_of (&model->mask, &model->net);
  bd_source s = bd_rao_source (&d);
  bd_moments *a = run (&s, 64, 1);
  bd_rao r[POINTS];

  bd_exact_closed (model, &rates, POINTS, Z, mean, variance, NULL, NULL);
  bd_rao_moments (a, POINTS, r);
  for (size_t i = 0; i < POINTS; i++)
    {
      ck_assert_double_eq_tol (r[i].mean, mean[i], 1e-12);
      ck_assert_double_eq_tol (r[i].variance, variance[i], 1e-12);
      ck_assert_double_eq (r[i].mean_se, 0);
      ck_assert_double_infinite (r[i].worth);
    }
  bd_moments_reset (a);
  bd_rao_moments (a, POINTS, r);
  ck_assert_double_nan (r[0].mean);
  ck_assert_double_nan (r[0].worth);
  bd_moments_free (a);
  bd_net_model_free (model);
  free (Z);
}
END_TEST

START_TEST (refusals)
{
  bd_net_model *real = model_of (1), *classes = model_of (2);
  double *Z = points (2);
  bd_error e;
  bd_dropout d = dropout_of (classes, Z, "bernoulli", 0.3);

  ck_assert_int_eq (bd_rao_check (&d, &e), GSL_EINVAL);
  ck_assert_msg (strstr (e.text, "real outputs"), "%s", e.text);
  d = dropout_of (real, Z, "block", 0.3);
  ck_assert_int_eq (bd_rao_check (&d, &e), GSL_EINVAL);
  ck_assert_msg (strstr (e.text, "not for block"), "%s", e.text);
  d = dropout_of (real, Z, "bernoulli:pool=3", 0.3);
  ck_assert_int_eq (bd_rao_check (&d, &e), GSL_EINVAL);
  ck_assert_msg (strstr (e.text, "pool"), "%s", e.text);
  bd_net_model_free (real);
  bd_net_model_free (classes);
  free (Z);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("subnet sources");
  TCase *c = tcase_create ("subnet sources");

  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, all_members, 0, LENGTH (nets));
  tcase_add_loop_test (c, members_in_any_order, 0, LENGTH (nets));
  tcase_add_loop_test (c, geometric_of_all, 2, LENGTH (nets));
  tcase_add_loop_test (c, closed_form_by_masks, 0, 2);
  tcase_add_loop_test (c, rao_blackwell, 0, 3);
  tcase_add_test (c, rao_member);
  tcase_add_test (c, rao_of_one_layer);
  tcase_add_test (c, refusals);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
