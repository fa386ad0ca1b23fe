#include <config.h>

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "ensemble/run.h"
#include "opt.h"
#include "ranks.h"
#include "tell.h"

#define OPTIONS_MAX 48
/* What getopt_long returns for long options: no letter.  */
enum
{
  HELP = 1000,
  VERSION_ONLY,
  QUIET,
  VERBOSE,
  LONG
};

int
opt_usage_error (const opt_command *c, const char *format, ...)
{
  char raw[BD_ERROR_SIZE], text[BD_ERROR_SIZE];
  va_list ap;

  va_start (ap, format);
  vsnprintf (raw, sizeof raw, format, ap);
  va_end (ap);
  fprintf (stderr, "bagdrop %s: %s\nTry 'bagdrop %s --help'.\n", c->command,
           bd_text_clean (text, sizeof text, raw), c->command);
  return 2;
}

/* A whole number between lo and hi, every digit of it.  */
static bool
whole_number (const char *text, uint64_t *value)
{
  char *end;

  if (!isdigit ((unsigned char)*text))
    return false;
  errno = 0;
  *value = strtoull (text, &end, 10);
  return *end == '\0' && errno == 0;
}

/* "1000", or "1:250" for a part of them.  */
static int
set_members (const opt_command *c, const opt_option *o, const char *text)
{
  opt_members *m = o->target;
  const char *colon = strchr (text, ':');
  char from[32] = "";
  uint64_t one = 1, last = 0;
  bool ok = whole_number (colon ? colon + 1 : text, &last);

  if (colon)
    {
      snprintf (from, sizeof from, "%.*s", (int)(colon - text), text);
      ok = whole_number (from, &one) && ok;
    }
  if (!ok || (double)last > o->hi || one < 1 || one > last
      || (!colon && (double)last < o->lo))
    return opt_usage_error (c,
                            "--%s is '%s'; it must be a whole number from "
                            "%.10g to %.10g, or FROM:TO with 1 <= FROM <= TO",
                            o->name, text, o->lo, o->hi);
  if (colon)
    m->from = (size_t)one;
  *(colon ? &m->to : &m->total) = (size_t)last;
  return -1;
}

/* The seed that chance has chosen, NULL where the user did.  */
static const uint64_t *random_seed;

static int
set_seed (const opt_command *c, const opt_option *o, const char *text)
{
  uint64_t seed;

  random_seed = NULL;
  if (strcmp (text, "random") == 0)
    {
      if (ranks_count () > 1)
        return opt_usage_error (c, "--seed random would be another one in "
                                   "each process; name one");
      if (getentropy (&seed, sizeof seed))
        return opt_usage_error (c, "--seed random: this system has no random "
                                   "numbers; name a seed");
      random_seed = o->target;
    }
  else if (!whole_number (text, &seed))
    return opt_usage_error (c,
                            "--%s is '%s'; it must be a whole number below "
                            "2^64, or random",
                            o->name, text);
  *(uint64_t *)o->target = seed;
  return -1;
}

static int
set_number (const opt_command *c, const opt_option *o, const char *text)
{
  uint64_t whole = 0;
  double real = 0;
  bool ok = o->kind == OPT_REAL ? bd_number_parse (text, &real)
                                : whole_number (text, &whole);

  if (o->kind != OPT_REAL)
    real = (double)whole;
  if (!ok || real < o->lo || real > o->hi)
    return opt_usage_error (c,
                            "--%s is '%s'; it must be a %snumber from "
                            "%.10g to %.10g",
                            o->name, text, o->kind == OPT_REAL ? "" : "whole ",
                            o->lo, o->hi);
  if (o->kind == OPT_REAL)
    *(double *)o->target = real;
  else if (o->kind == OPT_SIZE)
    *(size_t *)o->target = (size_t)whole;
  else
    *(int *)o->target = (int)whole;
  return -1;
}

static int
set_option (const opt_command *c, const opt_option *o, const char *text)
{
  if (o->kind == OPT_FLAG)
    {
      *(bool *)o->target = true;
      return -1;
    }
  if (o->kind == OPT_TEXT)
    {
      *(const char **)o->target = text;
      return -1;
    }
  if (o->kind == OPT_MEMBERS)
    return set_members (c, o, text);
  if (o->kind == OPT_SEED)
    return set_seed (c, o, text);
  return set_number (c, o, text);
}

