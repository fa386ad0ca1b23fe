/* Members with a plan of their own: some of the inputs, or a response that
   the fitter cannot take.  These allocate for every member.  Private to the
   room.  */
#ifndef BD_ENSEMBLE_PATCH_H
#define BD_ENSEMBLE_PATCH_H

#include "source.h"

typedef struct bd_patch bd_patch; /* one thread's work space */

bd_patch *bd_patch_alloc (const bd_bag *a);
void bd_patch_free (bd_patch *k);

/* Plan and fit a member of A to what S has drawn, and predict it.  R chooses
   the inputs, then is the fitter's.  */
int bd_patch_fit (const bd_bag *a, bd_patch *k, const bd_resample *s,
                  gsl_rng *r, double t[]);

/* Predict from the last fit in WORK, to WEIGHT (n); BD_SHAKY when it was
   nearly singular.  */
int bd_bag_predict (const bd_bag *a, const void *plan, void *work,
                    const double weight[], double t[]);

#endif
