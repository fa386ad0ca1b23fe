#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../base/blas.h"
#include "../base/rng.h"
#include "../data/levels.h"
#include "../data/split.h"
#include "../ensemble/run.h"
#include "../net/fitter_net.h"
#include "budget_kept.h"
#include "budget_sums.h"
#include "inner.h"
#include "jobs.h"

#define DRAWN 20001 /* inputs whose quantiles are the points of a curve */

bd_budget_options
bd_budget_options_default (void)
{
  const bd_scenario *sine = bd_scenario_find ("sine");

  return (bd_budget_options){ .scenario = sine,
                              .n = sine->rows,
                              .noise = sine->noise,
                              .points = 61,
                              .R = 50,
                              .S = 2,
                              .members = 20,
                              .nets = 5,
                              .masks = 50,
                              .seed = 1 };
}

int
bd_budget_add (bd_budget_options *o, const bd_method *method)
{
  if (o->methods == BD_BUDGET_METHODS)
    return GSL_ETABLE;
  o->method[o->methods] = *method;
  if (!method->tuned)
    o->method[o->methods].inner = 0;
  o->methods++;
  return GSL_SUCCESS;
}

/* Random masks and the scaled network in front of them are one training.  */
static bool
is_pair (const bd_budget_options *o, size_t k)
{
  return k > 0 && o->method[k].kind == BD_DROPOUT
         && o->method[k - 1].kind == BD_SCALING;
}

/* False for a method that the next one answers for.  */
static bool
is_trained (const bd_budget_options *o, size_t k)
{
  return k + 1 == o->methods || !is_pair (o, k + 1);
}

size_t
bd_budget_trainings (const bd_budget_options *o)
{
  size_t count = 0;

  for (size_t k = 0; k < o->methods; k++)
    count += is_trained (o, k);
  return count * o->R * o->S * (o->scenario ? 1 : 2);
}

void
bd_budget_free (bd_budget *b)
{
  if (!b)
    return;
  for (size_t k = 0; k < b->methods; k++)
    {
      free (b->row[k].at);
      free (b->row[k].at_se);
      free (b->row[k].at_mse);
      free (b->row[k].at_spread);
    }
  gsl_matrix_free (b->P);
  free (b->truth);
  free (b);
}

/* Points where the inputs of a scenario lie: quantiles of a single one, in the
   middle of equal parts, so that their mean is one over the inputs; else
   draws.  */
static gsl_matrix *
draw_points (const bd_budget_options *o)
{
  const bd_scenario *s = o->scenario;
  size_t count = s->d == 1 ? DRAWN : o->points;
  bd_dataset *all = bd_scenario_draw (s, count, 0, bd_rng_derive (o->seed, 1));
  gsl_matrix *P = gsl_matrix_alloc (o->points, s->d);

  if (all && P && s->d > 1)
    gsl_matrix_memcpy (P, all->X);
  else if (all && P)
    {
      gsl_sort (all->X->data, 1, count);
      for (size_t i = 0; i < o->points; i++)
        {
          size_t place = (2 * i + 1) * (count - 1) / (2 * o->points);
          gsl_matrix_set (P, i, 0, gsl_matrix_get (all->X, place, 0));
        }
    }
  bd_dataset_free (all);
  return P;
}

/* Points, and what is true there.  */
static int
make_points (bd_budget *b)
{
  const bd_budget_options *o = &b->options;

  b->P = !o->scenario ? bd_levels_expand (o->data->X, NULL)
         : o->P       ? bd_levels_expand (o->P, NULL)
                      : draw_points (o);
  if (!b->P)
    return GSL_ENOMEM;
  b->m = b->P->size1;
  b->truth = bd_array (b->m, 1);
  for (size_t j = 0; b->truth && j < b->m; j++)
    b->truth[j] = o->scenario
                      ? o->scenario->truth (gsl_matrix_const_ptr (b->P, j, 0))
                      : gsl_vector_get (o->data->y, j);
  b->rows = o->scenario ? o->n : (o->data->n + 1) / 2;
  b->noise = o->scenario ? gsl_pow_2 (o->noise) : GSL_NAN;
  b->more = 1;
  if (!o->scenario)
    b->more = 2 * (double)(b->m - 1) / (double)(b->m - 2);
  return b->truth ? GSL_SUCCESS : GSL_ENOMEM;
}

