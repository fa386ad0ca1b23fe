/* Figures of tables with a row for each method or unit.  */
#include <config.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "plot.h"
#include "study/method.h"
#include "variance/influence.h"

#define ROWS PLOT_ROWS

/* The errors that compare writes, by the kind of response.  */
static const struct
{
  const char *error, *se, *title, *sentence;
  void (*set_method) (bd_figure *f, const char *label, size_t k,
                      const char *name);
} errors[] = {
  { "rmse", "rmse_se", "RMSE", "Root mean squared error", plot_set_method },
  { "log_loss", "log_loss_se", "log loss", "Log loss", plot_set_class_method },
};
#define ERRORS (sizeof errors / sizeof errors[0])

/* Which of them S has, ERRORS if none.  */
static size_t
error_of (const plot_source *s)
{
  size_t k = 0;
  char both[64] = "";

  for (; k < ERRORS; k++)
    {
      snprintf (both, sizeof both, "%s %s", errors[k].error, errors[k].se);
      if (plot_has (s, both))
        break;
    }
  return k;
}

bool
plot_has_errors (const plot_source *s)
{
  return error_of (s) < ERRORS;
}

int
plot_scores (const plot_source *s, bd_figure *f, bd_error *err)
{
  size_t kind = error_of (s);
  const double *error = plot_values (s, errors[kind].error),
               *se = plot_values (s, errors[kind].se);
  const char *folds = plot_note (s, "folds"),
             *turns = plot_note (s, "repeats");
  const char *best = plot_note (s, "best single fit");
  const char *y = plot_note (s, "response");
  double splits = folds && turns ? atof (folds) * atof (turns) : 0;
  double t = splits > 1 ? gsl_cdf_tdist_Pinv (0.975, splits - 1) : 1;
  size_t n = s->table->rows, order[ROWS];
  double row[ROWS][4];
  char text[256];
  int code = plot_need_methods (s, n, err);

  if (code)
    return code;
  gsl_sort_index (order, error, 1, n);
  for (size_t k = 0; k < n; k++)
    {
      size_t i = order[k];
      const double one[4] = { (double)k + 1, error[i], error[i] - t * se[i],
                              error[i] + t * se[i] };
      memcpy (row[k], one, sizeof one);
      errors[kind].set_method (f, "name", k + 1, plot_method (s, i));
      if (best && strcmp (best, plot_method (s, i)) == 0)
        bd_figure_number (f, "ref", error[i]);
    }
  bd_figure_number (f, "nrow", (double)n);
  snprintf (text, sizeof text, "%s%s%.150s on held-out rows",
            errors[kind].title, y ? " of " : "", y ? y : "");
  bd_figure_text (f, "xlab", text);
  snprintf (text, sizeof text, "%s of each method on held-out rows with %s",
            errors[kind].sentence,
            splits > 1 ? "its 95 % interval over splits, best on top. "
                         "Intervals of different methods share splits."
                       : "one standard error, best on top.");
  plot_caption (f, s, text);
  return bd_figure_data (f, "score", row[0], n, 4);
}

#define KINDS 4 /* parts of an error that can be changed */

/* The bars of row I, number AT: each part starts where the one before of its
   sign ended.  With KNOWN noise kinds 1 to 4; without it the bias, which then
   holds the noise, comes last, as kind 5.  Returns how many.  */
static size_t
stack (const plot_source *s, size_t i, size_t at, bool known, double to[][5])
{
  static const char *const part[KINDS]
      = { "bias2", "data", "training", "member" };
  size_t count = 0;
  double end[2] = { 0, 0 };
  char name[32];

  for (size_t k = 0; k < KINDS; k++)
    {
      size_t from = known ? k : (k + 1) % KINDS;
      double v = plot_values (s, part[from])[i], se = 0;
      double *start = &end[v < 0];
      snprintf (name, sizeof name, "%s_se", part[from]);
      if (plot_has (s, name))
        se = plot_values (s, name)[i];
      if (!gsl_finite (v))
        continue;
      const double one[5]
          = { (double)at, known || from > 0 ? (double)from + 1 : KINDS + 1,
              *start, *start + v, gsl_finite (se) ? se : 0 };
      memcpy (to[count++], one, sizeof one);
      *start += v;
    }
  return count;
}

