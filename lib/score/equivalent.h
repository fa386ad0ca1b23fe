/* How many members of one ensemble another method is worth.

   Reference: A. Ashukha, A. Lyzhov, D. Molchanov, D. Vetrov, "Pitfalls of
   in-domain uncertainty estimation and ensembling in deep learning", ICLR
   2020.  */
#ifndef BD_SCORE_EQUIVALENT_H
#define BD_SCORE_EQUIVALENT_H

#include <stddef.h>

#include "score.h"

typedef struct
{
  double members; /* least number as good; 1: one is as good or better;
                     infinite: none of the numbers looked at is */
  double lo, hi;  /* 95 % limits of it */
  double most;    /* the largest number looked at */
} bd_equivalent;

/* DIFF[k] is the mean score of SIZE[k] members less that of the other method,
   paired, with its 95 % limits; less is better.  SIZE ascends from 1.  The
   number is where DIFF first comes down to 0, interpolated in 1 / size because
   scores fall as c + w / size; its limits are where the limits of DIFF do.
   They are limits at each size by itself.  NaN when there is nothing to be
   looked at.  */
bd_equivalent bd_score_equivalent (const double size[],
                                   const bd_interval diff[], size_t steps);

#endif
