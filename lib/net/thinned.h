/* Many subnetworks of one trained network at the same points, for Monte Carlo
   dropout (Gal & Ghahramani 2016, "Dropout as a Bayesian approximation"), in
   single precision: the error of a prediction is about 1e-6 of the size of the
   sums that it is made of.

   For networks with hidden layers of any number and one linear output, and
   masks of hidden units.  What no mask changes, the first layer before its
   mask, is computed once.  The plan is shared by all threads; each has a work
   space of its own.  Same bits for any number of threads and on any
   machine.  */
#ifndef BD_NET_THINNED_H
#define BD_NET_THINNED_H

#include <stddef.h>
#include <stdint.h>

#include "model.h"

typedef struct bd_thinned bd_thinned;
typedef struct bd_thinned_work bd_thinned_work;

/* A plan for M rows Z (M x d, standardised); it keeps no pointer to Z, but
   MODEL must outlive it.  NULL: more than one output, a
   response of classes, or no memory.  */
bd_thinned *bd_thinned_alloc (const bd_net_model *model, size_t m,
                              const double Z[]);
void bd_thinned_free (bd_thinned *plan);

bd_thinned_work *bd_thinned_work_alloc (const bd_thinned *plan);
void bd_thinned_work_free (bd_thinned_work *work);

/* One mask for all points: the subnetwork as a curve T (M, in the response's
   units).  FACTOR has net->hidden places, those of padding are not looked at;
   units with factor 0 cost nothing, other factors may be any.  */
void bd_thinned_curve (const bd_thinned *plan, bd_thinned_work *work,
                       const float factor[], double t[]);

/* COUNT independent Bernoulli masks for each of the points FROM .. TO - 1:
   mean and variance (divisor COUNT - 1) of the predictions at point i in
   MEAN[i], VAR[i].  Layer l drops units with rate RATE[l] (from 0), rounded to
   16 bits; kept units have factor 1 / (1 - rate).  The masks of point i are
   those of the stream (SEED, BD_LANE_PREDICT_MASK, i), which are not the bits
   that bd_mask_draw would take from it.  R is any generator of type
   bd_rng_philox.  */
void bd_thinned_each (const bd_thinned *plan, bd_thinned_work *work,
                      gsl_rng *r, uint64_t seed, const double rate[],
                      size_t count, size_t from, size_t to, double mean[],
                      double var[]);

#endif
