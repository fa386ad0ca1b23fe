#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "net.h"
#include "pass.h"

bd_net
bd_net_shape (size_t d, const size_t hidden[], size_t depth,
              const bd_unit *unit, const bd_output *output, size_t classes)
{
  bd_net net = { .layers = depth + 1, .unit = unit, .output = output };
  size_t outputs = output->outputs (classes);

  net.width[0] = net.padded[0] = d;
  for (size_t l = 1; l <= depth; l++)
    {
      net.width[l] = hidden[l - 1];
      net.padded[l] = bd_net_padded (hidden[l - 1]);
      net.hidden += net.padded[l];
    }
  net.width[depth + 1] = outputs;
  net.padded[depth + 1] = outputs == 1 ? 1 : bd_net_padded (outputs);
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
      double inputs = (double)net->width[l];
      double wide = l == 0 ? 1 + (net->unit->spread - 1) / inputs : 1;
      double gain = l + 1 < net->layers ? net->unit->gain : net->unit->out;
      start_block (w + net->weight[l], net->width[l], net->width[l + 1],
                   net->padded[l + 1], wide * sqrt (3 * gain / inputs), r);
      start_block (w + net->bias[l], 1, net->width[l + 1], net->padded[l + 1],
                   wide / sqrt (inputs), r);
    }
}

/* Work space: masked weights, shares, and that of the pass.  */
size_t
bd_net_room (const bd_net *net, size_t count)
{
  return 2 * bd_net_padded (net->size) + bd_net_padded (count)
         + bd_pass_double_room (net, count, 0);
}

/* A pass over H with the weights W and their masks.  */
static bd_pass_double
begin (const bd_net *net, const double w[], size_t count,
       const bd_net_mask *mask, int back, double H[])
{
  bd_pass_double p;
  double *masked = H, *room = H + bd_net_padded (net->size);

  bd_pass_double_open (&p, net, count, 0, room);
  if (mask)
    {
      p.mask = mask->hidden;
      p.stride = mask->stride;
      p.input = mask->input;
      p.input_stride = mask->input_stride;
    }
  if (mask && mask->weight)
    {
      for (size_t k = 0; k < net->size; k++)
        masked[k] = w[k] * mask->weight[k];
      w = masked;
    }
  else if ((size_t)w % 64)
    w = memcpy (masked, w, net->size * sizeof *w);
  bd_pass_double_weights (&p, w, back);
  return p;
}

void
bd_net_forward (const bd_net *net, const double w[], size_t count,
                const double X[], const bd_net_mask *mask, double H[],
                double Z[])
{
  size_t outputs = net->width[net->layers];
  bd_pass_double p = begin (net, w, count, mask, 0, H);

  bd_pass_double_forward (&p, count, X);
  for (size_t s = 0; s < count; s++)
    memcpy (Z + s * outputs, p.Z + s * p.out, outputs * sizeof *Z);
}

const double *
bd_net_values (const bd_net *net, size_t count, size_t layer, double H[])
{
  const double *A
      = H + bd_net_padded (net->size) + bd_net_padded (count * net->width[0]);

  for (size_t l = 0; l < layer; l++)
    A += count * net->padded[l + 1];
  return A;
}

double
bd_net_gradient (const bd_net *net, const double w[], size_t count,
                 const double X[], const double y[], const bd_net_mask *mask,
                 double H[], double G[])
{
  bd_pass_double p = begin (net, w, count, mask, 1, H);
  double *share
      = H + bd_net_padded (net->size) + bd_pass_double_room (net, count, 0);
  double *g = share + bd_net_padded (count);

  for (size_t s = 0; s < count; s++)
    share[s] = 1 / (double)count;
  memset (g, 0, net->size * sizeof *g);
  bd_pass_double_forward (&p, count, X);
  double loss = bd_pass_double_loss (&p, count, y, share);
  bd_pass_double_backward (&p, count, X, g);
  for (size_t k = 0; k < net->size; k++)
    G[k] = mask && mask->weight ? g[k] * mask->weight[k] : g[k];
  return loss;
}

double
bd_net_check_gradient (const bd_net *net, const double w[], size_t count,
                       const double X[], const double y[],
                       const bd_net_mask *mask, double eps)
{
  double *G = bd_array (3, net->size), *v = G + net->size;
  double *H = bd_array (bd_net_room (net, count), 1);
  double worst = 0, largest = 0;

  if (!G || !H)
    {
      free (G);
      free (H);
      return GSL_NAN;
    }
  memcpy (v, w, net->size * sizeof *v);
  bd_net_gradient (net, v, count, X, y, mask, H, G);
  for (size_t k = 0; k < net->size; k++)
    {
      double *unused = v + net->size;
      v[k] = w[k] + eps;
      double up = bd_net_gradient (net, v, count, X, y, mask, H, unused);
      v[k] = w[k] - eps;
      double down = bd_net_gradient (net, v, count, X, y, mask, H, unused);
      v[k] = w[k];
      double slope = (up - down) / (2 * eps);
      worst = GSL_MAX_DBL (worst, fabs (slope - G[k]));
      largest = GSL_MAX_DBL (largest, fabs (G[k]));
    }
  free (H);
  free (G);
  return worst / largest;
}
