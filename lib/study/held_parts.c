#include <config.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../score/conformal.h"
#include "held_parts.h"

#define SHARE .1      /* of the usual spread, added to every spread */
#define ROUNDING 1e-9 /* of the mean residual */
#define BIN_ROWS 8    /* least rows of a bin */

int
bd_held_parts_init (bd_held_parts *h, size_t n, size_t m, size_t parts)
{
  *h = (bd_held_parts){ .n = n, .m = m, .parts = parts };
  h->part = calloc (n ? n : 1, sizeof *h->part);
  h->r = bd_array (n, 1);
  h->s = bd_array (n, 1);
  h->mean = bd_array (parts, m);
  h->sd = bd_array (parts, m);
  h->usual = bd_array (parts, 1);
  for (size_t i = 0; h->part && i < n; i++)
    h->part[i] = parts;
  return h->part && h->r && h->s && h->mean && h->sd && h->usual ? GSL_SUCCESS
                                                                 : GSL_ENOMEM;
}

void
bd_held_parts_free (bd_held_parts *h)
{
  free (h->part);
  free (h->r);
  free (h->s);
  free (h->mean);
  free (h->sd);
  free (h->usual);
  *h = (bd_held_parts){ 0 };
}

double
bd_interval_scale (const bd_interval_type *type, double sd, double usual)
{
  return type->scaled ? sd + SHARE * usual : 1;
}

double
bd_spread_least (size_t n, const double r[])
{
  double sum = 0;

  for (size_t i = 0; i < n; i++)
    sum += fabs (r[i]);
  return n ? ROUNDING * sum / (double)n : 0;
}

void
bd_intervals_unknown (bd_intervals *a, const char *why)
{
  a->why = why;
  a->known = 0;
}

void
bd_intervals_count (bd_intervals *a, size_t n, double tail)
{
  double alpha = (1 - a->level) * tail;
  size_t least = bd_conformal_rows (alpha);

  a->n = n;
  a->needed = n < least ? least : 0;
}

void
bd_intervals_normal (bd_intervals *a, const double mean[], const double sd[])
{
  double z = gsl_cdf_ugaussian_Pinv ((1 + a->level) / 2);

  a->known = a->m;
  for (size_t j = 0; j < a->m; j++)
    {
      a->lo[j] = mean[j] - z * sd[j];
      a->hi[j] = mean[j] + z * sd[j];
    }
}

/* Bins of the N rows that have a spread: as many as have some rows each.  */
static int
fill_bins (bd_intervals *a, size_t n, const double spread[],
           const bool inside[])
{
  a->bins = GSL_MIN (n / BIN_ROWS, BD_INTERVAL_BINS);
  if (a->bins < 2)
    a->bins = 0;
  return bd_spread_bins (n, spread, inside, a->bins, a->bin);
}

int
bd_intervals_judge (bd_intervals *a, size_t n, const double spread[],
                    const bool inside[])
{
  double *known = bd_array (n, 1);
  bool *in = calloc (n ? n : 1, sizeof *in);
  int code = known && in ? bd_spread_bins (n, spread, inside, 1, &a->all)
                         : GSL_ENOMEM;
  size_t used = 0;

  for (size_t i = 0; !code && i < n; i++)
    if (!gsl_isnan (spread[i]))
      {
        known[used] = spread[i];
        in[used++] = inside[i];
      }
  if (!code)
    code = fill_bins (a, used, known, in);
  /* Equal spreads say nothing.  */
  if (a->bins && !(a->bin[0].least < a->bin[a->bins - 1].most))
    a->bins = 0;
  free (known);
  free (in);
  return code;
}

int
bd_intervals_judge_scores (bd_intervals *a, size_t n, const double spread[],
                           const double r[])
{
  double *scratch = bd_array (n, 1);
  bool *inside = calloc (n ? n : 1, sizeof *inside);
  int code = scratch && inside && n > 0 ? GSL_SUCCESS : GSL_ENOMEM;

  if (!code)
    {
      size_t rank = bd_conformal_rank (1 - a->level, n - 1);
      for (size_t i = 0; i < n; i++)
        scratch[i] = r[i];
      double most = bd_conformal_smallest (scratch, n, n - rank);
      for (size_t i = 0; i < n; i++)
        inside[i] = r[i] <= most;
      code = bd_intervals_judge (a, n, spread, inside);
    }
  free (scratch);
  free (inside);
  return n > 0 ? code : GSL_SUCCESS;
}

