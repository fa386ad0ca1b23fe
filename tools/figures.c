/* The five figures of a comparison: what goes into each recipe.  */
#include <config.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/text.h"
#include "report.h"
#include "rows.h"

#define CAPTION 700

/* Rows of the ensembles compared; returns their number.  */
static size_t
ensembles (const report *r, size_t place[BD_COMPARED])
{
  size_t count = 0;

  for (size_t k = 0; k < BD_COMPARED; k++)
    if (r->c->options.use[k] && r->c->row[k].method->kind != BD_SINGLE
        && r->c->row[k].method->kind != BD_SCALING)
      place[count++] = k;
  return count;
}

static void
set_series (bd_figure *f, size_t number, const char *label, const bd_method *q)
{
  char variable[32];

  snprintf (variable, sizeof variable, "%s_%zu", label, number);
  bd_figure_text (f, variable, q->title);
  snprintf (variable, sizeof variable, "kind_%zu", number);
  bd_figure_text (f, variable, bd_kind_family (q->kind));
}

static void
set_number (bd_figure *f, const char *label, size_t number, double value)
{
  char variable[32];

  snprintf (variable, sizeof variable, "%s_%zu", label, number);
  bd_figure_number (f, variable, value);
}

/* Copy ROWS x COLUMNS values made by FILL into block NAME[_NUMBER].  */
static int
set_block (const report *r, bd_figure *f, const char *name, size_t number,
           size_t method, size_t rows, size_t columns, rows_fill *fill)
{
  char block[32];
  double *value = bd_array (rows, columns);
  int code = GSL_ENOMEM;

  if (number)
    snprintf (block, sizeof block, "%s_%zu", name, number);
  else
    snprintf (block, sizeof block, "%s", name);
  for (size_t i = 0; value && i < rows; i++)
    fill (r, method, i, value + i * columns);
  if (value)
    code = bd_figure_data (f, block, value, rows, columns);
  free (value);
  return code;
}

static const char *
x_name (const report *r)
{
  return r->c->data->x_name[r->c->along];
}

/* Axes that the panels share: data, the means of SHOWN and, with BANDS, their
   prediction bands.  */
static int
set_axes (const report *r, bd_figure *f, const size_t shown[], size_t count,
          bool bands)
{
  const bd_dataset *s = r->c->data;
  size_t grid = r->c->grid, used = 0;
  double *y = bd_array (3 * count * grid, 1), row[6];
  double ends[2] = { rows_grid_x (r, 0), rows_grid_x (r, grid - 1) };

  if (!y)
    return GSL_ENOMEM;
  for (size_t k = 0; k < count; k++)
    for (size_t i = 0; i < grid; i++)
      {
        rows_band (r, shown[k], i, row);
        y[used++] = row[1];
        y[used++] = bands ? row[4] : row[1];
        y[used++] = bands ? row[5] : row[1];
      }
  int code = bd_figure_cover (f, "y", s->y->data, s->n, s->y->stride, true);
  if (!code)
    code = bd_figure_cover (f, "y", y, used, 1, false);
  free (y);
  return code ? code : bd_figure_cover (f, "x", ends, 2, 1, false);
}

/* What members and bands have in common.  */
static int
set_curves (const report *r, bd_figure *f, const size_t shown[], size_t count,
            bool bands)
{
  int code = set_block (r, f, "points", 0, 0, rows_points (r), 2, rows_point);

  bd_figure_number (f, "npanel", (double)count);
  bd_figure_text (f, "xlab", x_name (r));
  bd_figure_text (f, "ylab", r->c->data->y_name);
  bd_figure_number (f, "has_truth", r->scenario != NULL);
  if (!code)
    code = set_axes (r, f, shown, count, bands);
  if (!code)
    code = set_block (r, f, "truth", 0, 0, r->scenario ? r->c->grid : 1, 2,
                      rows_truth);
  for (size_t k = 0; k < count; k++)
    set_series (f, k + 1, "title", r->c->row[shown[k]].method);
  return code;
}

/* How several inputs are shown along one axis, and many rows.  */
static const char *
sweep_note (const report *r, char *to, size_t size)
{
  char name[128];
  size_t used = 0;

  to[0] = '\0';
  if (r->c->data->n > rows_points (r))
    used = (size_t)snprintf (to, size, " Circles: %zu of the %zu rows.",
                             rows_points (r), r->c->data->n);
  if (r->c->data->d > 1)
    snprintf (to + used, size - used,
              " Curves run along %s with the other inputs at their "
              "medians, so points need not lie on them.",
              bd_text_clean (name, sizeof name, x_name (r)));
  return to;
}

