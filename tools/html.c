/* report.html: one offline page, no script, figures inline.  */
#include <config.h>

#include <gsl/gsl_version.h>
#include <math.h>
#include <string.h>

#include "format.h"
#include "page.h"
#include "report.h"

static void
head (const report *r, FILE *to)
{
  const bd_comparison *c = r->c;

  char title[300], design[600];

  snprintf (title, sizeof title, "Bagging and dropout compared: %s",
            r->source);
  page_head (to, title, "");
  fputs ("<h1>Which averaging lowers the error of ", to);
  page_put (to, c->data->y_name);
  fputs ("?</h1>\n<p class=\"soft\">", to);
  page_put (to, r->source);
  fprintf (to, ": %zu rows, %zu %s. %zu split%s (", c->data->n, c->data->d,
           c->data->d == 1 ? "input" : "inputs", c->splits,
           c->splits == 1 ? "" : "s");
  page_put (to, report_design (r, design, sizeof design));
  fputs (").", to);
  if (c->data->left_out)
    fprintf (to, " %zu rows with missing values were left out.",
             c->data->left_out);
  fputs ("</p>\n", to);
}

static void
verdict (const report *r, FILE *to)
{
  fputs ("<h2>Verdict</h2>\n<ul>\n", to);
  for (size_t k = 0; k < r->verdict.count; k++)
    {
      fputs ("<li>", to);
      page_put (to, r->verdict.text[k]);
      fputs ("</li>\n", to);
    }
  fputs ("</ul>\n<p class=\"soft\">Brackets hold 95 % intervals of paired "
         "differences over the ",
         to);
  fputs (r->c->splits == 1
             ? "test rows. "
             : "splits, widened because training sets overlap (Nadeau and "
               "Bengio 2003). ",
         to);
  fputs ("An interval that covers zero shows no "
         "difference; it does not prove that there is none.</p>\n",
         to);
}

/* Columns that stand together in one cell: "24.0 ± 2.8", "4.0 [-39, 47]".  */
static void
put_error (const double value[COLUMNS], const int decimals[COLUMNS], FILE *to)
{
  char a[FORMAT_SIZE], b[FORMAT_SIZE];
  int d = decimals[COLUMN_ERROR];

  fprintf (to, "<td>%s ± %s</td>", format_number (a, value[COLUMN_ERROR], d),
           format_number (b, value[COLUMN_ERROR_SE], d));
}

static void
put_difference (const double value[COLUMNS], const int decimals[COLUMNS],
                FILE *to)
{
  char a[FORMAT_SIZE], lo[FORMAT_SIZE], hi[FORMAT_SIZE];
  int d = decimals[COLUMN_DIFF];

  fprintf (to, "<td>%s [%s, %s]</td>",
           format_number (a, value[COLUMN_DIFF], d),
           format_number (lo, value[COLUMN_DIFF_LO], d),
           format_number (hi, value[COLUMN_DIFF_HI], d));
}

static void
table_row (const report *r, const bd_compare_row *row,
           const int decimals[COLUMNS], FILE *to)
{
  const report_table *t = report_table_of (r);
  bool best = row == &r->c->row[r->c->best];
  double value[COLUMNS];
  char number[FORMAT_SIZE], setting[128];

  report_row (t, row, value);
  fprintf (to, "<tr%s><td>", best ? " class=\"best\"" : "");
  page_put (to, row->method->title);
  fprintf (to, "</td><td>%zu</td>", row->members);
  put_error (value, decimals, to);
  if (best)
    fprintf (to, "<td>%s</td>", report_reference (r));
  else
    put_difference (value, decimals, to);
  for (size_t j = COLUMN_REST; j < t->columns; j++)
    fprintf (to, "<td>%s</td>",
             isnan (value[j]) ? "–"
                              : format_number (number, value[j], decimals[j]));
  fprintf (to, "<td>%.0f</td><td>%s</td>", row->fits,
           isnan (report_memory (r, row))
               ? "–"
               : format_number (number, report_memory (r, row), 1));
  if (r->scenario)
    fprintf (to, "<td>%s</td>",
             format_number (number, row->rmse_truth, decimals[COLUMN_ERROR]));
  fputs ("<td class=\"l\">", to);
  page_put (to, report_setting (r, row, setting, sizeof setting));
  fputs ("</td></tr>\n", to);
}

/* What the columns are.  */
static void
explain (const report *r, FILE *to)
{
  const report_table *t = report_table_of (r);

  fprintf (to,
           "</tbody>\n</table>\n</div>\n<p class=\"soft\">%s: %s "
           "on held-out rows ± its standard error. diff: %s "
           "less that of the %s, with its 95 %% interval. %s "
           "seconds: processor time of one "
           "split; fits: how often the fitter ran there, tuning and noise "
           "included (the two rows of dropout share one network and have the "
           "cost of both); MiB: the most memory of a process that fits this "
           "method to all rows on one thread. "
           "%s",
           t->column[COLUMN_ERROR].name, t->type->error_long,
           t->type->loss_long, report_reference (r), t->scores, t->units);
  if (r->scenario)
    fputs (" rmse_truth: error against the curve that the data were simulated "
           "from, without their noise.",
           to);
  if (r->left_out[0])
    {
      fputc (' ', to);
      page_put (to, r->left_out);
    }
  fputs ("</p>\n", to);
}

