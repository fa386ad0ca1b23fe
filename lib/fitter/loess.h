/* Private to local regression: its plan and work space, and the fit at one
   point.  */
#ifndef BD_FITTER_LOESS_H
#define BD_FITTER_LOESS_H

#include "place.h"

#define LOESS_INPUTS 8  /* most inputs */
#define LOESS_WIDTH 46  /* most terms of a local polynomial, and response */
#define LOESS_BLOCK 256 /* rows that are multiplied at a time */

typedef struct
{
  bd_places places;
  double span;
  size_t degree, terms;
  size_t robust; /* times that the rows are weighted anew */
} loess_plan;

typedef struct
{
  double *W;                  /* count: weights that count neighbours */
  double *V, *S;              /* count: times robustness, and with response */
  double *cumulative;         /* count + 1: sums of W, from 0 */
  double *far, *far2, *heavy; /* count: squared distances; copy, weights */
  double *last, *sums;        /* count: ends of windows (bd_loess_windows) */
  double *fitted;             /* count: at the places */
  double *block;              /* LOESS_BLOCK x terms + 1; several inputs */
  double *row;                /* n: this member's weights */
  double *robust;             /* n: residuals, then weights by them */
  double *size, *copy;        /* n: residuals and weights being sorted */
  const double *response;     /* NULL: the plan's */
  double total;               /* of the weights */
  double reach;               /* weight within the bandwidth */
} loess_work;

/* For one input: the windows for the weights W, cumulative and reach.  */
void bd_loess_windows (const loess_plan *a, loess_work *w);

/* The local polynomial's value at the point Z, less y0, into T.  GSL_ESING
   when robustness has left no weight near Z.  */
int bd_loess_at (const loess_plan *a, loess_work *w, const double z[],
                 double *t);

#endif
