/* Bags: members with a plan of their own, what cannot be estimated, costs and
   refusals.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "bag_tools.h"
#include "tap.h"
#include "tools.h"

#define INPUTS 6
#define SOME 4
#define ROWS 10

/* A fitter that says which inputs it was planned with: input j holds j + row /
   100, and has 20 + j levels if j is even.  Its prediction at point k is the
   sum of 2^j over its inputs, plus k / 1000, plus the mean response.  */
typedef struct
{
  double code, mean;
  size_t m;
  bool good;
} spy;

static void *
spy_plan (const bd_settings *set, const gsl_matrix *X, const gsl_vector *y,
          const gsl_matrix *P, bd_error *err)
{
  spy *a = malloc (sizeof *a);

  (void)err;
  *a = (spy){ .m = P->size1,
              .good = X->size2 == P->size2,
              .mean = mean_of (y->data, y->size) };
  for (size_t c = 0; c < X->size2; c++)
    {
      size_t j = (size_t)gsl_matrix_get (X, 0, c);
      a->code += gsl_pow_int (2, (int)j);
      a->good &= set->levels[c] == (j % 2 ? 0 : 20 + j);
      for (size_t i = 0; i < X->size1; i++)
        a->good &= gsl_matrix_get (X, i, c) == (double)j + 0.01 * (double)i;
      for (size_t i = 0; i < P->size1 - X->size1; i++)
        a->good &= gsl_matrix_get (P, i, c) == (double)j + 0.5;
    }
  return a;
}

static void *
spy_work (const void *plan)
{
  (void)plan;
  return malloc (1);
}

static int
spy_fit (const void *plan, void *work, const double w[], gsl_rng *r)
{
  const spy *a = plan;

  (void)work;
  (void)w;
  (void)r;
  return a->good ? GSL_SUCCESS : GSL_ESANITY;
}

static int
spy_predict (const void *plan, void *work, double t[])
{
  const spy *a = plan;

  (void)work;
  for (size_t k = 0; k < a->m; k++)
    t[k] = a->code + 0.001 * (double)k + a->mean;
  return GSL_SUCCESS;
}

static const bd_knob no_knobs[] = { { .name = NULL } };

static const bd_fitter_type spying = { .name = "spy",
                                       .title = "Spy",
                                       .knobs = no_knobs,
                                       .resample = "bootstrap",
                                       .categories = true,
                                       .plan = spy_plan,
                                       .free_plan = free,
                                       .work = spy_work,
                                       .free_work = free,
                                       .fit = spy_fit,
                                       .predict = spy_predict };

#define MEMBERS 6000

typedef struct
{
  int picked[INPUTS], pair, count;
} picks;

/* SOME different inputs, in one set.  */
static void
see (void *params, uint64_t b, double p, const double u[], const double t[])
{
  picks *a = params;
  unsigned code = (unsigned)t[0], bits = 0;

  (void)b;
  (void)u;
  ck_assert_double_eq (p, 1);
  ck_assert_double_eq_tol (t[2] - t[0], 0.002, 1e-12);
  for (unsigned j = 0; j < INPUTS; j++)
    {
      bits += code >> j & 1;
      a->picked[j] += (int)(code >> j & 1);
    }
  ck_assert_uint_eq (bits, SOME);
  a->pair += (code & 3) == 3;
  a->count++;
}

static double
five_errors (double q)
{
  return 5 * sqrt (q * (1 - q) / MEMBERS);
}

/* Every member sees that many inputs with their levels, and each input, and
   each pair, as often as it should.  */
START_TEST (patches)
{
  bag_job k = bag_open (&spying, "", "friedman1", ROWS, "bootstrap");
  gsl_matrix *X = gsl_matrix_alloc (ROWS, INPUTS);
  gsl_matrix *P = gsl_matrix_alloc (3, INPUTS);
  size_t levels[INPUTS];
  picks a = { { 0 }, 0, 0 };

  for (size_t j = 0; j < INPUTS; j++)
    {
      levels[j] = j % 2 ? 0 : 20 + j;
      for (size_t i = 0; i < ROWS; i++)
        gsl_matrix_set (X, i, j, (double)j + 0.01 * (double)i);
      for (size_t i = 0; i < 3; i++)
        gsl_matrix_set (P, i, j, (double)j + 0.5);
    }
  gsl_vector_set_zero (k.s->y);
  k.o.X = X;
  k.o.P = P;
  k.o.set.levels = levels;
  k.o.features = SOME;
  k.o.members = MEMBERS;
  k.o.each = see;
  k.o.params = &a;
  bd_bagged one = bag_run (&k);
  ck_assert_uint_eq (one.failed, 0);
  ck_assert_int_eq (a.count, MEMBERS);
  for (size_t j = 0; j < INPUTS; j++)
    ck_assert_double_eq_tol ((double)a.picked[j] / MEMBERS, 4. / 6,
                             five_errors (4. / 6));
  ck_assert_double_eq_tol ((double)a.pair / MEMBERS, 4. * 3 / (6 * 5),
                           five_errors (0.4));
  k.o.threads = 3;
  bd_bagged many = bag_run (&k);
  same_bagged (&one, &many);
  bd_bagged_free (&one);
  bd_bagged_free (&many);
  bag_close (&k);
  gsl_matrix_free (X);
  gsl_matrix_free (P);
}
END_TEST

