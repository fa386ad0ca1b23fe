/* How wide limits of a new observation are, and what they cover.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "plot.h"
#include "score/coverage.h"
#include "score/forecast.h"

/* Limits that a table may have.  */
typedef struct
{
  const double *lo, *hi;
  char name[48];
  double level;      /* that is stated */
  size_t hits, rows; /* responses inside, of so many; 0: not known */
  double width;      /* mean of those that are finite */
  size_t infinite;
} limits;

#define KINDS 2

bool
plot_has_widths (const plot_source *s)
{
  return plot_has (s, "mean lo hi") || plot_has (s, "mean int_lo int_hi")
         || plot_has (s, "method cover90 width90");
}

/* Name and level of the limits of --interval, and the coverage that the notes
   tell for them.  */
static void
read_interval (const plot_source *s, limits *a)
{
  const char *told = plot_note (s, "interval"),
             *cover = plot_note (s, "interval coverage");
  char name[32] = "interval";
  double percent = 100 * BD_FORECAST_LEVEL;

  if (told)
    sscanf (told, "%31s at level %lf", name, &percent);
  if (cover && sscanf (cover, "%zu of %zu rows", &a->hits, &a->rows) != 2)
    a->rows = 0;
  a->level = percent / 100;
  snprintf (a->name, sizeof a->name, "%s, %g %%", name, percent);
}

/* The limits of S into A; how many kinds.  */
static size_t
find_limits (const plot_source *s, limits a[KINDS])
{
  size_t n = 0;

  memset (a, 0, KINDS * sizeof *a);
  if (plot_has (s, "lo hi"))
    {
      a[n].lo = plot_values (s, "lo");
      a[n].hi = plot_values (s, "hi");
      a[n].level = BD_FORECAST_LEVEL;
      snprintf (a[n].name, sizeof a[n].name, "normal, %g %%",
                100 * a[n].level);
      n++;
    }
  if (plot_has (s, "int_lo int_hi"))
    {
      a[n].lo = plot_values (s, "int_lo");
      a[n].hi = plot_values (s, "int_hi");
      read_interval (s, &a[n++]);
    }
  return n;
}

/* Widths of A at the rows in ORDER that are finite, with their X, into ROW,
   and without it into V; how many.  */
static size_t
measure (const bd_table *t, limits *a, const size_t order[], const double x[],
         double row[][4], double v[])
{
  size_t n = 0;

  for (size_t k = 0; k < t->rows; k++)
    {
      size_t i = order[k];
      double width = a->hi[i] - a->lo[i];
      const double one[4] = { x[i], width, GSL_NAN, GSL_NAN };
      if (gsl_finite (width))
        {
          memcpy (row[n], one, sizeof one);
          v[n++] = width;
        }
      else
        a->infinite++;
    }
  a->width = n ? gsl_stats_mean (v, 1, n) : GSL_NAN;
  return n;
}

/* How many of the responses Y lie inside.  */
static void
count_hits (limits *a, const double y[], size_t rows)
{
  a->hits = a->rows = 0;
  for (size_t i = 0; i < rows; i++)
    if (gsl_finite (y[i]) && !gsl_isnan (a->lo[i]) && !gsl_isnan (a->hi[i]))
      {
        a->rows++;
        a->hits += y[i] >= a->lo[i] && y[i] <= a->hi[i] ? 1 : 0;
      }
}

/* Panel 1: widths along the input, or how they are distributed.  */
static int
draw_widths (const plot_source *s, bd_figure *f, limits a[], size_t kinds,
             bool curve)
{
  const bd_table *t = s->table;
  size_t *order = calloc (t->rows, sizeof *order);
  double (*row)[4] = calloc (t->rows, sizeof *row), *v = bd_array (t->rows, 1);
  const double *x = t->column[0].value;
  double top;
  int code = order && row && v ? GSL_SUCCESS : GSL_ENOMEM;

  if (!code)
    gsl_sort_index (order, x, 1, t->rows);
  for (size_t k = 0; !code && k < kinds; k++)
    {
      size_t n = measure (t, &a[k], order, x, row, v);
      if (curve)
        code = plot_line (f, 1, k + 1, k + 1, row, n);
      else if (n > 0)
        code = plot_histogram (f, 1, k + 1, k + 1, v, n, &top);
    }
  free (order);
  free (row);
  free (v);
  return code;
}

/* Panel 2: what is covered against the mean width, and the levels.  */
static int
draw_cover (bd_figure *f, const limits a[], size_t kinds)
{
  size_t lines = 0;
  double ends[2] = { GSL_POSINF, GSL_NEGINF };
  int code = GSL_SUCCESS;

  for (size_t k = 0; !code && k < kinds; k++)
    if (a[k].rows > 0 && gsl_finite (a[k].width))
      {
        double lo, hi;
        bd_binomial_limits (a[k].hits, a[k].rows, 0.95, &lo, &hi);
        double row[1][4]
            = { { a[k].width, 100 * (double)a[k].hits / (double)a[k].rows,
                  100 * lo, 100 * hi } };
        ends[0] = GSL_MIN (ends[0], .9 * a[k].width);
        ends[1] = GSL_MAX (ends[1], 1.1 * a[k].width);
        code = plot_line (f, 2, ++lines, k + 1, row, 1);
      }
  for (size_t k = 0, drawn = 0; !code && k < kinds; k++)
    if (a[k].rows > 0 && gsl_finite (a[k].width)
        && (drawn == 0 || a[k].level != a[0].level))
      {
        const double level[2] = { 100 * a[k].level, 100 * a[k].level };
        drawn++;
        code = plot_guide (f, 2, ++lines, KINDS + 1, ends, level, GSL_NAN,
                           GSL_NAN);
      }
  return code;
}

