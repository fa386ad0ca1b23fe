/* Knobs: the named settings of fitters, resamplings and masks.

   One table per type gives parsing, range checks, help and the list that
   `bagdrop list' prints.  A user writes  NAME:knob=value,knob="text" .  */
#ifndef BD_BASE_KNOB_H
#define BD_BASE_KNOB_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"

#define BD_KNOB_MAX 24   /* most knobs that a type may have */
#define BD_KNOB_WORD 256 /* longest text of a knob, with its end */

typedef struct
{
  const char *name; /* NULL ends a table */
  double value;     /* default */
  double lo, hi;    /* range, both ends allowed */
  bool whole;       /* must be a whole number */
  const char *help; /* one phrase, unit included */
  const char *word; /* default of a knob that takes text; NULL: a number */
} bd_knob;

struct bd_user_fitter;

/* Which rows belong together, or come one after the other.  */
typedef struct
{
  const size_t *label; /* of each row: 0 .. levels - 1, each of them at least
                          once */
  size_t levels;
  bool time;   /* labels count time; else they are groups */
  size_t *own; /* the labels where they are to be freed with this */
} bd_row_labels;

/* The settings of a type: value[k] or, for a knob that takes text, word[k]. */
typedef struct
{
  double value[BD_KNOB_MAX];
  char word[BD_KNOB_MAX][BD_KNOB_WORD]; /* "" for numbers */

  /* Not the user's but the data's: levels[j] is the number of levels of the
     categorical column j, whose cells are 0 .. levels[j] - 1, and 0 for a
     column of numbers.  NULL: all are numbers.  Belongs to the caller.  */
  const size_t *levels;

  /* Classes of the response, which holds 0 .. classes - 1; 0: a number.  */
  size_t classes;

  /* Labels of the rows that are fitted to, NULL: none.  What a fitter holds
     out of them keeps groups whole and holds the latest times.  The caller's.
   */
  const bd_row_labels *rows;

  /* The caller's: the function that bd_fitter_user fits by (fitter/user.h). */
  const struct bd_user_fitter *user;
} bd_settings;

/* Fill VALUE[0..] with the defaults of TABLE, in its order.  */
void bd_knob_defaults (const bd_knob table[], double value[]);

/* Fill SET with the defaults of TABLE; places without a knob are cleared.  */
void bd_settings_default (const bd_knob table[], bd_settings *set);

/* Position of NAME in TABLE, or the table's length if it is not there.  */
size_t bd_knob_find (const bd_knob table[], const char *name);

/* Read SPEC, "knob=value,knob=value" or empty, over the defaults of TABLE.  A
   value may stand in double quotes and then holds commas; "" in it is one
   quote.  GSL_EINVAL with a sentence for an unknown name (names the nearest),
   a value that is not a number or outside its range (names the range), a text
   that is too long or whose quote is not closed.  */
int bd_knob_parse (const bd_knob table[], const char *spec, bd_settings *set,
                   bd_error *err);

/* Split SPEC, "NAME" or "NAME:knobs", into NAME (SIZE bytes with its end) and
   REST, which points at the knobs inside SPEC ("" when there are none).
   GSL_EINVAL with a sentence when the name is empty or does not fit.  */
int bd_knob_split (const char *spec, char name[], size_t size,
                   const char **rest, bd_error *err);

#endif
