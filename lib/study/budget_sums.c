#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../variance/ambiguity.h"
#include "budget_sums.h"

#define KEPT 1000000 /* predictions kept for an identity, about */

void
bd_budget_sums_free (bd_budget_sums *u)
{
  free (u->mean);
  free (u->ss);
  free (u->answer);
  free (u->error);
  free (u->reported);
  free (u->seconds);
  free (u->member);
  *u = (bd_budget_sums){ 0 };
}

int
bd_budget_sums_init (bd_budget_sums *u, const bd_budget *b, size_t M)
{
  size_t R = b->options.R, trainings = R * b->options.S;

  u->mean = bd_array (trainings, b->m);
  u->ss = bd_array (trainings, b->m);
  u->answer = bd_array (trainings, b->m);
  u->error = bd_array (trainings, b->m);
  u->reported = bd_array (trainings, b->m);
  u->seconds = bd_array (trainings, 1);
  u->looked = GSL_MIN (b->m, 1 + KEPT / (R * M));
  u->member = bd_array (R * M, u->looked);
  return u->mean && u->ss && u->answer && u->error && u->reported && u->seconds
                 && u->member
             ? GSL_SUCCESS
             : GSL_ENOMEM;
}

/* What is averaged over the points.  */
typedef struct
{
  bd_error_parts part;
  double mse, variance, spread;
} summary;

#define SUMMARY 8 /* numbers in it */

/* The numbers of a summary in the order of its members.  */
static void
unpack (const summary *a, double to[SUMMARY])
{
  const double value[SUMMARY]
      = { a->part.bias2, a->part.data, a->part.training, a->part.member,
          a->part.noise, a->mse,       a->variance,      a->spread };

  for (size_t k = 0; k < SUMMARY; k++)
    to[k] = value[k];
}

static void
pack (const double from[SUMMARY], summary *a)
{
  a->part = (bd_error_parts){ from[0], from[1], from[2], from[3], from[4] };
  a->mse = from[5];
  a->variance = from[6];
  a->spread = from[7];
}

/* Mean over the data sets, all but SKIP, of R numbers.  */
static double
mean_without (const double x[], size_t R, size_t skip)
{
  double sum = 0;

  for (size_t r = 0; r < R; r++)
    if (r != skip)
      sum += x[r];
  return sum / (double)(R - (skip < R));
}

/* Everything at one point without data set SKIP.  */
static void
at_point (const bd_budget *b, size_t M, size_t j, const bd_anova_set set[],
          const double reported[], size_t skip, summary *to)
{
  size_t R = b->options.R;
  bd_anova a;

  bd_anova_solve (set, R, skip, b->options.S, M, &a);
  bd_anova_parts (&a, M, b->truth[j], b->noise, b->more, &to->part);
  const bd_error_parts own = { .data = to->part.data,
                               .training = to->part.training,
                               .member = to->part.member,
                               .noise = GSL_NAN };
  to->mse = bd_error_parts_sum (&to->part);
  to->variance = bd_error_parts_sum (&own);
  to->spread = mean_without (reported, R, skip);
}

/* Sums of one point by data set: predictions, and the variance reported.  */
static void
by_set (const bd_budget *b, const bd_budget_sums *u, size_t j,
        bd_anova_set set[], double reported[])
{
  size_t S = b->options.S, m = b->m;

  for (size_t r = 0; r < b->options.R; r++)
    {
      size_t at = r * S * m + j;
      bd_anova_trainings (u->mean + at, u->ss + at, m, S, &set[r]);
      reported[r] = 0;
      for (size_t s = 0; s < S; s++)
        reported[r] += u->reported[at + s * m] / (double)S;
    }
}

/* Standard errors from LEFT, R x SUMMARY, what remains without each set.  */
static void
errors (const double left[], size_t R, double *column, summary *se)
{
  double value[SUMMARY];

  for (size_t k = 0; k < SUMMARY; k++)
    {
      for (size_t r = 0; r < R; r++)
        column[r] = left[r * SUMMARY + k];
      value[k] = bd_anova_jackknife (column, R);
    }
  pack (value, se);
}

