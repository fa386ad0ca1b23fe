/* Options as text again, for a run that is to be made a second time.  */
#include <config.h>

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "opt.h"

char *
opt_value (const opt_option *o)
{
  const void *at = o->target;
  char text[BD_NUMBER_SIZE] = "";

  switch (o->kind)
    {
    case OPT_FLAG:
      return *(const bool *)at ? strdup ("") : NULL;
    case OPT_TEXT:
      return *(const char *const *)at ? strdup (*(const char *const *)at)
                                      : NULL;
    case OPT_SIZE:
      if (*(const size_t *)at > 0)
        snprintf (text, sizeof text, "%zu", *(const size_t *)at);
      break;
    case OPT_MEMBERS:
      if (((const opt_members *)at)->total > 0)
        snprintf (text, sizeof text, "%zu", ((const opt_members *)at)->total);
      break;
    case OPT_INT:
      if (*(const int *)at > 0)
        snprintf (text, sizeof text, "%d", *(const int *)at);
      break;
    case OPT_SEED:
      snprintf (text, sizeof text, "%" PRIu64, *(const uint64_t *)at);
      break;
    case OPT_REAL:
      if (!isnan (*(const double *)at))
        bd_number_print (text, *(const double *)at, 17);
      break;
    }
  return *text ? strdup (text) : NULL;
}
