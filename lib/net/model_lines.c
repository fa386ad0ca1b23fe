#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/number.h"
#include "model_file.h"
#include "model_lines.h"

#define SPACE " \t\r"
#define SHOWN 40 /* bytes of a word in a sentence */

static int
add_byte (bd_lines *a, size_t length, char byte)
{
  if (length + 1 >= a->size)
    {
      size_t size = 2 * a->size + 256;
      char *room = realloc (a->room, size);
      if (!room)
        return BD_LINES_FAIL (a, GSL_ENOMEM, "not enough memory for a %s",
                              "line");
      a->room = room;
      a->size = size;
    }
  a->room[length] = byte;
  return GSL_SUCCESS;
}

int
bd_lines_raw (bd_lines *a)
{
  size_t length = 0;
  int byte, code = GSL_SUCCESS;

  a->before = a->sum;
  a->line++;
  while (!code && (byte = getc (a->from)) != EOF)
    {
      a->sum = bd_model_sum (a->sum, (char)byte);
      if (byte == '\n')
        break;
      if (byte == '\0')
        return BD_LINES_FAIL (a, GSL_EINVAL, "there is a zero byte: %s",
                              "this is no text");
      if (length >= BD_MODEL_LINE)
        return BD_LINES_FAIL (a, GSL_EINVAL, "longer than %zu bytes",
                              BD_MODEL_LINE);
      code = add_byte (a, length++, (char)byte);
    }
  if (code)
    return code;
  if (ferror (a->from))
    return BD_LINES_FAIL (a, GSL_EFAILED, "%s", "the file cannot be read");
  bool end = byte == EOF && length == 0;
  code = add_byte (a, length, '\0');
  a->text = a->at = end || code ? NULL : a->room;
  return code;
}

/* strchr finds the end of an empty line too.  */
int
bd_lines_next (bd_lines *a)
{
  int code;

  do
    code = bd_lines_raw (a);
  while (!code && a->text && strchr ("#", a->text[strspn (a->text, SPACE)]));
  return code;
}

char *
bd_lines_word (bd_lines *a)
{
  char *word = a->at + strspn (a->at, SPACE);
  size_t length = strcspn (word, SPACE);

  if (!length)
    return NULL;
  a->at = word + length + (word[length] != '\0');
  word[length] = '\0';
  return word;
}

bool
bd_lines_begin (bd_lines *a, const char *key)
{
  if (!a->text)
    return false;
  const char *first = a->text + strspn (a->text, SPACE);
  size_t length = strlen (key);
  if (strncmp (first, key, length) != 0
      || (first[length] && !strchr (SPACE, first[length])))
    return false;
  bd_lines_word (a);
  return true;
}

int
bd_lines_expect (bd_lines *a, const char *key)
{
  if (bd_lines_begin (a, key))
    return GSL_SUCCESS;
  if (!a->text)
    return BD_LINES_FAIL (
        a, GSL_EINVAL, "the file ends where the line '%s' should come", key);
  return BD_LINES_FAIL (a, GSL_EINVAL,
                        "the line '%s' should come here, not '%.*s'", key,
                        SHOWN, a->text);
}

int
bd_lines_done (bd_lines *a)
{
  const char *word = bd_lines_word (a);

  return word ? BD_LINES_FAIL (a, GSL_EINVAL,
                               "there is more than should be: '%.*s'", SHOWN,
                               word)
              : GSL_SUCCESS;
}

int
bd_lines_numbers (bd_lines *a, const char *what, size_t count, double v[])
{
  size_t k = 0;
  const char *word;

  for (; (word = bd_lines_word (a)); k++)
    {
      if (k < count && !bd_number_parse (word, &v[k]))
        return BD_LINES_FAIL (a, GSL_EINVAL, "not a number: '%.*s'", SHOWN,
                              word);
    }
  if (k != count)
    return BD_LINES_FAIL (a, GSL_EINVAL, "%s has %zu number%s, not %zu", what,
                          k, k == 1 ? "" : "s", count);
  return GSL_SUCCESS;
}

int
bd_lines_whole (bd_lines *a, const char *what, size_t low, size_t high,
                size_t *v)
{
  const char *word = bd_lines_word (a);
  double value;

  if (!word)
    return BD_LINES_FAIL (a, GSL_EINVAL, "%s has no number", what);
  if (!bd_number_parse (word, &value))
    return BD_LINES_FAIL (a, GSL_EINVAL, "not a number: '%.*s'", SHOWN, word);
  if (value != floor (value) || value < (double)low || value > (double)high)
    return BD_LINES_FAIL (a, GSL_EINVAL,
                          "%s is %.*s; it must be a whole number from %zu to "
                          "%zu",
                          what, SHOWN, word, low, high);
  *v = (size_t)value;
  return GSL_SUCCESS;
}

char *
bd_lines_rest (bd_lines *a)
{
  char *rest = a->at + strspn (a->at, SPACE);
  size_t length = strlen (rest);

  while (length && strchr (SPACE, rest[length - 1]))
    length--;
  rest[length] = '\0';
  return rest;
}

static int
digit (char c)
{
  static const char digits[] = "0123456789abcdefABCDEF";
  const char *at = c ? strchr (digits, c) : NULL;

  return !at                ? -1
         : at < digits + 16 ? (int)(at - digits)
                            : (int)(at - digits) - 6;
}

/* One byte of a name; 0 if it is not written as it should be.  */
static char
unescape (char **from)
{
  char *s = *from;

  if (*s != '\\')
    return (*from)++, *s;
  if (s[1] == '"' || s[1] == '\\')
    return *from += 2, s[1];
  if (s[1] != 'x' || digit (s[2]) < 0 || digit (s[3]) < 0)
    return '\0';
  *from += 4;
  return (char)(16 * digit (s[2]) + digit (s[3]));
}

int
bd_lines_name (bd_lines *a, char **name)
{
  char *s = a->at + strspn (a->at, SPACE), *to = s;

  if (*s != '"')
    return BD_LINES_FAIL (a, GSL_EINVAL, "%s",
                          *s ? "a name must stand in quotes"
                             : "there are too few names");
  char *first = s++;
  while (*s && *s != '"')
    if (!(*to++ = unescape (&s)))
      return BD_LINES_FAIL (a, GSL_EINVAL,
                            "a \\ in a name must stand before \", \\ or x and "
                            "two digits, as in \\%s",
                            "x0a");
  if (!*s)
    return BD_LINES_FAIL (a, GSL_EINVAL, "the quote of a name is not %s",
                          "closed");
  a->at = s + 1;
  *name = malloc ((size_t)(to - first) + 1);
  if (!*name)
    return BD_LINES_FAIL (a, GSL_ENOMEM, "not enough memory for a %s", "name");
  memcpy (*name, first, (size_t)(to - first));
  (*name)[to - first] = '\0';
  return GSL_SUCCESS;
}