/* The most members that any of the ensembles shown is drawn with.  */
static size_t
most_kept (const report *r, const size_t shown[], size_t count)
{
  size_t most = 0;

  for (size_t k = 0; k < count; k++)
    most = GSL_MAX (most, r->c->full[shown[k]].kept);
  return most;
}

static int
make_members (const report *r, bd_figure *f)
{
  size_t shown[BD_COMPARED], count = ensembles (r, shown);
  char caption[CAPTION], note[320], drawn[80];
  int code = set_curves (r, f, shown, count, false);

  for (size_t k = 0; !code && k < count; k++)
    {
      size_t kept = r->c->full[shown[k]].kept;
      set_number (f, "nmember", k + 1, (double)kept);
      code = set_block (r, f, "members", k + 1, shown[k], r->c->grid, kept + 2,
                        rows_member);
    }
  const bd_own *own = r->c->options.own;
  snprintf (drawn, sizeof drawn,
            own && own->count ? "at most %zu drawn"
                              : "%zu drawn of %zu, %zu for networks",
            own && own->count ? most_kept (r, shown, count)
                              : r->c->full[shown[0]].kept,
            r->c->options.members, r->c->options.nets);
  snprintf (caption, sizeof caption,
            "Members of each ensemble (thin lines, "
            "%s), their mean (bold) and the "
            "data (circles)%s. Fitted to all rows; seed %llu.%s",
            drawn, r->scenario ? "; the truth is dashed" : "",
            (unsigned long long)r->c->options.seed,
            sweep_note (r, note, sizeof note));
  bd_figure_caption (f, caption);
  return code;
}

/* The method of KIND with the smallest error, BD_COMPARED if none.  */
static size_t
best_of (const report *r, bd_kind kind)
{
  size_t best = BD_COMPARED;

  for (size_t k = 0; k < BD_COMPARED; k++)
    if (r->c->options.use[k] && r->c->row[k].method->kind == kind
        && (best == BD_COMPARED || r->c->row[k].rmse < r->c->row[best].rmse))
      best = k;
  return best;
}

/* The best bagging method and the best one of random masks, or which of the
   two there is, or any ensemble.  Returns how many.  */
static size_t
banded (const report *r, size_t shown[2])
{
  static const bd_kind kinds[] = { BD_BAGGING, BD_DROPOUT, BD_SEEDS };
  size_t count = 0;

  for (size_t k = 0; k < 3 && (k < 2 || count == 0); k++)
    {
      size_t best = best_of (r, kinds[k]);
      if (best < BD_COMPARED)
        shown[count++] = best;
    }
  return count;
}

static int
make_bands (const report *r, bd_figure *f)
{
  size_t shown[2], count = banded (r, shown);
  char caption[CAPTION], note[320];
  int code = set_curves (r, f, shown, count, true);

  for (size_t k = 0; !code && k < count; k++)
    code = set_block (r, f, "band", k + 1, shown[k], r->c->grid, 6, rows_band);
  snprintf (caption, sizeof caption,
            "Mean with its 90 %% band (dark, mean "
            "± 1.645 sd_mean) and the 90 %% prediction band (light). %s "
            "Fitted to all rows; seed %llu.%s",
            count < 2 ? bd_spread_meaning (r->c->row[shown[0]].method->kind)
                      : "Left: the bagging method with the smallest error; "
                        "right: dropout, whose dark band is the spread "
                        "between masks.",
            (unsigned long long)r->c->options.seed,
            sweep_note (r, note, sizeof note));
  bd_figure_caption (f, caption);
  return code;
}

static int
make_variance (const report *r, bd_figure *f)
{
  size_t shown[BD_COMPARED], count = ensembles (r, shown);
  bool curve = r->c->data->d == 1;
  size_t rows = curve ? r->c->grid : r->c->F->size1 - r->c->grid;
  char label[256], caption[CAPTION];
  int code = GSL_SUCCESS;

  snprintf (label, sizeof label, "predicted %s", r->c->data->y_name);
  bd_figure_text (f, "xlab", curve ? x_name (r) : label);
  snprintf (label, sizeof label, "variance between members");
  bd_figure_text (f, "ylab", label);
  bd_figure_number (f, "curve", curve);
  bd_figure_number (f, "nline", (double)count);
  for (size_t k = 0; !code && k < count; k++)
    {
      set_series (f, k + 1, "title", r->c->row[shown[k]].method);
      code = set_block (r, f, "line", k + 1, shown[k], rows, 2, rows_variance);
    }
  snprintf (caption, sizeof caption,
            "Variance between the members of each "
            "ensemble (squared units of the response) %s. Fitted to all rows; "
            "seed %llu.",
            curve ? "along the input"
                  : "against the predicted value, one mark per row",
            (unsigned long long)r->c->options.seed);
  bd_figure_caption (f, caption);
  return code;
}

