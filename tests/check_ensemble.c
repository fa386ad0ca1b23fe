#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/rng.h"
#include "ensemble/run.h"
#include "ensemble/source.h"
#include "net/fitter_net.h"
#include "tap.h"
#include "tools.h"

#define N 11
#define DRAWS 20000

static const bd_rows eleven = { .n = N };

/* Means, variances and covariances of the weights of rows 0 and I.  */
typedef struct
{
  double mean[N], square[N], product[N];
} weights;

static weights
weigh (const bd_resample_type *type)
{
  weights a = { { 0 }, { 0 }, { 0 } };
  drawer d = drawer_open (type, "", &eleven);
  double worst = 0;

  for (uint64_t k = 0; k < DRAWS; k++)
    {
      double sum = 0;
      const double *w = draw_weights (&d, 1, k);
      for (size_t i = 0; i < N; i++)
        {
          sum += w[i];
          a.mean[i] += w[i] / DRAWS;
          a.square[i] += gsl_pow_2 (w[i] - 1) / DRAWS;
          a.product[i] += (w[0] - 1) * (w[i] - 1) / DRAWS;
        }
      worst = GSL_MAX (worst, fabs (sum - N));
    }
  ck_assert_double_lt (worst, 1e-12);
  drawer_close (&d);
  return a;
}

/* Weights sum to n; multinomial counts have variance 1 - 1/n and covariance
   -1/n, n Dirichlet (1) weights (n-1)/(n+1) and -1/(n+1).  Six standard
   errors, fourth moments being below 9 for both.  */
static void
check_weights (const bd_resample_type *type, double var, double cov)
{
  weights a = weigh (type);

  for (size_t i = 0; i < N; i++)
    {
      ck_assert_double_eq_tol (a.mean[i], 1, 6 / sqrt (DRAWS));
      ck_assert_double_eq_tol (a.square[i], var, 6 * 3 / sqrt (DRAWS));
      if (i > 0)
        ck_assert_double_eq_tol (a.product[i], cov, 6 / sqrt (DRAWS));
    }
}

START_TEST (resampling)
{
  check_weights (&bd_resample_bootstrap, 1 - 1. / N, -1. / N);
  check_weights (&bd_resample_bayes, (N - 1.) / (N + 1), -1. / (N + 1));
  check_weights (&bd_resample_none, 0, 0);
  for (size_t k = 0; bd_resample_types[k]; k++)
    ck_assert_ptr_eq (bd_resample_find (bd_resample_types[k]->name),
                      bd_resample_types[k]);
  ck_assert_ptr_null (bd_resample_find ("boot"));
}
END_TEST

/* Counts are whole; with two rows all three outcomes come as 1 : 2 : 1.  */
START_TEST (whole_counts)
{
  const bd_rows two = { .n = 2 };
  drawer d = drawer_open (&bd_resample_bootstrap, "", &two);
  double seen[3] = { 0 };

  for (uint64_t k = 0; k < DRAWS; k++)
    {
      const double *w = draw_weights (&d, 2, k);
      ck_assert_double_eq (w[0], 2 - w[1]);
      seen[(int)w[0]] += 1. / DRAWS;
    }
  ck_assert_double_eq_tol (seen[0], 0.25, 5 * 0.433 / sqrt (DRAWS));
  ck_assert_double_eq_tol (seen[1], 0.5, 5 * 0.5 / sqrt (DRAWS));
  drawer_close (&d);
}
END_TEST

/* A fitter whose members know their number: the first draw of their stream.
   One in five fails, another in five predicts what is not a number.  */
typedef struct
{
  size_t m;
} plan;

static void *
lame_work (const void *a)
{
  (void)a;
  return calloc (1, sizeof (double));
}

static int
lame_fit (const void *a, void *work, const double w[], gsl_rng *r)
{
  double *draw = work;

  (void)a;
  *draw = gsl_rng_uniform (r) + w[0];
  return fmod (*draw, 1) < 0.2 ? GSL_ESING : GSL_SUCCESS;
}

