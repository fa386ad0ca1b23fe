#include <config.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#if defined HAVE_SYS_MMAN_H
#include <sys/mman.h>
#endif

#include "../base/array.h"
#include "part.h"

#define WORD sizeof (uint64_t)

/* What is left to read.  */
typedef struct
{
  const unsigned char *at;
  size_t left;
} rest;

void
bd_part_free (bd_part *a)
{
  if (!a)
    return;
#if defined HAVE_SYS_MMAN_H
  if (a->mapped)
    munmap (a->bytes, a->size);
#endif
  if (!a->mapped)
    free (a->bytes);
  for (size_t k = 0; k < a->head.options; k++)
    {
      free (a->head.option[k].name);
      free (a->head.option[k].value);
    }
  for (size_t k = 0; k < a->head.inputs; k++)
    free (a->head.input[k].name);
  free (a->head.option);
  free (a->head.input);
  free (a->version);
  free (a->command);
  free (a->piece);
  free (a->path);
  free (a);
}

/* All bytes of IN, mapped where that is possible.  */
static int
take_bytes (bd_part *a, FILE *in)
{
  long size = fseek (in, 0, SEEK_END) ? -1 : ftell (in);

  if (size < 0)
    return GSL_EFAILED;
  a->size = (size_t)size;
  rewind (in);
#if defined HAVE_SYS_MMAN_H
  void *map
      = a->size ? mmap (NULL, a->size, PROT_READ, MAP_PRIVATE, fileno (in), 0)
                : MAP_FAILED;
  a->mapped = map != MAP_FAILED;
  if (a->mapped)
    {
      a->bytes = map;
      return GSL_SUCCESS;
    }
#endif
  a->bytes = (unsigned char *)bd_array (a->size / WORD + 1, 1);
  if (!a->bytes)
    return GSL_ENOMEM;
  return fread (a->bytes, 1, a->size, in) == a->size ? GSL_SUCCESS
                                                     : GSL_EFAILED;
}

/* SIZE bytes and what pads them to a multiple of 8, or NULL.  */
static const unsigned char *
take (rest *r, size_t size)
{
  const unsigned char *at = r->at;
  size_t padded
      = size > SIZE_MAX - WORD ? size : (size + WORD - 1) / WORD * WORD;

  if (padded > r->left)
    return NULL;
  r->at += padded;
  r->left -= padded;
  return at;
}

/* COUNT x WIDTH doubles, or NULL.  */
static const double *
take_numbers (rest *r, size_t count, size_t width)
{
  if (width > 0 && count > r->left / WORD / width)
    return NULL;
  return (const double *)(const void *)take (r, count * width * WORD);
}

/* The next line of the header, without its end, as put_text wrote it.  */
static char *
take_line (rest *r)
{
  const unsigned char *end = memchr (r->at, '\n', r->left);
  char *line = end ? malloc ((size_t)(end - r->at) + 1) : NULL, *to = line;

  if (!line)
    return NULL;
  for (const unsigned char *from = r->at; from < end; from++)
    if (*from == '\\' && from + 1 < end)
      *to++ = *++from == 'n' ? '\n' : (char)*from;
    else
      *to++ = (char)*from;
  *to = '\0';
  r->left -= (size_t)(end + 1 - r->at);
  r->at = end + 1;
  return line;
}

/* LINE without KEY and a space as a new string, or NULL.  */
static char *
value_of (const char *line, const char *key)
{
  size_t length = strlen (key);
  bool is = strncmp (line, key, length) == 0 && line[length] == ' ';

  return is ? strdup (line + length + 1) : NULL;
}

/* OLD with a zeroed place after its COUNT ones; NULL, and OLD stays, when
   memory is short.  */
static void *
grow (void *old, size_t count, size_t size)
{
  char *more = realloc (old, (count + 1) * size);

  if (more)
    memset (more + count * size, 0, size);
  return more;
}

/* "NAME VALUE"; the operand has no name.  */
static int
take_option (bd_part_head *h, const char *text)
{
  size_t length = strcspn (text, " ");
  bd_part_option *o = grow (h->option, h->options, sizeof *o);

  if (!o)
    return GSL_ENOMEM;
  h->option = o;
  o += h->options++;
  if (!text[length])
    return GSL_EFAILED;
  o->name = strndup (text, length);
  o->value = strdup (text + length + 1);
  return o->name && o->value ? GSL_SUCCESS : GSL_ENOMEM;
}

/* "SIZE NAME"; the bytes come later.  */
static int
take_input (bd_part_head *h, const char *text)
{
  bd_part_input *o = grow (h->input, h->inputs, sizeof *o);
  int used = 0;

  if (!o)
    return GSL_ENOMEM;
  h->input = o;
  o += h->inputs++;
  if (sscanf (text, "%zu %n", &o->size, &used) != 1 || used == 0)
    return GSL_EFAILED;
  o->name = strdup (text + used);
  return o->name ? GSL_SUCCESS : GSL_ENOMEM;
}

