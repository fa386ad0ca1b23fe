/* What the tests of the fitters with one input share.  */
#ifndef CURVE_TOOLS_H
#define CURVE_TOOLS_H

#include <gsl/gsl_rng.h>
#include <stdio.h>

#include "fitter/fitter.h"

#define CURVE_MOST 3000 /* rows or points of any sample */

typedef struct
{
  size_t n;
  gsl_matrix *X;
  gsl_vector *y;
  double *w;
} curve;

/* N rows, x = 0, y = 0, weight 1; the caller frees.  */
curve curve_alloc (size_t n);
void curve_free (curve *c);

/* A noisy wave over N random x from -1 to 3, rounded to multiples of 1/LEVELS
   if LEVELS is not 0, with weights from a Poisson law.  */
curve curve_random (gsl_rng *r, size_t n, unsigned levels);

/* C with a row for each count, and rows of weight 0 once, with weight 0.  */
curve curve_written_out (const curve *c);

/* M points from LO to HI; the caller frees.  */
gsl_matrix *curve_grid (double lo, double hi, size_t m);

/* Fit C with the knobs SPEC and predict at P; the code of the fit.  */
int curve_fit (const bd_fitter_type *type, const char *spec, const curve *c,
               const gsl_matrix *P, double t[]);

/* A and B differ by at most TOL.  */
void curve_near (const double a[], const double b[], size_t m, double tol);

/* The plan of C is refused with a sentence that holds WHAT.  */
void curve_refused (const bd_fitter_type *type, const char *spec,
                    const curve *c, const char *what);

/* Weight 2 is the row twice, weight 0 no row; another response by `respond'
   is the plan of that response; the order of rows and points is nothing;
   shifting and scaling y and x does the same to the fit.  */
void curve_contract (const bd_fitter_type *type, const char *spec,
                     unsigned levels, double tol);

/* Responses near the largest number give a code, not a curve.  */
void curve_overflows (const bd_fitter_type *type, const char *spec);

/* The golden file NAME, behind its comment lines.  */
FILE *curve_golden (const char *name);

/* NAME, a count and that many numbers; returns the count.  */
size_t curve_read (FILE *f, const char *name, double to[]);

/* The table gagurine.csv; the caller frees.  */
curve curve_gagurine (void);

/* All fits of gagurine_curves.txt that TYPE made agree to 1e-9 of the largest
   one; returns how many there are.  */
int curve_agrees (const bd_fitter_type *type);

#endif
