#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <time.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "../data/levels.h"
#include "../score/score.h"
#include "../variance/mean.h"
#include "bagging_job.h"
#include "inner.h"

#define FEW 15
#define FIRST 256 /* members before a target is looked at */
#define TRIED 64  /* quick members that a cost is estimated from */

/* P with the rows of X below it.  */
static gsl_matrix *
stacked (const gsl_matrix *P, const gsl_matrix *X)
{
  size_t m = P->size1;
  gsl_matrix *S = gsl_matrix_alloc (m + X->size1, X->size2);

  for (size_t i = 0; S && i < S->size1; i++)
    {
      gsl_vector_const_view row = i < m ? gsl_matrix_const_row (P, i)
                                        : gsl_matrix_const_row (X, i - m);
      gsl_matrix_set_row (S, i, &row.vector);
    }
  return S;
}

int
bd_job_fit (const bd_job *j, double fitted[], bd_error *err)
{
  const bd_fitter_type *f = j->o->fitter;
  size_t n = j->X->size1;
  void *plan = f->plan (&j->set, j->X, j->o->y, j->X, err);
  void *work = plan ? f->work (plan) : NULL;
  double *w = bd_array (n, 1);
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  int code = plan ? GSL_ENOMEM : GSL_EFAILED;

  for (size_t i = 0; w && i < n; i++)
    w[i] = 1;
  if (work && w && r)
    {
      bd_rng_seek (r, j->o->seed, BD_LANE_FIT, UINT64_MAX);
      code = f->fit (plan, work, w, r);
      if (!code)
        code = f->predict (plan, work, fitted);
      if (code)
        BD_FAIL (err, code, "%s: all rows together cannot be fitted",
                 f->title);
    }
  f->free_work (work);
  f->free_plan (plan);
  gsl_rng_free (r);
  free (w);
  return code;
}

/* Inputs and points as the fitter takes them.  */
static int
take_inputs (bd_job *j)
{
  const bd_bagging *o = j->o;
  bool codes = o->fitter->categories;
  const size_t *levels = codes ? NULL : o->set.levels;
  gsl_matrix *P = bd_levels_expand (o->P, levels);

  j->X = bd_levels_expand (o->X, levels);
  if (j->X && P && o->resample->some_left)
    j->S = stacked (P, j->X);
  else if (j->X && P)
    {
      j->S = P;
      P = NULL;
    }
  gsl_matrix_free (P);
  if (!codes)
    j->set.levels = NULL;
  return j->S ? GSL_SUCCESS : GSL_ENOMEM;
}

static int
take_rows (bd_job *j, bd_error *err)
{
  const bd_bagging *o = j->o;

  j->rows = o->rows;
  j->rows.n = j->X->size1;
  if (!o->resample->responds)
    return GSL_SUCCESS;
  j->fitted = bd_array (j->rows.n, 1);
  if (!j->fitted)
    return GSL_ENOMEM;
  j->rows.response = o->y->data;
  j->rows.fitted = j->fitted;
  return bd_job_fit (j, j->fitted, err);
}

static int
make_moments (bd_job *j)
{
  const bd_bagging *o = j->o;
  size_t n = j->rows.n, m = o->P->size1, units = j->source.units;
  bd_moments shape = { .n = units,
                       .width = j->source.width,
                       .m = j->S->size1,
                       .mc = GSL_MIN (m, o->places / GSL_MAX (units, 1)),
                       .self = j->S->size1,
                       .whole = o->resample->whole };

  if (o->resample->some_left)
    {
      shape.self = m;
      shape.rows = n;
      shape.seen = shape.width - n;
    }
  for (size_t k = 0; o->estimator[k]; k++)
    {
      shape.apart |= o->estimator[k]->apart;
      shape.split |= o->estimator[k]->split;
    }
  shape.apart |= o->interval.type && o->interval.type->apart;
  if (o->places > 0)
    shape.little = bd_resample_little_bag (o->resample, &o->scheme);
  if (o->places > 0 && shape.mc == 0)
    shape.mc = 1;
  j->moments = bd_moments_like (&shape);
  j->V = bd_array (shape.m, 1);
  j->se = bd_array (shape.m, 1);
  j->scratch = bd_array (2 * shape.rows, 1);
  return j->moments && j->V && j->se && j->scratch ? GSL_SUCCESS : GSL_ENOMEM;
}

