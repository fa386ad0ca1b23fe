/* Splits from the labels of rows: groups kept whole, and forward in time.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "../base/rng.h"
#include "../base/text.h"
#include "splits.h"

/* COUNT splits of N rows, of which HELD are held out in all and TRAIN are
   listed to be trained on.  */
static bd_splits *
make (size_t n, size_t count, size_t held, size_t train)
{
  bd_splits *a = calloc (1, sizeof *a);

  if (!a)
    return NULL;
  *a = (bd_splits){ .n = n, .count = count };
  a->end = calloc (count, sizeof *a->end);
  a->row = calloc (held, sizeof *a->row);
  if (train)
    {
      a->train_end = calloc (count, sizeof *a->train_end);
      a->train = calloc (train, sizeof *a->train);
    }
  if (a->end && a->row && (!train || (a->train_end && a->train)))
    return a;
  bd_splits_free (a);
  return NULL;
}

/* Rows of each label; NULL when memory is short.  */
static size_t *
count_rows (const bd_labels *g)
{
  size_t *rows = calloc (g->levels, sizeof *rows);

  for (size_t i = 0; rows && i < g->n; i++)
    rows[g->label[i]]++;
  return rows;
}

typedef struct
{
  size_t rows, label, turn; /* place in the order by chance */
} group;

static int
by_rows (const void *a, const void *b)
{
  const group *p = a, *q = b;

  if (p->rows != q->rows)
    return p->rows < q->rows ? 1 : -1;
  return p->turn < q->turn ? -1 : p->turn > q->turn;
}

/* Deal the labels, which have so many ROWS: FOLD[label].  */
static int
deal (const bd_labels *g, const size_t rows[], size_t folds, uint64_t seed,
      size_t fold[])
{
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  group *order = calloc (g->levels, sizeof *order);
  size_t *full = calloc (folds, sizeof *full);

  if (r && order && full)
    {
      bd_rng_seek (r, seed, BD_LANE_SPLIT, 0);
      for (size_t k = 0; k < g->levels; k++)
        order[k] = (group){ rows[k], k, 0 };
      gsl_ran_shuffle (r, order, g->levels, sizeof *order);
      for (size_t k = 0; k < g->levels; k++)
        order[k].turn = k;
      qsort (order, g->levels, sizeof *order, by_rows);
      for (size_t k = 0; k < g->levels; k++)
        {
          size_t least = 0;
          for (size_t f = 1; f < folds; f++)
            least = full[f] < full[least] ? f : least;
          fold[order[k].label] = least;
          full[least] += order[k].rows;
        }
    }
  int code = r && order && full ? GSL_SUCCESS : GSL_ENOMEM;
  gsl_rng_free (r);
  free (order);
  free (full);
  return code;
}

/* Split J of A holds the rows out whose label is dealt to PART; returns how
   many rows remain.  */
static size_t
hold_part (bd_splits *a, size_t j, const bd_labels *g, const size_t fold[],
           size_t part)
{
  size_t begin = j ? a->end[j - 1] : 0, at = begin;

  for (size_t i = 0; i < g->n; i++)
    if (fold[g->label[i]] == part)
      a->row[at++] = i;
  a->end[j] = at;
  return g->n - (at - begin);
}

bd_splits *
bd_splits_groups (const bd_labels *g, size_t folds, size_t repeats,
                  uint64_t seed, size_t least, bd_error *err)
{
  if (g->levels < folds)
    {
      BD_FAIL (err, GSL_EINVAL,
               "column '%s' has %zu groups; %zu folds need as many or more",
               g->name, g->levels, folds);
      return NULL;
    }
  bd_splits *a = make (g->n, folds * repeats, g->n * repeats, 0);
  size_t *rows = count_rows (g), *fold = calloc (g->levels, sizeof *fold);
  size_t fewest = g->n;
  int code = a && rows && fold ? GSL_SUCCESS : GSL_ENOMEM;

  for (size_t k = 0; !code && k < repeats; k++)
    {
      code = deal (g, rows, folds, bd_rng_derive (seed, k), fold);
      for (size_t f = 0; !code && f < folds; f++)
        fewest = GSL_MIN (fewest, hold_part (a, k * folds + f, g, fold, f));
    }
  if (code)
    BD_FAIL (err, code, "no memory for splits of %zu rows", g->n);
  else if (fewest < least)
    code = BD_FAIL (err, GSL_EINVAL,
                    "the groups of column '%s' leave %zu rows to train on; at "
                    "least %zu are needed",
                    g->name, fewest, least);
  free (rows);
  free (fold);
  if (!code)
    return a;
  bd_splits_free (a);
  return NULL;
}

/* Part of each row: labels are dealt round one after the other.  ROOM has n
   places.  */
static void
deal_round (const bd_labels *g, size_t folds, gsl_rng *r, size_t room[],
            size_t part[])
{
  size_t turn = 0;

  for (size_t k = 0; k < g->levels; k++)
    {
      size_t count = 0;
      for (size_t i = 0; i < g->n; i++)
        if (g->label[i] == k)
          room[count++] = i;
      gsl_ran_shuffle (r, room, count, sizeof *room);
      for (size_t i = 0; i < count; i++)
        part[room[i]] = turn++ % folds;
    }
}

