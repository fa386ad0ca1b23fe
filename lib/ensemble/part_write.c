#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "part.h"

#define WORD sizeof (uint64_t)

/* Each step can be undone, so that a change of one word is always seen; the
   shift brings high bits down, where a product alone would let two changes of
   sign cancel.  */
uint64_t
bd_part_checksum (uint64_t before, const void *bytes, size_t size)
{
  const unsigned char *at = bytes;
  uint64_t h = before, word;

  for (size_t k = 0; k < size; k += WORD)
    {
      memcpy (&word, at + k, WORD);
      h = (h ^ word) * UINT64_C (0xd6e8feb86659fd93);
      h ^= h >> 29;
    }
  return h;
}

const char *
bd_part_magic (bool ours)
{
  const uint16_t one = 1;
  unsigned char low;

  memcpy (&low, &one, 1);
  return (low == 1) == ours ? "bagdrop part 1 little-endian\n"
                            : "bagdrop part 1 big-endian\n";
}

/* SIZE bytes, and zeros up to a multiple of 8.  */
static void
put_bytes (bd_part_writer *w, const void *bytes, size_t size)
{
  size_t whole = size / WORD * WORD, rest = size - whole;
  unsigned char last[WORD] = { 0 };

  w->checksum = bd_part_checksum (w->checksum, bytes, whole);
  fwrite (bytes, 1, whole, w->to);
  if (rest == 0)
    return;
  memcpy (last, (const unsigned char *)bytes + whole, rest);
  w->checksum = bd_part_checksum (w->checksum, last, WORD);
  fwrite (last, 1, WORD, w->to);
}

/* VALUE on one line.  */
static void
put_text (FILE *to, const char *value)
{
  for (; *value; value++)
    if (*value == '\n')
      fputs ("\\n", to);
    else if (*value == '\\')
      fputs ("\\\\", to);
    else
      putc (*value, to);
  putc ('\n', to);
}

static void
put_lines (FILE *to, const bd_part_head *h, const bd_stored *a)
{
  fprintf (to, "%sversion %s\ncommand %s\n", bd_part_magic (true), h->version,
           h->command);
  fprintf (to, "members %llu %llu %llu\nshape %zu %zu %zu\n",
           (unsigned long long)h->total, (unsigned long long)h->first,
           (unsigned long long)h->count, a->units, a->width, a->points);
  for (size_t k = 0; k < h->options; k++)
    {
      fprintf (to, "option %s ", h->option[k].name);
      put_text (to, h->option[k].value);
    }
  for (size_t k = 0; k < h->inputs; k++)
    {
      fprintf (to, "input %zu ", h->input[k].size);
      put_text (to, h->input[k].name);
    }
  fputs ("end\n", to);
}

/* The header goes through memory, since its checksum is needed.  */
static int
put_head (bd_part_writer *w, const bd_stored *a)
{
  const bd_part_head *h = w->head;
  char *text = NULL;
  size_t size = 0;
  FILE *to = open_memstream (&text, &size);

  if (!to)
    return GSL_ENOMEM;
  put_lines (to, h, a);
  bool bad = ferror (to);
  bad = fclose (to) || bad;
  if (!bad)
    {
      put_bytes (w, text, size);
      for (size_t k = 0; k < h->inputs; k++)
        put_bytes (w, h->input[k].bytes, h->input[k].size);
    }
  free (text);
  return bad ? GSL_ENOMEM : GSL_SUCCESS;
}

int
bd_part_put (void *params, const bd_stored *a)
{
  bd_part_writer *w = params;
  const bd_stored_piece *q = a->piece;
  size_t count = (size_t)q->members;

  if (!w->begun && put_head (w, a))
    return GSL_ENOMEM;
  w->begun = true;
  put_bytes (w, &q->members, sizeof q->members);
  put_bytes (w, q->p, count * sizeof *q->p);
  put_bytes (w, q->state, count);
  put_bytes (w, q->U, count * a->width * sizeof *q->U);
  put_bytes (w, q->T, count * a->points * sizeof *q->T);
  return ferror (w->to) ? GSL_EFAILED : GSL_SUCCESS;
}

void
bd_part_end (bd_part_writer *w)
{
  fwrite (&w->checksum, WORD, 1, w->to);
}
