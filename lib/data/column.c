#include <config.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/number.h"
#include "../base/text.h"
#include "cell.h"
#include "column.h"

#define LISTED 20 /* names that a message lists at most */

/* A first line of what stands for numbers is no header: to take it for one
   would lose a row.  */
bool
bd_column_header (const bd_csv *c)
{
  for (size_t j = 0; j < c->count; j++)
    {
      const char *text = c->text + c->cell[j].start;
      if (!bd_cell_missing (text) && !bd_cell_numeric (text))
        return true;
    }
  return false;
}

const char *
bd_column_shown (const bd_table *t, size_t j, char to[BD_COLUMN_SHOWN])
{
  return bd_text_clean (to, BD_COLUMN_SHOWN, t->column[j].name);
}

size_t
bd_column_line (const bd_table *t)
{
  return t->names_line ? t->names_line : t->line[0];
}

/* The number that WORD is, counted from 1, or 0.  */
static size_t
column_number (const char *word)
{
  size_t number = 0;

  if (word[strspn (word, "0123456789")] != '\0')
    return 0;
  for (; *word && number <= BD_TABLE_COLUMNS; word++)
    number = 10 * number + (size_t)(*word - '0');
  return number;
}

/* The name of column J as a list of names has it: one with a comma is quoted
   and has its number, by which alone a list of inputs can name it.  */
static void
list_name (const bd_table *t, size_t j, char *to, size_t size)
{
  char shown[BD_COLUMN_SHOWN];

  bd_column_shown (t, j, shown);
  if (strchr (shown, ','))
    snprintf (to, size, "'%s' (number %zu)", shown, j + 1);
  else
    snprintf (to, size, "%s", shown);
}

/* The names as "a, b, c", as far as SIZE bytes and LISTED names reach.  */
static char *
list_names (const bd_table *t, char *to, size_t size)
{
  size_t used = 0;

  to[0] = '\0';
  for (size_t j = 0; j < t->columns && j < LISTED; j++)
    {
      char shown[BD_COLUMN_SHOWN + 32];
      list_name (t, j, shown, sizeof shown);
      if (used + strlen (shown) + sizeof ", ..." > size)
        break;
      used += (size_t)snprintf (to + used, size - used, "%s%s", j ? ", " : "",
                                shown);
      if (j + 1 == t->columns)
        return to;
    }
  strcpy (to + used, ", ...");
  return to;
}

static const char *
nearest (const bd_table *t, const char *word)
{
  const char *best = NULL, **name = malloc (t->columns * sizeof *name);

  if (name)
    {
      for (size_t j = 0; j < t->columns; j++)
        name[j] = t->column[j].name;
      best = bd_text_nearest (word, name, t->columns);
    }
  free (name);
  return best;
}

/* What a message about an unknown column offers instead.  */
static char *
offer (const bd_table *t, const char *word, char *to, size_t size)
{
  char shown[BD_COLUMN_SHOWN];
  const char *near = NULL;

  if (t->names_line && t->columns <= LISTED)
    {
      memcpy (to, "the columns are ", sizeof "the columns are ");
      list_names (t, to + strlen (to), size - strlen (to));
      return to;
    }
  if (t->names_line)
    near = nearest (t, word);
  if (near)
    snprintf (to, size, "did you mean '%s'?",
              bd_text_clean (shown, sizeof shown, near));
  else
    snprintf (to, size, "the columns have the numbers 1 to %zu", t->columns);
  return to;
}

static void
fail_unknown (const bd_table *t, const char *word, bd_error *err)
{
  char names[BD_ERROR_SIZE / 2], shown[BD_COLUMN_SHOWN];

  BD_FAIL (err, GSL_EINVAL, "%s:%zu:1: no column is called '%s'; %s",
           t->source, bd_column_line (t),
           bd_text_clean (shown, sizeof shown, word),
           offer (t, word, names, sizeof names));
}

static void
fail_twice (const bd_table *t, size_t j, size_t k, bd_error *err)
{
  char shown[BD_COLUMN_SHOWN];

  BD_FAIL (err, GSL_EINVAL,
           "%s:%zu:%zu: columns %zu and %zu are both called '%s'; choose by "
           "number",
           t->source, bd_column_line (t), t->column[k].at, j + 1, k + 1,
           bd_column_shown (t, j, shown));
}

/* The first column called NAME; *SECOND is the next one.  */
static size_t
find_name (const bd_table *t, const char *name, size_t *second)
{
  size_t found = t->columns;

  *second = t->columns;
  for (size_t j = t->columns; j-- > 0;)
    if (strcmp (t->column[j].name, name) == 0)
      {
        *second = found;
        found = j;
      }
  return found;
}

