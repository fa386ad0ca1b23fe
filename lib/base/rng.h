/* Random numbers: a counter-based generator keyed by 64 bits.

   Philox 4x32-10 (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers:
   as easy as 1, 2, 3") as a gsl_rng_type.  A stream is named by (seed, lane,
   index): the lane separates uses, so that one more draw in one of them does
   not shift another; the index is the member's number, never the thread's.
   Same version and same seed give the same bits; no promise across
   versions.  */
#ifndef BD_BASE_RNG_H
#define BD_BASE_RNG_H

#include <gsl/gsl_rng.h>
#include <stddef.h>
#include <stdint.h>

typedef enum
{
  BD_LANE_NOISE = 1,    /* simulated data */
  BD_LANE_SPLIT,        /* which rows are held out */
  BD_LANE_RESAMPLE,     /* bootstrap counts and weights */
  BD_LANE_FIT,          /* a fitter's own randomness: start, batches */
  BD_LANE_TRAIN_MASK,   /* dropout while training */
  BD_LANE_PREDICT_MASK, /* dropout while predicting */
  BD_LANE_DERIVE,       /* seeds made from a seed */
  BD_LANE_POOL,         /* the seed of a pool of masks */
  BD_LANE_BAND          /* critical values of simultaneous bands */
} bd_lane;

extern const gsl_rng_type *const bd_rng_philox;

/* Put R, a generator of type bd_rng_philox, at the start of the stream
   (SEED, LANE, INDEX).  Costs a few nanoseconds.  */
void bd_rng_seek (gsl_rng *r, uint64_t seed, bd_lane lane, uint64_t index);

/* Move R, which must be of type bd_rng_philox, to LANE of the seed and index
   that it stands at, from the start of that stream.  */
void bd_rng_lane (gsl_rng *r, bd_lane lane);

/* Move R, which must be of type bd_rng_philox, to the start of the stream
   INDEX of the seed and lane that it stands at.  */
void bd_rng_move (gsl_rng *r, uint64_t index);

/* The next 4 COUNT words of 32 bits of R, as gsl_rng_get would give them if R
   stands at a multiple of four; what is left of a started block is skipped.
   Vectorised.  R must be of type bd_rng_philox.  */
void bd_rng_words (gsl_rng *r, uint32_t *to, size_t count);

/* A seed for part K of the work named by SEED, from a stream of its own.  */
uint64_t bd_rng_derive (uint64_t seed, uint64_t k);

#endif
