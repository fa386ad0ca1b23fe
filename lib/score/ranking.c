/* How well the probability of class 1 sorts the rows of two classes.  */
#include <config.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "classes.h"
#include "scores.h"

/* Rows in the order of their probability.  */
typedef struct
{
  size_t n, ones;
  double *p, *one; /* n each: ascending; 1 for class 1 */
  double *room;
} sorted;

/* ONES is 0 when a number is missing or there are not two classes.  */
static int
sorted_open (sorted *s, const bd_forecast *f)
{
  bool known = f->p && bd_class_count (f) == 2;

  *s = (sorted){ .n = f->n, .room = bd_array (3 * f->n, 1) };
  if (!s->room)
    return GSL_ENOMEM;
  s->p = s->room;
  s->one = s->room + f->n;
  for (size_t i = 0; known && i < f->n; i++)
    {
      s->p[i] = bd_class_p (f, i, 1);
      s->one[i] = (double)bd_class_of (f, i);
      s->ones += s->one[i] == 1;
      known = !gsl_isnan (s->p[i]) && s->one[i] < 2;
    }
  if (known)
    gsl_sort2 (s->p, 1, s->one, 1, f->n);
  else
    s->ones = 0;
  return GSL_SUCCESS;
}

/* The end of the run of equal probabilities that begins at I.  */
static size_t
run_end (const sorted *s, size_t i)
{
  size_t end = i + 1;

  while (end < s->n && s->p[end] == s->p[i])
    end++;
  return end;
}

/* For each row the share of rows of the other class that it is on the right
   side of, ties a half: the placement values of DeLong et al.  */
static void
placements (const sorted *s, double v[])
{
  double ones = (double)s->ones, zeros = (double)(s->n - s->ones);
  double ones_below = 0, zeros_below = 0;

  for (size_t i = 0, end; i < s->n; i = end)
    {
      double one = 0;
      end = run_end (s, i);
      for (size_t k = i; k < end; k++)
        one += s->one[k];
      double zero = (double)(end - i) - one;
      for (size_t k = i; k < end; k++)
        v[k] = s->one[k] == 1 ? (zeros_below + zero / 2) / zeros
                              : 1 - (ones_below + one / 2) / ones;
      ones_below += one;
      zeros_below += zero;
    }
}

/* Variance of the mean of the values of one class.  */
static double
variance_of (const sorted *s, const double v[], double class, double mean)
{
  double ss = 0, count = 0;

  for (size_t i = 0; i < s->n; i++)
    if (s->one[i] == class)
      {
        ss += gsl_pow_2 (v[i] - mean);
        count += 1;
      }
  return count > 1 ? ss / (count * (count - 1)) : GSL_NAN;
}

static int
auc_limits (const bd_forecast *f, bd_interval *a)
{
  sorted s;
  int code = sorted_open (&s, f);

  *a = (bd_interval){ GSL_NAN, GSL_NAN, GSL_NAN, GSL_NAN };
  if (!code && s.ones > 0 && s.ones < s.n)
    {
      double *v = s.room + 2 * s.n, z = gsl_cdf_ugaussian_Pinv (0.975);
      placements (&s, v);
      a->mean = 0;
      for (size_t i = 0; i < s.n; i++)
        a->mean += s.one[i] * v[i] / (double)s.ones;
      a->se = sqrt (variance_of (&s, v, 1, a->mean)
                    + variance_of (&s, v, 0, a->mean));
      a->lo = gsl_isnan (a->se) ? GSL_NAN : GSL_MAX (a->mean - z * a->se, 0);
      a->hi = gsl_isnan (a->se) ? GSL_NAN : GSL_MIN (a->mean + z * a->se, 1);
    }
  free (s.room);
  return code;
}

static int
auc (const bd_forecast *f, double *score)
{
  bd_interval a;
  int code = auc_limits (f, &a);

  *score = a.mean;
  return code;
}

/* Sum over the thresholds, from the highest, of precision times the recall
   that each adds.  */
static int
average_precision (const bd_forecast *f, double *score)
{
  sorted s;
  int code = sorted_open (&s, f);
  double sum = 0, ones = 0, rows = 0;

  for (size_t end = s.n, i; !code && s.ones && end > 0; end = i)
    {
      double one = 0;
      for (i = end; i > 0 && s.p[i - 1] == s.p[end - 1]; i--)
        one += s.one[i - 1];
      ones += one;
      rows += (double)(end - i);
      sum += one / (double)s.ones * ones / rows;
    }
  *score = !code && s.ones ? sum : GSL_NAN;
  free (s.room);
  return code;
}

const bd_score_type bd_score_type_auc = {
  .name = "auc",
  .title = "AUC",
  .help = "chance that class 1 gets the larger probability, ties a half",
  .unit = "1",
  .better = BD_MORE_IS_BETTER,
  .aim = GSL_NAN,
  .whole = auc,
  .limits = auc_limits,
};

const bd_score_type bd_score_type_precision = {
  .name = "average_precision",
  .title = "average precision",
  .help = "precision averaged over recall, for class 1",
  .unit = "1",
  .better = BD_MORE_IS_BETTER,
  .aim = GSL_NAN,
  .whole = average_precision,
};
