/* The source of pass_float.c and pass_double.c.  Reference: D. E. Rumelhart,
   G. E. Hinton, R. J. Williams, "Learning representations by back-propagating
   errors", Nature 323 (1986).  */
#include <gsl/gsl_math.h>
#include <string.h>

#include "pass.h"

#define FAR BD_NET_PAD /* blocks begin at multiples of this */
#define CLASSES 1024   /* most outputs */

static size_t
widest (const bd_net *net)
{
  size_t most = FAR;

  for (size_t l = 1; l <= net->layers; l++)
    most = GSL_MAX (most, net->padded[l]);
  return most;
}

/* Places of the transposed weights: all but the first layer's, and a single
   output's.  */
static size_t
transposed (const bd_net *net)
{
  size_t sum = 0;

  for (size_t l = 1; l < net->layers; l++)
    if (net->padded[l + 1] > 1)
      sum += net->padded[l] * net->padded[l + 1];
  return sum;
}

size_t
NAME (_room) (const bd_net *net, size_t rows, int masks)
{
  size_t out = net->padded[net->layers];

  return bd_net_padded (rows * net->width[0])
         + (size_t)(masks ? 4 : 3) * rows * net->hidden
         + 2 * bd_net_padded (rows * out) + transposed (net) + widest (net)
         + FAR;
}

void
NAME (_open) (NAME () * p, const bd_net *net, size_t rows, int masks,
              REAL room[])
{
  size_t units = rows * net->hidden, most = widest (net);

  *p = (NAME ()){
    .net = net, .k = KERNELS (), .out = net->padded[net->layers], .X = room
  };
  p->A = p->X + bd_net_padded (rows * net->width[0]);
  p->S = p->A + units;
  p->D = p->S + units;
  p->M = masks ? p->D + units : NULL;
  p->Z = p->D + (masks ? 2 : 1) * units;
  p->E = p->Z + bd_net_padded (rows * p->out);
  p->T = p->E + bd_net_padded (rows * p->out);
  p->zero = p->T + transposed (net);
  memset (p->zero, 0, (most + FAR) * sizeof (REAL));
  p->zero[most] = 1;
}

void
NAME (_weights) (NAME () * p, const REAL w[], int back)
{
  const bd_net *net = p->net;
  REAL *to = p->T;

  p->w = w;
  for (size_t l = 1; back && l < net->layers; l++)
    if (net->padded[l + 1] > 1)
      {
        p->k->transpose (net->padded[l], net->padded[l + 1],
                         w + net->weight[l], to);
        to += net->padded[l] * net->padded[l + 1];
      }
}

/* The inputs of the first layer, masked where they are.  */
static const REAL *
inputs (NAME () * p, size_t count, const REAL X[])
{
  size_t d = p->net->width[0];

  if (!p->input)
    return X;
  for (size_t s = 0; s < count; s++)
    for (size_t j = 0; j < d; j++)
      p->X[s * d + j] = X[s * d + j] * p->input[s * p->input_stride + j];
  return p->X;
}

void
NAME (_forward) (NAME () * p, size_t count, const REAL X[])
{
  const bd_net *net = p->net;
  const REAL *A = inputs (p, count, X);
  size_t last = net->layers - 1, before = 0;
  size_t kind = (size_t)(net->unit - bd_units);

  for (size_t l = 0; l < last; l++)
    {
      size_t width = net->padded[l + 1];
      REAL *Z = p->A + before * count;
      p->k->product (count, net->width[l], width, A, net->padded[l], 1,
                     p->w + net->weight[l], p->w + net->bias[l], Z);
      p->k->unit[kind](count, width, net->width[l + 1],
                       p->mask ? p->mask + before : NULL, p->stride, Z,
                       p->S + before * count);
      A = Z;
      before += width;
    }
  if (p->out == 1)
    p->k->dot (count, net->padded[last], A, p->w + net->weight[last],
               p->w[net->bias[last]], p->Z);
  else
    p->k->product (count, net->width[last], p->out, A, net->padded[last], 1,
                   p->w + net->weight[last], p->w + net->bias[last], p->Z);
}

