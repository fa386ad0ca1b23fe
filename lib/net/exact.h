/* Dropout without sampling: moments of a trained network's prediction over
   the law of its masks, in closed form or by enumeration of all subnetworks.

   Everywhere: Z is m x d standardised points (bd_net_standardise), t and what
   follows from it stand in the response's units, m x k with k predictions a
   point (bd_net_predictions).  Units are kept independently of each other and
   kept ones are scaled by 1 / (1 - q): inverted dropout.  One mask is shared
   by all points, so a subnetwork is a curve.  All of it is done point by
   point: parts of the points may be given to different threads.

   References: N. Srivastava et al., "Dropout: a simple way to prevent neural
   networks from overfitting", JMLR 15 (2014); P. Baldi, P. Sadowski, "The
   dropout learning algorithm", Artificial Intelligence 210 (2014), for the
   geometric mean.  */
#ifndef BD_NET_EXACT_H
#define BD_NET_EXACT_H

#include <stddef.h>

#include "../base/error.h"
#include "mask.h"
#include "model.h"

#define BD_EXACT_UNITS 24 /* most units that can be dropped: 2^24 masks */

/* Probabilities of dropping, in [0, 1); layers with rate 0 are always
   kept.  */
typedef struct
{
  double input;
  double hidden[BD_NET_LAYERS]; /* of hidden layer l + 1 */
} bd_rates;

/* The rates of A for prediction.  */
bd_rates bd_rates_of (const bd_mask *a, const bd_net *net);

/* Rate Q in all hidden layers of NET, INPUT for its inputs.  */
bd_rates bd_rates_same (const bd_net *net, double q, double input);

/* Units that RATES can drop: hidden units and inputs of layers with a rate
   above 0.  */
size_t bd_exact_units (const bd_net *net, const bd_rates *rates);

/* Mean, variance (m each) and, unless COVARIANCE is NULL, covariances between
   the points (m x m) for one hidden layer, an output "real" or the mean of
   "gaussian", and no input dropout; any law of independent factors with mean
   1 and variance q / (1 - q).  With v_j the output weights and h_j (x) the
   units' values,

     mean (x)    = the output without a mask (weight scaling),
     cov (x, x') = q / (1 - q) sum_j v_j^2 h_j (x) h_j (x').

   MEAN or VARIANCE may be NULL.  GSL_EINVAL with a sentence for another
   network, GSL_ENOMEM.  */
int bd_exact_closed (const bd_net_model *model, const bd_rates *rates,
                     size_t m, const double Z[], double mean[],
                     double variance[], double covariance[], bd_error *err);

/* The same by units: H[j m + i] = v_j h_j (x_i), what hidden unit j adds to
   the prediction at point i, so that its part of the variance there is
   q / (1 - q) H^2.  H has room for hidden units x m.  GSL_EINVAL as above.  */
int bd_exact_closed_units (const bd_net_model *model, const bd_rates *rates,
                           size_t m, const double Z[], double H[],
                           bd_error *err);

/* What the enumeration gives; m x k each.  Arrays that the output has no use
   for are NULL.  */
typedef struct
{
  size_t m, k;
  size_t units;     /* that could be dropped; 2^units subnetworks */
  size_t levels;    /* of quantiles */
  double *level;    /* in (0, 1) */
  double *scaled;   /* prediction by weight scaling */
  double *mean;     /* arithmetic mean */
  double *variance; /* around it */
  double *least, *greatest;
  double *quantile;   /* levels x m x k: the smallest prediction t of a
                         subnetwork with P (prediction <= t) >= level, where
                         probabilities closer than 1e-9 count as equal */
  double *noise;      /* m: mean variance of the noise ("gaussian") */
  double *geometric;  /* of probabilities: prod over masks of t^p */
  double *complement; /* "logistic": the same of 1 - t */
  double *normalised; /* the geometric means divided by their sum over the
                         classes */
} bd_subnets;

/* Room for M points of MODEL and LEVELS quantiles, which may be 0; copies
   LEVEL.  NULL when memory is short.  */
bd_subnets *bd_subnets_alloc (const bd_net_model *model, size_t m,
                              size_t levels, const double level[]);
void bd_subnets_free (bd_subnets *a);

/* Fill A by going through all 2^units subnetworks; memory does not depend on
   their number.  GSL_EINVAL with a sentence when there are more than
   BD_EXACT_UNITS units or a rate is outside [0, 1), GSL_ENOMEM.  Exact
   quantiles of one hidden layer and a single prediction come from half tables
   of 2^(units/2) sums: the time is up to 3 times that of the moments.  Those
   of other networks come from repeated enumeration that looks at every
   prediction, about 0.1 us each time: 4 times the time of a softmax, but some
   250 times that of a deeper real network, whose moments are fast.  */
int bd_subnets_fill (bd_subnets *a, const bd_net_model *model,
                     const bd_rates *rates, const double Z[], bd_error *err);

/* The loss of all subnetworks that keep a certain number of units.  The loss
   is the mean over the rows of the squared error (output "real") or of minus
   the log likelihood (the others), in the response's units.  */
typedef struct
{
  double count;       /* subnetworks with positive probability */
  double probability; /* of keeping so many */
  double mean, sd;    /* of the loss, given that; NaN without any */
  double least, greatest;
} bd_kept_loss;

/* LOSS[k], k = 0 .. bd_exact_units, from N rows Z with responses Y.  One
   hidden layer and output "real": a step costs O (units), whatever N.  Errors
   as above.  */
int bd_subnets_losses (const bd_net_model *model, const bd_rates *rates,
                       size_t n, const double Z[], const double y[],
                       bd_kept_loss loss[], bd_error *err);

#endif
