/* The error of averages of members.  Private to the room.  */
#ifndef BD_PERSPECTIVE_GROWTH_H
#define BD_PERSPECTIVE_GROWTH_H

#include <gsl/gsl_vector.h>

#define BD_GROWTH_STEPS 9 /* 1, 2, 4 ... 256 members */

/* For averages of 1, 2, 4 ... of the COUNT predictions T (count x m) their
   mean squared error at Y, the mean over disjoint groups of that size, into
   ERROR[0 .. BD_GROWTH_STEPS - 1]; NaN beyond COUNT.  ROOM: m places.  */
void bd_growth (const double t[], size_t count, const gsl_vector *y,
                double room[], double error[BD_GROWTH_STEPS]);

/* The law that errors of independent members follow on average, c + w / M:
   W is the variance between members, unbiased, and C the error of their mean
   less W / COUNT.  */
void bd_growth_law (const double t[], size_t count, const gsl_vector *y,
                    double *c, double *w);

#endif
