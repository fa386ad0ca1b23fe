/* The trainings of perspective 6: controls that take dropout apart.  Private
   to the room.  */
#ifndef BD_PERSPECTIVE_GRADUAL_H
#define BD_PERSPECTIVE_GRADUAL_H

#include "cast.h"
#include "walk.h"

typedef enum /* what is done in the place of dropout at a rate q */
{
  BD_SLOWER, /* nothing but a learning rate times 1 - q */
  BD_PARTS,  /* the whole network is computed, a step moves the drawn units:
                parts without noise */
  BD_NOISE,  /* Gaussian factors with the mean and variance of dropout's; no
                unit is ever off: noise without parts */
  BD_BATCH,  /* dropout with one mask for all rows of a step, so that the units
                that are off do not learn in it */
  BD_CONTROLS
} bd_gradual;

#define BD_HALF_RATES 2 /* .5 and .4 */

enum /* arms beyond the cast */
{
  BD_GRADUAL_HALF = BD_CAST,                        /* controls at rate .5 */
  BD_GRADUAL_FORTY = BD_CAST + BD_CONTROLS,         /* at rate .4 */
  BD_GRADUAL_BEST = BD_GRADUAL_FORTY + BD_CONTROLS, /* the best of all rates */
  BD_GRADUAL_WIDTH,                                 /* networks by width */
  BD_WIDTHS = 5,
  BD_GRADUAL_ARMS = BD_GRADUAL_WIDTH + BD_WIDTHS
};
extern const double bd_gradual_widths[BD_WIDTHS]; /* of the network's own */

/* In gradual_contrasts.c.  */
extern const bd_contrast bd_gradual_contrasts[];

/* Checkpoints of trainings that are watched.  */
#define BD_WALK_FIRST 10
#define BD_WALK_COUNT 16

/* The options of control K at rate Q for the cast's networks.  */
bd_net_options bd_gradual_control (const bd_cast *c, bd_gradual k, double q);

/* The options of an arm below BD_GRADUAL_BEST that is one network.  */
bd_net_options bd_gradual_options (const bd_cast *c, size_t arm);

/* BASE with SHARE times as many units in each hidden layer, at least 1.  */
bd_net_options bd_gradual_wide (const bd_net_options *base, double share);

/* Train ARM and, unless A is NULL, watch it with A, which was made ready.
 *LOSS is that at the test rows.  */
int bd_gradual_train (const bd_cast *c, size_t arm, bd_walk *a, double *loss);

/* Test losses of networks of width number K without dropout and at all the
   cast's rates.  */
int bd_gradual_rates (const bd_cast *c, size_t k, double loss[BD_RATES + 1]);

#endif
