/* The infinitesimal jackknife of the mean, times the factor of the
   resampling, against its closed form; rows that do not suit a scheme.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "ensemble/run.h"
#include "ensemble/source.h"
#include "stat_tools.h"
#include "tap.h"
#include "tools.h"
#include "variance/estimate.h"

#define ROWS 12
#define LABELS 4
#define MEMBERS 300000

typedef struct
{
  double x[ROWS], fitted[ROWS], mean;
  size_t label[ROWS];
  double *given;
  bd_rows rows;
} sample;

static void
draw_sample (sample *a)
{
  gsl_rng *r = stream (4);
  double *x = normals (r, ROWS);
  const bd_rows alone = { .n = ROWS };
  drawer d = drawer_open (&bd_resample_bootstrap, "", &alone);

  a->given = malloc (MEMBERS / 10 * ROWS * sizeof *x);
  memcpy (a->x, x, sizeof a->x);
  a->mean = mean_of (x, ROWS);
  for (size_t i = 0; i < ROWS; i++)
    {
      a->label[i] = i % LABELS;
      a->fitted[i] = 0.1 * (double)i;
    }
  for (uint64_t b = 0; b < MEMBERS / 10; b++)
    memcpy (a->given + b * ROWS, draw_weights (&d, 9, b), ROWS * sizeof *x);
  a->rows = (bd_rows){ ROWS,      a->label, LABELS,      a->x,
                       a->fitted, a->given, MEMBERS / 10 };
  free (x);
  drawer_close (&d);
  gsl_rng_free (r);
}

/* Sum of squares around the mean of COUNT means of LENGTH rows each, the next
   one STEP rows on and its rows SKIP apart, round the end.  */
static double
squares (const sample *a, size_t count, size_t length, size_t step,
         size_t skip)
{
  double mean[ROWS] = { 0 };

  for (size_t k = 0; k < count; k++)
    for (size_t i = 0; i < length; i++)
      mean[k] += a->x[(k * step + i * skip) % ROWS] / (double)length;
  return gsl_pow_2 (sd_of (mean, count)) * (double)count;
}

/* sum (x - mean)^2 / n^2: the bootstrap.  */
static double
plain (const sample *a)
{
  return squares (a, ROWS, 1, 1, 1) / (ROWS * ROWS);
}

/* s^2 / n.  */
static double
unbiased (const sample *a)
{
  return squares (a, ROWS, 1, 1, 1) / (ROWS * (ROWS - 1));
}

/* Every stratum varies about its own mean.  */
static double
strata (const sample *a)
{
  double sum = 0;

  for (size_t i = 0; i < ROWS; i++)
    {
      double own = 0;
      for (size_t k = i % LABELS; k < ROWS; k += LABELS)
        own += a->x[k] * LABELS / ROWS;
      sum += gsl_pow_2 (a->x[i] - own);
    }
  return sum / (ROWS * ROWS);
}

static double
groups (const sample *a)
{
  return squares (a, LABELS, ROWS / LABELS, 1, LABELS) / (LABELS * LABELS);
}

/* Four blocks of three: a quarter of the variance between blocks.  */
static double
moving (const sample *a)
{
  return squares (a, ROWS - 2, 3, 1, 1) / (4 * (ROWS - 2));
}

static double
circular (const sample *a)
{
  return squares (a, ROWS, 3, 1, 1) / (4 * ROWS);
}

/* Autocovariances, round the end, with the weights b_n of Politis and Romano
   (1994).  The units copy these to within .5 % for 12 rows in blocks of 2.  */
static double
stationary (const sample *a)
{
  double sum = 0, phi = 1 - 1. / 2;

  for (size_t d = 0; d < ROWS; d++)
    {
      double share = (double)d / ROWS, lagged = 0;
      double b = d ? (1 - share) * pow (phi, (double)d)
                         + share * pow (phi, ROWS - (double)d)
                   : 1;
      for (size_t i = 0; i < ROWS; i++)
        lagged += (a->x[i] - a->mean) * (a->x[(i + d) % ROWS] - a->mean);
      sum += b * lagged / ROWS;
    }
  return sum / ROWS;
}

/* Residuals, centred: sum r^2 / n^2, whether drawn, signed or normal.  */
static double
residuals (const sample *a)
{
  double r[ROWS];

  for (size_t i = 0; i < ROWS; i++)
    r[i] = a->x[i] - a->fitted[i];
  return gsl_pow_2 (sd_of (r, ROWS)) / ROWS;
}

static const struct
{
  const char *name, *knobs;
  double (*want) (const sample *a);
} forms[] = { { "bootstrap", "", plain },
              { "bootstrap", "fraction=0.5", plain },
              { "bootstrap", "fraction=2.5", plain },
              { "bayes", "", plain },
              { "subsample", "", unbiased },
              { "subsample", "fraction=0.75", unbiased },
              { "poisson", "", plain },
              { "balanced", "", plain },
              { "stratified", "", strata },
              { "groups", "", groups },
              { "moving", "length=3", moving },
              { "circular", "length=3", circular },
              { "stationary", "length=2", stationary },
              { "residual", "", residuals },
              { "wild", "", residuals },
              { "wild", "mammen=1", residuals },
              { "parametric", "", residuals },
              { "jackknife", "", unbiased },
              { "folds", "k=12", unbiased },
              { "exact", "", plain },
              { "given", "", plain } };

