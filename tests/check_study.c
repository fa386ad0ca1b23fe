#include <config.h>

#include <check.h>
#include <dirent.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>
#ifdef _OPENMP
#include <omp.h>
#endif

#include "base/array.h"
#include "data/split.h"
#include "base/rng.h"
#include "score/score.h"
#include "study/compare.h"
#include "study/verdict.h"
#include "study_tools.h"
#include "tap.h"
#include "tools.h"

#define ROWS STUDY_ROWS

static bd_dataset *data;
static bd_comparison *made[2]; /* with 1 and 2 threads */

static void
compare_once (void)
{
  bd_error err = { "" };

  data = simulated ("sine", ROWS, 1);
  for (int k = 0; k < 2; k++)
    {
      bd_compare_options o = study_small (1 + k);
      made[k] = bd_compare (data, &o, &err);
      ck_assert_msg (made[k] != NULL, "%s", err.text);
    }
}

static void
forget (void)
{
  bd_comparison_free (made[0]);
  bd_comparison_free (made[1]);
  bd_dataset_free (data);
}

/* Seconds apart, nothing depends on the number of threads.  */
START_TEST (threads)
{
  for (size_t k = 0; k < BD_METHODS; k++)
    {
      const bd_compare_row *a = &made[0]->row[k], *b = &made[1]->row[k];
      ck_assert_ptr_eq (a->method, b->method);
      for (size_t s = 0; s < made[0]->splits; s++)
        {
          bd_fold_result x = a->fold[s], y = b->fold[s];
          x.seconds = y.seconds = 0;
          ck_assert_mem_eq (&x, &y, sizeof x);
        }
      same_numbers (&a->rmse, &b->rmse, 1);
      same_numbers (&a->diff.mean, &b->diff.mean, 1);
      same_answer (&made[0]->full[k], &made[1]->full[k]);
    }
}
END_TEST

START_TEST (rows)
{
  const bd_comparison *c = made[0];
  size_t count = 0;

  while (bd_methods[count].name)
    count++;
  ck_assert_uint_eq (count, BD_METHODS);
  ck_assert_uint_eq (c->splits, 2);
  ck_assert_double_eq (c->ratio, 1);
  for (size_t k = 0; k < BD_METHODS; k++)
    {
      const bd_compare_row *r = &c->row[k];
      ck_assert_ptr_eq (r->method, &bd_methods[k]);
      ck_assert (r->rmse > 0.1 && r->rmse < 3);
      ck_assert (r->crps > 0 && gsl_finite (r->nll) && r->width > 0);
      ck_assert (r->cover >= 0 && r->cover <= 1 && r->seconds > 0);
      ck_assert (r->rmse_truth > 0 && r->rmse_truth < 2);
      ck_assert_uint_eq (r->failed, 0);
      ck_assert_int_eq (gsl_isnan (r->mixture), r->method->kind != BD_DROPOUT);
      ck_assert_double_eq_tol (gsl_pow_2 (r->rmse),
                               (r->fold[0].mse + r->fold[1].mse) / 2, 1e-12);
    }
}
END_TEST

/* Fits on one split, from the table of methods: each value of a tuned knob in
   each inner fold, or the folds alone for the noise, and the last fit; of a
   bag its members and the single fit that its score needs.  */
static const struct
{
  const char *name;
  size_t fits;
} costs[] = {
  { "spline", 5 + 1 },         { "tree", 7 * 5 + 1 }, { "net", 3 + 1 },
  { "net-decay", 7 * 3 + 1 },  { "net-stop", 3 + 1 }, { "dropout", 8 * 3 + 1 },
  { "mc-dropout", 8 * 3 + 1 }, { "bag-tree", 8 + 1 }, { "seeds", 2 * (3 + 1) }
};

START_TEST (fits)
{
  for (int k = 0; k < LENGTH (costs); k++)
    {
      size_t at = (size_t)(bd_method_find (costs[k].name) - bd_methods);
      ck_assert_msg (made[0]->row[at].fits == (double)costs[k].fits, "%s: %g",
                     costs[k].name, made[0]->row[at].fits);
    }
}
END_TEST

