/* Where the gradients of mini-batches point.  Private to the room.  */
#ifndef BD_PERSPECTIVE_FILTER_GRADIENT_H
#define BD_PERSPECTIVE_FILTER_GRADIENT_H

#include "team.h"

/* (1 - cos) / 2 of the angle between A and B (COUNT each): 0 for the same
   direction, 1/2 for a right angle, 1 for the opposite.  NaN for a zero.  */
double bd_direction (const double a[], const double b[], size_t count);

typedef struct
{
  double error;  /* of batches against the gradient of all rows: mean */
  double spread; /* between two batches without a row in common: mean */
} bd_directions;

/* Work space for batches of BATCH of the rows of D.  The rows are dealt twice
   into as many batches as there are, by SEED.  */
typedef struct
{
  const bd_dataset *d;
  size_t batch, count, size; /* COUNT batches a deal, of networks this large */
  uint64_t seed;
  size_t *row; /* 2 x n */
  double *Z, *y, *z, *u;
  double *full, *G; /* size, count x size */
  double *H, *all;
  float *factor;
  uint32_t *words;
  gsl_rng *r;
} bd_batches;

/* For networks of the shape of NET; BATCH <= rows.  GSL_ENOMEM; free it in any
   case.  */
int bd_batches_init (bd_batches *a, const bd_net *net, const bd_dataset *d,
                     size_t batch, uint64_t seed);
void bd_batches_free (bd_batches *a);

/* The directions of MODEL's gradients of the mean loss without decay, with
   fresh masks of the law MASK at PHASE of the training (NULL: none).  They are
   held against the gradient of all rows without a mask.  */
bd_directions bd_batches_measure (bd_batches *a, const bd_net_model *model,
                                  const bd_mask *mask, double phase);

#endif
