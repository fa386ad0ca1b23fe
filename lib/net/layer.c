/* Every product is made of one small step: rows of C += multiples of rows of
   B, four of each where there are as many, so that what is loaded once serves
   four times.  Plain loops that every compiler turns into vectors.  */
#include <config.h>

#include <stdbool.h>

#include "../base/kernel.h"
#include "layer.h"

#define SIDE 4 /* rows of C and of B in a step */
#define PAD BD_NET_PAD

/* PAD places of C += sum_q f[q] B[q] with one or SIDE rows of B, WIDTH
   apart.  */
BD_INLINE void
places (bool one, size_t width, const double f[SIDE], const double *restrict B,
        double *restrict C)
{
  for (size_t i = 0; i < PAD; i++)
    {
      double sum = C[i] + f[0] * B[i];
      if (!one)
        {
          sum += f[1] * B[width + i];
          sum += f[2] * B[2 * width + i];
          sum += f[3] * B[3 * width + i];
        }
      C[i] = sum;
    }
}

/* The factors of one row, from places STRIDE apart; all 1 without F.  */
BD_INLINE void
factors (bool one, const double *F, size_t stride, double f[SIDE])
{
  f[0] = F ? F[0] : 1;
  f[1] = F ? one ? 0 : F[stride] : 1;
  f[2] = F ? one ? 0 : F[2 * stride] : 1;
  f[3] = F ? one ? 0 : F[3 * stride] : 1;
}

/* All WIDTH places of ROWS <= SIDE rows of C.  Row r has the factors
   F[r down + q right], or 1 when r is REAL or more.  Called with constants,
   written out in full so that the factors stay in registers.  */
BD_INLINE void
step (size_t rows, size_t real, bool one, size_t width, const double *F,
      size_t down, size_t right, const double *restrict B, double *restrict C)
{
  double f0[SIDE], f1[SIDE], f2[SIDE], f3[SIDE];

  factors (one, real > 0 ? F : NULL, right, f0);
  factors (one, real > 1 ? F + down : NULL, right, f1);
  factors (one, real > 2 ? F + 2 * down : NULL, right, f2);
  factors (one, real > 3 ? F + 3 * down : NULL, right, f3);
  for (size_t j = 0; j < width; j += PAD)
    {
      places (one, width, f0, B + j, C + j);
      if (rows > 1)
        places (one, width, f1, B + j, C + width + j);
      if (rows > 2)
        places (one, width, f2, B + j, C + 2 * width + j);
      if (rows > 3)
        places (one, width, f3, B + j, C + 3 * width + j);
    }
}

/* The same for any number RANKS of rows of B.  */
BD_INLINE void
steps (size_t rows, size_t real, size_t ranks, size_t width, const double *F,
       size_t down, size_t right, const double *restrict B, double *restrict C)
{
  size_t q = 0;

  for (; q + SIDE <= ranks; q += SIDE)
    step (rows, real, false, width, F + q * right, down, right, B + q * width,
          C);
  for (; q < ranks; q++)
    step (rows, real, true, width, F + q * right, down, right, B + q * width,
          C);
}

BD_KERNEL static void
forward (size_t count, size_t in, size_t out, const double *restrict A,
         const double *restrict W, double *restrict Z)
{
  const double *b = W + in * out;
  size_t s = 0;

  for (size_t r = 0; r < count; r++)
    for (size_t j = 0; j < out; j++)
      Z[r * out + j] = b[j];
  for (; s + SIDE <= count; s += SIDE)
    steps (SIDE, SIDE, in, out, A + s * in, in, 1, W, Z + s * out);
  for (; s < count; s++)
    steps (1, 1, in, out, A + s * in, in, 1, W, Z + s * out);
}

BD_KERNEL static void
gradient (size_t count, size_t in, size_t out, const double *restrict A,
          const double *restrict D, double *restrict G)
{
  size_t k = 0;

  for (; k + SIDE <= in; k += SIDE)
    steps (SIDE, SIDE, count, out, A + k, 1, in, D, G + k * out);
  for (; k + 1 < in; k++)
    steps (1, 1, count, out, A + k, 1, in, D, G + k * out);
  if (k < in)
    steps (2, 1, count, out, A + k, 1, in, D, G + k * out);
  else
    steps (1, 0, count, out, A, 1, in, D, G + k * out);
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
  steps (1, 1, count, in, e, 0, 1, A, g);
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
