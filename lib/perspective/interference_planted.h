/* Inputs of which it is known what they are worth: every input has a twin, an
   exact copy, and there are BD_PLANTED_NOISE inputs of pure noise.  Private to
   the room.

   D inputs of the data become 2 D + BD_PLANTED_NOISE: the inputs, their twins,
   the noise.  */
#ifndef BD_PERSPECTIVE_INTERFERENCE_PLANTED_H
#define BD_PERSPECTIVE_INTERFERENCE_PLANTED_H

#include "team.h"

#define BD_PLANTED_NOISE 2

/* D with these inputs; standard normal noise from the stream (SEED,
   BD_LANE_NOISE, PART).  NULL: no memory.  The caller frees.  */
bd_dataset *bd_planted (const bd_dataset *d, uint64_t seed, uint64_t part);

typedef struct
{
  double noise; /* squared first-layer weight of a noise input, relative to
                   that of the mean input */
  double twins; /* 2 u'v / (u'u + v'v) of the first-layer weights u, v of
                   twins, over all pairs together: 1 if both get the same, 0
                   if one gets all or they are unrelated */
  double noise_blocked; /* loss with the noise inputs at their mean, over the
                           loss */
  double twin_blocked;  /* the same with one twin of every pair blocked, the
                           geometric mean over which */
} bd_planted_finding;

/* What MODEL, trained on planted data, makes of the planted rows TEST.
   GSL_ENOMEM.  */
int bd_planted_look (const bd_net_model *model, const bd_dataset *test,
                     bd_planted_finding *to);

#endif