int
bd_intervals_judge_normal (bd_intervals *a, size_t n, const double spread[],
                           const double r[], const double v[], double noise)
{
  double z = gsl_cdf_ugaussian_Pinv ((1 + a->level) / 2);
  double more = gsl_isnan (noise) ? 0 : noise * noise;
  bool *inside = calloc (n ? n : 1, sizeof *inside);
  int code = GSL_ENOMEM;

  for (size_t i = 0; inside && i < n; i++)
    inside[i] = fabs (r[i]) <= z * sqrt (v[i] + more);
  if (inside)
    code = bd_intervals_judge (a, n, spread, inside);
  free (inside);
  return code;
}

/* The rows that were held out, one after the other.  */
typedef struct
{
  size_t n;
  size_t *part;
  double *r, *s, *mu, *scale, *scratch;
} rows;

static int
take_rows (rows *q, const bd_intervals *a, const bd_held_parts *h)
{
  *q = (rows){ .part = calloc (h->n ? h->n : 1, sizeof *q->part) };
  q->r = bd_array (h->n, 1);
  q->s = bd_array (h->n, 1);
  q->mu = bd_array (h->n, 1);
  q->scale = bd_array (h->n, 1);
  q->scratch = bd_array (h->n, 1);
  if (!q->part || !q->r || !q->s || !q->mu || !q->scale || !q->scratch)
    return GSL_ENOMEM;
  for (size_t i = 0; i < h->n; i++)
    if (h->part[i] < h->parts)
      {
        size_t k = q->part[q->n] = h->part[i];
        q->s[q->n] = h->s[i];
        q->r[q->n++] = fabs (h->r[i])
                       / bd_interval_scale (a->type, h->s[i], h->usual[k]);
      }
  return GSL_SUCCESS;
}

static void
free_rows (rows *q)
{
  free (q->part);
  free (q->r);
  free (q->s);
  free (q->mu);
  free (q->scale);
  free (q->scratch);
}

static void
limits_cv (bd_intervals *a, const bd_held_parts *h, rows *q, size_t j)
{
  for (size_t i = 0; i < q->n; i++)
    {
      size_t k = q->part[i];
      q->mu[i] = h->mean[k * h->m + j];
      q->scale[i]
          = bd_interval_scale (a->type, h->sd[k * h->m + j], h->usual[k]);
    }
  bd_limits both = bd_conformal_plus (q->n, q->mu, q->r,
                                      a->type->scaled ? q->scale : NULL,
                                      1 - a->level, q->scratch);
  a->lo[j] = both.lo;
  a->hi[j] = both.hi;
}

static void
limits_split (bd_intervals *a, const bd_held_parts *h, rows *q)
{
  double most = bd_conformal_split (q->n, q->r, 1 - a->level, q->scratch);

  for (size_t j = 0; j < a->m; j++)
    {
      double half = most * bd_interval_scale (a->type, h->sd[j], h->usual[0]);
      a->lo[j] = h->mean[j] - half;
      a->hi[j] = h->mean[j] + half;
    }
}

/* Does every fit have a spread to measure residuals by?  */
static bool
has_spread (const bd_intervals *a, const bd_held_parts *h)
{
  bool all = true;

  for (size_t k = 0; a->type->scaled && k < h->parts; k++)
    all = all && h->usual[k] > 0;
  return all;
}

static void
clear_rounding (double s[], size_t n, double least)
{
  for (size_t i = 0; i < n; i++)
    s[i] = s[i] < least ? 0 : s[i];
}

int
bd_intervals_from_parts (bd_intervals *a, bd_held_parts *h)
{
  double least = bd_spread_least (h->n, h->r);
  rows q;

  clear_rounding (h->s, h->n, least);
  clear_rounding (h->sd, h->parts * h->m, least);
  clear_rounding (h->usual, h->parts, least);
  int code = take_rows (&q, a, h);

  a->parts = h->parts;
  a->known = a->m;
  if (!has_spread (a, h))
    bd_intervals_unknown (a, "the members do not differ, so that there is no "
                             "spread to measure residuals by");
  else if (!code)
    {
      bd_intervals_count (a, q.n, 1);
      a->promise = h->parts == 1
                       ? a->level
                       : bd_conformal_promise (1 - a->level, q.n, h->parts);
      if (h->parts == 1)
        limits_split (a, h, &q);
      for (size_t j = 0; h->parts > 1 && j < a->m; j++)
        limits_cv (a, h, &q, j);
      code = bd_intervals_judge_scores (a, q.n, q.s, q.r);
    }
  free_rows (&q);
  return code;
}
