/* A bag being made.  Private to the study.  */
#ifndef BD_STUDY_BAGGING_JOB_H
#define BD_STUDY_BAGGING_JOB_H

#include "../ensemble/source.h"
#include "bagging.h"

typedef struct
{
  const bd_bagging *o;
  bd_settings set;
  gsl_matrix *X, *S; /* own copies: inputs as the fitter takes them; points,
                        the rows below them where their out-of-bag predictions
                        are wanted */
  double *fitted;    /* n: the single fit, for schemes that respond */
  bd_rows rows;
  void *plan;
  bd_bag bag;
  bd_source source;
  bd_moments *moments;
  double factor;   /* of the infinitesimal jackknife, or NaN */
  double little;   /* of the variance between little bags, or NaN */
  double *V, *se;  /* points of the moments: variances of the mean and their
                      Monte Carlo errors */
  double share;    /* additive, of the member variance */
  double error;    /* what bd_job_error said last */
  double *scratch; /* twice the rows of the moments */
} bd_job;

/* Plan, and have empty moments; J is to be closed in any case.  */
int bd_job_open (bd_job *j, const bd_bagging *o, bd_error *err);
void bd_job_close (bd_job *j);

/* The fit to all rows at the rows, into FITTED.  */
int bd_job_fit (const bd_job *j, double fitted[], bd_error *err);

/* Run the members of J.  */
int bd_job_members (bd_job *j, bd_error *err);

/* Monte Carlo error of sd_mean, relative, as in bd_bagging.target; leaves the
   variances of the mean, their errors and the share in J.  */
double bd_job_error (bd_job *j);

/* Members that the target asks for, guessed from those that J has, after
   bd_job_error.  */
uint64_t bd_job_guess (const bd_job *j);

/* What O wants of the influence of the units, into OUT; the check says with a
   sentence why it cannot be had.  */
int bd_job_parts (const bd_job *j, bd_bagged *out, bd_error *err);
int bd_job_parts_check (const bd_bagging *o, bd_error *err);

/* Standard deviation of the noise by cross-validation of a small bag, whose
   fits are added to FITS.  */
int bd_job_noise (const bd_job *j, double *noise, size_t *fits, bd_error *err);

#endif
