#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/kernel.h"
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

/* Z = 1 b' + A W for COUNT rows; A has LDA places a row, Z and W OUT.  */
BD_KERNEL static void
affine (size_t count, size_t in, size_t out, const double *restrict A,
        size_t lda, const double *restrict W, const double *restrict b,
        double *restrict Z)
{
  for (size_t s = 0; s < count; s++)
    {
      double *restrict z = Z + s * out;
      for (size_t j = 0; j < out; j++)
        z[j] = b[j];
      for (size_t k = 0; k < in; k++)
        {
          double a = A[s * lda + k];
          for (size_t j = 0; j < out; j++)
            z[j] += a * W[k * out + j];
        }
    }
}

/* out[s] = b + sum_k A[s][k] w[k], in BD_NET_PAD partial sums.  */
BD_KERNEL static void
output (size_t count, size_t in, const double *restrict A,
        const double *restrict w, double b, double *restrict out)
{
  for (size_t s = 0; s < count; s++)
    {
      double part[BD_NET_PAD] = { 0 };
      for (size_t k = 0; k < in; k += BD_NET_PAD)
        for (size_t i = 0; i < BD_NET_PAD; i++)
          part[i] += A[s * in + k + i] * w[k + i];
      double sum = ((part[0] + part[4]) + (part[1] + part[5]))
                   + ((part[2] + part[6]) + (part[3] + part[7]));
      out[s] = b + sum;
    }
}

/* to = from times the masks, ROWS x WIDTH; a row of masks is STRIDE places
   after the one before, or the same one when STRIDE is 0.  */
BD_KERNEL static void
apply_mask (size_t rows, size_t width, const double *restrict mask,
            size_t stride, const double *from, double *to)
{
  for (size_t s = 0; s < rows; s++)
    for (size_t j = 0; j < width; j++)
      to[s * width + j] = from[s * width + j] * mask[s * stride + j];
}

void
bd_net_forward (const bd_net *net, const double w[], size_t count,
                const double X[], const double mask[], int each, double H[],
                double out[])
{
  const double *A = X;
  size_t lda = net->padded[0], last = net->layers - 1, before = 0;

  for (size_t l = 0; l < last; l++)
    {
      size_t width = net->padded[l + 1];
      double *Z = H + before * count, *M = Z + net->hidden * count;
      affine (count, net->padded[l], width, A, lda, w + net->weight[l],
              w + net->bias[l], Z);
      net->unit->forward (Z, count * width);
      if (mask)
        apply_mask (count, width, mask + before, each ? net->hidden : 0, Z, M);
      A = mask ? M : Z;
      lda = width;
      before += width;
    }
  output (count, net->padded[last], A, w + net->weight[last],
          w[net->bias[last]], out);
}

/* D[s][j] = E[s] v[j], and the gradient of the output layer.  */
BD_KERNEL static void
back_output (size_t count, size_t in, const double *restrict A,
             const double *restrict v, const double *restrict E,
             double *restrict D, double *restrict gv, double *restrict gb)
{
  memset (gv, 0, in * sizeof *gv);
  *gb = 0;
  for (size_t s = 0; s < count; s++)
    {
      double e = E[s];
      *gb += e;
      for (size_t j = 0; j < in; j++)
        {
          gv[j] += e * A[s * in + j];
          D[s * in + j] = e * v[j];
        }
    }
}

/* Gradient of a hidden layer's weights from D = d loss / d Z.  */
BD_KERNEL static void
back_weights (size_t count, size_t in, size_t out, const double *restrict A,
              const double *restrict D, double *restrict GW,
              double *restrict gb)
{
  memset (GW, 0, in * out * sizeof *GW);
  memset (gb, 0, out * sizeof *gb);
  for (size_t s = 0; s < count; s++)
    {
      const double *restrict d = D + s * out;
      for (size_t j = 0; j < out; j++)
        gb[j] += d[j];
      for (size_t k = 0; k < in; k++)
        {
          double a = A[s * in + k];
          for (size_t j = 0; j < out; j++)
            GW[k * out + j] += a * d[j];
        }
    }
}

/* D below = D W' for hidden layers above the first.  */
BD_KERNEL static void
back_inputs (size_t count, size_t in, size_t out, const double *restrict W,
             const double *restrict D, double *restrict below)
{
  for (size_t s = 0; s < count; s++)
    for (size_t k = 0; k < in; k++)
      {
        double part[BD_NET_PAD] = { 0 };
        for (size_t j = 0; j < out; j += BD_NET_PAD)
          for (size_t i = 0; i < BD_NET_PAD; i++)
            part[i] += D[s * out + j + i] * W[k * out + j + i];
        below[s * in + k] = ((part[0] + part[4]) + (part[1] + part[5]))
                            + ((part[2] + part[6]) + (part[3] + part[7]));
      }
}

void
bd_net_backward (const bd_net *net, const double w[], size_t count,
                 const double X[], const double mask[], int each,
                 const double H[], const double E[], double D[], double G[])
{
  size_t last = net->layers - 1, before = net->hidden - net->padded[last];
  const double *M = H + (mask ? net->hidden * count : 0);

  back_output (count, net->padded[last], M + before * count,
               w + net->weight[last], E, D + before * count,
               G + net->weight[last], G + net->bias[last]);
  for (size_t l = last; l-- > 0;)
    {
      size_t width = net->padded[l + 1], in = net->padded[l];
      double *d = D + before * count;
      if (mask)
        apply_mask (count, width, mask + before, each ? net->hidden : 0, d, d);
      net->unit->backward (H + before * count, d, count * width);
      before -= l > 0 ? in : 0;
      back_weights (count, in, width, l > 0 ? M + before * count : X, d,
                    G + net->weight[l], G + net->bias[l]);
      if (l > 0)
        back_inputs (count, in, width, w + net->weight[l], d,
                     D + before * count);
    }
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
                       const double X[], const double y[],
                       const double mask[], double eps)
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
