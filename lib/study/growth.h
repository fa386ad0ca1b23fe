/* How the error falls with the number of members.  Private to the study.  */
#ifndef BD_STUDY_GROWTH_H
#define BD_STUDY_GROWTH_H

#include "compare.h"

/* For ensembles of 1, 2, 4 ... of the members that A kept the mean loss,
   as TYPE has it, where Y[0 .. a->keep_points - 1] came, averaged over the
   disjoint groups of that size; groups with a member that failed are left out.
   GSL_ENOMEM.  */
int bd_grow (const bd_answer *a, const bd_response_type *type,
             const double y[], double growth[BD_STEPS]);

#endif
