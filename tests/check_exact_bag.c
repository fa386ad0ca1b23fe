/* A bag of all resamples against all 7^7 sequences of draws, and bags of some
   against it.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "ensemble/source.h"
#include "exact_tools.h"
#include "stat_tools.h"
#include "study/bagging.h"
#include "tap.h"
#include "tools.h"

static const struct
{
  const bd_fitter_type *fitter;
  const char *knobs;
  brute_fit *brute;
  size_t failed;
} kinds[] = { { &stat_mean, "", brute_mean, 0 },
              { &stat_median, "", brute_median, 0 },
              { &stat_maximum, "", brute_maximum, 0 },
              { &bd_fitter_poly, "degree=1", brute_line, ROWS },
              { &bd_fitter_linear, "", brute_line, ROWS } };

/* The seven rows as a bag of KIND that predicts at them.  */
typedef struct
{
  gsl_matrix *X;
  gsl_vector *y;
  bd_bagging o;
} job;

static job
make_job (int kind)
{
  job a = { gsl_matrix_alloc (ROWS, 1), gsl_vector_alloc (ROWS), { 0 } };

  for (size_t i = 0; i < ROWS; i++)
    {
      gsl_matrix_set (a.X, i, 0, exact_x[i]);
      gsl_vector_set (a.y, i, exact_y[i]);
    }
  a.o = (bd_bagging){ .fitter = kinds[kind].fitter,
                      .resample = &bd_resample_exact,
                      .X = a.X,
                      .y = a.y,
                      .P = a.X,
                      .places = 1000,
                      .threads = 2 };
  bd_knob_parse (a.o.fitter->knobs, kinds[kind].knobs, &a.o.set, NULL);
  bd_settings_default (a.o.resample->knobs, &a.o.scheme);
  for (size_t k = 0; bd_estimators[k]; k++)
    a.o.estimator[k] = bd_estimators[k];
  return a;
}

static void
free_job (job *a)
{
  gsl_matrix_free (a->X);
  gsl_vector_free (a->y);
}

static void
equal (double seen, double want)
{
  ck_assert_double_eq_tol (seen, want, 1e-12 * fabs (want));
}

/* The estimators are listed as ij, ij_u, jab, jab_u, ij_jab, ij_split, little;
   with all members there is nothing to correct, and no little bag.  */
static void
right_point (const bd_bagged *b, size_t j, const truth *a)
{
  double ij = true_ij (a, j), jab = true_jab (a, j);

  equal (b->mean[j], (double)a->mean[j]);
  equal (gsl_pow_2 (b->sd_member[j]), (double)a->v[j]);
  equal (b->estimate[0][j], ij);
  equal (b->estimate[1][j], ij);
  equal (b->estimate[2][j], jab);
  equal (b->estimate[3][j], jab);
  equal (b->estimate[4][j], (ij + jab) / 2);
  equal (b->estimate[5][j], ij);
  ck_assert_double_nan (b->estimate[6][j]);
  equal (gsl_pow_2 (b->sd_mean[j]), ij);
  ck_assert_double_eq (b->sd_error[j], 0);
  equal (gsl_pow_2 (b->sd_pred[j]), ij + gsl_pow_2 (b->noise));
}

START_TEST (all_resamples)
{
  truth a = enumerate (kinds[_i].brute);
  job k = make_job (_i);
  bd_bagged b;

  ck_assert_int_eq (bd_bagging_run (&k.o, &b, NULL), GSL_SUCCESS);
  ck_assert_uint_eq (b.members, 1716);
  ck_assert_uint_eq (b.failed, kinds[_i].failed);
  ck_assert_double_eq ((double)a.used, SEQUENCES - (double)kinds[_i].failed);
  ck_assert_uint_eq (b.never_out, 0);
  for (size_t j = 0; j < ROWS; j++)
    right_point (&b, j, &a);
  equal (b.share, true_share (&a));
  equal (b.oob, true_oob (&a));
  ck_assert_double_eq (b.error, 0);
  if (_i == 0)
    equal (b.share, 1);
  else
    ck_assert (b.share > 0.4 && b.share < 0.99);
  bd_bagged_free (&b);
  free_job (&k);
}
END_TEST

#define SEEDS 400
#define FEW 50

/* Observed spread and stated error agree to 20 % for the mean and the median;
   the formulas take members to be near normal and counts to be independent of
   their deviations, and are too wide for the maximum, by how much is stated
   here.  That of ij_jab takes the first-order errors of its parts to be the
   same.  */
static const struct
{
  const char *estimator;
  double most[3]; /* stated / observed, for the first three kinds */
} sampled[] = { { "ij_u", { 1.2, 1.2, 1.8 } },
                { "ij_split", { 1.2, 1.2, 1.8 } },
                { "jab_u", { 1.2, 1.2, 1.8 } },
                { "ij_jab", { 1.25, 1.25, 2.4 } } };

static bd_moments *
bag_of_few (const bd_bag *bag)
{
  const bd_moments shape = {
    .n = ROWS, .m = ROWS, .mc = 1, .self = ROWS, .apart = true, .split = true
  };
  const bd_run_options o = { .members = FEW, .threads = 1 };
  bd_moments *a = bd_moments_like (&shape);
  bd_source source = bd_bag_source (bag);

  ck_assert_int_eq (bd_run (&source, &o, a), GSL_SUCCESS);
  return a;
}

static double
target (const char *name, const truth *a)
{
  double ij = true_ij (a, 0), jab = true_jab (a, 0);

  return *name == 'j' ? jab : strcmp (name, "ij_jab") ? ij : (ij + jab) / 2;
}

/* Estimates of SEEDS bags and the root mean square of their errors.  */
static void
estimate_all (bd_bag *bag, double V[LENGTH (sampled)][SEEDS],
              double stated[LENGTH (sampled)])
{
  for (size_t s = 0; s < SEEDS; s++)
    {
      bag->seed = s;
      bd_moments *z = bag_of_few (bag);
      for (int e = 0; e < LENGTH (sampled); e++)
        {
          double se;
          bd_estimator_find (sampled[e].estimator)
              ->estimate (z, 1, &V[e][s], &se);
          stated[e] += se * se / SEEDS;
        }
      bd_moments_free (z);
    }
  for (int e = 0; e < LENGTH (sampled); e++)
    stated[e] = sqrt (stated[e]);
}

/* Small bags are right on average, and as far off as they say.  */
START_TEST (some_resamples)
{
  truth a = enumerate (kinds[_i].brute);
  job k = make_job (_i);
  void *plan = k.o.fitter->plan (&k.o.set, k.X, k.y, k.X, NULL);
  bd_bag bag = { .fitter = k.o.fitter,
                 .plan = plan,
                 .resample = &bd_resample_bootstrap,
                 .n = ROWS,
                 .m = ROWS };
  double V[LENGTH (sampled)][SEEDS], stated[LENGTH (sampled)] = { 0 };

  estimate_all (&bag, V, stated);
  for (int e = 0; e < LENGTH (sampled); e++)
    {
      double sd = sd_of (V[e], SEEDS), ratio = stated[e] / sd;
      ck_assert_double_eq_tol (mean_of (V[e], SEEDS),
                               target (sampled[e].estimator, &a),
                               3.5 * sd / sqrt (SEEDS));
      ck_assert (ratio > 0.85 && ratio < sampled[e].most[_i]);
    }
  k.o.fitter->free_plan (plan);
  free_job (&k);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("exact bag");
  TCase *c = tcase_create ("exact bag");

  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, all_resamples, 0, LENGTH (kinds));
  tcase_add_loop_test (c, some_resamples, 0, 3);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
