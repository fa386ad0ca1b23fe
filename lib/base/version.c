#include <config.h>

#include <stdio.h>
#include <string.h>

#include "version.h"

const char *
bd_version (void)
{
  return BD_VERSION;
}

int
bd_version_check (const char *headers, bd_error *err)
{
  unsigned major, minor, micro;
  char rest;

  if (strspn (headers, "0123456789.") != strlen (headers)
      || sscanf (headers, "%5u.%5u.%5u%c", &major, &minor, &micro, &rest) != 3)
    return BD_FAIL (err, GSL_EINVAL, "'%s' is not a version", headers);
  if (major == BD_VERSION_MAJOR
      && (major == 0 ? minor == BD_VERSION_MINOR : minor <= BD_VERSION_MINOR))
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_EUNSUP,
                  "the program was compiled with bagdrop %s and runs with "
                  "bagdrop %s: compile it again",
                  headers, BD_VERSION);
}
