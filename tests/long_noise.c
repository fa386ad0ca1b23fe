/* Pure noise: how often the 95 % intervals of paired differences cover zero,
   over many data sets.  Run by `make check-long'.

   A method is compared with itself on the same rows and splits, once with one
   input of noise and once with another: by symmetry the difference of the two
   errors is zero in the mean, whatever the method.  (Two methods on noise
   differ in truth: one that follows the noise more has the larger error.)

   Seen: 198 to 200 of 200 for each of six methods, .993 in all.  The corrected
   variance is on the safe side here: the errors of two fits to noise have
   little in common from one split to the next, and it allows for more.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "score/score.h"
#include "study/verdict.h"
#include "tools.h"

#define RUNS 200
#define ROWS 40

/* Responses of run RUN with input INPUT of theirs, all of them noise.  */
static bd_dataset *
noise (size_t run, size_t input)
{
  bd_dataset *s = bd_dataset_alloc (ROWS, 1);
  gsl_rng *r = stream (1000 + run), *q = stream (5000 + 2 * run + input);

  for (size_t i = 0; i < ROWS; i++)
    {
      gsl_vector_set (s->y, i, gsl_ran_gaussian_ziggurat (r, 1));
      gsl_matrix_set (s->X, i, 0, gsl_rng_uniform (q));
    }
  gsl_rng_free (r);
  gsl_rng_free (q);
  return s;
}

static bd_comparison *
compared (const bd_dataset *s, size_t run)
{
  bd_compare_options o = bd_compare_options_default ();
  bd_error err = { "" };

  o.members = 10;
  o.nets = 2;
  o.masks = 10;
  o.seed = 1 + run;
  o.network = "hidden=5,steps=60";
  ck_assert_int_eq (
      bd_methods_parse ("spline,bag-spline,tree,bag-tree,net,bag-net", o.use,
                        &err),
      GSL_SUCCESS);
  bd_comparison *c = bd_compare (s, &o, &err);
  ck_assert_msg (c != NULL, "%s", err.text);
  return c;
}

/* The interval of method K on one input less the same on another.  */
static bd_interval
difference (const bd_comparison *a, const bd_comparison *b, size_t k)
{
  double x[64];

  for (size_t s = 0; s < a->splits; s++)
    x[s] = a->row[k].fold[s].mse - b->row[k].fold[s].mse;
  return bd_score_splits (x, a->splits, a->ratio);
}

/* Whether a sentence of C says that something is better, or worse, than what
   its interval covers with zero.  */
static size_t
overstated (const bd_comparison *c)
{
  bd_verdict v;
  size_t wrong = 0, sure = 0, said = 0;

  bd_compare_verdict (c, &v);
  for (size_t k = 0; k < BD_METHODS; k++)
    {
      const bd_interval *g = &c->row[k].gain;
      sure += c->options.use[k] && !gsl_isnan (g->lo)
              && (g->lo > 0 || g->hi < 0);
    }
  for (size_t k = 0; k < v.count; k++)
    {
      said += strstr (v.text[k], " lowers ") || strstr (v.text[k], " raises ");
      if (strstr (v.text[k], "Clearly better"))
        {
          size_t below = 0;
          for (size_t j = 0; j < BD_METHODS; j++)
            below += c->options.use[j] && c->row[j].diff.hi < 0;
          wrong += below == 0;
        }
    }
  return wrong + (said > sure);
}

START_TEST (zero)
{
  size_t covered[BD_METHODS] = { 0 }, wrong = 0, all = 0, methods = 0;
  bool use[BD_METHODS] = { false };

  for (size_t run = 0; run < RUNS; run++)
    {
      bd_dataset *s = noise (run, 0), *t = noise (run, 1);
      bd_comparison *a = compared (s, run), *b = compared (t, run);
      for (size_t k = 0; k < BD_METHODS; k++)
        if (a->options.use[k])
          {
            bd_interval d = difference (a, b, k);
            use[k] = true;
            covered[k] += d.lo <= 0 && d.hi >= 0;
          }
      wrong += overstated (a) + overstated (b);
      bd_comparison_free (a);
      bd_comparison_free (b);
      bd_dataset_free (s);
      bd_dataset_free (t);
    }
  for (size_t k = 0; k < BD_METHODS; k++)
    if (use[k])
      {
        printf ("# %s: %zu of %d intervals cover zero\n", bd_methods[k].name,
                covered[k], RUNS);
        all += covered[k];
        methods++;
      }
  printf ("# all: %.3f\n", (double)all / (double)(methods * RUNS));
  ck_assert_uint_eq (wrong, 0);
  for (size_t k = 0; k < BD_METHODS; k++)
    if (use[k])
      ck_assert_double_gt ((double)covered[k] / RUNS,
                           0.95 - 3 * sqrt (0.95 * 0.05 / RUNS));
}
END_TEST

int
main (void)
{
  Suite *s = suite_create ("long_noise");
  TCase *c = tcase_create ("long_noise");

  tcase_set_timeout (c, 3600);
  tcase_add_test (c, zero);
  suite_add_tcase (s, c);
  SRunner *sr = srunner_create (s);
  gsl_set_error_handler_off ();
  srunner_set_tap (sr, "-");
  srunner_run_all (sr, CK_SILENT);
  int failed = srunner_ntests_failed (sr); /* make reads this, not the TAP */
  srunner_free (sr);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
