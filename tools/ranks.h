/* One run by several processes that mpirun started: each rank draws a share of
   the members, rank 0 gathers them, goes on and prints; the others say
   nothing. Built without MPI, or started without mpirun, there is one rank and
   all of this does nothing.  */
#ifndef BD_TOOLS_RANKS_H
#define BD_TOOLS_RANKS_H

#include "base/error.h"
#include "ensemble/part.h"
#include "opt.h"

/* First of all in main; the other ranks' output is kept back from here on.  */
void ranks_start (int *argc, char ***argv);

/* How many there are, and which one this is.  */
int ranks_count (void);
int ranks_own (void);

/* True when all ranks call it with status 0.  Otherwise the run is over for
   all: whoever gets false ends, saying nothing more.  */
bool ranks_agree (int status);

/* Last of all: the status to exit with, the same for all ranks.  If it is not
   0 the lowest rank that has one tells why.  */
int ranks_end (int status);

/* What was read from standard input, which rank 0 alone has, for all ranks;
   GOOD says whether that went well.  False when it did not.  */
bool ranks_share (bd_part_input *a, bool good);

/* SIZE bytes from rank 0 to all, or from another rank FROM to rank 0; called
   by those that have a part in it.  */
void ranks_move (void *bytes, size_t size, int from);

/* Options that name what several ranks cannot do: a mistake of usage.  -1 or a
   status.  */
int ranks_choose (const opt_command *c, const char *part, const char *target);

/* All TOTAL members, of which STORE draws those that it is asked for, on rank
   0 into ALL; its pieces are released by ranks_free.  -1 to go on, or a status
   to return: failure with or without a sentence in ERR, or success of the
   ranks that are done.  */
int ranks_members (uint64_t total,
                   int (*store) (const void *run, const bd_store_options *s,
                                 bd_error *err),
                   const void *run, int threads, bd_stored *all,
                   bd_error *err);
void ranks_free (bd_stored *all);

#endif
