/* Many random numbers at a time: counts of drawn rows, exponential weights.

   Both take whole blocks of words from R (of type bd_rng_philox) and write
   what a loop of single draws would, only faster.  SCRATCH is work space for
   bd_draw_scratch (n) words.  */
#ifndef BD_ENSEMBLE_DRAW_H
#define BD_ENSEMBLE_DRAW_H

#include <gsl/gsl_rng.h>
#include <stddef.h>
#include <stdint.h>

size_t bd_draw_scratch (size_t n);

/* w[i] = how often row i comes up in COUNT draws with replacement from the
   rows 0 .. n-1, each as likely as the others to within n 2^-32.  */
void bd_draw_counts (gsl_rng *r, uint32_t scratch[], size_t n, size_t count,
                     double w[]);

/* w[0..n-1] independent and exponential with mean 1.  */
void bd_draw_exponential (gsl_rng *r, uint32_t scratch[], size_t n,
                          double w[]);

#endif
