/* A fitter that the caller brings as a function.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_fit.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "fitter/user.h"
#include "study/bagging.h"
#include "tools.h"

#define ROWS 40

/* What the functions below are told.  */
typedef struct
{
  double fails_above; /* weight of the first row */
  bool forgets;       /* the last prediction */
} habits;

/* A weighted straight line by GSL.  */
static int
line (void *params, const gsl_matrix *X, const gsl_vector *y,
      const gsl_vector *w, gsl_rng *r, const gsl_matrix *P, gsl_vector *t)
{
  const habits *h = params;
  double a, b, caa, cab, cbb, chisq;

  ck_assert_ptr_nonnull (r);
  if (gsl_vector_get (w, 0) > h->fails_above)
    return GSL_ESING;
  int code
      = gsl_fit_wlinear (X->data, X->tda, w->data, w->stride, y->data,
                         y->stride, y->size, &a, &b, &caa, &cab, &cbb, &chisq);
  for (size_t i = 0; !code && i + h->forgets < P->size1; i++)
    gsl_vector_set (t, i, a + b * gsl_matrix_get (P, i, 0));
  return code;
}

/* Chance only.  */
static int
chance (void *params, const gsl_matrix *X, const gsl_vector *y,
        const gsl_vector *w, gsl_rng *r, const gsl_matrix *P, gsl_vector *t)
{
  (void)params, (void)X, (void)y, (void)w, (void)P;
  for (size_t i = 0; i < t->size; i++)
    gsl_vector_set (t, i, gsl_rng_uniform (r));
  return GSL_SUCCESS;
}

static bd_bagging
bag_of (const bd_dataset *s, const bd_fitter_type *type,
        const bd_user_fitter *user, const char *scheme)
{
  bd_bagging o = bd_bagging_default (type, s->X, s->y, s->X);

  o.resample = bd_resample_find (scheme);
  ck_assert_ptr_nonnull (o.resample);
  bd_settings_default (o.resample->knobs, &o.scheme);
  o.members = 200;
  o.threads = 1;
  o.set.user = user;
  return o;
}

static bd_bagged
run (const bd_bagging *o)
{
  bd_bagged a;
  bd_error err = { "" };

  ck_assert_msg (bd_bagging_run (o, &a, &err) == 0, "%s", err.text);
  return a;
}

static void
near (const double a[], const double b[], size_t m)
{
  for (size_t i = 0; i < m; i++)
    ck_assert_double_eq_tol (a[i], b[i], 1e-9);
}

static const char *const schemes[]
    = { "bootstrap", "bayes", "residual", "wild", "subsample", "jackknife" };

/* The same line by the library's own fitter, whatever is resampled: weights,
   or the response.  */
START_TEST (as_the_librarys_own)
{
  bd_dataset *s = simulated ("sine", ROWS, 5);
  habits h = { GSL_POSINF, false };
  const bd_user_fitter mine = { line, &h };
  bd_bagging theirs = bag_of (s, &bd_fitter_poly, NULL, schemes[_i]);
  bd_bagging ours = bag_of (s, &bd_fitter_user, &mine, schemes[_i]);

  ck_assert_int_eq (
      bd_knob_parse (bd_fitter_poly.knobs, "degree=1", &theirs.set, NULL), 0);
  bd_bagged a = run (&ours), b = run (&theirs);
  ck_assert_uint_eq (a.failed, 0);
  near (a.mean, b.mean, ROWS);
  near (a.sd_member, b.sd_member, ROWS);
  near (a.sd_mean, b.sd_mean, ROWS);
  /* Where no row is left out the noise comes from bags in folds, on the
     resampling that suits the fitter.  */
  ck_assert_double_eq_tol (a.noise, b.noise,
                           ours.resample->some_left ? 1e-9 : 0.01);
  bd_bagged_free (&a);
  bd_bagged_free (&b);
  bd_dataset_free (s);
}
END_TEST

