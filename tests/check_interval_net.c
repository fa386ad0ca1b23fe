/* Intervals of dropout networks, against networks trained here part by part.
 */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "conformal_tools.h"
#include "data/split.h"
#include "study/dropping_folds.h"
#include "study/inner.h"
#include "tap.h"
#include "tools.h"

/* A small network of one hidden layer, whose closed form needs no masks.  */
static bd_dropping
network (const bd_dataset *s, const char *interval)
{
  bd_dropping o = { .net = bd_net_options_default (),
                    .predict = &bd_prediction_closed,
                    .X = s->X,
                    .y = s->y,
                    .P = s->X,
                    .interval = wish (interval),
                    .masks = 50,
                    .seed = 4,
                    .threads = 1 };
  bd_error err = { "" };

  o.net.hidden[0] = 6;
  o.net.steps = 60;
  ck_assert_int_eq (bd_mask_choose (&o.net.mask, "bernoulli", .2, &err), 0);
  return o;
}

static bd_dropped
network_run (const bd_dropping *o)
{
  bd_dropped a;
  bd_error err = { "" };

  ck_assert_msg (bd_dropping_run (o, &a, &err) == 0, "%s", err.text);
  return a;
}

/* Fold F of PARTS of O's rows: predictions at all rows, and who is held
   out.  */
static void
fold (const bd_dropping *o, size_t f, size_t parts, double mean[], bool out[])
{
  size_t n = o->X->size1;
  bd_split *s = bd_split_fold (n, parts, f, bd_rng_derive (o->seed, 1));
  gsl_matrix *X;
  gsl_vector *y;
  bd_predicted p;

  ck_assert_int_eq (bd_take_rows (o->X, o->y, s->row, s->train, &X, &y), 0);
  bd_net_model *model
      = bd_dropping_train (&o->net, X, y, o->seed, 1 + f, NULL, NULL);
  double *Z = malloc (n * o->X->size2 * sizeof *Z);
  bd_predicting q = { .model = model, .Z = Z, .m = n, .threads = 1 };

  ck_assert (model && Z);
  bd_net_standardise (model, o->X, Z);
  ck_assert_int_eq (bd_predict (&bd_prediction_closed, &q, &p, NULL), 0);
  memcpy (mean, p.mean, n * sizeof *mean);
  for (size_t i = 0; i < n; i++)
    out[i] = false;
  for (size_t i = s->train; i < n; i++)
    out[s->row[i]] = true;
  bd_predicted_free (&p);
  bd_net_model_free (model);
  gsl_matrix_free (X);
  gsl_vector_free (y);
  free (Z);
  bd_split_free (s);
}

enum
{
  NET_ROWS = 30,
  PARTS = 3
};

/* CV+ at level .8 of 30 rows: the sixth from either end.  */
START_TEST (network_cv_plus)
{
  bd_dataset *s = simulated ("sine", NET_ROWS, 9);
  bd_dropping o = network (s, "cv+:folds=3,level=.8");
  bd_dropped a = network_run (&o);
  static double mean[PARTS][NET_ROWS];
  bool out[PARTS][NET_ROWS];

  for (size_t f = 0; f < PARTS; f++)
    fold (&o, f, PARTS, mean[f], out[f]);
  for (size_t j = 0; j < NET_ROWS; j++)
    {
      double lo[NET_ROWS], hi[NET_ROWS];
      for (size_t i = 0; i < NET_ROWS; i++)
        for (size_t f = 0; f < PARTS; f++)
          if (out[f][i])
            {
              double r = fabs (gsl_vector_get (s->y, i) - mean[f][i]);
              lo[i] = mean[f][j] - r;
              hi[i] = mean[f][j] + r;
            }
      gsl_sort (lo, 1, NET_ROWS);
      gsl_sort (hi, 1, NET_ROWS);
      ck_assert_double_eq_tol (a.interval.lo[j], lo[5], 1e-9);
      ck_assert_double_eq_tol (a.interval.hi[j], hi[NET_ROWS - 6], 1e-9);
    }
  ck_assert_uint_eq (a.folds, PARTS);
  bd_dropped_free (&a);
  bd_dataset_free (s);
}
END_TEST

