/* Members made before, all in memory, as moments without a run: the fast way
   of variance/dense.h for the same estimates.  */
#ifndef BD_ENSEMBLE_STORED_DENSE_H
#define BD_ENSEMBLE_STORED_DENSE_H

#include "../variance/dense.h"
#include "stored.h"

/* Make A, a `summed' set of moments with the sizes of S, the moments of its
   members.  What bd_run () makes of bd_stored_source (S), but for `ut' and
   `left_t', up to rounding (dense.h).  GSL_EINVAL when A is not `summed' or
   the members have other probabilities than 1, GSL_EBADLEN when the sizes
   differ, GSL_ENOMEM.  THREADS as in bd_moments_dense ().  */
int bd_stored_dense (const bd_stored *s, bd_moments *a, int threads);

#endif
