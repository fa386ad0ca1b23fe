/* The same sums as in layer.c and unit.c, in another order.  */
#include <config.h>

#include <stdbool.h>

#include "../base/kernel.h"
#include "layer.h"
#include "shallow.h"
#include "tanh.h"

#define PAD BD_NET_PAD
#define ROWS BD_SHALLOW_ROWS

/* Two rows' activations and outputs.  */
static inline void
two_rows (bool masked, size_t out, const double *restrict w,
          const double *restrict x, const double *restrict mask,
          double *restrict h, double *restrict h2, double *restrict e)
{
  const double *b = w + out, *v = b + out, *mask2 = mask + out;
  double part[PAD] = { 0 }, part2[PAD] = { 0 };

  for (size_t j = 0; j < out; j += PAD)
    for (size_t i = 0; i < PAD; i++)
      {
        size_t k = j + i;
        double top, under, top2, under2;
        bd_tanh_parts (b[k] + x[0] * w[k], &top, &under);
        bd_tanh_parts (b[k] + x[1] * w[k], &top2, &under2);
        double both = 1 / (under * under2);
        double t = top * (under2 * both), t2 = top2 * (under * both);
        h[k] = t;
        h2[k] = t2;
        part[i] += (masked ? t * mask[k] : t) * v[k];
        part2[i] += (masked ? t2 * mask2[k] : t2) * v[k];
      }
  e[0] = bd_layer_total (part) + v[out];
  e[1] = bd_layer_total (part2) + v[out];
}

/* The outputs of all rows.  */
BD_KERNEL static void
forward (const bd_shallow *a)
{
  size_t out = a->out;

  for (size_t s = 0; s < a->count; s += 2)
    {
      double *h = a->H + s * out;
      if (a->mask)
        two_rows (true, out, a->w, a->X + s, a->mask + s * out, h, h + out,
                  a->e + s);
      else
        two_rows (false, out, a->w, a->X + s, a->w, h, h + out, a->e + s);
    }
}

/* Four rows' part of the gradient of w, b and v.  */
static inline void
four_rows (bool masked, size_t out, const double *restrict v,
           const double *restrict x, const double *restrict e,
           const double *restrict mask, const double *restrict H,
           double *restrict gw, double *restrict gb, double *restrict gv)
{
  for (size_t j = 0; j < out; j += PAD)
    for (size_t i = j; i < j + PAD; i++)
      {
        double sw = 0, sb = 0, sv = 0;
        for (size_t r = 0; r < ROWS; r++)
          {
            double h = H[r * out + i], m = masked ? mask[r * out + i] : 1;
            double d = (1 - h * h) * e[r] * m;
            sv += e[r] * (h * m);
            sb += d;
            sw += x[r] * d;
          }
        gw[i] += sw * v[i];
        gb[i] += sb * v[i];
        gv[i] += sv;
      }
}

BD_KERNEL static void
backward (const bd_shallow *a)
{
  size_t out = a->out;
  const double *v = a->w + 2 * out;
  double *gw = a->G, *gb = gw + out, *gv = gb + out;

  for (size_t s = 0; s < a->count; s += ROWS)
    {
      const double *h = a->H + s * out;
      if (a->mask)
        four_rows (true, out, v, a->X + s, a->e + s, a->mask + s * out, h, gw,
                   gb, gv);
      else
        four_rows (false, out, v, a->X + s, a->e + s, h, h, gw, gb, gv);
    }
}

double
bd_shallow_tanh (const bd_shallow *a)
{
  double sum = 0, *gc = a->G + 3 * a->out;

  forward (a);
  for (size_t s = 0; s < a->count; s++)
    {
      double e = a->e[s] - a->y[s];
      sum += a->share[s] * e * e;
      a->e[s] = a->share[s] * e;
      *gc += a->e[s];
    }
  backward (a);
  return sum;
}