/* Ensembles with points enough for a curve.  */
static size_t
growing (const report *r, size_t shown[])
{
  size_t all[BD_COMPARED], count = ensembles (r, all), kept = 0;

  for (size_t k = 0; k < count; k++)
    if (r->c->row[all[k]].steps >= 3)
      shown[kept++] = all[k];
  return kept;
}

static int
make_growth (const report *r, bd_figure *f)
{
  size_t shown[BD_COMPARED], count = growing (r, shown), drawn = 0;
  char caption[CAPTION];
  int code = GSL_SUCCESS;

  bd_figure_text (f, "ylab", "mean squared error");
  for (size_t k = 0; !code && k < count; k++)
    {
      const bd_compare_row *row = &r->c->row[shown[k]];
      set_series (f, ++drawn, "title", row->method);
      set_number (f, "c", drawn, row->growth_c);
      set_number (f, "w", drawn, row->growth_w);
      code = set_block (r, f, "line", drawn, shown[k], row->steps, 2,
                        rows_growth);
    }
  bd_figure_number (f, "nline", (double)drawn);
  snprintf (caption, sizeof caption,
            "Mean squared error on held-out rows "
            "against the number of members M (marks: mean over %zu splits and "
            "disjoint groups of members), the "
            "fitted curve c + w/M and its limit c (dashed). Seed %llu.",
            r->c->splits, (unsigned long long)r->c->options.seed);
  bd_figure_caption (f, caption);
  return code;
}

static int
make_scores (const report *r, bd_figure *f)
{
  const bd_comparison *c = r->c;
  double rmse[BD_COMPARED], table[BD_COMPARED * 4];
  size_t over = c->splits > 1 ? c->splits : c->row[c->best].fold[0].errors;
  double t = over > 1 ? gsl_cdf_tdist_Pinv (0.975, (double)over - 1) : 0;
  size_t order[BD_COMPARED], place[BD_COMPARED], count = 0;
  char label[256], caption[CAPTION];
  const char *what = c->splits > 1 ? "splits" : "test rows";

  for (size_t k = 0; k < BD_COMPARED; k++)
    if (c->options.use[k])
      {
        rmse[count] = c->row[k].rmse;
        place[count++] = k;
      }
  gsl_sort_index (order, rmse, 1, count);
  for (size_t k = 0; k < count; k++)
    {
      const bd_compare_row *row = &c->row[place[order[k]]];
      set_series (f, k + 1, "name", row->method);
      table[4 * k] = (double)(k + 1);
      table[4 * k + 1] = row->rmse;
      table[4 * k + 2] = row->rmse - t * row->rmse_se;
      table[4 * k + 3] = row->rmse + t * row->rmse_se;
    }
  bd_figure_number (f, "nrow", (double)count);
  if (c->has_single)
    bd_figure_number (f, "ref", c->row[c->best].rmse);
  snprintf (label, sizeof label, "RMSE of %s on held-out rows",
            c->data->y_name);
  bd_figure_text (f, "xlab", label);
  snprintf (caption, sizeof caption,
            "Root mean squared error of each method "
            "on held-out rows with its 95 %% interval over %zu %s, best "
            "on top%s. Intervals of different "
            "methods share %s: read differences from the table. Seed "
            "%llu.",
            over, what, c->has_single ? "; dotted: the best single fit" : "",
            what, (unsigned long long)c->options.seed);
  bd_figure_caption (f, caption);
  return bd_figure_data (f, "score", table, count, 4);
}

int
report_make_figures (report *r)
{
  static const struct
  {
    const char *name;
    int (*make) (const report *r, bd_figure *f);
    size_t (*rows) (const report *r, size_t shown[]); /* none: not drawn */
  } list[REPORT_FIGURES] = { { "members", make_members, ensembles },
                             { "bands", make_bands, ensembles },
                             { "variance", make_variance, ensembles },
                             { "growth", make_growth, growing },
                             { "scores", make_scores, NULL } };
  size_t shown[BD_COMPARED];

  for (size_t k = 0; k < REPORT_FIGURES; k++)
    {
      if (list[k].rows && list[k].rows (r, shown) == 0)
        continue;
      r->figure[k] = bd_figure_alloc (list[k].name, list[k].name);
      if (!r->figure[k] || list[k].make (r, r->figure[k]))
        return GSL_ENOMEM;
    }
  return GSL_SUCCESS;
}
