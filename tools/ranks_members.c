/* The members of all ranks.  */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "ranks.h"
#include "tools.h"

#if defined BD_MPI

/* The members of a rank, in one piece.  */
typedef struct
{
  bd_stored_piece piece;
  size_t units, width, points;
  uint64_t have;
  double *p, *U, *T;
  unsigned char *state;
} share;

static int
share_init (share *a)
{
  size_t count = (size_t)a->piece.members;

  a->p = calloc (count + 1, sizeof *a->p);
  a->state = calloc (count + 1, 1);
  a->U = calloc (count * a->width + 1, sizeof *a->U);
  a->T = calloc (count * a->points + 1, sizeof *a->T);
  a->piece.p = a->p;
  a->piece.state = a->state;
  a->piece.U = a->U;
  a->piece.T = a->T;
  return a->p && a->state && a->U && a->T ? GSL_SUCCESS : GSL_ENOMEM;
}

static int
share_put (void *params, const bd_stored *from)
{
  share *a = params;
  const bd_stored_piece *q = from->piece;
  size_t at = (size_t)a->have, count = (size_t)q->members;

  if (at == 0)
    {
      a->units = from->units;
      a->width = from->width;
      a->points = from->points;
      if (share_init (a))
        return GSL_ENOMEM;
    }
  memcpy (a->p + at, q->p, count * sizeof *q->p);
  memcpy (a->state + at, q->state, count);
  memcpy (a->U + at * a->width, q->U, count * a->width * sizeof *q->U);
  memcpy (a->T + at * a->points, q->T, count * a->points * sizeof *q->T);
  a->have += count;
  return GSL_SUCCESS;
}

static void
share_free (const bd_stored_piece *q)
{
  free ((void *)(uintptr_t)q->p);
  free ((void *)(uintptr_t)q->state);
  free ((void *)(uintptr_t)q->U);
  free ((void *)(uintptr_t)q->T);
}

/* Rank R's members of TOTAL; rank 0 always has some.  */
static bd_stored_piece
range_of (uint64_t total, int r)
{
  uint64_t count = (uint64_t)ranks_count (), k = (uint64_t)r;
  uint64_t first = (total * k + count - 1) / count;

  return (bd_stored_piece){ .first = first,
                            .members
                            = (total * (k + 1) + count - 1) / count - first };
}

static void
move_share (share *a, int from)
{
  size_t count = (size_t)a->piece.members;

  ranks_move (a->p, count * sizeof *a->p, from);
  ranks_move (a->state, count, from);
  ranks_move (a->U, count * a->width * sizeof *a->U, from);
  ranks_move (a->T, count * a->points * sizeof *a->T, from);
}

/* Rank 0: room for what all others have, its own share OWN being there.  */
static int
gather_init (const share *own, uint64_t total, bd_stored *all, share to[])
{
  bd_stored_piece *piece = calloc ((size_t)ranks_count (), sizeof *piece);
  int code = piece ? GSL_SUCCESS : GSL_ENOMEM;

  *all = (bd_stored){ .units = own->units,
                      .width = own->width,
                      .points = own->points };
  for (int r = 0; !code && r < ranks_count (); r++)
    {
      to[r] = *own;
      to[r].piece = r ? range_of (total, r) : own->piece;
      if (to[r].piece.members == 0)
        continue;
      code = r ? share_init (&to[r]) : GSL_SUCCESS;
      piece[all->pieces++] = to[r].piece;
    }
  all->piece = piece;
  return code;
}

/* The shares of all, on rank 0 into ALL.  Returns as ranks_members.  */
static int
gather (share *own, uint64_t total, bd_stored *all, bd_error *err)
{
  share *to = calloc ((size_t)ranks_count (), sizeof *to);
  int code = to ? GSL_SUCCESS : GSL_ENOMEM;

  if (ranks_own () == 0 && !code)
    code = gather_init (own, total, all, to);
  if (code)
    BD_FAIL (err, code, "no memory for the members of all ranks");
  bool go = ranks_agree (code ? EXIT_FAILURE : 0);
  for (int r = 1; go && ranks_own () == 0 && r < ranks_count (); r++)
    move_share (&to[r], r);
  if (go && ranks_own () > 0)
    move_share (own, ranks_own ());
  free (to);
  return !go ? EXIT_FAILURE : ranks_own () == 0 ? -1 : EXIT_SUCCESS;
}

int
ranks_members (uint64_t total,
               int (*store) (const void *run, const bd_store_options *s,
                             bd_error *err),
               const void *run, int threads, bd_stored *all, bd_error *err)
{
  share own = { .piece = range_of (total, ranks_own ()) };
  bd_store_options s = { .first = own.piece.first,
                         .members = own.piece.members,
                         .threads = threads,
                         .put = share_put,
                         .params = &own,
                         .progress = tool_progress () };
  int status = EXIT_FAILURE;

  if (!ranks_agree (0))
    return status;
  int code = s.members ? store (run, &s, err) : GSL_SUCCESS;
  if (ranks_agree (code ? EXIT_FAILURE : 0))
    status = gather (&own, total, all, err);
  if (ranks_own () > 0 || status >= 0)
    share_free (&own.piece);
  return status;
}

void
ranks_free (bd_stored *all)
{
  for (size_t k = 0; k < all->pieces; k++)
    share_free (&all->piece[k]);
  free ((void *)(uintptr_t)all->piece);
}

#else

int
ranks_members (uint64_t total,
               int (*store) (const void *run, const bd_store_options *s,
                             bd_error *err),
               const void *run, int threads, bd_stored *all, bd_error *err)
{
  (void)total;
  (void)store;
  (void)run;
  (void)threads;
  (void)all;
  (void)err;
  return -1;
}

void
ranks_free (bd_stored *all)
{
  (void)all;
}

#endif
