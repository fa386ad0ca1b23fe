/* Every estimator of variance being run.  Private to the study.  */
#ifndef BD_STUDY_VARIANCES_JOB_H
#define BD_STUDY_VARIANCES_JOB_H

#include "../variance/moments.h"
#include "variances.h"

typedef struct
{
  const bd_variances *o;
  bd_variances_result *r;
  bd_moments *moments;
  size_t units;  /* that a member has */
  bool counts;   /* they are weights of rows */
  double *V, *e; /* points */
} bd_variances_job;

/* True if the units of Q can be followed: counts of rows, or disturbances of
   responses; other perturbations (masks) and groups of rows cannot.  */
bool bd_variances_followed (const bd_variances_job *q);

/* True if member K of the piece has a value that is not finite.  */
bool bd_variances_failed (const bd_members *a, size_t k);

/* Fill the result from the moments of all members.  GSL_ENOMEM; GSL_EINVAL
   and a sentence when something asked for cannot be told.  */
int bd_variances_fill (bd_variances_job *q, bd_error *err);

/* Its parts: influence, band and intervals; FACTOR is that of the
   infinitesimal jackknife.  The rest of the result is there.  */
int bd_variances_parts (bd_variances_job *q, double factor, bd_error *err);

/* Its scores and their Monte Carlo errors.  */
int bd_variances_scores (bd_variances_job *q, bd_error *err);

/* The Monte Carlo error of its additive share.  GSL_ENOMEM.  */
int bd_variances_share_error (bd_variances_job *q, double factor);

/* True if all members are held, and none counts more than another.  */
bool bd_variances_even (const bd_variances_job *q);

#endif
