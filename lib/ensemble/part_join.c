#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "part.h"

static const bd_part_option *
find (const bd_part_head *h, const char *name)
{
  for (size_t k = 0; k < h->options; k++)
    if (strcmp (h->option[k].name, name) == 0)
      return &h->option[k];
  return NULL;
}

/* Do both values name the same one of the files that were read?  */
static bool
same_input (const bd_part_head *a, const char *x, const bd_part_head *b,
            const char *y)
{
  bool same = false;

  for (size_t k = 0; k < a->inputs && k < b->inputs; k++)
    same = same
           || (strcmp (a->input[k].name, x) == 0
               && strcmp (b->input[k].name, y) == 0);
  return same;
}

/* Option NAME, which one of A and B has.  */
static int
compare_option (const bd_part *a, const bd_part *b, const char *name,
                bd_error *err)
{
  const bd_part_option *x = find (&a->head, name), *y = find (&b->head, name);
  const char *given[2]
      = { x ? x->value : "left out", y ? y->value : "left out" };

  if (x && y
      && (strcmp (x->value, y->value) == 0
          || same_input (&a->head, x->value, &b->head, y->value)))
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_EINVAL,
                  "%s and %s are parts of different runs: %s%s is %s in the "
                  "first and %s in the second",
                  a->path, b->path, *name ? "--" : "", *name ? name : "DATA",
                  given[0], given[1]);
}

static int
compare_inputs (const bd_part *a, const bd_part *b, bd_error *err)
{
  const bd_part_head *g = &a->head, *h = &b->head;

  for (size_t k = 0; k < g->inputs; k++)
    if (k >= h->inputs || g->input[k].size != h->input[k].size
        || memcmp (g->input[k].bytes, h->input[k].bytes, g->input[k].size)
               != 0)
      return BD_FAIL (err, GSL_EINVAL,
                      "%s and %s are parts of different runs: %s did not hold "
                      "the same when they were made",
                      a->path, b->path, g->input[k].name);
  return GSL_SUCCESS;
}

static int
compare_shape (const bd_part *a, const bd_part *b, bd_error *err)
{
  const bd_stored *s = &a->members, *t = &b->members;

  if (a->head.inputs == b->head.inputs && s->units == t->units
      && s->width == t->width && s->points == t->points)
    return GSL_SUCCESS;
  return BD_FAIL (err, GSL_EINVAL,
                  "%s and %s are parts of different runs: their members do "
                  "not have the same size",
                  a->path, b->path);
}

/* Are A and B parts of one run?  */
static int
compare (const bd_part *a, const bd_part *b, bd_error *err)
{
  const bd_part_head *g = &a->head, *h = &b->head;
  int code = GSL_SUCCESS;

  if (strcmp (g->command, h->command) != 0)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s is part of 'bagdrop %s' and %s of 'bagdrop %s'",
                    a->path, g->command, b->path, h->command);
  if (g->total != h->total)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s is part of a run of %llu members and %s of one of "
                    "%llu",
                    a->path, (unsigned long long)g->total, b->path,
                    (unsigned long long)h->total);
  for (size_t k = 0; !code && k < g->options; k++)
    code = compare_option (a, b, g->option[k].name, err);
  for (size_t k = 0; !code && k < h->options; k++)
    code = compare_option (a, b, h->option[k].name, err);
  if (!code)
    code = compare_inputs (a, b, err);
  return code ? code : compare_shape (a, b, err);
}

static int
by_first (const void *x, const void *y)
{
  const bd_part_head *a = &(*(bd_part *const *)x)->head;
  const bd_part_head *b = &(*(bd_part *const *)y)->head;

  if (a->first != b->first)
    return a->first < b->first ? -1 : 1;
  return (a->count > b->count) - (a->count < b->count);
}

/* FIRST .. END - 1 are in no part.  */
static int
missing (uint64_t first, uint64_t end, bd_error *err)
{
  if (end - first == 1)
    return BD_FAIL (err, GSL_EINVAL, "member %llu is missing: no part has it",
                    (unsigned long long)end);
  return BD_FAIL (err, GSL_EINVAL,
                  "members %llu to %llu are missing: no part has them",
                  (unsigned long long)first + 1, (unsigned long long)end);
}

/* A and B, in this order, overlap.  */
static int
twice (const bd_part *a, const bd_part *b, bd_error *err)
{
  uint64_t x = a->head.first + a->head.count;
  uint64_t y = b->head.first + b->head.count;

  return BD_FAIL (err, GSL_EINVAL, "%s and %s both have members %llu to %llu",
                  a->path, b->path, (unsigned long long)b->head.first + 1,
                  (unsigned long long)(x < y ? x : y));
}

/* The parts, in order, are to hold every member once.  */
static int
check_cover (bd_part *const part[], size_t count, bd_error *err)
{
  uint64_t next = 0, total = part[0]->head.total;

  for (size_t k = 0; k < count; k++)
    {
      const bd_part_head *h = &part[k]->head;
      if (h->first > next)
        return missing (next, h->first, err);
      if (h->first < next)
        return twice (part[k - 1], part[k], err);
      next = h->first + h->count;
    }
  return next < total ? missing (next, total, err) : GSL_SUCCESS;
}

int
bd_parts_join (bd_part *part[], size_t count, bd_stored *to, bd_error *err)
{
  size_t pieces = 0;
  int code = GSL_SUCCESS;

  for (size_t k = 1; !code && k < count; k++)
    code = compare (part[0], part[k], err);
  if (code)
    return code;
  qsort (part, count, sizeof *part, by_first);
  code = check_cover (part, count, err);
  if (code)
    return code;
  for (size_t k = 0; k < count; k++)
    pieces += part[k]->members.pieces;
  bd_stored_piece *all = calloc (pieces, sizeof *all);
  if (!all)
    return BD_FAIL (err, GSL_ENOMEM, "no memory for %zu parts", count);
  *to = part[0]->members;
  to->piece = all;
  to->pieces = pieces;
  for (size_t k = 0; k < count; k++)
    {
      const bd_stored *s = &part[k]->members;
      memcpy (all, s->piece, s->pieces * sizeof *all);
      all += s->pieces;
    }
  return GSL_SUCCESS;
}