/* The factor's estimate, its Monte Carlo error and the member variance of the
   mean under form K.  */
static double
estimate (int k, sample *a, double *se, double *v)
{
  const bd_resample_type *type = bd_resample_find (forms[k].name);
  bd_settings set;
  gsl_matrix *X = gsl_matrix_calloc (ROWS, 1), *P = gsl_matrix_calloc (1, 1);
  gsl_vector_const_view y = gsl_vector_const_view_array (a->x, ROWS);
  double V;

  bd_knob_parse (type->knobs, forms[k].knobs, &set, NULL);
  void *plan = stat_mean.plan (NULL, X, &y.vector, P, NULL);
  const bd_bag bag = { .fitter = &stat_mean,
                       .plan = plan,
                       .resample = type,
                       .n = ROWS,
                       .m = 1,
                       .seed = 2,
                       .scheme = &set,
                       .rows = &a->rows };
  bd_source source = bd_bag_source (&bag);
  bd_run_options o
      = { .threads = 1,
          .members
          = type->members ? type->members (&set, &a->rows) : MEMBERS };
  bd_moments *z = bd_moments_like (&(bd_moments){ .n = source.units,
                                                  .width = source.width,
                                                  .m = 1,
                                                  .mc = 1,
                                                  .self = 1,
                                                  .whole = type->whole });
  ck_assert_int_eq (bd_run (&source, &o, z), GSL_SUCCESS);
  double factor = bd_resample_ij_factor (type, &set, &a->rows);
  bd_variance_ij_u (z, &V, se);
  bd_variance_spread (z, v);
  *se *= factor;
  bd_moments_free (z);
  stat_mean.free_plan (plan);
  gsl_matrix_free (X);
  gsl_matrix_free (P);
  return factor * V;
}

/* Within four standard errors, which are below 2 % of the truth; exactly where
   the members are all that there are.  Blocks, groups and new responses also
   have members that vary as much, for the mean is additive.  */
START_TEST (closed_forms)
{
  sample a;
  double se, v;

  draw_sample (&a);
  double V = estimate (_i, &a, &se, &v), want = forms[_i].want (&a);
  ck_assert (se == 0 || se < 0.02 * want);
  ck_assert_double_eq_tol (V, want, se > 0 ? 4 * se : 1e-12 * want);
  if (forms[_i].want != plain && forms[_i].want != unbiased)
    ck_assert_double_eq_tol (v, want, 4 * se);
  free (a.given);
}
END_TEST

/* A scheme either has a closed form above or no factor.  */
START_TEST (all_factors)
{
  const bd_resample_type *type = bd_resample_types[_i];
  sample a;
  bool known = false;

  draw_sample (&a);
  drawer d = drawer_open (type, "", &a.rows);
  for (int k = 0; k < LENGTH (forms); k++)
    known |= strcmp (forms[k].name, type->name) == 0;
  double factor = bd_resample_ij_factor (type, &d.s->set, &a.rows);
  ck_assert (known ? factor > 0 : gsl_isnan (factor) != 0);
  drawer_close (&d);
  free (a.given);
}
END_TEST

/* In closed form.  */
START_TEST (bayes_factor)
{
  const bd_rows rows = { .n = 11 };

  ck_assert_double_eq_tol (
      bd_resample_ij_factor (&bd_resample_bayes, NULL, &rows), 144. / 121,
      1e-14);
}
END_TEST

static const struct
{
  const bd_rows rows;
  const char *name, *knobs, *sentence;
} unsuited[] = {
  { { .n = ROWS },
    "stratified",
    "",
    "resampling stratified: a column of labels is needed" },
  { { .n = ROWS, .labels = 1 },
    "groups",
    "",
    "resampling groups: the column of labels has one level only" },
  { { .n = ROWS },
    "given",
    "",
    "resampling given: a file of weights is needed (--counts or --index)" },
  { { .n = ROWS },
    "subsample",
    "fraction=0.98",
    "resampling subsample: the fraction takes every row, so that members do "
    "not differ" },
  { { .n = ROWS },
    "moving",
    "length=24",
    "resampling moving: a block is as long as the data" },
  { { .n = ROWS },
    "stationary",
    "length=25",
    "resampling stationary: a block is as long as the data" },
  { { .n = 13 },
    "exact",
    "",
    "resampling exact: all resamples can be enumerated for 12 rows at "
    "most" }
};

START_TEST (sentences)
{
  const bd_resample_type *type = bd_resample_find (unsuited[_i].name);
  bd_settings set;
  bd_error err = { "" };

  bd_knob_parse (type->knobs, unsuited[_i].knobs, &set, &err);
  ck_assert_int_eq (bd_resample_check (type, &set, &unsuited[_i].rows, &err),
                    GSL_EINVAL);
  ck_assert_str_eq (err.text, unsuited[_i].sentence);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("factor");
  TCase *c = tcase_create ("factor");
  int types = 0;

  while (bd_resample_types[types])
    types++;
  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, closed_forms, 0, LENGTH (forms));
  tcase_add_loop_test (c, all_factors, 0, types);
  tcase_add_test (c, bayes_factor);
  tcase_add_loop_test (c, sentences, 0, LENGTH (unsuited));
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
