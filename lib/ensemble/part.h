/* A part of a run: a file with some of its members and all that is needed to
   go on from them, so that parts made on several machines can be put together.

   It is a header of text lines, the bytes of the files that the run read, and
   the members in pieces (probabilities, states, U, T as doubles in the byte
   order of the machine), each padded to 8 bytes; the last 8 bytes are a
   checksum of all before.  */
#ifndef BD_ENSEMBLE_PART_H
#define BD_ENSEMBLE_PART_H

#include <stdio.h>

#include "../base/error.h"
#include "stored.h"

/* An option of the run, without its dashes; "" names its operand.  */
typedef struct
{
  char *name, *value;
} bd_part_option;

/* A file that the run read.  */
typedef struct
{
  char *name;
  const void *bytes;
  size_t size;
} bd_part_input;

typedef struct
{
  const char *version, *command;
  bd_part_option *option; /* all that has an effect on the numbers, in the
                             order of the command's table */
  size_t options;
  bd_part_input *input; /* in the order of reading */
  size_t inputs;
  uint64_t total;        /* members of the run */
  uint64_t first, count; /* of them here */
} bd_part_head;

/* Writing one.  What HEAD points at must outlive the writer.  */
typedef struct
{
  FILE *to;
  const bd_part_head *head;
  uint64_t checksum;
  bool begun;
} bd_part_writer;

/* Write a piece; before the first one the header and the files.  A
   bd_store_options.put with PARAMS the writer.  Troubles of writing show in
   ferror.  */
int bd_part_put (void *params, const bd_stored *a);

/* The checksum, after the last piece.  */
void bd_part_end (bd_part_writer *w);

/* One that was read.  Its pieces are those of the file, in the memory that it
   is mapped to: what is not looked at takes none.  */
typedef struct
{
  char *path;
  bd_part_head head;
  bd_stored members;
  bd_stored_piece *piece;
  char *version, *command; /* owned, as in head */
  unsigned char *bytes;    /* of the file */
  size_t size;
  bool mapped;
} bd_part;

/* Read PATH.  NULL and a sentence that begins with PATH for a file that is no
   part, was damaged or cut off, or was made by another version or on a machine
   of another byte order.  */
bd_part *bd_part_read (const char *path, bd_error *err);
void bd_part_free (bd_part *a);

/* All members of the run that the COUNT parts belong to, into TO, whose pieces
   the caller frees; they point into the parts, which are put in order of their
   members.  GSL_EINVAL and a sentence when they belong to different runs, two
   of them hold the same members, or some members are in none.  Files may have
   been called differently, if they held the same bytes.  */
int bd_parts_join (bd_part *part[], size_t count, bd_stored *to,
                   bd_error *err);

/* For the files of parts: a checksum of SIZE bytes, a multiple of 8, that goes
   on from BEFORE; begins with 0.  */
uint64_t bd_part_checksum (uint64_t before, const void *bytes, size_t size);

/* The first line of a part on this machine, and on one of the other byte
   order.  */
const char *bd_part_magic (bool ours);

#endif
