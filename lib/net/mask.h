/* Dropout masks: which hidden units are kept.  */
#ifndef BD_NET_MASK_H
#define BD_NET_MASK_H

#include <gsl/gsl_rng.h>
#include <stddef.h>
#include <stdint.h>

/* Drops with probability RATE, known to 16 bits.  */
typedef struct
{
  uint32_t limit; /* a unit is dropped when its 16 bits are below this */
  double factor;  /* of a kept unit: 1 / (1 - limit / 65536) */
} bd_mask;

/* 0 <= RATE < 1.  */
bd_mask bd_mask_bernoulli (double rate);

/* COUNT factors, 0 or mask.factor, from R (of type bd_rng_philox).  WORDS is
   work space for bd_mask_words (COUNT) words.  */
void bd_mask_draw (bd_mask mask, gsl_rng *r, size_t count, uint32_t words[],
                   double factor[]);
size_t bd_mask_words (size_t count);

/* The same in parts: the words for COUNT factors, and then the factors FIRST
   .. FIRST + SOME - 1 of them.  */
void bd_mask_fill (gsl_rng *r, size_t count, uint32_t words[]);
void bd_mask_part (bd_mask mask, size_t count, const uint32_t words[],
                   size_t first, size_t some, double factor[]);

#endif
