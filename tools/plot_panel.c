/* What figures of several panels set in the recipe `panels'.  */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "plot.h"

void
plot_key (bd_figure *f, size_t number, const char *name, const char *kind,
          size_t rank)
{
  plot_set (f, "name", number, name);
  plot_set (f, "kind", number, kind);
  plot_panel_number (f, "rank", number, (double)rank);
  plot_panel_number (f, "shown", number, 1);
  bd_figure_number (f, "nkey", (double)number);
}

void
plot_panel_number (bd_figure *f, const char *label, size_t k, double value)
{
  char variable[32];

  snprintf (variable, sizeof variable, "%s_%zu", label, k);
  bd_figure_number (f, variable, value);
}

void
plot_panel (bd_figure *f, size_t k, const char *title, const char *x,
            const char *y)
{
  bd_figure_number (f, "npanel", (double)k);
  plot_set (f, "type", k, "lines");
  plot_set (f, "title", k, title);
  plot_set (f, "xlab", k, x);
  plot_set (f, "ylab", k, y);
}

int
plot_line (bd_figure *f, size_t k, size_t l, size_t entry, double row[][4],
           size_t count)
{
  char name[32];

  snprintf (name, sizeof name, "style_%zu_%zu", k, l);
  bd_figure_number (f, name, (double)entry);
  plot_panel_number (f, "nline", k, (double)l);
  snprintf (name, sizeof name, "line_%zu_%zu", k, l);
  return bd_figure_data (f, name, row[0], count, 4);
}

int
plot_guide (bd_figure *f, size_t k, size_t entry, const double x[2],
            const double y[2], double lo, double hi)
{
  double row[PLOT_GUIDE][4];

  for (size_t i = 0; i < PLOT_GUIDE; i++)
    {
      double t = (double)i / (PLOT_GUIDE - 1);
      const double one[4]
          = { x[0] + t * (x[1] - x[0]), y[0] + t * (y[1] - y[0]), lo, hi };
      memcpy (row[i], one, sizeof one);
    }
  return plot_line (f, k, 2, entry, row, PLOT_GUIDE);
}
