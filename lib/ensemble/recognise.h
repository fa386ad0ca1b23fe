/* How weights that come from elsewhere were drawn.  */
#ifndef BD_ENSEMBLE_RECOGNISE_H
#define BD_ENSEMBLE_RECOGNISE_H

#include "resample.h"

/* What the weights of the members seen so far are like; all zero at the
   start but for the first three.  */
typedef struct
{
  size_t n;                     /* rows */
  const bd_resample_type *type; /* known; NULL: to be found out */
  bd_settings set;              /* of TYPE */

  uint64_t members;
  bool parts, twice, left; /* some weight is no whole number; is not 0 or 1;
                              is 0 */
  double first;            /* sum of the first member's */
  uint64_t other; /* first member with another sum, from 0; 0: there is none */
  double other_sum; /* its */
  double sum, sum2; /* of the sums' differences from N, and of their squares */
} bd_recognised;

/* Look at the weights W of the next member, which is no failed one.
   GSL_EINVAL and a sentence that begins with WHERE when they are negative, not
   finite, all 0, or not what the known type can have drawn.  */
int bd_recognise_look (bd_recognised *r, const double w[], const char *where,
                       bd_error *err);

/* Fill r->type and r->set from the weights if they were not known: bootstrap
   (whole numbers of equal sums), subsample (0 and 1), bayes (any numbers that
   sum to n) or poisson (whole numbers whose sums scatter as n does).
   GSL_EINVAL and a sentence when they are like none of these.  */
int bd_recognise_end (bd_recognised *r, bd_error *err);

#endif
