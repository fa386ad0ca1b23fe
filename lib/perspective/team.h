/* Networks whose predictions are averaged: one, or an ensemble.  Private to
   the room.  */
#ifndef BD_PERSPECTIVE_TEAM_H
#define BD_PERSPECTIVE_TEAM_H

#include "../data/dataset.h"
#include "../net/model.h"
#include "../net/train.h"

typedef struct
{
  bd_net_model *const *model;
  size_t count;
} bd_team;

/* Train a network of O on the rows of D with these weights (NULL: all 1), from
   the stream (SEED, BD_LANE_FIT, INDEX), into *TO, which the caller frees.
   GSL_ERUNAWAY, GSL_ENOMEM; then *TO is NULL.  */
int bd_team_train (const bd_net_options *o, const bd_dataset *d,
                   const double weight[], uint64_t seed, uint64_t index,
                   bd_net_model **to);

/* Predictions at the points P (m x k; k = bd_net_predictions), averaged over
   the networks; of a network that only ever saw one mask, with that.
   GSL_ENOMEM.  */
int bd_team_predict (const bd_team *a, const gsl_matrix *P, double t[]);

/* The loss of predictions T (n x k) of networks like MODEL for responses Y:
   the mean squared error, or for classes the mean of minus the log
   probability of the class that came.  */
double bd_prediction_loss (const bd_net_model *model, size_t n,
                           const double t[], const gsl_vector *y);

/* That of a team at the rows of D.  NaN without memory.  */
double bd_team_loss (const bd_team *a, const bd_dataset *d);

/* The same for MODEL with the weights W in the place of its own, as a watcher
   sees them.  */
double bd_weights_loss (const bd_net_model *model, const float w[],
                        const bd_dataset *d);

#endif
