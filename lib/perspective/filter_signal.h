/* Signal and noise of numbers that several networks give at the same points.

   The networks are replicates: trained in the same way, from the same start,
   on different data sets.  What they have in common and what varies between
   points is signal; how they differ at a point is noise.  Private to the
   room.  */
#ifndef BD_PERSPECTIVE_FILTER_SIGNAL_H
#define BD_PERSPECTIVE_FILTER_SIGNAL_H

#include <stddef.h>

typedef struct
{
  size_t m, units, count; /* points, numbers at each, replicates so far */
  double *mean, *square;  /* m x units: mean, sum of squares around it */
  double *level, *shift;  /* units: the same of the means over the points */
  double added;           /* sum over replicates */
} bd_signal;

/* GSL_ENOMEM; free it in any case.  */
int bd_signal_init (bd_signal *a, size_t m, size_t units);
void bd_signal_free (bd_signal *a);

/* One more replicate: T holds m rows of STRIDE numbers, the first `units' of
   which count.  ADDED: a variance that comes on top of the replicate's, summed
   over the units, mean over the points.  */
void bd_signal_add (bd_signal *a, const double t[], size_t stride,
                    double added);

/* Summed over the units.  */
typedef struct
{
  double signal; /* variance over the points of the expected number,
                    unbiased */
  double noise;  /* mean over the points of the variance between replicates,
                    unbiased */
  double added;  /* mean over the replicates */
} bd_signal_parts;
bd_signal_parts bd_signal_of (const bd_signal *a);

/* Signal over noise, or over NOISE and what is added to it.  A signal that is
   less than a tenth of the noise that is left in the mean of the replicates
   cannot be told from none and counts as that tenth.  NaN without noise.  */
double bd_signal_ratio (const bd_signal *a);
double bd_signal_ratio_added (const bd_signal *a);

#endif