/* All inputs is what a bag without patches does, up to the last digits, for
   the inputs come in another order.  */
START_TEST (all_inputs)
{
  bag_job k = bag_open (&bd_fitter_linear, "", "friedman1", 40, "bootstrap");
  bd_bagged plain = bag_run (&k);

  k.o.features = 10;
  bd_bagged patch = bag_run (&k);
  for (size_t j = 0; j < plain.m; j++)
    {
      ck_assert_double_eq_tol (plain.mean[j], patch.mean[j], 1e-8);
      ck_assert_double_eq_tol (plain.sd_mean[j], patch.sd_mean[j], 1e-8);
    }
  bd_bagged_free (&plain);
  bd_bagged_free (&patch);
  bag_close (&k);
}
END_TEST

static const char *responding[]
    = { "residual", "wild", "wild:mammen=1", "parametric" };

/* A fitter that takes no other response gets plans of its own: the same
   numbers.  */
START_TEST (own_plans)
{
  bd_fitter_type deaf = bd_fitter_poly;
  bag_job k = bag_open (&bd_fitter_poly, "", "sine", 30, responding[_i]);
  bd_bagged one = bag_run (&k);

  deaf.respond = NULL;
  k.o.fitter = &deaf;
  k.o.threads = 2;
  bd_bagged two = bag_run (&k);
  for (size_t j = 0; j < one.m; j++)
    {
      ck_assert_double_eq_tol (one.mean[j], two.mean[j], 1e-10);
      ck_assert_double_eq_tol (one.sd_member[j], two.sd_member[j], 1e-10);
      ck_assert_double_eq_tol (one.sd_mean[j], two.sd_mean[j], 1e-10);
    }
  ck_assert_double_gt (one.sd_member[0], 0.05);
  ck_assert_double_eq (one.noise, two.noise);
  bd_bagged_free (&one);
  bd_bagged_free (&two);
  bag_close (&k);
}
END_TEST

/* Without co-moments the variance of the mean is not known, and nothing says
   0; what is made from it is made from the members' instead.  */
START_TEST (no_places)
{
  bag_job k = bag_open (&bd_fitter_poly, "", "sine", 20, "bootstrap");

  k.o.places = 0;
  bd_bagged b = bag_run (&k);
  ck_assert_uint_eq (b.mc, 0);
  ck_assert_double_nan (b.share);
  ck_assert_double_nan (b.error);
  ck_assert_double_gt (b.oob, 0);
  for (size_t j = 0; j < b.m; j++)
    {
      ck_assert_double_gt (b.sd_member[j], 0);
      ck_assert_double_nan (b.sd_mean[j]);
      ck_assert_double_nan (b.sd_error[j]);
      ck_assert_double_eq_tol (b.sd_pred[j],
                               gsl_hypot (b.noise, b.sd_member[j]), 1e-12);
      for (size_t e = 0; e < BD_ESTIMATORS; e++)
        ck_assert_double_nan (b.estimate[e][j]);
    }
  bd_bagged_free (&b);
  bag_close (&k);
}
END_TEST

/* Points beyond the places have no estimates; their sd_mean is the share of
   the others.  */
START_TEST (some_places)
{
  bag_job k = bag_open (&bd_fitter_poly, "", "sine", 20, "bootstrap");
  double V = 0, v = 0;

  k.o.places = _i ? 5 * 20 + 3 : 1;
  size_t mc = _i ? 5 : 1;
  bd_bagged b = bag_run (&k);
  ck_assert_uint_eq (b.mc, mc);
  for (size_t j = 0; j < mc; j++)
    {
      V += gsl_pow_2 (b.sd_mean[j]);
      v += gsl_pow_2 (b.sd_member[j]);
      for (size_t e = 0; e < BD_ESTIMATORS; e++)
        if (bd_estimators[e]->little)
          ck_assert_double_nan (b.estimate[e][j]);
        else
          ck_assert (gsl_finite (b.estimate[e][j]) && b.estimate[e][j] != 0);
    }
  for (size_t j = mc; j < b.m; j++)
    {
      ck_assert_double_eq_tol (b.sd_mean[j], b.sd_member[j] * sqrt (V / v),
                               1e-12);
      ck_assert_double_nan (b.sd_error[j]);
      for (size_t e = 0; e < BD_ESTIMATORS; e++)
        ck_assert_double_nan (b.estimate[e][j]);
    }
  bd_bagged_free (&b);
  bag_close (&k);
}
END_TEST

/* A scheme without a factor: the mean's variance is unknown.  */
START_TEST (no_factor)
{
  bag_job k = bag_open (&bd_fitter_poly, "", "sine", 30, "none");
  bd_bagged b = bag_run (&k);

  ck_assert_double_nan (b.share);
  for (size_t j = 0; j < b.m; j++)
    {
      ck_assert (gsl_finite (b.sd_pred[j]));
      ck_assert_double_nan (b.sd_mean[j]);
      for (size_t e = 0; e < BD_ESTIMATORS; e++)
        ck_assert_double_nan (b.estimate[e][j]);
    }
  bd_bagged_free (&b);
  bag_close (&k);
}
END_TEST

