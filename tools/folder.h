/* Files of a report folder: each appears whole, by rename, or not at all.  */
#ifndef BD_TOOLS_FOLDER_H
#define BD_TOOLS_FOLDER_H

#include <stdio.h>

#include "base/error.h"

typedef struct
{
  FILE *file;
  char *path; /* where it will be */
  char *temporary;
} folder_file;

/* Find out, before the work is done, whether the files NAMES (the last is
   NULL) can be written in DIR without writing over KEEP, a path or NULL; a
   folder that was made for this is removed again.  */
int folder_check (const char *dir, const char *const names[], const char *keep,
                  bd_error *err);

/* Make DIR and its parents where missing.  */
int folder_make (const char *dir, bd_error *err);

/* "DIR/NAME" as a new string, NULL when memory is short.  */
char *folder_path (const char *dir, const char *name);

/* Open DIR/NAME for writing under a temporary name in the same folder.  */
int folder_begin (folder_file *f, const char *dir, const char *name,
                  bd_error *err);

/* The same for PATH, which must not be a folder.  */
int folder_begin_path (folder_file *f, const char *path, bd_error *err);

/* Flush, check, and put the file in its place.  */
int folder_commit (folder_file *f, bd_error *err);

/* Give the file up; nothing is left of it.  */
void folder_drop (folder_file *f);

#endif
