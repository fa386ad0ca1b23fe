/* Names that the structs of this room own.  */
#ifndef BD_DATA_NAME_H
#define BD_DATA_NAME_H

#include <stdbool.h>

/* *TO, which is released, becomes a copy of TEXT, or TEXT=LEVEL unless LEVEL
   is NULL.  False, with *TO as it was, when memory is short.  */
bool bd_name_set (char **to, const char *text, const char *level);

#endif