/* Split at level .8 with 10 of 30 rows held out: the ninth of them.  */
START_TEST (network_split)
{
  bd_dataset *s = simulated ("sine", NET_ROWS, 9);
  bd_dropping o = network (s, "split:parts=3,level=.8");
  bd_dropped a = network_run (&o);
  double mean[NET_ROWS], r[NET_ROWS];
  bool out[NET_ROWS];
  size_t n = 0;

  fold (&o, 0, PARTS, mean, out);
  for (size_t i = 0; i < NET_ROWS; i++)
    if (out[i])
      r[n++] = fabs (gsl_vector_get (s->y, i) - mean[i]);
  gsl_sort (r, 1, n);
  ck_assert_uint_eq (n, 10);
  ck_assert_uint_eq (a.interval.n, 10);
  for (size_t j = 0; j < NET_ROWS; j++)
    {
      ck_assert_double_eq_tol (a.interval.lo[j], mean[j] - r[8], 1e-9);
      ck_assert_double_eq_tol (a.interval.hi[j], mean[j] + r[8], 1e-9);
    }
  bd_dropped_free (&a);
  bd_dataset_free (s);
}
END_TEST

/* A given network is judged by the rows that come with it: here those that
   another network was not trained on, which is a split again.  */
START_TEST (network_given)
{
  bd_dataset *s = simulated ("sine", NET_ROWS, 9),
             *fresh = simulated ("sine", NET_ROWS, 10);
  bd_dropping o = network (s, "split:level=.8");
  bd_net_model *model
      = bd_dropping_train (&o.net, s->X, s->y, 4, 0, NULL, NULL);
  double r[NET_ROWS];

  o.model = model;
  o.P = o.X = fresh->X;
  o.y = fresh->y;
  bd_dropped a = network_run (&o);
  for (size_t i = 0; i < NET_ROWS; i++)
    r[i] = fabs (gsl_vector_get (o.y, i) - a.at.mean[i]);
  gsl_sort (r, 1, NET_ROWS);
  ck_assert (a.interval.assumed);
  for (size_t j = 0; j < NET_ROWS; j++) /* the 25th of 30 */
    ck_assert_double_eq_tol (a.interval.hi[j], a.at.mean[j] + r[24], 1e-9);
  bd_dropped_free (&a);
  o.y = NULL;
  a = network_run (&o);
  ck_assert_ptr_nonnull (a.interval.why);
  ck_assert (gsl_isnan (a.interval.lo[0]));
  bd_dropped_free (&a);
  bd_net_model_free (model);
  bd_dataset_free (s);
  bd_dataset_free (fresh);
}
END_TEST

/* Threads change nothing.  */
START_TEST (network_threads)
{
  static const char *const some[]
      = { "gaussian", "cv+", "scaled-cv+", "split", "scaled-split" };
  bd_dataset *s = simulated ("sine", NET_ROWS, 9);

  for (int k = 0; k < LENGTH (some); k++)
    {
      bd_dropping o = network (s, some[k]);
      bd_dropped a = network_run (&o), b;
      o.threads = 3;
      b = network_run (&o);
      same_intervals (&a.interval, &b.interval);
      ck_assert_ptr_null (a.interval.why);
      ck_assert_double_lt (a.interval.lo[3], a.interval.hi[3]);
      bd_dropped_free (&a);
      bd_dropped_free (&b);
    }
  bd_dataset_free (s);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("interval_net");
  TCase *c = tcase_create ("interval_net");

  tcase_set_timeout (c, 60);
  tcase_add_test (c, network_cv_plus);
  tcase_add_test (c, network_split);
  tcase_add_test (c, network_given);
  tcase_add_test (c, network_threads);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
