/* The one loop: experiments times repetitions, each a job of its own.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/blas.h"
#include "../ensemble/run.h"
#include "../study/jobs.h"
#include "cast.h"
#include "verdict.h"

bd_perspective_options
bd_perspective_options_default (void)
{
  const bd_scenario *sine = bd_scenario_find ("sine");

  return (bd_perspective_options){ .scenario = sine,
                                   .n = sine->rows,
                                   .noise = sine->noise,
                                   .mask = "bernoulli",
                                   .R = 50,
                                   .nets = 10,
                                   .masks = 100,
                                   .seed = 1 };
}

void
bd_picture_free (bd_picture *p)
{
  free (p->x);
  free (p->truth);
  free (p->mean);
  free (p->member);
  free (p->point);
  *p = (bd_picture){ 0 };
}

void
bd_perspective_run_free (bd_perspective_run *a)
{
  if (!a)
    return;
  for (size_t i = 0; i < a->count; i++)
    {
      bd_perspective_result *p = &a->result[i];
      bd_layout_free (&p->layout);
      free (p->value);
      for (size_t k = 0; k < BD_PICTURES; k++)
        bd_picture_free (&p->picture[k]);
    }
  free (a);
}

bool
bd_perspective_suits (const bd_perspective *p, const bd_perspective_options *o,
                      char why[BD_ERROR_SIZE])
{
  const bd_dataset *data = o->scenario ? NULL : o->data;
  size_t rows, test;
  double ratio;

  *why = '\0';
  bd_repetition_rows (o, &rows, &test, &ratio);
  if (data && data->classes && p->classes)
    snprintf (why, BD_ERROR_SIZE, "%s", p->classes);
  else if (rows < p->least && data && o->n < p->least)
    snprintf (why, BD_ERROR_SIZE,
              "it needs %zu rows to train on, and no more than %zu may be "
              "trained on",
              p->least, o->n);
  else if (rows < p->least && data)
    snprintf (why, BD_ERROR_SIZE,
              "it trains on two thirds of the rows and needs %zu of them, so "
              "%zu rows; there are %zu",
              p->least, p->least + p->least / 2, data->n);
  else if (rows < p->least)
    snprintf (why, BD_ERROR_SIZE, "it needs %zu rows and a data set has %zu",
              p->least, rows);
  return !*why;
}

/* Room for the records, all unknown.  */
static int
prepare (bd_perspective_run *a, bd_perspective_result *p)
{
  size_t R = a->options.R;

  if (!bd_perspective_suits (p->type, &a->options, p->skipped))
    return GSL_SUCCESS;
  if (p->type->plan (&a->options, &p->layout)
      || !(p->value = bd_array (R, p->layout.size)))
    return GSL_ENOMEM;
  for (size_t k = 0; k < R * p->layout.size; k++)
    p->value[k] = GSL_NAN;
  return GSL_SUCCESS;
}

/* Jobs that are left to do.  */
typedef struct
{
  size_t result, r;
} job;

typedef struct
{
  bd_perspective_run *a;
  const bd_record_store *records;
  job *jobs;
  size_t count;
} work;

static void
list_jobs (work *w)
{
  bd_perspective_run *a = w->a;

  for (size_t i = 0; i < a->count; i++)
    {
      bd_perspective_result *p = &a->result[i];
      for (size_t r = 0; !*p->skipped && r < a->options.R; r++)
        {
          double *v = p->value + r * p->layout.size;
          if (bd_store_recall (w->records, p->number - 1, r, p->layout.size,
                               v))
            a->recalled++;
          else
            w->jobs[w->count++] = (job){ i, r };
        }
    }
}

static int
run_one (void *params, size_t i, bd_error *err)
{
  work *w = params;
  const bd_perspective_options *o = &w->a->options;
  bd_perspective_result *p = &w->a->result[w->jobs[i].result];
  size_t r = w->jobs[i].r;
  double *v = p->value + r * p->layout.size;
  bd_repetition rep;
  int code = bd_repetition_make (&rep, o, r);

  bd_blas_one_thread ();
  if (!code)
    code = p->type->measure (&rep, &p->layout, v, err);
  bd_repetition_free (&rep);
  if (code == GSL_ERUNAWAY)
    for (size_t k = 0; k < p->layout.size; k++)
      v[k] = GSL_NAN;
  else if (code)
    return err->text[0] ? code : BD_FAIL (err, code, "no memory");
  return bd_store_keep (w->records, p->number - 1, r, p->layout.size, v, err);
}

