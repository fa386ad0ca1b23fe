#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../score/conformal.h"
#include "bagging_intervals.h"

#define WIDE 8 /* points that are gathered together: a cache line */

/* Rows that members left out, one after the other.  */
typedef struct
{
  size_t n;
  size_t *unit;      /* of the row */
  double *e, *s, *v; /* residual; spread; variance of the bag's mean */
  double *r, *mu;    /* |e|; predictions without the row at WIDE points */
  double *scratch;
  double usual; /* mean spread */
} left_out;

static void
free_left_out (left_out *q)
{
  free (q->unit);
  free (q->e);
  free (q->s);
  free (q->v);
  free (q->r);
  free (q->mu);
  free (q->scratch);
}

static int
make_left_out (left_out *q, size_t n)
{
  *q = (left_out){ .unit = calloc (n ? n : 1, sizeof *q->unit) };
  q->e = bd_array (n, 1);
  q->s = bd_array (n, 1);
  q->v = bd_array (n, 1);
  q->r = bd_array (n, 1);
  q->mu = bd_array (n, WIDE);
  q->scratch = bd_array (n, 1);
  return q->unit && q->e && q->s && q->v && q->r && q->mu && q->scratch
             ? GSL_SUCCESS
             : GSL_ENOMEM;
}

/* Rows without a spread count only where none is needed.  */
static void
take_left_out (left_out *q, const bd_job *j, double share, bool scaled)
{
  const bd_moments *a = j->moments;
  bool groups = j->o->resample->units && j->o->resample->labels;
  double sum = 0;

  for (size_t i = 0; a->self < a->m && i < a->rows; i++)
    {
      double K = a->out_p[i];
      bool some = a->whole ? K > 0 : K >= 2;
      if (!(K > 0) || (scaled && !some))
        continue;
      double chance = a->whole || !some ? 0 : 1 / (K - 1);
      double v = a->out_t2[i] / K;
      q->unit[q->n] = groups ? j->rows.label[i] : i;
      q->e[q->n] = gsl_vector_get (j->o->y, i) - a->out_t[i];
      q->r[q->n] = fabs (q->e[q->n]);
      q->s[q->n] = some ? sqrt (v) : GSL_NAN;
      q->v[q->n++] = share * a->t2[a->self + i] / a->p + chance * v;
      sum += some ? sqrt (v) : 0;
    }
  q->usual = q->n ? sum / (double)q->n : 0;
  double least = bd_spread_least (q->n, q->r);
  q->usual = q->usual > least ? q->usual : 0;
  for (size_t i = 0; i < q->n; i++)
    q->s[i] = q->s[i] < least ? 0 : q->s[i];
}

/* WIDE points, or fewer, from FIRST: limits of jackknife+ after bootstrap.  */
static void
limits_jab (bd_intervals *out, const bd_moments *a, left_out *q, size_t first)
{
  size_t wide = GSL_MIN (a->mc - first, WIDE);

  for (size_t i = 0; i < q->n; i++)
    {
      size_t unit = q->unit[i];
      for (size_t k = 0; k < wide; k++)
        q->mu[k * q->n + i]
            = a->t[first + k]
              + a->left_t[unit * a->mc + first + k] / a->left_p[unit];
    }
  for (size_t k = 0; k < wide; k++)
    {
      bd_limits both = bd_conformal_plus (q->n, q->mu + k * q->n, q->r, NULL,
                                          1 - out->level, q->scratch);
      out->lo[first + k] = both.lo;
      out->hi[first + k] = both.hi;
    }
}

/* Members that each leave out one part of the rows, which no other does, make
   CV+; their number, or 0.  */
static size_t
parts_of (const bd_moments *a)
{
  bool once = a->whole && a->p == (double)a->members;

  for (size_t i = 0; once && i < a->n; i++)
    once = a->left_p[i] == 1;
  return once ? (size_t)a->members : 0;
}

static int
fill_jab (bd_intervals *out, const bd_job *j, left_out *q)
{
  size_t parts = parts_of (j->moments);

  bd_intervals_count (out, q->n, 1);
  out->known = j->moments->mc;
  out->promise
      = bd_conformal_promise (1 - out->level, q->n, parts ? parts : q->n);
  for (size_t i = 0; i < out->known; i += WIDE)
    limits_jab (out, j->moments, q, i);
  return bd_intervals_judge_scores (out, q->n, q->s, q->r);
}

