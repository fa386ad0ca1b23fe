/* Every estimator of variance on the members of an ensemble made elsewhere. */
#ifndef BD_STUDY_VARIANCES_H
#define BD_STUDY_VARIANCES_H

#include "../base/progress.h"
#include "../data/members.h"
#include "../ensemble/recognise.h"
#include "../score/forecast.h"
#include "../variance/ambiguity.h"
#include "../variance/bands.h"
#include "../variance/estimator.h"
#include "interval.h"
#include "out_of_bag.h"

typedef struct
{
  bd_members *members; /* open; its first piece may have been read */
  const char *source;  /* its file, for messages */

  /* The weights of the rows in a file of their own, which then must all be
     there, and the members be read whole.  */
  const double *counts; /* members x rows, or NULL */
  size_t count_members, rows;
  const char *counts_source;
  const size_t *counts_line; /* count_members: where each stands, or NULL */

  const bd_resample_type *resample; /* how they were drawn; NULL: to be found
                                       out */
  bd_settings scheme;               /* its */

  /* Wanted, ending with NULL; none: all that the weights allow.  */
  const bd_estimator *estimator[BD_ESTIMATORS + 1];
  size_t places;        /* co-moments at most */
  bool points_are_rows; /* in the order of the weights */
  const double *y;      /* points: the responses there, or NULL; then the
                           members must be read whole */
  bool binary;          /* y is 0 or 1, predictions are probabilities of 1 */
  bool influence;       /* the parts of the rows are wanted */
  double level;  /* of a simultaneous band for the mean; 0: none is wanted */
  uint64_t seed; /* of the band's draws and of equal ranks */
  bd_interval_wish interval; /* from the members that leave rows out; needs y
                                and points_are_rows */
  double target; /* relative error of sd_mean that is planned for */
  int threads;
  bd_progress progress;
} bd_variances;

#define BD_VARIANCES_SCORES 16
#define BD_VARIANCES_BINS 10 /* most, of the ranks */

/* One value per point in each array; NaN what is not known.  */
typedef struct
{
  size_t m, mc;
  size_t n;                  /* units whose chance is followed, or 0 */
  uint64_t members, failed;  /* of which have values that are not finite */
  double *mean, *mean_error; /* sd of the mean by the finite number */
  double *sd_member, *sd_member_error;
  double *sd_mean, *sd_error;
  size_t estimators;
  const bd_estimator *estimator[BD_ESTIMATORS];
  double *V[BD_ESTIMATORS], *se[BD_ESTIMATORS];

  bd_recognised weights; /* type NULL: none, or not known how drawn */
  bool found;            /* the type was found out */
  bd_error unknown;      /* why there are no estimates of the mean's
                            variance; or "" */
  double share, error;   /* additive; Monte Carlo error of sd_mean */
  uint64_t planned;      /* members for the target; 0: not known */
  size_t never_out;      /* rows that no member left out */
  bool some_out;         /* some member left some row out */
  size_t equal;          /* points where all members are equal */

  bd_parts parts;        /* of the rows, if wanted; means over mc points */
  bd_band band;          /* if wanted, at the first mc points */
  bd_intervals interval; /* if wanted */

  /* Against y; each score with the standard error that rows of the same kind
     would give it.  SPLIT: squared errors of the mean and of a member and the
     variance between members, which must fit together (Krogh & Vedelsby
     1995); NaN without y.  */
  size_t scores;
  bd_scored score[BD_VARIANCES_SCORES];
  bd_ambiguity split;
  double rmse_se;                 /* of the mean's root mean squared error */
  bd_interval crps;               /* of the members (the fair one) */
  bd_interval spread_skill;       /* see score/forecast.h */
  size_t bins;                    /* of the ranks of y among the members; 0:
                                     too few points */
  size_t rank[BD_VARIANCES_BINS]; /* points in each */
  double chi2, chi2_p;            /* of the ranks, against equal counts */
  double noise;                   /* from the members without the row */
  double oob;                     /* root mean squared error of these */
  bd_out_of_bag out;

  /* Monte Carlo errors by a jackknife that leaves out one of 20 groups of
     members at a time; NaN where the members were not held together, or the
     work would be large.  */
  double share_error, crps_error, spread_error;
} bd_variances_result;

/* Run all of it.  The caller frees R's arrays by bd_variances_free.  An error
   with a sentence for a file that cannot be read, shapes that do not fit, or
   weights that contradict the scheme.  */
int bd_variances_run (const bd_variances *o, bd_variances_result *r,
                      bd_error *err);
void bd_variances_free (bd_variances_result *r);

#endif
