/* From the words of the command line to experiments.  */
#include <config.h>

#include <ctype.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "perspective/cast.h"
#include "perspectives.h"
#include "words.h"

#define TABLE_ROWS 400 /* of a table that are trained on */

/* Does WORD look like a choice of experiments and not like a file?  */
static bool
is_choice (const char *word)
{
  return strcmp (word, "all") == 0
         || (*word && word[strspn (word, "0123456789,-")] == '\0'
             && isdigit ((unsigned char)*word));
}

/* The number at *AT, which moves behind it; 0: none of 1 .. 6.  */
static size_t
take_number (const char **at)
{
  char *end;
  unsigned long value = strtoul (*at, &end, 10);
  bool ok = isdigit ((unsigned char)**at) && value <= BD_PERSPECTIVES;

  *at = end;
  return ok ? value : 0;
}

/* "all", "3", "1,4-6".  */
static int
choose_numbers (const opt_command *c, const char *word,
                bool chosen[BD_PERSPECTIVES])
{
  bool all = !word || strcmp (word, "all") == 0;
  const char *at = word;
  char clean[80];

  for (size_t k = 0; k < BD_PERSPECTIVES; k++)
    chosen[k] = all;
  while (!all)
    {
      size_t from = take_number (&at), to = from;
      if (*at == '-')
        {
          at++;
          to = take_number (&at);
        }
      if (!from || to < from || (*at && *at != ','))
        return opt_usage_error (c,
                                "there are six perspectives, 1 to 6; '%s' "
                                "is no choice of them (as 2, 1,3 or 2-4 is)",
                                bd_text_clean (clean, sizeof clean, word));
      for (size_t k = from; k <= to; k++)
        chosen[k - 1] = true;
      if (!*at++)
        break;
    }
  return -1;
}

/* WHICH and DATA, either of which may be missing.  */
static int
choose_operands (const opt_command *c, const char *const operand[2],
                 persp_job *j)
{
  bool first = operand[0] && is_choice (operand[0]);

  if (operand[1] && !first)
    {
      char clean[80];
      return opt_usage_error (c,
                              "'%s' is no choice of perspectives; it stands "
                              "before DATA, as in 2,5 or all",
                              bd_text_clean (clean, sizeof clean, operand[0]));
    }
  j->file = first ? operand[1] : operand[0];
  return choose_numbers (c, first ? operand[0] : NULL, j->chosen);
}

static int
choose_scenario (const opt_command *c, const persp_choices *q, persp_job *j)
{
  bd_perspective_options *o = &j->o;
  int status = word_scenario (c, q->scenario, &o->scenario);

  if (status >= 0)
    return status;
  o->n = q->rows ? q->rows : o->scenario->rows;
  o->noise = gsl_isnan (q->noise) ? o->scenario->noise : q->noise;
  return -1;
}

/* What simulated data have and a table has not, and the other way round.  */
static int
choose_source (const opt_command *c, const persp_choices *q, persp_job *j)
{
  if (!j->file && (q->y || q->x || q->classes))
    return opt_usage_error (c, "-y, -x and --classes are about the columns of "
                               "DATA, which is not there");
  if (!j->file)
    return choose_scenario (c, q, j);
  if (q->scenario || !gsl_isnan (q->noise))
    return opt_usage_error (c,
                            "--%s is for simulated data: it does not go with "
                            "DATA",
                            q->scenario ? "scenario" : "noise");
  j->o.scenario = NULL;
  j->o.n = q->rows ? q->rows : TABLE_ROWS;
  return -1;
}

int
persp_choose (const opt_command *c, const persp_choices *q,
              const char *const operand[2], persp_job *j)
{
  bd_perspective_options *o = &j->o;
  bd_net_options base;
  bd_mask mask;
  bd_error err = { "" };
  int status = choose_operands (c, operand, j);

  if (status < 0)
    status = choose_source (c, q, j);
  if (status >= 0)
    return status;
  o->network = q->network;
  if (q->mask)
    o->mask = q->mask;
  o->R = q->R ? q->R : q->quick ? PERSP_QUICK : o->R;
  o->nets = q->nets ? q->nets : q->quick ? 5 : o->nets;
  o->masks = q->masks ? q->masks : q->quick ? 50 : o->masks;
  if (bd_cast_choose (o, 0, &base, &mask, &err))
    return opt_usage_error (c, "%s", err.text);
  return -1;
}

/* Options that have no effect on the numbers, and what they are spelt out
   as.  */
static bool
idle (const char *name)
{
  static const char *const names[]
      = { "threads",     "output",   "resume", "quick",
          "repetitions", "networks", "masks" };

  for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
    if (strcmp (name, names[k]) == 0)
      return true;
  return false;
}

static void
put_which (FILE *to, const bool chosen[BD_PERSPECTIVES])
{
  size_t count = 0;

  for (size_t k = 0; k < BD_PERSPECTIVES; k++)
    count += chosen[k];
  if (count == BD_PERSPECTIVES)
    {
      fputs ("all", to);
      return;
    }
  for (size_t k = 0, put = 0; k < BD_PERSPECTIVES; k++)
    if (chosen[k])
      fprintf (to, "%s%zu", put++ ? "," : "", k + 1);
}

static void
put_command (FILE *to, const opt_command *c, const persp_job *j)
{
  char option[64];

  fputs ("bagdrop perspectives ", to);
  put_which (to, j->chosen);
  if (j->file)
    word_put (to, j->file[0] == '-' && j->file[1] ? " ./" : " ", j->file);
  for (const opt_option *o = c->options; o->name; o++)
    {
      char *value = idle (o->name) ? NULL : opt_value (o);
      snprintf (option, sizeof option, " --%s%s", o->name,
                o->kind == OPT_FLAG ? "" : " ");
      if (value && o->kind == OPT_FLAG)
        fputs (option, to);
      else if (value)
        word_put (to, option, value);
      free (value);
    }
  fprintf (to, " --repetitions %zu --networks %zu --masks %zu", j->o.R,
           j->o.nets, j->o.masks);
}

static void
put_depends (const void *params, FILE *to)
{
  const bd_perspective_options *o = params;
  char noise[BD_NUMBER_SIZE];

  fprintf (to, "seed %" PRIu64 "\n", o->seed);
  if (o->scenario)
    fprintf (to, "data %s\nnoise %s\n", o->scenario->name,
             bd_number_print (noise, o->noise, 17));
  else
    fprintf (to, "data %016" PRIx64 "\nnoise -\n", checkpoint_data (o->data));
  fprintf (to, "rows %zu\nnetworks %zu\nmasks %zu\n", o->n, o->nets, o->masks);
  checkpoint_put (to, "network", o->network);
  checkpoint_put (to, "mask", o->mask);
}

checkpoint *
persp_records (const persp_choices *q, const persp_job *j, bd_error *err)
{
  const checkpoint_run what = { .command = "perspectives",
                                .file = PERSP_RECORDS,
                                .pieces = "repetitions",
                                .depends = put_depends,
                                .params = &j->o,
                                .strict = q->resume };

  return checkpoint_open (&what, q->dir, err);
}

char *
persp_command (const opt_command *c, const persp_job *j)
{
  char *raw = NULL;
  size_t size;
  FILE *to = open_memstream (&raw, &size);

  if (!to)
    return NULL;
  put_command (to, c, j);
  return word_finish (to, &raw, &size);
}
