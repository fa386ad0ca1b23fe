/* Learning curves: the error against the number of rows trained on.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>
#include <string.h>

#include "plot.h"

/* Where a table goes over to a logarithmic axis.  */
#define FAR 8

/* Rows of method number LEVEL in ORDER into ROW; how many.  */
static size_t
take (const plot_source *s, const size_t order[], size_t level,
      double row[][4])
{
  const double *rows = plot_values (s, "rows"), *e = plot_values (s, "rmse"),
               *lo = plot_values (s, "rmse_lo"),
               *hi = plot_values (s, "rmse_hi"),
               *method = plot_values (s, "method");
  size_t n = 0;

  for (size_t k = 0; k < s->table->rows; k++)
    {
      size_t i = order[k];
      const double one[4] = { rows[i], e[i], lo[i], hi[i] };
      if ((size_t)method[i] == level)
        memcpy (row[n++], one, sizeof one);
    }
  return n;
}

/* Entry K + 1 of the key for method number LEVEL[K]: its rank is that among
   those of its family.  */
static void
name_method (const plot_source *s, bd_figure *f, const size_t level[],
             size_t k)
{
  const bd_column *c = &s->table->column[plot_column (s->table, "method")];
  const char *name = c->level[level[k]].text;
  const char *family = plot_method_family (name);
  size_t rank = 1;

  for (size_t j = 0; j < k; j++)
    if (!strcmp (plot_method_family (c->level[level[j]].text), family))
      rank++;
  plot_key (f, k + 1, "", "", rank);
  plot_set_method (f, "name", k + 1, name);
}

int
plot_learning (const plot_source *s, bd_figure *f, bd_error *err)
{
  const bd_table *t = s->table;
  size_t levels = t->column[plot_column (t, "method")].levels;
  const double *e = plot_values (s, "rmse");
  double (*row)[4] = calloc (t->rows, sizeof *row), least, most;
  size_t *order = calloc (t->rows, sizeof *order);
  size_t level[PLOT_ROWS];
  char label[PLOT_LABEL];
  int code = plot_need_methods (s, levels, err);

  if (!code && (!row || !order))
    code = BD_FAIL (err, GSL_ENOMEM, "no memory for a figure");
  if (!code)
    {
      gsl_sort_index (order, plot_values (s, "rows"), 1, t->rows);
      plot_panel (f, 1, "error by rows trained on", "rows trained on",
                  plot_label (s, "RMSE on held-out rows", "", label));
      plot_panel_number (f, "logx", 1, 1);
      gsl_stats_minmax (&least, &most, e, 1, t->rows);
      plot_panel_number (f, "logy", 1, least > 0 && most > FAR * least);
    }
  for (size_t k = 0; !code && k < plot_levels (s, level); k++)
    {
      name_method (s, f, level, k);
      code = plot_line (f, 1, k + 1, k + 1, row,
                        take (s, order, level[k], row));
    }
  free (row);
  free (order);
  return code ? code
              : plot_caption (f, s,
                              "Root mean squared error on held-out rows "
                              "against the number of rows trained on, which "
                              "are drawn at random from those of each split, "
                              "fewer among more; bands: 95 % limits over the "
                              "splits, widened because training sets "
                              "overlap. Bands share splits.");
}
