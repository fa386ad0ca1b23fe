/* Perspective 3 at work on one repetition.  Private to it.  */
#ifndef BD_PERSPECTIVE_FILTER_BENCH_H
#define BD_PERSPECTIVE_FILTER_BENCH_H

#include "cast.h"
#include "filter_gradient.h"
#include "filter_signal.h"
#include "watch.h"

#define BD_FILTER_SETS 5 /* data sets like the repetition's */

/* What all arms are measured with.  */
typedef struct
{
  bd_cast c; /* only tuned */
  const bd_layout *l;
  double *v;
  bd_dataset *set[BD_FILTER_SETS];
  gsl_matrix_view P;
  double *sd; /* of the inputs */
  bd_watch_curve at;
  bd_signal *signal; /* checkpoints x layers, of one arm at a time */
  size_t layers;     /* hidden ones and the response */
  bd_directions on[BD_CHECKPOINTS], off[BD_CHECKPOINTS];
} bd_filter_bench;

/* Share of the training that is over at checkpoint K.  */
double bd_filter_phase (const bd_filter_bench *b, size_t k);

/* File what was measured of ARM; SENSITIVITY is summed over the sets.  Of an
   ensemble only the end is known.  */
void bd_filter_file (bd_filter_bench *b, size_t arm, double sensitivity);
void bd_filter_file_end (const bd_filter_bench *b, size_t arm,
                         const bd_signal *a, double sensitivity);

#endif
