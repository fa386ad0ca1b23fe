/* One ensemble of a method: fitted on some rows, seen at some points.
   Private to the study.  */
#ifndef BD_STUDY_ENSEMBLE_H
#define BD_STUDY_ENSEMBLE_H

#include "../ensemble/run.h"
#include "method.h"

typedef struct
{
  const bd_method *method;
  bd_settings set; /* with the classes of y, if it has any */
  const gsl_matrix *X, *P;
  const gsl_vector *y;
  uint64_t seed;
  size_t members;
  int threads;
  size_t co_points; /* most points with co-moments for the infinitesimal
                       jackknife */
  double *keep;
  size_t kept, keep_points;
  size_t *fits; /* fits made are added here, if not NULL */
} bd_ensemble;

/* Most places of a co-moment matrix; beyond it only the first points have
   co-moments.  */
#define BD_CO_MOMENTS_MAX 20000000

/* The resampling of the method: its fitter's own for bagging, else none.  */
const bd_resample_type *bd_ensemble_resample (const bd_method *method);

/* What fits the response of E, and the numbers of a prediction of it.  */
const bd_fitter_type *bd_ensemble_fitter (const bd_ensemble *e);
size_t bd_ensemble_places (const bd_ensemble *e);

/* Its factor of the infinitesimal jackknife for N rows.  */
double bd_ensemble_factor (const bd_method *method, size_t n);

/* Moments of the ensemble at P->size1 points times the numbers of a
   prediction.  For a dropout method SCALED (as many, or NULL) receives the
   weight-scaled predictions; the network is trained once.  NULL and a sentence
   on failure.  The caller frees.  */
bd_moments *bd_ensemble_run (const bd_ensemble *e, double scaled[],
                             bd_error *err);

#endif
