#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/blas.h"
#include "../base/rng.h"
#include "../ensemble/run.h"
#include "compare.h"
#include "exchange.h"
#include "growth.h"
#include "held.h"
#include "identity.h"
#include "jobs.h"
#include "kept.h"
#include "summary.h"

#define GRID 200 /* points of the curves */
#define ROWS 500 /* most rows that a variance figure shows */
#define DRAWN 40 /* members kept for drawing */

bd_compare_options
bd_compare_options_default (void)
{
  bd_compare_options o = { .folds = 5,
                           .repeats = 2,
                           .members = 200,
                           .nets = 40,
                           .masks = 200,
                           .seed = 1 };
  bd_methods_default (o.use);
  return o;
}

void
bd_comparison_free (bd_comparison *c)
{
  if (!c)
    return;
  for (size_t k = 0; k < BD_COMPARED; k++)
    {
      for (size_t j = 0; c->row[k].fold && j < c->splits; j++)
        free (c->row[k].fold[j].error);
      free (c->row[k].fold);
      bd_answer_free (&c->full[k]);
    }
  gsl_matrix_free (c->F);
  free (c);
}

/* The input that goes with the response most, by rank correlation.  */
static int
choose_along (const bd_dataset *s, size_t *along)
{
  double best = -1, *work = malloc (2 * s->n * sizeof *work);

  *along = 0;
  if (!work)
    return GSL_ENOMEM;
  for (size_t j = 0; s->d > 1 && j < s->d; j++)
    {
      double rho = fabs (gsl_stats_spearman (
          s->X->data + j, s->X->tda, s->y->data, s->y->stride, s->n, work));
      if (rho > best)
        {
          best = rho;
          *along = j;
        }
    }
  free (work);
  return GSL_SUCCESS;
}

/* Column J of the sweep: the range of the input swept, else its median.  */
static void
sweep_column (bd_comparison *c, size_t j, double sorted[])
{
  const bd_dataset *s = c->data;

  for (size_t i = 0; i < s->n; i++)
    sorted[i] = gsl_matrix_get (s->X, i, j);
  gsl_sort (sorted, 1, s->n);
  double lo = sorted[0], hi = sorted[s->n - 1];
  double median = gsl_stats_median_from_sorted_data (sorted, 1, s->n);
  for (size_t g = 0; g < c->grid; g++)
    {
      double part = (double)g / (double)(c->grid - 1);
      gsl_matrix_set (c->F, g, j,
                      j == c->along ? lo + part * (hi - lo) : median);
    }
}

static int
make_points (bd_comparison *c)
{
  const bd_dataset *s = c->data;
  size_t rows = s->d > 1 ? GSL_MIN (s->n, ROWS) : 0;
  double *sorted = malloc (s->n * sizeof *sorted);

  c->grid = GRID;
  c->F = gsl_matrix_alloc (c->grid + rows, s->d);
  if (!sorted || !c->F || choose_along (s, &c->along))
    {
      free (sorted);
      return GSL_ENOMEM;
    }
  for (size_t j = 0; j < s->d; j++)
    sweep_column (c, j, sorted);
  for (size_t i = 0; i < rows; i++)
    {
      gsl_vector_const_view row = gsl_matrix_const_row (s->X, i * s->n / rows);
      gsl_matrix_set_row (c->F, c->grid + i, &row.vector);
    }
  free (sorted);
  return GSL_SUCCESS;
}

/* The squared error of each row, where there is one split only.  */
static int
keep_errors (const bd_answer *a, const gsl_vector *y, bd_fold_result *out)
{
  out->error = bd_array (y->size, 1);
  out->errors = y->size;
  for (size_t i = 0; out->error && i < y->size; i++)
    out->error[i] = gsl_pow_2 (gsl_vector_get (y, i) - a->mean[i]);
  return out->error ? GSL_SUCCESS : GSL_ENOMEM;
}

