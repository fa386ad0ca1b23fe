/* Networks with random weights and their subnetworks by brute force: each mask
   by a forward pass of its own, point by point.  */
#ifndef SUBNET_TOOLS_H
#define SUBNET_TOOLS_H

#include "net/exact.h"

/* A net D - HIDDEN ... (ended by 0) with random weights, biases, and a
   response that has mean 3 and scale 2 where the output is scaled; the caller
   frees.  */
bd_net_model *random_model (size_t d, const size_t hidden[], int unit,
                            int output, size_t classes, uint64_t seed);

/* Rates .4, .3, .2, ... of the hidden layers; INPUT of the inputs.  */
bd_rates some_rates (const bd_net *net, double input);

/* Subnetwork number CODE: bit by bit the units that have a rate, inputs first,
   then the hidden layers.  Its outputs Z at the point X, its probability and
   its number of kept units (may be NULL).  */
double brute_outputs (const bd_net_model *model, const bd_rates *rates,
                      unsigned code, const double x[], double z[],
                      size_t *kept);

/* The same with predictions T in the response's units.  */
double brute_predict (const bd_net_model *model, const bd_rates *rates,
                      unsigned code, const double x[], double t[],
                      size_t *kept);

/* Networks of all units, outputs and depths.  */
#define SUBNET_NETS 12
typedef struct
{
  size_t d, hidden[4];
  int unit, output;
  size_t classes;
  double input; /* rate */
} subnet_net;

extern const subnet_net subnet_nets[SUBNET_NETS];

/* Number I with random weights; the caller frees.  */
bd_net_model *subnet_model (int i);

#endif
