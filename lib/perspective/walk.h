/* How the weights of a network move while it is trained.  Private to the
   room.  */
#ifndef BD_PERSPECTIVE_WALK_H
#define BD_PERSPECTIVE_WALK_H

#include "watch.h"

/* Padding aside, w being all weights and biases and u what a step adds to
   them.  The arrays belong to the checkpoints of the curve: means over the
   steps since the checkpoint before, but for path and displacement.  NaN where
   there is nothing to average.  */
typedef struct
{
  bd_watch_curve curve;          /* the test loss, and where to look */
  double size[BD_CHECKPOINTS];   /* |u| / |w| */
  double share[BD_CHECKPOINTS];  /* of the weights that learn in a step: their
                                    gradient is not 0, and they move */
  double cosine[BD_CHECKPOINTS]; /* of u and the u before it */
  double path[BD_CHECKPOINTS];   /* sum of |u| from the start on */
  double displacement[BD_CHECKPOINTS]; /* from where the training began */
  double all_share, all_cosine;        /* means over all steps */

  size_t count, *place; /* of weights and biases in the array of weights */
  float *start;         /* count */
  double *last;         /* count: u of the step before */
  size_t at;            /* the next checkpoint */
  struct bd_walk_sums
  {
    size_t steps, turns; /* turns: steps that have a cosine */
    double size, share, cosine;
  } since, all;               /* the checkpoint before, the start */
  double length, last_length; /* path, |last| */
} bd_walk;

/* For trainings of networks shaped like NET for STEPS steps, with COUNT
   checkpoints (or less: see bd_watch_checkpoints) from step FIRST on and the
   test rows HELD.  GSL_ENOMEM; free it in any case.  */
int bd_walk_init (bd_walk *a, const bd_net *net, const bd_dataset *held,
                  size_t first, size_t steps, size_t count);
void bd_walk_free (bd_walk *a);

/* The bd_net_watch.look that fills it; step 0 begins anew.  */
bool bd_walk_look (void *params, const bd_net_moment *m);

/* The least test loss at a checkpoint.  */
double bd_walk_least (const bd_walk *a);

#endif
