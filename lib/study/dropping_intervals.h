/* Intervals of a dropout network.  Private to the study.  */
#ifndef BD_STUDY_DROPPING_INTERVALS_H
#define BD_STUDY_DROPPING_INTERVALS_H

#include "dropping_folds.h"

/* What HELD, the folds of O, tells of A->interval; A has its noise.
   GSL_ENOMEM.  */
int bd_dropping_intervals_folds (const bd_dropping *o, const bd_held_out *held,
                                 bd_dropped *a);

/* What a given network says of the rows of O: AT, whose sd hold variances.
   GSL_ENOMEM.  */
int bd_dropping_intervals_rows (const bd_dropping *o, const bd_predicted *at,
                                bd_dropped *a);

/* The rest of A->interval, when all else of A is there.  */
int bd_dropping_intervals_rest (const bd_dropping *o, bd_dropped *a,
                                bd_error *err);

#endif