static int
no_memory (const bd_job *j, bd_error *err)
{
  if (err && err->text[0])
    return GSL_EFAILED;
  return BD_FAIL (err, GSL_ENOMEM, "no memory for %zu rows and %zu points",
                  j->o->X->size1, j->o->P->size1);
}

/* Where the members come from, once the bag is known.  */
static int
take_source (bd_job *j, bd_error *err)
{
  const bd_stored *a = j->o->stored;
  const bd_source s = bd_bag_source (&j->bag);

  j->source = a ? bd_stored_source (a) : s;
  if (!a
      || (a->units == s.units && a->width == s.width && a->points == s.points
          && bd_stored_gap (a) == bd_bagging_members (j->o)))
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_EINVAL, "the members do not belong to these data");
}

int
bd_job_open (bd_job *j, const bd_bagging *o, bd_error *err)
{
  int code = bd_bagging_check (o, err);

  *j = (bd_job){ .o = o, .set = o->set };
  if (code)
    return code;
  if (take_inputs (j) || take_rows (j, err))
    return no_memory (j, err);
  j->plan = o->fitter->plan (&j->set, j->X, o->y, j->S, err);
  if (!j->plan)
    return no_memory (j, err);
  j->bag = (bd_bag){ .fitter = o->fitter,
                     .plan = j->plan,
                     .resample = o->resample,
                     .n = j->rows.n,
                     .m = j->S->size1,
                     .seed = o->seed,
                     .scheme = &o->scheme,
                     .rows = &j->rows,
                     .features = o->features,
                     .set = &j->set,
                     .X = j->X,
                     .P = j->S,
                     .y = o->y };
  if (take_source (j, err))
    return GSL_EINVAL;
  j->factor = bd_resample_ij_factor (o->resample, &o->scheme, &j->rows);
  j->little = bd_resample_little_factor (o->resample, &o->scheme, &j->rows);
  return make_moments (j) ? no_memory (j, err) : GSL_SUCCESS;
}

void
bd_job_close (bd_job *j)
{
  if (j->plan)
    j->o->fitter->free_plan (j->plan);
  gsl_matrix_free (j->X);
  gsl_matrix_free (j->S);
  free (j->fitted);
  bd_moments_free (j->moments);
  free (j->V);
  free (j->se);
  free (j->scratch);
}

int
bd_bagging_check (const bd_bagging *o, bd_error *err)
{
  bd_rows rows = o->rows;
  int code = bd_job_parts_check (o, err);

  if (code)
    return code;
  rows.n = o->X->size1;
  if (o->features > o->X->size2)
    return BD_FAIL (err, GSL_EINVAL,
                    "%zu inputs for each member, but the data have %zu",
                    o->features, o->X->size2);
  code = bd_interval_check (o->interval.type, o->resample, err);
  if (code)
    return code;
  return bd_resample_check (o->resample, &o->scheme, &rows, err);
}

/* COUNT members more.  */
static int
run (bd_job *j, uint64_t count, bd_error *err)
{
  const bd_bagging *o = j->o;
  const bd_run_options options = { .first = j->moments->members,
                                   .members = count,
                                   .threads = o->threads,
                                   .keep = o->keep,
                                   .kept = o->kept,
                                   .keep_points = o->keep_points,
                                   .each = o->each,
                                   .params = o->params,
                                   .progress = o->progress };

  return bd_run (&j->source, &options, j->moments) ? no_memory (j, err)
                                                   : GSL_SUCCESS;
}

uint64_t
bd_job_guess (const bd_job *j)
{
  const bd_moments *a = j->moments;

  return bd_variance_mean_members (a, a->little ? j->little : j->factor, j->V,
                                   j->se, j->o->target);
}

/* Blocks of members until the target is met.  */
static int
run_to_target (bd_job *j, bd_error *err)
{
  uint64_t most = j->o->members, next = GSL_MIN (FIRST, most);
  uint64_t block = bd_moments_members (j->moments);
  int code = GSL_SUCCESS;

  while (!code && j->moments->members < next)
    {
      code = run (j, next - j->moments->members, err);
      if (code || bd_job_error (j) <= j->o->target)
        break;
      next = GSL_MAX (bd_job_guess (j), next + block);
      next = (next + block - 1) / block * block;
      next = GSL_MIN (next, most);
    }
  return code;
}

