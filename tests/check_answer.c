#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "score/score.h"
#include "study/method.h"
#include "tap.h"
#include "tools.h"

#define ROWS 40

/* The names of the curve fits and trees, quick enough for many data sets.  */
static const char *const quick[]
    = { "spline", "bag-spline", "tree", "bag-tree" };

/* Pure noise with standard deviation 2: no method sees a curve that is not
   there; the noise that it reports is the noise.  Means over 20 data sets of
   40 rows; seen: noise 1.90 to 2.16, MSE 0.31 (spline) to 0.72 (bagged trees)
   of a variance of 4, coverage 0.87 to 0.92.  */
START_TEST (nothing_there)
{
  const bd_method *q = bd_method_find (quick[_i]);
  gsl_rng *r = stream (4);
  double noise = 0, mse = 0, cover = 0;

  for (uint64_t k = 0; k < 20; k++)
    {
      bd_dataset *s = simulated ("sine", ROWS, 100 + k);
      double truth[ROWS] = { 0 }, y[ROWS];
      bd_answer a;
      for (size_t i = 0; i < ROWS; i++)
        {
          gsl_vector_set (s->y, i, 2 * gsl_ran_ugaussian (r));
          y[i] = 2 * gsl_ran_ugaussian (r);
        }
      bd_task t
          = { .X = s->X, .y = s->y, .P = s->X, .members = 100, .seed = k };
      ck_assert_int_eq (bd_method_answer (q, &t, &a, NULL, NULL), GSL_SUCCESS);
      noise += a.noise / 20;
      mse += bd_score_mse (truth, a.mean, ROWS) / 20;
      cover += bd_score_cover (y, a.mean, a.sd_pred, ROWS, 0.9) / 20;
      bd_answer_free (&a);
      bd_dataset_free (s);
    }
  ck_assert_double_eq_tol (noise, 2, 0.35);
  ck_assert_double_lt (mse, 1);
  ck_assert_double_eq_tol (cover, 0.9, 0.06);
  gsl_rng_free (r);
}
END_TEST

/* A single fit's noise is the root of its inner cross-validation's mean
   squared error: with one setting at a time the winner shows.  */
START_TEST (tuned_is_the_best)
{
  bd_method q = *bd_method_find ("tree");
  bd_dataset *s = simulated ("friedman1", ROWS, 5 + (uint64_t)_i);
  bd_task t = { .X = s->X, .y = s->y, .P = s->X, .seed = 3 };
  bd_answer all, one;
  double least = GSL_POSINF, won = GSL_NAN, grid[BD_GRID];
  size_t values = q.values;

  ck_assert_int_eq (bd_method_answer (&q, &t, &all, NULL, NULL), GSL_SUCCESS);
  memcpy (grid, q.grid, sizeof grid);
  q.values = 1;
  for (size_t g = 0; g < values; g++)
    {
      q.grid[0] = grid[g];
      ck_assert_int_eq (bd_method_answer (&q, &t, &one, NULL, NULL),
                        GSL_SUCCESS);
      ck_assert_double_eq (one.tuned, grid[g]);
      won = one.noise < least ? grid[g] : won;
      least = GSL_MIN (least, one.noise);
      bd_answer_free (&one);
    }
  ck_assert_double_eq (all.tuned, won);
  ck_assert_double_eq (all.noise, least);
  bd_answer_free (&all);
  bd_dataset_free (s);
}
END_TEST

/* Other seeds, other networks, in every kind of method; the same seed, the
   same bits.  */
START_TEST (seeds_matter)
{
  const bd_method q = { .name = "q",
                        .title = "q",
                        .kind = (bd_kind)_i,
                        .fitter = &bd_fitter_net,
                        .inner = 2,
                        .knobs = "steps=20,hidden=5,dropout=0.2" };
  bd_dataset *s = simulated ("sine", ROWS, 6);
  double first[ROWS];

  for (int k = 0; k < 3; k++)
    {
      bd_task t = { .X = s->X,
                    .y = s->y,
                    .P = s->X,
                    .members = 3,
                    .nets = 3,
                    .masks = 3,
                    .seed = k < 2 ? 1 : 2 };
      bd_answer a;
      ck_assert_int_eq (bd_method_answer (&q, &t, &a, NULL, NULL),
                        GSL_SUCCESS);
      if (k == 0)
        memcpy (first, a.mean, sizeof first);
      else if (k == 1)
        ck_assert_mem_eq (first, a.mean, sizeof first);
      else
        ck_assert_mem_ne (first, a.mean, sizeof first);
      bd_answer_free (&a);
    }
  bd_dataset_free (s);
}
END_TEST

/* Every row of the table: knobs that can be read, a grid inside the range of
   the knob that it tunes, a base that stands above it.  */
