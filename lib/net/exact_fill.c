#include <config.h>

#include <gsl/gsl_math.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/kernel.h"
#include "exact_sums.h"

BD_NO_CONTRACTION

#define STRIP 64 /* points at once: their columns stay in the first cache */

/* An array of ROWS x COLUMNS if it is WANTED; *SHORT_OF: it was not there.  */
static double *
array_if (bool wanted, size_t rows, size_t columns, bool *short_of)
{
  double *a = wanted ? bd_array (rows, columns) : NULL;

  *short_of |= wanted && !a;
  return a;
}

bd_subnets *
bd_subnets_alloc (const bd_net_model *model, size_t m, size_t levels,
                  const double level[])
{
  bd_subnets *a = calloc (1, sizeof *a);
  const bd_output *output = model->net.output;
  size_t k = bd_net_predictions (model);
  bool none = false;

  if (!a)
    return NULL;
  a->m = m;
  a->k = k;
  a->levels = levels;
  a->level = array_if (true, levels, 1, &none);
  a->scaled = array_if (true, m, k, &none);
  a->mean = array_if (true, m, k, &none);
  a->variance = array_if (true, m, k, &none);
  a->least = array_if (true, m, k, &none);
  a->greatest = array_if (true, m, k, &none);
  a->quantile = array_if (levels > 0, levels, m * k, &none);
  a->noise = array_if (output->noise, m, 1, &none);
  a->geometric = array_if (output->classes, m, k, &none);
  a->normalised = array_if (output->classes, m, k, &none);
  a->complement = array_if (output->classes && k == 1, m, 1, &none);
  if (none)
    {
      bd_subnets_free (a);
      return NULL;
    }
  if (levels)
    memcpy (a->level, level, levels * sizeof *level);
  return a;
}

void
bd_subnets_free (bd_subnets *a)
{
  if (!a)
    return;
  free (a->level);
  free (a->scaled);
  free (a->mean);
  free (a->variance);
  free (a->least);
  free (a->greatest);
  free (a->quantile);
  free (a->noise);
  free (a->geometric);
  free (a->complement);
  free (a->normalised);
  free (a);
}

/* The sums at place FROM as results at place TO.  */
static void
put_moments (bd_subnets *a, const bd_sums *s, size_t from, size_t to)
{
  double mean = s->affine ? s->model->y_mean : 0;
  double scale = s->affine ? s->model->y_scale : 1;
  double back = s->affine ? s->scaled[from] : 0, t = s->t[from];

  a->scaled[to] = mean + scale * s->scaled[from];
  a->mean[to] = mean + scale * (s->scaled[from] + t);
  a->variance[to] = scale * scale * GSL_MAX_DBL (s->t2[from] - t * t, 0);
  a->least[to] = mean + scale * (s->least[from] + back);
  a->greatest[to] = mean + scale * (s->greatest[from] + back);
  if (!isnan (a->mean[to]))
    return;
  a->variance[to] = a->least[to] = a->greatest[to] = GSL_NAN;
}

/* Geometric means of the classes at point I of the strip, TO of all.  */
static void
put_geometric (bd_subnets *a, const bd_sums *s, size_t i, size_t to)
{
  const double *log_t = s->log_t + i;
  size_t stride = s->walk.stride;
  double most = log_t[0], sum = 0;

  for (size_t c = 1; c < s->classes; c++)
    most = GSL_MAX_DBL (most, log_t[c * stride]);
  for (size_t c = 0; c < s->classes; c++)
    sum += exp (log_t[c * stride] - most);
  if (a->complement)
    {
      a->complement[to] = exp (log_t[0]);
      a->geometric[to] = exp (log_t[stride]);
      a->normalised[to] = exp (log_t[stride] - most) / sum;
      return;
    }
  for (size_t c = 0; c < a->k; c++)
    {
      a->geometric[to * a->k + c] = exp (log_t[c * stride]);
      a->normalised[to * a->k + c] = exp (log_t[c * stride] - most) / sum;
    }
}

/* All but the quantiles for COUNT points from FIRST on.  */
static void
put (bd_subnets *a, const bd_sums *s, size_t first, size_t count)
{
  for (size_t i = 0; i < count; i++)
    {
      for (size_t c = 0; c < a->k; c++)
        put_moments (a, s, c * s->walk.stride + i, (first + i) * a->k + c);
      if (a->noise)
        a->noise[first + i] = s->noise[i];
      if (a->geometric)
        put_geometric (a, s, i, first + i);
    }
}

int
bd_subnets_fill (bd_subnets *a, const bd_net_model *model,
                 const bd_rates *rates, const double Z[], bd_error *err)
{
  size_t d = model->net.width[0];
  bd_sums s = { .room = NULL };
  int status = bd_exact_check (&model->net, rates, err);

  if (status)
    return status;
  a->units = bd_exact_units (&model->net, rates);
  status = bd_sums_open (&s, model, rates, GSL_MIN (a->m, STRIP), err);
  for (size_t i = 0; !status && i < a->m; i += STRIP)
    {
      size_t count = GSL_MIN (STRIP, a->m - i);
      bd_sums_points (&s, count, Z + i * d);
      bd_sums_all (&s);
      put (a, &s, i, count);
      if (a->levels > 0)
        status = bd_sums_quantiles (&s, a, i, count, err);
    }
  bd_sums_close (&s);
  return status;
}
