/* Private to the least-squares B-spline: what its plan and its work space
   hold.  */
#ifndef BD_FITTER_BSPLINE_H
#define BD_FITTER_BSPLINE_H

#include <stdbool.h>

#include "basis.h"
#include "fitter.h"

enum
{
  KNOB_KNOTS,
  KNOB_EQUAL
};

#define BSPLINE_LANES 8 /* rows summed side by side */
#define BSPLINE_CELLS (BD_BASIS_KNOTS + 1)
#define BSPLINE_FUNCTIONS (BD_BASIS_KNOTS + 4)

/* Weighted sums over the rows of one cell, u its own coordinate in [-1, 1],
   T_k Chebyshev's polynomials: T_0 ... T_3; T_3 T_1, T_3 T_2, T_3 T_3; y T_0
   ... y T_3.  */
#define BSPLINE_SUMS 11
#define BSPLINE_SUMS_X 7 /* those without y */

/* What turns these sums into the four functions' products.  Product of
   functions i and i + e at 4 i + e: as they lie in the band matrix.  */
typedef struct
{
  double gram[BSPLINE_SUMS_X][16];
  double side[4][4];
} bspline_cell;

typedef struct
{
  size_t n, m, p, cells;
  bd_basis basis;
  bspline_cell *cell;
  /* Rows in order of x; each cell begins at a multiple of LANES, the gaps
     before it have weight 0.  */
  size_t first[BSPLINE_CELLS + 1], gaps;
  int *from; /* row of the data at a place; any at a gap */
  int *gap;  /* places without a row */
  double *u; /* local coordinate */
  double *y; /* less its mean, y0 */
  double y0;
  double once[BSPLINE_FUNCTIONS]; /* p: pivots when every row counts once, or
                                     NaN when there are none */
  /* Prediction points in order of x: cell c has run[c] to run[c + 1] - 1.  */
  size_t run[BSPLINE_CELLS + 1];
  int *at;      /* m: place of the point among the caller's */
  double *V;    /* 4 x m: values of the cell's four functions */
  bool ordered; /* the caller's points are sorted */
} bspline_plan;

typedef struct
{
  double *own;     /* respond's y, in the plan's order */
  const double *y; /* the y in use */
  double y0;
  double (*sum)[BSPLINE_SUMS]; /* cells */
  double band[4 * BSPLINE_FUNCTIONS + 16];
  double reach[BSPLINE_FUNCTIONS]; /* weight in reach, then pivots */
  double worst;                    /* least of these relative to once */
  double c[BSPLINE_FUNCTIONS + 4]; /* right-hand side, then coefficients */
  double *t;                       /* m: predictions in order of x */
} bspline_work;

/* The plan slots of the type.  */
void *bd_bspline_plan (const bd_settings *set, const gsl_matrix *X,
                       const gsl_vector *y, const gsl_matrix *P,
                       bd_error *err);
void bd_bspline_free_plan (void *plan);

/* The slots that the plan uses too.  */
void *bd_bspline_work (const void *plan);
void bd_bspline_free_work (void *work);
int bd_bspline_fit (const void *plan, void *work, const double w[],
                    gsl_rng *r);

/* Response Y (n) in the plan's order less its mean, which is returned.  */
double bd_bspline_response (const bspline_plan *a, const double y[],
                            size_t stride, double to[]);

#endif