int
bd_job_members (bd_job *j, bd_error *err)
{
  bool open_end = j->o->target > 0 && !j->o->resample->members;
  int code = open_end ? run_to_target (j, err)
                      : run (j, bd_bagging_members (j->o), err);

  if (!code && j->moments->failed == j->moments->members)
    return BD_FAIL (
        err, GSL_EFAILED, "%s: none of %llu members could be fitted",
        j->o->fitter->title, (unsigned long long)j->moments->members);
  return code;
}

int
bd_job_noise (const bd_job *j, double *noise, size_t *fits, bd_error *err)
{
  const bd_bagging *o = j->o;
  const bd_method q = { .title = o->fitter->title,
                        .kind = BD_BAGGING,
                        .fitter = o->fitter,
                        .knobs = "",
                        .inner = 5 };
  const bd_task t = { .X = j->X,
                      .y = o->y,
                      .P = j->X,
                      .seed = o->seed,
                      .members = j->moments->members,
                      .nets = j->moments->members };
  bd_ensemble e
      = { .method = &q, .set = j->set, .seed = o->seed, .fits = fits };
  bd_residuals res;
  double tuned;
  int code = bd_residuals_init (&res, j->X->size1, 0, 0);

  if (!code)
    code = bd_tune (&e, &t, &res, &tuned, err);
  /* Parts of so few rows may be too small to be fitted.  */
  if (code && res.n < FEW)
    {
      *noise = GSL_NAN;
      code = GSL_SUCCESS;
      if (err)
        err->text[0] = '\0';
    }
  else if (!code)
    *noise = sqrt (bd_score_noise (res.best_r2, res.best_v, res.n));
  bd_residuals_free (&res);
  return code;
}

static double
now (void)
{
  struct timespec t;
  clock_gettime (CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Numbers that the arrays of a run hold: data, moments and blocks for each
   thread.  The fitter's plan is not known here.  */
static double
numbers_held (const bd_job *j, int lanes)
{
  const bd_moments *a = j->moments;
  double products = (double)a->n * (double)a->mc * (1 + a->apart + a->split);
  double moments = products + 3. * (double)a->n + 5. * (double)a->m;
  double blocks = (double)bd_moments_members (a)
                  * ((double)a->width * (a->apart ? 2 : 1) + (double)a->m);
  double data = (double)(j->X->size1 + j->S->size1) * (double)j->X->size2;

  return data + moments + lanes * (moments + blocks);
}

int
bd_bagging_cost (const bd_bagging *o, bd_bag_cost *cost, bd_error *err)
{
  bd_bagging few = *o;
  bd_job j;
  double start = now ();

  few.threads = 1;
  few.each = NULL;
  few.progress = (bd_progress){ NULL, NULL };
  int code = bd_job_open (&j, &few, err);
  double opened = now (), tried = 0;
  if (!code)
    {
      uint64_t count = GSL_MIN (bd_bagging_members (&few), TRIED);
      code = run (&j, GSL_MIN (count, 2), err);
      bool quick = (now () - opened) * (double)count < 4;
      bd_moments_reset (j.moments);
      tried = now ();
      if (!code)
        code = run (&j, quick ? count : GSL_MIN (count, 2), err);
      tried = (now () - tried) / (double)j.moments->members;
    }
  if (!code)
    {
      bool open_end = o->target > 0 && !o->resample->members;
      int lanes = o->threads < 1 ? bd_run_threads () : o->threads;
      cost->members = bd_bagging_members (&few);
      if (open_end)
        {
          bd_job_error (&j);
          cost->members = GSL_MIN (o->members, bd_job_guess (&j));
        }
      cost->bytes = 8 * numbers_held (&j, lanes);
      cost->seconds
          = (opened - start + tried * (double)cost->members / (double)lanes)
            * (1 + (double)bd_interval_fits (&o->interval, j.rows.n));
    }
  bd_job_close (&j);
  return code;
}
