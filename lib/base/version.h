/* Which version this is: of the headers that a program was compiled with, and
   of the library that it runs with.  */
#ifndef BD_BASE_VERSION_H
#define BD_BASE_VERSION_H

#include "error.h"

/* Of these headers.  */
#define BD_VERSION_MAJOR 0
#define BD_VERSION_MINOR 1
#define BD_VERSION_MICRO 0

#define BD_VERSION_TEXT_(a) #a
#define BD_VERSION_JOIN_(a, b, c)                                             \
  BD_VERSION_TEXT_ (a) "." BD_VERSION_TEXT_ (b) "." BD_VERSION_TEXT_ (c)
#define BD_VERSION                                                            \
  BD_VERSION_JOIN_ (BD_VERSION_MAJOR, BD_VERSION_MINOR, BD_VERSION_MICRO)

/* Of the library, such as "0.1.0".  */
const char *bd_version (void);

/* Call it with BD_VERSION before anything else, and the library with which the
   program runs is known to have the structs with which it was compiled.
   GSL_EUNSUP and a sentence when it has not: before 1.0 every other MINOR is
   another interface, afterwards another MAJOR or a library that is older; a
   MICRO never is.  GSL_EINVAL when HEADERS is no version.  */
int bd_version_check (const char *headers, bd_error *err);

#endif
