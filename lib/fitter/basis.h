/* Cubic B-splines in one input: design rows and the roughness penalty.

   The knots are clamped, the inner ones at quantiles of the data; the input
   is scaled to [0, 1].  Outside that range functions go on as straight
   lines.  */
#ifndef BD_FITTER_BASIS_H
#define BD_FITTER_BASIS_H

#include <gsl/gsl_matrix.h>
#include <stddef.h>

#define BD_BASIS_KNOTS 60 /* most inner knots */

typedef struct
{
  double lo, scale; /* input = lo + scale * z, z in [0, 1] */
  size_t inner;     /* inner knots */
  size_t p;         /* functions: inner + 4, or 1 for a straight line */
  double knot[BD_BASIS_KNOTS + 8];
} bd_basis;

/* Basis for the N values X[i * STRIDE] with INNER knots, fewer when there are
   not enough distinct values; below five distinct ones it is z itself.
   GSL_ENOMEM when memory is short.  */
int bd_basis_init (bd_basis *b, const double x[], size_t stride, size_t n,
                   size_t inner);

/* The p functions at X, row[0..p-1].  */
void bd_basis_row (const bd_basis *b, double x, double row[]);

/* Add to the p x p block of P that begins at (AT, AT) the matrix of
   int f''(z)^2 dz; zero for a straight line.  */
void bd_basis_penalty (const bd_basis *b, gsl_matrix *P, size_t at);

#endif
