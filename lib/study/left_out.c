#include <config.h>

#include <gsl/gsl_math.h>

#include "../score/score.h"
#include "../variance/estimate.h"
#include "left_out.h"

double
bd_left_out_chance (const bd_moments *a, size_t i)
{
  double K = a->out_p[i];

  if (a->whole)
    return K > 0 ? 0 : GSL_NAN;
  return K < 2 ? GSL_NAN : a->out_t2[i] / (K * (K - 1));
}

double
bd_left_out_noise (const bd_moments *a, const gsl_vector *y, double share,
                   double scratch[])
{
  double *r = scratch, *v = scratch + a->rows;
  size_t used = 0;

  for (size_t i = 0; i < a->rows; i++)
    {
      double c = bd_left_out_chance (a, i);
      if (gsl_isnan (c))
        continue;
      r[used] = gsl_vector_get (y, i) - a->out_t[i];
      v[used++] = share * a->t2[a->self + i] / a->p + c;
    }
  return bd_score_noise (r, v, used);
}

double
bd_left_out_error (const bd_moments *a, const gsl_vector *y)
{
  double sum = 0, used = 0;

  for (size_t i = 0; i < a->rows; i++)
    {
      double c = bd_left_out_chance (a, i);
      if (gsl_isnan (c))
        continue;
      sum += gsl_pow_2 (gsl_vector_get (y, i) - a->out_t[i]) - c;
      used += 1;
    }
  return used > 0 ? sqrt (GSL_MAX (sum, 0) / used) : GSL_NAN;
}

double
bd_left_out_share (const bd_moments *a)
{
  double sum = 0;

  for (size_t i = 0; i < a->rows; i++)
    sum += a->out_p[i] / a->p;
  return sum / (double)a->rows;
}

size_t
bd_left_out_never (const bd_moments *a)
{
  size_t never = 0;

  for (size_t i = 0; i < a->rows; i++)
    if (!(a->out_p[i] > 0))
      never++;
  return never;
}
