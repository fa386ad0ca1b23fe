/* What the user of `bagdrop compare' chose.  */
#ifndef BD_TOOLS_COMPARE_H
#define BD_TOOLS_COMPARE_H

#include <stdbool.h>

#include "study/compare.h"

typedef struct
{
  const char *y, *x, *dir;
  const char *splits, *methods, *network; /* NULL: not given */
  size_t folds, repeats, first, nets;     /* 0: not given */
  bool json;
} compare_choices;

/* Put what was chosen, for the data of FILE (NULL: the embedded ones), into
   OPTIONS, all but the splits.  A code and a sentence when choices do not go
   together or name what there is not: a mistake of usage.  */
int compare_choose (const compare_choices *o, const char *file,
                    bd_compare_options *options, bd_error *err);

/* The command as it could be typed again, on one line and without what has no
   effect on the numbers.  NULL when memory is short; the caller frees.  */
char *compare_command (const char *file, const compare_choices *o,
                       const bd_compare_options *c);

#endif