START_TEST (threads_change_nothing)
{
  bd_dataset *s = simulated ("sine", ROWS, 5);
  const bd_user_fitter mine = { chance, NULL };
  bd_bagging o = bag_of (s, &bd_fitter_user, &mine, "bootstrap");
  bd_bagged a = run (&o);

  o.threads = 3;
  bd_bagged b = run (&o);
  ck_assert_mem_eq (a.mean, b.mean, ROWS * sizeof *a.mean);
  o.seed = 2;
  bd_bagged c = run (&o);
  ck_assert_mem_ne (a.mean, c.mean, ROWS * sizeof *a.mean);
  bd_bagged_free (&a);
  bd_bagged_free (&b);
  bd_bagged_free (&c);
  bd_dataset_free (s);
}
END_TEST

static void
count_heavy (void *params, uint64_t b, double p, const double u[],
             const double t[])
{
  (void)b, (void)t;
  *(uint64_t *)params += u[0] > 2;
  ck_assert_int_eq (u[0] > 2, gsl_isnan (p));
}

/* Members that the function refuses are counted, and no others.  */
START_TEST (refusals_are_counted)
{
  bd_dataset *s = simulated ("sine", ROWS, 5);
  habits h = { 2, false };
  const bd_user_fitter mine = { line, &h };
  bd_bagging o = bag_of (s, &bd_fitter_user, &mine, "bootstrap");
  uint64_t heavy = 0;

  o.each = count_heavy;
  o.params = &heavy;
  bd_bagged a = run (&o);
  ck_assert_uint_gt (heavy, 0);
  ck_assert_uint_eq (a.failed, heavy);
  ck_assert (gsl_finite (a.mean[0]) && gsl_finite (a.sd_mean[0]));
  bd_bagged_free (&a);
  bd_dataset_free (s);
}
END_TEST

static void
fails_with (const bd_bagging *o, const char *words)
{
  bd_bagged a;
  bd_error err = { "" };

  ck_assert_int_ne (bd_bagging_run (o, &a, &err), 0);
  ck_assert_msg (strstr (err.text, words) != NULL, "%s", err.text);
}

/* A prediction that was left out is not one of another member.  */
START_TEST (what_cannot_be)
{
  bd_dataset *s = simulated ("sine", ROWS, 5);
  habits h = { GSL_POSINF, true };
  const bd_user_fitter forgetful = { line, &h }, empty = { NULL, &h };
  bd_bagging o = bag_of (s, &bd_fitter_user, &forgetful, "none");

  fails_with (&o, "none of 200 members could be fitted");
  o.set.user = &empty;
  fails_with (&o, "needs a function");
  o.set.user = NULL;
  fails_with (&o, "needs a function");
  ck_assert_ptr_null (bd_fitter_find ("user"));
  bd_dataset_free (s);
}
END_TEST

START_TEST (defaults)
{
  bd_dataset *s = simulated ("sine", ROWS, 5);
  for (size_t k = 0; bd_fitter_types[k]; k++)
    {
      const bd_fitter_type *f = bd_fitter_types[k];
      bd_bagging o = bd_bagging_default (f, s->X, s->y, s->X);
      ck_assert_str_eq (o.resample->name, f->resample);
      ck_assert_int_eq (bd_bagging_check (&o, NULL), 0);
      for (size_t j = 0; f->knobs[j].name; j++)
        ck_assert (f->knobs[j].word ? !strcmp (o.set.word[j], f->knobs[j].word)
                                    : o.set.value[j] == f->knobs[j].value);
    }
  bd_dataset_free (s);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("user");
  TCase *tc = tcase_create ("user");
  SRunner *sr = srunner_create (suite);

  gsl_set_error_handler_off ();
  tcase_add_loop_test (tc, as_the_librarys_own, 0, LENGTH (schemes));
  tcase_add_test (tc, threads_change_nothing);
  tcase_add_test (tc, refusals_are_counted);
  tcase_add_test (tc, what_cannot_be);
  tcase_add_test (tc, defaults);
  suite_add_tcase (suite, tc);
  srunner_set_tap (sr, "-");
  srunner_run_all (sr, CK_SILENT);
  srunner_free (sr);
  return EXIT_SUCCESS;
}
