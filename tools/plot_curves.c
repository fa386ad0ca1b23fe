/* Figures of curves: bands, variance, members.  */
#include <config.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "plot.h"

#define SHOWN 100    /* most members that are drawn */
#define CIRCLES 2000 /* most rows of data */

/* Columns before the mean are inputs.  */
static size_t
inputs (const plot_source *s)
{
  return plot_column (s->table, "mean");
}

/* A curve runs along one input of numbers.  */
static int
need_curve (const bd_table *t, size_t d, const char *kind, bd_error *err)
{
  if (d != 1)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s: a figure of %s needs one input, not %zu; 'variance' "
                    "can be drawn against the predicted value",
                    t->source, kind, d);
  if (t->column[0].level)
    return BD_FAIL (err, GSL_EINVAL, "%s: %s is text; a curve needs numbers",
                    t->source, t->column[0].name);
  return GSL_SUCCESS;
}

/* The data of --data: its input called X and its response, as circles.  */
static int
set_points (const plot_source *s, bd_figure *f, const char *x, bd_error *err)
{
  const bd_table *t = s->data;
  const char *y = plot_note (s, "response");
  double *value = NULL;
  size_t kept = 0, step = 1;
  int code;

  bd_figure_number (f, "has_points", t != NULL);
  if (!t)
    return bd_figure_data (f, "points", NULL, 0, 2);
  size_t jx = bd_table_find (t, x, err);
  if (jx == t->columns)
    return GSL_EINVAL;
  size_t jy = y ? bd_table_find (t, y, err) : t->columns - 1;
  if (jy == t->columns)
    return GSL_EINVAL;
  value = bd_array (t->rows, 2);
  if (!value)
    return BD_FAIL (err, GSL_ENOMEM, "no memory for the data");
  step = t->rows / CIRCLES + 1;
  for (size_t i = 0; i < t->rows; i += step, kept++)
    {
      value[2 * kept] = t->column[jx].value[i];
      value[2 * kept + 1] = t->column[jy].value[i];
    }
  code = bd_figure_data (f, "points", value, kept, 2);
  if (!code)
    code = bd_figure_cover (f, "x", value, kept, 2, false);
  if (!code)
    code = bd_figure_cover (f, "y", value + 1, kept, 2, true);
  free (value);
  return code;
}

/* What members and bands have in common.  */
static int
set_axes (const plot_source *s, bd_figure *f, const char *x, bd_error *err)
{
  const char *y = plot_note (s, "response");
  char title[128];

  bd_figure_number (f, "npanel", 1);
  bd_figure_number (f, "has_truth", 0);
  bd_figure_data (f, "truth", NULL, 0, 2);
  bd_figure_text (f, "xlab", x);
  bd_figure_text (f, "ylab", y ? y : "prediction");
  plot_set (f, "title", 1, plot_title (s, title, sizeof title));
  plot_set (f, "kind", 1, plot_family (s));
  return set_points (s, f, x, err);
}

/* The rows of T by their first column.  */
static size_t *
along (const bd_table *t)
{
  size_t *order = calloc (t->rows, sizeof *order);

  if (order)
    gsl_sort_index (order, t->column[0].value, 1, t->rows);
  return order;
}

int
plot_bands (const plot_source *s, bd_figure *f, bd_error *err)
{
  const bd_table *t = s->table;
  double z = gsl_cdf_ugaussian_Pinv (0.95), *row;
  int code = need_curve (t, inputs (s), "bands", err);

  if (code)
    return code;
  const double *x = t->column[0].value, *mean, *sd, *lo, *hi;
  size_t *order = along (t);
  row = bd_array (t->rows, 6);
  if (!order || !row)
    code = BD_FAIL (err, GSL_ENOMEM, "no memory for a figure");
  mean = t->column[plot_column (t, "mean")].value;
  sd = t->column[plot_column (t, "sd_mean")].value;
  lo = t->column[plot_column (t, "lo")].value;
  hi = t->column[plot_column (t, "hi")].value;
  for (size_t k = 0; !code && k < t->rows; k++)
    {
      size_t i = order[k];
      const double one[]
          = { x[i],  mean[i], mean[i] - z * sd[i], mean[i] + z * sd[i],
              lo[i], hi[i] };
      memcpy (row + 6 * k, one, sizeof one);
    }
  if (!code)
    code = bd_figure_data (f, "band_1", row, t->rows, 6);
  if (!code)
    code = bd_figure_cover (f, "x", row, t->rows, 6, false);
  for (size_t j = 1; !code && j < 6; j++)
    code = bd_figure_cover (f, "y", row + j, t->rows, 6, false);
  free (order);
  free (row);
  if (!code)
    code = set_axes (s, f, t->column[0].name, err);
  if (!code)
    plot_caption (f, s,
                  "Mean with its 90 % band (dark, mean ± 1.645 sd_mean) and "
                  "the 90 % band of a new observation (light).");
  return code;
}

