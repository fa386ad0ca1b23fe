#include <config.h>

#include <gsl/gsl_math.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/kernel.h"
#include "exact_walk.h"
#include "propagate.h"

#define REACH 7.5 /* standard deviations; the rest weighs 1e-13 */
#define STEP 0.25 /* of the trapezoidal rule for sd <= 1.2 */
#define STRIP 64  /* points at once */

BD_NO_CONTRACTION

/* With a = mu / sd: E relu = sd (phi + a Phi), and the variance of relu (S) is
   that of relu (-S) with the part of S itself exchanged, which keeps its
   figures for large a.  */
static void
relu_moments (double mu, double sd, double *mean, double *variance)
{
  double a = mu / sd, b = -fabs (a);
  double phi = exp (-0.5 * a * a) / (M_SQRT2 * M_SQRTPI);
  double Phi = 0.5 * erfc (-b * M_SQRT1_2);
  double less = phi + b * Phi; /* mean of the smaller one of both signs */
  double square = (1 + a * a) * Phi + b * phi;

  if (a <= 0)
    {
      *mean = sd * less;
      *variance = sd * sd * GSL_MAX_DBL (square - less * less, 0);
      return;
    }
  /* relu (S) = S + relu (-S), E S relu (-S) = -E relu (-S)^2.  */
  *mean = mu + sd * less;
  *variance
      = sd * sd * GSL_MAX_DBL (1 - square - 2 * a * less - less * less, 0);
}

/* The poles of tanh stand pi / (2 sd) from the real axis: with step h the
   error is about exp (-pi^2 / (sd h)), 5e-15, and that of the square, whose
   poles are double, some times more.  */
static void
smooth_moments (const bd_unit *unit, double mu, double sd, double *mean,
                double *variance)
{
  double step = GSL_MIN_DBL (STEP, GSL_MAX_DBL (0.3 / sd, 0.3 / 50));
  int nodes = (int)(REACH / step);
  double middle = unit->value (mu), sum = 0, sum2 = 0, all = 0;

  for (int k = -nodes; k <= nodes; k++)
    {
      double x = k * step, p = exp (-0.5 * x * x);
      double diff = unit->value (mu + sd * x) - middle;
      all += p;
      sum += p * diff;
      sum2 += p * diff * diff;
    }
  sum /= all;
  *mean = middle + sum;
  *variance = GSL_MAX_DBL (sum2 / all - sum * sum, 0);
}

void
bd_unit_moments (const bd_unit *unit, double mu, double sd, double *mean,
                 double *variance)
{
  if (!(sd >= 0) || gsl_isnan (mu))
    *mean = *variance = GSL_NAN;
  else if (unit == &bd_units[BD_UNIT_LINEAR] || sd == 0)
    {
      *mean = unit->value (mu);
      *variance = sd * sd;
    }
  else if (unit == &bd_units[BD_UNIT_RELU])
    relu_moments (mu, sd, mean, variance);
  else
    smooth_moments (unit, mu, sd, mean, variance);
}

/* Means and variances of a layer's values, width x STRIP each.  */
typedef struct
{
  double *mean, *variance;
} layer;

/* A factor with mean 1 and variance q / (1 - q).  */
static void
mask (double q, size_t n, layer a)
{
  double spread = q / (1 - q);

  for (size_t i = 0; i < n; i++)
    a.variance[i] += (a.variance[i] + a.mean[i] * a.mean[i]) * spread;
}

/* Inputs of the units of layer L + 1 from the masked values of layer L.  */
static void
inputs (const bd_net *net, const double w[], size_t l, layer from, layer to)
{
  bd_walk_layer (net, w, l, STRIP, from.mean, NULL, to.mean);
  memset (to.variance, 0, net->width[l + 1] * STRIP * sizeof *to.variance);
  for (size_t j = 0; j < net->width[l + 1]; j++)
    for (size_t k = 0; k < net->width[l]; k++)
      {
        double v = w[net->weight[l] + k * net->padded[l + 1] + j];
        for (size_t i = 0; i < STRIP; i++)
          to.variance[j * STRIP + i] += v * v * from.variance[k * STRIP + i];
      }
}

