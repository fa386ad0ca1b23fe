/* Every product is made of one small step: rows of C plus some multiples of
   rows of B, four of each where there are as many, so that what is loaded
   once serves four times.  Plain loops that every compiler turns into
   vectors.  */
#include <config.h>

#include "../base/kernel.h"
#include "layer.h"

#define SIDE 4 /* rows of C and of B in a step */
#define PAD BD_NET_PAD

/* C[r] = start + sum_q f[r][q] B[q] for ROWS rows of C and RANKS of B, all
   WIDTH long; without START, C is added to.  Called with constants, each call
   becomes a loop of its own.  */
static inline void
step (size_t rows, size_t ranks, size_t width, double f[SIDE][SIDE],
      const double *restrict start, const double *restrict B,
      double *restrict C)
{
  for (size_t j = 0; j < width; j += PAD)
    for (size_t r = 0; r < rows; r++)
      for (size_t i = j; i < j + PAD; i++)
        {
          double sum = start ? start[i] : C[r * width + i];
          for (size_t q = 0; q < ranks; q++)
            sum += f[r][q] * B[q * width + i];
          C[r * width + i] = sum;
        }
}

/* C[r] = start + sum_q F[r down + q right] B[q], for ROWS x RANKS factors; in
   rows REAL and beyond all factors are 1.  */
static inline void
steps (size_t rows, size_t real, size_t ranks, size_t width, const double *F,
       size_t down, size_t right, const double *restrict start,
       const double *restrict B, double *restrict C)
{
  double f[SIDE][SIDE] = { { 0 } };
  size_t q = 0;

  for (; q + SIDE <= ranks; q += SIDE)
    {
      for (size_t r = 0; r < rows; r++)
        for (size_t k = 0; k < SIDE; k++)
          f[r][k] = r < real ? F[r * down + (q + k) * right] : 1;
      step (rows, SIDE, width, f, start, B + q * width, C);
      start = NULL;
    }
  for (; q < ranks; q++)
    {
      for (size_t r = 0; r < rows; r++)
        f[r][0] = r < real ? F[r * down + q * right] : 1;
      step (rows, 1, width, f, start, B + q * width, C);
      start = NULL;
    }
}

BD_KERNEL static void
forward (size_t count, size_t in, size_t out, const double *restrict A,
         const double *restrict W, double *restrict Z)
{
  const double *b = W + in * out;
  size_t s = 0;

  for (; s + SIDE <= count; s += SIDE)
    steps (SIDE, SIDE, in, out, A + s * in, in, 1, b, W, Z + s * out);
  for (; s < count; s++)
    steps (1, 1, in, out, A + s * in, in, 1, b, W, Z + s * out);
}

BD_KERNEL static void
gradient (size_t count, size_t in, size_t out, const double *restrict A,
          const double *restrict D, double *restrict G)
{
  size_t k = 0;

  for (; k + SIDE <= in; k += SIDE)
    steps (SIDE, SIDE, count, out, A + k, 1, in, NULL, D, G + k * out);
  A += k;
  G += k * out;
  switch (in - k)
    {
    case 0:
      steps (1, 0, count, out, A, 1, in, NULL, D, G);
      break;
    case 1:
      steps (2, 1, count, out, A, 1, in, NULL, D, G);
      break;
    case 2:
      steps (3, 2, count, out, A, 1, in, NULL, D, G);
      break;
    default:
      steps (4, 3, count, out, A, 1, in, NULL, D, G);
    }
}

BD_KERNEL static void
back (size_t count, size_t in, size_t out, const double *restrict W,
      const double *restrict D, double *restrict below)
{
  for (size_t s = 0; s < count; s++)
    for (size_t k = 0; k < in; k++)
      {
        double part[PAD] = { 0 };
        for (size_t j = 0; j < out; j += PAD)
          for (size_t i = 0; i < PAD; i++)
            part[i] += D[s * out + j + i] * W[k * out + j + i];
        below[s * in + k] = bd_layer_total (part);
      }
}

BD_KERNEL static void
output (size_t count, size_t in, const double *restrict A,
        const double *restrict w, double *restrict z)
{
  for (size_t s = 0; s < count; s++)
    {
      double part[PAD] = { 0 };
      for (size_t k = 0; k < in; k += PAD)
        for (size_t i = 0; i < PAD; i++)
          part[i] += A[s * in + k + i] * w[k + i];
      z[s] = w[in] + bd_layer_total (part);
    }
}

BD_KERNEL static void
output_gradient (size_t count, size_t in, const double *restrict A,
                 const double *restrict e, double *restrict g)
{
  steps (1, 1, count, in, e, 0, 1, NULL, A, g);
  for (size_t s = 0; s < count; s++)
    g[in] += e[s];
}

BD_KERNEL static void
apply_mask (size_t count, size_t width, const double *restrict mask,
            size_t stride, const double *from, double *to)
{
  for (size_t s = 0; s < count; s++)
    for (size_t j = 0; j < width; j++)
      to[s * width + j] = from[s * width + j] * mask[s * stride + j];
}

void
bd_layer_forward (size_t count, size_t in, size_t out, const double A[],
                  const double W[], double Z[])
{
  forward (count, in, out, A, W, Z);
}

void
bd_layer_gradient (size_t count, size_t in, size_t out, const double A[],
                   const double D[], double G[])
{
  gradient (count, in, out, A, D, G);
}

void
bd_layer_below (size_t count, size_t in, size_t out, const double W[],
                const double D[], double below[])
{
  back (count, in, out, W, D, below);
}

void
bd_layer_output (size_t count, size_t in, const double A[], const double w[],
                 double z[])
{
  output (count, in, A, w, z);
}

void
bd_layer_output_gradient (size_t count, size_t in, const double A[],
                          const double e[], double g[])
{
  output_gradient (count, in, A, e, g);
}

void
bd_layer_mask (size_t count, size_t width, const double mask[], size_t stride,
               const double from[], double to[])
{
  apply_mask (count, width, mask, stride, from, to);
}
