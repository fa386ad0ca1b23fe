/* What thinned.c and thinned_each.c share.  */
#ifndef BD_NET_THINNED_PLAN_H
#define BD_NET_THINNED_PLAN_H

#include "kernels.h"
#include "thinned.h"

#define BD_THINNED_POINTS 64 /* points of a curve, or masks, at once */

struct bd_thinned
{
  const bd_net_model *model;
  const bd_kernels_float *k;
  size_t m, unit, widest; /* widest: hidden layer with padding */
  float *w;               /* the weights */
  float *first;  /* first layer, unmasked: blocks of points, units, points */
  float *second; /* weights of the second layer, at least PAD wide */
  float *start;  /* and its biases */
  size_t second_width;
};

/* Arrays of floats; see thinned_each.c for the use of the last ones.  */
struct bd_thinned_work
{
  float *A, *B, *C, *S, *mask, *table, *scale;
  double *t;
  uint32_t *words, *bits, *live;
  uint16_t *pick;
};

#endif