static int
lame_predict (const void *a, void *work, double t[])
{
  const plan *p = a;
  const double *draw = work;

  for (size_t j = 0; j < p->m; j++)
    t[j] = *draw + (double)j;
  if (fmod (*draw, 1) > 0.8)
    t[p->m - 1] = *draw > 1.9 ? GSL_POSINF : GSL_NAN;
  return GSL_SUCCESS;
}

static const bd_fitter_type lame = { .name = "lame",
                                     .work = lame_work,
                                     .free_work = free,
                                     .fit = lame_fit,
                                     .predict = lame_predict };

#define MEMBERS 300

/* Member B of lame, or NaN.  */
static double
lame_member (uint64_t seed, uint64_t b)
{
  drawer d = drawer_open (&bd_resample_bootstrap, "", &eleven);
  double w = draw_weights (&d, seed, b)[0], u;

  bd_rng_seek (d.r, seed, BD_LANE_FIT, b);
  u = gsl_rng_uniform (d.r);
  drawer_close (&d);
  return u < 0.2 || u > 0.8 ? GSL_NAN : u + w;
}

/* Failed members are counted, leave no trace, and show as NaN where
   predictions are kept.  */
START_TEST (failures)
{
  const plan p = { 4 };
  const bd_bag bag = { .fitter = &lame,
                       .plan = &p,
                       .resample = &bd_resample_bootstrap,
                       .n = N,
                       .m = 4,
                       .seed = 5 };
  bd_source s = bd_bag_source (&bag);
  double keep[MEMBERS][2], sum = 0;
  bd_run_options o = { .members = MEMBERS,
                       .threads = _i,
                       .keep = keep[0],
                       .kept = MEMBERS,
                       .keep_points = 2 };
  bd_moments *a = bd_moments_alloc (N, 4, 2, 4);
  size_t failed = 0;

  ck_assert_int_eq (bd_run (&s, &o, a), GSL_SUCCESS);
  for (size_t b = 0; b < MEMBERS; b++)
    {
      double t = lame_member (5, b);
      failed += (size_t)gsl_isnan (t);
      sum += gsl_isnan (t) ? 0 : t;
      ck_assert (gsl_isnan (t) ? gsl_isnan (keep[b][0]) : keep[b][0] == t);
      ck_assert (gsl_isnan (t) ? gsl_isnan (keep[b][1]) : keep[b][1] == t + 1);
    }
  ck_assert_uint_eq (a->members, MEMBERS);
  ck_assert_uint_eq (a->failed, failed);
  ck_assert_uint_gt (failed, MEMBERS / 4);
  ck_assert_double_eq (a->p, (double)(MEMBERS - failed));
  ck_assert_double_eq_tol (a->t[0], sum / a->p, 1e-12);
  bd_moments_free (a);
}
END_TEST

/* Sources to run: three bags and a dropout network.  */
typedef struct
{
  bd_dataset *s;
  const bd_fitter_type *fitter;
  void *plan, *work;
  double *Z;
  bd_bag bag;
  bd_dropout dropout;
  bd_mask mask;
  bd_source source;
} setup;

static const struct
{
  const char *fitter, *knobs, *resample;
  size_t members;
  bool dropout;
} kinds[] = { { "tree", "", "bootstrap", 333, false },
              { "pspline", "", "bayes", 333, false },
              { "net", "steps=50,dropout=0.2", "bootstrap", 200, false },
              { "net", "steps=50,hidden=13,layers=2", "none", 1000, true } };

/* Dropout needs a network, trained here on all rows.  */
static void
set_dropout (setup *a)
{
  double *w = bd_array (a->s->n, 1);
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);

  a->work = a->fitter->work (a->plan);
  a->Z = bd_array (a->s->n, a->s->d);
  for (size_t i = 0; i < a->s->n; i++)
    w[i] = 1;
  bd_rng_seek (r, 4, BD_LANE_FIT, 0);
  ck_assert_int_eq (a->fitter->fit (a->plan, a->work, w, r), GSL_SUCCESS);
  bd_net_standardise (bd_fitter_net_model (a->work), a->s->X, a->Z);
  bd_mask_choose (&a->mask, "bernoulli", 0.3, NULL);
  a->dropout = (bd_dropout){
    bd_fitter_net_model (a->work), a->Z, a->s->n, &a->mask, 4, NULL
  };
  a->source = bd_dropout_source (&a->dropout);
  gsl_rng_free (r);
  free (w);
}

