/* Members that were made before: read from a file, sent by another machine,
   or made by another program.

   They come in pieces of consecutive numbers.  As a source they are what they
   were when they were made, so that a run of them gives the moments of the
   run that made them, bit for bit.  */
#ifndef BD_ENSEMBLE_STORED_H
#define BD_ENSEMBLE_STORED_H

#include "../base/progress.h"
#include "source.h"

/* What became of a member.  */
enum
{
  BD_MEMBER_GOOD,
  BD_MEMBER_SHAKY, /* its equations were nearly singular */
  BD_MEMBER_FAILED
};

/* Members first .. first + members - 1.  The arrays belong to the caller.  */
typedef struct
{
  uint64_t first, members;
  const double *p;            /* members; NULL: all 1 */
  const unsigned char *state; /* members, as above; NULL: all good */
  const double *U;            /* members x width; NULL: all 0 */
  const double *T;            /* members x points */
} bd_stored_piece;

typedef struct
{
  const bd_stored_piece *piece; /* in ascending order, without overlap */
  size_t pieces;
  size_t units, width, points; /* as in bd_source */
} bd_stored;

extern const bd_source_type bd_source_stored;

/* The source of A, which must outlive it.  A member that no piece holds cannot
   be drawn.  */
bd_source bd_stored_source (const bd_stored *a);

/* The first member that no piece holds.  */
uint64_t bd_stored_gap (const bd_stored *a);

typedef struct
{
  uint64_t first, members;
  int threads; /* as in bd_run_options; has no effect on what is handed over */

  /* Called with one piece after another, in order, whose arrays are good
     during the call.  A code other than GSL_SUCCESS ends the run.  */
  int (*put) (void *params, const bd_stored *a);
  void *params;
  bd_progress progress; /* in members of this run */
} bd_store_options;

/* Draw members o->first .. o->first + o->members - 1 of S and hand them over.
   GSL_ENOMEM when memory is short, or the code of o->put.  */
int bd_store_members (const bd_source *s, const bd_store_options *o);

#endif
