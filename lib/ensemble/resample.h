/* Resampling: row weights of a member.  */
#ifndef BD_ENSEMBLE_RESAMPLE_H
#define BD_ENSEMBLE_RESAMPLE_H

#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct
{
  const char *name, *help;
  bool all_rows; /* leaves no row out: nothing is out of bag */

  /* Weights w[0..n-1] from R (of type bd_rng_philox).  WORDS is work space for
     bd_resample_words (n) words.  */
  void (*draw) (size_t n, gsl_rng *r, uint32_t words[], double w[]);

  /* What the infinitesimal jackknife of this resampling has to be multiplied
     by to target the sampling variance; NULL: it has no such meaning.  */
  double (*ij_factor) (size_t n);
} bd_resample_type;

extern const bd_resample_type bd_resample_none;           /* every row once */
extern const bd_resample_type bd_resample_bootstrap;      /* n draws */
extern const bd_resample_type bd_resample_bayes;          /* n Dirichlet (1) */
extern const bd_resample_type bd_resample_subsample;      /* half, without */
extern const bd_resample_type *const bd_resample_types[]; /* ends with NULL */

/* The type called NAME, or NULL.  */
const bd_resample_type *bd_resample_find (const char *name);

size_t bd_resample_words (size_t n);

#endif
