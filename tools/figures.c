/* The five figures of a comparison: what goes into each recipe.  */
#include <config.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <ctype.h>
#include <stdlib.h>

#include "base/array.h"
#include "figures.h"

size_t
figure_ensembles (const report *r, size_t place[BD_COMPARED])
{
  size_t count = 0;

  for (size_t k = 0; k < BD_COMPARED; k++)
    if (r->c->options.use[k] && r->c->row[k].method->kind != BD_SINGLE
        && r->c->row[k].method->kind != BD_SCALING)
      place[count++] = k;
  return count;
}

void
figure_series (bd_figure *f, size_t number, const char *label,
               const bd_method *q)
{
  char variable[32];

  snprintf (variable, sizeof variable, "%s_%zu", label, number);
  bd_figure_text (f, variable, q->title);
  snprintf (variable, sizeof variable, "kind_%zu", number);
  bd_figure_text (f, variable, bd_kind_family (q->kind));
}

void
figure_set (bd_figure *f, const char *label, size_t number, double value)
{
  char variable[32];

  snprintf (variable, sizeof variable, "%s_%zu", label, number);
  bd_figure_number (f, variable, value);
}

int
figure_block (const report *r, bd_figure *f, const char *name, size_t number,
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

const char *
figure_x (const report *r)
{
  return r->c->data->x_name[r->c->along];
}

static int
make_variance (const report *r, bd_figure *f)
{
  size_t shown[BD_COMPARED], count = figure_ensembles (r, shown);
  bool curve = r->c->data->d == 1;
  size_t rows = curve ? r->c->grid : r->c->F->size1 - r->c->grid;
  char label[256], caption[CAPTION];
  int code = GSL_SUCCESS;

  snprintf (label, sizeof label, "predicted %s", r->c->data->y_name);
  bd_figure_text (f, "xlab", curve ? figure_x (r) : label);
  snprintf (label, sizeof label, "variance between members");
  bd_figure_text (f, "ylab", label);
  bd_figure_number (f, "curve", curve);
  bd_figure_number (f, "nline", (double)count);
  for (size_t k = 0; !code && k < count; k++)
    {
      figure_series (f, k + 1, "title", r->c->row[shown[k]].method);
      code = figure_block (r, f, "line", k + 1, shown[k], rows, 2,
                           rows_variance);
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
  size_t all[BD_COMPARED], count = figure_ensembles (r, all), kept = 0;

  for (size_t k = 0; k < count; k++)
    if (r->c->row[all[k]].steps >= 3)
      shown[kept++] = all[k];
  return kept;
}

/* TEXT as a sentence begins.  */
static const char *
capital (char *to, size_t size, const char *text)
{
  snprintf (to, size, "%s", text);
  to[0] = (char)toupper ((unsigned char)to[0]);
  return to;
}

static int
make_growth (const report *r, bd_figure *f)
{
  char word[64];
  size_t shown[BD_COMPARED], count = growing (r, shown), drawn = 0;
  char caption[CAPTION];
  int code = GSL_SUCCESS;

  bd_figure_text (f, "ylab", r->c->response->loss_long);
  for (size_t k = 0; !code && k < count; k++)
    {
      const bd_compare_row *row = &r->c->row[shown[k]];
      figure_series (f, ++drawn, "title", row->method);
      figure_set (f, "c", drawn, row->growth_c);
      figure_set (f, "w", drawn, row->growth_w);
      code = figure_block (r, f, "line", drawn, shown[k], row->steps, 2,
                           rows_growth);
    }
  bd_figure_number (f, "nline", (double)drawn);
  snprintf (caption, sizeof caption,
            "%s on held-out rows "
            "against the number of members M (marks: mean over %zu splits and "
            "disjoint groups of members), the "
            "fitted curve c + w/M and its limit c (dashed). Seed %llu.",
            capital (word, sizeof word, r->c->response->loss_long),
            r->c->splits, (unsigned long long)r->c->options.seed);
  bd_figure_caption (f, caption);
  return code;
}

static int
make_scores (const report *r, bd_figure *f)
{
  const bd_comparison *c = r->c;
  double error[BD_COMPARED], table[BD_COMPARED * 4];
  size_t over = c->splits > 1 ? c->splits : c->row[c->best].fold[0].errors;
  double t = over > 1 ? gsl_cdf_tdist_Pinv (0.975, (double)over - 1) : 0;
  size_t order[BD_COMPARED], place[BD_COMPARED], count = 0;
  char label[256], caption[CAPTION], word[64];
  const char *what = c->splits > 1 ? "splits" : "test rows";

  for (size_t k = 0; k < BD_COMPARED; k++)
    if (c->options.use[k])
      {
        error[count] = c->row[k].error;
        place[count++] = k;
      }
  gsl_sort_index (order, error, 1, count);
  for (size_t k = 0; k < count; k++)
    {
      const bd_compare_row *row = &c->row[place[order[k]]];
      figure_series (f, k + 1, "name", row->method);
      table[4 * k] = (double)(k + 1);
      table[4 * k + 1] = row->error;
      table[4 * k + 2] = row->error - t * row->error_se;
      table[4 * k + 3] = row->error + t * row->error_se;
    }
  bd_figure_number (f, "nrow", (double)count);
  if (c->has_single)
    bd_figure_number (f, "ref", c->row[c->best].error);
  snprintf (label, sizeof label, "%s of %s on held-out rows",
            c->response->error, c->data->y_name);
  bd_figure_text (f, "xlab", label);
  snprintf (caption, sizeof caption,
            "%s of each method "
            "on held-out rows with its 95 %% interval over %zu %s, best "
            "on top%s. Intervals of different "
            "methods share %s: read differences from the table. Seed "
            "%llu.",
            capital (word, sizeof word, c->response->error_long), over, what,
            c->has_single ? "; dotted: the best single fit" : "", what,
            (unsigned long long)c->options.seed);
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
    bool spread; /* of predictions with a standard deviation */
  } list[REPORT_FIGURES]
      = { { "members", figure_members, figure_ensembles, false },
          { "bands", figure_bands, figure_ensembles, true },
          { "variance", make_variance, figure_ensembles, true },
          { "growth", make_growth, growing, false },
          { "scores", make_scores, NULL, false } };
  size_t shown[BD_COMPARED];

  r->drawn_class = rows_choose_class (r->c->data);
  for (size_t k = 0; k < REPORT_FIGURES; k++)
    {
      if ((list[k].rows && list[k].rows (r, shown) == 0)
          || (list[k].spread && !r->c->response->spread))
        continue;
      r->figure[k] = bd_figure_alloc (list[k].name, list[k].name);
      if (!r->figure[k] || list[k].make (r, r->figure[k]))
        return GSL_ENOMEM;
    }
  return GSL_SUCCESS;
}