/* The best single fit is the least of the single fits; its difference from
   itself is nothing, every other one's is that of the MSEs.  */
START_TEST (best_single)
{
  const bd_comparison *c = made[0];
  const bd_compare_row *best = &c->row[c->best];

  ck_assert_int_eq (best->method->kind, BD_SINGLE);
  ck_assert_double_eq (best->diff.mean, 0);
  ck_assert_double_eq (best->diff.se, 0);
  for (size_t k = 0; k < BD_METHODS; k++)
    {
      const bd_compare_row *r = &c->row[k];
      const bd_method *base = bd_method_find (r->method->base);
      if (r->method->kind == BD_SINGLE)
        ck_assert_double_le (best->rmse, r->rmse);
      double mse = gsl_pow_2 (r->rmse);
      ck_assert_double_eq_tol (r->diff.mean, mse - gsl_pow_2 (best->rmse),
                               1e-12);
      ck_assert_int_eq (base != NULL, !gsl_isnan (r->gain.mean));
      if (base)
        ck_assert_double_eq_tol (
            r->gain.mean, 1 - mse / gsl_pow_2 (c->row[base - bd_methods].rmse),
            1e-12);
    }
}
END_TEST

/* The growth curve ends at the MSE of the whole ensemble and starts at that
   of its members.  */
START_TEST (growth)
{
  const bd_comparison *c = made[0];

  for (size_t k = 0; k < BD_METHODS; k++)
    {
      const bd_compare_row *r = &c->row[k];
      if (r->members < 2)
        {
          ck_assert_uint_eq (r->steps, 0);
          continue;
        }
      ck_assert_uint_eq ((size_t)1 << (r->steps - 1), r->members);
      for (size_t s = 0; s < c->splits; s++)
        ck_assert_double_eq_tol (r->fold[s].growth[r->steps - 1],
                                 r->fold[s].mse, 1e-12);
      ck_assert_double_gt (r->growth[0], r->growth[r->steps - 1]);
    }
}
END_TEST

/* What is tuned comes from the grid, everything else is NaN.  */
START_TEST (tuned)
{
  const bd_comparison *c = made[0];

  for (size_t k = 0; k < BD_METHODS; k++)
    for (size_t s = 0; s <= c->splits; s++)
      {
        const bd_method *q = &bd_methods[k];
        double v = s < c->splits ? c->row[k].fold[s].tuned : c->full[k].tuned;
        bool found = false;
        for (size_t g = 0; g < q->values; g++)
          found = found || v == q->grid[g];
        ck_assert (q->tuned ? found : gsl_isnan (v));
      }
}
END_TEST

/* A new observation varies by its noise and by what is not known of the
   mean.  */
START_TEST (predictive)
{
  const bd_comparison *c = made[0];

  for (size_t k = 0; k < BD_METHODS; k++)
    {
      const bd_answer *a = &c->full[k];
      bool many = a->members > 1;
      ck_assert_uint_eq (a->m, c->F->size1);
      ck_assert (a->noise > 0 && a->noise < 3);
      for (size_t j = 0; j < a->m; j++)
        {
          double v = many ? gsl_pow_2 (a->sd_mean[j]) : 0;
          ck_assert (many || gsl_isnan (a->sd_mean[j]));
          ck_assert (many || gsl_isnan (a->spread[j]));
          ck_assert_double_eq_tol (gsl_pow_2 (a->sd_pred[j]),
                                   gsl_pow_2 (a->noise) + v, 1e-12);
        }
    }
}
END_TEST

