/* The one loop from a source to moments.

   Members are made by whichever thread is free; blocks of them become moments,
   which are merged in block order.  How many members a block has depends on
   nothing but the sizes of the moments (bd_moments_members ()), so that any
   number of threads gives the same bits.  */
#ifndef BD_ENSEMBLE_RUN_H
#define BD_ENSEMBLE_RUN_H

#include "../base/progress.h"
#include "../variance/moments.h"
#include "source.h"

typedef struct
{
  uint64_t first; /* of the members; a multiple of a block */
  size_t members;
  int threads; /* below 1: as many as OpenMP gives; 1 inside another team */

  /* Predictions to keep: member b < kept at the first keep_points points in
     keep[b * keep_points]; NaN where it could not be fitted.  */
  double *keep;
  size_t kept, keep_points;

  /* Called for every member in order, one call at a time; P is NaN where it
     could not be fitted.  NULL: nobody asks.  */
  void (*each) (void *params, uint64_t b, double p, const double u[],
                const double t[]);
  void *params;
  bd_progress progress; /* in members of this run */
} bd_run_options;

/* Add members o->first .. o->first + o->members - 1 of S to the moments A.
   GSL_ENOMEM when memory is short; members that cannot be fitted are counted
   in A->failed.  */
int bd_run (const bd_source *s, const bd_run_options *o, bd_moments *a);

/* The threads that OpenMP would use, 1 without it.  */
int bd_run_threads (void);

#endif
