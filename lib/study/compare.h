/* All methods on the same splits of one data set.  */
#ifndef BD_STUDY_COMPARE_H
#define BD_STUDY_COMPARE_H

#include "../base/progress.h"
#include "../base/store.h"
#include "../data/dataset.h"
#include "../data/splits.h"
#include "../score/equivalent.h"
#include "../score/score.h"
#include "own.h"

typedef struct
{
  size_t folds, repeats;       /* repeated K-fold cross-validation */
  const bd_splits *splits;     /* these instead, if not NULL; the caller's */
  const bd_row_labels *labels; /* of the data's rows: what is tuned or stopped
                                  inside a training part keeps groups whole
                                  and looks at the latest times; NULL: none */
  const bd_dataset *test;      /* or one split: trained on all rows, tested on
                                  these, of the same columns; the caller's */
  bool use[BD_COMPARED];       /* which of bd_methods, and then of own, are
                                  compared */
  const bd_own *own;           /* NULL: none; the caller's */
  const char *network;         /* as in bd_task */
  size_t members, nets, masks; /* as in bd_task */
  uint64_t seed;
  int threads;                    /* below 1: as many as OpenMP gives */
  const bd_record_store *records; /* a piece for each method K on split R, so
                                     that a run can go on; NULL: none */
  bd_progress progress;
} bd_compare_options;

/* 5 folds, 2 repeats, 200 members, 40 networks, 200 masks, seed 1, the methods
   of bd_methods_default.  */
bd_compare_options bd_compare_options_default (void);

#define BD_LEVEL 0.90 /* of the prediction intervals */
#define BD_GROWN 1000 /* most test rows that members are kept for */
#define BD_STEPS 24   /* most points of a growth curve: 1, 2, 4 ... members */

/* What has no meaning for the kind of the response is NaN.  */
typedef struct
{
  double loss;                 /* what is compared: mse, or log loss in nats */
  double accuracy, brier, ece; /* of classes, as the scores of these names */
  double mse, nll, crps, cover, width, sd_mean, seconds, tuned, share;
  double truth;   /* mean squared error against the noise-free response */
  double mixture; /* negative log density of the mixture over masks, the mean
                     over at most BD_GROWN test rows; NaN but for dropout */
  double member_mse, ambiguity; /* squared error of a member and its squared
                                   distance from their mean, on average over
                                   members and the test rows, at most BD_GROWN;
                                   mse is their difference; NaN for one fit */
  size_t members, failed, fits;
  double growth[BD_STEPS];   /* loss of ensembles of 1, 2, 4 ... members */
  double recalibrated;       /* CRPS with the noise of the other test rows */
  double exchange[BD_STEPS]; /* the same of 1, 2, 4 ... and of all members */
  double *error; /* the loss of each row tested, where the comparison has one
                    split only; else NULL */
  size_t errors;
} bd_fold_result;

typedef struct
{
  const bd_method *method;
  bd_fold_result *fold; /* one per split */

  size_t members, failed; /* in an ensemble; not fitted, over all splits */
  double error, error_se; /* rmse, or the mean log loss; its standard error */
  double rmse, rmse_se;   /* root of the mean MSE; its standard error */
  double accuracy, brier, ece;                             /* means */
  double nll, crps, cover, width, sd_mean, seconds, share; /* means */
  double fits; /* mean, of the fitter: with tuning and noise; dropout: of the
                  one network that scaling and masks share */
  double mixture;               /* mean, as in bd_fold_result */
  double member_mse, ambiguity; /* means, as in bd_fold_result */
  double rmse_truth; /* against the noise-free response; NaN if unknown */
  double tuned;      /* the setting that won most often, NaN if none */
  size_t tuned_won;  /* how often */
  size_t tuned_ties; /* other settings that won as often */
  bd_interval diff;  /* loss less that of the reference, paired over the splits
                        or, where there is one only, over its test rows */
  bd_interval gain;  /* share of the base's loss that is saved, in this way */
  size_t steps;      /* of the growth curve, 0 for a single fit */
  double growth[BD_STEPS], growth_c, growth_w; /* fitted c + w / M */
  bd_equivalent worth; /* in bagged networks, by recalibrated CRPS; for dropout
                          and networks by seed, elsewhere NaN */
} bd_compare_row;

typedef struct
{
  bd_compare_options options;
  const bd_dataset *data;
  const bd_response_type *response; /* its kind */
  bd_splits *strata; /* made for classes where no splits were given, or NULL */
  bd_method class_method[BD_COMPARED]; /* what the rows of classes are, by
                                          their titles */
  size_t splits;
  double ratio;                    /* test rows / training rows, the mean */
  bd_compare_row row[BD_COMPARED]; /* in the order of options.use; numbers are
                                      NaN where not compared, the method NULL
                                      where there is none */
  size_t best;     /* the reference: the best single fit, or the best method
                      when no single fit is compared */
  bool has_single; /* it is a single fit */

  /* Every method trained on all rows, seen at the rows of F: first `grid'
     points along input `along' with the others at their medians, then (for
     several inputs) rows of the data.  */
  gsl_matrix *F;
  size_t grid, along;
  bd_answer full[BD_COMPARED];
} bd_comparison;

/* Run the comparison.  S outlives it.  Where the response of S is of classes,
   all methods used must take them (bd_method_classes), folds are made class by
   class, so that each has its share of every class, and every training part
   must hold all classes.  NULL and a sentence on failure.  The caller frees.
 */
bd_comparison *bd_compare (const bd_dataset *s, const bd_compare_options *o,
                           bd_error *err);
void bd_comparison_free (bd_comparison *c);

/* Split J of C, whose test rows are not a data set of their own.  NULL when
   memory is short; the caller frees.  */
bd_split *bd_compare_split (const bd_comparison *c, size_t j);

/* Train method K of O on all rows of S as a comparison does, on one thread,
   and forget it: for those who want to see what that takes.  */
int bd_compare_train (const bd_dataset *s, const bd_compare_options *o,
                      size_t k, bd_error *err);

/* Least rows that can be compared with these options: every inner training
   part keeps a few.  */
#define BD_COMPARE_ROWS 20
#define BD_COMPARE_TRAIN 10 /* of them for training */

#endif
