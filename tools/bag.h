/* What the files of `bagdrop bag' share.  */
#ifndef BD_TOOLS_BAG_H
#define BD_TOOLS_BAG_H

#include "opt.h"
#include "study/bagging.h"
#include "tools.h"

/* As typed.  */
typedef struct
{
  const char *y, *x, *fitter, *resample, *points, *estimators;
  const char *strata, *groups, *counts, *index, *target, *dump, *interval;
  size_t members, features;
  uint64_t seed;
  int threads;
  bool exact, dry;
} bag_choices;

/* What was made of it.  */
typedef struct
{
  const char *file;
  bd_dataset *data;
  gsl_matrix *P;
  size_t *label;
  double *given;
  bd_bagging o;
} bag_job;

/* The pieces named by C into J->o.  Returns -1 or the status to exit with,
   the mistake told.  */
int bag_choose (const opt_command *c, const bag_choices *q, bag_job *j);

/* Read the data, labels, weights and points.  Returns -1 or a status, with the
   sentence in ERR.  */
int bag_read (const bag_choices *q, bag_job *j, bd_error *err);
void bag_free (bag_job *j);

/* Notes and rows on standard output.  */
void bag_print (const bag_choices *q, const bag_job *j, const bd_bagged *a);
void bag_print_cost (const bag_job *j, const bd_bag_cost *cost);

/* Run J, every member going to the file that --dump-members names, too.  */
int bag_run (const bag_choices *q, bag_job *j, bd_bagged *a, bd_error *err);

#endif
