/* The masks that a training used, masks that it did not, and the losses of
   their subnetworks.  Private to the room.  */
#ifndef BD_PERSPECTIVE_UNIVERSAL_MASKS_H
#define BD_PERSPECTIVE_UNIVERSAL_MASKS_H

#include "team.h"

/* Some masks of one law, one after the other.  */
typedef struct
{
  bd_mask mask;
  size_t count, places;
  float *factor; /* count x places; free () */
} bd_mask_list;

/* Where a training took its masks from.  */
typedef struct
{
  const bd_net *net;
  bd_mask mask;         /* its law */
  uint64_t seed, index; /* of the training, as in bd_team_train */
  uint64_t pool_seed;   /* of the model */
  size_t rows, steps;   /* rows in a step; steps of the training */
} bd_mask_stream;

/* The stream of a training on N rows with the options O, whose mask, which may
   be another than that of the options, is MASK.  */
bd_mask_stream bd_mask_stream_of (const bd_net_options *o, const bd_mask *mask,
                                  const bd_net_model *model, size_t n,
                                  uint64_t seed, uint64_t index);

/* Masks drawn in the first UPTO steps.  */
double bd_mask_stream_drawn (const bd_mask_stream *a, size_t upto);

/* Draw the masks of the first UPTO steps again.  LIST, unless NULL, gets at
   most MOST of them, evenly spread; of a pool, its first MOST.  *DISTINCT,
   unless NULL, is how many different ones there are; those of NEW, unless that
   is NULL, that are among them are taken out of it.  A training that had to
   start again (see bd_net_train) went on in the stream, and masks of learnt
   rates are drawn at the rates of the start.  GSL_ENOMEM.  */
int bd_mask_stream_replay (const bd_mask_stream *a, size_t upto, size_t most,
                           bd_mask_list *list, double *distinct,
                           bd_mask_list *new);

/* COUNT masks of the law MASK, whatever its pool, from SEED.  GSL_ENOMEM.  */
int bd_masks_new (const bd_mask *mask, const bd_net *net, uint64_t seed,
                  size_t count, bd_mask_list *list);

/* Mean and standard deviation over masks of the loss at the rows of D.  */
typedef struct
{
  double mean, sd;
} bd_mask_loss;

/* Those of the subnetworks of MODEL under LIST.  GSL_ENOMEM.  */
int bd_masks_loss (const bd_net_model *model, const bd_mask_list *list,
                   const bd_dataset *d, bd_mask_loss *loss);

/* The same with the weights W in the place of its own, as a watcher sees
   them.  */
int bd_masks_loss_at (const bd_net_model *model, const float w[],
                      const bd_mask_list *list, const bd_dataset *d,
                      bd_mask_loss *loss);

#endif
