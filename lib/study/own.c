#include <config.h>

#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/number.h"
#include "../base/text.h"
#include "../net/fitter_net.h"
#include "own.h"

/* The item being read.  */
typedef struct
{
  bd_kind kind; /* BD_SCALING: both rows of a dropout network */
  const bd_fitter_type *fitter;
  bool dropout, tuned; /* units are left out, at a rate that is tuned */
  char knobs[128];     /* of the fitter */
  char told[128];      /* as the user wrote them */
  size_t members;      /* 0: not said */
} item;

const bd_method *
bd_own_method (const bd_own *own, size_t k)
{
  if (k < BD_METHODS)
    return &bd_methods[k];
  return own && k - BD_METHODS < own->count ? &own->method[k - BD_METHODS]
                                            : NULL;
}

size_t
bd_own_find (const bd_own *own, const char *name)
{
  for (size_t k = 0; name && k < BD_COMPARED; k++)
    {
      const bd_method *q = bd_own_method (own, k);
      if (q && strcmp (q->name, name) == 0)
        return k;
    }
  return BD_COMPARED;
}

/* Append WORD to the list TO; false if it does not fit.  */
static bool
append (char to[128], const char *word)
{
  size_t used = strlen (to);
  int more = snprintf (to + used, 128 - used, "%s%s", used ? "," : "", word);
  return more >= 0 && used + (size_t)more < 128;
}

/* Length of the piece at AT: up to a separator outside quotes.  */
static size_t
piece (const char *at)
{
  bool quoted = false;
  size_t length = 0;

  for (; at[length] && (quoted || !strchr (",;", at[length])); length++)
    if (at[length] == '"')
      quoted = !quoted;
  return length;
}

static int
fail_fitter (const char *name, bd_error *err)
{
  const char *names[64];
  size_t count = 0;

  while (count < 63 && bd_fitter_types[count])
    {
      names[count] = bd_fitter_types[count]->name;
      count++;
    }
  const char *near = bd_text_nearest (name, names, count);
  return BD_FAIL (err, GSL_EINVAL, "no fitter is called '%s'%s%s%s", name,
                  near ? "; did you mean '" : "", near ? near : "",
                  near ? "'?" : "");
}

/* "rate=0.1", "rate=auto" of what is dropped.  */
static int
take_rate (item *a, const char *value, bd_error *err)
{
  char knob[64];
  double rate;

  a->tuned = strcmp (value, "auto") == 0;
  if (a->tuned)
    return GSL_SUCCESS;
  if (!bd_number_parse (value, &rate) || !(rate > 0) || rate > 0.99)
    return BD_FAIL (err, GSL_EINVAL,
                    "rate=%s: the dropout rate is a number above 0, up to "
                    "0.99, or 'auto'",
                    value);
  snprintf (knob, sizeof knob, "dropout=%s", value);
  return append (a->knobs, knob)
             ? GSL_SUCCESS
             : BD_FAIL (err, GSL_EINVAL, "the knobs are too long");
}

static int
take_knob (item *a, const char *word, bd_error *err)
{
  double members;

  if (!append (a->told, word))
    return BD_FAIL (err, GSL_EINVAL, "the knobs are too long");
  if (a->dropout && strncmp (word, "rate=", 5) == 0)
    return take_rate (a, word + 5, err);
  if (strncmp (word, "B=", 2) != 0)
    return append (a->knobs, word)
               ? GSL_SUCCESS
               : BD_FAIL (err, GSL_EINVAL, "the knobs are too long");
  if (a->kind == BD_SINGLE)
    return BD_FAIL (err, GSL_EINVAL, "%s: a single fit has no members", word);
  if (!bd_number_parse (word + 2, &members) || members != floor (members)
      || members < 2 || members > 100000)
    return BD_FAIL (err, GSL_EINVAL, "%s: from 2 to 100000 members", word);
  a->members = (size_t)members;
  return GSL_SUCCESS;
}

/* WORD, "KIND:REST", begins an item.  */
static int
begin (item *a, const char *word, bd_error *err)
{
  const char *rest = strchr (word, ':') + 1;
  size_t kind = (size_t)(rest - word);
  char name[64];

  *a = (item){ .kind = BD_SINGLE };
  if (strncmp (word, "dropout:", kind) == 0)
    {
      a->kind = BD_SCALING;
      a->fitter = &bd_fitter_net;
      a->dropout = a->tuned = true;
      return *rest ? take_knob (a, rest, err) : GSL_SUCCESS;
    }
  if (strncmp (word, "bag:", kind) == 0)
    a->kind = BD_BAGGING;
  else if (strncmp (word, "single:", kind) != 0)
    return BD_FAIL (err, GSL_EINVAL,
                    "'%.*s' is none of single:, bag: and dropout:", (int)kind,
                    word);
  size_t length = strcspn (rest, ":");
  snprintf (name, sizeof name, "%.*s", (int)length, rest);
  a->dropout = a->tuned
      = a->kind == BD_BAGGING && strcmp (name, "net+dropout") == 0;
  a->fitter = a->dropout ? &bd_fitter_net : bd_fitter_find (name);
  if (!a->fitter)
    return fail_fitter (name, err);
  return rest[length] ? take_knob (a, rest + length + 1, err) : GSL_SUCCESS;
}

/* What the row of A, of KIND, is called, by the title FITTER of what it fits.
 */
