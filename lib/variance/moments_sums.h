/* Parts of the moments, and the sums that are made only when they are asked
   for.  Private to the room.  */
#ifndef BD_VARIANCE_MOMENTS_SUMS_H
#define BD_VARIANCE_MOMENTS_SUMS_H

#include "moments.h"

/* All but the products of units and points, and these.  */
void bd_moments_forget_sums (bd_moments *a);
void bd_moments_forget_products (bd_moments *a);

/* Those of `split' and of `little': arrays, NULL where not wanted.  False when
   memory is short.  */
bool bd_moments_sums_alloc (bd_moments *a);
void bd_moments_sums_free (bd_moments *a);
void bd_moments_sums_forget (bd_moments *a);

/* Sums of a block.  U and T are centred, U is also times p; both stay.  */
int bd_moments_split_block (bd_moments *a, size_t count, const double p[],
                            const double U[], const double T[]);

/* T as it came, P NaN for members that failed.  */
void bd_moments_little_block (bd_moments *a, size_t count, const double P[],
                              const double T[]);

/* Before the means, squares and products of A are merged.  */
void bd_moments_split_merge (bd_moments *a, const bd_moments *b);
void bd_moments_little_merge (bd_moments *a, const bd_moments *b);

#endif