static void
fill_strata (bd_splits *a, const bd_labels *g, size_t folds, size_t repeats,
             uint64_t seed, gsl_rng *r, size_t room[], size_t part[])
{
  size_t at = 0;

  for (size_t k = 0; k < repeats; k++)
    {
      bd_rng_seek (r, bd_rng_derive (seed, k), BD_LANE_SPLIT, 0);
      deal_round (g, folds, r, room, part);
      for (size_t f = 0; f < folds; f++)
        {
          for (size_t i = 0; i < g->n; i++)
            if (part[i] == f)
              a->row[at++] = i;
          a->end[k * folds + f] = at;
        }
    }
}

/* A label with one row.  */
static int
check_strata (const bd_labels *g, char *const level[], bd_error *err)
{
  size_t *rows = count_rows (g);
  int code
      = rows ? GSL_SUCCESS : BD_FAIL (err, GSL_ENOMEM, "no memory for splits");
  char name[64];

  for (size_t k = 0; !code && k < g->levels; k++)
    if (rows[k] == 1)
      code = BD_FAIL (err, GSL_EINVAL,
                      "class '%s' of '%s' has one row only; at least 2 are "
                      "needed, one to train on and one to be tested on",
                      bd_text_clean (name, sizeof name, level[k]), g->name);
  free (rows);
  return code;
}

bd_splits *
bd_splits_strata (const bd_labels *g, size_t folds, size_t repeats,
                  uint64_t seed, char *const level[], bd_error *err)
{
  if (check_strata (g, level, err))
    return NULL;
  bd_splits *a = make (g->n, folds * repeats, g->n * repeats, 0);
  size_t *room = calloc (2 * g->n, sizeof *room);
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  bool good = a && room && r;

  if (good)
    fill_strata (a, g, folds, repeats, seed, r, room, room + g->n);
  else
    BD_FAIL (err, GSL_ENOMEM, "no memory for splits of %zu rows", g->n);
  free (room);
  gsl_rng_free (r);
  if (good)
    return a;
  bd_splits_free (a);
  return NULL;
}

/* CUT[b]: the time that block b begins with, as near to B / (BLOCKS + 1) of
   the rows as the times allow.  ROWS of each time; BEFORE[b]: rows before.  */
static void
cut_blocks (const bd_labels *time, const size_t rows[], size_t blocks,
            size_t cut[], size_t before[])
{
  size_t t = 0, sum = 0;

  for (size_t b = 1; b <= blocks; b++)
    {
      double want = (double)b * (double)time->n / ((double)blocks + 1);
      size_t last = time->levels - 1 - (blocks - b);
      sum += rows[t++];
      while (t < last
             && fabs ((double)(sum + rows[t]) - want)
                    <= fabs ((double)sum - want))
        sum += rows[t++];
      cut[b - 1] = t;
      before[b - 1] = sum;
    }
}

/* Split J of A: rows before time FROM against those before time TO.  */
static void
hold_block (bd_splits *a, size_t j, const bd_labels *time, size_t from,
            size_t to)
{
  size_t at = j ? a->end[j - 1] : 0, train = j ? a->train_end[j - 1] : 0;

  for (size_t i = 0; i < time->n; i++)
    if (time->label[i] < from)
      a->train[train++] = i;
    else if (time->label[i] < to)
      a->row[at++] = i;
  a->end[j] = at;
  a->train_end[j] = train;
}

static bd_splits *
forward (const bd_labels *time, size_t blocks, const size_t cut[],
         const size_t before[])
{
  size_t train = 0;

  for (size_t b = 0; b < blocks; b++)
    train += before[b];
  bd_splits *a = make (time->n, blocks, time->n - before[0], train);
  for (size_t b = 0; a && b < blocks; b++)
    hold_block (a, b, time, cut[b],
                b + 1 < blocks ? cut[b + 1] : time->levels);
  return a;
}

bd_splits *
bd_splits_forward (const bd_labels *time, size_t blocks, size_t least,
                   bd_error *err)
{
  bd_splits *a = NULL;

  if (time->levels < blocks + 1)
    {
      BD_FAIL (err, GSL_EINVAL,
               "column '%s' has %zu different times; %zu splits forward need "
               "%zu or more",
               time->name, time->levels, blocks, blocks + 1);
      return NULL;
    }
  size_t *rows = count_rows (time), *cut = calloc (2 * blocks, sizeof *cut);
  size_t *before = cut ? cut + blocks : NULL;

  if (rows && cut)
    cut_blocks (time, rows, blocks, cut, before);
  if (rows && cut && before[0] < least)
    BD_FAIL (err, GSL_EINVAL,
             "the first of %zu blocks in the order of column '%s' has %zu "
             "rows to train on; at least %zu are needed",
             blocks + 1, time->name, before[0], least);
  else if (!rows || !cut || !(a = forward (time, blocks, cut, before)))
    BD_FAIL (err, GSL_ENOMEM, "no memory for splits of %zu rows", time->n);
  free (rows);
  free (cut);
  return a;
}
