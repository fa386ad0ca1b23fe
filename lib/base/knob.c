#include <config.h>

#include <gsl/gsl_math.h>
#include <stdio.h>
#include <string.h>

#include "knob.h"
#include "number.h"
#include "text.h"

void
bd_knob_defaults (const bd_knob table[], double value[])
{
  for (size_t k = 0; table[k].name; k++)
    value[k] = table[k].value;
}

size_t
bd_knob_find (const bd_knob table[], const char *name)
{
  size_t k = 0;
  while (table[k].name && strcmp (table[k].name, name) != 0)
    k++;
  return k;
}

static int
fail_unknown (const bd_knob table[], const char *name, bd_error *err)
{
  const char *names[BD_KNOB_MAX];
  size_t count = 0;

  for (; table[count].name && count < BD_KNOB_MAX; count++)
    names[count] = table[count].name;
  const char *near = bd_text_nearest (name, names, count);
  return BD_FAIL (err, GSL_EINVAL, "no knob is called '%s'%s%s%s", name,
                  near ? "; did you mean '" : "", near ? near : "",
                  near ? "'?" : "");
}

static int
set_one (const bd_knob *knob, const char *text, double *value, bd_error *err)
{
  double v;

  if (!bd_number_parse (text, &v))
    return BD_FAIL (err, GSL_EINVAL, "%s: not a number: '%s'", knob->name,
                    text);
  if (v < knob->lo || v > knob->hi || (knob->whole && v != floor (v)))
    return BD_FAIL (err, GSL_EINVAL, "%s is %s; it must be a %snumber from "
                    "%g to %g", knob->name, text, knob->whole ? "whole " : "",
                    knob->lo, knob->hi);
  *value = v;
  return GSL_SUCCESS;
}

int
bd_knob_parse (const bd_knob table[], const char *spec, double value[],
               bd_error *err)
{
  bd_knob_defaults (table, value);
  while (*spec)
    {
      char word[128];
      size_t length = strcspn (spec, ",");
      if (length >= sizeof word)
        return BD_FAIL (err, GSL_EINVAL, "a setting is longer than %zu "
                        "characters", sizeof word - 1);
      memcpy (word, spec, length);
      word[length] = '\0';
      spec += length + (spec[length] == ',');
      char *equal = strchr (word, '=');
      if (!equal)
        return BD_FAIL (err, GSL_EINVAL, "'%s' is not knob=value", word);
      *equal = '\0';
      size_t k = bd_knob_find (table, word);
      if (!table[k].name)
        return fail_unknown (table, word, err);
      int code = set_one (&table[k], equal + 1, &value[k], err);
      if (code)
        return code;
    }
  return GSL_SUCCESS;
}
