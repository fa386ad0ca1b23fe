#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "name.h"

bool
bd_name_set (char **to, const char *text, const char *level)
{
  size_t length = strlen (text), more = level ? strlen (level) + 1 : 0;
  char *name = malloc (length + more + 1);

  if (!name)
    return false;
  memcpy (name, text, length + 1);
  if (level)
    {
      name[length] = '=';
      memcpy (name + length + 1, level, more);
    }
  free (*to);
  *to = name;
  return true;
}
