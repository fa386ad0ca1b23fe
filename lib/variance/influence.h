/* Which units carry a variance.

   The influence L_i (x_j) of unit i (a row, a group of rows, a hidden unit or
   an input) is what it adds to the ensemble's mean (bags) or to a member
   (dropout) for one standard deviation of its own: the variance at x_j is
   sum_i L_i (x_j)^2, the covariance between two points the sum of products.

   Bags: L_i = sqrt (factor) C_i with C_i = cov (u_i, t) (infinitesimal
   jackknife; B. Efron, "Estimation and accuracy after model selection", JASA
   109, 2014).  Masks: L_i = C_i / sd u_i, the part of the member variance that
   is linear in the unit (first-order Hoeffding part; B. Efron, C. Stein, "The
   jackknife estimate of variance", Ann. Statist. 9, 1981).  Nothing else
   differs between the two.  */
#ifndef BD_VARIANCE_INFLUENCE_H
#define BD_VARIANCE_INFLUENCE_H

#include "moments.h"

typedef struct
{
  size_t n, m;    /* units, points */
  double *L;      /* n x m */
  double *chance; /* n: what B members add by chance to L_i^2, in units of v;
                     0 where nothing is left to chance */
  double *v;      /* m: member variance; not looked at without chance */
} bd_influence;

/* Zeros for N units at M points, for closed forms, which fill in L.  NULL: no
   memory.  The caller frees.  */
bd_influence *bd_influence_alloc (size_t n, size_t m);
void bd_influence_free (bd_influence *f);

/* Of bags whose scheme has FACTOR (bd_resample_ij_factor; NaN makes all NaN)
   at the first a->mc points; NaN below two members.  NULL: no memory.  */
bd_influence *bd_influence_of_bags (const bd_moments *a, double factor);

/* The same of masks, var u_i as it was among the members; a unit that never
   varies has no influence.  */
bd_influence *bd_influence_of_masks (const bd_moments *a);

/* K (m x m): covariance between points, K_jk = sum_i L_i (x_j) L_i (x_k).  The
   diagonal is without the bias of few members (IJ-U, signed); elsewhere the
   bias goes by the members' covariance, whose correlation is taken to be that
   of the sums themselves: K_jk (1 - sqrt (b_j b_k)), b the bias as a share of
   K_jj.  */
void bd_influence_covariance (const bd_influence *f, double K[]);

/* Contributions of the units, means over points.  */
typedef struct
{
  size_t n;
  double *part;  /* n: variance, without the bias of few members: signed */
  double *error; /* n: its Monte Carlo standard error */
  double total;  /* sum of the parts: for bags the mean of IJ-U */
} bd_parts;

/* Over points FIRST .. FIRST + COUNT - 1, COUNT > 0; one point tells which
   units matter there.  With c_i = chance and S the covariance of the members
   between these points (at most 256 of them, evenly; see above for its
   correlation), the error of the mean of L_i^2 is that of a quadratic form of
   normal numbers: 4 c_i L_i'S L_i + 2 c_i^2 tr S^2, over COUNT^2, the first
   term without what chance puts into it and not below 0 (terms of order
   L_i^4 / B are left out).  It is up to 1.4
   times too large for units that carry nothing.  GSL_ENOMEM, and nothing to
   free.  */
int bd_parts_fill (bd_parts *a, const bd_influence *f, size_t first,
                   size_t count);
void bd_parts_free (bd_parts *a);

/* part / total, NaN where the total is not above 0.  */
double bd_parts_share (const bd_parts *a, size_t i);

/* The units in the order of their parts, greatest first, into ORDER (n).
   GSL_ENOMEM.  */
int bd_parts_order (const bd_parts *a, size_t order[]);

#endif
