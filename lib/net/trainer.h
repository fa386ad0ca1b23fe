/* The work space of training.  Private to lib/net.  */
#ifndef BD_NET_TRAINER_H
#define BD_NET_TRAINER_H

#include "pass.h"
#include "train.h"

/* Standardised rows with their shares in the loss; the last HELD of them are
   held out.  */
typedef struct
{
  size_t n, d;       /* room for this many */
  size_t rows, held; /* in use without those held out; held out */
  size_t *from;      /* n: which rows of the data */
  size_t *room;      /* 3 n + 1: work space of labels */
  double *X, *y, *share;
  float *Xf, *yf, *sharef; /* the same */
} bd_train_rows;

int bd_train_rows_alloc (bd_train_rows *a, size_t n, size_t d);
void bd_train_rows_free (bd_train_rows *a);

/* Take the rows with weight > 0 and their means and scales into MODEL.  R
   shuffles them when some are held out; where O has labels these are whole
   groups, or the latest times, which may come to none.  The shares of a batch
   of BATCH rows have sum 1 on average.  */
int bd_train_rows_take (bd_train_rows *a, const bd_net_options *o,
                        size_t batch, const gsl_matrix *X, const gsl_vector *y,
                        const double weight[], gsl_rng *r,
                        bd_net_model *model);

/* Rows in an order that is shuffled anew for every pass.  */
typedef struct
{
  size_t batch, next;
  uint32_t *order, *words; /* n and 4 more */
  float *X, *y, *share;    /* batch */
} bd_train_batch;

int bd_train_batch_alloc (bd_train_batch *a, size_t batch, size_t n, size_t d);
void bd_train_batch_free (bd_train_batch *a);
void bd_train_batch_begin (bd_train_batch *a, size_t rows);

/* COUNT rows of a step.  */
typedef struct
{
  size_t count;
  const float *X, *y, *share;
} bd_batch;
bd_batch bd_train_batch_next (bd_train_batch *a, const bd_train_rows *rows,
                              gsl_rng *r);

struct bd_net_trainer
{
  bd_train_rows rows;
  bd_train_batch batch;
  size_t strip; /* rows worked on at once */
  size_t size;  /* weights and, behind them, logits of learnt rates */
  size_t places;
  bd_mask mask; /* with the rates of this moment */
  double phase; /* of the training */
  bool masked;  /* at any time, in the forward pass or in the update */
  float *w, *G, *state, *best, *decay, *dropped;
  float *before; /* weights before a step, for whoever watches or holds them */
  float *factor, *slope;
  uint32_t *words;
  float *room;
  bd_pass_float pass;
  gsl_rng *mask_rng;
  uint64_t pool_seed;
  bd_net_trouble trouble;
};

/* The masks of a step of ROWS rows, and the weights under a mask of
   weights.  */
void bd_train_draw_masks (bd_net_trainer *t, const bd_net *net, size_t rows);

/* Give the pass the masks of the rows from FIRST on.  */
void bd_train_point_masks (bd_net_trainer *t, const bd_net *net, size_t first);

/* Add what the rows of a strip say of the learnt rates to the gradient.  */
void bd_train_rate_slopes (bd_net_trainer *t, const bd_net *net, size_t count);

/* Add the penalties of learnt rates, for the weights that leave the units.  */
void bd_train_penalty (bd_net_trainer *t, const bd_net *net);

/* Minimise over the whole sample with o->optimiser->minimise, in double.  */
int bd_train_whole (bd_net_trainer *t, const bd_net_options *o,
                    bd_net_model *model);

/* The gradient to follow: where masks act on the update, the one without the
   weights of dropped units.  */
const float *bd_train_followed (bd_net_trainer *t, const bd_net *net);

/* Put back the weights of dropped units, which decay and the optimiser's
   memory of gradients may have moved, where masks act on the update.  */
void bd_train_hold (bd_net_trainer *t, const bd_net *net);

/* Keep the weights before a step where someone wants them behind it.  */
void bd_train_remember (bd_net_trainer *t, const bd_net_options *o,
                        const bd_net *net);

/* Show the moment after step STEP, whose loss was LOSS; true: stop here.  */
bool bd_train_look (bd_net_trainer *t, const bd_net_options *o,
                    const bd_net_model *model, size_t step, size_t steps,
                    double loss);

/* Mean loss of the rows held out.  */
double bd_train_held_out (bd_net_trainer *t, const float w[]);

#endif
