/* Perspective 4 in pieces.  Private to the room.  */
#ifndef BD_PERSPECTIVE_UNIVERSAL_H
#define BD_PERSPECTIVE_UNIVERSAL_H

#include "cast.h"
#include "universal_masks.h"

enum /* arms beyond the cast */
{
  BD_UNIVERSAL_EQUAL = BD_CAST, /* weight decay of the tuned dropout's loss */
  BD_UNIVERSAL_STEP, /* rate .5, all rows of a step under one mask */
  BD_UNIVERSAL_USED, /* rate .5, seen through the masks that it used */
  BD_UNIVERSAL_NEW,  /* rate .5 with BD_UNIVERSAL_FEW masks: under new ones */
  BD_UNIVERSAL_OWN,  /* the same under its own */
  BD_UNIVERSAL_POOLS_FIFTH, /* rate .2 with pools of all sizes */
  BD_UNIVERSAL_POOLS_HALF,  /* rate .5 */
  BD_UNIVERSAL_ARMS
};

#define BD_UNIVERSAL_FEW 16 /* masks of the small pool that is watched */
#define BD_UNIVERSAL_POOLS 7
#define BD_UNIVERSAL_UNITS 10 /* of the network whose masks are all tried */
#define BD_UNIVERSAL_LOOKS 8  /* checkpoints of a training */
extern const size_t bd_universal_pools[BD_UNIVERSAL_POOLS];

/* One repetition.  */
typedef struct
{
  const bd_cast *c;
  const bd_layout *l;
  double *v;
  bd_dataset *seen, *held; /* some rows of the training and the test part */
} bd_universal;

/* The checkpoints of a training of STEPS steps; returns how many.  */
size_t bd_universal_looks (size_t steps, double at[BD_UNIVERSAL_LOOKS]);

/* The masks of the cast at rate Q and COUNT new ones; every purpose FOR_WHAT
   has its own.  */
bd_mask bd_universal_law (const bd_cast *c, double q);
int bd_universal_new (const bd_universal *u, const bd_mask *law,
                      const bd_net *net, uint64_t for_what, size_t count,
                      bd_mask_list *list);

/* Train a control of the experiment with the options O, from stream number
   ARM.  */
int bd_universal_train (const bd_universal *u, const bd_net_options *o,
                        size_t arm, bd_net_model **to);

/* Fill the record's series, each group from a part of the experiment.  Codes
   as of bd_team_train.  */
int bd_universal_tolerance (const bd_universal *u); /* of new masks */
int bd_universal_along (const bd_universal *u);     /* the same, watched */
int bd_universal_history (const bd_universal *u);   /* used against new */
int bd_universal_pool (const bd_universal *u);      /* sizes of pools */
int bd_universal_kept (const bd_universal *u); /* all of a small network */

/* Losses of all subnetworks of MODEL, which has BD_UNIVERSAL_UNITS hidden
   units, at the rows of D, averaged by the number of units that they keep.
   Those that keep k of H are scaled up by H / k, which makes up for what is
   missing.  Codes as of bd_subnets_losses.  */
int bd_universal_by_kept (const bd_net_model *model, const bd_dataset *d,
                          double loss[BD_UNIVERSAL_UNITS + 1]);

/* In universal_contrasts.c.  */
extern const bd_contrast bd_universal_contrasts[];
extern const bd_fact bd_universal_facts[];

#endif
