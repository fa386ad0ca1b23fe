/* The file that is drawn: its notes, and its table or members.  */
#include <config.h>

#include <gsl/gsl_errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "plot.h"

/* Everything of standard input, so that it can be read twice.  */
static FILE *
keep_input (bd_error *err)
{
  FILE *to = tmpfile ();
  char piece[8192];
  size_t got;

  while (to && (got = fread (piece, 1, sizeof piece, stdin)) > 0)
    if (fwrite (piece, 1, got, to) != got)
      break;
  if (to && !ferror (stdin) && fflush (to) == 0 && !ferror (to))
    return to;
  BD_FAIL (err, GSL_EFAILED, "cannot keep standard input");
  if (to)
    fclose (to);
  return NULL;
}

static int
add_line (plot_source *s, const char *text)
{
  char **more = realloc (s->line, (s->lines + 1) * sizeof *more);

  if (!more)
    return GSL_ENOMEM;
  s->line = more;
  more[s->lines] = strdup (text);
  return more[s->lines] ? (s->lines++, GSL_SUCCESS) : GSL_ENOMEM;
}

/* The lines "# ..." before the header; *MEMBERS: that is one of members.  */
static int
read_notes (plot_source *s, FILE *in, bool *members)
{
  char *line = NULL;
  size_t room = 0;
  int code = GSL_SUCCESS;

  rewind (in);
  while (!code && getline (&line, &room, in) > 0)
    {
      line[strcspn (line, "\r\n")] = '\0';
      if (line[0] == '#' && strlen (line) > 2)
        code = add_line (s, line + 2);
      else if (line[0] != '#' && line[0] != '\0')
        {
          *members = strncmp (line, "member\tp\t", 9) == 0;
          break;
        }
    }
  free (line);
  return code;
}

int
plot_source_read (plot_source *s, const char *file, bd_error *err)
{
  bool input = strcmp (file, "-") == 0;
  FILE *in = input ? keep_input (err) : fopen (file, "r");
  bool members = false;
  char path[64];
  int code;

  *s = (plot_source){ .lines = 0 };
  if (input && !in)
    return GSL_EFAILED;
  code = in ? read_notes (s, in, &members) : GSL_SUCCESS;
  if (code)
    BD_FAIL (err, code, "no memory for %s", file);
  if (!code && members)
    {
      const bd_members_layout plain = { .transposed = false };
      if (input)
        snprintf (path, sizeof path, "/dev/fd/%d", fileno (in));
      rewind (in);
      s->members = bd_members_open (input ? path : file, &plain, true, err);
      code = s->members ? bd_members_next (s->members, err) : GSL_EFAILED;
    }
  else if (!code)
    {
      if (input)
        rewind (in);
      s->table = input ? bd_table_read (in, "standard input", err)
                       : bd_table_open (file, err);
      code = s->table ? GSL_SUCCESS : GSL_EFAILED;
    }
  if (in)
    fclose (in);
  return code;
}

void
plot_source_free (plot_source *s)
{
  for (size_t i = 0; i < s->lines; i++)
    free (s->line[i]);
  free (s->line);
  bd_table_free (s->table);
  bd_table_free (s->data);
  bd_table_free (s->at);
  bd_members_free (s->members);
}

const char *
plot_note (const plot_source *s, const char *name)
{
  size_t n = strlen (name);

  for (size_t i = 0; i < s->lines; i++)
    if (strncmp (s->line[i], name, n) == 0
        && strncmp (s->line[i] + n, ": ", 2) == 0)
      return s->line[i] + n + 2;
  return NULL;
}

size_t
plot_column (const bd_table *t, const char *name)
{
  for (size_t j = t->columns; j-- > 0;)
    if (strcmp (t->column[j].name, name) == 0)
      return j;
  return t->columns;
}

