/* Dropout masks: the factors that units or weights are multiplied by.

   A mask has a law (a type with a registry, like fitters), rates (one for each
   hidden layer and one for the inputs), and says who shares it and when it
   acts.  Factors have mean 1 (inverted dropout), so that prediction without a
   mask needs no scaling; their variance is q / (1 - q) for rate q unless the
   law says otherwise.

   The places of a mask: the hidden units, layer after layer with padding
   (net->hidden), then the inputs (net->width[0]); or, for a law of weights,
   the array of weights (net->size), where biases have factor 1.  */
#ifndef BD_NET_MASK_H
#define BD_NET_MASK_H

#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/knob.h"
#include "net.h"

struct bd_mask;

typedef struct
{
  const char *name, *help;
  const bd_knob *knobs; /* its own, in front of the common ones; or NULL */
  bool weights;         /* places are the weights */
  bool binary;          /* factors are 0 or 1 / (1 - q) */
  bool learnt;          /* the rates are learnt while training */

  /* COUNT factors of places with rate Q > 0 from R (of type bd_rng_philox).
     WORDS is work space of bd_mask_words (count) words.  */
  void (*fill) (const struct bd_mask *a, double q, gsl_rng *r, size_t count,
                uint32_t words[], float factor[]);

  /* Learnt rates: add to *G the derivative of the loss for the logit of rate
     Q, from the factors that were drawn and the derivatives D of the loss for
     each factor; NULL: not learnt.  */
  void (*slope) (const struct bd_mask *a, double q, size_t count,
                 const float factor[], const float D[], double *G);

  /* The penalty that goes with learnt rates (per row) of a layer with UNITS
     units whose incoming weights have the sum of squares SS, N rows in all:
     its derivatives for the logit of Q (*G) and for the weights, as a factor
     of w (*SHRINK).  Returns the penalty.  NULL: none.  */
  double (*penalty) (const struct bd_mask *a, double q, double units,
                     double ss, double n, double *G, double *shrink);
} bd_mask_type;

typedef enum
{
  BD_MASK_ALWAYS,
  BD_MASK_EARLY, /* full rate until `turn' of the training, then none */
  BD_MASK_LATE,  /* none until `turn', then the full rate */
  BD_MASK_RISING /* from none at the start to the full rate at `turn'
                    (curriculum dropout, Morerio et al. 2017) */
} bd_mask_when;

/* What the user chose.  Defaults by bd_mask_choose.  */
typedef struct bd_mask
{
  const bd_mask_type *type;   /* NULL: no mask */
  bd_settings set;            /* of the type's own knobs */
  size_t layers;              /* hidden layers that have a rate */
  double rate[BD_NET_LAYERS]; /* of hidden layer l + 1 */
  double input;               /* of the inputs */
  bool batch;                 /* the rows of a batch share a mask */
  size_t pool;                /* only so many masks are ever used; 0: fresh */
  bd_mask_when when;
  double turn; /* share of the training */
} bd_mask;

extern const bd_mask_type *const bd_mask_types[]; /* ends with NULL */
extern const bd_mask_type bd_mask_bernoulli, bd_mask_gaussian, bd_mask_block,
    bd_mask_dropconnect, bd_mask_concrete, bd_mask_variational;
const bd_mask_type *bd_mask_find (const char *name);

/* Knobs that every law has, after its own: input, share ("row" or "batch"),
   pool, when ("always", "early", "late", "rising"), turn.  */
extern const bd_knob bd_mask_common[];

/* Read SPEC, "NAME" or "NAME:knobs", and rate Q for all hidden layers into A.
   GSL_EINVAL with a sentence.  */
int bd_mask_choose (bd_mask *a, const char *spec, double q, bd_error *err);

/* True when some place may have another factor than 1.  */
bool bd_mask_acts (const bd_mask *a);

/* The rate of hidden layer LAYER (from 0) at PHASE of the training (0 .. 1;
   1 for prediction, where `when' is of no account).  Rates of binary laws are
   rounded to 16 bits.  */
double bd_mask_rate (const bd_mask *a, size_t layer, double phase);

/* Places of a mask of A for NET, a multiple of BD_NET_PAD.  */
size_t bd_mask_places (const bd_mask *a, const bd_net *net);
size_t bd_mask_words (size_t count);

/* ROWS masks (rows x places) from R, which must be of type bd_rng_philox.  A
   mask of a batch or of weights is one row.  With a pool, R only says which of
   its masks each row has; the masks are those of lane BD_LANE_TRAIN_MASK of
   bd_rng_derive (POOL_SEED, k).  WORDS: bd_mask_words (rows x places).  */
void bd_mask_draw (const bd_mask *a, const bd_net *net, gsl_rng *r,
                   uint64_t pool_seed, double phase, size_t rows,
                   uint32_t words[], float factor[]);

/* One mask, as bd_mask_draw and bd_mask_of_pool make it, in double, as
   bd_net_forward takes it for all rows.  In model.c.  */
bd_net_mask bd_net_mask_of (const bd_mask *a, const bd_net *net,
                            const double factor[]);

/* Mask number K of the pool.  */
void bd_mask_of_pool (const bd_mask *a, const bd_net *net, uint64_t pool_seed,
                      size_t k, uint32_t words[], float factor[]);

#endif
