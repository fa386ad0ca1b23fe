/* What perspective 3 measures.  Private to the room.  */
#ifndef BD_PERSPECTIVE_FILTER_H
#define BD_PERSPECTIVE_FILTER_H

#include "repetition.h"
#include "watch.h"

/* The checkpoints of trainings on sets like a repetition's.  GSL_EINVAL.  */
int bd_filter_checkpoints (const bd_perspective_options *o, bd_watch_curve *c,
                           size_t *depth);

/* Measures of the hidden layers before the last, from the first on.  */
#define BD_FILTER_LAYERS 6
extern const char *const bd_filter_layer[BD_FILTER_LAYERS];

/* The measures:

   snr             of the response, along the training, with all units
   snr_masked      ... with the masks of the moment on top
   snr_hidden      of the values of the last hidden layer, with all units
   snr_hidden_K    of layer K before the last
   snr_hidden_masked
   direction       error of the directions of batches, as trained on
   spread          between directions of batches, as trained on
   direction_off   error without masks
   snr_early, snr_early_masked, hidden_early, direction_early, spread_early,
   direction_off_early: means over the first tenth of the training, of
                        logarithms where the measure is a ratio
   snr_late, direction_late: ... over the second half
   snr_end         at the end, also of ensembles
   sensitivity     to noise in the inputs, over the signal, at the end
   added           worst relative error of the variance that masks add  */
int bd_filter_plan (const bd_perspective_options *o, bd_layout *l);
int bd_filter_measure (const bd_repetition *r, const bd_layout *l, double v[],
                       bd_error *err);

#endif
