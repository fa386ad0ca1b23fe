/* One bag: a fitter on resampled rows, what its members say at some points,
   and how sure that is.  */
#ifndef BD_STUDY_BAGGING_H
#define BD_STUDY_BAGGING_H

#include "../base/progress.h"
#include "../ensemble/resample.h"
#include "../ensemble/run.h"
#include "../ensemble/stored.h"
#include "../fitter/fitter.h"
#include "../variance/bands.h"
#include "../variance/estimator.h"
#include "interval.h"
#include "out_of_bag.h"

typedef struct
{
  const bd_fitter_type *fitter;
  bd_settings set; /* with the levels of the columns of X */
  const bd_resample_type *resample;
  bd_settings scheme;
  bd_rows rows;        /* n, labels and given weights; the rest is found out */
  const gsl_matrix *X; /* n x d */
  const gsl_vector *y; /* n, stride 1 */
  const gsl_matrix *P; /* m x d */
  size_t features;     /* inputs of a member, drawn at random; 0: all */
  uint64_t seed;
  int threads;

  /* Members: this many or, with a TARGET above 0, blocks of them until the
     Monte Carlo error of sd_mean is below TARGET times sd_mean (root mean
     squares over the points), MEMBERS at most.  */
  uint64_t members;
  double target;

  /* Most places of the co-moments, n for each point, that sd_mean is made
     from; 0: it is not wanted.  Points beyond get the share of their member
     variance that the others have in common.  */
  size_t places;
  const bd_estimator *estimator[BD_ESTIMATORS + 1]; /* up to the first NULL */
  bool influence; /* the parts of the units are wanted */
  double level;   /* of a simultaneous band for the mean; 0: none is wanted */

  const bd_stored *stored; /* the members, made by bd_bagging_store; NULL: they
                              are drawn */
  bd_interval_wish interval; /* those that need the members without each row
                                have limits at the points with co-moments */

  void (*each) (void *params, uint64_t b, double p, const double u[],
                const double t[]); /* as in bd_run_options, m points */
  void *params;
  double *keep; /* as in bd_run_options */
  size_t kept, keep_points;
  bd_progress progress;
} bd_bagging;

typedef struct
{
  size_t m, n;
  size_t mc; /* points with co-moments of their own */
  uint64_t members, failed, shaky;
  size_t fits; /* of the fitter: members, and what noise and the score of a
                  single fit took; those of intervals are not counted */
  size_t never_out;  /* rows that every member holds; n/a: n */
  double *mean;      /* m */
  double *sd_member; /* m: between members */
  double *sd_mean;   /* m: of the mean, NaN where it cannot be estimated */
  double *sd_error;  /* m: Monte Carlo standard error of sd_mean */
  double *sd_pred;   /* m: of a new observation; where sd_mean is NaN, from
                        sd_member instead, which is larger */
  double *estimate[BD_ESTIMATORS]; /* m each: the variances asked for, signed;
                                      NaN beyond mc */
  double noise;                    /* standard deviation */
  double share; /* additive share of the member variance, or NaN */
  double oob;   /* out-of-bag root mean squared error of an ensemble with many
                   members; NaN where no row is left out */
  bd_out_of_bag out;     /* scores of the same rows */
  bd_intervals interval; /* if asked for */
  double error;   /* relative Monte Carlo error of sd_mean that was reached */
  bd_parts parts; /* of the units, means over the first mc points; empty if not
                     asked for */
  bd_band band;   /* at the first mc points: mean -+ band.c sd_mean */
} bd_bagged;

/* What a bag would cost.  */
typedef struct
{
  uint64_t members;
  double bytes, seconds; /* wall */
} bd_bag_cost;

/* FITTER with its default knobs on the resampling that suits it, 1000 members,
   seed 1, sd_mean at every point (n x m places).  What is to be otherwise is
   changed afterwards.  X, y and P outlive the run.  */
bd_bagging bd_bagging_default (const bd_fitter_type *fitter,
                               const gsl_matrix *X, const gsl_vector *y,
                               const gsl_matrix *P);

/* GSL_EINVAL with a sentence when the pieces of O do not go together.  */
int bd_bagging_check (const bd_bagging *o, bd_error *err);

/* Run it and fill A, whose arrays bd_bagged_free releases.  On failure there
   is a sentence in ERR and nothing to free.  */
int bd_bagging_run (const bd_bagging *o, bd_bagged *a, bd_error *err);
void bd_bagged_free (bd_bagged *a);

/* Members of O's run: as many as it asks for or the scheme has; the most there
   can be with a target.  */
uint64_t bd_bagging_members (const bd_bagging *o);

/* Draw only the members that S asks for, and hand them over.  A run of all of
   them, with o->stored, gives the bits of a run without.  */
int bd_bagging_store (const bd_bagging *o, const bd_store_options *s,
                      bd_error *err);

/* Fit a few members and multiply.  With a target the members are guessed from
   a first block.  */
int bd_bagging_cost (const bd_bagging *o, bd_bag_cost *cost, bd_error *err);

#endif
