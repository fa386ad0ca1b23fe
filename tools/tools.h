/* What the sub-commands share.  Each cmd_*.c is one straight line: declare
   options, parse, read, run, write, free; what it does stands in lib/.  */
#ifndef BD_TOOLS_TOOLS_H
#define BD_TOOLS_TOOLS_H

#include "base/error.h"
#include "base/progress.h"
#include "data/dataset.h"

#define EXIT_USAGE 2

int cmd_bag (int argc, char **argv);
int cmd_compare (int argc, char **argv);
int cmd_simulate (int argc, char **argv);
int cmd_list (int argc, char **argv);

/* "bagdrop COMMAND: sentence" on stderr; returns EXIT_FAILURE.  */
int tool_fail (const char *command, const bd_error *err);

/* A progress line on stderr when it is a terminal and the work is longer than
   a second; done when DONE = TOTAL.  */
bd_progress tool_progress (void);

/* Columns of the terminal that standard output is, 0 if it is none.  */
size_t tool_columns (void);

/* The data set of FILE ("-": standard input) with these columns, those of text
   as 0/1 columns, or the embedded noisy sine when FILE is NULL.  NULL and a sentence on failure;
   *STATUS is then what to exit with: a column that is not there is a mistake
   of usage.  */
bd_dataset *tool_data (const char *file, const char *y, const char *x,
                       size_t least, int *status, bd_error *err);

#endif
