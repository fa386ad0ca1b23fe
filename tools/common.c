#include <config.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/rng.h"
#include "data/levels.h"
#include "data/scenario.h"
#include "data/table.h"
#include "inputs.h"
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

static double
now (void)
{
  struct timespec t;
  clock_gettime (CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef struct
{
  double start, shown;
} progress_state;

static void
tell (void *params, double done, double total)
{
  progress_state *s = params;
  double time = now ();

  if (s->start == 0)
    s->start = time;
  if (done >= total)
    {
      if (s->shown > 0)
        fputs ("\r\033[K", stderr);
      return;
    }
  if (time - s->start < 1 || time - s->shown < 0.1)
    return;
  double left = (time - s->start) * (total - done) / done;
  fprintf (stderr, "\r%3.0f %%, about %.0f s left \033[K", 100 * done / total,
           left);
  s->shown = time;
}

bd_progress
tool_progress (void)
{
  static progress_state state;

  state = (progress_state){ .start = now () };
  if (!isatty (STDERR_FILENO))
    return (bd_progress){ NULL, NULL };
  return (bd_progress){ tell, &state };
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
  if (table && s)
    *table = t;
  else
    bd_table_free (t);
  return s;
}
