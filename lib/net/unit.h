/* Hidden units: activation functions over whole vectors.  */
#ifndef BD_NET_UNIT_H
#define BD_NET_UNIT_H

#include <stddef.h>

struct bd_shallow;

/* Every unit has f(0) = 0, so that the unused places of a padded layer stay
   zero in activations, gradients and weights.  */
typedef struct
{
  const char *name, *help;
  /* z[i] := f (z[i]) */
  void (*forward) (double z[], size_t n);
  /* g[i] := g[i] f'(z[i]), given h[i] = f (z[i]) */
  void (*backward) (const double h[], double g[], size_t n);
  /* the same below an output layer with weights v: rows s of WIDTH places,
     G[s][j] = e[s] v[j] mask[s][j] f'(z[s][j]); MASK as in layer.h or NULL */
  void (*output) (size_t count, size_t width, const double H[],
                  const double e[], const double v[], const double mask[],
                  size_t stride, double G[]);
  /* a step of a network with one input and one hidden layer; NULL: layer by
     layer */
  double (*shallow) (const struct bd_shallow *step);
  double gain; /* variance of the starting weights times the inputs */
} bd_unit;

extern const bd_unit bd_units[]; /* ends with { NULL } */

#define BD_UNIT_TANH 0
#define BD_UNIT_RELU 1
#define BD_UNITS 2

#endif
