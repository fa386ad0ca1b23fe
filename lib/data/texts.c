/* Hash table with open addressing; the hash is FNV-1a (G. Fowler, L. C. Noll
   and P. Vo, 1991).  */
#include <config.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "texts.h"

typedef struct
{
  size_t start; /* in the pool, which may move */
  bd_place place;
} entry;

struct bd_texts
{
  char *pool;
  size_t used, size;
  entry *entry;
  size_t count, room;
  size_t *slot; /* number + 1, 0 if free */
  size_t slots; /* a power of 2, at least twice the count */
};

typedef struct
{
  const char *text;
  size_t number;
} numbered;

bd_texts *
bd_texts_alloc (void)
{
  return calloc (1, sizeof (bd_texts));
}

void
bd_texts_free (bd_texts *x)
{
  if (!x)
    return;
  free (x->pool);
  free (x->entry);
  free (x->slot);
  free (x);
}

size_t
bd_texts_count (const bd_texts *x)
{
  return x->count;
}

static uint64_t
hash (const char *text)
{
  uint64_t h = UINT64_C (0xCBF29CE484222325);

  for (; *text; text++)
    h = (h ^ (unsigned char)*text) * UINT64_C (0x100000001B3);
  return h ^ (h >> 32);
}

/* The slot that holds TEXT, or the free one where it belongs.  */
static size_t *
find (const bd_texts *x, const char *text)
{
  size_t i = (size_t)hash (text) & (x->slots - 1);

  while (x->slot[i]
         && strcmp (x->pool + x->entry[x->slot[i] - 1].start, text) != 0)
    i = (i + 1) & (x->slots - 1);
  return &x->slot[i];
}

/* Room for one text more, in the slots and in their list.  */
static bool
grow (bd_texts *x)
{
  size_t slots = x->slots ? 2 * x->slots : 16;

  if (2 * x->count < x->slots)
    return true;
  entry *more = realloc (x->entry, slots / 2 * sizeof *more);
  if (!more)
    return false;
  x->entry = more;
  size_t *slot = calloc (slots, sizeof *slot);
  if (!slot)
    return false;
  free (x->slot);
  x->slot = slot;
  x->slots = slots;
  for (size_t k = 0; k < x->count; k++)
    *find (x, x->pool + x->entry[k].start) = k + 1;
  return true;
}

/* Append TEXT to the pool.  */
static bool
keep (bd_texts *x, const char *text)
{
  size_t size = strlen (text) + 1;

  if (size > x->size - x->used)
    {
      size_t room = 2 * x->size + size + 64;
      char *pool = room > x->size ? realloc (x->pool, room) : NULL;
      if (!pool)
        return false;
      x->pool = pool;
      x->size = room;
    }
  memcpy (x->pool + x->used, text, size);
  x->used += size;
  return true;
}

size_t
bd_texts_add (bd_texts *x, const char *text, bd_place place)
{
  size_t start = x->used;

  if (!grow (x))
    return BD_TEXTS_NONE;
  size_t *slot = find (x, text);
  if (*slot)
    return *slot - 1;
  if (!keep (x, text))
    return BD_TEXTS_NONE;
  x->entry[x->count] = (entry){ start, place };
  *slot = ++x->count;
  return x->count - 1;
}

static int
by_text (const void *a, const void *b)
{
  const numbered *p = a, *q = b;

  return strcmp (p->text, q->text);
}

bd_level *
bd_texts_sort (bd_texts *x, size_t rank[])
{
  numbered *sorted = malloc ((x->count + 1) * sizeof *sorted);
  bd_level *level = malloc ((x->count + 1) * sizeof *level);

  for (size_t k = 0; sorted && level && k < x->count; k++)
    sorted[k] = (numbered){ x->pool + x->entry[k].start, k };
  if (sorted && level)
    {
      qsort (sorted, x->count, sizeof *sorted, by_text);
      for (size_t k = 0; k < x->count; k++)
        {
          size_t number = sorted[k].number;
          level[k] = (bd_level){ sorted[k].text, x->entry[number].place };
          rank[number] = k;
        }
      free (x->entry);
      free (x->slot);
      x->entry = NULL;
      x->slot = NULL;
    }
  else
    {
      free (level);
      level = NULL;
    }
  free (sorted);
  return level;
}
