/* Parts of a run: members FROM:TO of it, in a file.  */
#ifndef BD_TOOLS_PART_H
#define BD_TOOLS_PART_H

#include "ensemble/part.h"
#include "folder.h"
#include "opt.h"

/* An option that a part cannot have.  */
typedef struct
{
  const char *name;
  bool there;
} part_clash;

/* Do PATH, from --part, and M go together with the other options?  -1 or a
   status, the mistake told.  The last of CLASH has no name.  */
int part_choose (const opt_command *c, const char *path, const opt_members *m,
                 const part_clash clash[]);

typedef struct
{
  folder_file file;
  bd_part_head head;
  bd_part_writer writer;
} part_file;

/* Open PATH for members M of the TOTAL ones of C with OPERAND (or NULL), with
   all files that were read.  Returns -1, or a status: a mistake of usage told,
   or a sentence in ERR.  */
int part_begin (part_file *f, const char *path, const opt_command *c,
                const char *operand, const opt_members *m, uint64_t total,
                bd_error *err);

/* What draws them.  */
bd_store_options part_store (part_file *f, int threads);

/* Put the file in its place if CODE is 0, else drop it; returns the code of
   what went wrong first.  */
int part_end (part_file *f, int code, bd_error *err);

#endif