/* Mean of the squared errors to the truth of what was answered at point J.  */
static double
answer_error (const bd_budget *b, const bd_budget_sums *u, size_t j)
{
  size_t trainings = b->options.R * b->options.S;
  double sum = 0;

  for (size_t k = 0; k < trainings; k++)
    sum += gsl_pow_2 (u->answer[k * b->m + j] - b->truth[j]);
  return sum / (double)trainings;
}

/* The size of the answers at point J, and of what they should be.  */
static double
size_at (const bd_budget *b, const bd_budget_sums *u, size_t j)
{
  double size = fabs (b->truth[j]);

  for (size_t k = 0; k < b->options.R * b->options.S; k++)
    size = GSL_MAX (size, fabs (u->answer[k * b->m + j]));
  return size;
}

/* True when X and Y, mean squared errors, agree to the rounding of answers of
   that size.  */
static bool
agree (double size, double x, double y)
{
  double unit = 1e-13 * size, large = fmax (fabs (x), fabs (y));

  return fabs (x - y) <= 1e-9 * large + 4 * unit * sqrt (large) + unit * unit;
}

static int
check (const bd_budget *b, const bd_budget_sums *u, const bd_budget_row *row,
       size_t j, bd_error *err)
{
  size_t trainings = b->options.R * b->options.S;
  double error = answer_error (b, u, j), members = 0, ambiguity = 0;
  double noise = gsl_isnan (b->noise) ? 0 : b->noise;
  double parts = row->at_mse[j] - noise, size = size_at (b, u, j);

  for (size_t k = 0; k < trainings; k++)
    {
      size_t at = k * b->m + j;
      members += u->error[at] / (double)trainings;
      ambiguity += u->ss[at] / (double)(trainings * row->members);
    }
  if (!gsl_finite (error))
    return BD_FAIL (err, GSL_EFAILED,
                    "%s: a prediction at point %zu is not finite",
                    row->method->title, j + 1);
  if (b->options.R > 1 && !agree (size, parts + noise, error + noise))
    return BD_FAIL (err, GSL_ESANITY,
                    "%s: at point %zu the parts add to %.15g but the error is "
                    "%.15g: a defect of this program",
                    row->method->title, j + 1, parts, error);
  if (!agree (size, error + ambiguity, members))
    return BD_FAIL (err, GSL_ESANITY,
                    "%s: at point %zu the error %.15g and the ambiguity %.15g "
                    "do not add to the mean error %.15g of the members: a "
                    "defect of this program",
                    row->method->title, j + 1, error, ambiguity, members);
  return GSL_SUCCESS;
}

/* Bias, variance and covariance of the members over the data sets add to the
   error of the ensembles (Ueda and Nakano 1996), at the points looked at.  */
static int
check_members (const bd_budget *b, const bd_budget_sums *u,
               const bd_budget_row *row, bd_error *err)
{
  size_t R = b->options.R, S = b->options.S, M = row->members;
  double error = 0, size = 0, one = 1. / (double)M;
  bd_covariances c;

  if (bd_covariances_of (R, M, u->looked, u->member, b->truth, &c))
    return BD_FAIL (err, GSL_ENOMEM, "no memory for %zu data sets", R);
  for (size_t j = 0; j < u->looked; j++)
    {
      size = GSL_MAX (size, size_at (b, u, j));
      for (size_t r = 0; r < R; r++)
        error += gsl_pow_2 (u->answer[r * S * b->m + j] - b->truth[j])
                 / (double)(R * u->looked);
    }
  double sum = c.bias2 + c.variance * one;
  if (M > 1)
    sum += (1 - one) * c.covariance;
  if (agree (size, sum, error))
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_ESANITY,
                  "%s: bias, variance and covariance of the members add to "
                  "%.15g but the error is %.15g: a defect of this program",
                  row->method->title, sum, error);
}

/* Places to work in.  */
typedef struct
{
  bd_anova_set *set; /* R */
  double *reported;  /* R */
  double *one;       /* R x SUMMARY: a point without each data set */
  double *left;      /* the same, mean over the points */
  double *column;    /* R */
} places;