static int
score (const bd_comparison *c, const bd_method *q, const bd_answer *a,
       const bd_dataset *test, bd_fold_result *out, bd_error *err)
{
  const gsl_vector *y = test->y;
  size_t m = y->size;
  double sum = 0;

  for (size_t j = 0; j < m; j++)
    sum += a->sd_mean[j];
  *out = (bd_fold_result){
    .mse = bd_score_mse (y->data, a->mean, m),
    .truth
    = test->truth ? bd_score_mse (test->truth->data, a->mean, m) : GSL_NAN,
    .nll = bd_score_nll (y->data, a->mean, a->sd_pred, m),
    .crps = bd_score_crps (y->data, a->mean, a->sd_pred, m),
    .cover = bd_score_cover (y->data, a->mean, a->sd_pred, m, BD_LEVEL),
    .width = bd_score_width (a->sd_pred, m, BD_LEVEL),
    .sd_mean = sum / (double)m,
    .seconds = a->seconds,
    .tuned = a->tuned,
    .share = a->share,
    .members = a->members,
    .failed = a->failed,
    .fits = a->fits,
    .mixture = q->kind == BD_DROPOUT ? bd_score_nll_mixture (
                   y->data, a->keep, a->kept, a->keep_points, a->noise_mixture)
                                     : GSL_NAN,
  };
  int code = c->splits == 1 ? keep_errors (a, y, out) : GSL_SUCCESS;
  if (!code)
    code = bd_identity_check (q, a, y->data, out, err);
  if (!code)
    code = bd_exchange_scores (q, a, y->data, out);
  return code ? code : bd_grow (a, y->data, out->growth);
}

/* One piece of work: a method on one split, or on all rows (split J).  */
typedef struct
{
  size_t method, split;
} job;

/* Both rows of a dropout network come from one training.  */
static size_t
partner (const bd_comparison *c, size_t k)
{
  return c->row[k].method->kind == BD_DROPOUT ? k - 1 : k;
}

static int
run_full (bd_comparison *c, bd_task *t, size_t k, bd_error *err)
{
  size_t other = partner (c, k);

  t->X = c->data->X;
  t->y = c->data->y;
  t->P = c->F;
  t->kept = DRAWN;
  t->keep_points = c->grid;
  return bd_method_answer (c->row[k].method, t, &c->full[k],
                           other != k ? &c->full[other] : NULL, err);
}

static int
train_split (bd_comparison *c, bd_task *t, size_t k, size_t split,
             const bd_held *h, bd_error *err)
{
  size_t other = partner (c, k);
  bd_answer a = { 0 }, b = { 0 };

  /* One of a pair may have been recalled without the other.  */
  free (c->row[k].fold[split].error);
  c->row[k].fold[split].error = NULL;
  t->X = h->train->X;
  t->y = h->train->y;
  t->P = h->test->X;
  t->kept = GSL_MAX (GSL_MAX (t->members, t->masks), t->nets);
  t->keep_points = GSL_MIN (h->test->n, BD_GROWN);
  int code = bd_method_answer (c->row[k].method, t, &a, other != k ? &b : NULL,
                               err);
  if (!code)
    code = score (c, c->row[k].method, &a, h->test, &c->row[k].fold[split],
                  err);
  if (!code && other != k)
    code = score (c, c->row[other].method, &b, h->test,
                  &c->row[other].fold[split], err);
  bd_answer_free (&a);
  bd_answer_free (&b);
  return code;
}

/* What an earlier run found on this split, or else what it is.  */
static int
run_split (bd_comparison *c, bd_task *t, size_t k, size_t split, bd_error *err)
{
  size_t other = partner (c, k);
  bd_held h;
  int code = bd_held_take (c, split, &h);
  bool known = !code && bd_kept_recall (c, k, split, h.test->n);
  bool both = known && bd_kept_recall (c, other, split, h.test->n);

  if (!code && !both)
    code = train_split (c, t, k, split, &h, err);
  if (!code && !known)
    code = bd_kept_keep (c, k, split, err);
  if (!code && !both && other != k)
    code = bd_kept_keep (c, other, split, err);
  if (code && err && !err->text[0])
    BD_FAIL (err, code, "no memory for split %zu of %zu rows", split + 1,
             c->data->n);
  bd_held_give (&h);
  return code;
}

