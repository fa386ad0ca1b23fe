/* Hidden units: activation functions over whole vectors.  */
#ifndef BD_NET_UNIT_H
#define BD_NET_UNIT_H

#include <stddef.h>

/* Every unit has f(0) = 0, so that the unused places of a padded layer stay
   zero in activations, gradients and weights.  */
typedef struct
{
  const char *name, *help;
  /* z[i] := f (z[i]) */
  void (*forward) (double z[], size_t n);
  /* g[i] := g[i] f'(z[i]), given h[i] = f (z[i]) */
  void (*backward) (const double h[], double g[], size_t n);
  double gain; /* variance of the starting weights times the inputs */
}
bd_unit;

extern const bd_unit bd_units[]; /* ends with { NULL } */

#define BD_UNIT_TANH 0
#define BD_UNIT_RELU 1
#define BD_UNITS 2

#endif