static void
table (const report *r, FILE *to)
{
  const report_table *t = report_table_of (r);
  int decimals[COLUMNS];

  report_decimals (r, decimals);
  fprintf (to,
           "<h2>Table</h2>\n<div class=\"wide\" role=\"region\" "
           "aria-label=\"table\" tabindex=\"0\">\n<table>\n<thead><tr>"
           "<th>method</th><th>members</th><th>%s</th><th>diff in %s "
           "[95 %%]</th>",
           t->column[COLUMN_ERROR].name, t->type->loss);
  for (size_t j = COLUMN_REST; j < t->columns; j++)
    fprintf (to, "<th>%s</th>", t->column[j].name);
  fprintf (to,
           "<th>fits</th><th>MiB</th>%s<th class=\"l\">setting that "
           "won</th></tr></thead>\n"
           "<tbody>\n",
           r->scenario ? "<th>rmse_truth</th>" : "");
  for (size_t k = 0; k < BD_COMPARED; k++)
    if (r->c->options.use[k])
      table_row (r, &r->c->row[k], decimals, to);
  explain (r, to);
}

static void
figure (const report *r, size_t k, FILE *to)
{
  if (!r->figure[k])
    return;
  const char *name = bd_figure_name (r->figure[k]);
  fprintf (to, "<figure id=\"%s\">\n", name);
  if (r->svg[k] && k < REPORT_WIDE)
    {
      fprintf (to,
               "<div class=\"wide\" role=\"region\" aria-label=\"figure "
               "%s\" tabindex=\"0\">",
               name);
      fputs (r->svg[k], to);
      fputs ("</div>\n", to);
    }
  else if (r->svg[k])
    fputs (r->svg[k], to);
  else
    fprintf (to,
             "<p>Not drawn: gnuplot could not be run. To draw it: "
             "<code>gnuplot figures/%s.gp</code></p>\n",
             name);
  fputs ("<figcaption>", to);
  page_put (to, bd_figure_get_caption (r->figure[k]));
  fputs ("</figcaption>\n</figure>\n", to);
}

/* The two wide figures, then the narrow ones side by side where the page has
   room.  */
static void
figures (const report *r, FILE *to)
{
  fputs ("<h2>Figures</h2>\n", to);
  for (size_t k = 0; k < REPORT_WIDE; k++)
    figure (r, k, to);
  fputs ("<div class=\"pair\">\n", to);
  for (size_t k = REPORT_WIDE; k < REPORT_FIGURES; k++)
    figure (r, k, to);
  fputs ("</div>\n", to);
}

static void
meanings (FILE *to)
{
  static const bd_kind kinds[]
      = { BD_BAGGING, BD_DROPOUT, BD_SEEDS, BD_SINGLE };

  fputs ("<h3>What each spread means</h3>\n<p>sd_mean is about the mean curve "
         "(confidence); sd_pred, behind the prediction intervals, adds the "
         "noise of a new observation. The two are never mixed.</p>\n<ul>\n",
         to);
  for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
    fprintf (to, "<li>%s</li>\n", bd_spread_meaning (kinds[k]));
  fputs ("</ul>\n", to);
}

static void
settings (const report *r, FILE *to)
{
  static const char *const inside[]
      = { [REPORT_FOLDS] = "",
          [REPORT_FILE] = "",
          [REPORT_GROUPS] = " Groups were kept whole there, too.",
          [REPORT_TIME] = " There the latest block was held out.",
          [REPORT_TEST] = "" };
  const bd_compare_options *o = &r->c->options;

  fprintf (to,
           "<h2>Methods and settings</h2>\n<p>All methods saw the same "
           "splits and the same resamples. Bagged fits have %zu members, "
           "ensembles of networks %zu, random masks %zu. ",
           o->members, o->nets, o->masks);
  if (o->own && o->own->count)
    fputs ("Methods whose names hold B= have as many as these say. ", to);
  if (o->network)
    {
      fputs ("Networks are trained by Adam on standardised data with <code>",
             to);
      page_put (to, o->network);
      fputs ("</code> over the settings of <code>bagdrop list</code>. ", to);
    }
  else
    fputs ("Networks have one hidden layer of 50 tanh units and are trained "
           "by Adam on standardised data. ",
           to);
  fprintf (to, "%s%s Seed %llu.</p>\n", report_table_of (r)->made,
           inside[r->split_by], (unsigned long long)o->seed);
}

static void
again (const report *r, FILE *to)
{
  fputs ("<h2>Run it again</h2>\n<pre>", to);
  page_put (to, r->command);
  fprintf (to,
           "</pre>\n<p class=\"soft\">bagdrop %s, GSL %s, BLAS %s. The "
           "same version, seed and machine give the same numbers with any "
           "number of threads. Figures: <code>gnuplot -e "
           "\"term='pdfcairo'\" figures/members.gp</code> draws one again; "
           "each script holds its data.</p>\n</body>\n</html>\n",
           PACKAGE_VERSION, GSL_VERSION, BD_BLAS_NAME);
}

void
report_write_html (const report *r, FILE *to)
{
  head (r, to);
  verdict (r, to);
  table (r, to);
  figures (r, to);
  settings (r, to);
  if (r->c->response->spread)
    meanings (to);
  again (r, to);
}
