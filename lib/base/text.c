#include <config.h>

#include <string.h>

#include "text.h"

/* Length of the well-formed UTF-8 sequence at S, 0 if there is none
   (Unicode 15, table 3-7).  */
static size_t
sequence (const unsigned char *s)
{
  size_t n = s[0] < 0x80   ? 1
             : s[0] < 0xC2 ? 0
             : s[0] < 0xE0 ? 2
             : s[0] < 0xF0 ? 3
             : s[0] < 0xF5 ? 4
                           : 0;
  for (size_t i = 1; i < n; i++)
    if ((s[i] & 0xC0) != 0x80)
      return 0;
  if ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F)
      || (s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] > 0x8F))
    return 0;
  return n;
}

static int
is_control (const unsigned char *s, size_t n)
{
  return (n == 1 && (s[0] < 0x20 || s[0] == 0x7F))
         || (n == 2 && s[0] == 0xC2 && s[1] < 0xA0);
}

char *
bd_text_clean (char *to, size_t size, const char *from)
{
  const unsigned char *s = (const unsigned char *)from;
  size_t used = 0;

  while (*s)
    {
      size_t n = sequence (s);
      const char *piece = n == 0              ? "\xEF\xBF\xBD"
                          : is_control (s, n) ? " "
                                              : (const char *)s;
      size_t length = n == 0 ? 3 : is_control (s, n) ? 1 : n;
      if (used + length + 1 > size)
        break;
      memcpy (to + used, piece, length);
      used += length;
      s += n ? n : 1;
    }
  to[used] = '\0';
  return to;
}

size_t
bd_text_width (const char *text)
{
  size_t width = 0;
  for (; *text; text++)
    width += ((unsigned char)*text & 0xC0) != 0x80;
  return width;
}

#define WORD_MAX 48

/* Levenshtein distance, rows of the usual table one at a time.  */
static size_t
distance (const char *a, const char *b)
{
  size_t n = strlen (a), m = strlen (b), row[WORD_MAX + 1];

  if (n > WORD_MAX || m > WORD_MAX)
    return (size_t)-1;
  for (size_t j = 0; j <= m; j++)
    row[j] = j;
  for (size_t i = 1; i <= n; i++)
    {
      size_t corner = row[0];
      row[0] = i;
      for (size_t j = 1; j <= m; j++)
        {
          size_t best = corner + (a[i - 1] != b[j - 1]);
          corner = row[j];
          if (row[j] + 1 < best)
            best = row[j] + 1;
          if (row[j - 1] + 1 < best)
            best = row[j - 1] + 1;
          row[j] = best;
        }
    }
  return row[m];
}

const char *
bd_text_nearest (const char *word, const char *const names[], size_t count)
{
  const char *best = NULL;
  size_t least = strlen (word) / 2 + 1;

  for (size_t i = 0; i < count; i++)
    {
      size_t d = distance (word, names[i]);
      if (d < least)
        {
          least = d;
          best = names[i];
        }
    }
  return best;
}
