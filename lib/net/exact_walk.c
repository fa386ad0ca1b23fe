/* Reference for the order of the masks: F. Gray, US patent 2632058 (1953);
   D. E. Knuth, The Art of Computer Programming 4A, 7.2.1.1.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/kernel.h"
#include "exact_walk.h"

BD_NO_CONTRACTION

#define UNITS_AT_ONCE 256 /* a multiple of BD_NET_PAD */

/* y = y + f x.  */
BD_KERNEL static void
add (size_t n, double f, const double *restrict x, double *restrict y)
{
  for (size_t i = 0; i < n; i++)
    y[i] += f * x[i];
}

/* y = f x.  */
BD_KERNEL static void
scale (size_t n, double f, const double *restrict x, double *restrict y)
{
  for (size_t i = 0; i < n; i++)
    y[i] = f * x[i];
}

void
bd_walk_layer (const bd_net *net, const double w[], size_t l, size_t stride,
               const double in[], const double factor[], double out[])
{
  for (size_t j = 0; j < net->width[l + 1]; j++)
    {
      const double *from = w + net->weight[l] + j;
      double *to = out + j * stride;

      for (size_t i = 0; i < stride; i++)
        to[i] = w[net->bias[l] + j];
      for (size_t k = 0; k < net->width[l]; k++)
        {
          double f = from[k * net->padded[l + 1]] * (factor ? factor[k] : 1);
          if (!factor || factor[k] != 0)
            add (stride, f, in + k * stride, to);
        }
    }
}

void
bd_walk_unit (const bd_kernels_double *kernels, const bd_unit *unit, size_t n,
              const double input[], double value[])
{
  _Alignas(64) double z[UNITS_AT_ONCE], slope[UNITS_AT_ONCE];

  for (size_t i = 0; i < n; i += UNITS_AT_ONCE)
    {
      size_t some = GSL_MIN (UNITS_AT_ONCE, n - i);
      size_t width = bd_net_padded (some);
      memset (z + some, 0, (width - some) * sizeof *z);
      memcpy (z, input + i, some * sizeof *z);
      kernels->unit[unit - bd_units](1, width, some, NULL, 0, z, slope);
      memcpy (value + i, z, some * sizeof *z);
    }
}

/* The rate of the units of layer L, 0 being the inputs.  */
static double
rate_of (const bd_rates *rates, size_t l)
{
  return l == 0 ? rates->input : rates->hidden[l - 1];
}

size_t
bd_exact_units (const bd_net *net, const bd_rates *rates)
{
  size_t units = 0;

  for (size_t l = 0; l < net->layers; l++)
    units += rate_of (rates, l) > 0 ? net->width[l] : 0;
  return units;
}

int
bd_exact_check (const bd_net *net, const bd_rates *rates, bd_error *err)
{
  size_t units = bd_exact_units (net, rates);

  for (size_t l = 0; l < net->layers; l++)
    if (!(rate_of (rates, l) >= 0 && rate_of (rates, l) < 1))
      return BD_FAIL (err, GSL_EINVAL, "dropout rate %g is not in [0, 1)",
                      rate_of (rates, l));
  if (units <= BD_EXACT_UNITS)
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_EINVAL,
                  "%zu units can be dropped and 2^%zu subnetworks are too many"
                  " to enumerate (%d units at most): use %s",
                  units, units, BD_EXACT_UNITS,
                  net->layers == 2 && net->output->scaled
                          && !(rates->input > 0)
                      ? "the closed form"
                      : "Rao-Blackwellised or plain random masks");
}

/* Which bit is which unit.  */
static void
number_bits (bd_walk *a)
{
  a->units = 0;
  for (size_t l = a->net->layers; l-- > 0;)
    {
      a->first[l] = a->units;
      a->bits[l] = rate_of (a->rates, l) > 0 ? a->net->width[l] : 0;
      for (size_t j = 0; j < a->bits[l]; j++, a->units++)
        {
          a->bit[a->units].layer = l;
          a->bit[a->units].unit = j;
        }
      if (a->bits[l] > 0)
        a->lowest = l;
    }
}

