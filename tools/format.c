#include <config.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "format.h"

#define MOST 9

int
format_decimals (const double value[], size_t count, int digits)
{
  double largest = 0, smallest = INFINITY;

  for (size_t k = 0; k < count; k++)
    if (fabs (value[k]) > largest && isfinite (value[k]))
      largest = fabs (value[k]);
  for (size_t k = 0; k < count; k++)
    if (fabs (value[k]) < smallest && fabs (value[k]) > 0.1 * largest)
      smallest = fabs (value[k]);
  if (!isfinite (smallest) || largest == 0)
    return 0;
  int decimals = digits - 1 - (int)floor (log10 (smallest));
  return decimals < 0 ? 0 : decimals > MOST ? MOST : decimals;
}

char *
format_number (char to[FORMAT_SIZE], double value, int decimals)
{
  if (isnan (value))
    return strcpy (to, "");
  if (fabs (value) >= 1e9 || (value != 0 && fabs (value) < 1e-8))
    snprintf (to, FORMAT_SIZE, "%.3g", value);
  else
    snprintf (to, FORMAT_SIZE, "%.*f", decimals, value);
  if (to[0] == '-' && strspn (to + 1, "0.") == strlen (to + 1))
    memmove (to, to + 1, strlen (to));
  char *comma = strchr (to, ',');
  if (comma)
    *comma = '.';
  return to;
}