static int
make_row (bd_budget *b, size_t k, bd_budget_sums *u)
{
  bd_budget_row *row = &b->row[k];
  const bd_budget_options *o = &b->options;
  const bd_task task
      = { .members = o->members, .nets = o->nets, .masks = o->masks };

  row->method = &o->method[k];
  row->members = row->method->kind == BD_SCALING
                     ? 1
                     : bd_members_of (row->method, &task, false);
  row->at = calloc (b->m, sizeof *row->at);
  row->at_se = calloc (b->m, sizeof *row->at_se);
  row->at_mse = bd_array (b->m, 1);
  row->at_spread = bd_array (b->m, 1);
  return row->at && row->at_se && row->at_mse && row->at_spread
                 && !bd_budget_sums_init (u, b, row->members)
             ? GSL_SUCCESS
             : GSL_ENOMEM;
}

/* One training: method, data set, training.  */
typedef struct
{
  size_t method, r, s;
} job;

/* File what an answer says under training K: predictions at points TO[0 ..
   a->m - 1] (NULL: at all of them).  A fit without members of its own is its
   only member.  */
static void
file_answer (const bd_budget *b, bd_budget_sums *u, size_t k,
             const bd_answer *a, size_t M, const size_t to[])
{
  for (size_t i = 0; i < a->m; i++)
    {
      size_t j = to ? to[i] : i, at = k * b->m + j;
      const double *f = M > 1 ? a->keep + i : a->mean + i;
      bd_anova_members (f, a->m, M, &u->mean[at], &u->ss[at]);
      u->answer[at] = a->mean[i];
      u->reported[at] = M > 1 ? gsl_pow_2 (a->sd_mean[i]) : GSL_NAN;
      u->error[at] = 0;
      for (size_t m = 0; m < M; m++)
        {
          size_t r = k / b->options.S;
          u->error[at] += gsl_pow_2 (f[m * a->m] - b->truth[j]) / (double)M;
          if (k % b->options.S == 0 && j < u->looked)
            u->member[(r * M + m) * u->looked + j] = f[m * a->m];
        }
    }
  u->seconds[k] += a->seconds;
}

/* Train the method of J on X, Y, see it at P and file that.  */
static int
train (const bd_budget *b, bd_budget_sums sums[], job j, const bd_dataset *d,
       const gsl_matrix *P, const size_t to[], uint64_t seed, bd_error *err)
{
  const bd_budget_options *o = &b->options;
  size_t k = j.r * o->S + j.s, M = b->row[j.method].members;
  bool pair = is_pair (o, j.method);
  bd_answer a = { 0 }, other = { 0 };
  bd_task t = { .X = d->X,
                .y = d->y,
                .P = P,
                .seed = seed,
                .members = o->members,
                .nets = o->nets,
                .masks = o->masks,
                .network = o->network,
                .kept = M,
                .keep_points = P->size1 };
  int code = bd_method_answer (&o->method[j.method], &t, &a,
                               pair ? &other : NULL, err);

  if (!code && a.failed > 0)
    code = BD_FAIL (err, GSL_EFAILED,
                    "%s: %zu of %zu members could not be fitted to data set "
                    "%zu, and a budget needs all of them",
                    o->method[j.method].title, a.failed, a.members, j.r + 1);
  if (!code)
    file_answer (b, &sums[j.method], k, &a, M, to);
  other.seconds = 0;
  if (!code && pair)
    file_answer (b, &sums[j.method - 1], k, &other, 1, to);
  bd_answer_free (&a);
  bd_answer_free (&other);
  return code;
}

/* Both halves of the rows of a table: each is predicted from the other.  */
static int
train_halves (const bd_budget *b, bd_budget_sums sums[], job j,
              uint64_t set_seed, bd_error *err)
{
  const bd_dataset *data = b->options.data;
  int code = GSL_SUCCESS;

  for (size_t half = 0; !code && half < 2; half++)
    {
      bd_split *s = bd_split_fold (data->n, 2, half, set_seed);
      bd_dataset *d = s ? bd_dataset_rows (data, s->row, s->train) : NULL;
      bd_dataset *held
          = s ? bd_dataset_rows (data, s->row + s->train, s->test) : NULL;
      uint64_t seed = bd_rng_derive (set_seed, 2 + 2 * j.s + half);
      code = d && held
                 ? train (b, sums, j, d, held->X, s->row + s->train, seed, err)
                 : BD_FAIL (err, GSL_ENOMEM, "no memory");
      bd_dataset_free (d);
      bd_dataset_free (held);
      bd_split_free (s);
    }
  return code;
}

/* Data set r is the same for all methods and trainings; no two share a seed,
   nor do data sets of different sizes.  */
