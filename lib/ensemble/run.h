/* The one loop from a source to moments.

   Members are made in blocks of BD_BLOCK; each thread fills blocks of its own
   and they are merged in block order, so that any number of threads gives the
   same bits.  */
#ifndef BD_ENSEMBLE_RUN_H
#define BD_ENSEMBLE_RUN_H

#include "../variance/moments.h"
#include "source.h"

typedef struct
{
  size_t members;
  int threads; /* below 1: as many as OpenMP gives; 1 inside another team */

  /* Predictions to keep: member b < kept at the first keep_points points in
     keep[b * keep_points]; NaN where it could not be fitted.  */
  double *keep;
  size_t kept, keep_points;
} bd_run_options;

/* Add members 0 .. o->members - 1 of S to the empty moments A.  GSL_ENOMEM
   when memory is short; members that cannot be fitted are counted in
   A->failed.  */
int bd_run (const bd_source *s, const bd_run_options *o, bd_moments *a);

/* The threads that OpenMP would use, 1 without it.  */
int bd_run_threads (void);

#endif