static double
cost_one (const void *params, size_t i)
{
  const work *w = params;
  return w->a->result[w->jobs[i].result].type->cost;
}

/* Records of trainings that diverged hold nothing.  */
static int
count_failed (const bd_perspective_run *a, bd_perspective_result *p,
              bd_error *err)
{
  size_t R = a->options.R;

  for (size_t r = 0; r < R; r++)
    {
      const double *v = p->value + r * p->layout.size;
      bool known = false;
      for (size_t k = 0; !known && k < p->layout.size; k++)
        known = !gsl_isnan (v[k]);
      p->failed += !known;
    }
  if (2 * p->failed <= R)
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_ERUNAWAY,
                  "perspective %zu: in %zu of %zu repetitions the training "
                  "loss was not finite; lower the learning rate (--network "
                  "rate=...)",
                  p->number, p->failed, R);
}

/* The curves of the first repetition.  */
static int
draw_picture (const bd_perspective_run *a, bd_perspective_result *p,
              bd_error *err)
{
  const bd_perspective_options *o = &a->options;
  size_t d = o->scenario ? o->scenario->d : o->data->d;
  bd_repetition rep;

  if (!p->type->picture || d > 1)
    return GSL_SUCCESS;
  int code = bd_repetition_make (&rep, o, 0);
  if (!code)
    code = p->type->picture (&rep, &p->layout, p->picture, err);
  bd_repetition_free (&rep);
  return code == GSL_ERUNAWAY ? GSL_SUCCESS : code;
}

static int
finish (bd_perspective_run *a, bd_error *err)
{
  int code = GSL_SUCCESS;

  for (size_t i = 0; !code && i < a->count; i++)
    {
      bd_perspective_result *p = &a->result[i];
      if (*p->skipped)
        continue;
      code = count_failed (a, p, err);
      if (!code)
        code = bd_perspective_judge (a, p);
      if (!code)
        code = draw_picture (a, p, err);
    }
  return code;
}

static int
run_all (work *w, bd_error *err)
{
  bd_perspective_run *a = w->a;
  int code = GSL_SUCCESS;

  for (size_t i = 0; !code && i < a->count; i++)
    code = prepare (a, &a->result[i]);
  w->jobs = calloc (a->count * a->options.R + 1, sizeof *w->jobs);
  if (code || !w->jobs)
    return GSL_ENOMEM;
  list_jobs (w);
  const bd_jobs all = { .count = w->count,
                        .threads = a->options.threads,
                        .run = run_one,
                        .cost = cost_one,
                        .params = w,
                        .progress = a->options.progress };
  code = bd_jobs_run (&all, err);
  return code ? code : finish (a, err);
}

bd_perspective_run *
bd_perspectives_do (const bd_perspective_options *o,
                    const bool chosen[BD_PERSPECTIVES],
                    const bd_record_store *records, bd_error *err)
{
  bd_error own = { "" };
  bd_net_options base;
  bd_mask mask;
  bd_perspective_run *a = calloc (1, sizeof *a);
  work w = { .a = a, .records = records };

  if (!err)
    err = &own;
  if (!a)
    {
      BD_FAIL (err, GSL_ENOMEM, "no memory");
      return NULL;
    }
  a->options = *o;
  bd_repetition_rows (o, &a->rows, &a->test, &a->ratio);
  for (size_t k = 0; k < BD_PERSPECTIVES; k++)
    if (chosen[k])
      a->result[a->count++]
          = (bd_perspective_result){ .type = bd_perspectives[k],
                                     .number = k + 1 };
  int code
      = bd_cast_choose (o, o->data ? o->data->classes : 0, &base, &mask, err);
  if (!code)
    code = run_all (&w, err);
  free (w.jobs);
  if (!code)
    return a;
  if (!err->text[0])
    BD_FAIL (err, code, "no memory for %zu repetitions", o->R);
  bd_perspective_run_free (a);
  return NULL;
}