/* Little bags have an estimate of their own, never negative where it is shown,
   and no other.  */
START_TEST (little_bags)
{
  bag_job k = bag_open (&bd_fitter_tree, "", "sine", 30, "little");
  bd_bagged b = bag_run (&k);

  ck_assert_double_nan (b.share);
  ck_assert (b.error > 0.01 && b.error < 1);
  for (size_t j = 0; j < b.m; j++)
    {
      ck_assert (b.sd_mean[j] > 0 && b.sd_mean[j] < 2 * b.sd_member[j]);
      ck_assert_double_gt (b.sd_error[j], 0);
      for (size_t e = 0; e < BD_ESTIMATORS; e++)
        if (bd_estimators[e]->little)
          ck_assert_double_gt (gsl_pow_2 (b.sd_mean[j]), b.estimate[e][j]);
        else
          ck_assert_double_nan (b.estimate[e][j]);
    }
  bd_bagged_free (&b);
  bag_close (&k);
}
END_TEST

/* Given members are all used whatever `members' says, also where they leave no
   row out and the noise comes from elsewhere.  */
START_TEST (given)
{
  bag_job k = bag_open (&bd_fitter_poly, "", "sine", 30, "given");

  k.o.members = _i ? 3 : 0;
  for (size_t i = 0; i < GIVEN * 30; i++)
    k.given[i] += 1;
  bd_bagged b = bag_run (&k);
  ck_assert_uint_eq (b.members, GIVEN);
  ck_assert_uint_eq (b.never_out, 30);
  ck_assert_double_nan (b.oob);
  ck_assert (b.noise > 0.1 && b.noise < 2);
  bd_bagged_free (&b);
  bag_close (&k);
}
END_TEST

/* The moments alone take n mc + ... numbers; more points and threads take
   more.  */
START_TEST (costs)
{
  bag_job k = bag_open (&bd_fitter_tree, "", "sine", 50, "bootstrap");
  bd_bag_cost one, two, three;

  ck_assert_int_eq (bd_bagging_cost (&k.o, &one, NULL), GSL_SUCCESS);
  ck_assert_uint_eq (one.members, 200);
  ck_assert (one.bytes > 8 * 50 * 50 && one.bytes < 100 * 8 * 50 * 50);
  ck_assert (one.seconds > 0 && one.seconds < 20);
  k.o.threads = 4;
  ck_assert_int_eq (bd_bagging_cost (&k.o, &two, NULL), GSL_SUCCESS);
  ck_assert_double_gt (two.bytes, 2 * one.bytes);
  k.o.members = 1000000;
  ck_assert_int_eq (bd_bagging_cost (&k.o, &three, NULL), GSL_SUCCESS);
  ck_assert_uint_eq (three.members, 1000000);
  ck_assert_double_gt (three.seconds, 10 * two.seconds);
  k.o.target = 0.05;
  ck_assert_int_eq (bd_bagging_cost (&k.o, &three, NULL), GSL_SUCCESS);
  ck_assert (three.members > 64 && three.members < 100000);
  k.o.resample = &bd_resample_given;
  ck_assert_int_eq (bd_bagging_cost (&k.o, &three, NULL), GSL_SUCCESS);
  ck_assert_uint_eq (three.members, GIVEN);
  bag_close (&k);
}
END_TEST

START_TEST (refusals)
{
  bag_job k = bag_open (&bd_fitter_poly, "degree=9", "sine", 30, "bootstrap");
  bd_bagged b;
  bd_error err = { "" };

  k.o.features = 2;
  ck_assert_int_eq (bd_bagging_run (&k.o, &b, &err), GSL_EINVAL);
  ck_assert_str_eq (err.text, "2 inputs for each member, but the data have 1");
  k.o.features = 0;
  k.o.scheme.value[0] = 0.1;
  ck_assert_int_eq (bd_bagging_run (&k.o, &b, &err), GSL_EFAILED);
  ck_assert_ptr_nonnull (strstr (err.text, "none of 200 members could be"));
  k.o.resample = bd_resample_find ("groups");
  k.o.rows.labels = 0;
  ck_assert_int_eq (bd_bagging_check (&k.o, &err), GSL_EINVAL);
  ck_assert_str_eq (err.text,
                    "resampling groups: a column of labels is needed");
  bag_close (&k);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("features");
  TCase *c = tcase_create ("features");

  tcase_set_timeout (c, 60);
  tcase_add_test (c, patches);
  tcase_add_test (c, all_inputs);
  tcase_add_loop_test (c, own_plans, 0, LENGTH (responding));
  tcase_add_test (c, no_places);
  tcase_add_loop_test (c, some_places, 0, 2);
  tcase_add_test (c, no_factor);
  tcase_add_test (c, little_bags);
  tcase_add_loop_test (c, given, 0, 2);
  tcase_add_test (c, costs);
  tcase_add_test (c, refusals);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