/* getopt's two tables.  */
static void
getopt_tables (const opt_command *c, char letters[], struct option table[])
{
  int count = 0;
  char *l = letters;

  *l++ = ':';
  for (const opt_option *o = c->options; o->name; o++, count++)
    {
      table[count] = (struct option){ o->name,
                                      o->kind == OPT_FLAG ? no_argument
                                                          : required_argument,
                                      NULL, LONG + count };
      if (!o->letter)
        continue;
      *l++ = o->letter;
      if (o->kind != OPT_FLAG)
        *l++ = ':';
    }
  strcpy (l, "hV");
  table[count] = (struct option){ "help", no_argument, NULL, HELP };
  table[count + 1]
      = (struct option){ "version", no_argument, NULL, VERSION_ONLY };
  table[count + 2] = (struct option){ "quiet", no_argument, NULL, QUIET };
  table[count + 3] = (struct option){ "verbose", no_argument, NULL, VERBOSE };
  memset (&table[count + 4], 0, sizeof table[0]);
}

static int
unknown_option (const opt_command *c, char **argv)
{
  const char *names[OPTIONS_MAX + 4], *word = argv[optind - 1];
  char plain[64];
  size_t count = 0;

  /* In -xyz the word that holds the letter may not be passed yet.  */
  if (optopt && optopt < HELP)
    return opt_usage_error (c, "there is no option -%c", optopt);
  for (const opt_option *o = c->options; o->name; o++)
    names[count++] = o->name;
  names[count++] = "help";
  names[count++] = "version";
  names[count++] = "quiet";
  names[count++] = "verbose";
  snprintf (plain, sizeof plain, "%.*s", (int)strcspn (word + 2, "="),
            word + 2);
  for (size_t k = 0; k < count; k++)
    if (strcmp (plain, names[k]) == 0)
      return opt_usage_error (c, "--%s takes no value", plain);
  const char *near = bd_text_nearest (plain, names, count);
  return opt_usage_error (c,
                          "there is no option --%s, or it is ambiguous"
                          "%s%s%s",
                          plain, near ? "; did you mean --" : "",
                          near ? near : "", near ? "?" : "");
}

static const opt_option *
by_letter (const opt_command *c, int letter)
{
  for (const opt_option *o = c->options; o->name; o++)
    if (o->letter == letter)
      return o;
  return NULL;
}

static int
take_operands (const opt_command *c, int argc, char **argv,
               const char *operand[])
{
  for (int k = 0; k < c->operands; k++)
    operand[k] = optind + k < argc ? argv[optind + k] : NULL;
  if (argc - optind > c->operands)
    return opt_usage_error (c, "one word too many: '%s'",
                            argv[optind + c->operands]);
  return -1;
}

/* A random seed, so that it can be given again, and what all commands have. */
static void
tell_settings (const opt_command *c)
{
  if (random_seed)
    tell_note ("seed %llu", (unsigned long long)*random_seed);
  for (const opt_option *o = c->options; o->name; o++)
    if (o->kind == OPT_SEED)
      tell_step ("seed %llu", (unsigned long long)*(uint64_t *)o->target);
    else if (o->kind == OPT_INT && strcmp (o->name, "threads") == 0)
      tell_step ("%d threads", *(int *)o->target > 0 ? *(int *)o->target
                                                     : bd_run_threads ());
}

int
opt_parse (const opt_command *c, int argc, char **argv, const char *operand[])
{
  char letters[2 * OPTIONS_MAX + 4];
  struct option table[OPTIONS_MAX + 5];
  int got;

  /* No option of getopt's, lest --option-table make --o ambiguous.  */
  if (argc == 2 && strcmp (argv[1], OPT_TABLE) == 0)
    {
      opt_table (c);
      return 0;
    }
  tell_begin (c->command);
  random_seed = NULL;
  getopt_tables (c, letters, table);
  opterr = 0;
  optind = 0; /* start anew, behind the sub-command */
  while ((got = getopt_long (argc, argv, letters, table, NULL)) != -1)
    {
      int status = -1;
      if (got == 'h' || got == HELP)
        {
          opt_help (c);
          return 0;
        }
      if (got == 'V' || got == VERSION_ONLY)
        {
          opt_version (stdout);
          return 0;
        }
      if (got == QUIET || got == VERBOSE)
        {
          *(got == QUIET ? &tell_is_quiet : &tell_is_verbose) = true;
          continue;
        }
      if (got == ':')
        return opt_usage_error (c, "%s needs a value", argv[optind - 1]);
      if (got == '?')
        return unknown_option (c, argv);
      const opt_option *o
          = got >= LONG ? &c->options[got - LONG] : by_letter (c, got);
      if (o)
        status = set_option (c, o, optarg);
      if (status >= 0)
        return status;
    }
  int status = take_operands (c, argc, argv, operand);
  if (status < 0 && tell_is_quiet && tell_is_verbose)
    status = opt_usage_error (c, "--quiet and --verbose do not go together");
  if (status < 0)
    tell_settings (c);
  return status;
}
