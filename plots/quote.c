/* Text for gnuplot.  In double quotes gnuplot runs what stands between
   backquotes, and a newline starts a command wherever it stands; in single
   quotes every character but the single quote stands for itself.  That one is
   shown as an apostrophe: gnuplot 5.4 takes 'a''b' but not 'a''''b' or '''b'.
   The '>' of ]]> is shown as another angle: gnuplot copies it into SVG, where
   XML does not allow it.  */
#include <config.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/base/text.h"
#include "figure.h"

#define SHOWN 120 /* most characters that a figure shows */
#define APOSTROPHE "\xE2\x80\x99"
#define ANGLE "\xE2\x80\xBA"

/* U+FFFE and U+FFFF are UTF-8 but may not stand in XML, hence not in SVG.  */
static bool
forbidden (const char *s)
{
  return !strncmp (s, "\xEF\xBF\xBE", 3) || !strncmp (s, "\xEF\xBF\xBF", 3);
}

static bool
starts_character (char c)
{
  return ((unsigned char)c & 0xC0) != 0x80;
}

static char *
append (char *to, const char *piece)
{
  size_t n = strlen (piece);
  memcpy (to, piece, n);
  return to + n;
}

char *
bd_gnuplot_quote (const char *text)
{
  char clean[4 * SHOWN + 1];
  char *quoted = malloc (3 * sizeof clean + 2);
  char *to = quoted;
  size_t shown = 0;

  if (!quoted)
    return NULL;
  bd_text_clean (clean, sizeof clean, text ? text : "");
  *to++ = '\'';
  for (char *s = clean; *s; s++)
    {
      shown += starts_character (*s);
      if (shown > SHOWN)
        break;
      if (forbidden (s))
        s[2] = '\xBD';
      if (*s == '\'')
        to = append (to, APOSTROPHE);
      else if (*s == '>' && s > clean + 1 && s[-1] == ']' && s[-2] == ']')
        to = append (to, ANGLE);
      else
        *to++ = *s;
    }
  strcpy (to, "'");
  return quoted;
}
