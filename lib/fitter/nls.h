/* Private to nonlinear least squares: what its plan and its work space
   hold.  */
#ifndef BD_FITTER_NLS_H
#define BD_FITTER_NLS_H

#include <gsl/gsl_multifit_nlinear.h>

#include "fitter.h"
#include "formula.h"

enum
{
  KNOB_FORMULA,
  KNOB_START,
  KNOB_ITERATIONS
};

#define NLS_PARAMETERS 32 /* most of them */
#define NLS_SOLVERS 2     /* tried one after the other */

typedef struct
{
  size_t n, m, d, p;
  const gsl_matrix *X, *P; /* the caller's */
  const gsl_vector *y;     /* the caller's */
  char formula[BD_KNOB_WORD];
  char name[NLS_PARAMETERS][BD_FORMULA_NAME];
  double start[NLS_PARAMETERS]; /* what the user gave */
  double first[NLS_PARAMETERS]; /* where members begin: the fit to all rows */
  double unit;                  /* power of two: the residuals' scale */
  double size[NLS_PARAMETERS];  /* powers of two: the solver's parameters are
                                   these divided out of the user's */
  size_t iterations;
} nls_plan;

typedef struct
{
  const nls_plan *plan;
  bd_formula *formula;
  double *x;                        /* d: the inputs that the formula reads */
  double b[NLS_PARAMETERS];         /* the parameters that it reads */
  double *y;                        /* n: the response in use */
  size_t *row, rows;                /* n: the rows with weight */
  gsl_vector *weight, *from, *step; /* n, p, p */
  gsl_matrix *C;                    /* p x p: cosines between columns of J */
  gsl_multifit_nlinear_fdf fdf;
  gsl_multifit_nlinear_workspace *solver[NLS_SOLVERS];
} nls_work;

/* The slots of the type.  */
void *bd_nls_plan (const bd_settings *set, const gsl_matrix *X,
                   const gsl_vector *y, const gsl_matrix *P, bd_error *err);
void bd_nls_free_plan (void *plan);
void *bd_nls_work (const void *plan);
void bd_nls_free_work (void *work);
int bd_nls_fit (const void *plan, void *work, const double w[], gsl_rng *r);

/* The formula at row I of X with the parameters w->b.  */
double bd_nls_value (nls_work *w, const gsl_matrix *X, size_t i);

/* A formula that reads the D inputs X (x or x1 for one, x1, x2 ... ) and the
   plan's parameters from B; NULL and a sentence when it cannot be read.  */
bd_formula *bd_nls_formula (const nls_plan *a, double x[], double b[],
                            bd_error *err);

#endif
