/* A walk over the subnetworks of a network, for some points at once.

   Arrays are unit by unit, each with `stride' places for the points, so that
   a unit that comes or goes is one column added or taken away.  Bit 0 .. of a
   mask's code are the units of the last hidden layer, then those of the
   layers below, then the inputs, as far as they have a rate: the units whose
   change costs least change most often.  */
#ifndef BD_NET_EXACT_WALK_H
#define BD_NET_EXACT_WALK_H

#include <stdint.h>

#include "exact.h"
#include "kernels.h"

#define BD_WALK_FRESH                                                         \
  4096 /* masks after which sums are made anew, so that                       \
          rounding does not grow */

typedef struct
{
  const bd_net *net;
  const double *w;
  const bd_rates *rates;
  const bd_kernels_double *kernels;
  size_t units, stride;
  size_t lowest; /* layer (0: inputs) that the last bit belongs to */
  struct
  {
    size_t layer, unit;
  } bit[BD_EXACT_UNITS];
  size_t first[BD_NET_LAYERS];   /* bit of a layer's first unit */
  size_t bits[BD_NET_LAYERS];    /* of a layer */
  uint32_t code;                 /* 1: kept */
  size_t kept[BD_NET_LAYERS];    /* bits set in a layer */
  double *power[BD_NET_LAYERS];  /* probability of keeping so many */
  double *factor[BD_NET_LAYERS]; /* of a layer's units, 0 inputs */
  double *input[BD_NET_LAYERS];  /* of the units of layer l >= 1 */
  double *value[BD_NET_LAYERS];  /* width x stride, 0: the points */
  double *column;                /* of unit j of the last hidden layer in
                                    output o: (j outputs + o) stride */
  double *origin;                /* outputs x stride: where z starts */
  double *z;                     /* outputs x stride */
  double *room;
} bd_walk;

/* GSL_EINVAL with a sentence for rates outside [0, 1) and more than
   BD_EXACT_UNITS units.  */
int bd_exact_check (const bd_net *net, const bd_rates *rates, bd_error *err);

/* Room for STRIDE points of what has passed bd_exact_check; RATES and the
   network must outlive it.  GSL_ENOMEM.  */
int bd_walk_open (bd_walk *a, const bd_net *net, const double w[],
                  const bd_rates *rates, size_t stride);
void bd_walk_close (bd_walk *a);

/* Take COUNT <= stride points of Z (count x d); the others become 0.  The
   origin is set to the outputs' biases, and a code must be set next.  */
void bd_walk_points (bd_walk *a, size_t count, const double Z[]);

/* The outputs without a mask: weight scaling.  A code must be set next.  */
void bd_walk_scaled (bd_walk *a);

/* Go to the mask CODE by clean sums, or to that which differs in BIT.  */
void bd_walk_set (bd_walk *a, uint32_t code);
void bd_walk_flip (bd_walk *a, size_t bit);

/* From Gray code number STEP - 1 to STEP, whose lowest SKIP bits are left 0;
   STEP counts masks of the other bits.  Step 0 is a clean start.  */
void bd_walk_step (bd_walk *a, uint64_t step, size_t skip);

/* Probability of the current mask, of the bits from SKIP on.  SKIP may be
   above 0 only if all of them are of the last hidden layer.  */
double bd_walk_probability (const bd_walk *a, size_t skip);

/* Units that can be dropped and are kept now.  */
size_t bd_walk_kept (const bd_walk *a);

/* Out (width of layer l + 1 x stride) = biases + weights of layer L times IN,
   row i of which counts FACTOR[i] times (NULL: once).  */
void bd_walk_layer (const bd_net *net, const double w[], size_t l,
                    size_t stride, const double in[], const double factor[],
                    double out[]);

/* VALUE = the unit's values for INPUT, N of them, by KERNELS.  */
void bd_walk_unit (const bd_kernels_double *kernels, const bd_unit *unit,
                   size_t n, const double input[], double value[]);

#endif
