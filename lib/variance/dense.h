/* Moments of members that are all in memory at once: the same estimates as by
   blocks, faster, and without the n x m covariances.

   Members have equal probabilities.  What the jackknives need of covariances
   is only their sums of squares, which are made tile by tile.  Counts (whole
   numbers up to 127) are multiplied exactly, as bytes, with predictions that
   are rounded to 24 bits of the largest deviation at their point.  Where rows
   are many and members few, the B x B products of the members' counts are made
   instead, exactly, and serve all points.  Other weights are multiplied in
   single precision, in runs of 512 members.

   The difference from doubles is below 1e-6 (other weights: 5e-6) of
   V + n v / B, the variance and the noise that finite B adds to its estimate.
   Same bits at any number of threads; with counts also on any instruction
   set.  */
#ifndef BD_VARIANCE_DENSE_H
#define BD_VARIANCE_DENSE_H

#include "moments.h"

/* The arrays belong to the caller.  A member whose t is NULL or not finite
   could not be fitted.  */
typedef struct
{
  size_t members;
  const double *const *u;             /* of each: its a->width weights */
  const unsigned char *const *counts; /* the same in bytes, instead of u */
  const double *const *t;             /* of each: its a->m predictions */
} bd_dense_members;

typedef enum
{
  BD_FORM_AUTO,  /* the cheaper one */
  BD_FORM_TILES, /* products of counts and predictions */
  BD_FORM_GRAM   /* products of counts and counts; tiles if they are none */
} bd_form;

/* The form that is cheaper for N units, M points and B members.  */
bd_form bd_form_of (size_t n, size_t m, size_t B);

/* Make A, whose `summed' is true, the moments of nothing but the members of D.
   THREADS below 1: as many as OpenMP gives.  GSL_EINVAL when A is not
   `summed', GSL_ENOMEM when memory is short.  */
int bd_moments_dense (bd_moments *a, const bd_dense_members *d, bd_form form,
                      int threads);

#endif
