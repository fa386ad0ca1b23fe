/* Reference: Y. Shafranovich, "Common format and MIME type for
   comma-separated values (CSV) files", RFC 4180.  */
#include <config.h>

#include <errno.h>
#include <gsl/gsl_errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "csv.h"
#include "sniff.h"

/* What a byte means.  The order matters: a quoted cell runs on over all that
   is less than EOL, a cell without quotes over all that is less than
   SEPARATOR, or than BLANK where blanks separate.  */
enum
{
  PLAIN,
  BLANK,
  SEPARATOR,
  EOL,
  QUOTE,
  CONTROL,
  END
};

static void
set_separator (bd_csv *c, char separator)
{
  memset (c->kind, PLAIN, sizeof c->kind);
  memset (c->kind, CONTROL, ' ');
  c->kind[0x7F] = CONTROL;
  c->kind[' '] = c->kind['\t'] = BLANK;
  c->kind['\n'] = c->kind['\r'] = EOL;
  c->kind['"'] = QUOTE;
  if (separator != ' ')
    c->kind[(unsigned char)separator] = SEPARATOR;
  c->bare_end = separator == ' ' ? BLANK : SEPARATOR;
  c->separator = separator;
}

bd_csv *
bd_csv_alloc (FILE *in, const char *source, size_t most)
{
  bd_csv *c = calloc (1, sizeof *c);

  if (!c)
    GSL_ERROR_NULL ("no memory for a reader", GSL_ENOMEM);
  c->in = in;
  c->source = source;
  c->most = most;
  c->line = 1;
  return c;
}

void
bd_csv_free (bd_csv *c)
{
  if (!c)
    return;
  free (c->text);
  free (c->cell);
  free (c);
}

/* Drop what has been read and fill the rest of the chunk.  */
static void
fill (bd_csv *c)
{
  size_t left = c->have - c->pos;

  memmove (c->chunk, c->chunk + c->pos, left);
  c->base += c->pos;
  c->pos = 0;
  errno = 0;
  c->have = left + fread (c->chunk + left, 1, BD_CSV_CHUNK - left, c->in);
  c->chunk[c->have] = '\0';
  if (ferror (c->in))
    c->broken = errno ? errno : EIO;
}

/* Kind of the byte that comes next.  */
static int
next_kind (bd_csv *c)
{
  if (c->pos == c->have)
    {
      fill (c);
      if (c->have == 0)
        return END;
    }
  return c->kind[c->chunk[c->pos]];
}

/* Place in its line of the byte that comes next.  */
static size_t
next_at (const bd_csv *c)
{
  return c->base + c->pos - c->begin + 1;
}

/* A read error looks like an early end to the state machine, and would be
   told as an open quote, say: it goes first.  */
static int
fail (const bd_csv *c, bd_error *err, size_t line, size_t at, const char *what)
{
  if (c->broken == EISDIR)
    return BD_FAIL (err, GSL_EFAILED, "%s: is a directory", c->source);
  if (c->broken)
    return BD_FAIL (err, GSL_EFAILED, "%s:%zu:%zu: cannot read on: %s",
                    c->source, c->line, next_at (c), strerror (c->broken));
  return BD_FAIL (err, GSL_EINVAL, "%s:%zu:%zu: %s", c->source, line, at,
                  what);
}

static int
fail_here (const bd_csv *c, bd_error *err, const char *what)
{
  return fail (c, err, c->line, next_at (c), what);
}

static int
fail_control (const bd_csv *c, bd_error *err)
{
  char what[64] = "a NUL byte; this is not a text file";

  if (c->chunk[c->pos])
    snprintf (what, sizeof what, "a control character (byte 0x%02X)",
              (unsigned)c->chunk[c->pos]);
  return fail_here (c, err, what);
}

/* ARRAY with room for NEED elements at least; NULL leaves it as it was.
   Doubling keeps the time for a long record linear.  */
static void *
grow (void *array, size_t element, size_t *size, size_t need)
{
  size_t more = need > SIZE_MAX / 2 ? need : 2 * need + 64;
  void *new = NULL;

  if (more <= SIZE_MAX / element)
    new = realloc (array, more * element);
  if (new)
    *size = more;
  return new;
}

static int
fail_memory (const bd_csv *c, bd_error *err)
{
  return BD_FAIL (err, GSL_ENOMEM, "%s:%zu:%zu: not enough memory", c->source,
                  c->line, next_at (c));
}

/* Append COUNT bytes to the record's text.  */
static int
put (bd_csv *c, bd_error *err, const void *from, size_t count)
{
  if (count > c->text_size - c->used)
    {
      char *text = grow (c->text, 1, &c->text_size, c->used + count);
      if (!text)
        return fail_memory (c, err);
      c->text = text;
    }
  memcpy (c->text + c->used, from, count);
  c->used += count;
  return GSL_SUCCESS;
}

/* Append the bytes up to the first whose kind is LIMIT or more.  */
static int
put_run (bd_csv *c, bd_error *err, int limit)
{
  int code = GSL_SUCCESS;

  while (!code && next_kind (c) < limit)
    {
      const unsigned char *from = c->chunk + c->pos, *p = from;
      while (c->kind[*p] < limit)
        p++;
      code = put (c, err, from, (size_t)(p - from));
      c->pos += (size_t)(p - from);
    }
  return code;
}

/* Pass the line end that comes next.  */
static void
pass_line_end (bd_csv *c)
{
  bool cr = c->chunk[c->pos++] == '\r';

  if (cr && next_kind (c) == EOL && c->chunk[c->pos] == '\n')
    c->pos++;
  c->line++;
  c->begin = c->base + c->pos;
}

