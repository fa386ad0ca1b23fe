/* Scores as notes of one line each.  */
#ifndef BD_TOOLS_SCORES_H
#define BD_TOOLS_SCORES_H

#include "study/out_of_bag.h"

/* " (se 1.2)"; nothing where it is not known.  */
void scores_put_se (double se);

/* " (MC error 1.2)"; nothing where it is not known.  */
void scores_put_mc (double error);

/* "# WHATmae: 17.1 (se 1.3)" and so on for each of LIST; coverage with its
   limits; nothing for scores that are not a number.  */
void scores_put (const char *what, const bd_scored list[], size_t count);

/* The scores of the rows that members left out: OOB is their root mean squared
   error, NaN where no row is left out.  */
void scores_put_out (double oob, const bd_out_of_bag *out);

#endif
