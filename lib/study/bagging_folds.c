/* Bags without a part of the rows.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../base/rng.h"
#include "../data/split.h"
#include "bagging_intervals.h"
#include "inner.h"

/* Streams of seeds.  */
enum
{
  CUT = 1, /* as for all cross-validation inside the rows */
  FIT = 1000
};

/* The rows without one part of them.  */
typedef struct
{
  bd_bagging o;
  gsl_matrix *X, *P;
  gsl_vector *y;
  size_t *label;
} part;

static void
free_part (part *q)
{
  gsl_matrix_free (q->X);
  gsl_matrix_free (q->P);
  gsl_vector_free (q->y);
  free (q->label);
}

/* The points of O with all its rows below them.  */
static gsl_matrix *
points_and_rows (const bd_bagging *o)
{
  size_t m = o->P->size1, n = o->X->size1, d = o->X->size2;
  gsl_matrix *P = gsl_matrix_alloc (m + n, d);

  for (size_t i = 0; P && i < m + n; i++)
    for (size_t k = 0; k < d; k++)
      gsl_matrix_set (P, i, k,
                      i < m ? gsl_matrix_get (o->P, i, k)
                            : gsl_matrix_get (o->X, i - m, k));
  return P;
}

/* Labels of the rows that are left, numbered without gaps.  */
static int
take_labels (part *q, const bd_bagging *o, const bd_split *s)
{
  size_t labels = o->rows.labels, used = 0;
  size_t *number = calloc (labels ? labels : 1, sizeof *number);

  q->label = calloc (s->train ? s->train : 1, sizeof *q->label);
  if (!number || !q->label)
    {
      free (number);
      return GSL_ENOMEM;
    }
  for (size_t i = 0; i < s->train; i++)
    {
      size_t *to = &number[o->rows.label[s->row[i]]];
      if (*to == 0)
        *to = ++used;
      q->label[i] = *to - 1;
    }
  q->o.rows.label = q->label;
  q->o.rows.labels = used;
  free (number);
  return GSL_SUCCESS;
}

static int
take_part (part *q, const bd_bagging *o, const bd_split *s)
{
  *q = (part){ .o = *o };
  q->P = points_and_rows (o);
  if (!q->P || bd_take_rows (o->X, o->y, s->row, s->train, &q->X, &q->y))
    return GSL_ENOMEM;
  if (o->rows.label && take_labels (q, o, s))
    return GSL_ENOMEM;
  q->o.X = q->X;
  q->o.y = q->y;
  q->o.P = q->P;
  q->o.rows.n = s->train;
  q->o.each = NULL;
  q->o.keep = NULL;
  q->o.target = 0;
  q->o.places = 0;
  q->o.estimator[0] = NULL;
  q->o.interval.type = NULL;
  return GSL_SUCCESS;
}

/* What the members A say without part K, which S holds out.  */
static void
put_part (const bd_moments *a, const bd_split *s, const gsl_vector *y,
          size_t k, bd_held_parts *h)
{
  for (size_t j = 0; j < h->m; j++)
    {
      h->mean[k * h->m + j] = a->t[j];
      h->sd[k * h->m + j] = sqrt (a->t2[j] / a->p);
    }
  for (size_t i = s->train; i < h->n; i++)
    {
      size_t row = s->row[i], at = h->m + row;
      h->part[row] = k;
      h->r[row] = gsl_vector_get (y, row) - a->t[at];
      h->s[row] = sqrt (a->t2[at] / a->p);
    }
  for (size_t i = 0; i < s->train; i++)
    h->usual[k] += sqrt (a->t2[h->m + s->row[i]] / a->p) / (double)s->train;
}

static int
run_part (const bd_bagging *o, uint64_t members, const bd_split *s, size_t k,
          bd_held_parts *h, bd_error *err)
{
  part q;
  bd_job j = { .o = NULL };
  int code = take_part (&q, o, s);

  q.o.members = members;
  q.o.seed = bd_rng_derive (o->seed, FIT + k);
  if (code)
    BD_FAIL (err, code, "no memory for a bag without some rows");
  else
    {
      code = bd_job_open (&j, &q.o, err);
      if (!code)
        code = bd_job_members (&j, err);
      if (!code)
        put_part (j.moments, s, o->y, k, h);
      bd_job_close (&j);
    }
  free_part (&q);
  return code;
}

/* The rows whose groups G holds out, after the others.  */
static bd_split *
split_groups (const bd_rows *rows, size_t n, const bd_split *g)
{
  bd_split *s = calloc (1, sizeof *s);
  bool *out = calloc (rows->labels, sizeof *out);

  if (s && out)
    s->row = calloc (n, sizeof *s->row);
  if (!s || !out || !s->row)
    {
      bd_split_free (s);
      free (out);
      return NULL;
    }
  s->n = n;
  for (size_t i = g->train; i < g->n; i++)
    out[g->row[i]] = true;
  for (size_t i = 0; i < n; i++)
    if (!out[rows->label[i]])
      s->row[s->train++] = i;
  for (size_t i = 0; i < n; i++)
    if (out[rows->label[i]])
      s->row[s->train + s->test++] = i;
  free (out);
  return s;
}

/* Part K of PARTS, of rows or of groups of rows.  */
static bd_split *
cut (const bd_bagging *o, bool groups, size_t parts, size_t k)
{
  size_t n = o->X->size1;
  uint64_t seed = bd_rng_derive (o->seed, CUT);
  bd_split *s = bd_split_fold (groups ? o->rows.labels : n, parts, k, seed);

  if (!s || !groups)
    return s;
  bd_split *rows = split_groups (&o->rows, n, s);
  bd_split_free (s);
  return rows;
}

int
bd_bagging_folds (const bd_bagging *o, uint64_t members, bd_held_parts *h,
                  bd_error *err)
{
  size_t n = o->X->size1;
  bool groups = o->resample->units && o->resample->labels;
  size_t parts = bd_interval_parts (&o->interval, groups ? o->rows.labels : n);
  size_t fits = bd_interval_fits (&o->interval, groups ? o->rows.labels : n);
  int code = bd_held_parts_init (h, n, o->P->size1, fits);

  for (size_t k = 0; !code && k < fits; k++)
    {
      bd_split *s = cut (o, groups, parts, k);
      code = s ? run_part (o, members, s, k, h, err) : GSL_ENOMEM;
      bd_split_free (s);
    }
  if (code && err && !err->text[0])
    BD_FAIL (err, code, "no memory for %zu rows and %zu points", n,
             o->P->size1);
  return code;
}
