/* Files that a run would write, and must not write over what it reads.  */
#ifndef BD_TOOLS_OUTPUTS_H
#define BD_TOOLS_OUTPUTS_H

#include "opt.h"

/* PATH, NULL: not asked for, and the option that names it.  */
typedef struct
{
  const char *option, *path;
} output_file;

/* Is one of OUT (the last has no option) one of the COUNT files IN (each may
   be NULL), or another one of OUT, or is standard input ("-") among IN twice?
   -1, or a status, the mistake told.  */
int outputs_check (const opt_command *c, const char *const in[], size_t count,
                   const output_file out[]);

#endif
