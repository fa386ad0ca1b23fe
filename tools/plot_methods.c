/* Tables with a row for each method, and the figure of those with several
   numbers of rows.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "plot.h"
#include "study/method.h"

const double *
plot_values (const plot_source *s, const char *name)
{
  return s->table->column[plot_column (s->table, name)].value;
}

const char *
plot_method (const plot_source *s, size_t i)
{
  const bd_column *c = &s->table->column[plot_column (s->table, "method")];

  return c->level ? c->level[(size_t)c->value[i]].text : "";
}

const char *
plot_method_family (const char *name)
{
  const bd_method *q = bd_method_find (name);

  return q ? bd_kind_family (q->kind)
         : strncmp (name, "bag", 3)
             ? strncmp (name, "dropout", 7) ? "single" : "dropout"
             : "bagging";
}

void
plot_set_method (bd_figure *f, const char *label, size_t k, const char *name)
{
  const bd_method *q = bd_method_find (name);

  plot_set (f, label, k, q ? q->title : name);
  plot_set (f, "kind", k, plot_method_family (name));
}

void
plot_set_class_method (bd_figure *f, const char *label, size_t k,
                       const char *name)
{
  const bd_method *q = bd_method_find (name);

  if (!q || !q->class_title)
    {
      plot_set_method (f, label, k, name);
      return;
    }
  plot_set (f, label, k, q->class_title);
  plot_set (f, "kind", k, plot_method_family (name));
}

int
plot_need_methods (const plot_source *s, size_t count, bd_error *err)
{
  const bd_table *t = s->table;
  const bd_column *c = &t->column[plot_column (t, "method")];

  if (!c->level)
    return BD_FAIL (err, GSL_EINVAL, "%s: column method holds no names",
                    t->source);
  if (c->missing)
    return BD_FAIL (err, GSL_EINVAL, "%s: a row has no name in column method",
                    t->source);
  if (count > PLOT_ROWS)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s: %zu methods; a figure shows %d at most", t->source,
                    count, PLOT_ROWS);
  return GSL_SUCCESS;
}

size_t
plot_levels (const plot_source *s, size_t level[PLOT_ROWS])
{
  const double *method = plot_values (s, "method");
  size_t n = 0;

  for (size_t i = 0; i < s->table->rows && n < PLOT_ROWS; i++)
    {
      size_t k = 0;
      while (k < n && level[k] != (size_t)method[i])
        k++;
      if (k == n)
        level[n++] = (size_t)method[i];
    }
  return n;
}

bool
plot_has_sizes (const plot_source *s)
{
  const double *rows = plot_values (s, "rows");

  for (size_t i = 1; i < s->table->rows; i++)
    if (rows[i] != rows[0])
      return true;
  return false;
}

bool
plot_has_one_size (const plot_source *s)
{
  return !plot_has (s, "rows") || !plot_has_sizes (s);
}

/* The powers that the findings tell of the method called TITLE, as the note of
   its panel.  */
static void
set_slopes (const plot_source *s, bd_figure *f, size_t k, const char *title)
{
  size_t n = strlen (title);
  char text[80];

  for (size_t i = 0; i < s->lines; i++)
    {
      double own, told;
      const char *at = s->line[i];
      if (strncmp (at, "finding: ", 9) == 0 && strncmp (at + 9, title, n) == 0
          && sscanf (at + 9 + n,
                     ": the variance of its prediction goes as rows to the "
                     "power %lf +- %*f, the variance that it reports to the "
                     "power %lf",
                     &own, &told)
                 == 2)
        {
          snprintf (text, sizeof text, "slope %s%.2f, reported %s%.2f",
                    own < 0 ? "−" : "", fabs (own), told < 0 ? "−" : "",
                    fabs (told));
          plot_set (f, "note", k, text);
        }
    }
}

/* Rows of method number LEVEL by their number of rows, if it reports a
   variance: panel *K + 1, which *K becomes.  ROOM: 5 places a row.  */
static int
add_panel (const plot_source *s, bd_figure *f, size_t level,
           const size_t order[], double room[], size_t *k)
{
  static const char *const part[]
      = { "rows", "variance", "variance_se", "spread", "spread_se" };
  const double *method = plot_values (s, "method"), *v[5];
  const char *name
      = s->table->column[plot_column (s->table, "method")].level[level].text;
  const bd_method *q = bd_method_find (name);
  char block[32];
  size_t used = 0;

  for (size_t c = 0; c < 5; c++)
    v[c] = plot_values (s, part[c]);
  for (size_t i = 0; i < s->table->rows; i++)
    if ((size_t)method[order[i]] == level && gsl_finite (v[3][order[i]]))
      for (size_t c = 0; c < 5; c++)
        room[used++] = v[c][order[i]];
  if (used == 0)
    return GSL_SUCCESS;
  plot_set_method (f, "title", ++*k, name);
  set_slopes (s, f, *k, q ? q->title : name);
  snprintf (block, sizeof block, "size_%zu", *k);
  return bd_figure_data (f, block, room, used / 5, 5);
}

int
plot_budget_n (const plot_source *s, bd_figure *f, bd_error *err)
{
  const bd_table *t = s->table;
  size_t levels = t->column[plot_column (t, "method")].levels, shown = 0;
  size_t level[PLOT_ROWS];
  size_t *order = calloc (t->rows, sizeof *order);
  double *room = bd_array (t->rows, 5);
  int code = plot_need_methods (s, levels, err);

  if (!code && (!order || !room))
    code = BD_FAIL (err, GSL_ENOMEM, "no memory for a figure");
  if (!code)
    gsl_sort_index (order, plot_values (s, "rows"), 1, t->rows);
  for (size_t k = 0; !code && k < plot_levels (s, level); k++)
    code = add_panel (s, f, level[k], order, room, &shown);
  free (order);
  free (room);
  if (!code && shown == 0)
    code = BD_FAIL (err, GSL_EINVAL, "%s: no method reports a variance",
                    t->source);
  if (code)
    return code;
  bd_figure_number (f, "npanel", (double)shown);
  bd_figure_text (f, "xlab", "rows of a data set");
  bd_figure_text (f, "ylab", "variance");
  return plot_caption (
      f, s,
      "Variance of the prediction over data sets, trainings and members "
      "(black) and the variance that the method reports for it (dashed), "
      "means over the points, against the number of rows; whiskers: one "
      "standard error.");
}
