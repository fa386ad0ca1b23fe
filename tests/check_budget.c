/* Variance budgets against closed forms, and what they are made of.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "study/budget.h"
#include "tap.h"
#include "tools.h"

#define ROWS 20
#define POINTS 5
#define CLOSE 4.5 /* standard errors */

static void
normal_draw (double x[], gsl_rng *r)
{
  x[0] = gsl_ran_ugaussian (r);
}

static double
line_truth (const double x[])
{
  return 1 + 2 * x[0];
}

static double
level_truth (const double x[])
{
  (void)x;
  return 3;
}

static const bd_scenario line = { .name = "line",
                                  .help = "",
                                  .d = 1,
                                  .rows = ROWS,
                                  .noise = 1,
                                  .draw = normal_draw,
                                  .truth = line_truth };
static const bd_scenario level = { .name = "level",
                                   .help = "",
                                   .d = 1,
                                   .rows = ROWS,
                                   .noise = 2,
                                   .draw = normal_draw,
                                   .truth = level_truth };
static const bd_method line_fit = { .name = "line",
                                    .title = "line",
                                    .kind = BD_SINGLE,
                                    .fitter = &bd_fitter_linear,
                                    .knobs = "" };
static const bd_method mean_fit = { .name = "mean",
                                    .title = "mean",
                                    .kind = BD_SINGLE,
                                    .fitter = &bd_fitter_poly,
                                    .knobs = "degree=0" };
static const bd_method mean_bag = { .name = "bag-mean",
                                    .title = "bagged mean",
                                    .kind = BD_BAGGING,
                                    .fitter = &bd_fitter_poly,
                                    .knobs = "degree=0" };

static bd_budget_options
options (const bd_scenario *s, size_t R, size_t S)
{
  bd_budget_options o = bd_budget_options_default ();

  o.scenario = s;
  o.n = s ? s->rows : 0;
  o.noise = s ? s->noise : 0;
  o.R = R;
  o.S = S;
  o.points = POINTS;
  return o;
}

static bd_budget *
run (const bd_budget_options *o)
{
  bd_error err = { "" };
  bd_budget *b = bd_budget_run (o, &err);

  ck_assert_msg (b != NULL, "%s", err.text);
  return b;
}

/* Least squares on N normal inputs: the variance at x is s^2 (1 / n + (x^2 +
   1 / n) / (n - 3)), as the mean of the inputs is independent of their sum of
   squares, whose reciprocal is 1 / (n - 3) on average.  */
START_TEST (straight_line)
{
  bd_budget_options o = options (&line, 400, 1);
  const double n = ROWS;

  ck_assert_int_eq (bd_budget_add (&o, &line_fit), GSL_SUCCESS);
  bd_budget *b = run (&o);
  ck_assert_uint_eq (b->m, POINTS);
  for (size_t j = 0; j < b->m; j++)
    {
      const bd_error_parts *p = &b->row[0].at[j], *se = &b->row[0].at_se[j];
      double x = gsl_matrix_get (b->P, j, 0);
      double truth = 1 / n + (x * x + 1 / n) / (n - 3);
      ck_assert_double_eq_tol (p->data, truth, CLOSE * se->data);
      ck_assert_double_lt (se->data, 0.25 * truth);
      ck_assert_double_eq_tol (p->bias2, 0, CLOSE * se->bias2);
      ck_assert_double_eq (p->noise, 1);
      ck_assert (gsl_isnan (p->training) && gsl_isnan (p->member));
      ck_assert_double_eq_tol (b->truth[j], 1 + 2 * x, 1e-15);
    }
  ck_assert (gsl_isnan (b->row[0].spread));
  bd_budget_free (b);
}
END_TEST

/* The mean with Bayesian weights: data s^2 / n, members s^2 (n - 1) / (n (n +
   1)), nothing from training; it reports (n - 1) / n of the former.  */
START_TEST (bagged_mean)
{
  bd_budget_options o = options (&level, 400, 2);
  const double n = ROWS, s2 = 4;

  o.members = 8;
  bd_budget_add (&o, &mean_bag);
  bd_budget *b = run (&o);
  const bd_budget_row *row = &b->row[0];
  ck_assert_double_eq_tol (row->part.data, s2 / n, CLOSE * row->part_se.data);
  ck_assert_double_lt (row->part_se.data, 0.1 * s2 / n);
  ck_assert_double_eq_tol (row->part.training, 0,
                           CLOSE * row->part_se.training);
  ck_assert_double_eq_tol (row->part.member, s2 * (n - 1) / (n * (n + 1)) / 8,
                           CLOSE * row->part_se.member);
  ck_assert_double_eq_tol (row->part.bias2, 0, CLOSE * row->part_se.bias2);
  ck_assert_double_eq_tol (row->spread, s2 * (n - 1) / (n * n),
                           CLOSE * row->spread_se);
  ck_assert_double_eq_tol (row->ratio, row->spread / row->variance, 1e-14);
  double sum = bd_error_parts_sum (&row->part);
  ck_assert_double_eq_tol (row->mse, sum, 1e-13);
  bd_budget_free (b);
}
END_TEST

/* The mean of a table: what halvings tell of the variance of the mean of half
   the rows is s^2 / (n / 2), and the error of a row by the mean of the others
   is what is left with the noise.  */
