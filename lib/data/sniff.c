#include <config.h>

#include "sniff.h"

bool
bd_sniff_utf16 (const unsigned char *s, size_t n)
{
  if (n >= 2
      && ((s[0] == 0xFF && s[1] == 0xFE) || (s[0] == 0xFE && s[1] == 0xFF)))
    return true;
  return n >= 4 && !s[0] == !s[2] && !s[1] == !s[3] && !s[0] != !s[1];
}

char
bd_sniff_separator (const unsigned char *s, size_t n)
{
  bool quoted = false, semicolon = false, comma = false;

  for (size_t i = 0; i < n; i++)
    {
      if (s[i] == '"')
        quoted = !quoted;
      if (quoted)
        continue;
      if (s[i] == '\n' || s[i] == '\r')
        break;
      if (s[i] == '\t')
        return '\t';
      semicolon |= s[i] == ';';
      comma |= s[i] == ',';
    }
  return semicolon ? ';' : comma ? ',' : ' ';
}
