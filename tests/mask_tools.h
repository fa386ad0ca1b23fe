/* Masks for tests.  */
#ifndef MASK_TOOLS_H
#define MASK_TOOLS_H

#include "net/mask.h"

/* 5 inputs, hidden layers of 37 and 20 units, one output: 80 places, of which
   the second layer's begin at 48; inputs at 80.  */
bd_net mask_net (void);
#define MASK_SECOND 48
#define MASK_HIDDEN 80
#define MASK_INPUTS 80

/* The mask of SPEC with rate Q for the two hidden layers.  */
bd_mask mask_of (const char *spec, double q);

/* ROWS masks of A for that network at PHASE from stream INDEX, the pool's seed
   being 9; the caller frees.  */
float *mask_rows (const bd_mask *a, size_t rows, uint64_t index, double phase);

/* The first COUNT words of that stream; the caller frees.  */
uint32_t *mask_stream (size_t count, uint64_t index);

/* Check that the N counts are as even as chance has it, number k with
   probability P[k]: chi-square, quantiles for 1e-9 on both sides.  */
void check_counts (size_t n, const double count[], const double p[]);

#endif
