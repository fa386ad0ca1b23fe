/* The arithmetic of dense layers, on a few rows at a time.  Rows of
   activations and weights are OUT or IN places long, stand close together,
   and all sums run in a fixed order.  */
#ifndef BD_NET_LAYER_H
#define BD_NET_LAYER_H

#include <stddef.h>

#include "net.h"

/* Z (COUNT x OUT) = 1 b' + A W: A is COUNT x IN, W is IN x OUT and b follows
   it.  */
void bd_layer_forward (size_t count, size_t in, size_t out, const double A[],
                       const double W[], double Z[]);

/* G (IN + 1 x OUT) += [A 1]' D: the gradient of W and b from D (COUNT x OUT),
   the derivatives of the loss for Z.  */
void bd_layer_gradient (size_t count, size_t in, size_t out, const double A[],
                        const double D[], double G[]);

/* below (COUNT x IN) = D W'.  OUT is a multiple of BD_NET_PAD.  */
void bd_layer_below (size_t count, size_t in, size_t out, const double W[],
                     const double D[], double below[]);

/* z (COUNT) = b + A w, b behind w; IN is a multiple of BD_NET_PAD.  */
void bd_layer_output (size_t count, size_t in, const double A[],
                      const double w[], double z[]);

/* g (IN + 1) += [A 1]' e.  */
void bd_layer_output_gradient (size_t count, size_t in, const double A[],
                               const double e[], double g[]);

/* to = from times the masks, COUNT x WIDTH; a row of masks is STRIDE places
   after the one before, or the same one when STRIDE is 0.  TO may be FROM.  */
void bd_layer_mask (size_t count, size_t width, const double mask[],
                    size_t stride, const double from[], double to[]);

/* The sum of partial sums.  */
static inline double
bd_layer_total (const double part[BD_NET_PAD])
{
  return ((part[0] + part[4]) + (part[1] + part[5]))
         + ((part[2] + part[6]) + (part[3] + part[7]));
}

#endif