static int
run_job (bd_comparison *c, job j, bd_error *err)
{
  const bd_compare_options *o = &c->options;
  bd_task t = { .seed = bd_rng_derive (o->seed, 1000 + j.split),
                .members = o->members,
                .nets = o->nets,
                .masks = o->masks,
                .network = o->network };

  return j.split == c->splits ? run_full (c, &t, j.method, err)
                              : run_split (c, &t, j.method, j.split, err);
}

/* Rough cost of a method, for the order of the work and the progress line:
   network trainings count most.  */
static double
cost (const bd_comparison *c, size_t k)
{
  const bd_compare_options *o = &c->options;
  const bd_method *q = c->row[k].method;
  size_t members = q->fitter == &bd_fitter_net ? o->nets : o->members;
  double fits = q->kind == BD_SINGLE || q->kind == BD_DROPOUT ? 1
                : q->members ? (double)q->members
                             : (double)members;

  if (q->kind == BD_SEEDS)
    fits += 12;
  if (q->kind == BD_SINGLE || q->kind == BD_DROPOUT)
    fits += 0.6 * (double)(q->inner * GSL_MAX (q->values, 1));
  else if (q->tuned)
    fits += 2.4 * (double)(q->inner * q->values);
  return q->fitter == &bd_fitter_net ? fits : 0.02 * fits;
}

/* True for a method that is trained: one that was chosen, or whose training
   another needs.  */
static bool
is_wanted (const bd_comparison *c, size_t k)
{
  return c->row[k].method && c->row[k].method->kind != BD_SCALING
         && (c->options.use[k] || c->options.use[partner (c, k)]);
}

/* The jobs, dearest first, so that threads end together.  */
static size_t
make_jobs (const bd_comparison *c, job jobs[])
{
  size_t order[BD_COMPARED], count = 0;
  double price[BD_COMPARED];

  for (size_t k = 0; k < BD_COMPARED; k++)
    price[k] = c->row[k].method ? -cost (c, k) : 0;
  gsl_sort_index (order, price, 1, BD_COMPARED);
  for (size_t i = 0; i < BD_COMPARED; i++)
    for (size_t s = 0; s <= c->splits; s++)
      if (is_wanted (c, order[i]))
        jobs[count++] = (job){ order[i], s };
  return count;
}

/* What run_job and cost are told.  */
typedef struct
{
  bd_comparison *c;
  const job *jobs;
} work;

static int
run_one (void *params, size_t i, bd_error *err)
{
  const work *w = params;

  return run_job (w->c, w->jobs[i], err);
}

static double
cost_one (const void *params, size_t i)
{
  const work *w = params;

  return cost (w->c, w->jobs[i].method);
}

static int
run_jobs (bd_comparison *c, const job jobs[], size_t count, bd_error *err)
{
  work w = { c, jobs };
  const bd_jobs all = { .count = count,
                        .threads = c->options.threads,
                        .run = run_one,
                        .cost = cost_one,
                        .params = &w,
                        .progress = c->options.progress };

  return bd_jobs_run (&all, err);
}

bd_comparison *
bd_compare (const bd_dataset *s, const bd_compare_options *o, bd_error *err)
{
  bd_comparison *c = calloc (1, sizeof *c);
  job *jobs = NULL;

  bd_blas_one_thread ();
  if (!c)
    goto no_memory;
  c->options = *o;
  c->data = s;
  bd_held_count (c);
  jobs = calloc ((c->splits + 1) * BD_COMPARED, sizeof *jobs);
  if (!jobs || make_points (c))
    goto no_memory;
  for (size_t k = 0; k < BD_COMPARED; k++)
    {
      c->row[k].method = bd_own_method (o->own, k);
      c->row[k].fold = calloc (c->splits, sizeof *c->row[k].fold);
      if (!c->row[k].fold)
        goto no_memory;
    }
  if (run_jobs (c, jobs, make_jobs (c, jobs), err))
    goto fail;
  bd_compare_summarise (c);
  free (jobs);
  return c;
no_memory:
  BD_FAIL (err, GSL_ENOMEM, "no memory for a comparison of %zu rows", s->n);
fail:
  free (jobs);
  bd_comparison_free (c);
  return NULL;
}
