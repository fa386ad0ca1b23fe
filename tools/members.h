/* The file of all members: a line for each with its number, probability,
   perturbation and predictions.  It appears whole or not at all.  */
#ifndef BD_TOOLS_MEMBERS_H
#define BD_TOOLS_MEMBERS_H

#include <stdint.h>

#include "folder.h"

typedef struct
{
  folder_file file;
  size_t units, points;
  size_t seen;      /* place of the first unit in the perturbation */
  char letter;      /* of the units' columns */
  const char *what; /* they are */
} members_file;

/* Open PATH; notes may then be written to m->file.file.  */
int members_begin (members_file *m, const char *path, bd_error *err);
void members_header (members_file *m);

/* A member; a bd_run_options.each with PARAMS the members_file.  */
void members_put (void *params, uint64_t b, double p, const double u[],
                  const double t[]);

/* Put the file in its place if CODE is 0, else drop it; returns the code of
   what went wrong first.  */
int members_end (members_file *m, int code, bd_error *err);

#endif
