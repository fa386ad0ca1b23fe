/* What the user of `bagdrop compare' chose.  */
#ifndef BD_TOOLS_COMPARE_H
#define BD_TOOLS_COMPARE_H

#include <stdbool.h>

#include "checkpoint.h"
#include "data/scenario.h"
#include "study/compare.h"

typedef struct
{
  const char *y, *x, *dir;
  const char *splits, *methods, *network; /* NULL: not given */
  const char *groups, *time, *test, *truth;
  const char *budget;                 /* a time */
  const char *resume;                 /* a folder */
  const char *learning;               /* a file */
  size_t folds, repeats, first, nets; /* 0: not given */
  size_t rows;                        /* of simulated data; 0: usual */
  double noise;                       /* of theirs; NaN: usual */
  bool json, classes, no_memory;
} compare_choices;

/* Put what was chosen, for the data of FILE (NULL: the embedded ones), into
   OPTIONS, all but the splits and the rows to be tested on, and methods of the
   user's own into OWN, which is empty and outlives OPTIONS.  A code and a
   sentence when choices do not go together or name what there is not: a
   mistake of usage.  */
int compare_choose (const compare_choices *o, const char *file,
                    bd_compare_options *options, bd_own *own, bd_error *err);

/* What a comparison is made on.  */
typedef struct
{
  bd_dataset *data, *test; /* numbers only; TEST may be NULL */
  bd_splits *splits;       /* or NULL */
  bd_row_labels labels;    /* of groups or times; without levels: none */
  char left_out[512];      /* a sentence on methods without classes, or "" */
} compare_data;

/* The scenario of O, or that of the data without FILE; NULL for a table.  */
const bd_scenario *compare_scenario (const compare_choices *o,
                                     const char *file);

/* Read DATA of FILE with all that O and OPTIONS say of splits.  Where the
   response is of classes, methods that do not take them are no longer used; it
   fails where the user asked for one by its name.  -1, or what to exit with
   and a sentence; the caller frees in any case.  */
int compare_read (const char *file, const compare_choices *o,
                  bd_compare_options *options, compare_data *to,
                  bd_error *err);
void compare_free (compare_data *a);

/* MIB[k]: how much memory a process takes at most that trains method k of O on
   all rows of S, and nothing else, on one thread; NaN where it is not known
   or where MEASURE is false.
   To be asked before this process grows.  */
void compare_memory (const bd_dataset *s, const bd_compare_options *o,
                     bool measure, double mib[BD_COMPARED]);

/* WORD, such as 60s, 10m or 2h, into SECONDS.  */
int compare_seconds (const char *word, double *seconds, bd_error *err);

/* Choose members, networks and masks of O and, where REPEAT is true, its
   repetitions, so that measuring twice and then comparing takes about so many
   SECONDS; less where the most of all of them is done sooner, more where the
   least takes longer.  */
int compare_budget (const bd_dataset *s, double seconds, bool repeat,
                    bd_compare_options *o, bd_error *err);

/* Open the results in O->resume that this comparison goes on from.  NULL and a
   sentence.  */
checkpoint *compare_kept (const bd_dataset *s, const compare_choices *o,
                          const bd_compare_options *c, bd_error *err);

/* The command as it could be typed again, on one line and without what has no
   effect on the numbers.  NULL when memory is short; the caller frees.  */
char *compare_command (const char *file, const compare_choices *o,
                       const bd_compare_options *c);

#endif
