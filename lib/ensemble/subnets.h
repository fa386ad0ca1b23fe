/* Sources and sums for exact and nearly exact dropout; see net/exact.h.  */
#ifndef BD_ENSEMBLE_SUBNETS_H
#define BD_ENSEMBLE_SUBNETS_H

#include <stdint.h>

#include "../net/exact.h"
#include "../variance/moments.h"
#include "source.h"

/* All subnetworks of one trained network.  Member b < 2^units has the mask
   b ^ (b >> 1) (Gray code), whose lowest bits are the units of the last
   hidden layer, then those of the layers below, then the inputs.  Perturbation
   u: 1 where a unit is kept, else 0: the hidden units layer after layer, then
   the inputs if they have a rate.  The moments are `whole'.

   For outputs of classes the points are m x k predictions, as in
   bd_net_predict.  Fast where a thread takes members in order.  */
typedef struct
{
  const bd_net_model *model;
  const double *Z; /* m standardised points */
  size_t m;
  bd_rates rates;
} bd_subnets_all;

extern const bd_source_type bd_source_subnets_all;

/* The source of A, which must outlive it, and its number of members.  Check
   first: an error as in bd_subnets_fill.  */
int bd_subnets_all_check (const bd_subnets_all *a, bd_error *err);
bd_source bd_subnets_all_source (const bd_subnets_all *a);
uint64_t bd_subnets_all_members (const bd_subnets_all *a);

/* Rao-Blackwellised random masks: the mask of the last hidden layer is not
   drawn but averaged over in closed form, given those of the layers below.
   The points are 2 m: m conditional means, then m conditional variances.
   Those lower masks are the ones that bd_source_dropout draws for the same
   seed and member; the units of u are those below the last hidden layer, then
   the inputs if they are dropped, as there.

   Reference: G. Casella, C. P. Robert, "Rao-Blackwellisation of sampling
   schemes", Biometrika 83 (1996).  */
extern const bd_source_type bd_source_rao;

/* GSL_EINVAL with a sentence unless the output is "real" or "gaussian" (whose
   mean it is then) and the law of the mask has independent units with mean 1
   and variance q / (1 - q): "bernoulli" or "gaussian", without a pool.  */
int bd_rao_check (const bd_dropout *a, bd_error *err);
bd_source bd_rao_source (const bd_dropout *a);

typedef struct
{
  double mean;
  double mean_se;  /* its Monte Carlo standard error */
  double variance; /* of the prediction over all masks, unbiased */
  double worth;    /* plain random masks whose mean has the same error; inf
                      where nothing is left to chance */
} bd_rao;

/* R[i] for the M points of a run of bd_source_rao whose moments are A (2 m
   points).  NaN from less than two members.  */
void bd_rao_moments (const bd_moments *a, size_t m, bd_rao r[]);

/* Geometric means of the probabilities that random masks predict, by streamed
   logarithms; M points x K predictions (K = 1: of one of two classes).  A
   probability of 0 in any member makes the geometric mean 0.  */
typedef struct bd_geometric bd_geometric;
bd_geometric *bd_geometric_alloc (size_t m, size_t k);
void bd_geometric_free (bd_geometric *a);

/* Take member B with weight P (NaN: it is left out) and predictions T
   (m x k); a bd_run_options.each with PARAMS the bd_geometric.  */
void bd_geometric_add (void *params, uint64_t b, double p, const double u[],
                       const double t[]);

/* The geometric means (m x k), and divided by their sum over the classes;
   either may be NULL.  NaN without members, or where all are 0.  */
void bd_geometric_means (const bd_geometric *a, double geometric[],
                         double normalised[]);

#endif
