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
  const char *strata, *groups, *counts, *index, *target, *dump;
  const char *interval, *influence, *figures;
  const char *part;
  opt_members members;
  size_t features;
  uint64_t seed;
  int threads;
  bool exact, dry, simultaneous;
} bag_choices;

/* What was made of it.  */
typedef struct
{
  const char *file;
  bd_dataset *data;
  gsl_matrix *P;
  size_t *label;
  char **label_name; /* of groups; NULL: none */
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

/* The notes that say how the run could be made again.  */
void bag_put_origin (FILE *to, const bag_choices *q, const bag_job *j);

/* The files of --influence and --figures, and a note about them.  */
int bag_influence (const bag_choices *q, const bag_job *j,
                   const bd_bagged *from, bd_error *err);
void bag_put_influence (const bag_choices *q, const bag_job *j,
                        const bd_bagged *from);
/* Write the members that Q names to its file instead.  Returns a status, a
   mistake of usage told.  */
int bag_part (const opt_command *c, const bag_choices *q, bag_job *j,
              bd_error *err);

/* Have the members made by all processes that run J, where there are several;
   released by ranks_free.  Returns as ranks_members.  */
int bag_share (bag_job *j, bd_stored *all, bd_error *err);

/* The command, with members made before or NULL.  */
int bag_main (int argc, char **argv, const bd_stored *stored);

/* Run J, every member going to the file that --dump-members names, too.  */
int bag_run (const bag_choices *q, bag_job *j, bd_bagged *a, bd_error *err);

#endif
