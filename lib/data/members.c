#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "members_file.h"

#define BLOCKS 32               /* in a piece, at most */
#define FEW_BLOCKS 2            /* and at least */
#define PIECE ((size_t)1 << 20) /* numbers that a piece shall hold */

void
bd_members_free (bd_members *a)
{
  if (!a)
    return;
  bd_records_close (a->lines);
  free (a->where);
  free (a->p);
  free (a->U);
  free (a->T);
  free (a->line);
  free (a->labels);
  free (a->label);
  free (a);
}

int
bd_members_no_memory (const bd_members *a, bd_error *err)
{
  return BD_FAIL (err, GSL_ENOMEM, "%s:%zu:1: not enough memory",
                  a->lines->source, a->lines->line);
}

void
bd_members_look (bd_members *a, uint64_t b, const double t[])
{
  double sum = 0;

  for (size_t j = 0; j < a->points; j++)
    sum += 0 * t[j];
  if (sum == 0)
    return;
  if (a->bad++ > 0)
    return;
  a->bad_first = b;
  for (size_t j = a->points; j-- > 0;)
    if (!gsl_finite (t[j]))
      {
        a->bad_values++;
        a->bad_point = j;
      }
}

const char *
bd_members_where (const bd_members *a, size_t j)
{
  if (!a->where[0])
    return NULL;
  if (a->labels)
    return a->labels + a->label[j];
  return bd_records_name (a->lines, a->skip + a->units + j);
}

/* Column J is called LETTER and NUMBER.  */
static bool
is_called (const bd_records *l, size_t j, char letter, size_t number)
{
  char name[32];

  snprintf (name, sizeof name, "%c%zu", letter, number);
  return strcmp (bd_records_name (l, j), name) == 0;
}

/* The format of --dump-members: true if the header is its.  */
static bool
find_dump (bd_members *a)
{
  const bd_records *l = a->lines;
  size_t units = 0, points = 0;

  if (l->columns < 3 || strcmp (bd_records_name (l, 0), "member") != 0
      || strcmp (bd_records_name (l, 1), "p") != 0)
    return false;
  char letter = bd_records_name (l, 2)[0];
  if (letter != 't')
    while (2 + units < l->columns
           && is_called (l, 2 + units, letter, units + 1))
      units++;
  while (2 + units + points < l->columns
         && is_called (l, 2 + units + points, 't', points + 1))
    points++;
  if (points == 0 || 2 + units + points != l->columns)
    return false;
  a->units = units;
  a->points = points;
  a->letter = letter;
  a->skip = 2;
  return true;
}

/* Columns of points, behind one of members' names.  */
static int
find_points (bd_members *a, bd_error *err)
{
  const bd_records *l = a->lines;
  const char *first = bd_records_name (l, 0);

  a->skip = l->names && (!*first || strcmp (first, "member") == 0);
  a->points = l->columns - a->skip;
  if (a->points == 0)
    return BD_FAIL (err, GSL_EINVAL, "%s:%zu:1: no column of predictions",
                    l->source, l->names_line);
  return GSL_SUCCESS;
}

/* TEXT in place of a->where.  */
static int
set_where (bd_members *a, const char *text)
{
  size_t size = strlen (text) + 1;
  char *copy = malloc (size);

  if (!copy)
    return GSL_ENOMEM;
  free (a->where);
  a->where = memcpy (copy, text, size);
  return GSL_SUCCESS;
}

static int
open_wide (bd_members *a, bool whole, bd_error *err)
{
  bool dump = find_dump (a);
  int code = dump ? GSL_SUCCESS : find_points (a, err);

  if (code)
    return code;
  a->format = dump ? "wide (dumped members)" : "wide";
  size_t blocks = PIECE / (BD_MEMBERS_BLOCK * (a->units + a->points));
  a->most = BD_MEMBERS_BLOCK * GSL_MIN (GSL_MAX (blocks, FEW_BLOCKS), BLOCKS);
  if (whole)
    a->most = 0;
  if (set_where (a, !dump && a->lines->names ? "point" : ""))
    return bd_members_no_memory (a, err);
  return GSL_SUCCESS;
}

/* The columns that LIST names into KEY, and their names into a->where.  */
static int
find_keys (bd_members *a, const char *list, size_t key[], size_t *keys,
           bd_error *err)
{
  *keys = 0;
  for (const char *word = list; word && *word; word += strcspn (word, ","))
    {
      char name[256];
      word += *word == ',';
      snprintf (name, sizeof name, "%.*s", (int)strcspn (word, ","), word);
      size_t j = bd_records_find (a->lines, name);
      if (j == a->lines->columns)
        return BD_FAIL (err, GSL_EINVAL, "%s: there is no column '%s'",
                        a->lines->source, name);
      if (*keys == BD_MEMBERS_KEYS)
        return BD_FAIL (err, GSL_EINVAL,
                        "%s: more than %d columns that say where a point is",
                        a->lines->source, BD_MEMBERS_KEYS);
      key[(*keys)++] = j;
    }
  return GSL_SUCCESS;
}

/* All columns but two.  */
static int
other_keys (const bd_members *a, size_t member, size_t prediction,
            size_t key[], size_t *keys, bd_error *err)
{
  const bd_records *l = a->lines;

  for (size_t j = 0; j < l->columns; j++)
    {
      if (j == member || j == prediction || !*bd_records_name (l, j))
        continue;
      if (*keys == BD_MEMBERS_KEYS)
        return BD_FAIL (err, GSL_EINVAL,
                        "%s: more than %d columns that say where a point is",
                        l->source, BD_MEMBERS_KEYS);
      key[(*keys)++] = j;
    }
  return GSL_SUCCESS;
}