START_TEST (table)
{
  static const char *const tuned[][2]
      = { { "tree", "cp" },         { "net-decay", "decay" },
          { "dropout", "dropout" }, { "mc-dropout", "dropout" },
          { "untied", "dropout" },  { "bag-dropout", "dropout" } };
  size_t tuners = 0;

  for (const bd_method *q = bd_methods; q->name; q++)
    {
      const bd_knob *knobs = q->fitter->knobs;
      const bd_method *base = bd_method_find (q->base);
      bd_settings set;
      ck_assert_int_eq (bd_knob_parse (knobs, q->knobs, &set, NULL), 0);
      ck_assert (!q->base || (base && base < q));
      ck_assert_uint_gt (q->inner, 1);
      ck_assert_ptr_eq (bd_method_find (q->name), q);
      tuners += q->tuned != NULL;
      ck_assert_int_eq (q->tuned != NULL, q->values > 0);
      for (size_t g = 0; g < q->values; g++)
        {
          const bd_knob *k = &knobs[bd_knob_find (knobs, q->tuned)];
          ck_assert (q->grid[g] >= k->lo && q->grid[g] <= k->hi);
        }
    }
  for (int k = 0; k < LENGTH (tuned); k++)
    ck_assert_str_eq (bd_method_find (tuned[k][0])->tuned, tuned[k][1]);
  ck_assert_uint_eq (tuners, (size_t)LENGTH (tuned));
  ck_assert_ptr_null (bd_method_find ("forest"));
  ck_assert_ptr_null (bd_method_find (NULL));
}
END_TEST

/* The noise of the mixture over masks comes from errors: adding a number to
   the response leaves it.  Other methods have none.  */
START_TEST (mixture_noise)
{
  bd_dataset *s = simulated ("sine", 40, 3);
  double noise[2];

  for (int k = 0; k < 2; k++)
    {
      bd_task t = { .X = s->X,
                    .y = s->y,
                    .P = s->X,
                    .masks = 20,
                    .network = "steps=100",
                    .seed = 5 };
      bd_answer a, b;
      gsl_vector_add_constant (s->y, 100. * k);
      ck_assert_int_eq (
          bd_method_answer (bd_method_find ("mc-dropout"), &t, &a, &b, NULL),
          GSL_SUCCESS);
      noise[k] = a.noise_mixture;
      ck_assert_double_nan (b.noise_mixture);
      bd_answer_free (&a);
      bd_answer_free (&b);
    }
  ck_assert_double_gt (noise[0], 0);
  ck_assert_double_eq_tol (noise[1], noise[0], 0.01 * noise[0]);
  bd_dataset_free (s);
}
END_TEST

/* Names, repeated or not; nothing but names.  */
START_TEST (chosen)
{
  bool use[BD_METHODS], usual[BD_METHODS];
  bd_error err = { "" };
  size_t count = 0;

  bd_methods_default (usual);
  ck_assert_int_eq (bd_methods_parse ("all", use, &err), GSL_SUCCESS);
  for (size_t k = 0; k < BD_METHODS; k++)
    {
      ck_assert (use[k]);
      ck_assert_int_eq (usual[k], k < 11);
    }
  ck_assert_int_eq (bd_methods_parse ("tree,bag-dropout,tree", use, &err),
                    GSL_SUCCESS);
  for (size_t k = 0; k < BD_METHODS; k++)
    count += use[k];
  ck_assert_uint_eq (count, 2);
  ck_assert (use[2] && use[bd_method_find ("bag-dropout") - bd_methods]);
  ck_assert_int_eq (bd_methods_parse ("mc-dropuot", use, &err), GSL_EINVAL);
  ck_assert_str_eq (err.text, "no method is called 'mc-dropuot'; did you mean "
                              "'mc-dropout'?");
  static const char *const bad[]
      = { "", ",", "tree,", ",tree", "all,tree", "tree net", "Tree" };
  for (int k = 0; k < LENGTH (bad); k++)
    ck_assert_int_eq (bd_methods_parse (bad[k], use, &err), GSL_EINVAL);
}
END_TEST

/* Knobs of the user stand over those of network methods and of no other.  */
START_TEST (network)
{
  const bd_method *stop = bd_method_find ("net-stop");
  const bd_method *tree = bd_method_find ("tree");
  const bd_knob *knobs = stop->fitter->knobs;
  bd_settings set, own;
  bd_error err = { "" };

  ck_assert_int_eq (bd_method_settings (stop, "steps=7", &set, &err), 0);
  ck_assert_double_eq (set.value[bd_knob_find (knobs, "steps")], 7);
  ck_assert_double_eq (set.value[bd_knob_find (knobs, "stop")], 0.2);
  ck_assert_int_eq (bd_method_settings (stop, "stop=0.1", &set, &err), 0);
  ck_assert_double_eq (set.value[bd_knob_find (knobs, "stop")], 0.1);
  ck_assert_int_eq (bd_method_settings (tree, "steps=7", &set, &err), 0);
  ck_assert_int_eq (bd_method_settings (tree, NULL, &own, &err), 0);
  ck_assert_mem_eq (set.value, own.value, sizeof own.value);
  ck_assert_int_eq (bd_method_settings (stop, "stpes=7", &set, &err),
                    GSL_EINVAL);
  ck_assert_str_eq (err.text,
                    "no knob is called 'stpes'; did you mean 'steps'?");
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("answer");
  TCase *c = tcase_create ("answer");

  tcase_set_timeout (c, 300);
  tcase_add_loop_test (c, nothing_there, 0, LENGTH (quick));
  tcase_add_loop_test (c, tuned_is_the_best, 0, 6);
  tcase_add_loop_test (c, seeds_matter, BD_SINGLE, BD_SEEDS + 1);
  tcase_add_test (c, table);
  tcase_add_test (c, mixture_noise);
  tcase_add_test (c, chosen);
  tcase_add_test (c, network);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
