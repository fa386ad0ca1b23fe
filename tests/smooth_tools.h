/* What the tests of the smoothers share.  */
#ifndef SMOOTH_TOOLS_H
#define SMOOTH_TOOLS_H

#include <gsl/gsl_matrix.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_vector.h>
#include <stdio.h>

#include "fitter/fitter.h"

#define MOST 400 /* most rows and points */
#define COUNT(table) ((int)(sizeof (table) / sizeof *(table)))

typedef struct
{
  gsl_matrix *X;
  gsl_vector *y;
  double w[MOST];
} sample;

sample sample_alloc (size_t n, size_t d);
void sample_free (sample *s);

/* N noisy rows of D inputs on unlike scales, rounded to STEP (0: not) so that
   there are ties, with Poisson weights.  */
sample sample_random (unsigned long seed, size_t n, size_t d, double step);

/* The settings that KNOBS, such as "k=3" or "kind=akima", gives to TYPE.  */
bd_settings settings (const bd_fitter_type *type, const char *knobs);

/* Fit TYPE to the sample and predict at P.  */
void fit_at (const bd_fitter_type *type, const char *knobs, const sample *s,
             const gsl_matrix *P, double t[]);

/* Assert that they agree within TOL times the largest |want|; NaN in WANT
   stands for anything.  */
void agree (const double got[], const double want[], size_t m, double tol);

/* Assert that the plan is refused with the sentence WHY.  */
void refused (const bd_fitter_type *type, const char *knobs, const sample *s,
              const char *why);

/* What every fitter promises, with D inputs: weights, other responses, order
   of the rows, scale and shift of the response, edges.  */
void contract (const bd_fitter_type *type, const char *knobs, size_t d);

/* Golden files: open, the children's GAG, "WORD count numbers".  */
FILE *golden (const char *name);
sample gagurine (void);
size_t read_numbers (FILE *f, const char *word, double to[]);

#endif
