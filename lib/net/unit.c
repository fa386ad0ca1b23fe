/* References: X. Glorot, Y. Bengio, "Understanding the difficulty of training
   deep feedforward neural networks", AISTATS 2010; K. He et al., "Delving
   deep into rectifiers", ICCV 2015 (the gains).  */
#include <config.h>

#include "../base/kernel.h"
#include "net.h"
#include "shallow.h"
#include "tanh.h"

#define BLOCK BD_NET_PAD

/* Two blocks share one division, the slowest instruction of all.  */
BD_KERNEL static void
tanh_forward (double z[], size_t n)
{
  size_t i = 0;

  for (; i + 2 * BLOCK <= n; i += 2 * BLOCK)
    for (size_t j = i; j < i + BLOCK; j++)
      {
        double top, under, top2, under2;
        bd_tanh_parts (z[j], &top, &under);
        bd_tanh_parts (z[j + BLOCK], &top2, &under2);
        double both = 1 / (under * under2);
        z[j] = top * (under2 * both);
        z[j + BLOCK] = top2 * (under * both);
      }
  for (; i < n; i++)
    {
      double top, under;
      bd_tanh_parts (z[i], &top, &under);
      z[i] = top / under;
    }
}

BD_KERNEL static void
tanh_backward (const double h[], double g[], size_t n)
{
  for (size_t i = 0; i < n; i++)
    g[i] *= 1 - h[i] * h[i];
}

BD_KERNEL static void
tanh_output (size_t count, size_t width, const double *restrict H,
             const double *restrict e, const double *restrict v,
             const double *restrict mask, size_t stride, double *restrict G)
{
  for (size_t s = 0; s < count; s++)
    {
      const double *restrict h = H + s * width, *restrict m
                                                = mask ? mask + s * stride
                                                       : NULL;
      double *restrict g = G + s * width;
      if (mask)
        for (size_t j = 0; j < width; j++)
          g[j] = e[s] * v[j] * m[j] * (1 - h[j] * h[j]);
      else
        for (size_t j = 0; j < width; j++)
          g[j] = e[s] * v[j] * (1 - h[j] * h[j]);
    }
}

BD_KERNEL static void
relu_forward (double z[], size_t n)
{
  for (size_t i = 0; i < n; i++)
    z[i] = z[i] > 0 ? z[i] : 0;
}

BD_KERNEL static void
relu_backward (const double h[], double g[], size_t n)
{
  for (size_t i = 0; i < n; i++)
    g[i] = h[i] > 0 ? g[i] : 0;
}

BD_KERNEL static void
relu_output (size_t count, size_t width, const double *restrict H,
             const double *restrict e, const double *restrict v,
             const double *restrict mask, size_t stride, double *restrict G)
{
  for (size_t s = 0; s < count; s++)
    {
      const double *restrict h = H + s * width, *restrict m
                                                = mask ? mask + s * stride
                                                       : NULL;
      double *restrict g = G + s * width;
      if (mask)
        for (size_t j = 0; j < width; j++)
          {
            double d = e[s] * v[j] * m[j];
            g[j] = h[j] > 0 ? d : 0;
          }
      else
        for (size_t j = 0; j < width; j++)
          {
            double d = e[s] * v[j];
            g[j] = h[j] > 0 ? d : 0;
          }
    }
}

const bd_unit bd_units[] = {
  [BD_UNIT_TANH] = { .name = "tanh",
                     .help = "hyperbolic tangent",
                     .forward = tanh_forward,
                     .backward = tanh_backward,
                     .output = tanh_output,
                     .shallow = bd_shallow_tanh,
                     .gain = 1 },
  [BD_UNIT_RELU] = { .name = "relu",
                     .help = "rectifier, max (0, z)",
                     .forward = relu_forward,
                     .backward = relu_backward,
                     .output = relu_output,
                     .gain = 2 },
  { .name = NULL },
};