/* The same number of rows is cut off on both sides.  */
static int
judge_signed (bd_intervals *out, left_out *q)
{
  size_t n = q->n, rank;
  bool *inside = calloc (n ? n : 1, sizeof *inside);
  int code = GSL_ENOMEM;

  if (inside && n > 0)
    {
      rank = bd_conformal_rank ((1 - out->level) / 2, n - 1);
      for (size_t i = 0; i < n; i++)
        q->scratch[i] = q->e[i];
      double least = bd_conformal_smallest (q->scratch, n, rank + 1);
      double most = bd_conformal_smallest (q->scratch, n, n - rank);
      for (size_t i = 0; i < n; i++)
        inside[i] = q->e[i] >= least && q->e[i] <= most;
      code = bd_intervals_judge (out, n, q->s, inside);
    }
  free (inside);
  return n > 0 ? code : GSL_SUCCESS;
}

static int
fill_oob (bd_intervals *out, const bd_bagged *bag, left_out *q)
{
  for (size_t i = 0; i < q->n; i++)
    q->e[i] /= bd_interval_scale (out->type, q->s[i], q->usual);
  bd_intervals_count (out, q->n, .5);
  bd_limits both
      = bd_conformal_signed (q->n, q->e, 1 - out->level, q->scratch);
  out->known = out->m;
  for (size_t i = 0; i < out->m; i++)
    {
      double unit = bd_interval_scale (out->type, bag->sd_member[i], q->usual);
      out->lo[i] = bag->mean[i] + unit * both.lo;
      out->hi[i] = bag->mean[i] + unit * both.hi;
    }
  return judge_signed (out, q);
}

static int
fill_normal (bd_bagged *bag, left_out *q)
{
  bd_intervals *out = &bag->interval;

  out->n = q->n;
  bd_intervals_normal (out, bag->mean, bag->sd_pred);
  if (q->n == 0 || gsl_isnan (bag->noise))
    return GSL_SUCCESS;
  return bd_intervals_judge_normal (out, q->n, q->s, q->e, q->v, bag->noise);
}

static int
from_left_out (bd_bagged *bag, const bd_job *j, double share)
{
  bd_intervals *out = &bag->interval;
  left_out q;
  int code = make_left_out (&q, j->moments->rows);

  if (!code)
    {
      take_left_out (&q, j, share, out->type->scaled);
      if (out->type->source == BD_INTERVAL_NORMAL)
        code = fill_normal (bag, &q);
      else if (out->type->scaled && !(q.usual > 0))
        bd_intervals_unknown (out, q.n ? "the members do not differ, so that "
                                         "there is no spread to measure "
                                         "residuals by"
                                       : "no row was left out by two members");
      else
        code = out->type->apart ? fill_jab (out, j, &q)
                                : fill_oob (out, bag, &q);
      out->dropped
          = j->moments->self < j->moments->m ? j->moments->rows - q.n : 0;
    }
  free_left_out (&q);
  return code;
}

int
bd_bagging_intervals (bd_bagged *out, const bd_job *j, double share,
                      bd_error *err)
{
  const bd_bagging *o = j->o;
  const bd_interval_type *type = o->interval.type;
  bd_held_parts h = { .n = 0 };
  int code = bd_intervals_init (&out->interval, &o->interval, out->m);

  if (code || !type)
    return code;
  out->interval.chance = type->apart && !o->resample->whole;
  out->interval.ordered = o->resample->ordered;
  out->interval.whole_groups = o->resample->units && o->resample->labels;
  if (!bd_interval_parts (&o->interval, out->n))
    code = from_left_out (out, j, share);
  else
    {
      code = bd_bagging_folds (o, out->members, &h, err);
      if (!code)
        code = bd_intervals_from_parts (&out->interval, &h);
      bd_held_parts_free (&h);
    }
  if (code && err && !err->text[0])
    BD_FAIL (err, code, "no memory for intervals of %zu points", out->m);
  return code;
}
