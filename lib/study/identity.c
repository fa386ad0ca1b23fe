#include <config.h>

#include <gsl/gsl_math.h>

#include "../score/score.h"
#include "../variance/ambiguity.h"
#include "identity.h"

/* The largest number that errors are differences of.  */
static double
largest (const bd_answer *a, const double y[])
{
  size_t m = a->keep_points;
  double most = 0;

  for (size_t i = 0; i < a->kept * m; i++)
    most = fmax (most, fabs (a->keep[i]));
  for (size_t j = 0; j < m; j++)
    most = fmax (most, fabs (y[j]));
  return most;
}

/* What rounding may do to the identity: sums of B numbers of this size are
   wrong by U, and the error of a mean by its double product with that.  */
static double
rounding (const bd_answer *a, const double y[], const bd_ambiguity *k)
{
  double B = (double)k->members, m = (double)k->points;
  double u = (B + 16) * GSL_DBL_EPSILON * largest (a, y);

  return 8 * (u * sqrt (k->single) + u * u)
         + 8 * (B + m) * GSL_DBL_EPSILON * k->single;
}

/* Mean over the points of the reported variance, whose divisor is B.  */
static double
reported_spread (const bd_answer *a)
{
  double sum = 0;

  for (size_t j = 0; j < a->keep_points; j++)
    sum += a->spread[j];
  return sum / (double)a->keep_points;
}

int
bd_identity_check (const bd_method *method, const bd_answer *a,
                   const double y[], bd_fold_result *out, bd_error *err)
{
  size_t m = a->keep_points;
  bd_ambiguity k;

  out->member_mse = out->ambiguity = GSL_NAN;
  if (a->members < 2 || a->kept < a->members)
    return GSL_SUCCESS;
  if (bd_ambiguity_of (a->kept, m, m, a->keep, y, &k))
    return GSL_ENOMEM;
  if (k.members < 2 || k.points == 0)
    return GSL_SUCCESS;
  out->member_mse = k.single;
  out->ambiguity = k.ambiguity;
  double mse = bd_score_mse (y, a->mean, m);
  double gap = fabs (mse + reported_spread (a) - k.single);
  if (gap <= rounding (a, y, &k))
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_ESANITY,
                  "%s: the error of a member, %.17g, is not that of the mean, "
                  "%.17g, and the spread around it, %.17g, together; please "
                  "report this as a fault of the program",
                  method->title, k.single, mse, reported_spread (a));
}
