/* bagdrop: bagging and dropout compared.  A table of sub-commands.  */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <gsl/gsl_errno.h>
#if defined HAVE_MALLOC_H
#include <malloc.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/blas.h"
#include "base/text.h"
#include "opt.h"
#include "ranks.h"
#include "tools.h"

static const struct
{
  const char *name;
  int (*run) (int argc, char **argv);
  const char *help;
} commands[] = {
  { "compare", cmd_compare, "eleven methods side by side on your table" },
  { "bag", cmd_bag, "one bagged fitter: its curve and how sure it is" },
  { "dropout", cmd_dropout,
    "one dropout network: its curve and how sure it is" },
  { "budget", cmd_budget,
    "where the error comes from: bias, data, training, members, noise" },
  { "perspectives", cmd_perspectives,
    "six explanations of dropout, each put to the test" },
  { "merge", cmd_merge, "put parts of a run together" },
  { "variance", cmd_variance,
    "every estimator on members made elsewhere, in R or Python" },
  { "simulate", cmd_simulate, "data whose true curve is known" },
  { "list", cmd_list, "what there is: methods, fitters, scenarios, figures" },
};

#define COMMANDS (sizeof commands / sizeof commands[0])

static void
help (FILE *to)
{
  fputs ("Usage: bagdrop COMMAND [OPTION]... [DATA]\n"
         "Compare bagging and dropout on your data, find where the variance "
         "comes from,\nand draw figures for reports.\n\nCommands:\n",
         to);
  for (size_t k = 0; k < COMMANDS; k++)
    fprintf (to, "  %-12s %s\n", commands[k].name, commands[k].help);
  fputs ("\n  -h, --help     show this help and exit\n"
         "  -V, --version  show the version and exit\n\n"
         "'bagdrop COMMAND --help' tells more.  First steps:\n"
         "  bagdrop compare                  the embedded noisy sine\n"
         "  bagdrop compare data.csv -y accel -o report\n\n"
         "Exit status: 0 done, 1 could not finish or data that cannot be "
         "used, 2 usage.\n",
         to);
}

static int
unknown (const char *word)
{
  const char *names[COMMANDS];
  char clean[80];

  for (size_t k = 0; k < COMMANDS; k++)
    names[k] = commands[k].name;
  const char *near = bd_text_nearest (word, names, COMMANDS);
  fprintf (stderr,
           "bagdrop: there is no command '%s'%s%s%s\n"
           "Try 'bagdrop --help'.\n",
           bd_text_clean (clean, sizeof clean, word),
           near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
  return EXIT_USAGE;
}

/* Commands whose members cannot be shared are for the first process alone.  */
static bool
idle (int (*run) (int argc, char **argv))
{
  return ranks_own () > 0 && run != cmd_bag && run != cmd_dropout;
}

static int
dispatch (int argc, char **argv)
{
  if (argc < 2)
    {
      help (stderr);
      return EXIT_USAGE;
    }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0
      || strcmp (argv[1], "help") == 0)
    {
      help (stdout);
      return EXIT_SUCCESS;
    }
  if (strcmp (argv[1], "--version") == 0 || strcmp (argv[1], "-V") == 0)
    {
      opt_version (stdout);
      return EXIT_SUCCESS;
    }
  for (size_t k = 0; k < COMMANDS; k++)
    if (strcmp (argv[1], commands[k].name) == 0)
      return idle (commands[k].run) ? EXIT_SUCCESS
                                    : commands[k].run (argc - 1, argv + 1);
  return unknown (argv[1]);
}

/* What could not be written is an error.  If the last piece is not among it
   the reason is lost, and one byte more asks for it again.  */
static int
finish (int status)
{
  bool bad = fflush (stdout) != 0;

  if (!bad && !ferror (stdout))
    return status;
  if (!bad)
    bad = putchar ('\n') == EOF || fflush (stdout) != 0;
  int problem = errno;
  fprintf (stderr, "bagdrop: cannot write standard output%s%s\n",
           bad ? ": " : "", bad ? strerror (problem) : "");
  return status ? status : EXIT_FAILURE;
}

/* A closed standard stream would give its number to the next file opened.  */
static void
fill_streams (void)
{
  int fd;
  do
    fd = open ("/dev/null", O_RDWR);
  while (fd >= 0 && fd < 3);
  if (fd >= 3)
    close (fd);
}

/* Arrays come and go: giving their pages back each time would cost more than
   the work on them.  */
static void
keep_memory (void)
{
#if defined M_TRIM_THRESHOLD && defined M_MMAP_THRESHOLD
  mallopt (M_TRIM_THRESHOLD, 1 << 30);
  mallopt (M_MMAP_THRESHOLD, 1 << 25);
#endif
}

int
main (int argc, char **argv)
{
  bool closed = fcntl (STDOUT_FILENO, F_GETFD) < 0;

  ranks_start (&argc, &argv);
  keep_memory ();
  bd_blas_end_threads ();
  fill_streams ();
  gsl_set_error_handler_off ();
  if (closed)
    {
      fputs ("bagdrop: standard output is closed\n", stderr);
      return ranks_end (EXIT_FAILURE);
    }
  return ranks_end (finish (dispatch (argc, argv)));
}
