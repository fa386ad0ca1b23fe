/* Training a network on weighted rows.

   Inputs, and a real response, are standardised by the weighted means and
   standard deviations of the rows in use.  Steps on mini-batches (sgd, adam,
   adamw) are made in single precision, methods of the whole sample (lbfgs) in
   double.  Dropout draws a fresh mask for every row of every step unless its
   mask says otherwise.  With early stopping a share of the rows is held out
   and the weights that were best there are kept.  The same seed gives the same
   bits on every machine.  */
#ifndef BD_NET_TRAIN_H
#define BD_NET_TRAIN_H

#include <gsl/gsl_matrix.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_vector.h>
#include <stdbool.h>
#include <stdint.h>

#include "mask.h"
#include "model.h"
#include "net.h"
#include "optimiser.h"

/* A moment of a training that is watched; its arrays are the training's own
   and hold until `look' returns.  */
typedef struct
{
  size_t step, steps;        /* steps made, of so many; 0: before the first */
  const bd_net_model *model; /* shape and standardisation; its weights and
                                rates are those of no moment */
  const float *w;            /* net.size: the weights now */
  const float *before;       /* before this step; NULL at step 0 */
  const float *gradient;     /* of the step's batch, for the weights `before',
                                with decay unless the optimiser is `decoupled',
                                also for weights that a mask on the update
                                holds; NULL at step 0 */
  double loss; /* mean over the step's batch, as trained on (under its masks),
                  without decay; NaN at step 0 */
} bd_net_moment;

/* Who looks on.  LOOK is called before the first step and after every step,
   from the thread that trains; a training that starts again (see bd_net_train)
   begins again with step 0, at another start.  Returning true ends the
   training there, with the weights of that moment, also where rows are held
   out; learning rate and masks have gone the course of all `steps'.  Trainings
   may run side by side and none locks PARAMS: each needs a watch with params
   of its own.  */
typedef struct
{
  bool (*look) (void *params, const bd_net_moment *m);
  void *params;
} bd_net_watch;

typedef struct
{
  size_t hidden[BD_NET_LAYERS - 1], depth; /* units of each hidden layer */
  const bd_unit *unit;
  const bd_output *output;
  size_t classes;
  size_t steps, batch; /* of the optimiser; rows in a step */
  size_t epochs;       /* passes over the rows instead of steps; 0: steps */
  double rate;         /* learning rate at the start */
  double decay;        /* loss + decay/2 sum w^2, biases left out */
  double max_norm;     /* of the weights into a hidden unit; 0: any */
  double stop;         /* share of rows held out for early stopping */
  const bd_row_labels *labels; /* of the rows of X: groups are held out whole,
                                  of times the latest; not owned; NULL: rows
                                  by chance */
  const bd_optimiser *optimiser;
  bd_settings tuning; /* the optimiser's knobs */
  const bd_schedule *schedule;
  bd_mask mask;
  uint64_t mask_stream; /* another number: other masks, and another pool of
                           them, with the same start and batches */
  const bd_net_watch *watch; /* of optimisers that take steps; not owned; NULL:
                                nobody looks */
} bd_net_options;

/* 50 tanh units, real output, 2000 steps of Adam with batches of 128.  */
bd_net_options bd_net_options_default (void);

/* GSL_EINVAL with a sentence when the pieces of O do not go together.  */
int bd_net_options_check (const bd_net_options *o, bd_error *err);

/* Steps of a training on N rows; *PASS, unless NULL, is how many go over the
   rows once.  */
size_t bd_net_steps (const bd_net_options *o, size_t n, double *pass);

bd_net_model *bd_net_model_alloc (const bd_net_options *o, size_t d);

/* Work space for training on up to N rows of D inputs.  */
typedef struct bd_net_trainer bd_net_trainer;
bd_net_trainer *bd_net_trainer_alloc (const bd_net_options *o, size_t n,
                                      size_t d);
void bd_net_trainer_free (bd_net_trainer *t);

/* Train MODEL on the rows of X, y with weight > 0.  R must be of type
   bd_rng_philox and stand at lane BD_LANE_FIT; the masks come from
   BD_LANE_TRAIN_MASK of the same seed and index (where o->mask_stream is not
   0, of a seed made of these three).  A loss that is not finite
   starts the training again once at a tenth of the learning rate.  GSL_EDOM
   without rows, GSL_ERUNAWAY when the loss is not finite the second time; see
   bd_net_diverged.  Does not allocate (but for methods of the whole
   sample).  */
int bd_net_train (bd_net_trainer *t, const bd_net_options *o,
                  const gsl_matrix *X, const gsl_vector *y,
                  const double weight[], gsl_rng *r, bd_net_model *model);

/* How the last training went wrong, for a sentence.  */
typedef struct
{
  int times;    /* the loss was not finite: 0, 1 or 2 */
  size_t epoch; /* of the last time, from 1 */
  double rate;  /* its learning rate */
} bd_net_trouble;
bd_net_trouble bd_net_diverged (const bd_net_trainer *t);

/* Train a network of O on the rows of X, y with these weights (NULL: all 1)
   from the stream (SEED, BD_LANE_FIT, INDEX) into *TO, which the caller frees.
   TROUBLE, unless NULL, says how it went.  Codes as of bd_net_train, or
   GSL_ENOMEM; then *TO is NULL.  In fit.c.  */
int bd_net_fit (const bd_net_options *o, const gsl_matrix *X,
                const gsl_vector *y, const double weight[], uint64_t seed,
                uint64_t index, bd_net_trouble *trouble, bd_net_model **to);

#endif
