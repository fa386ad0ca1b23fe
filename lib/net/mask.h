/* Dropout masks: the factors that units or weights are multiplied by.

   A mask acts on the forward pass, or only on the update: then a step computes
   loss and gradient of the whole network and moves only the weights of the
   units that are kept.  That is the control for what dropped units do to the
   loss; the network is trained on, and predicts, without masks.

   A mask has a law (a type with a registry, like fitters), rates (one for each
   hidden layer and one for the inputs), and says who shares it and when it
   acts.  Factors have mean 1 (inverted dropout), so that prediction without a
   mask needs no scaling; their variance is q / (1 - q) for rate q.  Concrete
   factors have both only nearly.

   The places of a mask: the hidden units, layer after layer with padding
   (net->hidden), then, if they have a rate, the inputs; or, for a law of
   weights, the array of weights (net->size).  Padding places hold anything
   that is finite.

   References: N. Srivastava et al., "Dropout: a simple way to prevent neural
   networks from overfitting", JMLR 15 (2014): bernoulli, gaussian.
   G. Ghiasi, T.-Y. Lin, Q. V. Le, "DropBlock", NeurIPS 2018: block, here in
   one dimension and with runs that have fixed ends.  L. Wan et al.,
   "Regularization of neural networks using DropConnect", ICML 2013.  Y. Gal,
   J. Hron, A. Kendall, "Concrete dropout", NeurIPS 2017.  D. P. Kingma,
   T. Salimans, M. Welling, "Variational dropout and the local
   reparameterization trick", NeurIPS 2015, with the divergence of D.
   Molchanov, A. Ashukha, D. Vetrov, "Variational dropout sparsifies deep
   neural networks", ICML 2017.  */
#ifndef BD_NET_MASK_H
#define BD_NET_MASK_H

#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/knob.h"
#include "net.h"

struct bd_mask;

/* A part of some masks whose places have one rate: FACTOR holds ROWS masks of
   WIDTH places, row r beginning at factor[r stride].  */
typedef struct
{
  size_t rows, width, stride;
  float *factor;
} bd_mask_part;

typedef struct bd_mask_type
{
  const char *name, *help;
  const bd_knob *knobs; /* its own, in front of the common ones; or NULL */
  bool weights;         /* places are the weights */
  bool binary;          /* factors are 0 or 1 / (1 - q) */
  bool learnt;          /* the rates are learnt while training */
  bool runs;            /* it matters where in a layer a unit stands */
  const struct bd_mask_type *inputs; /* law of the inputs; NULL: none */

  /* Draw the factors of places with rate Q > 0 from R (of type bd_rng_philox).
     WORDS is work space of bd_mask_words.  */
  void (*fill) (const struct bd_mask *a, double q, gsl_rng *r,
                uint32_t words[], bd_mask_part to);

  /* Learnt rates: add to *G the derivative of the loss for the logit of rate
     Q, log (q / (1 - q)), from COUNT factors that were drawn at that rate and
     the derivatives D of the loss for each of them.  NULL: not learnt.  */
  void (*slope) (const struct bd_mask *a, double q, size_t count,
                 const float factor[], const float D[], double *G);

  /* The penalty per row that goes with the learnt rate Q of a layer with UNITS
     units, whose outgoing weights (what the dropped units feed; no biases)
     have the sum of squares SS, N rows in all.  Adds its derivative for the
     logit of Q to *G and its derivative for a weight, as a factor of the
     weight, to *SHRINK.  NULL: none.  */
  double (*penalty) (const struct bd_mask *a, double q, double units,
                     double ss, double n, double *G, double *shrink);
} bd_mask_type;

typedef enum
{
  BD_MASK_ALWAYS,
  BD_MASK_EARLY, /* full rate until `turn' of the training, then none */
  BD_MASK_LATE,  /* none until `turn', then the full rate */
  BD_MASK_RISING /* the full rate times 1 - exp (-10 phase / turn), from `turn'
                    on the full rate (P. Morerio et al., "Curriculum
                    dropout", ICCV 2017, for turn = 1) */
} bd_mask_when;

