#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "words.h"

int
word_unknown (const opt_command *c, const char *option, const char *word,
              const char *const names[], const char *kind)
{
  size_t count = 0;
  char clean[80];

  while (names[count])
    count++;
  const char *near = bd_text_nearest (word, names, count);
  bd_text_clean (clean, sizeof clean, word);
  if (near)
    return opt_usage_error (c, "there is no %s '%s'; did you mean '%s'?",
                            option, clean, near);
  return opt_usage_error (c,
                          "there is no %s '%s'; 'bagdrop list %s' names them",
                          option, clean, kind);
}

int
word_split (const opt_command *c, const char *option, const char *spec,
            char name[64], const char **knobs)
{
  bd_error err = { "" };

  if (bd_knob_split (spec, name, 64, knobs, &err))
    return opt_usage_error (c, "--%s: %s", option, err.text);
  return -1;
}

int
word_knobs (const opt_command *c, const char *option, const char *name,
            const bd_knob table[], const char *knobs, bd_settings *set)
{
  bd_error err = { "" };

  if (bd_knob_parse (table, knobs, set, &err))
    return opt_usage_error (c, "--%s %s: %s", option, name, err.text);
  return -1;
}

int
word_resampling (const opt_command *c, const char *spec,
                 const bd_resample_type **type, bd_settings *set)
{
  const char *names[WORD_NAMES] = { NULL }, *knobs;
  char name[64];
  int status = word_split (c, "resample", spec, name, &knobs);

  if (status >= 0)
    return status;
  for (size_t k = 0; bd_resample_types[k] && k + 1 < WORD_NAMES; k++)
    names[k] = bd_resample_types[k]->name;
  *type = bd_resample_find (name);
  if (!*type)
    return word_unknown (c, "resampling", name, names, "resamplings");
  return word_knobs (c, "resample", name, (*type)->knobs, knobs, set);
}

/* One more for LIST, which has COUNT.  */
static int
add_estimator (const opt_command *c, const char *name,
               const bd_estimator *list[], size_t count)
{
  const char *names[BD_ESTIMATORS + 1] = { NULL };

  for (size_t k = 0; bd_estimators[k]; k++)
    names[k] = bd_estimators[k]->name;
  list[count] = bd_estimator_find (name);
  if (!list[count])
    return word_unknown (c, "estimator", name, names, "estimators");
  for (size_t k = 0; k < count; k++)
    if (list[k] == list[count])
      return opt_usage_error (c, "--estimators: '%s' stands there twice",
                              name);
  return -1;
}

int
word_estimators (const opt_command *c, const char *words,
                 const bd_estimator *list[BD_ESTIMATORS + 1])
{
  size_t count = 0;
  int status = -1;

  for (const char *word = words; status < 0 && word; word = strchr (word, ','))
    {
      char name[64];
      word += *word == ',';
      snprintf (name, sizeof name, "%.*s", (int)strcspn (word, ","), word);
      status = add_estimator (c, name, list, count++);
    }
  list[status < 0 ? count : 0] = NULL;
  return status;
}

int
word_scenario (const opt_command *c, const char *name, const bd_scenario **to)
{
  const char *names[WORD_NAMES] = { NULL };

  for (size_t k = 0; bd_scenarios[k].name && k + 1 < WORD_NAMES; k++)
    names[k] = bd_scenarios[k].name;
  *to = bd_scenario_find (name ? name : "sine");
  return *to ? -1 : word_unknown (c, "scenario", name, names, "scenarios");
}

char *
word_finish (FILE *to, char **raw, const size_t *size)
{
  char *clean = NULL;

  if (fclose (to) == 0 && *raw && (clean = malloc (3 * *size + 1)))
    bd_text_clean (clean, 3 * *size + 1, *raw);
  free (*raw);
  return clean;
}

void
word_put (FILE *to, const char *option, const char *word)
{
  static const char plain[] = "abcdefghijklmnopqrstuvwxyz_./,:=+@%-"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  fputs (option, to);
  if (*word && word[strspn (word, plain)] == '\0')
    {
      fputs (word, to);
      return;
    }
  fputc ('\'', to);
  for (; *word; word++)
    if (*word == '\'')
      fputs ("'\\''", to);
    else
      fputc (*word, to);
  fputc ('\'', to);
}
