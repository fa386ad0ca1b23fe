/* What several test programs share.  */
#ifndef TOOLS_H
#define TOOLS_H

#include <gsl/gsl_rng.h>
#include <stddef.h>
#include <stdint.h>

#include "data/dataset.h"
#include "ensemble/resample.h"
#include "variance/moments.h"

#define LENGTH(array) ((int)(sizeof array / sizeof array[0]))

/* A generator for the test called INDEX; the caller frees.  */
gsl_rng *stream (uint64_t index);

/* N rows of SCENARIO with its usual noise; the caller frees.  */
bd_dataset *simulated (const char *scenario, size_t n, uint64_t seed);

/* COUNT standard normal numbers; the caller frees.  */
double *normals (gsl_rng *r, size_t count);

double mean_of (const double x[], size_t n);

/* Standard deviation with divisor N.  */
double sd_of (const double x[], size_t n);

/* A resampling made ready, with a generator to draw with.  */
typedef struct
{
  bd_resample *s;
  gsl_rng *r;
} drawer;

/* TYPE with KNOBS ("" for none) for ROWS, whose arrays outlive it.  */
drawer drawer_open (const bd_resample_type *type, const char *knobs,
                    const bd_rows *rows);
void drawer_close (drawer *d);

/* Weights of member B of SEED, good until the next one.  */
const double *draw_weights (drawer *d, uint64_t seed, uint64_t b);

/* Check that the moments have the same shape and the same bits.  */
void same_bits (const bd_moments *a, const bd_moments *b);

/* Add a member of probability P to A, as a block of its own.  */
void add_one (bd_moments *a, double p, const double u[], const double t[]);

#endif
