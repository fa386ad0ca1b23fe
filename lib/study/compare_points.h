/* Where the methods of a comparison are seen.  Private to the study.  */
#ifndef BD_STUDY_COMPARE_POINTS_H
#define BD_STUDY_COMPARE_POINTS_H

#include "compare.h"

/* Fill F, grid and along of C.  GSL_ENOMEM.  */
int bd_compare_points (bd_comparison *c);

#endif