static void
put_title (char to[200], const item *a, bd_kind kind, const char *fitter)
{
  static const char *const after[]
      = { [BD_SCALING] = ", weight scaling", [BD_DROPOUT] = ", random masks" };
  bool pair = kind == BD_SCALING || kind == BD_DROPOUT;
  const char *before = kind != BD_BAGGING ? ""
                       : a->dropout       ? "bagged dropout "
                                          : "bagged ";

  snprintf (to, 200, "%s%s%s%s%s%s", before, pair ? "dropout" : fitter,
            pair ? after[kind] : "", *a->told ? " (" : "", a->told,
            *a->told ? ")" : "");
}

/* One row of A, of KIND.  */
static int
add (bd_own *own, const item *a, bd_kind kind, bd_error *err)
{
  static const char *const letters[] = { [BD_SINGLE] = "single:",
                                         [BD_BAGGING] = "bag:",
                                         [BD_SCALING] = "dropout:",
                                         [BD_DROPOUT] = "mc-dropout:" };
  const bd_method *grid = bd_method_find ("mc-dropout");
  size_t k = own->count;
  bool pair = kind == BD_SCALING || kind == BD_DROPOUT,
       bag = kind == BD_BAGGING;
  bd_settings set;
  bd_error why = { "" };

  if (k == BD_OWN)
    return BD_FAIL (err, GSL_EINVAL, "at most %d rows of one's own", BD_OWN);
  strcpy (own->knobs[k], a->knobs);
  snprintf (own->name[k], sizeof own->name[k], "%s%s%s%s%s", letters[kind],
            pair ? "" : a->fitter->name, bag && a->dropout ? "+dropout" : "",
            pair || !*a->told ? "" : ",", a->told);
  const bd_fitter_type *classes = a->fitter->classes;
  put_title (own->title[k], a, kind, a->fitter->title);
  put_title (own->class_title[k], a, kind,
             classes ? classes->title : a->fitter->title);
  bd_method *q = &own->method[k];
  *q = (bd_method){ .name = own->name[k],
                    .title = own->title[k],
                    .class_title = own->class_title[k],
                    .kind = kind,
                    .fitter = a->fitter,
                    .knobs = own->knobs[k],
                    .inner = a->fitter == &bd_fitter_net ? 3 : 5,
                    .members = a->members,
                    .own = true };
  if (a->dropout && a->tuned)
    {
      q->tuned = grid->tuned;
      q->values = grid->values;
      memcpy (q->grid, grid->grid, sizeof q->grid);
    }
  if (bd_own_find (own, q->name) < BD_COMPARED)
    return BD_FAIL (err, GSL_EINVAL, "%s is there twice", q->name);
  own->count++;
  int code = bd_method_settings (q, NULL, &set, &why);
  return code ? BD_FAIL (err, code, "%s: %s", q->name, why.text) : code;
}

static int
end (bd_own *own, const item *a, bd_error *err)
{
  int code = a->fitter ? add (own, a, a->kind, err) : GSL_SUCCESS;

  return !code && a->fitter && a->kind == BD_SCALING
             ? add (own, a, BD_DROPOUT, err)
             : code;
}

/* What each is meant to improve: the single fit with the same knobs.  */
static void
find_bases (bd_own *own, const bool chosen[BD_COMPARED])
{
  for (size_t k = 0; k < own->count; k++)
    for (size_t j = 0; j < BD_COMPARED && own->method[k].kind != BD_SINGLE;
         j++)
      {
        const bd_method *q = bd_own_method (own, j);
        char bare[128];
        snprintf (bare, sizeof bare, "%s", own->knobs[k]);
        char *rate = strstr (bare, "dropout=");
        if (rate && rate > bare)
          rate[-1] = '\0';
        else if (rate)
          *rate = '\0';
        if (q && chosen[j] && q->kind == BD_SINGLE && !q->tuned
            && q->fitter == own->method[k].fitter
            && strcmp (q->knobs, bare) == 0)
          own->method[k].base = q->name;
      }
}

/* One piece of the list.  */
static int
take (bd_own *own, item *a, const char *word, bool chosen[BD_COMPARED],
      bd_error *err)
{
  bool names[BD_METHODS];
  const char *equals = strchr (word, '='), *colon = strchr (word, ':');
  int code;

  if (equals && !(colon && colon < equals))
    return a->fitter ? take_knob (a, word, err)
                     : BD_FAIL (err, GSL_EINVAL,
                                "'%s' is a knob of nothing; items are "
                                "single:FITTER, bag:FITTER and dropout:",
                                word);
  if ((code = end (own, a, err)))
    return code;
  *a = (item){ .fitter = NULL };
  if (colon)
    return begin (a, word, err);
  code = bd_methods_parse (word, names, err);
  for (size_t k = 0; !code && k < BD_METHODS; k++)
    chosen[k] = chosen[k] || names[k];
  return code;
}

int
bd_own_parse (const char *list, bool chosen[BD_COMPARED], bd_own *own,
              bd_error *err)
{
  item a = { .fitter = NULL };
  int code = GSL_SUCCESS;

  own->count = 0;
  for (size_t k = 0; k < BD_COMPARED; k++)
    chosen[k] = false;
  for (const char *at = list; !code; at++)
    {
      char word[128], clean[128];
      at += strspn (at, " ");
      size_t length = piece (at);
      if (length >= sizeof word)
        return BD_FAIL (err, GSL_EINVAL, "an item is too long");
      memcpy (word, at, length);
      word[length] = '\0';
      bd_text_clean (clean, sizeof clean, word);
      code = take (own, &a, clean, chosen, err);
      at += length;
      if (!*at)
        break;
    }
  if (!code)
    code = end (own, &a, err);
  for (size_t k = 0; k < own->count; k++)
    chosen[BD_METHODS + k] = true;
  if (!code)
    find_bases (own, chosen);
  return code;
}
