#include <config.h>

#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "number.h"

/* Ends of the pieces of  [sign] digits [. digits] [e [sign] digits] ; NULL
   if TEXT does not start with a number.  */
static const char *
skip_number (const char *s)
{
  size_t whole, part = 0;

  s += *s == '+' || *s == '-';
  whole = strspn (s, "0123456789");
  s += whole;
  if (*s == '.')
    {
      part = strspn (s + 1, "0123456789");
      s += 1 + part;
    }
  if (whole + part == 0)
    return NULL;
  if (*s == 'e' || *s == 'E')
    {
      const char *e = s + 1 + (s[1] == '+' || s[1] == '-');
      size_t digits = strspn (e, "0123456789");
      if (digits == 0)
        return NULL;
      s = e + digits;
    }
  return s;
}

/* Powers of ten that a double holds exactly.  */
static const double tens[]
    = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

/* Up to 15 digits without an exponent: digits and power of ten are exact, so
   one correctly rounded division gives the nearest double (Clinger 1990).
   Almost every number of a table is of this kind.  */
static bool
parse_short (const char *s, const char *end, double *value)
{
  bool minus = *s == '-';
  double digits = 0;
  int count = 0, places = 0;
  bool point = false;

  for (s += *s == '+' || *s == '-'; s < end; s++)
    if (*s == '.')
      point = true;
    else if (*s >= '0' && *s <= '9')
      {
        digits = 10 * digits + (*s - '0');
        count++;
        places += point;
      }
    else
      return false;
  if (count > 15)
    return false;
  *value = (minus ? -digits : digits) / tens[places];
  return true;
}

/* strtod reads the locale's decimal point, so give it that one where it does
   not take ours.  */
static bool
parse_long (const char *s, const char *end, double *value)
{
  char copy[512], half[8], *stop;
  size_t length = (size_t)(end - s);

  if (length >= sizeof copy)
    return false;
  memcpy (copy, s, length);
  copy[length] = '\0';
  *value = strtod (copy, &stop);
  if (*stop == '.')
    {
      snprintf (half, sizeof half, "%.1f", 0.5);
      *stop = half[1];
      *value = strtod (copy, &stop);
    }
  return *stop == '\0' && gsl_finite (*value);
}

bool
bd_number_parse (const char *text, double *value)
{
  const char *s = text + strspn (text, " \t");
  const char *end = skip_number (s);

  if (!end || end[strspn (end, " \t")] != '\0')
    return false;
  return parse_short (s, end, value) || parse_long (s, end, value);
}

char *
bd_number_print (char to[BD_NUMBER_SIZE], double value, int digits)
{
  if (gsl_isnan (value))
    return strcpy (to, "nan");
  /* The shortest text that is the same number, where all digits are asked
     for: 2.4 rather than 2.3999999999999999.  */
  for (int d = digits == 17 ? 15 : digits; d <= digits; d++)
    {
      snprintf (to, BD_NUMBER_SIZE, "%.*g", d, value);
      if (strtod (to, NULL) == value)
        break;
    }
  char *comma = strchr (to, ',');
  if (comma)
    *comma = '.';
  return to;
}
