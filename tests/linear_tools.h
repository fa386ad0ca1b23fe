/* Samples for the tests of the linear fitters.  */
#ifndef LINEAR_TOOLS_H
#define LINEAR_TOOLS_H

#include <stdbool.h>

#include "fitter/fitter.h"

#define MOST 400 /* rows of a sample */

typedef struct
{
  gsl_matrix *X;
  gsl_vector *y;
  double w[MOST];
} sample;

/* Weights one; the caller frees.  */
sample sample_alloc (size_t n, size_t d);
void sample_free (sample *s);

/* N rows in D inputs of very different sizes, counts or fractions as
   weights.  */
sample draw (uint64_t index, size_t n, size_t d, bool counts);

/* The rows repeated W times, those of weight 0 left out.  */
sample repeat (const sample *s);

/* Fit F with the weights of S; predictions at the rows of P.  */
void predict (const bd_fitter_type *f, const char *knobs, const sample *s,
              const gsl_matrix *P, double t[]);

/* Check that A and B agree.  */
void near (const double a[], const double b[], size_t m, double tolerance);

#endif