static void
set_up (setup *a, int kind)
{
  bd_settings knob;

  *a = (setup){ .s = simulated ("friedman1", 50, 3),
                .fitter = bd_fitter_find (kinds[kind].fitter) };
  bd_knob_parse (a->fitter->knobs, kinds[kind].knobs, &knob, NULL);
  a->plan = a->fitter->plan (&knob, a->s->X, a->s->y, a->s->X, NULL);
  ck_assert_ptr_nonnull (a->plan);
  a->bag = (bd_bag){ .fitter = a->fitter,
                     .plan = a->plan,
                     .resample = bd_resample_find (kinds[kind].resample),
                     .n = a->s->n,
                     .m = a->s->n,
                     .seed = 4 };
  a->source = bd_bag_source (&a->bag);
  if (kinds[kind].dropout)
    set_dropout (a);
}

static void
take_down (setup *a)
{
  if (a->work)
    a->fitter->free_work (a->work);
  a->fitter->free_plan (a->plan);
  bd_dataset_free (a->s);
  free (a->Z);
}

static bd_moments *
run (const setup *a, bd_run_options *o)
{
  const bd_source *s = &a->source;
  bool bag = s->type == &bd_source_bag;
  bd_moments *z
      = bd_moments_alloc (s->units, s->points, 20, bag ? 0 : s->points);

  ck_assert_int_eq (bd_run (s, o, z), GSL_SUCCESS);
  ck_assert_uint_eq (z->members, o->members);
  return z;
}

static const int threads[] = { 2, 3, 8 };

/* All moments to the bit, whatever the number of threads.  */
START_TEST (any_threads)
{
  setup a;
  bd_run_options o = { .members = kinds[_i].members, .threads = 1 };

  set_up (&a, _i);
  bd_moments *one = run (&a, &o);
  for (int k = 0; k < LENGTH (threads); k++)
    {
      o.threads = threads[k];
      bd_moments *many = run (&a, &o);
      same_bits (one, many);
      bd_moments_free (many);
    }
  bd_moments_free (one);
  take_down (&a);
}
END_TEST

/* What is kept is what the members predicted, the same for every number of
   threads, and changes nothing else.  */
START_TEST (kept)
{
  setup a;
  enum
  {
    KEPT = 150,
    POINTS = 7
  };
  double keep[2][KEPT][POINTS], u[200], t[50], p;
  bd_run_options o = { .members = kinds[_i].members, .threads = 1 };

  set_up (&a, _i);
  bd_moments *none = run (&a, &o);
  o.kept = KEPT;
  o.keep_points = POINTS;
  for (int k = 0; k < 2; k++)
    {
      o.keep = keep[k][0];
      o.threads = 1 + 3 * k;
      bd_moments *some = run (&a, &o);
      same_bits (none, some);
      bd_moments_free (some);
    }
  ck_assert_mem_eq (keep[0], keep[1], sizeof keep[0]);
  void *work = a.source.type->work (a.source.setup);
  for (uint64_t b = 0; b < KEPT; b += 29)
    {
      a.source.type->draw (a.source.setup, work, b, &p, u, t);
      ck_assert_mem_eq (keep[0][b], t, sizeof keep[0][b]);
    }
  a.source.type->free_work (work);
  bd_moments_free (none);
  take_down (&a);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("ensemble");
  TCase *c = tcase_create ("ensemble");

  tcase_set_timeout (c, 600);
  tcase_add_test (c, resampling);
  tcase_add_test (c, whole_counts);
  tcase_add_loop_test (c, failures, 1, 4);
  tcase_add_loop_test (c, any_threads, 0, LENGTH (kinds));
  tcase_add_loop_test (c, kept, 0, LENGTH (kinds));
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
