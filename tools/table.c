/* The table of a comparison, on the terminal and as TSV.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "format.h"
#include "report.h"

const char *
report_reference (const report *r)
{
  return r->c->has_single ? "best single fit" : "best method";
}

char *
report_setting (const report *r, const bd_compare_row *row, char *to,
                size_t size)
{
  char number[BD_NUMBER_SIZE];

  to[0] = '\0';
  if (!isnan (row->tuned))
    snprintf (to, size, "%s = %s (%zu of %zu)", row->method->tuned,
              bd_number_print (number, row->tuned, 3), row->tuned_won,
              r->c->splits);
  return to;
}

double
report_memory (const report *r, const bd_compare_row *row)
{
  return r->memory[row - r->c->row];
}

const char *
report_split_name (const report *r)
{
  static const char *const name[] = { [REPORT_FOLDS] = "folds",
                                      [REPORT_FILE] = "splits",
                                      [REPORT_GROUPS] = "groups",
                                      [REPORT_TIME] = "time",
                                      [REPORT_TEST] = "test" };
  return name[r->split_by];
}

char *
report_design (const report *r, char *to, size_t size)
{
  /* What stands before the name of the file or column, and after it.  */
  static const char *const words[][2]
      = { [REPORT_FOLDS] = { "", "" },
          [REPORT_FILE] = { "rows held out by ", "" },
          [REPORT_GROUPS] = { " that keeps the groups of ", " whole" },
          [REPORT_TIME] = { "forward in the order of ",
                            ": trained on all blocks before, tested on the "
                            "next" },
          [REPORT_TEST] = { "tested on ", "" } };
  const bd_compare_options *o = &r->c->options;
  bool classes = r->c->data->classes && r->split_by == REPORT_FOLDS;
  bool folds = r->split_by == REPORT_FOLDS || r->split_by == REPORT_GROUPS;
  char first[64] = "", last[64] = "";

  if (folds)
    {
      snprintf (first, sizeof first, "%zu-fold cross-validation%s", o->folds,
                classes ? " with equal shares of the classes" : "");
      snprintf (last, sizeof last, ", %zu %s", o->repeats,
                o->repeats == 1 ? "time" : "times");
    }
  if (r->split_by == REPORT_TEST)
    snprintf (last, sizeof last, ", %zu rows", o->test->n);
  snprintf (to, size, "%s%s%s%s%s", first, words[r->split_by][0],
            r->split_word, words[r->split_by][1], last);
  return to;
}

#define TITLE_WIDTH 24

/* Of the column of titles.  */
static int
title_width (const report *r)
{
  size_t width = TITLE_WIDTH;

  for (size_t k = 0; k < BD_COMPARED; k++)
    if (r->c->options.use[k])
      width = GSL_MAX (width, strlen (r->c->row[k].method->title));
  return (int)width;
}

/* "12.3 [-4.5, 29.0]", the difference and its limits.  */
static void
print_difference (const double value[COLUMNS], const int decimals[COLUMNS],
                  char *to, size_t size)
{
  char a[FORMAT_SIZE], lo[FORMAT_SIZE], hi[FORMAT_SIZE];
  int d = decimals[COLUMN_DIFF];

  snprintf (to, size, "%s [%s, %s]", format_number (a, value[COLUMN_DIFF], d),
            format_number (lo, value[COLUMN_DIFF_LO], d),
            format_number (hi, value[COLUMN_DIFF_HI], d));
}

/* A line of the table: what fits 79 columns, or all of it.  */
static void
print_row (const report *r, const bd_compare_row *row,
           const int decimals[COLUMNS], bool wide, FILE *to)
{
  const report_table *t = report_table_of (r);
  double value[COLUMNS];
  char text[4 * FORMAT_SIZE], se[FORMAT_SIZE], number[FORMAT_SIZE];
  int d = decimals[COLUMN_ERROR];

  report_row (t, row, value);
  format_number (number, value[COLUMN_ERROR], d);
  fprintf (to, "%-*s", title_width (r), row->method->title);
  if (wide)
    fprintf (to, " %7zu  %7s +- %-7s", row->members, number,
             format_number (se, value[COLUMN_ERROR_SE], d));
  else
    fprintf (to, " %8s", number);
  print_difference (value, decimals, text, sizeof text);
  if (row == &r->c->row[r->c->best])
    strcpy (text, report_reference (r));
  fprintf (to, " %26s", text);
  for (size_t j = COLUMN_REST; j < t->columns; j++)
    if (wide || t->column[j].narrow)
      fprintf (to, " %*s", t->column[j].width,
               isnan (value[j])
                   ? "-"
                   : format_number (number, value[j], decimals[j]));
  if (wide)
    fprintf (to, " %6.0f %6s", row->fits,
             isnan (report_memory (r, row))
                 ? "-"
                 : format_number (number, report_memory (r, row), 1));
  if (wide && r->scenario)
    fprintf (to, "  %10s", format_number (number, row->rmse_truth, d));
  fputc ('\n', to);
}

