/* A source: where an ensemble's members come from.

   Above this waist nobody knows about variance, below it nobody knows about
   splines or neurons.  Member b depends on the source's seed and on b alone,
   never on the thread that makes it.  */
#ifndef BD_ENSEMBLE_SOURCE_H
#define BD_ENSEMBLE_SOURCE_H

#include <gsl/gsl_matrix.h>
#include <stddef.h>
#include <stdint.h>

#include "../fitter/fitter.h"
#include "../net/mask.h"
#include "../net/train.h"
#include "resample.h"

typedef struct
{
  const char *name, *help;
  void *(*work) (const void *setup); /* one per thread; NULL: no memory */
  void (*free_work) (void *work);    /* accepts NULL */

  /* Member B: its perturbation u (units), prediction t (points) and
     probability *p (1 when sampled).  A code other than GSL_SUCCESS means
     that this member cannot be fitted.  */
  int (*draw) (const void *setup, void *work, uint64_t b, double *p,
               double u[], double t[]);
} bd_source_type;

typedef struct
{
  const bd_source_type *type;
  const void *setup; /* read-only, shared by all threads */
  size_t units, points;
} bd_source;

/* The same fitter on resampled rows.  */
typedef struct
{
  const bd_fitter_type *fitter;
  const void *plan; /* the fitter's */
  const bd_resample_type *resample;
  size_t n, m;
  uint64_t seed;
} bd_bag;

/* Random subnetworks of one trained network.  */
typedef struct
{
  const bd_net_model *model;
  const double *Z; /* m standardised points */
  size_t m;
  bd_mask mask;
  uint64_t seed;
} bd_dropout;

extern const bd_source_type bd_source_bag;
extern const bd_source_type bd_source_dropout;
extern const bd_source_type *const bd_source_types[]; /* ends with NULL */

/* The sources of these set-ups, which must outlive them.  */
bd_source bd_bag_source (const bd_bag *bag);
bd_source bd_dropout_source (const bd_dropout *dropout);

#endif