/* Share out the room, or count it when there is none yet.  */
static size_t
share_room (bd_walk *a)
{
  const bd_net *net = a->net;
  size_t used = 0, last = net->layers - 1, outputs = net->width[last + 1];
  double *room = a->room;

  for (size_t l = 0; l <= last; l++)
    {
      size_t width = net->width[l], block = width * a->stride;
      a->value[l] = room ? room + used : NULL;
      a->input[l] = room ? room + used + block : NULL;
      used += 2 * block;
    }
  a->column = room ? room + used : NULL;
  used += net->width[last] * outputs * a->stride;
  a->origin = room ? room + used : NULL;
  a->z = room ? room + used + outputs * a->stride : NULL;
  used += 2 * outputs * a->stride;
  for (size_t l = 0; l <= last; l++)
    {
      a->factor[l] = room ? room + used : NULL;
      a->power[l] = room ? room + used + net->width[l] : NULL;
      used += 2 * net->width[l] + 1;
    }
  return used;
}

int
bd_walk_open (bd_walk *a, const bd_net *net, const double w[],
              const bd_rates *rates, size_t stride)
{
  memset (a, 0, sizeof *a);
  a->net = net;
  a->w = w;
  a->rates = rates;
  a->kernels = bd_kernels_of_doubles ();
  a->stride = (stride + 7) / 8 * 8;
  a->lowest = net->layers - 1;
  number_bits (a);
  a->room = bd_array (share_room (a), 1);
  if (!a->room)
    return GSL_ENOMEM;
  share_room (a);
  for (size_t l = 0; l < net->layers; l++)
    for (size_t k = 0; k <= a->bits[l]; k++)
      {
        double q = rate_of (rates, l);
        a->power[l][k] = gsl_pow_uint (1 - q, (unsigned)k)
                         * gsl_pow_uint (q, (unsigned)(a->bits[l] - k));
      }
  return GSL_SUCCESS;
}

void
bd_walk_close (bd_walk *a)
{
  free (a->room);
  a->room = NULL;
}

/* The columns that the last hidden layer's units add to the outputs.  */
static void
make_columns (bd_walk *a)
{
  const bd_net *net = a->net;
  size_t l = net->layers - 1, outputs = net->width[l + 1];
  double kept = 1 / (1 - rate_of (a->rates, l));

  for (size_t j = 0; j < net->width[l]; j++)
    for (size_t o = 0; o < outputs; o++)
      scale (a->stride,
             kept * a->w[net->weight[l] + j * net->padded[l + 1] + o],
             a->value[l] + j * a->stride,
             a->column + (j * outputs + o) * a->stride);
}

/* The outputs from the kept columns.  */
static void
sum_columns (bd_walk *a)
{
  size_t l = a->net->layers - 1, block = a->net->width[l + 1] * a->stride;

  memcpy (a->z, a->origin, block * sizeof *a->z);
  for (size_t j = 0; j < a->net->width[l]; j++)
    if (a->factor[l][j] != 0)
      add (block, 1, a->column + j * block, a->z);
}

/* All that follows from the inputs of the units of layer L.  */
static void
from_inputs (bd_walk *a, size_t l)
{
  size_t last = a->net->layers - 1;

  for (;; l++)
    {
      bd_walk_unit (a->kernels, a->net->unit, a->net->width[l] * a->stride,
                    a->input[l], a->value[l]);
      if (l == last)
        break;
      bd_walk_layer (a->net, a->w, l, a->stride, a->value[l], a->factor[l],
                     a->input[l + 1]);
    }
  make_columns (a);
  sum_columns (a);
}

/* All that follows from the values and factors of layer L.  */
static void
from_values (bd_walk *a, size_t l)
{
  if (l + 1 == a->net->layers)
    {
      sum_columns (a);
      return;
    }
  bd_walk_layer (a->net, a->w, l, a->stride, a->value[l], a->factor[l],
                 a->input[l + 1]);
  from_inputs (a, l + 1);
}

