#include <config.h>

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
