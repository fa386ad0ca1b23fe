/* What the tests of optimisers share: functions to minimise.  */
#ifndef OPTIMISER_TOOLS_H
#define OPTIMISER_TOOLS_H

#include "net/optimiser.h"

#define SIZE 30

/* 1/2 sum c_k (w_k - m_k)^2, which counts how often it was asked; not finite
   beyond LIMIT, if there is one.  */
typedef struct
{
  double c[SIZE], m[SIZE], limit;
  size_t calls;
} bowl;

double bowl_loss (void *params, const double w[], double G[]);

/* Curvatures from 1 to CONDITION.  */
bowl bowl_of (double condition);

/* H. H. Rosenbrock, The Computer Journal 3 (1960); minimum at (1, 1).  PARAMS
   counts the calls, a size_t, or is NULL.  */
double rosenbrock (void *params, const double w[], double G[]);

/* Those of TYPE with KNOBS ("" for none).  */
bd_settings settings (const bd_optimiser *type, const char *knobs);

#endif