#define WIDE 154 /* columns of the whole table */

static void
print_head (const report *r, bool wide, FILE *to)
{
  const report_table *t = report_table_of (r);
  const char *error = t->column[COLUMN_ERROR].name;
  char what[64];

  fprintf (to, "%-*s", title_width (r), "method");
  snprintf (what, sizeof what, "%s +- se    ", error);
  if (wide)
    fprintf (to, " %7s  %18s", "members", what);
  else
    fprintf (to, " %8s", error);
  snprintf (what, sizeof what, "diff in %s [95 %%]", t->type->loss);
  fprintf (to, " %26s", what);
  for (size_t j = COLUMN_REST; j < t->columns; j++)
    if (wide || t->column[j].narrow)
      fprintf (to, " %*s", t->column[j].width, t->column[j].name);
  if (wide)
    fprintf (to, " %6s %6s%s", "fits", "MiB",
             r->scenario ? "  rmse_truth" : "");
  fputc ('\n', to);
}

void
report_print_table (const report *r, size_t columns, FILE *to)
{
  int decimals[COLUMNS];
  bool wide = columns == 0 || columns >= WIDE;

  report_decimals (r, decimals);
  print_head (r, wide, to);
  for (size_t k = 0; k < BD_COMPARED; k++)
    if (r->c->options.use[k])
      print_row (r, &r->c->row[k], decimals, wide, to);
  fputc ('\n', to);
  for (size_t k = 0; k < r->verdict.count; k++)
    fprintf (to, "%s\n", r->verdict.text[k]);
  if (r->left_out[0])
    fprintf (to, "\n%s\n", r->left_out);
}

void
report_write_notes (const report *r, FILE *to)
{
  const bd_comparison *c = r->c;
  const bd_compare_options *o = &c->options;
  char name[256];

  fprintf (to, "# bagdrop: %s\n# command: %s\n# data: %s\n", PACKAGE_VERSION,
           r->command, r->source);
  fprintf (to, "# response: %s\n# rows: %zu\n# rows left out: %zu\n",
           bd_text_clean (name, sizeof name, c->data->y_name), c->data->n,
           c->data->left_out);
  for (size_t k = 0; k < c->data->classes; k++)
    fprintf (to, "%s%s", k ? ", " : "# classes: ",
             bd_text_clean (name, sizeof name, c->data->class_name[k]));
  if (c->data->classes)
    fputc ('\n', to);
  fprintf (to, "# seed: %llu\n", (unsigned long long)o->seed);
  if (r->split_by != REPORT_FOLDS)
    fprintf (to, "# %s: %s (%zu)\n", report_split_name (r), r->split_word,
             o->test ? o->test->n : c->splits);
  if (r->split_by == REPORT_FOLDS || r->split_by == REPORT_GROUPS)
    fprintf (to, "# folds: %zu\n# repeats: %zu\n", o->folds, o->repeats);
}

/* What the columns are.  */
static void
write_columns (const report *r, FILE *to)
{
  const bd_comparison *c = r->c;

  fprintf (to, "# %s: %s\n", report_reference (r),
           c->row[c->best].method->name);
  fprintf (to,
           "# diff: %s less that of the %s, paired over %s, with 95 %% "
           "limits\n",
           c->response->loss, report_reference (r),
           c->splits == 1 ? "test rows" : "splits");
  fprintf (to, "# %s\n", report_table_of (r)->note);
  if (r->left_out[0])
    fprintf (to, "# left out: %s\n", r->left_out);
}

static void
write_row (const report *r, const bd_compare_row *row, FILE *to)
{
  const report_table *t = report_table_of (r);
  char number[BD_NUMBER_SIZE];

  fprintf (to, "%s\t%zu", row->method->name, row->members);
  for (size_t j = 0; j < t->columns; j++)
    fprintf (
        to, "\t%s",
        bd_number_print (number, report_number (row, t->column[j].at), 17));
  fprintf (
      to, "\t%s\t%s\t%zu\t%zu", row->method->tuned ? row->method->tuned : "-",
      bd_number_print (number, row->tuned, 17), row->tuned_won, row->failed);
  for (const report_field *f = t->more; f->name; f++)
    fprintf (to, "\t%s",
             bd_number_print (number, report_number (row, f->at), 17));
  fprintf (to, "\t%s\n", bd_number_print (number, report_memory (r, row), 4));
}

void
report_write_tsv (const report *r, FILE *to)
{
  const report_table *t = report_table_of (r);

  report_write_notes (r, to);
  write_columns (r, to);
  fputs ("method\tmembers", to);
  for (size_t j = 0; j < t->columns; j++)
    fprintf (to, "\t%s", t->column[j].name);
  fputs ("\ttuned\tsetting\twon\tfailed", to);
  for (const report_field *f = t->more; f->name; f++)
    fprintf (to, "\t%s", f->name);
  fputs ("\tmemory_mib\n", to);
  for (size_t k = 0; k < BD_COMPARED; k++)
    if (r->c->options.use[k])
      write_row (r, &r->c->row[k], to);
}
