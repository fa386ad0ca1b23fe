/* Watchers of a training.  Private to the room.  */
#ifndef BD_PERSPECTIVE_WATCH_H
#define BD_PERSPECTIVE_WATCH_H

#include "team.h"

/* A bd_net_watch.look that stops after as many steps as the size_t PARAMS
   says.  */
bool bd_watch_stop_at (void *params, const bd_net_moment *m);

#define BD_CHECKPOINTS 40

/* The test loss along a training: at COUNT checkpoints STEP (rising), with all
   units and no mask.  */
typedef struct
{
  const bd_dataset *held;
  size_t count, step[BD_CHECKPOINTS];
  double loss[BD_CHECKPOINTS]; /* filled */
} bd_watch_curve;

/* COUNT <= BD_CHECKPOINTS checkpoints for STEPS steps, from FIRST on in even
   ratios, the last one at STEPS.  */
void bd_watch_checkpoints (bd_watch_curve *c, size_t first, size_t steps,
                           size_t count);

/* The bd_net_watch.look that fills it.  */
bool bd_watch_curve_look (void *params, const bd_net_moment *m);

#endif
