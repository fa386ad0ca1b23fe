/* Both passes over a few columns of the block before the next ones, which are
   wide enough to be read in runs: the sums stay in the nearest cache, and the
   second pass finds its numbers near.  */
#include <config.h>

#include <stdbool.h>

#include "../base/kernel.h"
#include "moments_loops.h"

BD_NO_CONTRACTION

#define WIDE 64  /* neighbours: their sums stay in the nearest cache */
#define NARROW 8 /* of what is left, before one at a time */

/* Weighted means of N <= WIDE columns of Z.  */
BD_INLINE void
average (const bd_loop_block *z, size_t n, const double Z[], double mean[])
{
  double sum[WIDE] = { 0 };

  for (size_t b = 0; b < z->count; b++)
    for (size_t i = 0; i < n; i++)
      sum[i] += z->p[b] * Z[b * z->tda + i];
  for (size_t i = 0; i < n; i++)
    mean[i] = sum[i] / z->total;
}

/* Powers of N columns of T around their means from J on.  */
BD_INLINE void
powers (const bd_loop_block *z, size_t n, bool centre, size_t j, double T[],
        double mean[], double t2[], double t3[], double t4[])
{
  double m[WIDE], s2[WIDE] = { 0 }, s3[WIDE] = { 0 }, s4[WIDE] = { 0 };

  T += j;
  average (z, n, T, m);
  for (size_t b = 0; b < z->count; b++)
    {
      double *t = T + b * z->tda, p = z->p[b];
      for (size_t i = 0; i < n; i++)
        {
          double d = t[i] - m[i], s = p * d * d;
          s2[i] += s;
          s3[i] += s * d;
          s4[i] += s * d * d;
          if (centre)
            t[i] = d;
        }
    }
  for (size_t i = 0; i < n; i++)
    {
      mean[j + i] = m[i];
      t2[j + i] = s2[i];
      t3[j + i] = s3[i];
      t4[j + i] = s4[i];
    }
}

BD_INLINE void
all_powers (const bd_loop_block *z, bool centre, double T[], double mean[],
            double t2[], double t3[], double t4[])
{
  size_t j = 0;

  for (; j + WIDE <= z->n; j += WIDE)
    powers (z, WIDE, centre, j, T, mean, t2, t3, t4);
  for (; j + NARROW <= z->n; j += NARROW)
    powers (z, NARROW, centre, j, T, mean, t2, t3, t4);
  for (; j < z->n; j++)
    powers (z, 1, centre, j, T, mean, t2, t3, t4);
}

BD_KERNEL void
bd_loop_points (const bd_loop_block *z, double T[], double mean[], double t2[],
                double t3[], double t4[])
{
  all_powers (z, false, T, mean, t2, t3, t4);
}

BD_KERNEL void
bd_loop_centre_points (const bd_loop_block *z, double T[], double mean[],
                       double t2[], double t3[], double t4[])
{
  all_powers (z, true, T, mean, t2, t3, t4);
}

/* Squares of N columns of U around their means from J on.  */
BD_INLINE void
squares (const bd_loop_block *z, size_t n, size_t j, double U[], double mean[],
         double u2[])
{
  double m[WIDE], s2[WIDE] = { 0 };

  U += j;
  average (z, n, U, m);
  for (size_t b = 0; b < z->count; b++)
    {
      double *u = U + b * z->tda, p = z->p[b];
      for (size_t i = 0; i < n; i++)
        {
          double d = u[i] - m[i];
          s2[i] += p * d * d;
          u[i] = p * d;
        }
    }
  for (size_t i = 0; i < n; i++)
    {
      mean[j + i] = m[i];
      u2[j + i] = s2[i];
    }
}

BD_KERNEL void
bd_loop_units (const bd_loop_block *z, double U[], double mean[], double u2[])
{
  size_t j = 0;

  for (; j + WIDE <= z->n; j += WIDE)
    squares (z, WIDE, j, U, mean, u2);
  for (; j + NARROW <= z->n; j += NARROW)
    squares (z, NARROW, j, U, mean, u2);
  for (; j < z->n; j++)
    squares (z, 1, j, U, mean, u2);
}

BD_INLINE void
left_out (const bd_loop_block *z, size_t n, const double W[], double out_p[])
{
  double sum[WIDE] = { 0 };

  for (size_t b = 0; b < z->count; b++)
    {
      const double *w = W + b * z->tda, p = z->p[b];
      for (size_t i = 0; i < n; i++)
        sum[i] += w[i] == 0 ? p : 0;
    }
  for (size_t i = 0; i < n; i++)
    out_p[i] = sum[i];
}

BD_KERNEL void
bd_loop_out (const bd_loop_block *z, const double W[], double out_p[])
{
  size_t j = 0;

  for (; j + WIDE <= z->n; j += WIDE)
    left_out (z, WIDE, W + j, out_p + j);
  for (; j < z->n; j++)
    left_out (z, 1, W + j, out_p + j);
}

/* Without branches: rows with a weight count 0 times.  */
BD_INLINE void
left_out_mean (const bd_loop_block *z, size_t n, const double W[],
               const double T[], size_t t_tda, double out_p[], double out_t[],
               double out_t2[])
{
  double m[WIDE] = { 0 }, sum[WIDE] = { 0 }, s2[WIDE] = { 0 };

  for (size_t b = 0; b < z->count; b++)
    {
      const double *w = W + b * z->tda, *t = T + b * t_tda, p = z->p[b];
      for (size_t i = 0; i < n; i++)
        {
          double q = w[i] == 0 ? p : 0;
          sum[i] += q;
          m[i] += q * t[i];
        }
    }
  for (size_t i = 0; i < n; i++)
    m[i] = sum[i] > 0 ? m[i] / sum[i] : 0;
  for (size_t b = 0; b < z->count; b++)
    {
      const double *w = W + b * z->tda, *t = T + b * t_tda, p = z->p[b];
      for (size_t i = 0; i < n; i++)
        {
          double q = w[i] == 0 ? p : 0, d = t[i] - m[i];
          s2[i] += q * d * d;
        }
    }
  for (size_t i = 0; i < n; i++)
    {
      out_p[i] = sum[i];
      out_t[i] = m[i];
      out_t2[i] = s2[i];
    }
}

BD_KERNEL void
bd_loop_out_mean (const bd_loop_block *z, const double W[], const double T[],
                  size_t t_tda, double out_p[], double out_t[],
                  double out_t2[])
{
  size_t j = 0;

  for (; j + WIDE <= z->n; j += WIDE)
    left_out_mean (z, WIDE, W + j, T + j, t_tda, out_p + j, out_t + j,
                   out_t2 + j);
  for (; j < z->n; j++)
    left_out_mean (z, 1, W + j, T + j, t_tda, out_p + j, out_t + j,
                   out_t2 + j);
}

BD_KERNEL void
bd_loop_apart (size_t n, double p, double u[], double left[])
{
  for (size_t i = 0; i < n; i++)
    {
      double out = u[i] == 0 ? p : 0;
      u[i] = out;
      left[i] += out;
    }
}

BD_KERNEL void
bd_loop_merge (size_t n, double pull, const double other[], const double ta[],
               const double tb[], double row[])
{
  for (size_t j = 0; j < n; j++)
    row[j] += other[j] + pull * (tb[j] - ta[j]);
}
