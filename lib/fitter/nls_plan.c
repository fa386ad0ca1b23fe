/* The plan of nonlinear least squares: what the user typed, looked at from all
   sides before the first member.  References stand in nls.c.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/number.h"
#include "nls.h"

void
bd_nls_free_plan (void *plan)
{
  free (plan);
}

bd_formula *
bd_nls_formula (const nls_plan *a, double x[], double b[], bd_error *err)
{
  size_t count = 0;
  bd_formula_name *names = calloc (a->d + a->p + 1, sizeof *names);

  if (!names)
    {
      BD_FAIL (err, GSL_ENOMEM, "out of memory");
      return NULL;
    }
  if (a->d == 1)
    names[count++] = (bd_formula_name){ "x", x };
  for (size_t j = 0; j < a->d; j++)
    {
      snprintf (names[count].name, BD_FORMULA_NAME, "x%zu", j + 1);
      names[count++].place = x + j;
    }
  for (size_t j = 0; j < a->p; j++)
    {
      memcpy (names[count].name, a->name[j], BD_FORMULA_NAME);
      names[count++].place = b + j;
    }
  bd_formula *f = bd_formula_new (a->formula, names, count, err);
  free (names);
  return f;
}

/* Whether NAME is x or the number of an input: x1, x2 ... */
static bool
is_input (const char *name)
{
  return name[0] == 'x'
         && strspn (name + 1, "0123456789") == strlen (name + 1);
}

/* Copy LENGTH characters without the spaces around them; false when TO is too
   small.  */
static bool
copy_trimmed (char *to, size_t size, const char *from, size_t length)
{
  for (; length && *from == ' '; length--)
    from++;
  while (length && from[length - 1] == ' ')
    length--;
  if (length >= size)
    return false;
  memcpy (to, from, length);
  to[length] = '\0';
  return true;
}