bool
plot_has (const plot_source *s, const char *needs)
{
  char name[64];

  for (; s->table && *needs; needs += strspn (needs, " "))
    {
      size_t n = strcspn (needs, " ");
      snprintf (name, sizeof name, "%.*s", (int)n, needs);
      if (plot_column (s->table, name) == s->table->columns)
        return false;
      needs += n;
    }
  return s->table != NULL;
}

int
plot_caption (bd_figure *f, const plot_source *s, const char *sentence)
{
  static const char *const told[]
      = { "data",    "scenario",  "response",      "rows",
          "fitter",  "network",   "mask",          "resampling",
          "members", "masks",     "folds",         "repeats",
          "points",  "data sets", "random halves", "seed" };
  char text[2048];
  size_t used = (size_t)snprintf (text, sizeof text, "%s", sentence);
  const char *with = " ";

  for (size_t i = 0; i < sizeof told / sizeof *told; i++)
    {
      const char *value = plot_note (s, told[i]);
      const char *slash = value ? strrchr (value, '/') : NULL;
      if (value && i == 0 && slash && slash[1])
        value = slash + 1;
      if (value && used < sizeof text - 300)
        {
          used += (size_t)snprintf (text + used, sizeof text - used,
                                    "%s%s: %.200s", with, told[i], value);
          with = "; ";
        }
    }
  if (*with == ';')
    snprintf (text + used, sizeof text - used, ".");
  return bd_figure_caption (f, text);
}

const char *
plot_family (const plot_source *s)
{
  return plot_note (s, "mask")         ? "dropout"
         : plot_note (s, "resampling") ? "bagging"
                                       : "other";
}

const char *
plot_title (const plot_source *s, char *to, size_t size)
{
  const char *fitter = plot_note (s, "fitter");
  const char *way = plot_note (s, "predict"), *mask = plot_note (s, "mask");

  if (mask && way)
    snprintf (to, size, "dropout, %.*s", (int)strcspn (way, " "), way);
  else if (mask)
    snprintf (to, size, "dropout");
  else if (fitter)
    snprintf (to, size, "bagged %.80s", fitter);
  else
    snprintf (to, size, "members and their mean");
  return to;
}

const char *
plot_label (const plot_source *s, const char *what, const char *power,
            char to[PLOT_LABEL])
{
  const char *y = plot_note (s, "response");

  if (y)
    snprintf (to, PLOT_LABEL, "%s (%.120s%s)", what, y, power);
  else
    snprintf (to, PLOT_LABEL, "%s", what);
  return to;
}

void
plot_set (bd_figure *f, const char *variable, size_t k, const char *text)
{
  char name[32];

  snprintf (name, sizeof name, "%s_%zu", variable, k);
  bd_figure_text (f, name, text);
}

/* The column of S's own table that holds the responses, or NULL.  */
static const double *
own_responses (const plot_source *s, const char *y)
{
  const bd_table *t = s->table;
  size_t j = y && t ? plot_column (t, y) : t ? t->columns : 0;

  if (t && j == t->columns)
    j = plot_column (t, "y");
  return t && j < t->columns ? t->column[j].value : NULL;
}

const double *
plot_responses (const plot_source *s, const char *file, size_t rows,
                bd_error *err)
{
  const char *y = plot_note (s, "response");
  const double *own = own_responses (s, y);

  if (own)
    return own;
  if (!s->data)
    {
      BD_FAIL (err, GSL_EINVAL,
               "%s has no column of responses: --data names the file that "
               "has them, row for row",
               file);
      return NULL;
    }
  if (s->data->rows != rows)
    {
      BD_FAIL (err, GSL_EINVAL,
               "%s has %zu rows and %s %zu: forecasts and responses must go "
               "row for row ('bagdrop bag --points FILE')",
               file, rows, s->data->source, s->data->rows);
      return NULL;
    }
  size_t j = y ? bd_table_find (s->data, y, err) : s->data->columns - 1;
  return j < s->data->columns ? s->data->column[j].value : NULL;
}