/* The outputs' means and variances stand in the layer that is returned.  */
static layer
forward (const bd_net_model *model, const bd_rates *rates, layer a, layer b)
{
  const bd_net *net = &model->net;

  mask (rates->input, net->width[0] * STRIP, a);
  for (size_t l = 0; l < net->layers; l++)
    {
      inputs (net, model->w, l, a, b);
      if (l + 1 == net->layers)
        break;
      for (size_t i = 0; i < net->width[l + 1] * STRIP; i++)
        bd_unit_moments (net->unit, b.mean[i], sqrt (b.variance[i]),
                         &a.mean[i], &a.variance[i]);
      mask (rates->hidden[l], net->width[l + 1] * STRIP, a);
    }
  return b;
}

/* What the outputs at place I of A say.  */
static void
answer (const bd_net_model *model, layer a, size_t i, double *mean,
        double *variance, double *noise)
{
  const bd_output *output = model->net.output;
  double mu = a.mean[i], s2 = a.variance[i], y = model->y_scale;

  *noise = GSL_NAN;
  if (output->classes)
    {
      mu /= sqrt (1 + M_PI * s2 / 8);
      output->predict (1, &mu, 0, 1, mean);
      *variance = s2;
      return;
    }
  *mean = model->y_mean + y * mu;
  *variance = y * y * s2;
  if (output->noise)
    {
      double z[2] = { mu, a.mean[STRIP + i] + a.variance[STRIP + i] / 2 };
      *noise = output->noise (z, y);
    }
}

static int
check_rates (const bd_net_model *model, const bd_rates *rates, bd_error *err)
{
  const bd_net *net = &model->net;
  double q = rates->input;

  if (net->output == &bd_outputs[BD_OUTPUT_SOFTMAX])
    return BD_FAIL (err, GSL_EINVAL,
                    "means and variances cannot be propagated through "
                    "softmax: use random masks");
  for (size_t l = 0; l < net->layers; q = rates->hidden[l++])
    if (!(q >= 0 && q < 1))
      return BD_FAIL (err, GSL_EINVAL, "dropout rate %g is not in [0, 1)", q);
  return GSL_SUCCESS;
}

/* COUNT points, unit by unit, without variance.  */
static void
take (size_t d, size_t count, const double Z[], layer a)
{
  memset (a.variance, 0, d * STRIP * sizeof *a.variance);
  for (size_t k = 0; k < d; k++)
    for (size_t i = 0; i < STRIP; i++)
      a.mean[k * STRIP + i] = i < count ? Z[i * d + k] : 0;
}

int
bd_propagate (const bd_net_model *model, const bd_rates *rates, size_t m,
              const double Z[], double mean[], double variance[],
              double noise[], bd_error *err)
{
  size_t d = model->net.width[0], widest = 0;
  int status = check_rates (model, rates, err);

  if (status)
    return status;
  for (size_t l = 0; l <= model->net.layers; l++)
    widest = GSL_MAX (widest, model->net.width[l] * STRIP);
  double *room = bd_array (4, widest);
  layer a = { room, room + widest };
  layer b = { room + 2 * widest, room + 3 * widest };
  if (!room)
    return BD_FAIL (err, GSL_ENOMEM, "no memory for a layer");
  for (size_t first = 0; first < m; first += STRIP)
    {
      size_t count = GSL_MIN (STRIP, m - first);
      take (d, count, Z + first * d, a);
      layer z = forward (model, rates, a, b);
      for (size_t i = 0; i < count; i++)
        {
          double t[3];
          answer (model, z, i, &t[0], &t[1], &t[2]);
          for (int k = 0; k < 3; k++)
            if ((double *[]){ mean, variance, noise }[k])
              (double *[]){ mean, variance, noise }[k][first + i] = t[k];
        }
    }
  free (room);
  return GSL_SUCCESS;
}
