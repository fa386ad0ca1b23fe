/* A dense network with one real output: hidden layers of one kind of unit,
   linear output, squared error.

   All weights stand in one array.  Layer l has in x out weights, row k
   holding those that leave input k, and then out biases.  Rows of activations
   and weights are padded with zeros to BD_NET_PAD places; padding takes no
   part in anything.

   A mask is one factor per hidden unit: 0 for a dropped unit, 1 / (1 - q) for
   a kept one (inverted dropout, so that prediction without a mask needs no
   scaling: weight scaling).  Reference: N. Srivastava et al., "Dropout: a
   simple way to prevent neural networks from overfitting", JMLR 15 (2014).  */
#ifndef BD_NET_NET_H
#define BD_NET_NET_H

#include <gsl/gsl_rng.h>
#include <stddef.h>

#include "unit.h"

#define BD_NET_LAYERS 5 /* most layers of weights */
#define BD_NET_PAD 8

typedef struct
{
  size_t layers;                    /* of weights: hidden layers + 1 */
  size_t width[BD_NET_LAYERS + 1];  /* inputs, hidden ..., 1 */
  size_t padded[BD_NET_LAYERS + 1]; /* the same with padding; inputs and
                                       output are not padded */
  size_t weight[BD_NET_LAYERS];     /* where a layer's weights begin */
  size_t bias[BD_NET_LAYERS];
  size_t size;   /* of the array of weights */
  size_t hidden; /* hidden units in all, padded */
  const bd_unit *unit;
} bd_net;

/* The shape D - HIDDEN - ... - HIDDEN - 1 with DEPTH hidden layers,
   1 <= DEPTH < BD_NET_LAYERS.  */
bd_net bd_net_shape (size_t d, size_t hidden, size_t depth,
                     const bd_unit *unit);

/* Random starting weights, uniform with variance gain / inputs; biases uniform
   on -+ 1 / sqrt (inputs).  Those of the first layer are BD_NET_SPREAD times
   as wide: with few inputs the units then bend at places spread over the whole
   range of the data.  */
#define BD_NET_SPREAD 2
void bd_net_start (const bd_net *net, double w[], gsl_rng *r);

/* Outputs for COUNT rows of X (COUNT x d).  H (COUNT x 2 net->hidden) receives
   the activations, layer after layer, then the masked ones.  MASK is
   COUNT x net->hidden when EACH, else one mask for all rows; NULL: none.  */
void bd_net_forward (const bd_net *net, const double w[], size_t count,
                     const double X[], const double mask[], int each,
                     double H[], double out[]);

/* Given the activations of bd_net_forward with the same arguments and the
   derivative E of the loss for each output, the gradient G of the loss
   (overwritten).  D (COUNT x net->hidden) is work space.  */
void bd_net_backward (const bd_net *net, const double w[], size_t count,
                      const double X[], const double mask[], int each,
                      const double H[], const double E[], double D[],
                      double G[]);

/* The same, added to what G holds, so that many rows can be done a few at a
   time.  */
void bd_net_backward_add (const bd_net *net, const double w[], size_t count,
                          const double X[], const double mask[], int each,
                          const double H[], const double E[], double D[],
                          double G[]);

/* Greatest difference between the gradient of the mean squared error / 2 and
   central differences with step EPS, relative to the largest component; for
   the tests of every network that anyone builds on this.  NaN when memory is
   short.  */
double bd_net_check_gradient (const bd_net *net, const double w[],
                              size_t count, const double X[], const double y[],
                              const double mask[], double eps);

#endif
