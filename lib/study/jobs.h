/* Pieces of work that need nothing of each other, on all threads.  Private to
   the study.  */
#ifndef BD_STUDY_JOBS_H
#define BD_STUDY_JOBS_H

#include "../base/error.h"
#include "../base/progress.h"

typedef struct
{
  size_t count;
  int threads; /* below 1: as many as OpenMP gives */

  /* Piece I, which writes to places of its own; and what it costs, in any
     unit, for the progress line.  */
  int (*run) (void *params, size_t i, bd_error *err);
  double (*cost) (const void *params, size_t i);
  void *params;
  bd_progress progress;
} bd_jobs;

/* Run all of them; after a failure no more are begun, and its code and
   sentence are returned.  */
int bd_jobs_run (const bd_jobs *a, bd_error *err);

#endif
