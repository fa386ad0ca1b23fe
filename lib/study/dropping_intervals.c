#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "dropping_intervals.h"
#include "held_parts.h"

/* Variance of a prediction with the noise that its output may state.  */
static double
total (double variance, double noise)
{
  return variance + (gsl_isnan (noise) ? 0 : noise);
}

/* Residuals and spreads of N rows, judged by the normal distribution.  */
static int
judge_normal (const bd_dropping *o, const double mean[],
              const double variance[], const double noise[], bd_dropped *a)
{
  size_t n = o->y->size;
  double *r = bd_array (n, 1), *v = bd_array (n, 1), *s = bd_array (n, 1);
  bool states = o->net.output->noise;
  int code = GSL_ENOMEM;

  for (size_t i = 0; r && v && s && i < n; i++)
    {
      r[i] = gsl_vector_get (o->y, i) - mean[i];
      v[i] = total (variance[i], noise[i]);
      s[i] = sqrt (v[i]);
    }
  if (r && v && s)
    code = bd_intervals_judge_normal (&a->interval, n, s, r, v,
                                      states ? GSL_NAN : a->noise);
  a->interval.n = n;
  free (r);
  free (v);
  free (s);
  return code;
}

/* Limits of A from the folds HELD.  */
static int
from_folds (const bd_dropping *o, const bd_held_out *held, bd_dropped *a)
{
  bool one = a->interval.type->source == BD_INTERVAL_SPLIT;
  size_t parts = one ? 1 : held->folds, m = held->m;
  bd_held_parts h;
  int code = bd_held_parts_init (&h, held->n, m, parts);

  if (!code)
    {
      memcpy (h.mean, held->there_mean, parts * m * sizeof *h.mean);
      memcpy (h.sd, held->there_spread, parts * m * sizeof *h.sd);
      memcpy (h.usual, held->usual, parts * sizeof *h.usual);
      for (size_t i = 0; i < h.n; i++)
        if (held->part[i] < parts)
          {
            h.part[i] = held->part[i];
            h.r[i] = gsl_vector_get (o->y, i) - held->mean[i];
            h.s[i] = sqrt (total (held->variance[i], held->noise[i]));
          }
      code = bd_intervals_from_parts (&a->interval, &h);
    }
  bd_held_parts_free (&h);
  return code;
}

int
bd_dropping_intervals_folds (const bd_dropping *o, const bd_held_out *held,
                             bd_dropped *a)
{
  const bd_interval_type *type = o->interval.type;

  if (type && type->source == BD_INTERVAL_NORMAL)
    return judge_normal (o, held->mean, held->variance, held->noise, a);
  if (type && type->source == BD_INTERVAL_PARTS)
    return from_folds (o, held, a);
  return GSL_SUCCESS;
}

/* The rows are all held out, as it were; the points have the mean and spread
   of A.  */
static int
from_rows (const bd_dropping *o, const bd_predicted *at, bd_dropped *a)
{
  size_t n = o->y->size;
  bd_held_parts h;
  int code = bd_held_parts_init (&h, n, a->m, 1);

  for (size_t j = 0; !code && j < a->m; j++)
    {
      double sd = gsl_isnan (a->at.sd[j]) ? 0 : a->at.sd[j];
      h.mean[j] = a->at.mean[j];
      h.sd[j] = sqrt (total (sd * sd, a->at.noise[j]));
    }
  for (size_t i = 0; !code && i < n; i++)
    {
      h.part[i] = 0;
      h.r[i] = gsl_vector_get (o->y, i) - at->mean[i];
      h.s[i] = sqrt (total (at->sd[i], at->noise[i]));
      h.usual[0] += h.s[i] / (double)n;
    }
  a->interval.assumed = true;
  if (!code)
    code = bd_intervals_from_parts (&a->interval, &h);
  bd_held_parts_free (&h);
  return code;
}

int
bd_dropping_intervals_rows (const bd_dropping *o, const bd_predicted *at,
                            bd_dropped *a)
{
  const bd_interval_type *type = o->interval.type;

  if (type && type->source == BD_INTERVAL_NORMAL)
    return judge_normal (o, at->mean, at->sd, at->noise, a);
  return type ? from_rows (o, at, a) : GSL_SUCCESS;
}

/* A network without the first part of the rows.  */
static int
from_split (const bd_dropping *o, bd_dropped *a, bd_error *err)
{
  size_t n = o->X->size1;
  bd_held_out held;

  if (n < 2)
    return GSL_SUCCESS;
  int code
      = bd_held_out_split (&held, o, bd_interval_parts (&o->interval, n), err);
  if (!code && held.failed[0] == 0)
    code = from_folds (o, &held, a);
  bd_held_out_free (&held);
  return code;
}

int
bd_dropping_intervals_rest (const bd_dropping *o, bd_dropped *a, bd_error *err)
{
  const bd_interval_type *type = o->interval.type;
  int code = GSL_SUCCESS;

  if (!type)
    return code;
  if (type->source == BD_INTERVAL_NORMAL)
    bd_intervals_normal (&a->interval, a->at.mean, a->sd_pred);
  else if (type->source == BD_INTERVAL_SPLIT && !o->model)
    code = from_split (o, a, err);
  if (code)
    return BD_FAIL (err, code, "no memory for intervals of %zu points", a->m);
  if (a->interval.known == 0 && !a->interval.why)
    bd_intervals_unknown (&a->interval,
                          o->model ? "no rows with a response are there to "
                                     "judge the network by"
                                   : "there are too few rows, or a network "
                                     "without a part of them could not be "
                                     "trained");
  return code;
}
