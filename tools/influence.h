/* The table of what each unit carries (--influence), and the sentence about
   those that carry most.  */
#ifndef BD_TOOLS_INFLUENCE_H
#define BD_TOOLS_INFLUENCE_H

#include <stdint.h>
#include <stdio.h>

#include "../plots/figure.h"
#include "base/error.h"
#include "folder.h"
#include "variance/influence.h"

typedef struct influence_table influence_table;
struct influence_table
{
  const bd_parts *parts;
  const char *units;   /* rows, groups, units: what they are called */
  const char *what;    /* whose variance they carry */
  const char *explain; /* the first columns, as a note */
  size_t points;       /* that the parts are means over */
  uint64_t members;    /* that they come from; 0: none were drawn */

  /* The notes that say how the run could be made again; the names of the
     columns in front of the numbers, each with a tab; those of unit I.  */
  void (*origin) (const void *params, FILE *to);
  void (*header) (const void *params, FILE *to);
  void (*unit) (const void *params, size_t i, FILE *to);
  const void *params;

  /* Fill F.  GSL_ENOMEM.  */
  int (*figure) (const influence_table *t, bd_figure *f);
};

/* Find out, before the work is done, whether the file PATH and the figure in
   the folder DIR can be written; NULL: it is not wanted.  */
int influence_try (const char *path, const char *dir, bd_error *err);

/* Write the table to PATH, whole or not at all, and draw the figure in DIR;
   either may be NULL.  */
int influence_write (const influence_table *t, const char *path,
                     const char *dir, bd_error *err);

/* "# influence: 5 rows of 133 carry 31 % ..." */
void influence_note (const influence_table *t, FILE *to);

/* The data of the figure: for each unit three numbers, place along the axis,
   response and layer.  SORTED: the units by what they carry, largest first,
   with the sum of the shares so far in place of these.  GSL_ENOMEM.  */
int influence_figure_data (bd_figure *f, const bd_parts *a,
                           const double place[], bool sorted);

/* The units that a sentence and a figure speak of: at most five, and at most
   a quarter of all.  */
size_t influence_top (const bd_parts *a);

#endif
