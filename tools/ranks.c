#include <config.h>

#include <stdlib.h>

#include "ranks.h"
#include "tools.h"

#if defined BD_MPI

#include <mpi.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define CHUNK (1 << 26) /* bytes of a message; MPI counts in int */

/* One world for the program.  */
static struct
{
  int count, own;
  bool over;         /* all know how it ended */
  int owner, status; /* who failed, count: nobody; and with what */
  FILE *said;        /* on stderr, by ranks that are to be silent */
  int loud;          /* the real stderr */
} world = { .count = 1 };

/* Launchers leave a trace in the environment; without one MPI is not touched,
   since its start takes longer than many a run.  */
static bool
launched (void)
{
  static const char *const name[]
      = { "OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "PMIX_RANK" };
  bool is = false;

  for (size_t k = 0; k < sizeof name / sizeof name[0]; k++)
    is = is || getenv (name[k]);
  return is;
}

static void
be_silent (void)
{
  world.said = tmpfile ();
  world.loud = dup (STDERR_FILENO);
  if (world.said)
    dup2 (fileno (world.said), STDERR_FILENO);
  if (!freopen ("/dev/null", "w", stdout))
    fputs ("bagdrop: cannot open /dev/null\n", stderr);
}

void
ranks_start (int *argc, char ***argv)
{
  int level;

  if (!launched ())
    return;
  MPI_Init_thread (argc, argv, MPI_THREAD_FUNNELED, &level);
  MPI_Comm_size (MPI_COMM_WORLD, &world.count);
  MPI_Comm_rank (MPI_COMM_WORLD, &world.own);
  world.owner = world.count;
  if (world.own > 0)
    be_silent ();
}

int
ranks_count (void)
{
  return world.count;
}

int
ranks_own (void)
{
  return world.own;
}

/* Others may take long: they are waited for without taking their processor
   away.  */
static void
wait_for (MPI_Request *request)
{
  const struct timespec moment = { 0, 500000 };
  int done = 0;

  while (!done)
    {
      MPI_Test (request, &done, MPI_STATUS_IGNORE);
      if (!done)
        nanosleep (&moment, NULL);
    }
}

bool
ranks_agree (int status)
{
  int mine = status ? world.own : world.count;
  MPI_Request request;

  if (world.count == 1)
    return status == 0;
  if (world.over)
    return false;
  MPI_Iallreduce (&mine, &world.owner, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD,
                  &request);
  wait_for (&request);
  world.over = world.owner < world.count;
  world.status = status;
  if (world.over)
    MPI_Bcast (&world.status, 1, MPI_INT, world.owner, MPI_COMM_WORLD);
  return !world.over;
}

/* What this rank was not to say before.  */
static void
speak (void)
{
  char text[4096];
  size_t got;

  fflush (stderr);
  if (!world.said || fseek (world.said, 0, SEEK_SET))
    return;
  while ((got = fread (text, 1, sizeof text, world.said)) > 0)
    if (write (world.loud, text, got) < 0)
      return;
}

int
ranks_end (int status)
{
  int finished = 0;

  if (world.count > 1)
    {
      ranks_agree (status);
      status = world.over ? world.status : status;
      if (world.over && world.own > 0 && world.owner == world.own)
        speak ();
    }
  MPI_Initialized (&finished);
  if (finished)
    MPI_Finalize ();
  return status;
}

/* SIZE bytes from rank 0 to all, or from rank FROM to rank 0.  */
static void
move_bytes (void *bytes, size_t size, int from)
{
  char *at = bytes;

  for (size_t done = 0; done < size; done += CHUNK)
    {
      int some = (int)(size - done < CHUNK ? size - done : CHUNK);
      if (from == 0)
        MPI_Bcast (at + done, some, MPI_BYTE, 0, MPI_COMM_WORLD);
      else if (world.own == 0)
        MPI_Recv (at + done, some, MPI_BYTE, from, 0, MPI_COMM_WORLD,
                  MPI_STATUS_IGNORE);
      else
        MPI_Send (at + done, some, MPI_BYTE, 0, 0, MPI_COMM_WORLD);
    }
}

bool
ranks_share (bd_part_input *a, bool good)
{
  uint64_t size = good ? a->size : UINT64_MAX;

  if (world.count == 1)
    return good;
  if (!ranks_agree (0))
    return false;
  MPI_Bcast (&size, 1, MPI_UINT64_T, 0, MPI_COMM_WORLD);
  if (size == UINT64_MAX)
    return false;
  if (world.own > 0)
    {
      free ((void *)(uintptr_t)a->bytes);
      a->bytes = malloc (size ? (size_t)size : 1);
      a->size = (size_t)size;
    }
  if (!ranks_agree (a->bytes ? 0 : EXIT_FAILURE))
    return false;
  move_bytes ((void *)(uintptr_t)a->bytes, a->size, 0);
  return true;
}

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
  uint64_t count = (uint64_t)world.count, k = (uint64_t)r;
  uint64_t first = (total * k + count - 1) / count;

  return (bd_stored_piece){ .first = first,
                            .members
                            = (total * (k + 1) + count - 1) / count - first };
}

static void
move_share (share *a, int from)
{
  size_t count = (size_t)a->piece.members;

  move_bytes (a->p, count * sizeof *a->p, from);
  move_bytes (a->state, count, from);
  move_bytes (a->U, count * a->width * sizeof *a->U, from);
  move_bytes (a->T, count * a->points * sizeof *a->T, from);
}

/* Rank 0: room for what all others have, its own share OWN being there.  */
static int
gather_init (const share *own, uint64_t total, bd_stored *all, share to[])
{
  bd_stored_piece *piece = calloc ((size_t)world.count, sizeof *piece);
  int code = piece ? GSL_SUCCESS : GSL_ENOMEM;

  *all = (bd_stored){ .units = own->units,
                      .width = own->width,
                      .points = own->points };
  for (int r = 0; !code && r < world.count; r++)
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
  share *to = calloc ((size_t)world.count, sizeof *to);
  int code = to ? GSL_SUCCESS : GSL_ENOMEM;

  if (world.own == 0 && !code)
    code = gather_init (own, total, all, to);
  if (code)
    BD_FAIL (err, code, "no memory for the members of all ranks");
  bool go = ranks_agree (code ? EXIT_FAILURE : 0);
  for (int r = 1; go && world.own == 0 && r < world.count; r++)
    move_share (&to[r], r);
  if (go && world.own > 0)
    move_share (own, world.own);
  free (to);
  return !go ? EXIT_FAILURE : world.own == 0 ? -1 : EXIT_SUCCESS;
}

int
ranks_members (uint64_t total,
               int (*store) (const void *run, const bd_store_options *s,
                             bd_error *err),
               const void *run, int threads, bd_stored *all, bd_error *err)
{
  share own = { .piece = range_of (total, world.own) };
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
  if (world.own > 0 || status >= 0)
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

void
ranks_start (int *argc, char ***argv)
{
  (void)argc;
  (void)argv;
}

int
ranks_count (void)
{
  return 1;
}

int
ranks_own (void)
{
  return 0;
}

bool
ranks_agree (int status)
{
  return status == 0;
}

int
ranks_end (int status)
{
  return status;
}

bool
ranks_share (bd_part_input *a, bool good)
{
  (void)a;
  return good;
}

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

int
ranks_choose (const opt_command *c, const char *part, const char *target)
{
  if (ranks_count () == 1 || (!part && !target))
    return -1;
  return opt_usage_error (c, "--%s is for one process, and mpirun started %d",
                          part ? "part" : "target-mc-error", ranks_count ());
}
