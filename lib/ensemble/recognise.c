#include <config.h>

#include <gsl/gsl_math.h>
#include <string.h>

#include "../base/number.h"
#include "recognise.h"
#include "schemes.h"

#define NEAR 1e-6 /* relative: sums that are rounded are equal */

/* What the weights of a scheme have in common.  */
typedef struct
{
  const bd_resample_type *type;
  bool whole, once; /* whole numbers; 0 or 1 */
  bool sums;        /* every member has the sum of bd_scheme_drawn, or n less
                       LESS */
  double less;
} rule;

static const rule rules[] = {
  { &bd_resample_bootstrap, true, false, true, 0 },
  { &bd_resample_subsample, true, true, true, 0 },
  { &bd_resample_bayes, false, false, true, 0 },
  { &bd_resample_poisson, true, false, false, 0 },
  { &bd_resample_balanced, true, false, true, 0 },
  { &bd_resample_stratified, true, false, true, 0 },
  { &bd_resample_exact, true, false, true, 0 },
  { &bd_resample_jackknife, true, true, true, 1 },
  { &bd_resample_folds, true, true, false, 0 },
};

static const rule *
rule_of (const bd_resample_type *type)
{
  for (size_t k = 0; type && k < sizeof rules / sizeof rules[0]; k++)
    if (rules[k].type == type)
      return &rules[k];
  return NULL;
}

static bool
near (double a, double b)
{
  return fabs (a - b) <= NEAR * GSL_MAX_DBL (fabs (a), fabs (b));
}

/* The sum that the known scheme gives.  */
static double
sum_of (const bd_recognised *r, const rule *q)
{
  const bd_rows rows = { .n = r->n };
  bool fraction
      = q->type == &bd_resample_bootstrap || q->type == &bd_resample_subsample;

  return fraction ? (double)bd_scheme_drawn (&r->set, &rows)
                  : (double)r->n - q->less;
}

static int
check_sum (const bd_recognised *r, double sum, const char *where,
           bd_error *err)
{
  const rule *q = rule_of (r->type);
  char has[BD_NUMBER_SIZE], wants[BD_NUMBER_SIZE];

  if (!(sum > 0))
    return BD_FAIL (err, GSL_EINVAL, "%s: all weights are 0", where);
  if (!q || !q->sums || near (sum, sum_of (r, q)))
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_EINVAL,
                  "%s: the weights sum to %s, but '%s' gives each member a "
                  "sum of %s for %zu rows",
                  where, bd_number_print (has, sum, 10), r->type->name,
                  bd_number_print (wants, sum_of (r, q), 10), r->n);
}

static int
check_weight (const bd_recognised *r, double w, size_t i, const char *where,
              bd_error *err)
{
  const rule *q = rule_of (r->type);
  char number[BD_NUMBER_SIZE];
  const char *why = NULL;

  if (!gsl_finite (w) || w < 0)
    why = "weights are from 0 on";
  else if (q && q->once && w != 0 && w != 1)
    why = "0 or 1";
  else if (q && q->whole && w != floor (w))
    why = "whole numbers";
  if (!why)
    return GSL_SUCCESS;
  bd_number_print (number, w, 6);
  if (*why == 'w' && !(w > 0))
    return BD_FAIL (err, GSL_EINVAL, "%s: the weight of row %zu is %s; %s",
                    where, i + 1, number, why);
  return BD_FAIL (err, GSL_EINVAL,
                  "%s: the weight of row %zu is %s, but '%s' draws %s", where,
                  i + 1, number, r->type->name, why);
}

int
bd_recognise_look (bd_recognised *r, const double w[], const char *where,
                   bd_error *err)
{
  double sum = 0, n = (double)r->n;

  for (size_t i = 0; i < r->n; i++)
    {
      int code = check_weight (r, w[i], i, where, err);
      if (code)
        return code;
      sum += w[i];
      r->parts |= w[i] != floor (w[i]);
      r->twice |= w[i] != 0 && w[i] != 1;
      r->left |= w[i] == 0;
    }
  if (r->members == 0)
    r->first = sum;
  else if (r->other == 0 && !near (sum, r->first))
    {
      r->other = r->members;
      r->other_sum = sum;
    }
  r->sum += sum - n;
  r->sum2 += (sum - n) * (sum - n);
  r->members++;
  return check_sum (r, sum, where, err);
}

/* Sums of n Poisson numbers have mean and variance n.  */
static bool
like_poisson (const bd_recognised *r)
{
  double n = (double)r->n, B = (double)r->members;
  double mean = r->sum / B, variance = r->sum2 / B;

  return !r->parts && r->twice && B >= 10 && fabs (mean) < 5 * sqrt (n / B)
         && fabs (variance - n) < 5 * n * sqrt (2 / B);
}

int
bd_recognise_end (bd_recognised *r, bd_error *err)
{
  char first[BD_NUMBER_SIZE], other[BD_NUMBER_SIZE];
  double n = (double)r->n;

  if (r->type)
    return GSL_SUCCESS;
  if (r->other == 0 && !r->parts && (r->twice || r->first < n))
    r->type = r->twice ? &bd_resample_bootstrap : &bd_resample_subsample;
  else if (r->other == 0 && !r->parts)
    r->type = &bd_resample_none;
  else if (r->other == 0 && r->parts && near (r->first, n))
    r->type = &bd_resample_bayes;
  else if (like_poisson (r))
    r->type = &bd_resample_poisson;
  if (r->type)
    {
      bd_settings_default (r->type->knobs, &r->set);
      if (r->type->knobs[0].name)
        r->set.value[0] = r->first / n;
      return GSL_SUCCESS;
    }
  bd_number_print (first, r->first, 10);
  if (r->other == 0)
    return BD_FAIL (err, GSL_EINVAL,
                    "the weights of every member sum to %s for %zu rows",
                    first, r->n);
  return BD_FAIL (err, GSL_EINVAL,
                  "the weights of member 1 sum to %s, those of member %llu to "
                  "%s",
                  first, (unsigned long long)r->other + 1,
                  bd_number_print (other, r->other_sum, 10));
}
