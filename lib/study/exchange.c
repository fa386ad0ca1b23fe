#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../net/fitter_net.h"
#include "../score/proper.h"
#include "exchange.h"

#define GROUPS 32
#define ROWS 4      /* least rows, two for each noise */
#define SPLITS 1000 /* BD_SPLITS_MAX */

size_t
bd_exchange_size (size_t k, size_t kept)
{
  size_t size = (size_t)1 << k;

  if (size <= kept)
    return size;
  return k && size / 2 < kept ? kept : 0;
}

static double
known (const double v[], size_t i)
{
  return v && !gsl_isnan (v[i]) ? v[i] : 0;
}

double
bd_recalibrated_crps (const double y[], const double mean[], const double v[],
                      size_t n, double room[])
{
  double sum = 0;

  if (n < ROWS)
    return GSL_NAN;
  for (size_t half = 0; half < 2; half++)
    {
      size_t count = 0;
      for (size_t i = half; i < n; i += 2)
        {
          room[count] = y[i] - mean[i];
          room[n + count++] = known (v, i);
        }
      double noise = bd_score_noise (room, room + n, count);
      for (size_t i = 1 - half; i < n; i += 2)
        sum += bd_crps_normal (y[i], mean[i], sqrt (known (v, i) + noise));
    }
  return sum / (double)n;
}

/* Mean and variance of SIZE kept members from FIRST on.  */
static void
group (const bd_answer *a, size_t first, size_t size, double mean[],
       double v[])
{
  size_t n = a->keep_points;

  for (size_t i = 0; i < n; i++)
    {
      double sum = 0, ss = 0;
      for (size_t b = first; b < first + size; b++)
        sum += a->keep[b * n + i];
      mean[i] = sum / (double)size;
      for (size_t b = first; b < first + size; b++)
        ss += gsl_pow_2 (a->keep[b * n + i] - mean[i]);
      v[i] = ss / (double)size;
    }
}

/* Groups with a member that failed are left out.  */
static double
grown_to (const bd_answer *a, const double y[], size_t size, double room[])
{
  size_t n = a->keep_points, groups = 0;
  double *mean = room, *v = room + n, sum = 0;

  for (size_t b = 0; size && b + size <= a->kept && b / size < GROUPS;
       b += size)
    {
      group (a, b, size, mean, v);
      double crps = bd_recalibrated_crps (y, mean, v, n, room + 2 * n);
      sum += gsl_isnan (crps) ? 0 : crps;
      groups += !gsl_isnan (crps);
    }
  return groups ? sum / (double)groups : GSL_NAN;
}

int
bd_exchange_scores (const bd_method *method, const bd_answer *a,
                    const double y[], bd_fold_result *out)
{
  size_t n = GSL_MIN (a->m, BD_GROWN);

  out->recalibrated = GSL_NAN;
  for (size_t k = 0; k < BD_STEPS; k++)
    out->exchange[k] = GSL_NAN;
  if (method->fitter != &bd_fitter_net || method->kind == BD_SINGLE)
    return GSL_SUCCESS;
  double *room = bd_array (4 * n, 1);

  if (!room)
    return GSL_ENOMEM;
  out->recalibrated = bd_recalibrated_crps (y, a->mean, a->spread, n, room);
  for (size_t k = 0; method->kind == BD_BAGGING && k < BD_STEPS; k++)
    out->exchange[k] = grown_to (a, y, bd_exchange_size (k, a->kept), room);
  free (room);
  return GSL_SUCCESS;
}

bd_equivalent
bd_exchange_of (const bd_comparison *c, const bd_compare_row *row,
                const bd_compare_row *bag)
{
  double size[BD_STEPS], x[SPLITS];
  bd_interval diff[BD_STEPS];
  size_t steps = 0, J = GSL_MIN (c->splits, SPLITS);

  for (size_t k = 0; k < BD_STEPS; k++)
    {
      size_t members = bd_exchange_size (k, bag->members);
      for (size_t s = 0; s < J; s++)
        x[s] = bag->fold[s].exchange[k] - row->fold[s].recalibrated;
      bd_interval d = bd_score_splits (x, J, c->ratio);
      if (members == 0 || gsl_isnan (d.mean))
        break;
      size[steps] = (double)members;
      diff[steps++] = d;
    }
  return bd_score_equivalent (size, diff, steps);
}
