/* Private to the penalised spline: what its plan and its work space hold.  */
#ifndef BD_FITTER_PSPLINE_H
#define BD_FITTER_PSPLINE_H

#include <gsl/gsl_eigen.h>
#include <stdbool.h>

#include "basis.h"
#include "fitter.h"

enum
{
  KNOB_KNOTS,
  KNOB_LAMBDA
};

typedef struct
{
  size_t n, m, d, p, k; /* p raw functions, k kept ones with the constant */
  bd_basis *basis;      /* d */
  gsl_vector *mean;     /* p: of the raw functions over the rows */
  gsl_matrix *T;        /* p x (k - 1): raw, centred functions to U */
  gsl_matrix *U, *Up;   /* n x k, m x k; column 0 is constant */
  gsl_vector *s;        /* k: penalty */
  gsl_vector *y;        /* n: less its mean, y0 */
  double y0;
  double lambda0;
  bool fixed; /* lambda0 was given */
} pspline_plan;

typedef struct
{
  gsl_matrix *Uw, *L, *S, *Q;
  gsl_vector *yw, *b, *z, *tau, *beta;
  gsl_eigen_symmv_workspace *eigen;
} pspline_work;

/* The plan slots of the type.  */
void *bd_pspline_plan (const bd_settings *set, const gsl_matrix *X,
                       const gsl_vector *y, const gsl_matrix *P,
                       bd_error *err);
void bd_pspline_free_plan (void *plan);

#endif