int
plot_variance (const plot_source *s, bd_figure *f, bd_error *err)
{
  const bd_table *t = s->table;
  bool curve = inputs (s) == 1 && !t->column[0].level;
  size_t *order = curve ? along (t) : NULL;
  const double *sd = t->column[plot_column (t, "sd_member")].value;
  const double *x = t->column[curve ? 0 : plot_column (t, "mean")].value;
  const char *y = plot_note (s, "response");
  double *row = bd_array (t->rows, 2);
  char text[256];

  if ((curve && !order) || !row)
    {
      free (order);
      free (row);
      return BD_FAIL (err, GSL_ENOMEM, "no memory for a figure");
    }
  for (size_t k = 0; k < t->rows; k++)
    {
      size_t i = order ? order[k] : k;
      row[2 * k] = x[i];
      row[2 * k + 1] = sd[i] * sd[i];
    }
  snprintf (text, sizeof text, "predicted %.200s", y ? y : "value");
  bd_figure_text (f, "xlab", curve ? t->column[0].name : text);
  snprintf (text, sizeof text, "variance between members%s%.150s%s",
            y ? " (" : "", y ? y : "", y ? "²)" : "");
  bd_figure_text (f, "ylab", text);
  bd_figure_number (f, "curve", curve);
  bd_figure_number (f, "nline", 1);
  plot_set (f, "title", 1, plot_title (s, text, sizeof text));
  plot_set (f, "kind", 1, plot_family (s));
  plot_caption (f, s,
                curve ? "Variance between the members along the input."
                      : "Variance between the members against the predicted "
                        "value, one mark per row.");
  int code = bd_figure_data (f, "line_1", row, t->rows, 2);
  free (order);
  free (row);
  return code;
}

/* Which member is drawn as the K-th of SHOWN: they are spread evenly.  */
static size_t
drawn (size_t k, size_t shown, size_t members)
{
  return k * members / shown;
}

/* A row for each point: x, mean of all members, those that are drawn.  */
static void
fill_members (const bd_members *a, const double x[], const size_t order[],
              size_t shown, double to[])
{
  for (size_t k = 0; k < a->points; k++)
    {
      size_t j = order[k], used = 2;
      double *row = to + k * (shown + 2), sum = 0, weight = 0;
      for (size_t b = 0; b < a->count; b++)
        {
          double t = a->T[b * a->points + j], p = a->p ? a->p[b] : 1;
          if (gsl_isnan (t))
            continue;
          sum += p * t;
          weight += p;
        }
      row[0] = x[j];
      row[1] = weight > 0 ? sum / weight : GSL_NAN;
      for (size_t b = 0; b < shown; b++)
        row[used++] = a->T[drawn (b, shown, a->count) * a->points + j];
    }
}

/* Where the points are: the first column of --at, else their numbers.  */
static int
places (const plot_source *s, double x[], const char **name, bd_error *err)
{
  const bd_table *t = s->at;
  size_t m = s->members->points;

  *name = t ? t->column[0].name : "point";
  if (t && t->rows != m)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s has %zu rows, the members have %zu points: --at is "
                    "the table that the same run printed",
                    t->source, t->rows, m);
  if (t && t->column[0].level)
    return BD_FAIL (err, GSL_EINVAL, "%s: %s is text; a curve needs numbers",
                    t->source, t->column[0].name);
  for (size_t j = 0; j < m; j++)
    x[j] = t ? t->column[0].value[j] : (double)j + 1;
  return GSL_SUCCESS;
}

int
plot_members (const plot_source *s, bd_figure *f, bd_error *err)
{
  const bd_members *a = s->members;
  size_t m = a->points, shown = GSL_MIN (a->count, SHOWN);
  size_t *order = calloc (m, sizeof *order);
  double *x = bd_array (m, 1), *row = bd_array (m, shown + 2);
  const char *name = "";
  char text[200];
  int code = GSL_SUCCESS;

  if (!order || !x || !row)
    code = BD_FAIL (err, GSL_ENOMEM, "no memory for a figure");
  if (!code)
    code = places (s, x, &name, err);
  if (!code)
    {
      gsl_sort_index (order, x, 1, m);
      fill_members (a, x, order, shown, row);
      code = bd_figure_data (f, "members_1", row, m, shown + 2);
    }
  if (!code)
    code = bd_figure_cover (f, "x", x, m, 1, false);
  for (size_t j = 1; !code && j < shown + 2; j++)
    code = bd_figure_cover (f, "y", row + j, m, shown + 2, true);
  free (order);
  free (x);
  free (row);
  bd_figure_number (f, "nmember_1", (double)shown);
  if (!code)
    code = set_axes (s, f, name, err);
  snprintf (text, sizeof text,
            "Members (thin lines, %zu drawn of %zu) and their mean (bold)%s.",
            shown, a->count, s->data ? "; circles: the data" : "");
  if (!code)
    code = plot_caption (f, s, text);
  return code;
}
