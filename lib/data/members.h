/* Members of an ensemble from a file: what R, Python, a simulator or
   `bagdrop bag --dump-members' wrote.

   wide        a line for each member, a column for each point; columns called
               `member' or nothing are not looked at.  The format of
               --dump-members is found by its header member, p, n1 .. (or
               u1 ..), t1 ..: there every line has the probability and the
               perturbation, too
   transposed  a line for each point, a column for each member, as R's
               predict (..., predict.all = TRUE) gives them
   long        a line for each value: columns for the member, the point and
               the prediction

   Wide files are read in pieces, so that their length does not matter; the
   others are held.  Members come in the order of the file.  */
#ifndef BD_DATA_MEMBERS_H
#define BD_DATA_MEMBERS_H

#include <stdint.h>

#include "records.h"

typedef struct
{
  bool transposed;
  const char *member, *prediction; /* columns of the long format, by name or
                                      number; NULL: those of these names, if
                                      the header has both */
  const char *point; /* columns (with commas) that say where a value stands, in
                        the long and in the transposed format; NULL: in the
                        long format all others, in the transposed one none */
} bd_members_layout;

typedef struct
{
  const char *format; /* "wide", ... for messages */
  size_t points;
  size_t units; /* of the perturbation that stands in the file, or 0 */
  char letter;  /* of its columns: n counts of rows, u something else */

  /* Names of the columns that say where a point is, with tabs between them;
     "" if points only have numbers.  */
  char *where;

  /* The piece read last: members first .. first + count - 1.  */
  uint64_t first;
  size_t count;
  double *p;    /* count, or NULL: all 1 */
  double *U;    /* count x units, or NULL */
  double *T;    /* count x points */
  size_t *line; /* count: where each stands in a wide file; else NULL */

  /* Members with values that are not finite.  */
  uint64_t bad, bad_first; /* how many; number of the first, from 0 */
  size_t bad_values;       /* of that member */
  size_t bad_point;        /* the first of them, from 0 */

  /* The rest is the reader's own.  */
  bd_records *lines;
  size_t skip;               /* wide: columns before the numbers */
  size_t most;               /* members in a piece; 0: all */
  size_t room[3], line_room; /* places of p, U, T and line */
  char *labels; /* where the points are, each with its end; or NULL */
  size_t labels_used, labels_room, *label; /* points: where each begins */
  bool done;
} bd_members;

/* Open PATH.  WHOLE: the first piece shall hold all members.  Of a transposed
   or long file the piece is there already (count > 0).  NULL and a sentence.
   The caller frees.  */
bd_members *bd_members_open (const char *path, const bd_members_layout *layout,
                             bool whole, bd_error *err);
void bd_members_free (bd_members *a); /* accepts NULL */

#define BD_MEMBERS_BLOCK 256

/* Read the next piece: all pieces but the last have a multiple of
   BD_MEMBERS_BLOCK members, so that moments are those of a run in one piece.
   GSL_EOF when there is none.  */
int bd_members_next (bd_members *a, bd_error *err);

/* Where point J is, in the columns of a->where, with tabs between them; NULL
   when points only have numbers.  It belongs to A.  */
const char *bd_members_where (const bd_members *a, size_t j);

#endif
