#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "layer.h"
#include "net.h"

bd_net
bd_net_shape (size_t d, size_t hidden, size_t depth, const bd_unit *unit)
{
  bd_net net = { .layers = depth + 1, .unit = unit };

  net.width[0] = net.padded[0] = d;
  for (size_t l = 1; l <= depth; l++)
    {
      net.width[l] = hidden;
      net.padded[l] = (hidden + BD_NET_PAD - 1) / BD_NET_PAD * BD_NET_PAD;
      net.hidden += net.padded[l];
    }
  net.width[depth + 1] = net.padded[depth + 1] = 1;
  for (size_t l = 0; l < net.layers; l++)
    {
      net.weight[l] = net.size;
      net.bias[l] = net.size + net.padded[l] * net.padded[l + 1];
      net.size = net.bias[l] + net.padded[l + 1];
    }
  return net;
}

/* Uniform on (-half, half) in the used places of a ROWS x COLUMNS block whose
   rows are STRIDE places apart.  */
static void
start_block (double w[], size_t rows, size_t columns, size_t stride,
             double half, gsl_rng *r)
{
  for (size_t k = 0; k < rows; k++)
    for (size_t j = 0; j < columns; j++)
      w[k * stride + j] = gsl_ran_flat (r, -half, half);
}

void
bd_net_start (const bd_net *net, double w[], gsl_rng *r)
{
  memset (w, 0, net->size * sizeof *w);
  for (size_t l = 0; l < net->layers; l++)
    {
      double wide = l == 0 ? BD_NET_SPREAD : 1;
      double gain = l + 1 < net->layers ? net->unit->gain : 1;
      double inputs = (double)net->width[l];
      start_block (w + net->weight[l], net->width[l], net->width[l + 1],
                   net->padded[l + 1], wide * sqrt (3 * gain / inputs), r);
      start_block (w + net->bias[l], 1, net->width[l + 1], net->padded[l + 1],
                   wide / sqrt (inputs), r);
    }
}

void
bd_net_forward (const bd_net *net, const double w[], size_t count,
                const double X[], const double mask[], int each, double H[],
                double out[])
{
  const double *A = X;
  size_t last = net->layers - 1, before = 0;

  for (size_t l = 0; l < last; l++)
    {
      size_t width = net->padded[l + 1];
      double *Z = H + before * count, *M = Z + net->hidden * count;
      bd_layer_forward (count, net->padded[l], width, A, w + net->weight[l],
                        Z);
      net->unit->forward (Z, count * width);
      if (mask)
        bd_layer_mask (count, width, mask + before, each ? net->hidden : 0, Z,
                       M);
      A = mask ? M : Z;
      before += width;
    }
  bd_layer_output (count, net->padded[last], A, w + net->weight[last], out);
}

void
bd_net_backward_add (const bd_net *net, const double w[], size_t count,
                     const double X[], const double mask[], int each,
                     const double H[], const double E[], double D[],
                     double G[])
{
  size_t last = net->layers - 1, before = net->hidden - net->padded[last];
  size_t stride = each ? net->hidden : 0;
  const double *M = H + (mask ? net->hidden * count : 0);

  bd_layer_output_gradient (count, net->padded[last], M + before * count, E,
                            G + net->weight[last]);
  for (size_t l = last; l-- > 0;)
    {
      size_t width = net->padded[l + 1], in = net->padded[l];
      const double *m = mask ? mask + before : NULL, *h = H + before * count;
      double *d = D + before * count;
      if (l + 1 == last)
        net->unit->output (count, width, h, E, w + net->weight[last], m,
                           stride, d);
      else
        {
          if (mask)
            bd_layer_mask (count, width, m, stride, d, d);
          net->unit->backward (h, d, count * width);
        }
      before -= l > 0 ? in : 0;
      bd_layer_gradient (count, in, width, l > 0 ? M + before * count : X, d,
                         G + net->weight[l]);
      if (l > 0)
        bd_layer_below (count, in, width, w + net->weight[l], d,
                        D + before * count);
    }
}

void
bd_net_backward (const bd_net *net, const double w[], size_t count,
                 const double X[], const double mask[], int each,
                 const double H[], const double E[], double D[], double G[])
{
  memset (G, 0, net->size * sizeof *G);
  bd_net_backward_add (net, w, count, X, mask, each, H, E, D, G);
}

/* Mean of (out - y)^2 / 2; E receives its derivatives.  */
static double
loss (const bd_net *net, const double w[], size_t count, const double X[],
      const double y[], const double mask[], double H[], double E[])
{
  double sum = 0;

  bd_net_forward (net, w, count, X, mask, mask != NULL, H, E);
  for (size_t s = 0; s < count; s++)
    {
      E[s] -= y[s];
      sum += E[s] * E[s];
      E[s] /= (double)count;
    }
  return sum / (2 * (double)count);
}

double
bd_net_check_gradient (const bd_net *net, const double w[], size_t count,
                       const double X[], const double y[], const double mask[],
                       double eps)
{
  size_t units = count * net->hidden;
  double *H = bd_array (3 * units + count + 2 * net->size, 1);
  double *D = H + 2 * units, *E = D + units, *G = E + count;
  double *v = G + net->size;
  double worst = 0, largest = 0;

  if (!H)
    return GSL_NAN;
  memcpy (v, w, net->size * sizeof *v);
  loss (net, v, count, X, y, mask, H, E);
  bd_net_backward (net, v, count, X, mask, mask != NULL, H, E, D, G);
  for (size_t k = 0; k < net->size; k++)
    {
      v[k] = w[k] + eps;
      double up = loss (net, v, count, X, y, mask, H, E);
      v[k] = w[k] - eps;
      double down = loss (net, v, count, X, y, mask, H, E);
      v[k] = w[k];
      double slope = (up - down) / (2 * eps);
      worst = GSL_MAX_DBL (worst, fabs (slope - G[k]));
      largest = GSL_MAX_DBL (largest, fabs (G[k]));
    }
  free (H);
  return worst / largest;
}