START_TEST (halves_of_a_table)
{
  bd_dataset *d = bd_scenario_draw (&level, 2 * ROWS, 2, 5);
  bd_budget_options o = options (NULL, 400, 1);
  double n = 2 * ROWS, left = 0;

  ck_assert_ptr_nonnull (d);
  o.data = d;
  bd_budget_add (&o, &mean_fit);
  bd_budget *b = run (&o);
  const bd_budget_row *row = &b->row[0];
  double mean = mean_of (d->y->data, d->n);
  double s2 = gsl_pow_2 (sd_of (d->y->data, d->n)) * n / (n - 1);
  for (size_t i = 0; i < d->n; i++)
    left += gsl_pow_2 ((gsl_vector_get (d->y, i) - mean) * n / (n - 1)) / n;
  double more = 2 * (n - 1) / (n - 2), data = s2 / ROWS;
  ck_assert_uint_eq (b->rows, ROWS);
  ck_assert_uint_eq (b->m, 2 * ROWS);
  ck_assert_double_eq_tol (row->part.data, data, CLOSE * row->part_se.data);
  ck_assert_double_lt (row->part_se.data, 0.1 * data);
  ck_assert_double_eq_tol (row->part.bias2, left - data * (more - 1) / more,
                           CLOSE * row->part_se.bias2);
  ck_assert (gsl_isnan (row->part.noise));
  bd_budget_free (b);
  bd_dataset_free (d);
}
END_TEST

/* Small budgets of very different methods, as bytes.  */
static bd_budget *
of_many (int threads)
{
  static const char *const names[]
      = { "tree", "bag-tree", "dropout", "mc-dropout", "seeds" };
  bd_budget_options o = options (bd_scenario_find ("sine"), 3, 2);

  o.n = 30;
  o.members = 4;
  o.nets = 2;
  o.masks = 4;
  o.threads = threads;
  for (size_t k = 0; k < 5; k++)
    bd_budget_add (&o, bd_method_find (names[k]));
  ck_assert_uint_eq (bd_budget_trainings (&o), 4 * 3 * 2);
  return run (&o);
}

START_TEST (threads_change_nothing)
{
  bd_budget *a = of_many (1), *b = of_many (3);

  for (size_t k = 0; k < a->methods; k++)
    {
      ck_assert_mem_eq (a->row[k].at, b->row[k].at,
                        POINTS * sizeof *a->row[k].at);
      ck_assert_mem_eq (a->row[k].at_se, b->row[k].at_se,
                        POINTS * sizeof *a->row[k].at_se);
      ck_assert_mem_eq (&a->row[k].part, &b->row[k].part, sizeof (bd_error_parts));
    }
  ck_assert_uint_eq (a->row[2].members, 1);
  ck_assert_uint_eq (a->row[3].members, 4);
  ck_assert_double_ne (a->row[2].mse, a->row[3].mse);
  bd_budget_free (a);
  bd_budget_free (b);
}
END_TEST

/* Weight scaling is the same when it is trained alone.  */
START_TEST (pairs_are_one_training)
{
  bd_budget_options o = options (bd_scenario_find ("sine"), 3, 2);
  bd_budget *both = of_many (2);

  o.n = 30;
  o.masks = 4;
  bd_budget_add (&o, bd_method_find ("dropout"));
  bd_budget *alone = run (&o);
  ck_assert_double_eq (alone->row[0].mse, both->row[2].mse);
  ck_assert_double_eq (alone->row[0].part.training,
                       both->row[2].part.training);
  bd_budget_free (alone);
  bd_budget_free (both);
}
END_TEST

START_TEST (one_data_set)
{
  bd_budget_options o = options (&line, 1, 1);

  bd_budget_add (&o, &line_fit);
  bd_budget *b = run (&o);
  ck_assert (gsl_isnan (b->row[0].part.data));
  ck_assert (gsl_isnan (b->row[0].part.bias2));
  ck_assert (gsl_isnan (b->row[0].mse_se));
  ck_assert_double_gt (b->row[0].mse, 1);
  bd_budget_free (b);
}
END_TEST

START_TEST (slopes)
{
  const double n[] = { 10, 20, 80 };
  double v[3], se[3], slope, error, third = log (2);

  for (size_t k = 0; k < 3; k++)
    {
      v[k] = 5 * pow (n[k], -1.3);
      se[k] = 0.1 * v[k];
    }
  bd_budget_slope (n, v, se, 3, &slope, &error);
  ck_assert_double_eq_tol (slope, -1.3, 1e-13);
  /* log n is -4/3, -1/3 and 5/3 times log 2 from its mean.  */
  ck_assert_double_eq_tol (error, 0.1 / (third * sqrt (42. / 9)), 1e-14);
  v[1] = -1;
  bd_budget_slope (n, v, se, 3, &slope, &error);
  ck_assert (gsl_isnan (slope));
  bd_budget_slope (n, v, se, 1, &slope, &error);
  ck_assert (gsl_isnan (slope) && gsl_isnan (error));
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("budget");
  TCase *t = tcase_create ("budget");

  tcase_set_timeout (t, 60);
  tcase_add_test (t, straight_line);
  tcase_add_test (t, bagged_mean);
  tcase_add_test (t, halves_of_a_table);
  tcase_add_test (t, threads_change_nothing);
  tcase_add_test (t, pairs_are_one_training);
  tcase_add_test (t, one_data_set);
  tcase_add_test (t, slopes);
  suite_add_tcase (s, t);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
