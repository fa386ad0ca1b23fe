#include <config.h>

#include <stdlib.h>

#include "cell.h"

#define COMMA 128 /* more bytes than a number with a comma is written in */

bool
bd_cell_missing (const char *text)
{
  text += strspn (text, " \t");
  if (text[0] == 'N' && text[1] == 'A')
    text += 2;
  return text[strspn (text, " \t")] == '\0';
}

bool
bd_cell_comma (const char *text)
{
  char copy[COMMA];
  double value;

  if (strlen (text) >= sizeof copy)
    return false;
  char *comma = strchr (strcpy (copy, text), ',');
  if (comma)
    *comma = '.';
  return comma && bd_number_parse (copy, &value);
}

bool
bd_cell_numeric (const char *text)
{
  static const char first[] = "+-.,0123456789iInN";
  char *end;
  double value;

  /* All that strtod reads begins like this; most texts do not.  */
  if (!strchr (first, text[strspn (text, " \t\n\v\f\r")]))
    return false;
  if (bd_cell_parse (text, &value) || bd_cell_comma (text))
    return true;
  if (!memchr (text, '\0', BD_CELL_LONGEST))
    return text[strspn (text, "0123456789")] == '\0';
  strtod (text, &end);
  return end != text && end[strspn (end, " \t")] == '\0';
}
