/* Scores as notes of one line each.  */
#ifndef BD_TOOLS_SCORES_H
#define BD_TOOLS_SCORES_H

#include "score/forecast.h"

/* " (se 1.2)"; nothing where it is not known.  */
void scores_put_se (double se);

/* "# WHATmae: 17.1 (se 1.3)" and so on for each of LIST; coverage with its
   limits; nothing for scores that are not a number.  */
void scores_put (const char *what, const bd_scored list[], size_t count);

#endif
