#include <config.h>

#include "../base/kernel.h"
#include "moments_loops.h"

BD_NO_CONTRACTION

BD_KERNEL void
bd_loop_add (size_t n, double p, const double z[], double sum[])
{
  for (size_t i = 0; i < n; i++)
    sum[i] += p * z[i];
}

BD_KERNEL void
bd_loop_powers (size_t n, double p, const double mean[], double t[],
                double t2[], double t3[], double t4[])
{
  for (size_t j = 0; j < n; j++)
    {
      double d = t[j] - mean[j], s = p * d * d;
      t[j] = d;
      t2[j] += s;
      t3[j] += s * d;
      t4[j] += s * d * d;
    }
}

BD_KERNEL void
bd_loop_squares (size_t n, double p, const double mean[], double u[],
                 double u2[])
{
  for (size_t i = 0; i < n; i++)
    {
      double d = u[i] - mean[i];
      u2[i] += p * d * d;
      u[i] = p * d;
    }
}

BD_KERNEL void
bd_loop_out (size_t n, double p, const double w[], double out_p[])
{
  for (size_t i = 0; i < n; i++)
    out_p[i] += w[i] == 0 ? p : 0;
}

/* Without branches: what rows with a weight would give is thrown away.  */
BD_KERNEL void
bd_loop_out_mean (size_t n, double p, const double w[], const double t[],
                  double out_p[], double out_t[], double out_t2[])
{
  for (size_t i = 0; i < n; i++)
    {
      double now = out_t[i], d = t[i] - now, all = out_p[i] + p;
      double next = now + d * p / all;
      double square = out_t2[i] + p * d * (t[i] - next);
      out_p[i] = w[i] == 0 ? all : out_p[i];
      out_t2[i] = w[i] == 0 ? square : out_t2[i];
      out_t[i] = w[i] == 0 ? next : now;
    }
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
