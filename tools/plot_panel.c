/* What figures of several panels set in the recipe `panels'.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_statistics_double.h>
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
plot_guide (bd_figure *f, size_t k, size_t l, size_t entry, const double x[2],
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
  return plot_line (f, k, l, entry, row, PLOT_GUIDE);
}

#define BINS 24 /* most of a histogram; about 15 of them hold something */
#define BINS_LEAST 6

/* 1, 2 or 5 times a power of ten, V at least.  */
static double
tidy (double v)
{
  double unit = pow (10, floor (log10 (v)));

  return unit * (v <= unit ? 1 : v <= 2 * unit ? 2 : v <= 5 * unit ? 5 : 10);
}

int
plot_histogram (bd_figure *f, size_t k, size_t l, size_t entry,
                const double v[], size_t n, double *top)
{
  double lo = gsl_stats_min (v, 1, n), hi = gsl_stats_max (v, 1, n);
  double h = tidy (hi > lo   ? (hi - lo) / (BINS - 8)
                   : lo != 0 ? .1 * fabs (lo)
                             : 1);
  double x0 = h * (floor (lo / h + 1e-9) - 1), share[BINS] = { 0 };
  size_t bins = (size_t)((hi - x0) / h + 1e-9) + 2;
  double row[2 * BINS + 2][4];

  bins = GSL_MIN (GSL_MAX (bins, BINS_LEAST), BINS);
  for (size_t i = 0; i < n; i++)
    share[GSL_MIN ((size_t)((v[i] - x0) / h + 1e-9), bins - 1)]
        += 100 / (double)n;
  for (size_t i = 0; i < 2 * bins + 2; i++)
    {
      const double one[4] = { x0 + h * (double)(i / 2),
                              i == 0 || i > 2 * bins ? 0 : share[(i - 1) / 2],
                              GSL_NAN, GSL_NAN };
      memcpy (row[i], one, sizeof one);
    }
  *top = gsl_stats_max (share, 1, bins);
  return plot_line (f, k, l, entry, row, 2 * bins + 2);
}
