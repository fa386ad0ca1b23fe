/* What the rows that members leave out tell.  Private to the study.  */
#ifndef BD_STUDY_LEFT_OUT_H
#define BD_STUDY_LEFT_OUT_H

#include <gsl/gsl_vector.h>

#include "../variance/moments.h"

/* Variance of the mean of row I's members by their finite number; NaN when
   there are too few to know.  */
double bd_left_out_chance (const bd_moments *a, size_t i);

/* Variance of the noise of a bag from the rows that its members left out;
   their finite number is taken out of the squared residual.  SHARE: variance
   of the bag's mean as a part of that between members.  SCRATCH: 2 a->rows
   places.  NaN when no row is left out.  */
double bd_left_out_noise (const bd_moments *a, const gsl_vector *y,
                          double share, double scratch[]);

/* Root mean squared error of the rows left out, less what the finite number
   of members that left them out adds (as grf does).  */
double bd_left_out_error (const bd_moments *a, const gsl_vector *y);

/* Share of the rows that a member leaves out, on average.  */
double bd_left_out_share (const bd_moments *a);

/* Rows that no member left out.  */
size_t bd_left_out_never (const bd_moments *a);

#endif
