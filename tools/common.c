#include <config.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/rng.h"
#include "data/levels.h"
#include "data/scenario.h"
#include "data/table.h"
#include "inputs.h"
#include "tell.h"
#include "tools.h"

/* A sample on which cross-validation ranks the networks as their true errors
   over many samples do: single, bagged, dropout, weight decay.  */
#define EMBEDDED_SEED 5

int
tool_fail (const char *command, const bd_error *err)
{
  fprintf (stderr, "bagdrop %s: %s\n", command, err->text);
  return EXIT_FAILURE;
}

size_t
tool_width (void)
{
  struct winsize size;

  if (!isatty (STDOUT_FILENO))
    return 0;
  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) || size.ws_col == 0)
    return 80;
  return size.ws_col;
}

/* True when T has the column called Y and each of those in the list X.  */
static bool
has_columns (const bd_table *t, const char *y, const char *x, bd_error *err)
{
  char word[1024];

  if (y && bd_table_find (t, y, err) == t->columns)
    return false;
  while (x && *x)
    {
      x += strspn (x, " ,");
      size_t length = strcspn (x, ",");
      if (length == 0 || length >= sizeof word)
        break;
      memcpy (word, x, length);
      word[length] = '\0';
      for (size_t k = length; k > 0 && word[k - 1] == ' '; k--)
        word[k - 1] = '\0';
      if (bd_table_find (t, word, err) == t->columns)
        return false;
      x += length;
    }
  return true;
}

bd_dataset *
tool_numbers (bd_dataset *s, bd_error *err)
{
  if (!s || !s->levels)
    return s;
  bd_dataset *to = bd_dataset_numeric (s);
  if (!to)
    BD_FAIL (err, GSL_ENOMEM, "no memory");
  bd_dataset_free (s);
  return to;
}

static bd_dataset *
embedded (bd_error *err)
{
  const bd_scenario *sine = bd_scenario_find ("sine");
  bd_dataset *s
      = bd_scenario_draw (sine, sine->rows, sine->noise, EMBEDDED_SEED);

  if (!s)
    BD_FAIL (err, GSL_ENOMEM, "no memory");
  return s;
}

static bd_dataset *
choose (const bd_table *t, const tool_columns *c, bd_error *err)
{
  size_t y = c->y ? bd_table_find (t, c->y, err) : t->columns - 1;
  bd_dataset_wish w = { .y = c->y,
                        .x = c->x,
                        .without = c->label,
                        .least = c->least,
                        .constant = c->constant };

  if (c->classes && y < t->columns)
    w.classes = c->classes (c->params, t->column[y].level);
  return bd_dataset_choose (t, &w, err);
}

/* Which columns serve, as far as a line holds them.  */
static void
tell_data (const char *file, const bd_dataset *s)
{
  char inputs[256] = "";
  size_t used = 0;

  for (size_t k = 0; k < s->d && used < sizeof inputs - 1; k++)
    used += (size_t)snprintf (inputs + used, sizeof inputs - used, "%s%s",
                              k ? ", " : "", s->x_name[k]);
  tell_step ("read %s: %zu rows, %zu left out; response %s; inputs %s",
             file ? file : "the embedded sine", s->n, s->left_out, s->y_name,
             inputs);
}

bd_dataset *
tool_data (const char *file, const tool_columns *c, bd_table **table,
           int *status, bd_error *err)
{
  bd_table *t = file ? inputs_table (file, err) : NULL;
  bd_dataset *s = NULL;

  *status = EXIT_FAILURE;
  if (!file)
    s = embedded (err);
  else if (t
           && (!has_columns (t, c->y, c->x, err)
               || !has_columns (t, c->label, NULL, err)))
    *status = EXIT_USAGE;
  else if (t)
    s = choose (t, c, err);
  if (s)
    tell_data (file, s);
  if (table && s)
    *table = t;
  else
    bd_table_free (t);
  return s;
}
