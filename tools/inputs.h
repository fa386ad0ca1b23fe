/* The files that a run reads: kept, so that it can be made again where they
   are not, or given by such a run.  */
#ifndef BD_TOOLS_INPUTS_H
#define BD_TOOLS_INPUTS_H

#include "data/table.h"
#include "ensemble/part.h"

/* From now on keep what is read.  */
void inputs_keep (void);

/* From now on read these COUNT files, which must outlive the run, and no
   others.  */
void inputs_give (const bd_part_input input[], size_t count);

/* What was kept, in the order of reading.  */
const bd_part_input *inputs_kept (size_t *count);

/* Release what was kept, and keep and give no more.  */
void inputs_end (void);

/* As fopen for reading, "-" for standard input; the caller closes.  NULL and
   errno on failure.  */
FILE *inputs_open (const char *path);

/* As bd_table_open.  */
bd_table *inputs_table (const char *path, bd_error *err);

#endif
