/* Private to the linear fitters: what the plan and the work space of `linear'
   hold, and the weighted solution that `robust' repeats.  */
#ifndef BD_FITTER_LINEAR_H
#define BD_FITTER_LINEAR_H

#include <stdbool.h>

#include "fitter.h"

typedef struct
{
  double lambda;  /* 0: least squares */
  bool intercept; /* a constant is fitted and never penalised */
} linear_kind;

typedef struct
{
  linear_kind kind;
  size_t n, m;
  size_t c;           /* coefficients: of the basis, the constant first */
  gsl_matrix *M, *Mp; /* n x c, m x c */
  gsl_matrix *O;      /* n x c (c + 1)/2: products of two columns of M, or NULL
                         when that would be too large */
  gsl_vector *y;      /* n: (response - y0)/scale */
  double y0, scale;
  gsl_vector *once; /* c: pivots when every row counts once, or NaN when there
                       are none */
} linear_plan;

typedef struct
{
  gsl_matrix *G;       /* c x c: L of the weighted normal equations */
  gsl_matrix *Mw;      /* n x c, only without O */
  gsl_vector *g, *wy;  /* c (c + 1)/2, n */
  gsl_vector *beta;    /* c */
  gsl_vector *own;     /* n: a response of its own */
  const gsl_vector *y; /* the response in use */
} linear_work;

/* Plan for KIND; the sentences say what to do instead.  */
linear_plan *bd_linear_plan (linear_kind kind, const gsl_matrix *X,
                             const gsl_vector *y, const gsl_matrix *P,
                             bd_error *err);
void bd_linear_free_plan (void *plan);

/* The slots of the type.  */
void *bd_linear_work (const void *plan);
void bd_linear_free_work (void *work);
int bd_linear_fit (const void *plan, void *work, const double w[], gsl_rng *r);
int bd_linear_respond (const void *plan, void *work, const double y[]);
double bd_linear_pivot (const void *plan, const void *work);
int bd_linear_predict (const void *plan, void *work, double t[]);

#endif