size_t
bd_column_named (const bd_table *t, const char *name, bd_error *err)
{
  size_t second, found = find_name (t, name, &second);

  if (found == t->columns)
    fail_unknown (t, name, err);
  if (second == t->columns)
    return found;
  fail_twice (t, found, second, err);
  return t->columns;
}

size_t
bd_table_find (const bd_table *t, const char *word, bd_error *err)
{
  size_t second, number = column_number (word);

  if (*word && find_name (t, word, &second) < t->columns)
    return bd_column_named (t, word, err);
  if (number >= 1 && number <= t->columns)
    return number - 1;
  fail_unknown (t, word, err);
  return t->columns;
}

/* Equal for ASCII letters of either case.  */
static bool
same_word (const char *a, const char *b)
{
  for (; *a && *b; a++, b++)
    {
      char x = *a >= 'A' && *a <= 'Z' ? (char)(*a - 'A' + 'a') : *a;
      if (x != *b)
        return false;
    }
  return *a == *b;
}

/* What to do about a cell that says TEXT.  */
static const char *
advice (const char *text)
{
  static const char *const absent[]
      = { "nan",      "+nan",      "-nan",      "inf", "+inf", "-inf",
          "infinity", "+infinity", "-infinity", "n/a", "na",   "null",
          "none",     "?",         "-",         ".",   "--",   "missing" };

  for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
    if (same_word (text, absent[i]))
      return " (leave the cell empty for a missing value)";
  return bd_cell_comma (text) ? " (a decimal point is needed)" : "";
}

static bool
is_not_finite (const char *text)
{
  char *end;
  double value = strtod (text, &end);

  return end != text && *end == '\0' && !gsl_finite (value);
}

bool
bd_column_fault (const bd_table *t, size_t j, char to[BD_ERROR_SIZE])
{
  const bd_column *k = &t->column[j];
  char shown[BD_COLUMN_SHOWN];

  bd_column_shown (t, j, shown);
  if (k->bad)
    snprintf (to, BD_ERROR_SIZE,
              "%s:%zu:%zu: not a %snumber: '%s' in column '%s'%s", t->source,
              k->bad_line, k->bad_at,
              is_not_finite (k->bad_text) ? "finite " : "", k->bad_text, shown,
              advice (k->bad_text));
  else if (k->missing == t->rows)
    snprintf (to, BD_ERROR_SIZE,
              "%s:%zu:%zu: column '%s' has no values (every cell is missing)",
              t->source, bd_column_line (t), k->at, shown);
  else
    return false;
  return true;
}

bool
bd_column_constant (const bd_table *t, size_t j, const size_t row[],
                    size_t count)
{
  const double *value = t->column[j].value;
  double first = GSL_NAN;

  for (size_t i = 0; i < count; i++)
    {
      double v = value[row ? row[i] : i];
      if (gsl_isnan (first))
        first = v;
      if (v < first || v > first)
        return false;
    }
  return true;
}

size_t *
bd_column_codes (const bd_table *t, size_t j, const size_t row[], size_t count,
                 size_t *levels)
{
  const bd_column *k = &t->column[j];
  size_t *code = malloc ((k->levels + 1) * sizeof *code);

  *levels = 0;
  for (size_t l = 0; code && l < k->levels; l++)
    code[l] = BD_COLUMN_ABSENT;
  for (size_t i = 0; code && i < count; i++)
    {
      double v = k->value[row ? row[i] : i];
      if (!gsl_isnan (v))
        code[(size_t)v] = 0;
    }
  for (size_t l = 0; code && l < k->levels; l++)
    if (code[l] == 0)
      code[l] = (*levels)++;
  return code;
}

void
bd_column_constant_text (const bd_table *t, size_t j, size_t i,
                         const char *where, char to[BD_ERROR_SIZE])
{
  const bd_column *k = &t->column[j];
  char shown[BD_COLUMN_SHOWN], value[BD_COLUMN_SHOWN];

  if (k->level)
    bd_text_clean (value, sizeof value, k->level[(size_t)k->value[i]].text);
  else
    bd_number_print (value, k->value[i], 6);
  snprintf (to, BD_ERROR_SIZE,
            "%s:%zu:%zu: column '%s' is constant%s (every value is %s%s%s)",
            t->source, bd_column_line (t), k->at,
            bd_column_shown (t, j, shown), where, k->level ? "'" : "", value,
            k->level ? "'" : "");
}

int
bd_table_check_column (const bd_table *t, size_t j, bd_error *err)
{
  char text[BD_ERROR_SIZE];
  size_t i = 0;

  if (bd_column_fault (t, j, text))
    return BD_FAIL (err, GSL_EINVAL, "%s", text);
  if (!bd_column_constant (t, j, NULL, t->rows))
    return GSL_SUCCESS;
  while (gsl_isnan (t->column[j].value[i]))
    i++;
  bd_column_constant_text (t, j, i, "", text);
  return BD_FAIL (err, GSL_EINVAL, "%s", text);
}
