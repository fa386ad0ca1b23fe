/* The wall seconds of a whole command.

     wall RUNS COMMAND [ARGUMENT ...]

   runs it RUNS times with its output thrown away and prints the median, from
   before the process is made until it has ended.  */
#include <config.h>

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rows.h"

extern char **environ;

static double
seconds (char *const command[], const posix_spawn_file_actions_t *quiet)
{
  pid_t child;
  int status;
  double start = bench_now (CLOCK_MONOTONIC);

  if (posix_spawnp (&child, command[0], quiet, NULL, command, environ)
      || waitpid (child, &status, 0) != child)
    bench_stop (command[0]);
  double end = bench_now (CLOCK_MONOTONIC);
  if (!WIFEXITED (status) || WEXITSTATUS (status) != 0)
    bench_stop (command[0]);
  return end - start;
}

static int
by_value (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int
main (int argc, char *argv[])
{
  size_t runs = argc > 2 ? strtoul (argv[1], NULL, 10) : 0;
  double *t = calloc (runs + 1, sizeof *t);
  posix_spawn_file_actions_t quiet;

  if (runs == 0 || !t)
    bench_stop ("usage: wall RUNS COMMAND [ARGUMENT ...]");
  if (posix_spawn_file_actions_init (&quiet)
      || posix_spawn_file_actions_addopen (&quiet, STDOUT_FILENO, "/dev/null",
                                           O_WRONLY, 0))
    bench_stop ("not enough memory");
  for (size_t i = 0; i < runs; i++)
    t[i] = seconds (argv + 2, &quiet);
  posix_spawn_file_actions_destroy (&quiet);
  qsort (t, runs, sizeof *t, by_value);
  printf ("%.5f\n", t[runs / 2]);
  free (t);
  return EXIT_SUCCESS;
}
