/* Trainings that are written down, moment by moment.  */
#ifndef WATCH_TOOLS_H
#define WATCH_TOOLS_H

#include "train_tools.h"

#define MOMENTS 200 /* most that a tape holds */

/* All that a watch was shown: row k of each array is the moment number k.  */
typedef struct
{
  size_t size, count; /* of the net; moments seen */
  size_t stop;        /* asks for an end at this step; SIZE_MAX: never */
  size_t step[MOMENTS], steps[MOMENTS];
  float *w, *before, *gradient; /* MOMENTS x size */
  bool pair[MOMENTS];           /* before and gradient were there */
  double loss[MOMENTS];
} tape;

/* Train like `train', writing down; the caller frees the model and, with
   tape_free, the tape.  */
run train_watched (bd_net_options o, const bd_dataset *s, const double w[],
                   size_t stop, tape *to);
void tape_free (tape *t);

/* Check that each step of a training on all rows, without masks in its forward
   pass, had loss and gradient of MODEL's network at the weights before it.  */
void check_followed (const tape *t, const bd_net_options *o,
                     const bd_dataset *s, const bd_net_model *model);

/* Row K of one of its arrays.  */
const float *tape_row (const tape *t, const float *of, size_t k);

#endif