/* A row of the comparison is the method on the split that the seeds name.  */
START_TEST (one_split_by_hand)
{
  const bd_method *q = bd_method_find (_i ? "net" : "tree");
  const bd_compare_row *row = &made[0]->row[q - bd_methods];
  bd_split *s
      = bd_split_fold (ROWS, 2, 1, bd_rng_derive (made[0]->options.seed, 0));
  bd_dataset *train = bd_dataset_rows (data, s->row, s->train);
  bd_dataset *test = bd_dataset_rows (data, s->row + s->train, s->test);
  bd_task t = { .X = train->X,
                .y = train->y,
                .P = test->X,
                .members = 8,
                .nets = 2,
                .masks = 8,
                .seed = bd_rng_derive (1, 1001) };
  bd_answer a;

  ck_assert_int_eq (bd_method_answer (q, &t, &a, NULL, NULL), GSL_SUCCESS);
  ck_assert_double_eq (row->fold[1].mse,
                       bd_score_mse (test->y->data, a.mean, test->n));
  ck_assert_double_eq (row->fold[1].truth,
                       bd_score_mse (test->truth->data, a.mean, test->n));
  ck_assert_mem_eq (&row->fold[1].tuned, &a.tuned, sizeof a.tuned);
  bd_answer_free (&a);
  bd_answer_free (NULL);
  bd_dataset_free (train);
  bd_dataset_free (test);
  bd_split_free (s);
}
END_TEST

/* With one hidden layer the mean over masks is weight scaling: the two rows
   have nearly the same residuals, and taking the spread between masks out of
   them leaves less noise.  */
START_TEST (noise_of_dropout)
{
  const bd_method *q = bd_method_find ("mc-dropout");
  const bd_answer *many = &made[0]->full[q - bd_methods], *scaled = many - 1;

  ck_assert_int_eq (q[-1].kind, BD_SCALING);
  ck_assert_double_le (many->noise, 1.05 * scaled->noise);
  ck_assert_double_ge (many->noise, 0.5 * scaled->noise);
  ck_assert_double_eq (many->tuned, scaled->tuned);
  ck_assert (many->noise_mixture > 0.5 * scaled->noise
             && many->noise_mixture < 1.5 * scaled->noise);
}
END_TEST

START_TEST (verdict)
{
  bd_verdict v;

  bd_compare_verdict (made[0], &v);
  ck_assert (v.count > 0 && v.count <= BD_SENTENCES);
  for (size_t k = 0; k < v.count; k++)
    {
      size_t length = strlen (v.text[k]);
      ck_assert (length > 10 && length < BD_SENTENCE - 1);
      ck_assert_int_eq (v.text[k][length - 1], '.');
      ck_assert_ptr_null (strstr (v.text[k], "nan"));
    }
  for (int kind = BD_SINGLE; kind <= BD_SEEDS; kind++)
    {
      ck_assert_ptr_nonnull (bd_spread_meaning ((bd_kind)kind));
      ck_assert_ptr_nonnull (bd_kind_family ((bd_kind)kind));
    }
}
END_TEST

/* Threads of this process; 0 where the system does not tell.  */
static size_t
tasks (void)
{
  DIR *list = opendir ("/proc/self/task");
  size_t count = 0;

  while (list && readdir (list))
    count++;
  if (list)
    closedir (list);
  return count;
}

/* A method that is trained alone takes one thread, as its memory is told for:
   also in a process that was forked off threads, where more would wait for
   those that are gone.  */
START_TEST (trained_alone)
{
  bd_compare_options o = study_small (1);
  bd_dataset *s = simulated ("sine", ROWS, 1);
  size_t before = tasks ();
  const char *const names[] = { "bag-tree", "bag-net", "mc-dropout" };

#ifdef _OPENMP
  omp_set_num_threads (4);
#endif
  for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
    ck_assert_int_eq (
        bd_compare_train (
            s, &o, (size_t)(bd_method_find (names[k]) - bd_methods), NULL),
        GSL_SUCCESS);
  ck_assert_uint_eq (tasks (), before);
  bd_dataset_free (s);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("study");
  TCase *c = tcase_create ("compare");

  tcase_set_timeout (c, 600);
  tcase_add_unchecked_fixture (c, compare_once, forget);
  tcase_add_test (c, threads);
  tcase_add_test (c, rows);
  tcase_add_test (c, fits);
  tcase_add_test (c, best_single);
  tcase_add_test (c, growth);
  tcase_add_test (c, tuned);
  tcase_add_test (c, predictive);
  tcase_add_loop_test (c, one_split_by_hand, 0, 2);
  tcase_add_test (c, noise_of_dropout);
  tcase_add_test (c, verdict);
  suite_add_tcase (s, c);
  c = tcase_create ("train");
  tcase_set_timeout (c, 60);
  tcase_add_test (c, trained_alone);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
