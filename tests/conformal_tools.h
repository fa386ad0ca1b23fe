/* What the tests of conformal intervals share.  */
#ifndef CONFORMAL_TOOLS_H
#define CONFORMAL_TOOLS_H

#include <gsl/gsl_matrix.h>
#include <stddef.h>

#include "study/bagging.h"

/* The COUNT numbers behind NAME in golden/conformal.txt.  */
void reference (const char *name, double to[], size_t count);

/* Kinds of data for simulations.  */
enum
{
  KIND_NORMAL, /* a line and normal errors of one size */
  KIND_FAN,    /* errors that grow fivefold with x */
  KIND_HEAVY,  /* Student's t with 3 degrees of freedom */
  KIND_SKEWED, /* exponential errors */
  KIND_CURVED, /* a sine that the fitter of lines misses */
  KINDS
};

/* Of REPEATS new rows, each with N others drawn anew, how many lie inside the
   interval WORDS, "name" or "name:knobs", of bagged FITTER with KNOBS.  */
size_t covered (int kind, const bd_fitter_type *fitter, const char *knobs,
                const char *words, size_t n, size_t members, size_t repeats);

/* Check that both have the same bits.  */
void same_intervals (const bd_intervals *a, const bd_intervals *b);

/* WORDS as a wish.  */
bd_interval_wish wish (const char *words);

#endif