/* Factors of a code; those of layers without a rate are 1.  */
static void
set_factors (bd_walk *a, uint32_t code)
{
  a->code = code;
  for (size_t l = 0; l < a->net->layers; l++)
    {
      double kept = 1 / (1 - rate_of (a->rates, l));

      a->kept[l] = 0;
      for (size_t j = 0; j < a->net->width[l]; j++)
        {
          int on = a->bits[l] == 0 || (code >> (a->first[l] + j) & 1);
          a->factor[l][j] = on ? kept : 0;
          a->kept[l] += on && a->bits[l] > 0;
        }
    }
}

void
bd_walk_points (bd_walk *a, size_t count, const double Z[])
{
  const bd_net *net = a->net;
  size_t d = net->width[0], last = net->layers - 1;

  for (size_t k = 0; k < d; k++)
    for (size_t i = 0; i < a->stride; i++)
      a->value[0][k * a->stride + i] = i < count ? Z[i * d + k] : 0;
  for (size_t o = 0; o < net->width[last + 1]; o++)
    for (size_t i = 0; i < a->stride; i++)
      a->origin[o * a->stride + i] = a->w[net->bias[last] + o];
  set_factors (a, 0);
  from_values (a, 0);
}

void
bd_walk_scaled (bd_walk *a)
{
  size_t last = a->net->layers - 1;

  for (size_t l = 0; l <= last; l++)
    {
      bd_walk_layer (a->net, a->w, l, a->stride, a->value[l], NULL,
                     l < last ? a->input[l + 1] : a->z);
      if (l < last)
        bd_walk_unit (a->kernels, a->net->unit,
                      a->net->width[l + 1] * a->stride, a->input[l + 1],
                      a->value[l + 1]);
    }
}

/* What lies below the lowest layer with a rate never changes.  */
void
bd_walk_set (bd_walk *a, uint32_t code)
{
  set_factors (a, code);
  from_values (a, a->lowest);
}

void
bd_walk_flip (bd_walk *a, size_t bit)
{
  const bd_net *net = a->net;
  size_t l = a->bit[bit].layer, j = a->bit[bit].unit, n = net->width[l + 1];
  double sign = a->code >> bit & 1 ? -1 : 1, kept;

  kept = 1 / (1 - rate_of (a->rates, l));
  a->code ^= (uint32_t)1 << bit;
  a->factor[l][j] = sign > 0 ? kept : 0;
  a->kept[l] += sign > 0 ? 1 : (size_t)-1;
  if (l + 1 == net->layers)
    {
      add (n * a->stride, sign, a->column + j * n * a->stride, a->z);
      return;
    }
  for (size_t k = 0; k < n; k++)
    add (a->stride,
         sign * kept * a->w[net->weight[l] + j * net->padded[l + 1] + k],
         a->value[l] + j * a->stride, a->input[l + 1] + k * a->stride);
  from_inputs (a, l + 1);
}

void
bd_walk_step (bd_walk *a, uint64_t step, size_t skip)
{
  size_t bit = skip;

  if (step % BD_WALK_FRESH == 0)
    {
      bd_walk_set (a, (uint32_t)((step ^ step >> 1) << skip));
      return;
    }
  for (; !(step & 1); step >>= 1)
    bit++;
  bd_walk_flip (a, bit);
}

double
bd_walk_probability (const bd_walk *a, size_t skip)
{
  size_t last = a->net->layers - 1;
  double p = 1;

  for (size_t l = 0; l < last; l++)
    p *= a->power[l][a->kept[l]];
  if (skip == 0)
    return p * a->power[last][a->kept[last]];
  double q = rate_of (a->rates, last);
  return p * a->power[last][a->kept[last]] / gsl_pow_uint (q, (unsigned)skip);
}

size_t
bd_walk_kept (const bd_walk *a)
{
  size_t kept = 0;

  for (size_t l = 0; l < a->net->layers; l++)
    kept += a->kept[l];
  return kept;
}
