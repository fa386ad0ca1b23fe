/* What the plans of several fitters refuse alike.  Private to the room.  */
#ifndef BD_FITTER_FINITE_H
#define BD_FITTER_FINITE_H

#include <gsl/gsl_matrix.h>
#include <gsl/gsl_vector.h>

#include "../base/error.h"

/* GSL_EINVAL and a sentence when there are more rows than 32-bit row numbers
   reach, or a row of X, y or P is not finite.  WHAT is "a tree" and the
   like.  */
int bd_fitter_check (const char *what, const gsl_matrix *X,
                     const gsl_vector *y, const gsl_matrix *P, bd_error *err);

#endif
