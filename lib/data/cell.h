/* What the text of one cell stands for.  */
#ifndef BD_DATA_CELL_H
#define BD_DATA_CELL_H

#include <stdbool.h>
#include <string.h>

#include "../base/number.h"

#define BD_CELL_LONGEST 512 /* no number has as many bytes */

/* A number, but for cells so long that only a broken file has them: those
   would take seconds to be refused.  Here, for the loop over all cells.  */
static inline bool
bd_cell_parse (const char *text, double *value)
{
  return memchr (text, '\0', BD_CELL_LONGEST) && bd_number_parse (text, value);
}

/* Empty or NA.  */
bool bd_cell_missing (const char *text);

/* True if TEXT would be a number with a point in place of its comma.  */
bool bd_cell_comma (const char *text);

/* True for what stands for a number even if it is not read as one: infinite,
   not-a-number, hexadecimal, with a decimal comma.  */
bool bd_cell_numeric (const char *text);

#endif