static int
take_field (bd_part *a, const char *line)
{
  bd_part_head *h = &a->head;
  bd_stored *s = &a->members;
  unsigned long long n[3];
  const char *value = strchr (line, ' ');

  if (!value)
    return GSL_EFAILED;
  if (strncmp (line, "option ", 7) == 0)
    return take_option (h, value + 1);
  if (strncmp (line, "input ", 6) == 0)
    return take_input (h, value + 1);
  if (!a->version && (a->version = value_of (line, "version")))
    return GSL_SUCCESS;
  if (!a->command && (a->command = value_of (line, "command")))
    return GSL_SUCCESS;
  if (sscanf (line, "members %llu %llu %llu", &n[0], &n[1], &n[2]) == 3)
    {
      h->total = n[0];
      h->first = n[1];
      h->count = n[2];
      return n[2] && n[1] < n[0] && n[2] <= n[0] - n[1] ? GSL_SUCCESS
                                                        : GSL_EFAILED;
    }
  return sscanf (line, "shape %zu %zu %zu", &s->units, &s->width, &s->points)
                 == 3
             ? GSL_SUCCESS
             : GSL_EFAILED;
}

/* The lines between the first, which is known, and the last.  */
static int
take_fields (bd_part *a, rest *r)
{
  int code = GSL_SUCCESS;

  for (bool end = false; !code && !end;)
    {
      char *line = take_line (r);
      if (!line)
        return GSL_EFAILED;
      end = strcmp (line, "end") == 0;
      if (!end)
        code = take_field (a, line);
      free (line);
    }
  return code;
}

static int
take_head (bd_part *a, rest *r)
{
  rest whole = *r;
  size_t magic = strlen (bd_part_magic (true));

  r->at += magic;
  r->left -= magic;
  int code = take_fields (a, r);
  if (code || !a->version || !a->command || a->head.count == 0)
    return GSL_EFAILED;
  a->head.version = a->version;
  a->head.command = a->command;
  size_t used = whole.left - r->left;
  *r = whole;
  return take (r, used) ? GSL_SUCCESS : GSL_EFAILED;
}

static int
take_piece (bd_part *a, rest *r, uint64_t first)
{
  bd_stored_piece *q = grow (a->piece, a->members.pieces, sizeof *q);
  const unsigned char *count = take (r, WORD);

  if (q)
    a->piece = q;
  if (!q || !count)
    return GSL_EFAILED;
  q += a->members.pieces++;
  q->first = first;
  memcpy (&q->members, count, WORD);
  if (q->members == 0 || q->members > a->head.first + a->head.count - first
      || q->members > SIZE_MAX)
    return GSL_EFAILED;
  q->p = take_numbers (r, (size_t)q->members, 1);
  q->state = take (r, (size_t)q->members);
  q->U = take_numbers (r, (size_t)q->members, a->members.width);
  q->T = take_numbers (r, (size_t)q->members, a->members.points);
  return q->p && q->state && q->U && q->T ? GSL_SUCCESS : GSL_EFAILED;
}

static int
take_all (bd_part *a, rest *r)
{
  bd_part_head *h = &a->head;
  int code = take_head (a, r);

  for (size_t k = 0; !code && k < h->inputs; k++)
    if (!(h->input[k].bytes = take (r, h->input[k].size)))
      code = GSL_EFAILED;
  for (uint64_t done = 0; !code && done < h->count;)
    {
      code = take_piece (a, r, h->first + done);
      if (!code)
        done += a->piece[a->members.pieces - 1].members;
    }
  a->members.piece = a->piece;
  return code || r->left ? GSL_EFAILED : GSL_SUCCESS;
}

static bool
begins (const bd_part *a, const char *text)
{
  size_t length = strlen (text);
  return a->size >= length && memcmp (a->bytes, text, length) == 0;
}

/* Is it a part, whole, and for us?  */
static int
check_bytes (const bd_part *a, bd_error *err)
{
  uint64_t told;

  if (!begins (a, "bagdrop part "))
    return BD_FAIL (err, GSL_EINVAL, "%s: is not a part of a run", a->path);
  if (begins (a, bd_part_magic (false)))
    return BD_FAIL (err, GSL_EINVAL,
                    "%s: was made on a machine of another byte order",
                    a->path);
  if (a->size % WORD == 0 && a->size >= 2 * WORD)
    {
      memcpy (&told, a->bytes + a->size - WORD, WORD);
      if (told == bd_part_checksum (0, a->bytes, a->size - WORD))
        return GSL_SUCCESS;
    }
  return BD_FAIL (err, GSL_EINVAL,
                  "%s: was damaged or cut off (its checksum is wrong)",
                  a->path);
}

static int
read_part (bd_part *a, bd_error *err)
{
  int code = check_bytes (a, err);

  if (code)
    return code;
  rest r = { a->bytes, a->size - WORD };
  code = begins (a, bd_part_magic (true)) ? take_all (a, &r) : GSL_EFAILED;
  if (!code && strcmp (a->version, PACKAGE_VERSION) != 0)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s: was made by bagdrop %s, and this is %s", a->path,
                    a->version, PACKAGE_VERSION);
  if (code)
    return BD_FAIL (err, code, "%s: is a part in another format", a->path);
  return GSL_SUCCESS;
}

bd_part *
bd_part_read (const char *path, bd_error *err)
{
  bd_part *a = calloc (1, sizeof *a);
  FILE *in = fopen (path, "rb");
  int code = in ? GSL_ENOMEM : GSL_EFAILED;

  if (!in)
    BD_FAIL (err, code, "%s: %s", path, strerror (errno));
  if (a && in)
    {
      a->path = strdup (path);
      code = a->path ? take_bytes (a, in) : GSL_ENOMEM;
      if (code)
        BD_FAIL (err, code, "%s: cannot be read", path);
      else
        code = read_part (a, err);
    }
  if (in)
    fclose (in);
  if (!code)
    return a;
  bd_part_free (a);
  return NULL;
}
