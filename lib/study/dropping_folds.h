/* Cross-validation of a dropout network inside its rows.  Private to the
   study.  */
#ifndef BD_STUDY_DROPPING_FOLDS_H
#define BD_STUDY_DROPPING_FOLDS_H

#include "dropping.h"

#define BD_RATE_FOLDS 3 /* of a search */

/* Folds that the noise of O's rows comes from; 0: there are too few.  */
size_t bd_dropping_folds (const bd_dropping *o);

/* A->kept for MODEL at the rows of O.  Errors as in bd_subnets_losses.  */
int bd_dropping_kept (const bd_dropping *o, const bd_net_model *model,
                      bd_dropped *a, bd_error *err);

/* Held-out predictions of every row for every rate.  */
typedef struct
{
  size_t n, k, rates, folds;
  double *mean, *variance; /* rates x n x k: over the masks */
  double *noise;           /* rates x n: stated by the output, or NaN */
  size_t *failed;          /* rates: folds that could not be trained */

  /* Where O wishes intervals that need them, and there is one rate.  */
  size_t m;             /* points; 0: not wanted */
  size_t *part;         /* n: the fold that held the row out; `folds': none */
  double *there_mean;   /* folds x m: at the points */
  double *there_spread; /* folds x m: standard deviation over the masks, with
                           the noise if the output states it */
  double *usual;        /* folds: mean spread at the rows trained on */
} bd_held_out;

/* Train a network on the rows of X, y.  NULL and a sentence on failure;
   TROUBLE, if not NULL, says how it went.  INDEX is the stream.  */
bd_net_model *bd_dropping_train (const bd_net_options *o, const gsl_matrix *X,
                                 const gsl_vector *y, uint64_t seed,
                                 uint64_t index, bd_net_trouble *trouble,
                                 bd_error *err);

/* Set all rates of hidden layers of MASK to Q.  */
void bd_dropping_set_rate (bd_mask *mask, double q);

/* Fill A: RATES (COUNT; NULL: those of O, COUNT is 1) over FOLDS folds.  Folds
   are trained by whichever thread is free.  GSL_ENOMEM.  */
int bd_held_out_fill (bd_held_out *a, const bd_dropping *o,
                      const double rate[], size_t count, size_t folds,
                      bd_error *err);
void bd_held_out_free (bd_held_out *a);

/* The same for the first of PARTS only.  */
int bd_held_out_split (bd_held_out *a, const bd_dropping *o, size_t parts,
                       bd_error *err);

/* Minus the mean log probability of the classes Y that came, the root mean
   squared difference of probability and outcome (Brier score), and the share
   of rows whose most probable class came; P is n x k.  */
typedef struct
{
  double log_loss, brier, right;
} bd_class_score;
bd_class_score bd_score_classes (const gsl_vector *y, const double p[],
                                 size_t k);

/* The scores of A, and its noise if the network does not state it, from
   predictions of the rows of O: MEAN and variance V over the masks (n x k) and
   the variance of the NOISE that the network states (n).  GSL_ENOMEM.  */
int bd_dropping_scores (const bd_dropping *o, const double mean[],
                        const double v[], const double noise[], bd_dropped *a);

#endif