/* The names of the columns KEY, with tabs.  */
static int
name_keys (bd_members *a, const size_t key[], size_t keys)
{
  char text[4096] = "", number[32];
  size_t used = 0;

  for (size_t k = 0; k < keys; k++)
    {
      const char *name = bd_records_name (a->lines, key[k]);
      snprintf (number, sizeof number, "V%zu", key[k] + 1);
      size_t left = sizeof text - used;
      used += (size_t)snprintf (text + used, left, "%s%s", k ? "\t" : "",
                                *name ? name : number);
      if (used >= sizeof text)
        return GSL_ENOMEM;
    }
  return set_where (a, text);
}

/* Column WORD of the long format, or the one called USUAL.  */
static int
find_column (const bd_members *a, const char *word, const char *usual,
             size_t *column, bd_error *err)
{
  *column = bd_records_find (a->lines, word ? word : usual);
  if (*column < a->lines->columns)
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_EINVAL, "%s: there is no column '%s'",
                  a->lines->source, word ? word : usual);
}

static int
open_long (bd_members *a, const bd_members_layout *layout, bd_error *err)
{
  size_t key[BD_MEMBERS_KEYS], keys = 0, member, prediction;
  int code = find_column (a, layout->member, "member", &member, err);

  a->format = "long";
  if (!code)
    code = find_column (a, layout->prediction, "prediction", &prediction, err);
  if (!code)
    code = layout->point ? find_keys (a, layout->point, key, &keys, err)
                         : other_keys (a, member, prediction, key, &keys, err);
  if (!code && name_keys (a, key, keys))
    code = bd_members_no_memory (a, err);
  return code ? code : bd_members_long (a, member, prediction, key, keys, err);
}

static int
open_transposed (bd_members *a, const bd_members_layout *layout, bd_error *err)
{
  size_t key[BD_MEMBERS_KEYS], keys;
  int code = find_keys (a, layout->point, key, &keys, err);

  a->format = "transposed";
  if (!code && name_keys (a, key, keys))
    code = bd_members_no_memory (a, err);
  return code ? code : bd_members_transposed (a, key, keys, err);
}

static bool
is_long (const bd_members *a, const bd_members_layout *layout)
{
  const bd_records *l = a->lines;

  return layout->member || layout->prediction
         || (l->names && bd_records_find (l, "member") < l->columns
             && bd_records_find (l, "prediction") < l->columns);
}

bd_members *
bd_members_open (const char *path, const bd_members_layout *layout, bool whole,
                 bd_error *err)
{
  bd_members *a = calloc (1, sizeof *a);
  int code = GSL_EFAILED;

  if (!a)
    BD_FAIL (err, GSL_ENOMEM, "%s: not enough memory", path);
  else if ((a->lines = bd_records_open (path, err)) != NULL)
    code = layout->transposed    ? open_transposed (a, layout, err)
           : is_long (a, layout) ? open_long (a, layout, err)
                                 : open_wide (a, whole, err);
  if (!code)
    return a;
  bd_members_free (a);
  return NULL;
}

/* Room for one member more in the piece.  */
static int
make_room (bd_members *a)
{
  size_t need = a->count + 1;

  if (need > a->line_room)
    {
      size_t more = 2 * a->line_room + 64;
      size_t *wider = realloc (a->line, more * sizeof *wider);
      if (!wider)
        return GSL_ENOMEM;
      a->line = wider;
      a->line_room = more;
    }
  if ((a->skip == 2 && bd_records_room (&a->p, &a->room[0], need))
      || (a->units && bd_records_room (&a->U, &a->room[1], need * a->units))
      || bd_records_room (&a->T, &a->room[2], need * a->points))
    return GSL_ENOMEM;
  return GSL_SUCCESS;
}

/* The line that was read last as one more member.  */
static int
take_line (bd_members *a, bd_error *err)
{
  const bd_records *l = a->lines;
  size_t k = a->count, first = a->skip + a->units;

  if (make_room (a))
    return bd_members_no_memory (a, err);
  double *t = a->T + k * a->points;
  a->line[k] = l->line;
  int code = a->p ? bd_records_numbers (l, 1, 1, a->p + k, 1, err) : 0;
  if (!code && a->units)
    code = bd_records_numbers (l, a->skip, a->units, a->U + k * a->units, 1,
                               err);
  if (!code)
    code = bd_records_numbers (l, first, a->points, t, 1, err);
  if (code)
    return code;
  bd_members_look (a, a->first + k, t);
  a->count++;
  return GSL_SUCCESS;
}

int
bd_members_next (bd_members *a, bd_error *err)
{
  int code = GSL_SUCCESS;

  if (a->done)
    return GSL_EOF;
  a->first += a->count;
  a->count = 0;
  while (!code && (a->most == 0 || a->count < a->most))
    {
      code = bd_records_next (a->lines, err);
      if (!code)
        code = take_line (a, err);
    }
  a->done = code == GSL_EOF;
  if (code == GSL_EOF && a->count > 0)
    return GSL_SUCCESS;
  if (code == GSL_EOF && a->first == 0)
    return BD_FAIL (err, GSL_EINVAL, "%s:%zu:1: no members below the header",
                    a->lines->source, a->lines->names_line);
  return code;
}
