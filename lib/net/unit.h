/* Hidden units: activation functions.  */
#ifndef BD_NET_UNIT_H
#define BD_NET_UNIT_H

typedef struct
{
  const char *name, *help;
  double (*value) (double z);
  double (*slope) (double z); /* derivative; of a kink, that from the left */

  /* Variance of the starting weights times the inputs, of the hidden layers
     and of the outputs; how much wider those of the first layer are.  */
  double gain, out, spread;
} bd_unit;

enum /* places in bd_units and in the tables of kernels.h */
{
  BD_UNIT_TANH,
  BD_UNIT_RELU,
  BD_UNIT_GELU,
  BD_UNIT_LOGISTIC,
  BD_UNIT_LINEAR,
  BD_UNITS
};

extern const bd_unit bd_units[]; /* ends with { NULL } */

/* The unit called NAME, or NULL.  */
const bd_unit *bd_unit_find (const char *name);

#endif
