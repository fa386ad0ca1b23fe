/* Intervals of a bag.  Private to the study.  */
#ifndef BD_STUDY_BAGGING_INTERVALS_H
#define BD_STUDY_BAGGING_INTERVALS_H

#include "bagging_job.h"
#include "held_parts.h"

/* OUT->interval, when all else of OUT is there; SHARE: variance of the mean
   as a part of the member variance.  J's members are made.  */
int bd_bagging_intervals (bd_bagged *out, const bd_job *j, double share,
                          bd_error *err);

/* The bag O of MEMBERS without each part of its rows, as its wish for
   intervals says, into H, which is freed by the caller in any case.  Groups of
   rows stay together.  */
int bd_bagging_folds (const bd_bagging *o, uint64_t members, bd_held_parts *h,
                      bd_error *err);

#endif
