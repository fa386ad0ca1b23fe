/* Address space that is limited (ulimit -v, batch systems).  */
#ifndef BD_TOOLS_LIMITS_H
#define BD_TOOLS_LIMITS_H

#include <stdbool.h>

/* OpenBLAS maps a large buffer for each of its threads and tries for ever
   where it cannot.  Where address space is limited, start the program again
   (ARGV) with one such thread, take its buffer now, and use no more threads of
   our own than can have one.  False, and a sentence on stderr, where there is
   no room even for one.  To be called first.  */
bool limits_start (char *argv[]);

#endif