static void
name_parts (bd_figure *f, bool known)
{
  bd_figure_number (f, "nkind", known ? KINDS : KINDS + 1);
  plot_set (f, "part", 1, known ? "bias²" : "");
  plot_set (f, "part", 2, "data: other data sets");
  plot_set (f, "part", 3, "training: other seeds");
  plot_set (f, "part", 4, "members: bags, masks or seeds / their number");
  plot_set (f, "part", 5, "bias² and noise");
  bd_figure_text (f, "xlab",
                  known ? "mean squared error without the noise"
                        : "mean squared error");
}

int
plot_budget (const plot_source *s, bd_figure *f, bd_error *err)
{
  size_t n = s->table->rows, order[ROWS], used = 0;
  const double *mse = plot_values (s, "mse");
  bool known = !gsl_isnan (plot_values (s, "noise")[0]);
  double bar[ROWS * KINDS][5];
  int code = plot_need_methods (s, n, err);

  if (code)
    return code;
  gsl_sort_index (order, mse, 1, n);
  for (size_t k = 0; k < n; k++)
    {
      plot_set_method (f, "name", k + 1, plot_method (s, order[k]));
      used += stack (s, order[k], k + 1, known, bar + used);
    }
  bd_figure_number (f, "nrow", (double)n);
  name_parts (f, known);
  plot_caption (f, s,
                "Where the error of each method comes from, least error on "
                "top; whiskers: one standard error of the part that ends "
                "there. Estimates below zero stand left of zero.");
  return bd_figure_data (f, "part", bar[0], used, 5);
}

/* Rows of method number LEVEL into panel K, by x; GSL_ENOMEM.  */
static int
fill_panel (const plot_source *s, bd_figure *f, size_t k, size_t level,
            bool known)
{
  static const char *const part[] = { "bias2", "data", "training", "member" };
  const bd_table *t = s->table;
  const double *method = plot_values (s, "method");
  size_t *order = calloc (t->rows, sizeof *order), used = 0;
  double *row = bd_array (t->rows, 5);
  char name[32];
  int code = order && row ? GSL_SUCCESS : GSL_ENOMEM;

  if (!code)
    gsl_sort_index (order, t->column[2].value, 1, t->rows);
  for (size_t i = 0; !code && i < t->rows; i++)
    if ((size_t)method[order[i]] == level)
      {
        row[5 * used] = t->column[2].value[order[i]];
        for (size_t c = 0; c < 4; c++)
          row[5 * used + c + 1] = plot_values (s, part[c])[order[i]];
        used++;
      }
  snprintf (name, sizeof name, "along_%zu", k);
  if (!code)
    code = bd_figure_data (f, name, row, used, 5);
  if (!code)
    code = bd_figure_cover (f, "x", row, used, 5, false);
  for (size_t c = known ? 1 : 2; !code && c < 5; c++)
    code = bd_figure_cover (f, "y", row + c, used, 5, true);
  free (order);
  free (row);
  return code;
}

int
plot_budget_x (const plot_source *s, bd_figure *f, bd_error *err)
{
  const bd_table *t = s->table;
  size_t end = plot_column (t, "truth");
  const bd_column *c = &t->column[plot_column (t, "method")];
  bool known = !gsl_isnan (plot_values (s, "noise")[0]);
  int code = plot_need_methods (s, c->levels, err);

  if (code)
    return code;
  if (end == t->columns)
    end = plot_column (t, "y");
  if (end != 3)
    return BD_FAIL (err, GSL_EINVAL,
                    "%s: the parts are drawn along one input; this table has "
                    "another number of them",
                    t->source);
  for (size_t k = 0; !code && k < c->levels; k++)
    {
      plot_set_method (f, "title", k + 1, c->level[k].text);
      code = fill_panel (s, f, k + 1, k, known);
    }
  bd_figure_number (f, "npanel", (double)c->levels);
  bd_figure_number (f, "has_bias", known);
  bd_figure_text (f, "xlab", t->column[2].name);
  bd_figure_text (f, "ylab", "part of the mean squared error");
  plot_caption (f, s,
                known ? "Parts of the error along the input: squared bias, "
                        "data, training and members. Estimates may be "
                        "negative; lines that leave the frame are cut."
                      : "Parts of the error along the input: data, training "
                        "and members. Estimates may be negative; lines that "
                        "leave the frame are cut.");
  return code;
}

