/* The registry, and standard errors that need no formula of the score.

   Reference of the jackknife over groups: J. Shao, D. Tu, "The jackknife and
   bootstrap", Springer 1995, section 2.3.  */
#include <config.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "forecast.h"
#include "scores.h"

#define GROUPS 20

const bd_score_type *const bd_scores[] = { &bd_score_type_rmse,
                                           &bd_score_type_mae,
                                           &bd_score_type_median_ae,
                                           &bd_score_type_bias,
                                           &bd_score_type_r2,
                                           &bd_score_type_correlation,
                                           &bd_score_type_rank,
                                           &bd_score_type_nll,
                                           &bd_score_type_crps,
                                           &bd_score_type_pinball,
                                           &bd_score_type_interval,
                                           &bd_score_type_cover,
                                           &bd_score_type_width,
                                           &bd_score_type_sharpness,
                                           &bd_score_type_z,
                                           &bd_score_type_ence,
                                           &bd_score_type_calibrated,
                                           &bd_score_type_ks,
                                           &bd_score_type_crps_plain,
                                           &bd_score_type_crps_fair,
                                           &bd_score_type_mixture,
                                           &bd_score_type_member_mse,
                                           &bd_score_type_ambiguity,
                                           &bd_score_type_spread_skill,
                                           &bd_score_type_log_loss,
                                           &bd_score_type_brier,
                                           &bd_score_type_accuracy,
                                           &bd_score_type_auc,
                                           &bd_score_type_precision,
                                           &bd_score_type_ece,
                                           NULL };

const bd_score_type *
bd_score_find (const char *name)
{
  for (size_t k = 0; bd_scores[k]; k++)
    if (strcmp (bd_scores[k]->name, name) == 0)
      return bd_scores[k];
  return NULL;
}

double
bd_forecast_level (const bd_forecast *f)
{
  return f->level > 0 ? f->level : BD_FORECAST_LEVEL;
}

void
bd_forecast_ends (const bd_forecast *f, size_t i, double *lo, double *hi)
{
  *lo = *hi = GSL_NAN;
  if (f->lo && f->hi)
    {
      *lo = f->lo[i];
      *hi = f->hi[i];
    }
  else if (f->mean && f->sd)
    {
      double z = gsl_cdf_ugaussian_Pinv ((1 + bd_forecast_level (f)) / 2);
      *lo = f->mean[i] - z * f->sd[i];
      *hi = f->mean[i] + z * f->sd[i];
    }
}

/* 95 % limits around A->mean from its standard error.  */
static void
limits (bd_interval *a, double freedom)
{
  double half = gsl_cdf_tdist_Pinv (0.975, freedom) * a->se;

  a->lo = a->mean - half;
  a->hi = a->mean + half;
}

bd_interval
bd_score_of_rows (const double x[], size_t n)
{
  bd_interval a = { GSL_NAN, GSL_NAN, GSL_NAN, GSL_NAN };
  double sum = 0, ss = 0, count = (double)n;

  if (n == 0)
    return a;
  for (size_t i = 0; i < n; i++)
    sum += x[i];
  a.mean = sum / count;
  if (n < 2 || !gsl_finite (a.mean))
    return a;
  for (size_t i = 0; i < n; i++)
    ss += gsl_pow_2 (x[i] - a.mean);
  a.se = sqrt (ss / (count * (count - 1)));
  limits (&a, count - 1);
  return a;
}

/* The interval of a mean square as that of its root.  */
static void
root (bd_interval *a)
{
  a->mean = sqrt (a->mean);
  a->se = a->mean > 0 ? a->se / (2 * a->mean) : GSL_NAN;
  a->lo = a->lo < 0 ? 0 : sqrt (a->lo);
  a->hi = sqrt (a->hi);
}

/* Room for a forecast of fewer rows.  */
typedef struct
{
  bd_forecast f;
  double *room;
} part;

static int
part_open (part *a, const bd_forecast *f)
{
  a->f = *f;
  a->room = bd_array (f->n, 5 + (f->T ? f->B : 0) + (f->p ? f->k : 0));
  return a->room ? GSL_SUCCESS : GSL_ENOMEM;
}

/* The rows of FROM without group G of GROUPS; WIDTH places each.  */
static const double *
keep_rows (double **room, const double *from, size_t n, size_t width, size_t g,
           size_t groups)
{
  double *to = *room;

  if (!from)
    return NULL;
  for (size_t i = 0; i < n; i++)
    if (i % groups != g)
      {
        memcpy (*room, from + i * width, width * sizeof *to);
        *room += width;
      }
  return to;
}