/* Names of the axes.  */
static void
name_axes (const plot_source *s, bd_figure *f, bool curve, bool cover)
{
  char width[PLOT_LABEL], mean[PLOT_LABEL];

  plot_label (s, "width", "", width);
  if (cover)
    plot_panel (f, 2, "coverage", plot_label (s, "mean width", "", mean),
                "rows inside (%)");
  plot_panel (f, 1, curve ? "width along the input" : "how wide",
              curve ? s->table->column[0].name : width,
              curve ? width : "share of rows (%)");
  plot_panel_number (f, curve ? "ymin" : "xmin", 1, 0);
  bd_figure_number (f, "npanel", cover ? 2 : 1);
}

/* Of a table with limits at each row.  */
static int
draw_limits (const plot_source *s, bd_figure *f, bd_error *err)
{
  const bd_table *t = s->table;
  bool curve = plot_column (t, "mean") == 1 && !t->column[0].level;
  bool cover = false;
  limits a[KINDS];
  size_t kinds = find_limits (s, a);
  const double *y
      = s->data ? plot_responses (s, t->source, t->rows, err) : NULL;
  char text[700];

  if (s->data && !y)
    return GSL_EINVAL;
  int code = draw_widths (s, f, a, kinds, curve);
  for (size_t k = 0; k < kinds; k++)
    {
      if (y)
        count_hits (&a[k], y, t->rows);
      cover = cover || (a[k].rows > 0 && gsl_finite (a[k].width));
      plot_key (f, k + 1, a[k].name, plot_family (s), k + 1);
    }
  if (!code)
    code = draw_cover (f, a, kinds);
  if (code)
    return BD_FAIL (err, code, "no memory for a figure");
  if (cover)
    plot_key (f, KINDS + 1, "stated level", "truth", 1);
  name_axes (s, f, curve, cover);
  snprintf (text, sizeof text,
            "Width of the limits of a new observation %s %zu rows%s%s%s",
            curve ? "along the input at" : "at", t->rows,
            a[0].infinite + a[kinds - 1].infinite ? ", where it is finite"
                                                  : "",
            cover ? "; and the share of responses inside, with exact 95 % "
                    "limits, against the mean width"
                  : "",
            y ? ". At rows that the members were trained on limits cover "
                "more than elsewhere."
            : cover ? ", as the run tells it for the rows that it left out."
                    : ".");
  return plot_caption (f, s, text);
}

/* The N rows by the numbers V, those without one last.  */
static void
sort_rows (const double v[], size_t n, size_t order[PLOT_ROWS])
{
  double key[PLOT_ROWS];

  for (size_t i = 0; i < n; i++)
    key[i] = gsl_isnan (v[i]) ? GSL_POSINF : v[i];
  gsl_sort_index (order, key, 1, n);
}

/* Of a comparison: a row for each method, the narrowest on top.  */
static int
draw_methods (const plot_source *s, bd_figure *f, bd_error *err)
{
  const double *width = plot_values (s, "width90");
  const double *cover = plot_values (s, "cover90");
  size_t n = s->table->rows, order[PLOT_ROWS];
  double row[2][PLOT_ROWS][4];
  char text[PLOT_LABEL];
  int code = plot_need_methods (s, n, err);

  if (code)
    return code;
  sort_rows (width, n, order);
  for (size_t k = 0; k < n; k++)
    {
      size_t i = order[k];
      const double a[4] = { (double)k + 1, width[i], GSL_NAN, GSL_NAN };
      const double b[4] = { (double)k + 1, 100 * cover[i], GSL_NAN, GSL_NAN };
      memcpy (row[0][k], a, sizeof a);
      memcpy (row[1][k], b, sizeof b);
      plot_key (f, k + 1, "", "", 1);
      plot_panel_number (f, "shown", k + 1, 0);
      plot_set_method (f, "name", k + 1, plot_method (s, i));
    }
  plot_panel (f, 1, "width of 90 % intervals",
              plot_label (s, "mean width", "", text), "");
  plot_panel (f, 2, "what they cover", "held-out rows inside (%)", "");
  plot_set (f, "type", 1, "rows");
  plot_set (f, "type", 2, "rows");
  plot_panel_number (f, "xmin", 1, 0);
  plot_panel_number (f, "guide", 2, 90);
  plot_caption (f, s,
                "Mean width of the 90 % intervals of each method, the "
                "narrowest on top, and the share of held-out rows inside; "
                "line: 90 %.");
  code = bd_figure_data (f, "rows_1", row[0][0], n, 4);
  return code ? code : bd_figure_data (f, "rows_2", row[1][0], n, 4);
}

int
plot_width (const plot_source *s, bd_figure *f, bd_error *err)
{
  return plot_has (s, "method cover90 width90") ? draw_methods (s, f, err)
                                                : draw_limits (s, f, err);
}