/* The same inside quotes, where it belongs to the cell, as it is.  */
static int
put_line_end (bd_csv *c, bd_error *err)
{
  const char *end = c->chunk[c->pos] == '\n' ? "\n" : "\r\n";
  size_t from = c->base + c->pos;

  pass_line_end (c);
  return put (c, err, end, c->begin - from);
}

static bool
skip_blanks (bd_csv *c)
{
  bool some = false;

  for (; next_kind (c) == BLANK; some = true)
    c->pos++;
  return some;
}

/* A cell that begins with a quote, up to the closing one.  */
static int
put_quoted (bd_csv *c, bd_error *err)
{
  size_t line = c->line, at = next_at (c);
  int code = GSL_SUCCESS;

  c->pos++;
  while (!code && !(code = put_run (c, err, EOL)))
    {
      int kind = next_kind (c);
      if (kind == END)
        return fail (c, err, line, at, "this quote is never closed");
      if (kind == CONTROL)
        return fail_control (c, err);
      if (kind == EOL)
        {
          code = put_line_end (c, err);
          continue;
        }
      c->pos++;
      if (next_kind (c) != QUOTE)
        break;
      c->pos++;
      code = put (c, err, "\"", 1);
    }
  return code;
}

static int
put_bare (bd_csv *c, bd_error *err)
{
  size_t start = c->used;
  int code = put_run (c, err, c->bare_end);

  while (c->used > start
         && c->kind[(unsigned char)c->text[c->used - 1]] == BLANK)
    c->used--;
  return code;
}

/* Pass what separates a cell from the next one.  */
static int
end_cell (bd_csv *c, bd_error *err, bool quoted, bool *more)
{
  bool blanks = skip_blanks (c);
  int kind = next_kind (c);

  *more = kind != EOL && kind != END;
  if (!*more)
    return GSL_SUCCESS;
  if (kind == CONTROL)
    return fail_control (c, err);
  if (kind == SEPARATOR)
    c->pos++;
  else if (quoted && !(blanks && c->separator == ' '))
    return fail_here (c, err, "text after a closing quote");
  else if (!blanks)
    return fail_here (c, err,
                      "a quote inside a cell that does not begin "
                      "with one");
  return GSL_SUCCESS;
}

/* Begin a cell at the byte that comes next.  */
static int
add_cell (bd_csv *c, bd_error *err)
{
  if (c->count == c->most)
    {
      char what[64];
      snprintf (what, sizeof what, "more than %zu columns", c->most);
      return fail_here (c, err, what);
    }
  if (c->count == c->cell_size)
    {
      bd_csv_cell *cell
          = grow (c->cell, sizeof *cell, &c->cell_size, c->count + 1);
      if (!cell)
        return fail_memory (c, err);
      c->cell = cell;
    }
  c->cell[c->count++] = (bd_csv_cell){ c->used, c->line, next_at (c) };
  return GSL_SUCCESS;
}

static int
read_cell (bd_csv *c, bd_error *err, bool *more)
{
  skip_blanks (c);
  bool quoted = next_kind (c) == QUOTE;
  int code = add_cell (c, err);
  if (!code)
    code = quoted ? put_quoted (c, err) : put_bare (c, err);
  if (!code)
    code = put (c, err, "", 1);
  return code ? code : end_cell (c, err, quoted, more);
}

static int
start (bd_csv *c, bd_error *err)
{
  if (c->started)
    return GSL_SUCCESS;
  c->started = true;
  set_separator (c, ' ');
  c->separator = '\0';
  fill (c);
  if (bd_sniff_utf16 (c->chunk, c->have))
    return fail (c, err, 1, 1, "this is UTF-16 text; save it as UTF-8");
  if (c->have >= 3 && memcmp (c->chunk, "\xEF\xBB\xBF", 3) == 0)
    c->begin = c->pos = 3;
  return GSL_SUCCESS;
}

static int
skip_comment (bd_csv *c, bd_error *err)
{
  int kind;

  while ((kind = next_kind (c)) < EOL || kind == QUOTE)
    c->pos++;
  return kind == CONTROL ? fail_control (c, err) : GSL_SUCCESS;
}

/* Go to the first byte of a record.  */
static int
skip_to_record (bd_csv *c, bd_error *err)
{
  int code = GSL_SUCCESS, kind;

  while (!code)
    {
      if (!c->separator && c->have - c->pos < BD_CSV_CHUNK / 2)
        fill (c);
      size_t from = c->pos;
      skip_blanks (c);
      kind = next_kind (c);
      if (kind == END)
        return c->broken ? fail_here (c, err, "") : GSL_EOF;
      if (kind == EOL)
        pass_line_end (c);
      else if (c->chunk[c->pos] == '#')
        code = skip_comment (c, err);
      else
        {
          /* Tabs that were blanks until now may be separators: go back.  */
          if (!c->separator && from < c->pos)
            c->pos = from;
          break;
        }
    }
  return code;
}

int
bd_csv_next (bd_csv *c, bd_error *err)
{
  bool more = true;
  int code = start (c, err);

  c->count = c->used = 0;
  if (!code)
    code = skip_to_record (c, err);
  if (!code && !c->separator)
    set_separator (c,
                   bd_sniff_separator (c->chunk + c->pos, c->have - c->pos));
  c->record_line = c->line;
  while (!code && more)
    code = read_cell (c, err, &more);
  c->end_line = c->line;
  c->end_at = next_at (c);
  if (!code && c->broken)
    return fail_here (c, err, "");
  if (!code && next_kind (c) == EOL)
    pass_line_end (c);
  return code;
}
