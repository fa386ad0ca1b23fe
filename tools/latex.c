/* report.tex: the comparison as a fragment for an article, which needs the
   packages booktabs and graphicx and nothing else.  */
#include <config.h>

#include <math.h>
#include <string.h>

#include "format.h"
#include "report.h"
#include "tex.h"

static const char manual[]
    = "% In the article:\n"
      "%   \\usepackage{booktabs,graphicx}\n"
      "%   \\newcommand\\bagdropdir{FOLDER}  % where figures/ is; default: .\n"
      "%   \\input{FOLDER/report}\n"
      "% Labels: tab:bagdrop, fig:bagdrop-members and so on.\n"
      "\\providecommand\\bagdropdir{.}\n";

static void
head (const report *r, FILE *to)
{
  fputs ("% Made by bagdrop " PACKAGE_VERSION " as\n%   ", to);
  tex_put_comment (to, r->command);
  fprintf (to, "\n%s%s\n", manual, tex_definitions);
}

static void
verdict (const report *r, FILE *to)
{
  fputs ("\\paragraph{Which averaging lowers the error of ", to);
  tex_put (to, r->c->data->y_name);
  fputs ("?}\n\\begin{itemize}\n", to);
  for (size_t k = 0; k < r->verdict.count; k++)
    {
      fputs ("\\item ", to);
      tex_put (to, r->verdict.text[k]);
      fputc ('\n', to);
    }
  fputs ("\\end{itemize}\n\n", to);
}

static void
put_number (FILE *to, double value, int decimals)
{
  char number[FORMAT_SIZE];

  if (isnan (value))
    fputs ("--", to);
  else
    fprintf (to, "$%s$", format_number (number, value, decimals));
}

static void
row (const report *r, const bd_compare_row *a, const int decimals[COLUMNS],
     FILE *to)
{
  const report_table *t = report_table_of (r);
  double value[COLUMNS];

  report_row (t, a, value);
  tex_put (to, a->method->title);
  fprintf (to, " & %zu & ", a->members);
  put_number (to, value[COLUMN_ERROR], decimals[COLUMN_ERROR]);
  fputs (" $\\pm$ ", to);
  put_number (to, value[COLUMN_ERROR_SE], decimals[COLUMN_ERROR]);
  fputs (" & ", to);
  if (a == &r->c->row[r->c->best])
    fputs (report_reference (r), to);
  else
    {
      put_number (to, value[COLUMN_DIFF], decimals[COLUMN_DIFF]);
      fputs (" [", to);
      put_number (to, value[COLUMN_DIFF_LO], decimals[COLUMN_DIFF]);
      fputs (", ", to);
      put_number (to, value[COLUMN_DIFF_HI], decimals[COLUMN_DIFF]);
      fputc (']', to);
    }
  for (size_t j = COLUMN_REST; j < t->columns; j++)
    if (t->column[j].tex)
      {
        fputs (" & ", to);
        put_number (to, value[j], decimals[j]);
      }
  fputs (" \\\\\n", to);
}

static void
caption (const report *r, FILE *to)
{
  const bd_comparison *c = r->c;
  const report_table *t = report_table_of (r);
  char design[600];

  fputs ("\\caption{Errors for ", to);
  tex_put (to, r->source);
  fprintf (to, " (%zu rows, %zu %s), on %zu split%s (", c->data->n, c->data->d,
           c->data->d == 1 ? "input" : "inputs", c->splits,
           c->splits == 1 ? "" : "s");
  tex_put (to, report_design (r, design, sizeof design));
  fprintf (to, "; seed %llu). ", (unsigned long long)c->options.seed);
  tex_put (to, t->column[COLUMN_ERROR].name);
  fprintf (to,
           ": %s of held-out rows $\\pm$ "
           "standard error. diff: %s less that of the %s, with "
           "its 95\\,\\%% interval over the splits, widened for overlapping "
           "training sets. %s",
           t->type->error_long, t->type->loss_long, report_reference (r),
           t->tex);
  if (r->left_out[0])
    {
      fputc (' ', to);
      tex_put (to, r->left_out);
    }
  fputs ("}\n\\label{tab:bagdrop}\n", to);
}

/* As wide as it is or, if that is too wide, as the text.  */
static void
table (const report *r, FILE *to)
{
  const report_table *t = report_table_of (r);
  int decimals[COLUMNS];

  report_decimals (r, decimals);
  fputs ("\\begin{table}[htbp]\n\\centering\n", to);
  caption (r, to);
  fputs ("\\medskip\\footnotesize\\setlength\\tabcolsep{3.5pt}%\n"
         "\\setbox0=\\hbox{%\n\\begin{tabular}{@{}lrrr",
         to);
  for (size_t j = COLUMN_REST; j < t->columns; j++)
    if (t->column[j].tex)
      fputc ('r', to);
  fputs ("@{}}\n\\toprule\nmethod & members & ", to);
  tex_put (to, t->column[COLUMN_ERROR].name);
  fprintf (to, " & diff in %s [95\\,\\%%]", t->type->loss);
  for (size_t j = COLUMN_REST; j < t->columns; j++)
    if (t->column[j].tex)
      {
        fputs (" & ", to);
        tex_put (to, t->column[j].name);
      }
  fputs (" \\\\\n\\midrule\n", to);
  for (size_t k = 0; k < BD_COMPARED; k++)
    if (r->c->options.use[k])
      row (r, &r->c->row[k], decimals, to);
  fputs ("\\bottomrule\n\\end{tabular}}%\n"
         "\\ifdim\\wd0>\\linewidth\n  \\resizebox{\\linewidth}{!}{\\box0}%\n"
         "\\else\n  \\box0\n\\fi\n\\end{table}\n\n",
         to);
}

static void
figure (const report *r, size_t k, FILE *to)
{
  if (!r->figure[k])
    return;
  const char *name = bd_figure_name (r->figure[k]);
  fprintf (to,
           "\\begin{figure}[htbp]\n\\centering\n"
           "\\IfFileExists{\\bagdropdir/figures/%s.pdf}%%\n"
           "  {\\includegraphics[width=%s\\linewidth,height=.75\\textheight,"
           "keepaspectratio]%%\n    {\\bagdropdir/figures/%s.pdf}}%%\n"
           "  {\\fbox{to be drawn by \\texttt{gnuplot} from "
           "\\texttt{%s.gp}}}\n\\caption{",
           name, k < REPORT_WIDE ? "" : ".7", name, name);
  tex_put (to, bd_figure_get_caption (r->figure[k]));
  fprintf (to, "}\n\\label{fig:bagdrop-%s}\n\\end{figure}\n\n", name);
}

void
report_write_tex (const report *r, FILE *to)
{
  head (r, to);
  verdict (r, to);
  table (r, to);
  for (size_t k = 0; k < REPORT_FIGURES; k++)
    figure (r, k, to);
  fputs ("\\endinput\n", to);
}
