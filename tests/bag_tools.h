/* Bags of simulated rows, and everything that a resampling may want to know of
   them.  */
#ifndef BAG_TOOLS_H
#define BAG_TOOLS_H

#include "data/dataset.h"
#include "study/bagging.h"

#define GIVEN 70 /* members with given weights */

typedef struct
{
  bd_dataset *s;
  size_t *label; /* two to four rows each */
  double *given; /* GIVEN x n counts */
  bd_bagging o;  /* predicts at the rows, all estimators, one thread */
} bag_job;

/* A bag of FITTER with KNOBS on N rows of SCENARIO by the resampling SPEC,
   "name" or "name:knobs".  */
bag_job bag_open (const bd_fitter_type *fitter, const char *knobs,
                  const char *scenario, size_t n, const char *spec);
void bag_close (bag_job *a);

/* Run it; it must succeed.  */
bd_bagged bag_run (const bag_job *a);

/* Check that two results are the same to the bit.  */
void same_bagged (const bd_bagged *a, const bd_bagged *b);

#endif
