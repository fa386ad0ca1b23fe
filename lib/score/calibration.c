/* Calibration over all levels, and by the size of the sd.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_erf.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>

#include "../base/array.h"
#include "coverage.h"
#include "scores.h"

/* The least level whose central interval holds y, for each row; false when a
   number is missing.  */
static bool
levels (const bd_forecast *f, double least[])
{
  bool good = f->mean && f->sd;

  for (size_t i = 0; good && i < f->n; i++)
    {
      double z = fabs (f->y[i] - f->mean[i]) / f->sd[i];
      good = f->sd[i] > 0 && !gsl_isnan (z);
      least[i] = good ? 1 - gsl_sf_erfc (z / M_SQRT2) : GSL_NAN;
    }
  return good;
}

int
bd_calibration_curve (const bd_forecast *f, const double level[], size_t count,
                      double cover[])
{
  double *least = bd_array (f->n, 1);

  if (!least)
    return GSL_ENOMEM;
  bool good = levels (f, least);
  for (size_t k = 0; k < count; k++)
    {
      size_t inside = 0;
      for (size_t i = 0; good && i < f->n; i++)
        inside += least[i] <= level[k];
      cover[k] = good ? (double)inside / (double)f->n : GSL_NAN;
    }
  free (least);
  return GSL_SUCCESS;
}

/* Integral of |a - p| over p from LO to HI.  */
static double
wedge (double a, double lo, double hi)
{
  double left = GSL_MAX (a - lo, 0), right = GSL_MAX (hi - a, 0);

  if (a > hi)
    return (hi - lo) * (a - (lo + hi) / 2);
  if (a < lo)
    return (hi - lo) * ((lo + hi) / 2 - a);
  return (left * left + right * right) / 2;
}

/* Area between the curve of all levels, which has steps, and the diagonal.  */
static int
miscalibration (const bd_forecast *f, double *score)
{
  double *least = bd_array (f->n, 1), n = (double)f->n;

  *score = GSL_NAN;
  if (!least)
    return GSL_ENOMEM;
  if (levels (f, least))
    {
      gsl_sort (least, 1, f->n);
      *score = wedge (0, 0, least[0]);
      for (size_t i = 0; i < f->n; i++)
        *score += wedge ((double)(i + 1) / n, least[i],
                         i + 1 < f->n ? least[i + 1] : 1);
    }
  free (least);
  return GSL_SUCCESS;
}

size_t
bd_sd_bin_count (const bd_forecast *f)
{
  return GSL_MAX (GSL_MIN (f->n / 10, BD_BINS), 1);
}

typedef struct
{
  double sd;
  size_t row;
} place;

static int
by_sd (const void *a, const void *b)
{
  const place *x = a, *y = b;

  if (x->sd != y->sd)
    return x->sd < y->sd ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

/* The rows of ORDER[from .. to - 1].  */
static bd_sd_bin
one_bin (const bd_forecast *f, const place order[], size_t from, size_t to)
{
  double v = 0, e = 0, count = (double)(to - from), lo, hi;
  bd_sd_bin bin = { .rows = to - from };
  size_t inside = 0;
  bool known = true;

  for (size_t k = from; k < to; k++)
    {
      size_t i = order[k].row;
      bd_forecast_ends (f, i, &lo, &hi);
      v += gsl_pow_2 (f->sd[i]) / count;
      e += gsl_pow_2 (f->y[i] - f->mean[i]) / count;
      inside += lo <= f->y[i] && f->y[i] <= hi;
      known = known && !gsl_isnan (lo + hi + f->y[i]);
    }
  bin.sd = from < to ? sqrt (v) : GSL_NAN;
  bin.rmse = from < to ? sqrt (e) : GSL_NAN;
  bin.cover = known && from < to ? (double)inside / count : GSL_NAN;
  bd_binomial_limits (inside, known ? bin.rows : 0, 0.95, &bin.low, &bin.high);
  return bin;
}

int
bd_sd_bins (const bd_forecast *f, size_t count, bd_sd_bin bin[])
{
  place *order = calloc (f->n + 1, sizeof *order);
  bool known = f->mean && f->sd;

  if (!order)
    return GSL_ENOMEM;
  for (size_t i = 0; known && i < f->n; i++)
    {
      order[i] = (place){ f->sd[i], i };
      known = !gsl_isnan (f->sd[i] + f->mean[i] + f->y[i]);
    }
  if (known)
    qsort (order, f->n, sizeof *order, by_sd);
  for (size_t k = 0; k < count; k++)
    bin[k]
        = known
              ? one_bin (f, order, k * f->n / count, (k + 1) * f->n / count)
              : (bd_sd_bin){ 0, GSL_NAN, GSL_NAN, GSL_NAN, GSL_NAN, GSL_NAN };
  free (order);
  return GSL_SUCCESS;
}

/* Mean over the bins of |sd - rmse| / sd.  */
static int
ence (const bd_forecast *f, double *score)
{
  bd_sd_bin bin[BD_BINS];
  size_t count = bd_sd_bin_count (f);
  int code = bd_sd_bins (f, count, bin);

  *score = 0;
  for (size_t k = 0; !code && k < count; k++)
    *score += fabs (bin[k].sd - bin[k].rmse) / bin[k].sd / (double)count;
  return code;
}

const bd_score_type bd_score_type_ence = {
  .name = "ence",
  .title = "ENCE",
  .help = "mean of |sd - rmse| / sd over ten parts of the rows by sd",
  .unit = "1",
  .better = BD_LESS_IS_BETTER,
  .aim = GSL_NAN,
  .whole = ence,
};

const bd_score_type bd_score_type_calibrated = {
  .name = "miscalibration",
  .title = "miscalibration",
  .help = "area between coverage and level, over all levels from 0 to 1",
  .unit = "share",
  .better = BD_LESS_IS_BETTER,
  .aim = GSL_NAN,
  .whole = miscalibration,
};