static int
run_job (const bd_budget *b, bd_budget_sums sums[], job j, bd_error *err)
{
  const bd_budget_options *o = &b->options;
  uint64_t seed = bd_rng_derive (bd_rng_derive (o->seed, 2 + b->rows), j.r);

  if (!o->scenario)
    return train_halves (b, sums, j, seed, err);
  bd_dataset *d = bd_scenario_draw (o->scenario, o->n, o->noise, seed);
  int code = d ? train (b, sums, j, d, b->P, NULL,
                        bd_rng_derive (seed, 2 + j.s), err)
               : BD_FAIL (err, GSL_ENOMEM, "no memory for %zu rows", o->n);
  bd_dataset_free (d);
  return code;
}

/* Rough cost of a training, in networks.  */
static double
cost (const bd_budget_options *o, size_t k)
{
  const bd_method *q = &o->method[k];
  const bd_task t
      = { .members = o->members, .nets = o->nets, .masks = o->masks };
  bool dropout = q->kind == BD_DROPOUT || q->kind == BD_SCALING;
  double fits = dropout ? 1 : (double)bd_members_of (q, &t, false);
  double inner = dropout ? 1 : (double)bd_members_of (q, &t, true);

  if (q->tuned)
    fits += 0.6 * inner * (double)(q->inner * q->values);
  return q->fitter == &bd_fitter_net ? fits : 0.02 * fits;
}

/* The jobs, dearest methods first, so that threads end together.  */
static size_t
make_jobs (const bd_budget_options *o, job jobs[])
{
  double price[BD_BUDGET_METHODS];
  size_t order[BD_BUDGET_METHODS], count = 0;

  for (size_t k = 0; k < o->methods; k++)
    price[k] = -cost (o, k);
  gsl_sort_index (order, price, 1, o->methods);
  for (size_t i = 0; i < o->methods; i++)
    for (size_t k = 0; is_trained (o, order[i]) && k < o->R * o->S; k++)
      jobs[count++] = (job){ order[i], k / o->S, k % o->S };
  return count;
}

/* What run_job and cost are told.  */
typedef struct
{
  const bd_budget *b;
  bd_budget_sums *sums;
  const job *jobs;
} work;

static int
run_one (void *params, size_t i, bd_error *err)
{
  const work *w = params;
  const bd_budget *b = w->b;
  job j = w->jobs[i];
  size_t k = j.r * b->options.S + j.s;
  size_t first = j.method - is_pair (&b->options, j.method);
  bool known[2] = { false, false };
  bool all = true;

  for (size_t q = first; q <= j.method; q++)
    {
      known[q - first] = bd_budget_recall (b, q, k, &w->sums[q]);
      all = all && known[q - first];
    }
  if (all)
    return GSL_SUCCESS;
  for (size_t q = first; q <= j.method; q++)
    w->sums[q].seconds[k] = 0;
  int code = run_job (b, w->sums, j, err);
  for (size_t q = first; !code && q <= j.method; q++)
    if (!known[q - first])
      code = bd_budget_keep (b, q, k, &w->sums[q], err);
  return code;
}

static double
cost_one (const void *params, size_t i)
{
  const work *w = params;

  return cost (&w->b->options, w->jobs[i].method);
}

static int
run_jobs (const bd_budget *b, bd_budget_sums sums[], const job jobs[],
          size_t count, bd_error *err)
{
  work w = { b, sums, jobs };
  const bd_jobs all = { .count = count,
                        .threads = b->options.threads,
                        .run = run_one,
                        .cost = cost_one,
                        .params = &w,
                        .progress = b->options.progress };

  return bd_jobs_run (&all, err);
}

bd_budget *
bd_budget_run (const bd_budget_options *o, bd_error *err)
{
  bd_budget *b = calloc (1, sizeof *b);
  bd_budget_sums sums[BD_BUDGET_METHODS] = { 0 };
  job *jobs = calloc (o->R * o->S * o->methods + 1, sizeof *jobs);
  int code = b && jobs ? GSL_SUCCESS : GSL_ENOMEM;

  bd_blas_one_thread ();
  if (!code)
    {
      b->options = *o;
      b->methods = o->methods;
      code = make_points (b);
    }
  for (size_t k = 0; !code && k < o->methods; k++)
    code = make_row (b, k, &sums[k]);
  if (code)
    BD_FAIL (err, code, "no memory for %zu trainings of %zu methods",
             o->R * o->S, o->methods);
  else
    code = run_jobs (b, sums, jobs, make_jobs (o, jobs), err);
  for (size_t k = 0; !code && k < o->methods; k++)
    code = bd_budget_summarise (b, &sums[k], &b->row[k], err);
  for (size_t k = 0; k < o->methods; k++)
    bd_budget_sums_free (&sums[k]);
  free (jobs);
  if (!code)
    return b;
  bd_budget_free (b);
  return NULL;
}
