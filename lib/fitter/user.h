/* A fitter of your own: one function, which goes through the same runs as the
   library's fitters.

     const bd_user_fitter mine = { fit, &settings };
     bd_bagging o = bd_bagging_default (&bd_fitter_user, X, y, P);
     o.set.user = &mine;  */
#ifndef BD_FITTER_USER_H
#define BD_FITTER_USER_H

#include "fitter.h"

typedef struct bd_user_fitter
{
  /* Fit rows X (n x d), y (n), of which row i counts W[i] >= 0 times (0: it is
     absent; 1.5 is fine), and put the predictions at P (m x d) into T (m).
     Randomness comes from R alone, so that a seed repeats the run.  Something
     other than GSL_SUCCESS, or a prediction that is not finite, means that
     this member cannot be fitted; the run counts it and goes on.

     Several threads call it at a time, each with its own R and T: what PARAMS
     points to must not be written without a lock, and the run must have one
     thread if the function cannot share.  X, y, W and P are read only; y may
     be another response than that of the data (residual bootstrap).  */
  int (*fit_predict) (void *params, const gsl_matrix *X, const gsl_vector *y,
                      const gsl_vector *w, gsl_rng *r, const gsl_matrix *P,
                      gsl_vector *t);
  void *params; /* handed over as it is */
} bd_user_fitter;

/* Fits by the function of set->user, which outlives the run; without one it
   has no plan.  In no list: a name on a command line cannot bring a
   function.  */
extern const bd_fitter_type bd_fitter_user;

#endif
