/* Resampling: what a member is fitted to.

   A scheme turns n rows into weights w (n), a perturbation u (units: the rows,
   or groups or blocks of them, whose chance the variance estimators follow)
   and, for some schemes, a response y of its own.  Member b depends on the
   stream that it is given and on b alone.  */
#ifndef BD_ENSEMBLE_RESAMPLE_H
#define BD_ENSEMBLE_RESAMPLE_H

#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/error.h"
#include "../base/knob.h"

/* What a scheme may need to know of the rows.  The arrays belong to the
   caller and are NULL where there is nothing to know.  */
typedef struct
{
  size_t n;
  const size_t *label; /* n: stratum or group of each row, 0 .. labels - 1 */
  size_t labels;
  const double *response, *fitted; /* n each: the single fit */
  const double *given;             /* given_members x n weights from a file */
  size_t given_members;
} bd_rows;

typedef struct bd_resample bd_resample; /* a scheme made ready for some rows */

typedef struct
{
  const char *name, *help;
  const bd_knob *knobs;
  bool labels;    /* needs them */
  bool responds;  /* needs the single fit; members have their own response */
  bool given;     /* needs weights from a file */
  bool some_left; /* members leave rows out, which can test them */
  bool ordered;   /* draws blocks: rows depend on their neighbours in order */
  bool whole;     /* its members are all that there are, with their
                     probabilities: no Monte Carlo error */

  /* NULL, or the sentence that says why these rows and settings do not go
     together.  */
  const char *(*check) (const bd_settings *set, const bd_rows *rows);

  /* Units, NULL: the rows.  */
  size_t (*units) (const bd_settings *set, const bd_rows *rows);

  /* The members that it has, NULL: as many as are wanted.  */
  uint64_t (*members) (const bd_settings *set, const bd_rows *rows);

  /* Fill S->w; S->u where the units are not the rows; S->y where the scheme
     responds; S->p where it is not 1.  R stands at the start of the stream of
     member B.  */
  void (*draw) (bd_resample *s, uint64_t b, gsl_rng *r);

  /* What the infinitesimal jackknife has to be multiplied by to target the
     sampling variance; NULL: it has no such meaning.  */
  double (*ij_factor) (const bd_settings *set, const bd_rows *rows);

  /* Members of a little bag, which are consecutive and share rows, a divisor
     of BD_BLOCK, and what the variance between bags has to be multiplied by to
     target the sampling variance; NULL: there are none.  */
  size_t (*little) (const bd_settings *set);
  double (*little_factor) (const bd_settings *set, const bd_rows *rows);
} bd_resample_type;

struct bd_resample
{
  const bd_resample_type *type;
  bd_settings set;
  bd_rows rows;
  size_t units;
  double *w, *u, *y; /* of the member drawn last; u = w if units are rows */
  double p;          /* its probability */
  double *residual;  /* n, centred, where the scheme responds */
  double sigma;      /* their standard deviation */
  uint32_t *words;   /* work space of the draws */
  uint32_t *index;   /* row numbers, as the scheme wants them */
  size_t *first;     /* labels + 1: where each label's rows begin in `index' */
  uint64_t seed, block; /* whose order `index' holds, for balanced draws */
};

extern const bd_resample_type bd_resample_none;           /* every row once */
extern const bd_resample_type bd_resample_bootstrap;      /* n draws */
extern const bd_resample_type bd_resample_bayes;          /* n Dirichlet (1) */
extern const bd_resample_type bd_resample_exact;          /* all of them */
extern const bd_resample_type bd_resample_given;          /* from a file */
extern const bd_resample_type *const bd_resample_types[]; /* ends with NULL */

/* The type called NAME, or NULL.  */
const bd_resample_type *bd_resample_find (const char *name);

/* GSL_EINVAL with a sentence when these rows and settings do not suit
   TYPE.  */
int bd_resample_check (const bd_resample_type *type, const bd_settings *set,
                       const bd_rows *rows, bd_error *err);

/* SET NULL in these: the defaults.  */
size_t bd_resample_units (const bd_resample_type *type, const bd_settings *set,
                          const bd_rows *rows);

/* Make TYPE ready for ROWS, which suit it; SET NULL: the defaults.  One per
   thread; the arrays of ROWS outlive it.  NULL when memory is short.  */
bd_resample *bd_resample_alloc (const bd_resample_type *type,
                                const bd_settings *set, const bd_rows *rows);
void bd_resample_free (bd_resample *s); /* accepts NULL */

/* Draw member B of SEED.  R is any generator of type bd_rng_philox.  */
void bd_resample_draw (bd_resample *s, uint64_t seed, uint64_t b, gsl_rng *r);

/* The factor of the infinitesimal jackknife, NaN where it has no meaning.  */
double bd_resample_ij_factor (const bd_resample_type *type,
                              const bd_settings *set, const bd_rows *rows);

/* Members of a little bag, 0 for most schemes, and the factor of the variance
   between bags, NaN for them.  */
size_t bd_resample_little_bag (const bd_resample_type *type,
                               const bd_settings *set);
double bd_resample_little_factor (const bd_resample_type *type,
                                  const bd_settings *set, const bd_rows *rows);

#endif
