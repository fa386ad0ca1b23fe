/* Training a network on weighted rows.

   Inputs and response are standardised by the weighted means and standard
   deviations of the rows in use.  Adam (Kingma & Ba 2015) on mini-batches,
   the learning rate level for half the steps and then falling to zero.
   Dropout draws a fresh mask for every row of every step.  With early stopping
   a share of the rows is held out and the weights that were best there are
   kept.  */
#ifndef BD_NET_TRAIN_H
#define BD_NET_TRAIN_H

#include <gsl/gsl_matrix.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_vector.h>

#include "net.h"

typedef struct
{
  size_t hidden, depth; /* units in a hidden layer, hidden layers */
  size_t steps, batch;  /* of Adam; rows in a step */
  double rate;          /* learning rate at the start */
  double decay;         /* loss + decay/2 sum w^2, biases left out */
  double dropout;       /* rate of the hidden units */
  double stop;          /* share of rows held out for early stopping */
  const bd_unit *unit;
} bd_net_options;

bd_net_options bd_net_options_default (void);

typedef struct
{
  bd_net net;
  double *w;                /* net.size */
  double *x_mean, *x_scale; /* d */
  double y_mean, y_scale;
} bd_net_model;

bd_net_model *bd_net_model_alloc (const bd_net_options *o, size_t d);
void bd_net_model_free (bd_net_model *model);

/* Work space for training on up to N rows of D inputs.  */
typedef struct bd_net_trainer bd_net_trainer;
bd_net_trainer *bd_net_trainer_alloc (const bd_net_options *o, size_t n,
                                      size_t d);
void bd_net_trainer_free (bd_net_trainer *t);

/* Train MODEL on the rows of X, y with weight > 0.  R must be of type
   bd_rng_philox and stand at lane BD_LANE_FIT; the masks come from
   BD_LANE_TRAIN_MASK of the same seed and index.  GSL_EDOM without rows,
   GSL_ERUNAWAY when the loss is not finite.  Does not allocate.  */
int bd_net_train (bd_net_trainer *t, const bd_net_options *o,
                  const gsl_matrix *X, const gsl_vector *y,
                  const double weight[], gsl_rng *r, bd_net_model *model);

/* Rows of P (m x d) standardised as MODEL does, into Z (m x d).  */
void bd_net_standardise (const bd_net_model *model, const gsl_matrix *P,
                         double Z[]);

/* Predictions for M standardised rows in the response's units, one mask for
   all of them (NULL: weight scaling).  H (m x 2 net.hidden) is work space.  */
void bd_net_predict (const bd_net_model *model, size_t m, const double Z[],
                     const double mask[], double H[], double t[]);

#endif
