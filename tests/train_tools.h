/* What the tests of training share.  */
#ifndef TRAIN_TOOLS_H
#define TRAIN_TOOLS_H

#include "data/dataset.h"
#include "net/train.h"

#define ROWS 40 /* of every data set */
#define SEED 3  /* of the generator */
#define INDEX 6

/* A training run: the model, its predictions at the rows, the code.  */
typedef struct
{
  bd_net_model *model;
  double t[ROWS]; /* of a network with one prediction */
  int code;
  bd_net_trouble trouble;
} run;

/* Train on S with weights W, from lane BD_LANE_FIT of SEED and INDEX.  The
   caller frees the model.  */
run train (const bd_net_options *o, const bd_dataset *s, const double w[]);

/* Mean squared error with weights W.  */
double loss (const run *a, const bd_dataset *s, const double w[]);

void ones (double w[]);

#endif