/* What the user chose.  Defaults by bd_mask_choose.  */
typedef struct bd_mask
{
  const bd_mask_type *type;   /* NULL: no mask */
  bd_settings set;            /* of the type's own knobs */
  size_t layers;              /* hidden layers that have a rate */
  double rate[BD_NET_LAYERS]; /* of hidden layer l + 1: of its units, or of the
                                 weights that enter them */
  double input;               /* of the inputs */
  bool batch;                 /* the rows of a batch share a mask */
  bool update;                /* a weight into or out of a dropped unit, or out
                                 of a dropped input, and the bias of a dropped
                                 unit stay as they are in a step, nothing else
                                 happens (max_norm may still scale them); needs
                                 `batch' and a law that drops units */
  size_t pool;                /* only so many masks are ever used; 0: fresh */
  bd_mask_when when;
  double turn; /* share of the training */
} bd_mask;

extern const bd_mask_type *const bd_mask_types[]; /* ends with NULL */
extern const bd_mask_type bd_mask_bernoulli, bd_mask_gaussian, bd_mask_block,
    bd_mask_dropconnect, bd_mask_concrete, bd_mask_variational;

/* The law called NAME, or NULL.  */
const bd_mask_type *bd_mask_find (const char *name);

/* Knobs that every law has, after its own: input, share ("row" or "batch"),
   pool, when ("always", "early", "late", "rising"), turn, on ("forward" or
   "update").  */
extern const bd_knob bd_mask_common[];

/* Read SPEC, "NAME" or "NAME:knobs", and rate Q for all hidden layers into A.
   GSL_EINVAL with a sentence.  */
int bd_mask_choose (bd_mask *a, const char *spec, double q, bd_error *err);

/* True when training draws masks: some place may have another factor than
   1.  */
bool bd_mask_trains (const bd_mask *a);

/* True when those masks act on the forward pass, and so in prediction.  */
bool bd_mask_acts (const bd_mask *a);

/* The rate of hidden layer LAYER (from 0), of the inputs and, for dropconnect,
   of the weights into the outputs, at PHASE of the training (0 .. 1; 1 for
   prediction, where `when' is of no account, and where masks on the update
   have rate 0).  Rates of binary laws are
   rounded to 16 bits and stay below 1.  */
double bd_mask_rate (const bd_mask *a, size_t layer, double phase);
double bd_mask_input_rate (const bd_mask *a, double phase);
double bd_mask_output_rate (const bd_mask *a, double phase);

/* Places of a mask of A for NET, a multiple of BD_NET_PAD.  */
size_t bd_mask_places (const bd_mask *a, const bd_net *net);

/* Masks that a batch of ROWS rows needs: 1 where the rows share it.  */
size_t bd_mask_rows (const bd_mask *a, size_t rows);

/* Words of work space for COUNT places; the same for any number of them, since
   random words are made and used piece by piece.  */
size_t bd_mask_words (size_t count);

/* ROWS masks (rows x places) from R, which must be of type bd_rng_philox.  A
   mask of a batch or of weights is one row: see bd_mask_rows.  The layers of
   one rate are drawn together, row after row.  R is left behind the last word
   used.  With a pool, R only says which of its masks each row has; the masks
   are those of lane BD_LANE_TRAIN_MASK of bd_rng_derive (POOL_SEED, k).
   WORDS: bd_mask_words (rows x places).  */
void bd_mask_draw (const bd_mask *a, const bd_net *net, gsl_rng *r,
                   uint64_t pool_seed, double phase, size_t rows,
                   uint32_t words[], float factor[]);

/* One mask, as bd_mask_draw and bd_mask_of_pool make it, in double, as
   bd_net_forward takes it for all rows.  In model.c.  */
bd_net_mask bd_net_mask_of (const bd_mask *a, const bd_net *net,
                            const double factor[]);

/* The mask of a network that only ever saw one (a pool of 1), into FACTOR and,
   in double, ALL (bd_mask_places each) and from there into *TO; returns TO, or
   NULL for any other network.  In model.c.  */
const bd_net_mask *bd_net_only_mask (const bd_mask *a, const bd_net *net,
                                     uint64_t pool_seed, uint32_t words[],
                                     float factor[], double all[],
                                     bd_net_mask *to);

/* Mask number K of the pool, as it is at the end of the training.  */
void bd_mask_of_pool (const bd_mask *a, const bd_net *net, uint64_t pool_seed,
                      size_t k, uint32_t words[], float factor[]);

#endif
