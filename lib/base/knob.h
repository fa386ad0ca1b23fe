/* Knobs: the named numeric settings of fitters, resamplings and masks.

   One table per type gives parsing, range checks, help and the list that
   `bagdrop list' prints.  A user writes  NAME:knob=value,knob=value .  */
#ifndef BD_BASE_KNOB_H
#define BD_BASE_KNOB_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"

#define BD_KNOB_MAX 16 /* most knobs that a type may have */

typedef struct
{
  const char *name; /* NULL ends a table */
  double value;     /* default */
  double lo, hi;    /* range, both ends allowed */
  bool whole;       /* must be a whole number */
  const char *help; /* one phrase, unit included */
} bd_knob;

/* Fill VALUE[0..] with the defaults of TABLE, in its order.  */
void bd_knob_defaults (const bd_knob table[], double value[]);

/* Position of NAME in TABLE, or the table's length if it is not there.  */
size_t bd_knob_find (const bd_knob table[], const char *name);

/* Read SPEC, "knob=value,knob=value" or empty, over the defaults of TABLE.
   GSL_EINVAL with a sentence for an unknown name (names the nearest), a value
   that is not a number or outside its range (names the range).  */
int bd_knob_parse (const bd_knob table[], const char *spec, double value[],
                   bd_error *err);

#endif