static int
check_name (const nls_plan *a, const char *name, bd_error *err)
{
  size_t good = strspn (name, "0123456789_abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

  if (!*name || name[good] || (*name >= '0' && *name <= '9'))
    return BD_FAIL (err, GSL_EINVAL,
                    "start: '%s' is not a name: letters, "
                    "digits, _",
                    name);
  if (is_input (name) || strcmp (name, "pi") == 0)
    return BD_FAIL (err, GSL_EINVAL,
                    "start: '%s' is not a parameter: the "
                    "name is taken",
                    name);
  for (size_t j = 0; j < a->p; j++)
    if (strcmp (a->name[j], name) == 0)
      return BD_FAIL (err, GSL_EINVAL, "start: '%s' is given twice", name);
  if (!bd_formula_uses (a->formula, name))
    return BD_FAIL (err, GSL_EINVAL,
                    "start: the formula has no parameter "
                    "'%s'",
                    name);
  return GSL_SUCCESS;
}

/* One "name=value" of LENGTH characters.  */
static int
read_parameter (nls_plan *a, const char *text, size_t length, bd_error *err)
{
  const char *equal = memchr (text, '=', length);
  char value[BD_KNOB_WORD];

  if (!equal)
    return BD_FAIL (err, GSL_EINVAL, "start: '%.*s' is not name=value",
                    (int)length, text);
  size_t before = (size_t)(equal - text);
  if (a->p == NLS_PARAMETERS)
    return BD_FAIL (err, GSL_EINVAL, "start: more than %d parameters",
                    NLS_PARAMETERS);
  if (!copy_trimmed (a->name[a->p], BD_FORMULA_NAME, text, before))
    return BD_FAIL (err, GSL_EINVAL,
                    "start: a name is longer than %d "
                    "characters",
                    BD_FORMULA_NAME - 1);
  int code = check_name (a, a->name[a->p], err);
  if (code)
    return code;
  if (!copy_trimmed (value, sizeof value, equal + 1, length - before - 1)
      || !bd_number_parse (value, &a->start[a->p]))
    return BD_FAIL (err, GSL_EINVAL, "start: not a number: '%s'", value);
  a->p++;
  return GSL_SUCCESS;
}

static int
read_start (nls_plan *a, const char *text, bd_error *err)
{
  if (!*a->formula)
    return BD_FAIL (err, GSL_EINVAL,
                    "nls needs a formula, such as "
                    "nls:formula=\"b1*exp(-b2*x)\",start=\"b1=1,b2=0.1\"");
  if (!*text)
    return BD_FAIL (err, GSL_EINVAL,
                    "nls needs the parameters of its formula "
                    "and where to begin, such as start=\"b1=1,b2=0.1\"");
  while (*text)
    {
      size_t length = strcspn (text, ",");
      int code = read_parameter (a, text, length, err);
      if (code)
        return code;
      text += length + (text[length] == ',');
    }
  if (a->n <= a->p)
    return BD_FAIL (err, GSL_EDOM, "%zu row%s, %zu parameter%s: too few rows",
                    a->n, a->n == 1 ? "" : "s", a->p, a->p == 1 ? "" : "s");
  return GSL_SUCCESS;
}

static int
check_values (nls_work *w, bd_error *err)
{
  const nls_plan *a = w->plan;

  memcpy (w->b, a->start, sizeof w->b);
  for (size_t i = 0; i < a->n; i++)
    {
      bool good = gsl_finite (gsl_vector_get (a->y, i));
      for (size_t j = 0; j < a->d; j++)
        good = good && gsl_finite (gsl_matrix_get (a->X, i, j));
      if (!good)
        return BD_FAIL (err, GSL_EDOM, "row %zu is not finite", i + 1);
      double value = bd_nls_value (w, a->X, i);
      if (!gsl_finite (value))
        return BD_FAIL (err, GSL_EDOM,
                        "the formula gives %s at row %zu with "
                        "the starting values",
                        isnan (value) ? "no number" : "infinity", i + 1);
    }
  return GSL_SUCCESS;
}

/* Whether some row's value changes by more than rounding when parameter J
   does.  */
static bool
matters (nls_work *w, size_t j)
{
  const nls_plan *a = w->plan;
  double b = w->b[j];
  bool changes = false;

  for (size_t i = 0; i < a->n && !changes; i++)
    {
      w->b[j] = b;
      double value = bd_nls_value (w, a->X, i);
      w->b[j] = b + 0.01 * (b == 0 ? 1 : b);
      double change = bd_nls_value (w, a->X, i) - value;
      changes = gsl_finite (value) && !(fabs (change) <= 1e-13 * fabs (value));
    }
  w->b[j] = b;
  return changes;
}

/* Each parameter must change something at the start or, where that is a
   special point (b1*b2 with both 0), away from it.  */
static int
check_dependence (nls_work *w, bd_error *err)
{
  const nls_plan *a = w->plan;

  for (size_t j = 0; j < a->p; j++)
    {
      memcpy (w->b, a->start, sizeof w->b);
      if (matters (w, j))
        continue;
      for (size_t k = 0; k < a->p; k++)
        w->b[k] = 1.3 * w->b[k] + 0.1 + 0.01 * (double)k;
      if (!matters (w, j))
        return BD_FAIL (err, GSL_EDOM,
                        "the formula does not depend on '%s' "
                        "near its start",
                        a->name[j]);
    }
  return GSL_SUCCESS;
}

/* Members begin at the fit to all rows if there is one.  */
static int
fit_all (nls_plan *a, nls_work *w)
{
  double *ones = calloc (a->n, sizeof *ones);

  if (!ones)
    return GSL_ENOMEM;
  for (size_t i = 0; i < a->n; i++)
    ones[i] = 1;
  if (bd_nls_fit (a, w, ones, NULL) == GSL_SUCCESS)
    memcpy (a->first, w->b, sizeof a->first);
  free (ones);
  return GSL_SUCCESS;
}

/* The power of two next above X.  */
static double
power_above (double x)
{
  int exponent = 0;

  frexp (x, &exponent);
  return ldexp (1, GSL_MAX (GSL_MIN (exponent, 1000), -1000));
}

/* Squares of very large and very small numbers leave the range of a double:
   the responses are brought to about 1, and so are parameters of such sizes.
   Others keep theirs, which the second solver makes use of.  */
static void
set_units (nls_plan *a)
{
  double most = 0;

  for (size_t i = 0; i < a->n; i++)
    most = GSL_MAX (most, fabs (gsl_vector_get (a->y, i)));
  a->unit = most > 0 ? 1 / power_above (most) : 1;
  for (size_t j = 0; j < a->p; j++)
    {
      double size = fabs (a->start[j]);
      bool usual = size == 0 || (size > 1e-100 && size < 1e100);
      a->size[j] = usual ? 1 : power_above (size);
    }
}

/* The parts that need memory of their own.  */
static int
complete (nls_plan *a, bd_error *err)
{
  double *x = calloc (a->d, sizeof *x), b[NLS_PARAMETERS] = { 0 };
  bd_formula *f = x ? bd_nls_formula (a, x, b, err) : NULL;
  nls_work *w = f ? bd_nls_work (a) : NULL;
  int code = w ? check_values (w, err) : GSL_EINVAL;

  if (!x || (f && !w))
    code = BD_FAIL (err, GSL_ENOMEM, "out of memory for a fit to %zu rows",
                    a->n);
  if (!code)
    code = check_dependence (w, err);
  if (!code)
    code = fit_all (a, w);
  bd_nls_free_work (w);
  bd_formula_free (f);
  free (x);
  return code;
}

void *
bd_nls_plan (const bd_settings *set, const gsl_matrix *X, const gsl_vector *y,
             const gsl_matrix *P, bd_error *err)
{
  nls_plan *a = calloc (1, sizeof *a);

  if (!a)
    {
      BD_FAIL (err, GSL_ENOMEM, "out of memory");
      return NULL;
    }
  a->n = X->size1;
  a->d = X->size2;
  a->m = P->size1;
  a->X = X;
  a->P = P;
  a->y = y;
  a->iterations = (size_t)set->value[KNOB_ITERATIONS];
  memcpy (a->formula, set->word[KNOB_FORMULA], sizeof a->formula);
  if (!read_start (a, set->word[KNOB_START], err))
    {
      set_units (a);
      memcpy (a->first, a->start, sizeof a->first);
      if (!complete (a, err))
        return a;
    }
  bd_nls_free_plan (a);
  return NULL;
}
