/* muParser through its C interface.  Its evaluation of many rows in one call
   is left alone: it takes twice the time of one call per row (arrays of every
   parameter, threads of its own).  Its texts of errors live in static memory;
   only codes and positions are asked for.  */
#include <config.h>

#include <string.h>

#include "formula.h"

#ifdef HAVE_MUPARSER

#include <gsl/gsl_math.h>
#include <muParserDLL.h>
#include <stdlib.h>

struct bd_formula
{
  muParserHandle_t parser;
};

/* Of muParser's codes those that a sentence of its own helps with.  */
static const struct
{
  int code;
  const char *what;
} known_errors[] = {
  { 0, "an operator is out of place" },
  { 1, "there is no such name or sign" },
  { 2, "something is missing at the end" },
  { 3, "a comma is out of place" },
  { 5, "an operator is missing" },
  { 6, "an operator is missing" },
  { 7, "a bracket is out of place" },
  { 11, "a closing bracket is missing" },
  { 12, "an operator is missing" },
  { 14, "too many arguments of a function" },
  { 15, "too few arguments of a function" },
  { 33, "a ':' is missing" },
  { 34, "a ':' without its '?'" },
  { -1, "it cannot be read" },
};

static int
fail_parse (bd_formula *f, const char *text, bd_error *err)
{
  int code = mupGetErrorCode (f->parser), k = 0;
  size_t length = strlen (text), at = (size_t)mupGetErrorPos (f->parser);

  while (known_errors[k].code >= 0 && known_errors[k].code != code)
    k++;
  at = at < length ? at : length;
  size_t end = at + strcspn (text + at, " +-*/^(),?:<>=!&|\t");
  bool empty = end == at;
  return BD_FAIL (err, GSL_EINVAL, "formula: %s, at position %zu%s%.*s%s",
                  known_errors[k].what, at + 1, empty ? "" : " ('",
                  (int)(end - at), text + at, empty ? "" : "')");
}

/* An assignment would change the data.  */
static int
refuse_assignment (const char *text, bd_error *err)
{
  for (const char *c = strchr (text, '='); c; c = strchr (c + 1, '='))
    {
      if (c[1] == '=')
        c++;
      else if (c == text || !strchr ("<>!", c[-1]))
        return BD_FAIL (err, GSL_EINVAL,
                        "formula: '=' at position %zu: write "
                        "only what stands to the right of y =",
                        (size_t)(c - text) + 1);
    }
  return GSL_SUCCESS;
}

static int
compile (bd_formula *f, const char *text, const bd_formula_name names[],
         size_t count, bd_error *err)
{
  int values = 0;

  mupDefineConst (f->parser, "pi", M_PI);
  for (size_t k = 0; k < count; k++)
    {
      mupDefineVar (f->parser, names[k].name, names[k].place);
      if (mupError (f->parser))
        return BD_FAIL (err, GSL_EINVAL, "'%s' cannot be used as a name",
                        names[k].name);
    }
  mupSetExpr (f->parser, text);
  if (!mupError (f->parser))
    mupEvalMulti (f->parser, &values);
  if (mupError (f->parser))
    return fail_parse (f, text, err);
  if (values != 1)
    return BD_FAIL (err, GSL_EINVAL, "formula: commas make %d formulas of it",
                    values);
  mupEval (f->parser);
  return GSL_SUCCESS;
}

bd_formula *
bd_formula_new (const char *text, const bd_formula_name names[], size_t count,
                bd_error *err)
{
  bd_formula *f = NULL;

  if (refuse_assignment (text, err))
    return NULL;
  f = calloc (1, sizeof *f);
  if (f)
    f->parser = mupCreate (0);
  if (!f || !f->parser)
    BD_FAIL (err, GSL_ENOMEM, "out of memory");
  else if (!compile (f, text, names, count, err))
    return f;
  bd_formula_free (f);
  return NULL;
}

double
bd_formula_value (bd_formula *f)
{
  return mupEval (f->parser);
}

void
bd_formula_free (bd_formula *f)
{
  if (!f)
    return;
  if (f->parser)
    mupRelease (f->parser);
  free (f);
}

#else

bd_formula *
bd_formula_new (const char *text, const bd_formula_name names[], size_t count,
                bd_error *err)
{
  (void)text;
  (void)names;
  (void)count;
  BD_FAIL (err, GSL_EUNSUP,
           "this bagdrop was built without muParser, which "
           "reads formulas");
  return NULL;
}

double
bd_formula_value (bd_formula *f)
{
  (void)f;
  return 0;
}

void
bd_formula_free (bd_formula *f)
{
  (void)f;
}

#endif

#define NAME_CHARACTERS                                                       \
  "0123456789_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

bool
bd_formula_uses (const char *text, const char *name)
{
  size_t length = strlen (name);

  while (*(text += strcspn (text, NAME_CHARACTERS)))
    {
      size_t word = strspn (text, NAME_CHARACTERS);
      if (word == length && memcmp (text, name, length) == 0)
        return true;
      text += word;
    }
  return false;
}
