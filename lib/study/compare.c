#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>
#include <string.h>

#include "../base/blas.h"
#include "../base/rng.h"
#include "../ensemble/run.h"
#include "compare.h"
#include "compare_points.h"
#include "compare_score.h"
#include "held.h"
#include "jobs.h"
#include "kept.h"
#include "summary.h"

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
  bd_splits_free (c->strata);
  free (c);
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

  t->labels = c->options.labels;
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
  t->labels = h->labels.levels ? &h->labels : NULL;
  t->X = h->train->X;
  t->y = h->train->y;
  t->P = h->test->X;
  t->kept = GSL_MAX (GSL_MAX (t->members, t->masks), t->nets);
  t->keep_points = GSL_MIN (h->test->n,
                            BD_GROWN / c->response->places (c->data->classes));
  int code = bd_method_answer (c->row[k].method, t, &a, other != k ? &b : NULL,
                               err);
  if (!code)
    code = bd_compare_score (c, c->row[k].method, &a, h->test,
                             &c->row[k].fold[split], err);
  if (!code && other != k)
    code = bd_compare_score (c, c->row[other].method, &b, h->test,
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
                .classes = c->data->classes,
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

/* Row K is of method Q; of classes by its other title.  */
static int
set_method (bd_comparison *c, size_t k, const bd_method *q, bd_error *err)
{
  bd_compare_row *row = &c->row[k];

  row->method = q;
  row->fold = calloc (c->splits, sizeof *row->fold);
  if (!row->fold)
    return BD_FAIL (err, GSL_ENOMEM, "no memory for %zu splits", c->splits);
  if (!q || !c->data->classes)
    return GSL_SUCCESS;
  if (c->options.use[k] && !bd_method_classes (q))
    return BD_FAIL (err, GSL_EINVAL,
                    "%s (%s) predicts numbers, and the response has classes",
                    q->name, q->title);
  c->class_method[k] = *q;
  if (q->class_title)
    c->class_method[k].title = q->class_title;
  row->method = &c->class_method[k];
  return GSL_SUCCESS;
}

/* The splits and the rows of C, before anything is fitted.  */
static int
prepare (bd_comparison *c, bd_error *err)
{
  int code = bd_held_count (c, err);

  if (!code && c->data->classes)
    code = bd_held_check (c, err);
  for (size_t k = 0; !code && k < BD_COMPARED; k++)
    code = set_method (c, k, bd_own_method (c->options.own, k), err);
  if (!code && bd_compare_points (c))
    code = BD_FAIL (err, GSL_ENOMEM, "no memory for a comparison of %zu rows",
                    c->data->n);
  return code;
}

/* A comparison before anything is fitted.  */
static bd_comparison *
begin (const bd_dataset *s, const bd_compare_options *o, bd_error *err)
{
  bd_comparison *c = calloc (1, sizeof *c);

  bd_blas_one_thread ();
  if (!c)
    {
      BD_FAIL (err, GSL_ENOMEM, "no memory for a comparison of %zu rows",
               s->n);
      return NULL;
    }
  c->options = *o;
  c->data = s;
  c->response = bd_response_of (s->classes);
  if (prepare (c, err) == GSL_SUCCESS)
    return c;
  bd_comparison_free (c);
  return NULL;
}

bd_comparison *
bd_compare (const bd_dataset *s, const bd_compare_options *o, bd_error *err)
{
  bd_comparison *c = begin (s, o, err);
  job *jobs = NULL;
  int code = c ? GSL_SUCCESS : GSL_EFAILED;

  if (!code && !(jobs = calloc ((c->splits + 1) * BD_COMPARED, sizeof *jobs)))
    code = BD_FAIL (err, GSL_ENOMEM, "no memory for %zu splits", c->splits);
  if (!code)
    code = run_jobs (c, jobs, make_jobs (c, jobs), err);
  if (!code)
    bd_compare_summarise (c);
  free (jobs);
  if (!code)
    return c;
  bd_comparison_free (c);
  return NULL;
}

int
bd_compare_train (const bd_dataset *s, const bd_compare_options *o, size_t k,
                  bd_error *err)
{
  bd_comparison *c = begin (s, o, err);

  if (!c)
    return GSL_EFAILED;
  if (c->row[k].method->kind == BD_SCALING)
    k++;
  int code = run_job (c, (job){ k, c->splits }, err);
  bd_comparison_free (c);
  return code;
}
