/* What the sub-commands share.  Each cmd_*.c is one straight line: declare
   options, parse, read, run, write, free; what it does stands in lib/.  */
#ifndef BD_TOOLS_TOOLS_H
#define BD_TOOLS_TOOLS_H

#include <stdio.h>

#include "base/error.h"
#include "base/progress.h"
#include "data/dataset.h"
#include "tell.h"

#define EXIT_USAGE 2

int cmd_bag (int argc, char **argv);
int cmd_budget (int argc, char **argv);
int cmd_dropout (int argc, char **argv);
int cmd_merge (int argc, char **argv);
int cmd_compare (int argc, char **argv);
int cmd_plot (int argc, char **argv);
int cmd_perspectives (int argc, char **argv);
int cmd_simulate (int argc, char **argv);
int cmd_variance (int argc, char **argv);
int cmd_list (int argc, char **argv);

/* "bagdrop COMMAND: sentence" on stderr; returns EXIT_FAILURE.  */
int tool_fail (const char *command, const bd_error *err);

/* Columns of the terminal that standard output is, 0 if it is none.  */
size_t tool_width (void);

/* Columns of a table, by name or number, as the user typed them; NULL where
   nothing was.  */
typedef struct
{
  const char *y, *x; /* response; inputs */
  const char *label; /* strata or groups, no input unless X says so */
  size_t least;      /* rows */
  bool constant;     /* a response of one value only is fine */

  /* Is the response a class?  Asked with what its column holds.  NULL: no.  */
  bool (*classes) (void *params, bool text);
  void *params;
} tool_columns;

/* The data set of FILE ("-": standard input) with these columns, or the
   embedded noisy sine when FILE is NULL.  *TABLE, if TABLE is not NULL, is
   what it was taken from, for the caller to free, or NULL.  NULL and a
   sentence on failure; *STATUS is then what to exit with: a column that is not
   there is a mistake of usage.  */
bd_dataset *tool_data (const char *file, const tool_columns *c,
                       bd_table **table, int *status, bd_error *err);

/* Points P from "train", "grid:N" or the name of a file; POINTS NULL: a grid
   for one input, else the rows of S.  NULL and a sentence.  */
gsl_matrix *tool_points (const char *points, const bd_dataset *s,
                         bd_error *err);

/* VALUE with so many DIGITS, in the same way everywhere.  */
void tool_put_number (FILE *to, double value, int digits);

/* "time: about 3 s on 2 threads" on standard output, and AND ("" for
   nothing).  */
void tool_put_time (double seconds, int threads, const char *and);

/* The level of simultaneous bands.  */
#define BAND_LEVEL 0.90

/* Monte Carlo errors of sd_mean above this share of it leave little to tell
   from it.  */
#define MOSTLY_CHANCE 0.5

/* A note of that error, as a share.  */
void tool_put_chance (double share);

/* A tab, the lower end of a band, a tab, the upper end, on standard output. */
void tool_put_band (double mean, double half);

/* --excel-safe: names and texts that a spreadsheet would take for formulas
   begin with an apostrophe.  */
extern bool tool_excel_safe;
#define TOOL_EXCEL_SAFE                                                       \
  {                                                                           \
    "excel-safe", 0, OPT_FLAG, &tool_excel_safe, 0, 0, NULL,                  \
        "put ' before names and texts that begin with =, +, - or @, which a " \
        "spreadsheet takes for formulas"                                      \
  }

/* TEXT as the cell of a table.  */
char *tool_cell (char to[256], const char *text);

/* The cell of input K, by its level's name where it has one, and a tab.  */
void tool_put_input (const bd_dataset *s, size_t k, double value);
void tool_put_cell (FILE *to, const bd_dataset *s, size_t k, double value);

/* The figures of `plot' that have no recipe of their own, with their help.  */
void tool_list_panels (void);

/* S, which is released, with columns of text as 0/1 columns; NULL stays.  */
bd_dataset *tool_numbers (bd_dataset *s, bd_error *err);

#endif
