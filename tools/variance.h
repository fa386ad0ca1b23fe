/* What the files of `bagdrop variance' share.  */
#ifndef BD_TOOLS_VARIANCE_H
#define BD_TOOLS_VARIANCE_H

#include "opt.h"
#include "study/variances.h"
#include "tools.h"

/* As typed.  */
typedef struct
{
  const char *file, *counts, *index, *y, *response, *resample, *estimators;
  const char *member, *prediction, *point;
  const char *influence, *figures, *interval;
  size_t rows;
  int threads;
  bool transpose, transpose_counts, points_are_rows, simultaneous, binary;
} variance_choices;

/* What was made of it.  */
typedef struct
{
  bd_members *members;
  double *counts, *y;
  size_t *line;      /* of the weights */
  const char *taken; /* how the file of weights was read, or NULL */
  bd_variances o;
} variance_job;

/* Read what the options name.  Returns -1 or the status to exit with, with the
   sentence in ERR.  */
int variance_read (const variance_choices *q, variance_job *j, bd_error *err);
void variance_free (variance_job *j);

/* Notes and rows on standard output.  */
void variance_print (const variance_choices *q, const variance_job *j,
                     const bd_variances_result *r);
void variance_put_scores (const bd_variances_result *r);

/* How the run could be made again.  */
void variance_put_origin (FILE *to, const variance_choices *q,
                          const variance_job *j);

/* The files of --influence and --figures, and a note about them.  */
int variance_influence (const variance_choices *q, const variance_job *j,
                        const bd_variances_result *r, bd_error *err);
void variance_put_influence (const variance_choices *q, const variance_job *j,
                             const bd_variances_result *r);

#endif
