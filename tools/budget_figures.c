/* The figures of `bagdrop budget': what goes into each recipe.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/text.h"
#include "budget.h"

#define CAPTION 700
#define KINDS 4 /* parts that can be changed */

static void
set_text (bd_figure *f, const char *label, size_t number, const char *text)
{
  char variable[32];

  snprintf (variable, sizeof variable, "%s_%zu", label, number);
  bd_figure_text (f, variable, text);
}

/* The parts in the order of the bars: kinds 1 to 4, and 5 the bias with the
   noise of a table, which comes last.  */
static size_t
list_parts (const bd_budget *b, const bd_budget_row *row, size_t kind[KINDS],
            double part[KINDS], double se[KINDS])
{
  bool known = !gsl_isnan (b->noise);
  const double value[] = { row->part.bias2, row->part.data, row->part.training,
                           row->part.member };
  const double error[] = { row->part_se.bias2, row->part_se.data,
                           row->part_se.training, row->part_se.member };
  size_t count = 0;

  for (size_t k = 0; k < KINDS; k++)
    {
      size_t from = known ? k : (k + 1) % KINDS;
      if (!gsl_finite (value[from]))
        continue;
      kind[count] = known || from > 0 ? from + 1 : KINDS + 1;
      part[count] = value[from];
      se[count++] = gsl_finite (error[from]) ? error[from] : 0;
    }
  return count;
}

/* Bars of ROW, number AT: each part starts where the one before of its sign
   ended.  Returns how many.  */
static size_t
stack (const bd_budget *b, const bd_budget_row *row, size_t at, double to[])
{
  size_t kind[KINDS], count;
  double part[KINDS], se[KINDS], end[2] = { 0, 0 };

  count = list_parts (b, row, kind, part, se);
  for (size_t k = 0; k < count; k++)
    {
      double *from = &end[part[k] < 0];
      to[5 * k] = (double)at;
      to[5 * k + 1] = (double)kind[k];
      to[5 * k + 2] = *from;
      to[5 * k + 3] = *from += part[k];
      to[5 * k + 4] = se[k];
    }
  return count;
}

static int
make_bars (const budget_job *j, bd_figure *f)
{
  const bd_budget *b = j->done[0];
  bool known = !gsl_isnan (b->noise);
  double bar[BD_BUDGET_METHODS * KINDS * 5], mse[BD_BUDGET_METHODS];
  size_t order[BD_BUDGET_METHODS], used = 0;
  char caption[CAPTION], label[200];

  for (size_t k = 0; k < b->methods; k++)
    mse[k] = b->row[k].mse;
  gsl_sort_index (order, mse, 1, b->methods);
  for (size_t k = 0; k < b->methods; k++)
    {
      const bd_budget_row *row = &b->row[order[k]];
      set_text (f, "name", k + 1, row->method->title);
      used += stack (b, row, k + 1, bar + 5 * used);
    }
  bd_figure_number (f, "nrow", (double)b->methods);
  bd_figure_number (f, "nkind", known ? KINDS : KINDS + 1);
  set_text (f, "part", 1, known ? "bias²" : "");
  set_text (f, "part", 2,
            j->o.S > 1 ? "data: other data sets"
                       : "data and training: other data sets");
  set_text (f, "part", 3, "training: other seeds");
  set_text (f, "part", 4, "members: bags, masks or seeds / their number");
  set_text (f, "part", 5, "bias² and noise");
  snprintf (label, sizeof label, "mean squared error%s",
            known ? " without the noise" : "");
  bd_figure_text (f, "xlab", label);
  snprintf (caption, sizeof caption,
            "Where the error of each method comes from, least error on top: "
            "means over %zu points, %zu %s, %zu trainings on each; whiskers: "
            "one standard error of the part that ends there. Estimates below "
            "zero, of parts that are nearly nothing, stand left of zero. "
            "Seed %llu.",
            b->m, j->o.R, known ? "data sets" : "halvings of the table",
            j->o.S, (unsigned long long)j->o.seed);
  bd_figure_caption (f, caption);
  return bd_figure_data (f, "part", bar, used, 5);
}

/* Parts of ROW along the input, missing ones 0 wide.  */
static void
along (const bd_budget *b, const bd_budget_row *row, const size_t order[],
       double to[])
{
  for (size_t i = 0; i < b->m; i++)
    {
      const bd_error_parts *p = &row->at[order[i]];
      to[5 * i] = gsl_matrix_get (b->P, order[i], 0);
      to[5 * i + 1] = p->bias2;
      to[5 * i + 2] = p->data;
      to[5 * i + 3] = p->training;
      to[5 * i + 4] = p->member;
    }
}

