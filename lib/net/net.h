/* A dense network: hidden layers of one kind of unit, linear outputs.

   All weights stand in one array.  Layer l has in x out weights, row k
   holding those that leave input k, and then out biases.  Rows of activations
   and weights are padded with zeros to BD_NET_PAD places, but for the inputs
   and a single output; padding takes no part in anything.

   A mask is one factor per hidden unit: 0 for a dropped unit, 1 / (1 - q) for
   a kept one (inverted dropout, so that prediction without a mask needs no
   scaling: weight scaling).  Reference: N. Srivastava et al., "Dropout: a
   simple way to prevent neural networks from overfitting", JMLR 15 (2014).  */
#ifndef BD_NET_NET_H
#define BD_NET_NET_H

#include <gsl/gsl_rng.h>
#include <stddef.h>

#include "output.h"
#include "unit.h"

#define BD_NET_LAYERS 33 /* most layers of weights */
#define BD_NET_PAD 16

/* COUNT places with padding.  */
static inline size_t
bd_net_padded (size_t count)
{
  return (count + BD_NET_PAD - 1) / BD_NET_PAD * BD_NET_PAD;
}

typedef struct
{
  size_t layers;                    /* of weights: hidden layers + 1 */
  size_t width[BD_NET_LAYERS + 1];  /* inputs, hidden ..., outputs */
  size_t padded[BD_NET_LAYERS + 1]; /* the same with padding */
  size_t weight[BD_NET_LAYERS];     /* where a layer's weights begin */
  size_t bias[BD_NET_LAYERS];
  size_t size;   /* of the array of weights */
  size_t hidden; /* hidden units in all, padded */
  const bd_unit *unit;
  const bd_output *output;
} bd_net;

/* The shape D - HIDDEN[0] - ... - HIDDEN[DEPTH - 1] - outputs,
   1 <= DEPTH < BD_NET_LAYERS.  CLASSES is looked at by outputs of classes.  */
bd_net bd_net_shape (size_t d, const size_t hidden[], size_t depth,
                     const bd_unit *unit, const bd_output *output,
                     size_t classes);

/* Random starting weights, uniform with variance gain / inputs (He, Glorot);
   biases uniform on -+ 1 / sqrt (inputs).  Those of the first layer are
   1 + (spread - 1) / inputs times as wide, gain and spread being those of the
   unit: with few inputs units with two bends then bend at places spread over
   the whole range of the data.  */
void bd_net_start (const bd_net *net, double w[], gsl_rng *r);

/* A network's masks for some rows; NULL: all factors are 1.  */
typedef struct
{
  const double *hidden; /* rows x net->hidden, rows STRIDE places apart */
  size_t stride;        /* 0: one row for all */
  const double *input;  /* rows x d, rows INPUT_STRIDE apart */
  size_t input_stride;
  const double *weight; /* net->size */
} bd_net_mask;

/* Linear outputs Z (COUNT x outputs) for COUNT rows of X (COUNT x d) in double
   precision.  MASK NULL: none.  H (bd_net_room (net, count), aligned as by
   bd_array) is work space.  */
void bd_net_forward (const bd_net *net, const double w[], size_t count,
                     const double X[], const bd_net_mask *mask, double H[],
                     double Z[]);
size_t bd_net_room (const bd_net *net, size_t count);

/* What the units of hidden layer LAYER (from 0) gave, times their factors, in
   the forward pass of COUNT rows that H was the work space of: COUNT rows of
   net->padded[LAYER + 1], good until H is used again.  */
const double *bd_net_values (const bd_net *net, size_t count, size_t layer,
                             double H[]);

/* The gradient G (net->size, overwritten) of the mean loss over COUNT rows;
   returns that loss.  Work space as above.  */
double bd_net_gradient (const bd_net *net, const double w[], size_t count,
                        const double X[], const double y[],
                        const bd_net_mask *mask, double H[], double G[]);

/* Greatest difference between that gradient and central differences with step
   EPS, relative to the largest component; for the tests of every network that
   anyone builds on this.  NaN when memory is short.  */
double bd_net_check_gradient (const bd_net *net, const double w[],
                              size_t count, const double X[], const double y[],
                              const bd_net_mask *mask, double eps);

#endif
