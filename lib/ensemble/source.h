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
#include "../net/thinned.h"
#include "../net/train.h"
#include "resample.h"

enum
{
  BD_SHAKY = 1001 /* above all codes of GSL */
};

typedef struct
{
  const char *name, *help;
  void *(*work) (const void *setup); /* one per thread; NULL: no memory.  Both
                                        slots NULL: none is needed */
  void (*free_work) (void *work);    /* accepts NULL */

  /* Member B: its perturbation u (width), prediction t (points) and
     probability *p (1 when sampled).  BD_SHAKY: its equations were nearly
     singular.  Another code than that and GSL_SUCCESS means that this member
     cannot be fitted.  */
  int (*draw) (const void *setup, void *work, uint64_t b, double *p,
               double u[], double t[]);
} bd_source_type;

typedef struct
{
  const bd_source_type *type;
  const void *setup; /* read-only, shared by all threads */
  size_t units, points;
  size_t width; /* length of u: the units, then the weights of the rows where
                   these are not the units */
} bd_source;

/* The same fitter on resampled rows.  What stands after the seed may be left
   0.  */
typedef struct
{
  const bd_fitter_type *fitter;
  const void *plan; /* the fitter's */
  const bd_resample_type *resample;
  size_t n, m;
  uint64_t seed;

  const bd_settings *scheme; /* of the resampling; NULL: its defaults */
  const bd_rows *rows;       /* NULL: nothing but n is known of them */

  /* Random subsets of the inputs (random patches), and responses that the
     fitter cannot take, need a plan for each member, made of these.  */
  size_t features; /* inputs of a member; 0: all */
  const bd_settings *set;
  const gsl_matrix *X, *P;
  const gsl_vector *y;
} bd_bag;

/* Random subnetworks of one trained network.  */
typedef struct
{
  const bd_net_model *model;
  const double *Z; /* m standardised points */
  size_t m;
  const bd_mask *mask; /* NULL: that of the model */
  uint64_t seed;
  bd_thinned *thinned; /* a plan of bd_dropout_plan, or NULL: double
                                precision */
} bd_dropout;

/* A plan for drawing many members of A fast, in single precision; NULL where
   the network or the mask allow none, or memory is short.  The caller frees it
   by bd_thinned_free.  */
bd_thinned *bd_dropout_plan (const bd_dropout *a);

/* Its mask, or that of its model.  */
const bd_mask *bd_dropout_mask (const bd_dropout *a);

/* Hidden units, and the inputs where these are dropped.  */
size_t bd_dropout_units (const bd_dropout *dropout);

extern const bd_source_type bd_source_bag;
extern const bd_source_type bd_source_dropout;
extern const bd_source_type *const bd_source_types[]; /* ends with NULL */

/* True when every member of BAG is planned anew.  */
bool bd_bag_own_plans (const bd_bag *bag);

/* The sources of these set-ups, which must outlive them.  */
bd_source bd_bag_source (const bd_bag *bag);
bd_source bd_dropout_source (const bd_dropout *dropout);

#endif