static int
make_along (const budget_job *j, bd_figure *f)
{
  const bd_budget *b = j->done[0];
  size_t size = 5 * b->m, *order = calloc (b->m, sizeof *order);
  bool known = !gsl_isnan (b->noise);
  double *all = bd_array (b->methods, size),
         *parts = bd_array (b->methods, size);
  int code = order && all && parts ? GSL_SUCCESS : GSL_ENOMEM;
  char block[32], caption[CAPTION];
  size_t shown = 0;

  if (!code)
    gsl_sort_index (order, b->P->data, b->P->tda, b->m);
  for (size_t k = 0; !code && k < b->methods; k++)
    {
      along (b, &b->row[k], order, all + k * size);
      for (size_t i = 0; i < size; i++)
        if (i % 5 > (known ? 0 : 1))
          parts[shown++] = all[k * size + i];
      set_text (f, "title", k + 1, b->row[k].method->title);
      snprintf (block, sizeof block, "along_%zu", k + 1);
      code = bd_figure_data (f, block, all + k * size, b->m, 5);
    }
  if (!code)
    code = bd_figure_cover (f, "x", all, b->m, 5, false);
  if (!code)
    code = bd_figure_cover (f, "y", parts, shown, 1, true);
  bd_figure_number (f, "npanel", (double)b->methods);
  bd_figure_number (f, "has_bias", known);
  bd_figure_text (f, "xlab", j->data->x_name[0]);
  bd_figure_text (f, "ylab", "part of the mean squared error");
  snprintf (caption, sizeof caption,
            "Parts of the error along the input: %s. Estimates may be "
            "negative; lines that leave the frame are cut. %zu %s, %zu "
            "trainings on each; seed %llu.",
            known ? "squared bias, data, training and members"
                  : "data, training and members; bias and noise, which come "
                    "together, are left out",
            j->o.R, known ? "data sets" : "halvings of the table", j->o.S,
            (unsigned long long)j->o.seed);
  bd_figure_caption (f, caption);
  free (order);
  free (all);
  free (parts);
  return code;
}

static int
make_sizes (const budget_job *j, bd_figure *f)
{
  double value[BUDGET_SIZES * 5];
  char block[32], note[80], caption[CAPTION];
  size_t shown = 0;
  int code = GSL_SUCCESS;

  for (size_t k = 0; !code && k < j->o.methods; k++)
    {
      budget_slopes s;
      budget_slopes_of (j, k, &s);
      if (gsl_isnan (j->done[0]->row[k].spread))
        continue;
      for (size_t i = 0; i < j->sizes; i++)
        {
          const bd_budget_row *row = &j->done[i]->row[k];
          const double one[]
              = { (double)j->size[i], row->variance, row->variance_se,
                  row->spread, row->spread_se };
          for (size_t c = 0; c < 5; c++)
            value[5 * i + c] = one[c];
        }
      set_text (f, "title", ++shown, j->o.method[k].title);
      set_text (f, "kind", shown, bd_kind_family (j->o.method[k].kind));
      snprintf (note, sizeof note, "slope %s%.2f, reported %s%.2f",
                s.variance < 0 ? "−" : "", fabs (s.variance),
                s.spread < 0 ? "−" : "", fabs (s.spread));
      set_text (f, "note", shown, note);
      snprintf (block, sizeof block, "size_%zu", shown);
      code = bd_figure_data (f, block, value, j->sizes, 5);
    }
  bd_figure_number (f, "npanel", (double)shown);
  bd_figure_text (f, "xlab", "rows of a data set");
  bd_figure_text (f, "ylab", "variance");
  snprintf (
      caption, sizeof caption,
      "Variance of the prediction over data sets, trainings and members "
      "(black) and the variance that the method reports for it (dashed), "
      "means over %zu points, against the number of rows; whiskers: one "
      "standard error. %zu data sets of each size; seed %llu.",
      j->done[0]->m, j->o.R, (unsigned long long)j->o.seed);
  bd_figure_caption (f, caption);
  return code;
}

/* Is there a method that reports a variance?  */
static bool
has_spread (const budget_job *j)
{
  for (size_t k = 0; k < j->o.methods; k++)
    if (!gsl_isnan (j->done[0]->row[k].spread))
      return true;
  return false;
}

int
budget_figures (const budget_job *j, bd_figure *figure[BUDGET_FIGURES])
{
  bool curve = j->done[0]->P->size2 == 1;
  const struct
  {
    const char *name;
    int (*make) (const budget_job *j, bd_figure *f);
    bool there;
  } list[BUDGET_FIGURES]
      = { { "budget", make_bars, j->sizes == 0 && j->o.R > 1 },
          { "budget_x", make_along, j->sizes == 0 && j->o.R > 1 && curve },
          { "budget_n", make_sizes, j->sizes > 0 && has_spread (j) } };

  for (size_t k = 0; k < BUDGET_FIGURES; k++)
    {
      figure[k] = list[k].there ? bd_figure_alloc (list[k].name, list[k].name)
                                : NULL;
      if (list[k].there && (!figure[k] || list[k].make (j, figure[k])))
        return GSL_ENOMEM;
    }
  return GSL_SUCCESS;
}
