/* The rows of a fitter with one input, in the order of that input.  */
#ifndef BD_FITTER_LINE_H
#define BD_FITTER_LINE_H

#include <gsl/gsl_matrix.h>
#include <stddef.h>

#include "../base/error.h"

typedef struct
{
  size_t n, distinct;   /* rows; distinct values of x */
  double lo, hi, range; /* ends of x; hi - lo, or 1 when that is zero */
  double *x;            /* n: sorted */
  int *from;            /* n: x[i] stands in row from[i] */
} bd_line;

/* Sort the only column of X.  A code and a sentence when X has several
   columns, no row or more rows than an int can count, or a range of x that is
   not finite; what was allocated stays for bd_line_clear.  WHO names the
   fitter.  */
int bd_line_init (bd_line *a, const char *who, const gsl_matrix *X,
                  bd_error *err);

/* Sort the only column of P, which may be any points, without checks; only x,
   from and n are set.  GSL_ENOMEM when memory is short.  */
int bd_line_points (bd_line *a, const gsl_matrix *P);

/* Release the arrays; a zeroed line is fine.  */
void bd_line_clear (bd_line *a);

#endif
