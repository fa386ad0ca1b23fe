/* --interval of `bag' and `dropout': the words of it, and what is printed.  */
#ifndef BD_TOOLS_INTERVALS_H
#define BD_TOOLS_INTERVALS_H

#include "opt.h"
#include "study/interval.h"

/* The line of the option's help.  */
#define INTERVAL_HELP                                                         \
  "two columns more, int_lo and int_hi: limits of a new observation that "    \
  "need "                                                                     \
  "no normal distribution (level=0.9)"

/* SPEC, "NAME:knobs" or NULL, into W; -1 or the status to exit with.  */
int interval_choose (const opt_command *c, const char *spec,
                     bd_interval_wish *w);

/* Notes on A, if it was asked for; KIND is "members" or "masks", whose spread
   the bins are of.  */
void interval_put_notes (const bd_intervals *a, const char *kind);

/* The end of the header, and of the line of point J.  */
void interval_put_header (const bd_intervals *a);
void interval_put_limits (const bd_intervals *a, size_t j);

#endif
