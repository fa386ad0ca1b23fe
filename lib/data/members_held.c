/* Formats whose members stand side by side: they are held.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/text.h"
#include "members_file.h"
#include "texts.h"

/* The text of the columns KEY of this line into TO, with tabs.  */
static void
join (const bd_records *l, const size_t key[], size_t keys, char *to,
      size_t size)
{
  size_t used = 0;

  to[0] = '\0';
  for (size_t k = 0; k < keys && used + 2 < size; k++)
    {
      if (k)
        to[used++] = '\t';
      bd_text_clean (to + used, size - used, bd_records_text (l, key[k]));
      used += strlen (to + used);
    }
}

/* TEXT says where point number a->points is, of which there is then one
   more.  */
static int
add_label (bd_members *a, const char *text)
{
  size_t size = strlen (text) + 1, points = a->points;

  if ((points & (points - 1)) == 0)
    {
      size_t room = points ? 2 * points : 1;
      size_t *wider = realloc (a->label, room * sizeof *wider);
      if (!wider)
        return GSL_ENOMEM;
      a->label = wider;
    }
  if (size > a->labels_room - a->labels_used)
    {
      size_t room = 2 * a->labels_room + size + 64;
      char *wider = realloc (a->labels, room);
      if (!wider)
        return GSL_ENOMEM;
      a->labels = wider;
      a->labels_room = room;
    }
  memcpy (a->labels + a->labels_used, text, size);
  a->label[a->points++] = a->labels_used;
  a->labels_used += size;
  return GSL_SUCCESS;
}

/* Let A's file go; look at all members.  */
static void
finish (bd_members *a)
{
  bd_records_close (a->lines);
  a->lines = NULL;
  a->done = true;
  for (size_t b = 0; b < a->count; b++)
    bd_members_look (a, b, a->T + b * a->points);
}

/* T (count x points) from V, which is its transpose.  */
static int
transpose (bd_members *a, const double V[], bd_error *err)
{
  a->T = bd_array (a->count, a->points);
  if (!a->T)
    return bd_members_no_memory (a, err);
  for (size_t from = 0; from < a->points; from += 16)
    for (size_t b = 0; b < a->count; b++)
      for (size_t j = from; j < GSL_MIN (from + 16, a->points); j++)
        a->T[b * a->points + j] = V[j * a->count + b];
  return GSL_SUCCESS;
}

static bool
among (size_t j, const size_t key[], size_t keys)
{
  for (size_t k = 0; k < keys; k++)
    if (key[k] == j)
      return true;
  return false;
}

/* The members' values of this line into V.  */
static int
take_point (bd_members *a, const size_t key[], size_t keys, double V[],
            bd_error *err)
{
  size_t used = 0;
  int code = GSL_SUCCESS;

  for (size_t j = a->skip; !code && j < a->lines->columns; j++)
    if (!among (j, key, keys))
      code = bd_records_numbers (a->lines, j, 1, &V[used++], 1, err);
  return code;
}

int
bd_members_transposed (bd_members *a, const size_t key[], size_t keys,
                       bd_error *err)
{
  double *V = NULL;
  size_t room = 0;
  char where[1024];
  int code;

  a->skip = a->lines->names && !*bd_records_name (a->lines, 0)
            && !among (0, key, keys);
  if (a->lines->columns <= a->skip + keys)
    return BD_FAIL (err, GSL_EINVAL, "%s: no column of predictions",
                    a->lines->source);
  a->count = a->lines->columns - a->skip - keys;
  while (!(code = bd_records_next (a->lines, err)))
    {
      size_t used = a->points * a->count;
      if (bd_records_room (&V, &room, used + a->count))
        code = bd_members_no_memory (a, err);
      else
        code = take_point (a, key, keys, V + used, err);
      join (a->lines, key, keys, where, sizeof where);
      if (!code && keys == 0)
        a->points++;
      else if (!code && add_label (a, where))
        code = bd_members_no_memory (a, err);
      if (code)
        break;
    }
  if (code == GSL_EOF && a->points == 0)
    code = BD_FAIL (err, GSL_EINVAL, "%s:%zu:1: no points below the header",
                    a->lines->source, a->lines->names_line);
  else if (code == GSL_EOF)
    code = transpose (a, V, err);
  free (V);
  if (!code)
    finish (a);
  return code;
}

/* A long file being read: values in the order of the file.  */
enum
{
  MEMBER,
  POINT,
  VALUE,
  LINE,
  FIELDS
};

typedef struct
{
  bd_texts *members, *points;
  double *value; /* FIELDS each */
  size_t room, count;
} long_file;

/* The line that was read last.  */
static int
take_value (bd_members *a, long_file *f, size_t member, size_t prediction,
            const size_t key[], size_t keys, bd_error *err)
{
  bd_place place = { a->lines->line, 1 };
  char where[1024];

  join (a->lines, key, keys, where, sizeof where);
  size_t b
      = bd_texts_add (f->members, bd_records_text (a->lines, member), place);
  size_t j = bd_texts_add (f->points, where, place);
  size_t used = f->count * FIELDS;
  if (b == BD_TEXTS_NONE || j == BD_TEXTS_NONE
      || (j == a->points && add_label (a, where))
      || bd_records_room (&f->value, &f->room, used + FIELDS))
    return bd_members_no_memory (a, err);
  double *v = f->value + used;
  v[MEMBER] = (double)b;
  v[POINT] = (double)j;
  v[LINE] = (double)place.line;
  f->count++;
  return bd_records_numbers (a->lines, prediction, 1, &v[VALUE], 1, err);
}

/* T from the values; what is missing is NaN.  */
static int
spread_out (bd_members *a, const long_file *f, bd_error *err)
{
  a->count = bd_texts_count (f->members);
  size_t all = a->count <= SIZE_MAX / a->points ? a->count * a->points : 0;
  unsigned char *seen = all ? calloc (all, 1) : NULL;

  a->T = all ? bd_array (a->count, a->points) : NULL;
  if (!seen || !a->T)
    {
      free (seen);
      return bd_members_no_memory (a, err);
    }
  int code = GSL_SUCCESS;
  for (size_t i = 0; i < all; i++)
    a->T[i] = GSL_NAN;
  for (size_t k = 0; !code && k < f->count; k++)
    {
      const double *v = f->value + k * FIELDS;
      size_t at = (size_t)v[MEMBER] * a->points + (size_t)v[POINT];
      if (seen[at])
        code = BD_FAIL (err, GSL_EINVAL,
                        "%s:%zu:1: a second value of this member at this "
                        "point",
                        a->lines->source, (size_t)v[LINE]);
      seen[at] = 1;
      a->T[at] = v[VALUE];
    }
  free (seen);
  return code;
}

int
bd_members_long (bd_members *a, size_t member, size_t prediction,
                 const size_t key[], size_t keys, bd_error *err)
{
  long_file f = { .members = bd_texts_alloc (), .points = bd_texts_alloc () };
  int code
      = f.members && f.points ? GSL_SUCCESS : bd_members_no_memory (a, err);

  while (!code && !(code = bd_records_next (a->lines, err)))
    code = take_value (a, &f, member, prediction, key, keys, err);
  if (code == GSL_EOF && f.count == 0)
    code = BD_FAIL (err, GSL_EINVAL, "%s:%zu:1: no values below the header",
                    a->lines->source, a->lines->names_line);
  else if (code == GSL_EOF)
    code = spread_out (a, &f, err);
  bd_texts_free (f.members);
  bd_texts_free (f.points);
  free (f.value);
  if (!code)
    finish (a);
  return code;
}