/* The form that fits the table: bars of units by layer, rows along their one
   input, else the sum of sorted shares.  */
static const char *
form_of (const plot_source *s)
{
  const bd_table *t = s->table;
  size_t share = plot_column (t, "share");

  if (plot_has (s, "layer unit"))
    return "units";
  return share == 3 && !strcmp (t->column[0].name, "row")
                 && !t->column[1].level
             ? "along"
             : "sorted";
}

static void
set_layers (const plot_source *s, bd_figure *f)
{
  const double *layer = plot_values (s, "layer"),
               *unit = plot_values (s, "unit");
  double width[64] = { 0 };
  size_t last = 1;
  char name[32];

  for (size_t i = 0; i < s->table->rows; i++)
    if (layer[i] >= 0 && layer[i] < 64)
      {
        size_t l = (size_t)layer[i];
        width[l] = GSL_MAX (width[l], unit[i]);
        last = GSL_MAX (last, l);
      }
  bd_figure_number (f, "nlayer", (double)last);
  for (size_t l = 1; l <= last; l++)
    {
      snprintf (name, sizeof name, "width_%zu", l);
      bd_figure_number (f, name, width[l]);
    }
}

/* x, y, layer, share, its error, 1 for those that carry most.  */
static void
fill_shares (const plot_source *s, const char *form, const size_t order[],
             size_t top, double to[])
{
  const bd_table *t = s->table;
  const double *share = plot_values (s, "share"),
               *e = plot_values (s, "share_error");
  bool sorted = !strcmp (form, "sorted"), units = !strcmp (form, "units");
  double sum = 0;

  for (size_t k = 0; k < t->rows; k++)
    {
      size_t i = sorted ? order[k] : k;
      double *row = to + 6 * k;
      sum += 100 * share[i];
      row[0] = sorted  ? (double)k + 1
               : units ? plot_values (s, "unit")[i]
                       : t->column[1].value[i];
      row[1] = sorted ? sum : units ? 0 : t->column[2].value[i];
      row[2] = units ? plot_values (s, "layer")[i] : 0;
      row[3] = 100 * share[i];
      row[4] = 100 * e[i];
      row[5] = plot_values (s, "rank")[i] <= (double)top;
    }
}

int
plot_influence (const plot_source *s, bd_figure *f, bd_error *err)
{
  const bd_table *t = s->table;
  const char *form = form_of (s), *y = plot_note (s, "response");
  bool along = !strcmp (form, "along"), units = !strcmp (form, "units");
  size_t top = GSL_MAX (GSL_MIN (t->rows / 4, 5), 1);
  size_t *order = calloc (t->rows, sizeof *order);
  double *row = bd_array (t->rows, 6);
  char text[200];
  int code
      = order && row ? GSL_SUCCESS : BD_FAIL (err, GSL_ENOMEM, "no memory");

  if (!code)
    {
      gsl_sort_index (order, plot_values (s, "rank"), 1, t->rows);
      fill_shares (s, form, order, top, row);
      code = bd_figure_data (f, "share", row, t->rows, 6);
    }
  free (order);
  free (row);
  if (units)
    set_layers (s, f);
  bd_figure_text (f, "form", form);
  plot_set (f, "kind", 1, units ? "dropout" : "bagging");
  bd_figure_text (f, "units",
                  units                   ? "units"
                  : plot_has (s, "group") ? "groups"
                                          : "rows");
  bd_figure_text (f, "xlab", along ? t->column[1].name : "");
  bd_figure_text (f, "ylab", y ? y : "y");
  bd_figure_number (f, "top", (double)top);
  snprintf (text, sizeof text,
            "What each of %zu %s carries of the variance; filled: the %zu "
            "that carry most.",
            t->rows, units ? "units" : "rows", top);
  if (!code)
    code = plot_caption (f, s, text);
  return code;
}
