/* Delete-a-group jackknife: a Monte Carlo standard error for anything that is
   computed from an ensemble's members.

   Reference: P. S. Kott, "Delete-a-group jackknife", Journal of Official
   Statistics 17 (2001).  */
#ifndef BD_VARIANCE_JACKKNIFE_H
#define BD_VARIANCE_JACKKNIFE_H

#include <stdbool.h>
#include <stddef.h>

#define BD_JACKKNIFE_GROUPS                                                   \
  20 /* what is usual; more cost more and tell more */

/* The standard error from THETA[g], the statistic without group g, of G
   groups of (nearly) the same number of independent members:
   se^2 = ((G - 1) / G) sum (theta_g - mean)^2.  NaN below two groups and where
   a value is not finite.  Its own relative error is about
   1 / sqrt (2 (G - 1)).  */
double bd_jackknife_se (size_t G, const double theta[]);

/* The same for B members that STATISTIC is asked about G times (B times if G
   is larger): it looks at the members b with USE[b] and at no others.  Group
   b % G is left out, so that members of the same kind that follow each other
   are spread over the groups; members that hang together must be handed over
   as one.  GSL_ENOMEM; *SE is then NaN.  */
int bd_jackknife (size_t B, size_t G,
                  double (*statistic) (void *params, const bool use[],
                                       size_t B),
                  void *params, double *se);

#endif
