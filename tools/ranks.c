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

void
ranks_move (void *bytes, size_t size, int from)
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
  ranks_move ((void *)(uintptr_t)a->bytes, a->size, 0);
  return true;
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

void
ranks_move (void *bytes, size_t size, int from)
{
  (void)bytes;
  (void)size;
  (void)from;
}

bool
ranks_share (bd_part_input *a, bool good)
{
  (void)a;
  return good;
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
