/* What --help and --version print.  */
#include <config.h>

#include <gsl/gsl_version.h>
#include <jansson.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "opt.h"

void
opt_version (FILE *to)
{
  fprintf (to, "%s\n", PACKAGE_STRING);
  fprintf (to, "GSL %s, BLAS %s, jansson %s, %s\n", GSL_VERSION, BD_BLAS_NAME,
           jansson_version_str (),
#ifdef _OPENMP
           "threads by OpenMP"
#else
           "one thread (built without OpenMP)"
#endif
#ifdef BD_MPI
           ", processes by MPI"
#endif
  );
  fputs ("Copyright (C) 2026 the bagdrop developers\n"
         "License GPLv3+: GNU GPL version 3 or later "
         "<https://gnu.org/licenses/gpl.html>.\n"
         "This is free software: you are free to change and redistribute "
         "it.\nThere is NO WARRANTY, to the extent permitted by law.\n",
         to);
}

/* The default of an option as --help shows it; empty if there is none.  */
static void
default_text (const opt_option *o, char *to, size_t size)
{
  char number[BD_NUMBER_SIZE];

  to[0] = '\0';
  if (o->kind == OPT_SIZE && *(size_t *)o->target > 0)
    snprintf (to, size, " [%zu]", *(size_t *)o->target);
  else if (o->kind == OPT_INT && *(int *)o->target > 0)
    snprintf (to, size, " [%d]", *(int *)o->target);
  else if (o->kind == OPT_SEED)
    snprintf (to, size, " [%llu]", (unsigned long long)*(uint64_t *)o->target);
  else if (o->kind == OPT_REAL && !isnan (*(double *)o->target))
    snprintf (to, size, " [%s]",
              bd_number_print (number, *(double *)o->target, 6));
  else if (o->kind == OPT_TEXT && *(const char **)o->target)
    snprintf (to, size, " [%s]", *(const char **)o->target);
}

#define HELP_COLUMN 26
#define HELP_WIDTH 79

/* TEXT from column HELP_COLUMN on, broken at spaces.  */
static void
print_wrapped (const char *text)
{
  size_t at = HELP_COLUMN;

  while (*text)
    {
      size_t word = strcspn (text, " ");
      if (at + word >= HELP_WIDTH && at > HELP_COLUMN)
        {
          printf ("\n%*s", HELP_COLUMN, "");
          at = HELP_COLUMN;
        }
      printf ("%s%.*s", at > HELP_COLUMN ? " " : "", (int)word, text);
      at += word + 1;
      text += word + (text[word] == ' ');
    }
  putchar ('\n');
}

static void
print_option (char letter, const char *name, const char *argument,
              const char *help)
{
  char left[80];
  int used;

  if (letter)
    used = snprintf (left, sizeof left, "  -%c, --%s%s%s", letter, name,
                     argument ? "=" : "", argument ? argument : "");
  else
    used = snprintf (left, sizeof left, "      --%s%s%s", name,
                     argument ? "=" : "", argument ? argument : "");
  fputs (left, stdout);
  if (used > HELP_COLUMN - 2)
    printf ("\n%*s", HELP_COLUMN, "");
  else
    printf ("%*s", HELP_COLUMN - used, "");
  print_wrapped (help);
}

static void
print_row (char letter, const char *name, const char *argument,
           const char *help)
{
  printf ("%s\t%c\t%s\t%s\n", name, letter ? letter : '-',
          argument ? argument : "-", help);
}

/* Every option of C, and those that all commands have, by PRINT.  */
static void
print_options (const opt_command *c,
               void (*print) (char letter, const char *name,
                              const char *argument, const char *help))
{
  for (const opt_option *o = c->options; o->name; o++)
    {
      char text[BD_ERROR_SIZE], value[128];
      default_text (o, value, sizeof value);
      snprintf (text, sizeof text, "%s%s%s", o->help,
                o->kind == OPT_SEED ? ", or random: another one each time, "
                                      "which is told"
                                    : "",
                value);
      print (o->letter, o->name, o->argument, text);
    }
  print (0, "quiet", NULL, "nothing on stderr but errors");
  print (0, "verbose", NULL, "say on stderr what is done, and when");
  print ('h', "help", NULL, "show this help and exit");
  print ('V', "version", NULL, "show the version and exit");
}

void
opt_table (const opt_command *c)
{
  print_options (c, print_row);
}

void
opt_help (const opt_command *c)
{
  printf ("Usage: bagdrop %s %s\n%s\n\n", c->command, c->usage, c->summary);
  print_options (c, print_option);
  if (*c->text)
    printf ("\n%s", c->text);
  fputs ("\n" OPT_EXIT_STATUS, stdout);
}
