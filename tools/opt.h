/* Options of a sub-command as one typed table over getopt_long: parsing,
   range errors, --help (and from it the man pages), completion in shells and
   the settings written into results all come from it.  */
#ifndef BD_TOOLS_OPT_H
#define BD_TOOLS_OPT_H

#include <stdio.h>

/* A paragraph at the end of every --help.  */
#define OPT_EXIT_STATUS                                                       \
  "Exit status: 0 done, 1 could not finish or data that cannot be used, "     \
  "2 usage,\n128 + n ended by signal n (130: Ctrl-C).\n"

typedef enum
{
  OPT_FLAG,   /* bool *: set to true */
  OPT_TEXT,   /* const char ** */
  OPT_SIZE,   /* size_t *: a whole number */
  OPT_INT,    /* int * */
  OPT_SEED,   /* uint64_t *: a whole number of up to 64 bits, or "random" */
  OPT_REAL,   /* double * */
  OPT_MEMBERS /* opt_members *: how many, or FROM:TO; may come twice */
} opt_kind;

/* Numbers count from 1; 0 where nothing was said.  */
typedef struct
{
  size_t total, from, to;
} opt_members;

typedef struct
{
  const char *name; /* without --; NULL ends the table */
  char letter;      /* 0: none */
  opt_kind kind;
  void *target;         /* holds the default when parsing starts */
  double lo, hi;        /* range of numbers */
  const char *argument; /* name of the argument in --help */
  const char *help;
} opt_option;

typedef struct
{
  const char *command; /* "compare" */
  const char *usage;   /* what follows it: "[OPTION]... [DATA]" */
  const char *summary; /* one sentence */
  const char *text;    /* paragraphs after the options, or "" */
  const opt_option *options;
  int operands; /* most words that are no options */
} opt_command;

/* As the only word it prints the table for programs, and is in no help:
   `bagdrop --option-table' the commands and what they do,
   `bagdrop COMMAND --option-table' name, letter, argument and help of each
   option, with a tab between them and - where there is none.  */
#define OPT_TABLE "--option-table"

/* Read ARGV[1..], fill the targets and put the operands into OPERAND[0 ..
   c->operands - 1] (NULL where absent).  Returns -1 to go on, otherwise the
   status to exit with: 0 after --help, --version or OPT_TABLE, 2 after an
   error, which was told on stderr.  Every command has --quiet and --verbose
   (tell.h), and tells the seed that --seed random has drawn.  */
int opt_parse (const opt_command *c, int argc, char **argv,
               const char *operand[]);

/* The value of O as text that gives it back; NULL where it was not given and
   has no default.  The caller frees.  */
char *opt_value (const opt_option *o);

/* Usage, options with their defaults, paragraphs, exit status on stdout.  */
void opt_help (const opt_command *c);

/* What OPT_TABLE prints.  */
void opt_table (const opt_command *c);

/* The program's version and what it was built with.  */
void opt_version (FILE *to);

/* "bagdrop COMMAND: sentence" and a hint at --help on stderr; returns 2.  */
int opt_usage_error (const opt_command *c, const char *format, ...)
#if defined __GNUC__
    __attribute__ ((format (printf, 2, 3)))
#endif
    ;

#endif
