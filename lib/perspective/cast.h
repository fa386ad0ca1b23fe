/* The networks that every experiment compares, trained on one repetition.

   All start from the same stream, so that what differs is what is done to
   them.  What is tuned (dropout rate, weight decay, the step to stop at) is
   tuned by 3-fold cross-validation inside the training rows.  Private to the
   room.  */
#ifndef BD_PERSPECTIVE_CAST_H
#define BD_PERSPECTIVE_CAST_H

#include "repetition.h"
#include "team.h"

#define BD_RATES 7
#define BD_DECAYS 9
extern const double bd_cast_rates[BD_RATES]; /* .02 .. .5 */
extern const double bd_cast_decays[BD_DECAYS];

/* Arms, in the order in which they are added to a layout.  */
enum
{
  BD_ARM_SINGLE,
  BD_ARM_RATE, /* the first of BD_RATES */
  BD_ARM_TUNED = BD_ARM_RATE + BD_RATES,
  BD_ARM_BAG,
  BD_ARM_SEEDS,
  BD_ARM_DECAY,
  BD_ARM_STOP,
  BD_CAST
};
#define BD_ARM_HALF (BD_ARM_RATE + 6) /* rate .5 */

/* Bits of these arms, for panels.  */
#define BD_BIT(arm) (UINT32_C (1) << (arm))
#define BD_BITS_RATES (UINT32_C (0x7f) << BD_ARM_RATE)
#define BD_BITS_CAST ((UINT32_C (1) << BD_CAST) - 1)

/* Add them all to L.  */
void bd_cast_arms (bd_layout *l);

typedef struct
{
  const bd_repetition *r;
  bd_net_options base; /* no masks, no decay */
  bd_mask mask;        /* the law, at rate 0 */
  size_t nets;
  bd_net_model *one[BD_CAST]; /* NULL for the tuned rate and the ensembles */
  bd_net_model **bag, **seeds;
  bd_net_model *path[BD_DECAYS]; /* the decays, in rising order */
  size_t rate;                   /* the tuned one's place in bd_cast_rates */
  size_t decay;                  /* ... in bd_cast_decays */
  size_t steps;                  /* where early stopping stops */
} bd_cast;

/* The network's options and the law of masks that O asks for; CLASSES as in
   bd_dataset.  GSL_EINVAL with a sentence.  */
int bd_cast_choose (const bd_perspective_options *o, size_t classes,
                    bd_net_options *base, bd_mask *mask, bd_error *err);

/* Train them on R.  ENSEMBLES false: without bags and seeds.  Codes as of
   bd_team_train; then nothing is left to be freed.  */
int bd_cast_init (bd_cast *c, const bd_repetition *r, bool ensembles);
void bd_cast_free (bd_cast *c);

/* The networks of an arm.  */
bd_team bd_cast_team (const bd_cast *c, size_t arm);

/* What a single network of an arm is trained with (of an ensemble, each of its
   members), and its stream, for bd_team_train: all arms share one.  Arms of an
   experiment's own are numbered from BD_CAST on.  */
bd_net_options bd_cast_options (const bd_cast *c, size_t arm);
uint64_t bd_cast_seed (const bd_repetition *r);
uint64_t bd_cast_stream (const bd_cast *c, size_t arm);

/* Options O of an arm of the experiment's own; in a null run the base.  */
bd_net_options bd_cast_control (const bd_cast *c, const bd_net_options *o);

/* The base options with the cast's masks at rate Q in all hidden layers.  */
bd_net_options bd_cast_masked (const bd_net_options *base, const bd_mask *mask,
                               double q);

/* Mean squared errors, or log losses, at the test rows, of all arms but those
   that were not trained (NaN), into LOSS[0 .. BD_CAST - 1].  */
void bd_cast_losses (const bd_cast *c, double loss[BD_CAST]);

/* The same into the series "loss" of the record V.  */
void bd_cast_put_losses (const bd_cast *c, const bd_layout *l, double v[]);

/* The decay whose network comes nearest in test loss to LOSS (as a ratio).  */
size_t bd_cast_equal_decay (const bd_cast *c, double loss);

/* In tune.c: fill c->rate, c->decay and c->steps.  */
int bd_cast_tune (bd_cast *c);

#endif
