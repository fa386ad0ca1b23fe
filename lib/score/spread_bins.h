/* Does the spread tell where predictions err?  How many of the rows that a fit
   had not seen lie inside their intervals, from the least spread to the
   greatest.  */
#ifndef BD_SCORE_SPREAD_BINS_H
#define BD_SCORE_SPREAD_BINS_H

#include <gsl/gsl_errno.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct
{
  size_t n, inside;
  double least, most; /* spread of its rows */
  double lo, hi;      /* 95 % limits of the share inside (Clopper and Pearson,
                         Biometrika 26, 1934) */
} bd_spread_bin;

/* Cut the N rows into BINS bins of as many rows each, to within one, in the
   order of SPREAD (equal spreads in the order of the rows).  INSIDE_i: is row
   i inside its interval?  Bins without a row have NaN.  GSL_ENOMEM.  */
int bd_spread_bins (size_t n, const double spread[], const bool inside[],
                    size_t bins, bd_spread_bin to[]);

#endif