static int
point (const bd_budget *b, const bd_budget_sums *u, bd_budget_row *row,
       places *p, size_t j, double mean[SUMMARY], bd_error *err)
{
  size_t R = b->options.R;
  double value[SUMMARY];
  summary all, se;

  by_set (b, u, j, p->set, p->reported);
  at_point (b, row->members, j, p->set, p->reported, R, &all);
  for (size_t r = 0; r < R; r++)
    {
      at_point (b, row->members, j, p->set, p->reported, r, &se);
      unpack (&se, p->one + r * SUMMARY);
    }
  errors (p->one, R, p->column, &se);
  if (R == 1)
    all.mse = answer_error (b, u, j) + (gsl_isnan (b->noise) ? 0 : b->noise);
  row->at[j] = all.part;
  row->at_se[j] = se.part;
  row->at_mse[j] = all.mse;
  row->at_spread[j] = all.spread;
  unpack (&all, value);
  for (size_t k = 0; k < SUMMARY; k++)
    mean[k] += value[k] / (double)b->m;
  for (size_t k = 0; k < R * SUMMARY; k++)
    p->left[k] += p->one[k] / (double)b->m;
  return check (b, u, row, j, err);
}

/* Means over the points, and the ratio of two of them.  */
static void
finish (bd_budget_row *row, size_t R, double noise, places *p,
        const double mean[SUMMARY])
{
  summary all, se, without;

  pack (mean, &all);
  errors (p->left, R, p->column, &se);
  row->part = all.part;
  row->part_se = se.part;
  row->part.noise = noise;
  row->mse = all.mse;
  row->mse_se = se.mse;
  row->variance = all.variance;
  row->variance_se = se.variance;
  row->spread = all.spread;
  row->spread_se = se.spread;
  row->ratio = all.spread / all.variance;
  for (size_t r = 0; r < R; r++)
    {
      pack (p->left + r * SUMMARY, &without);
      p->column[r] = without.spread / without.variance;
    }
  row->ratio_se = bd_anova_jackknife (p->column, R);
}

int
bd_budget_summarise (const bd_budget *b, const bd_budget_sums *u,
                     bd_budget_row *row, bd_error *err)
{
  size_t R = b->options.R;
  double mean[SUMMARY] = { 0 };
  places p = { .set = calloc (R, sizeof *p.set),
               .reported = bd_array (R, 1),
               .one = bd_array (R, SUMMARY),
               .left = bd_array (R, SUMMARY),
               .column = bd_array (R, 1) };
  int code = GSL_SUCCESS;

  if (!p.set || !p.reported || !p.one || !p.left || !p.column)
    code = BD_FAIL (err, GSL_ENOMEM, "no memory for %zu data sets", R);
  for (size_t j = 0; !code && j < b->m; j++)
    code = point (b, u, row, &p, j, mean, err);
  if (!code)
    code = check_members (b, u, row, err);
  if (!code)
    finish (row, R, b->noise, &p, mean);
  for (size_t k = 0; k < R * b->options.S; k++)
    row->seconds += u->seconds[k];
  free (p.set);
  free (p.reported);
  free (p.one);
  free (p.left);
  free (p.column);
  return code;
}

void
bd_budget_slope (const double n[], const double v[], const double se[],
                 size_t count, double *slope, double *slope_se)
{
  double centre = 0, square = 0, sum = 0, error = 0;

  for (size_t k = 0; k < count; k++)
    centre += log (n[k]) / (double)count;
  for (size_t k = 0; k < count; k++)
    square += gsl_pow_2 (log (n[k]) - centre);
  for (size_t k = 0; k < count; k++)
    {
      double share = (log (n[k]) - centre) / square;
      sum += share * (v[k] > 0 ? log (v[k]) : GSL_NAN);
      error += gsl_pow_2 (share * se[k] / v[k]);
    }
  *slope = count > 1 ? sum : GSL_NAN;
  *slope_se = count > 1 ? sqrt (error) : GSL_NAN;
}
