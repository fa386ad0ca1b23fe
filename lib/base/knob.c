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

void
bd_settings_default (const bd_knob table[], bd_settings *set)
{
  memset (set, 0, sizeof *set);
  bd_knob_defaults (table, set->value);
  for (size_t k = 0; table[k].name; k++)
    if (table[k].word)
      snprintf (set->word[k], BD_KNOB_WORD, "%s", table[k].word);
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

/* "; did you mean 0.95?" where a share was given in per cent.  */
static const char *
as_share (char to[64], double v, double lo, double hi)
{
  bool share = hi <= 1 && v > 1 && v / 100 >= lo && v / 100 <= hi;

  to[0] = '\0';
  if (share)
    snprintf (to, 64, "; did you mean %.10g?", v / 100);
  return to;
}

static int
set_number (const bd_knob *knob, const char *text, double *value,
            bd_error *err)
{
  char share[64];
  double v;

  if (!bd_number_parse (text, &v))
    return BD_FAIL (err, GSL_EINVAL, "%s: not a number: '%s'", knob->name,
                    text);
  if (v < knob->lo || v > knob->hi || (knob->whole && v != floor (v)))
    return BD_FAIL (err, GSL_EINVAL,
                    "%s is %s; it must be a %snumber from "
                    "%.10g to %.10g%s",
                    knob->name, text, knob->whole ? "whole " : "", knob->lo,
                    knob->hi, as_share (share, v, knob->lo, knob->hi));
  *value = v;
  return GSL_SUCCESS;
}

/* One setting, as text: its name and its value without quotes.  */
typedef struct
{
  char name[BD_KNOB_WORD], value[BD_KNOB_WORD];
} setting;

static int
fail_long (bd_error *err)
{
  return BD_FAIL (err, GSL_EINVAL, "a setting is longer than %d characters",
                  BD_KNOB_WORD - 1);
}

static int
read_name (const char **spec, setting *s, bd_error *err)
{
  size_t length = strcspn (*spec, ",=");

  if (length >= sizeof s->name)
    return fail_long (err);
  memcpy (s->name, *spec, length);
  s->name[length] = '\0';
  *spec += length;
  if (**spec != '=')
    return BD_FAIL (err, GSL_EINVAL, "'%s' is not knob=value", s->name);
  ++*spec;
  return GSL_SUCCESS;
}

static int
read_plain (const char **spec, setting *s, bd_error *err)
{
  size_t length = strcspn (*spec, ",");

  if (length >= sizeof s->value)
    return fail_long (err);
  memcpy (s->value, *spec, length);
  s->value[length] = '\0';
  *spec += length;
  return GSL_SUCCESS;
}

static int
read_quoted (const char **spec, setting *s, bd_error *err)
{
  const char *from = *spec + 1;
  size_t length = 0;

  for (; *from && (*from != '"' || from[1] == '"'); from++)
    {
      if (length + 1 >= sizeof s->value)
        return fail_long (err);
      s->value[length++] = *from;
      from += *from == '"';
    }
  s->value[length] = '\0';
  if (!*from)
    return BD_FAIL (err, GSL_EINVAL, "%s: the quote is not closed", s->name);
  *spec = from + 1;
  if (**spec && **spec != ',')
    return BD_FAIL (err, GSL_EINVAL, "%s: there is text after the quote: '%s'",
                    s->name, *spec);
  return GSL_SUCCESS;
}

static int
store (const bd_knob table[], const setting *s, bd_settings *set,
       bd_error *err)
{
  size_t k = bd_knob_find (table, s->name);

  if (!table[k].name)
    return fail_unknown (table, s->name, err);
  if (!table[k].word)
    return set_number (&table[k], s->value, &set->value[k], err);
  memcpy (set->word[k], s->value, sizeof s->value);
  return GSL_SUCCESS;
}

int
bd_knob_parse (const bd_knob table[], const char *spec, bd_settings *set,
               bd_error *err)
{
  bd_settings_default (table, set);
  while (*spec)
    {
      setting s;
      int code = read_name (&spec, &s, err);
      if (!code)
        code = *spec == '"' ? read_quoted (&spec, &s, err)
                            : read_plain (&spec, &s, err);
      if (!code)
        code = store (table, &s, set, err);
      if (code)
        return code;
      spec += *spec == ',';
    }
  return GSL_SUCCESS;
}

int
bd_knob_split (const char *spec, char name[], size_t size, const char **rest,
               bd_error *err)
{
  size_t length = strcspn (spec, ":");

  if (length == 0)
    return BD_FAIL (err, GSL_EINVAL, "a name is missing before '%s'", spec);
  if (length >= size)
    return BD_FAIL (err, GSL_EINVAL,
                    "the name '%.*s' is longer than %zu "
                    "characters",
                    (int)GSL_MIN (length, 60), spec, size - 1);
  memcpy (name, spec, length);
  name[length] = '\0';
  *rest = spec + length + (spec[length] == ':');
  return GSL_SUCCESS;
}
