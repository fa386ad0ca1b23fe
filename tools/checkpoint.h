/* What a long run has finished, in a file of a folder, so that the same
   command goes on from there when it was cut short.  */
#ifndef BD_TOOLS_CHECKPOINT_H
#define BD_TOOLS_CHECKPOINT_H

#include <inttypes.h>
#include <stdio.h>

#include "base/error.h"
#include "base/store.h"
#include "data/dataset.h"

typedef struct
{
  const char *command; /* whose run it is */
  const char *file;    /* name in the folder */
  const char *pieces;  /* what it consists of, in the plural */

  /* Write what its numbers depend on, a line each: a word, a space, the value.
   */
  void (*depends) (const void *params, FILE *to);
  const void *params;
  bool strict; /* pieces of another run are an error; else they are told of and
                  replaced */
} checkpoint_run;

typedef struct checkpoint checkpoint;

/* Open that of RUN, whose texts outlive it, in DIR, which is made where it is
   missing; an error while another run is at work there.  NULL and a sentence.
 */
checkpoint *checkpoint_open (const checkpoint_run *run, const char *dir,
                             bd_error *err);

/* After the run; NULL is accepted.  A piece that could not be written ended
   it, and ERR says why.  */
void checkpoint_close (checkpoint *a, bd_error *err);

/* What a run is given, until A is closed.  Every piece that is kept changes
   what an interrupt says.  */
const bd_record_store *checkpoint_store (const checkpoint *a);

/* A line of what numbers depend on: NAME, the beginning of TEXT (NULL:
   nothing) and a number for all of it.  */
void checkpoint_put (FILE *to, const char *name, const char *text);

/* A number for the rows of D, other rows having another one.  */
uint64_t checkpoint_data (const bd_dataset *d);

/* The hash H of some bytes, of more of them.  */
#define CHECKPOINT_HASH UINT64_C (14695981039346656037)
uint64_t checkpoint_hash (uint64_t h, const void *data, size_t size);

#endif
