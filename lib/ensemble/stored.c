#include <config.h>

#include <gsl/gsl_errno.h>
#include <string.h>

#include "stored.h"

static const bd_stored_piece *
piece_of (const bd_stored *a, uint64_t b)
{
  size_t lo = 0, hi = a->pieces;

  if (hi == 0)
    return NULL;
  while (hi - lo > 1)
    {
      size_t middle = lo + (hi - lo) / 2;
      if (a->piece[middle].first <= b)
        lo = middle;
      else
        hi = middle;
    }
  const bd_stored_piece *q = a->piece + lo;
  return b >= q->first && b - q->first < q->members ? q : NULL;
}

static int
stored_draw (const void *setup, void *work, uint64_t b, double *p, double u[],
             double t[])
{
  const bd_stored *a = setup;
  const bd_stored_piece *q = piece_of (a, b);

  (void)work;
  if (!q)
    return GSL_EFAILED;
  size_t k = (size_t)(b - q->first);
  *p = q->p ? q->p[k] : 1;
  memcpy (t, q->T + k * a->points, a->points * sizeof *t);
  if (q->U)
    memcpy (u, q->U + k * a->width, a->width * sizeof *u);
  else
    memset (u, 0, a->width * sizeof *u);
  if (!q->state || q->state[k] == BD_MEMBER_GOOD)
    return GSL_SUCCESS;
  return q->state[k] == BD_MEMBER_SHAKY ? BD_SHAKY : GSL_EFAILED;
}

const bd_source_type bd_source_stored = {
  .name = "stored",
  .help = "members made before, by a run in parts or another program",
  .draw = stored_draw,
};

bd_source
bd_stored_source (const bd_stored *a)
{
  return (bd_source){ &bd_source_stored, a, a->units, a->points, a->width };
}

uint64_t
bd_stored_gap (const bd_stored *a)
{
  uint64_t next = 0;

  for (size_t k = 0; k < a->pieces && a->piece[k].first <= next; k++)
    next = a->piece[k].first + a->piece[k].members;
  return next;
}
