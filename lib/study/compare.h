/* All methods on the same splits of one data set.  */
#ifndef BD_STUDY_COMPARE_H
#define BD_STUDY_COMPARE_H

#include "../base/progress.h"
#include "../data/dataset.h"
#include "../score/score.h"
#include "method.h"

typedef struct
{
  size_t folds, repeats;       /* repeated K-fold cross-validation */
  size_t members, nets, masks; /* as in bd_task */
  uint64_t seed;
  int threads; /* below 1: as many as OpenMP gives */
  bd_progress progress;
} bd_compare_options;

/* 5 folds, 2 repeats, 200 members, 40 networks, 200 masks, seed 1.  */
bd_compare_options bd_compare_options_default (void);

#define BD_LEVEL 0.90 /* of the prediction intervals */
#define BD_STEPS 24   /* most points of a growth curve: 1, 2, 4 ... members */

typedef struct
{
  double mse, nll, crps, cover, width, sd_mean, seconds, tuned, share;
  double truth; /* mean squared error against the noise-free response */
  size_t members, failed;
  double growth[BD_STEPS]; /* MSE of ensembles of 1, 2, 4 ... members */
} bd_fold_result;

typedef struct
{
  const bd_method *method;
  bd_fold_result *fold; /* one per split */

  size_t members, failed; /* in an ensemble; not fitted, over all splits */
  double rmse, rmse_se;   /* root of the mean MSE; its standard error */
  double nll, crps, cover, width, sd_mean, seconds, share; /* means */
  double rmse_truth; /* against the noise-free response; NaN if unknown */
  double tuned;      /* the setting that won most often, NaN if none */
  size_t tuned_won;  /* how often */
  bd_interval diff;  /* MSE less that of the best single fit, paired */
  bd_interval gain;  /* share of the base's MSE that is saved, paired */
  size_t steps;      /* of the growth curve, 0 for a single fit */
  double growth[BD_STEPS], growth_c, growth_w; /* fitted c + w / M */
} bd_compare_row;

typedef struct
{
  bd_compare_options options;
  const bd_dataset *data;
  size_t splits;
  double ratio; /* test rows / training rows */
  bd_compare_row row[BD_METHODS];
  size_t best; /* the best single fit */

  /* Every method trained on all rows, seen at the rows of F: first `grid'
     points along input `along' with the others at their medians, then (for
     several inputs) rows of the data.  */
  gsl_matrix *F;
  size_t grid, along;
  bd_answer full[BD_METHODS];
} bd_comparison;

/* Run the comparison.  S outlives it.  NULL and a sentence on failure.  The
   caller frees.  */
bd_comparison *bd_compare (const bd_dataset *s, const bd_compare_options *o,
                           bd_error *err);
void bd_comparison_free (bd_comparison *c);

/* Least rows that can be compared with these options: every inner training
   part keeps a few.  */
#define BD_COMPARE_ROWS 20

#endif
