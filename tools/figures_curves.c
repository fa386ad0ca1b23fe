/* The figures of a comparison that run along an input: members and bands.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/text.h"
#include "figures.h"

/* Probabilities have ends.  */
static int
set_chances (bd_figure *f)
{
  static const double ends[2] = { 0, 1 };
  return bd_figure_cover (f, "y", ends, 2, 1, false);
}

/* The means of SHOWN and, with BANDS, their prediction bands, and the data. */
static int
set_values (const report *r, bd_figure *f, const size_t shown[], size_t count,
            bool bands)
{
  const bd_dataset *s = r->c->data;
  size_t grid = r->c->grid, used = 0;
  double *y = bd_array (3 * count * grid, 1), row[6];

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
  return code;
}

/* Axes that the panels share.  */
static int
set_axes (const report *r, bd_figure *f, const size_t shown[], size_t count,
          bool bands)
{
  size_t grid = r->c->grid;
  double ends[2] = { rows_grid_x (r, 0), rows_grid_x (r, grid - 1) };
  int code = r->c->data->classes ? set_chances (f)
                                 : set_values (r, f, shown, count, bands);

  return code ? code : bd_figure_cover (f, "x", ends, 2, 1, false);
}

/* What is drawn along the input: the response, or the probability of a
   class.  */
static const char *
y_name (const report *r, char *to, size_t size)
{
  const bd_dataset *s = r->c->data;
  char name[128], class[128];

  if (!s->classes)
    return s->y_name;
  snprintf (
      to, size, "probability of %s = %s",
      bd_text_clean (name, sizeof name, s->y_name),
      bd_text_clean (class, sizeof class, s->class_name[r->drawn_class]));
  return to;
}

/* What members and bands have in common.  */
static int
set_curves (const report *r, bd_figure *f, const size_t shown[], size_t count,
            bool bands)
{
  char label[320];
  int code
      = figure_block (r, f, "points", 0, 0, rows_points (r), 2, rows_point);

  bd_figure_number (f, "npanel", (double)count);
  bd_figure_text (f, "xlab", figure_x (r));
  bd_figure_text (f, "ylab", y_name (r, label, sizeof label));
  bd_figure_number (f, "has_truth", r->scenario != NULL);
  if (!code)
    code = set_axes (r, f, shown, count, bands);
  if (!code)
    code = figure_block (r, f, "truth", 0, 0, r->scenario ? r->c->grid : 1, 2,
                         rows_truth);
  for (size_t k = 0; k < count; k++)
    figure_series (f, k + 1, "title", r->c->row[shown[k]].method);
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
              bd_text_clean (name, sizeof name, figure_x (r)));
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

int
figure_members (const report *r, bd_figure *f)
{
  size_t shown[BD_COMPARED], count = figure_ensembles (r, shown);
  char caption[CAPTION], note[320], drawn[80];
  int code = set_curves (r, f, shown, count, false);

  for (size_t k = 0; !code && k < count; k++)
    {
      size_t kept = r->c->full[shown[k]].kept;
      figure_set (f, "nmember", k + 1, (double)kept);
      code = figure_block (r, f, "members", k + 1, shown[k], r->c->grid,
                           kept + 2, rows_member);
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
            "data (circles%s)%s. Fitted to all rows; seed %llu.%s",
            drawn,
            r->c->data->classes ? ", at 1 where the class came, else at 0"
                                : "",
            r->scenario ? "; the truth is dashed" : "",
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
        && (best == BD_COMPARED || r->c->row[k].error < r->c->row[best].error))
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

int
figure_bands (const report *r, bd_figure *f)
{
  size_t shown[2], count = banded (r, shown);
  char caption[CAPTION], note[320];
  int code = set_curves (r, f, shown, count, true);

  for (size_t k = 0; !code && k < count; k++)
    code = figure_block (r, f, "band", k + 1, shown[k], r->c->grid, 6,
                         rows_band);
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
