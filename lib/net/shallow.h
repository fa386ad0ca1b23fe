/* Forward and backward through a network with one input and one hidden layer
   in two passes over the units instead of eight.  Curves are the most common
   data here, and in their networks the passes take longer than the units.  */
#ifndef BD_NET_SHALLOW_H
#define BD_NET_SHALLOW_H

#include <stddef.h>

#define BD_SHALLOW_ROWS 4 /* go together */

/* COUNT rows, a multiple of BD_SHALLOW_ROWS.  Their loss is
   sum share (output - y)^2 / 2.  */
typedef struct bd_shallow
{
  size_t out;      /* hidden units with padding */
  const double *w; /* the weights of net.h: w, b, v (out each), c */
  size_t count;
  const double *X, *y, *share; /* count */
  const double *mask;          /* count x out, or NULL */
  double *H, *e;               /* count x out and count: work space */
  double *G;                   /* the gradient is added, in the order of w */
} bd_shallow;

/* Returns twice the loss.  */
double bd_shallow_tanh (const bd_shallow *a);

#endif