/* The commonest case without detours.  */
static double
squares (NAME () * p, size_t count, const REAL y[], const REAL share[])
{
  double sum = 0;

  for (size_t s = 0; s < count; s++)
    {
      REAL e = p->Z[s] - y[s];
      sum += (double)(share[s] * e * e);
      p->E[s] = share[s] * e;
    }
  return sum / 2;
}

double
NAME (_loss) (NAME () * p, size_t count, const REAL y[], const REAL share[])
{
  const bd_net *net = p->net;
  size_t outputs = net->width[net->layers];
  double z[CLASSES], e[CLASSES], sum = 0;

  if (net->output == &bd_outputs[BD_OUTPUT_REAL])
    return squares (p, count, y, share);
  memset (p->E, 0, count * p->out * sizeof (REAL));
  for (size_t s = 0; s < count; s++)
    {
      for (size_t k = 0; k < outputs; k++)
        z[k] = (double)p->Z[s * p->out + k];
      sum += (double)share[s]
             * net->output->loss (outputs, z, (double)y[s], e);
      for (size_t k = 0; k < outputs; k++)
        p->E[s * p->out + k] = share[s] * (REAL)e[k];
    }
  return sum;
}

/* G (in + 1 rows of OUT) += [A 1]' D.  */
static void
layer_gradient (const NAME () * p, size_t count, size_t in, size_t stride,
                size_t out, const REAL A[], const REAL D[], REAL G[],
                REAL bias[])
{
  p->k->product (in, count, out, A, 1, stride, D, NULL, G);
  p->k->product (1, count, out, p->zero + widest (p->net), 0, 0, D, NULL,
                 bias);
}

/* Down from the outputs to what enters the last hidden layer.  */
static void
from_outputs (NAME () * p, size_t count, REAL G[])
{
  const bd_net *net = p->net;
  size_t last = net->layers - 1, width = net->padded[last];
  size_t before = (net->hidden - width) * count;
  const REAL *A = p->A + before, *S = p->S + before;
  REAL *D = p->D + before, *g = G + net->weight[last];

  if (p->out == 1)
    {
      p->k->product (1, count, width, p->E, 0, 1, A, NULL, g);
      for (size_t s = 0; s < count; s++)
        G[net->bias[last]] += p->E[s];
      if (p->M)
        p->k->product (count, 1, width, p->E, 1, 0, p->w + net->weight[last],
                       p->zero, D);
      else
        p->k->outer (count, width, p->E, p->w + net->weight[last], S, D);
    }
  else
    {
      layer_gradient (p, count, net->width[last], width, p->out, A, p->E, g,
                      G + net->bias[last]);
      p->k->product (count, net->width[net->layers], width, p->E, p->out, 1,
                     p->T + transposed (net) - width * p->out, p->zero, D);
    }
}

/* D is that of what leaves the units of a layer; make it that of what enters
   them.  */
static void
through_units (NAME () * p, size_t places, size_t before, bool done)
{
  REAL *D = p->D + before;

  if (p->M)
    memcpy (p->M + before, D, places * sizeof (REAL));
  if (!done)
    p->k->times (places, p->S + before, D);
}

void
NAME (_backward) (NAME () * p, size_t count, const REAL X[], REAL G[])
{
  const bd_net *net = p->net;
  size_t last = net->layers - 1, before = net->hidden - net->padded[last];
  const REAL *T = p->T + transposed (net);

  from_outputs (p, count, G);
  if (p->out > 1)
    T -= net->padded[last] * p->out;
  for (size_t l = last; l-- > 0;)
    {
      size_t width = net->padded[l + 1], in = net->padded[l];
      REAL *D = p->D + before * count;
      through_units (p, count * width, before * count,
                     l + 1 == last && p->out == 1 && !p->M);
      before -= l > 0 ? in : 0;
      layer_gradient (p, count, net->width[l], in, width,
                      l > 0      ? p->A + before * count
                      : p->input ? p->X
                                 : X,
                      D, G + net->weight[l], G + net->bias[l]);
      if (l > 0)
        {
          T -= in * width;
          p->k->product (count, net->width[l + 1], in, D, width, 1, T, p->zero,
                         p->D + before * count);
        }
    }
}
