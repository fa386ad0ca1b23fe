#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/kernel.h"
#include "exact.h"
#include "exact_walk.h"

BD_NO_CONTRACTION

#define STRIP 64 /* points at once: their columns stay in the first cache */

bd_rates
bd_rates_of (const bd_mask *a, const bd_net *net)
{
  bd_rates rates = { .input = 0 };

  if (!bd_mask_acts (a))
    return rates;
  rates.input = a->input;
  for (size_t l = 0; l + 1 < net->layers; l++)
    rates.hidden[l] = bd_mask_rate (a, l, 1);
  return rates;
}

bd_rates
bd_rates_same (const bd_net *net, double q, double input)
{
  bd_rates rates = { .input = input };

  for (size_t l = 0; l + 1 < net->layers; l++)
    rates.hidden[l] = q;
  return rates;
}

static int
check_closed (const bd_net *net, const bd_rates *rates, bd_error *err)
{
  double q = rates->hidden[0];

  if (!(q >= 0 && q < 1))
    return BD_FAIL (err, GSL_EINVAL, "dropout rate %g is not in [0, 1)", q);
  if (!net->output->scaled)
    return BD_FAIL (err, GSL_EINVAL,
                    "the closed form is for real outputs, not for %s",
                    net->output->name);
  if (net->layers != 2)
    return BD_FAIL (err, GSL_EINVAL,
                    "the closed form is for one hidden layer, not for %zu: "
                    "use Rao-Blackwellised or random masks",
                    net->layers - 1);
  if (rates->input != 0)
    return BD_FAIL (err, GSL_EINVAL,
                    "the closed form is for hidden dropout only, not for"
                    " inputs: use Rao-Blackwellised or random masks");
  return GSL_SUCCESS;
}

/* z = z + h, s = s + h^2 with h = v value.  */
BD_KERNEL static void
add_unit (size_t n, double v, const double *restrict value, double *restrict z,
          double *restrict s)
{
  for (size_t i = 0; i < n; i++)
    {
      double h = v * value[i];
      z[i] += h;
      s[i] += h * h;
    }
}

/* The inputs of unit J at COUNT points.  */
static void
unit_inputs (const bd_net *net, const double w[], size_t j, size_t count,
             const double Z[], double input[])
{
  size_t d = net->width[0];

  for (size_t i = 0; i < count; i++)
    {
      double sum = w[net->bias[0] + j];
      for (size_t k = 0; k < d; k++)
        sum += w[net->weight[0] + k * net->padded[1] + j] * Z[i * d + k];
      input[i] = sum;
    }
}

/* Mean and variance for COUNT <= STRIP points; row j of H, unless it is NULL,
   receives what unit j adds at them.  */
static void
closed_strip (const bd_net_model *model, const bd_kernels_double *kernels,
              double spread, size_t count, const double Z[], double mean[],
              double variance[], double H[], size_t stride)
{
  const bd_net *net = &model->net;
  const double *w = model->w, scale = model->y_scale;
  double z[STRIP] = { 0 }, s[STRIP] = { 0 }, input[STRIP], value[STRIP];

  for (size_t j = 0; j < net->width[1]; j++)
    {
      double v = scale * w[net->weight[1] + j * net->padded[2]];
      unit_inputs (net, w, j, count, Z, input);
      bd_walk_unit (kernels, net->unit, count, input, value);
      add_unit (count, v, value, z, s);
      for (size_t i = 0; H && i < count; i++)
        H[j * stride + i] = v * value[i];
    }
  for (size_t i = 0; i < count; i++)
    {
      if (mean)
        mean[i] = model->y_mean + scale * w[net->bias[1]] + z[i];
      if (variance)
        variance[i] = spread * s[i];
    }
}

BD_KERNEL static void
add_products (size_t n, double f, const double *restrict h, double *restrict c)
{
  for (size_t i = 0; i < n; i++)
    c[i] += f * h[i];
}

/* covariance = spread H'H.  */
static void
products (size_t units, size_t m, double spread, const double H[],
          double covariance[])
{
  memset (covariance, 0, m * m * sizeof *covariance);
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < units; j++)
      add_products (m - i, spread * H[j * m + i], H + j * m + i,
                    covariance + i * m + i);
  for (size_t i = 0; i < m; i++)
    for (size_t k = 0; k < i; k++)
      covariance[i * m + k] = covariance[k * m + i];
}

int
bd_exact_closed_units (const bd_net_model *model, const bd_rates *rates,
                       size_t m, const double Z[], double H[], bd_error *err)
{
  const bd_kernels_double *kernels = bd_kernels_of_doubles ();
  int status = check_closed (&model->net, rates, err);

  if (status)
    return status;
  for (size_t i = 0; i < m; i += STRIP)
    closed_strip (model, kernels, 0, GSL_MIN (STRIP, m - i),
                  Z + i * model->net.width[0], NULL, NULL, H + i, m);
  return GSL_SUCCESS;
}

int
bd_exact_closed (const bd_net_model *model, const bd_rates *rates, size_t m,
                 const double Z[], double mean[], double variance[],
                 double covariance[], bd_error *err)
{
  const bd_net *net = &model->net;
  const bd_kernels_double *kernels = bd_kernels_of_doubles ();
  size_t units = net->width[1];
  double q = rates->hidden[0], spread = q / (1 - q), *H = NULL;
  int status = check_closed (net, rates, err);

  if (status)
    return status;
  if (covariance && !(H = bd_array (units, m)))
    return BD_FAIL (err, GSL_ENOMEM, "no memory for %zu points", m);
  for (size_t i = 0; i < m; i += STRIP)
    closed_strip (model, kernels, spread, GSL_MIN (STRIP, m - i),
                  Z + i * net->width[0], mean ? mean + i : NULL,
                  variance ? variance + i : NULL, H ? H + i : NULL, m);
  if (covariance)
    products (units, m, spread, H, covariance);
  free (H);
  return GSL_SUCCESS;
}