static void
part_fill (part *a, const bd_forecast *f, size_t g, size_t groups)
{
  double *room = a->room;
  size_t n = f->n, first = n;

  a->f.n = n - (n - g + groups - 1) / groups;
  a->f.y = keep_rows (&room, f->y, n, 1, g, groups);
  a->f.mean = keep_rows (&room, f->mean, n, 1, g, groups);
  a->f.sd = keep_rows (&room, f->sd, n, 1, g, groups);
  a->f.lo = keep_rows (&room, f->lo, n, 1, g, groups);
  a->f.hi = keep_rows (&room, f->hi, n, 1, g, groups);
  a->f.p = keep_rows (&room, f->p, n, f->k, g, groups);
  a->f.T = f->T ? room : NULL;
  for (size_t b = 0; f->T && b < f->B; b++)
    keep_rows (&room, f->T + b * first, n, 1, g, groups);
}

/* The score of all rows of F (less that of G), jackknifed.  */
static int
jackknife (const bd_score_type *type, const bd_forecast *f,
           const bd_forecast *g, bd_interval *a)
{
  size_t groups = GSL_MIN (GROUPS, f->n);
  double left[GROUPS] = { 0 }, second = 0;
  part pf = { .room = NULL }, pg = { .room = NULL };
  int code = type->whole (f, &a->mean);

  if (!code && g && !(code = type->whole (g, &second)))
    a->mean -= second;
  if (!code && !(code = part_open (&pf, f)) && g)
    code = part_open (&pg, g);
  for (size_t k = 0; !code && k < groups; k++)
    {
      part_fill (&pf, f, k, groups);
      code = type->whole (&pf.f, &left[k]);
      if (!code && g)
        {
          part_fill (&pg, g, k, groups);
          code = type->whole (&pg.f, &second);
          left[k] -= second;
        }
    }
  free (pf.room);
  free (pg.room);
  /* (G - 1) / G of the sum of squares is (G - 1)^2 times that of a mean.  */
  a->se = ((double)groups - 1) * bd_score_of_rows (left, groups).se;
  limits (a, (double)groups - 1);
  return code;
}

int
bd_score_mean (const bd_score_type *type, const bd_forecast *f, bd_interval *a)
{
  *a = (bd_interval){ GSL_NAN, GSL_NAN, GSL_NAN, GSL_NAN };
  if (f->n == 0)
    return GSL_SUCCESS;
  if (type->limits)
    return type->limits (f, a);
  if (!type->rows)
    return f->n < 2 ? type->whole (f, &a->mean) : jackknife (type, f, NULL, a);
  double *score = bd_array (f->n, 1);
  int code = score ? type->rows (f, score) : GSL_ENOMEM;
  if (!code)
    *a = bd_score_of_rows (score, f->n);
  if (!code && type->root)
    root (a);
  free (score);
  return code;
}

int
bd_score_list (const char *const names[], size_t count, const bd_forecast *f,
               bd_scored list[])
{
  int code = GSL_SUCCESS;

  for (size_t k = 0; !code && k < count; k++)
    {
      list[k].type = bd_score_find (names[k]);
      code = list[k].type ? bd_score_mean (list[k].type, f, &list[k].value)
                          : GSL_EINVAL;
    }
  return code;
}

/* The difference of two roots from paired mean squares, by the delta
   method: d sqrt (m) = dm / (2 sqrt (m)).  */
static void
roots (double x[], const double z[], size_t n)
{
  double f = sqrt (bd_score_of_rows (x, n).mean);
  double g = sqrt (bd_score_of_rows (z, n).mean);

  for (size_t i = 0; i < n; i++)
    x[i] = (x[i] / f - z[i] / g) / 2 + (f - g) / 2;
}

int
bd_score_paired (const bd_score_type *type, const bd_forecast *f,
                 const bd_forecast *g, bd_interval *a)
{
  *a = (bd_interval){ GSL_NAN, GSL_NAN, GSL_NAN, GSL_NAN };
  if (f->n != g->n)
    return GSL_EBADLEN;
  if (!type->rows)
    return f->n < 2 ? GSL_SUCCESS : jackknife (type, f, g, a);
  double *x = bd_array (2 * f->n, 1), *z = x ? x + f->n : NULL;
  int code = x ? type->rows (f, x) : GSL_ENOMEM;
  if (!code && !(code = type->rows (g, z)))
    {
      if (type->root)
        roots (x, z, f->n);
      for (size_t i = 0; !type->root && i < f->n; i++)
        x[i] -= z[i];
      *a = bd_score_of_rows (x, f->n);
    }
  free (x);
  return code;
}
