/* Scenarios: simulated data whose true curve is known.  */
#ifndef BD_DATA_SCENARIO_H
#define BD_DATA_SCENARIO_H

#include <gsl/gsl_rng.h>
#include <stdint.h>

#include "dataset.h"

typedef struct
{
  const char *name, *help;
  size_t d;     /* inputs */
  size_t rows;  /* usual number of rows */
  double noise; /* usual standard deviation of the noise */
  void (*draw) (double x[], gsl_rng *r); /* one row of inputs */
  double (*truth) (const double x[]);
} bd_scenario;

extern const bd_scenario bd_scenarios[]; /* ends with { NULL } */

/* The scenario called NAME, or NULL.  */
const bd_scenario *bd_scenario_find (const char *name);

/* N rows of S with normal noise of standard deviation NOISE, the truth
   filled in.  The caller frees.  */
bd_dataset *bd_scenario_draw (const bd_scenario *s, size_t n, double noise,
                              uint64_t seed);

#endif
