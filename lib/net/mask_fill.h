/* Random factors, 32 places at a time, in vectors.

   Each kernel turns some words of a generator into 32 factors; which word goes
   where is stated in mask_fill.c and is the same on every machine, and so are
   the bits.  */
#ifndef BD_NET_MASK_FILL_H
#define BD_NET_MASK_FILL_H

#include <stdint.h>

#include "mask.h"

#define BD_MASK_GROUP 32   /* places made together */
#define BD_MASK_WORDS 2048 /* words made together */

typedef struct bd_mask_maker
{
  size_t words; /* for one group */
  void (*make) (const struct bd_mask_maker *a, size_t groups,
                const uint32_t words[], float to[]);
  uint32_t limit;    /* dropped: 16 bits below it */
  float top;         /* factor of a kept unit; standard deviation */
  float logit, cold; /* of concrete factors; 1 / temperature */
} bd_mask_maker;

/* A rate of a binary law in 65536ths.  */
uint32_t bd_mask_limit (double q);

bd_mask_maker bd_mask_maker_binary (double q);
bd_mask_maker bd_mask_maker_normal (double q);
bd_mask_maker bd_mask_maker_relaxed (double q, double temperature);

/* Fill TO.  Rows that stand close together are taken as one; else each begins
   with a group of its own.  */
void bd_mask_make (const bd_mask_maker *a, gsl_rng *r, uint32_t words[],
                   bd_mask_part to);

#endif
