/* How much the units of a network have in common.  Private to the room.  */
#ifndef BD_PERSPECTIVE_INTERFERENCE_OVERLAP_H
#define BD_PERSPECTIVE_INTERFERENCE_OVERLAP_H

#include <stddef.h>

/* Gini coefficient of the COUNT numbers X, those below 0 taken as 0: 0 where
   all are the same, 1 - 1 / COUNT where one has everything.  NaN where none is
   positive or without memory.  */
double bd_gini (const double x[], size_t count);

/* COUNT units' values at M points, A[place[u] m + i], of which those that do
   not vary are left out.

   SHARE and NEEDED: how much of a unit's variance can be told from the others
   by the best linear rule, when each of them is read with independent noise as
   large as its own variance (as a unit is that is blocked half of the time);
   the mean over the units.  Without the noise it would be 1 as soon as there
   are more units than shapes.  With R the correlations of the others and r
   those with the unit it is r' (R + I)^-1 r.

   RANK: the effective number of directions, (sum l)^2 / sum l^2 with the
   eigenvalues l of the covariance matrix.

   NaN with less than two units that vary, NEEDED also without positive
   weights (those below 0 are taken as 0).  GSL_ENOMEM.  */
int bd_overlap (const double A[], const size_t place[], size_t count, size_t m,
                const double weight[], double *share, double *needed,
                double *rank);

#endif
