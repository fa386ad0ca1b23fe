/* The table of a comparison, on the terminal and as TSV.  */
#include <config.h>

#include <gsl/gsl_math.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "format.h"
#include "report.h"

const char *const report_columns[COLUMNS]
    = { "rmse", "rmse_se", "diff",    "diff_lo", "diff_hi", "nll",
        "crps", "cover90", "width90", "sd_mean", "seconds" };

void
report_row (const bd_compare_row *row, double value[COLUMNS])
{
  value[COLUMN_RMSE] = row->rmse;
  value[COLUMN_RMSE_SE] = row->rmse_se;
  value[COLUMN_DIFF] = row->diff.mean;
  value[COLUMN_DIFF_LO] = row->diff.lo;
  value[COLUMN_DIFF_HI] = row->diff.hi;
  value[COLUMN_NLL] = row->nll;
  value[COLUMN_CRPS] = row->crps;
  value[COLUMN_COVER] = row->cover;
  value[COLUMN_WIDTH] = row->width;
  value[COLUMN_SD_MEAN] = row->sd_mean;
  value[COLUMN_SECONDS] = row->seconds;
}

void
report_decimals (const bd_comparison *c, int decimals[COLUMNS])
{
  double table[COLUMNS][BD_COMPARED];

  for (size_t k = 0; k < BD_COMPARED; k++)
    {
      double value[COLUMNS];
      report_row (&c->row[k], value);
      for (size_t j = 0; j < COLUMNS; j++)
        table[j][k] = value[j];
    }
  for (size_t j = 0; j < COLUMNS; j++)
    decimals[j] = format_decimals (table[j], BD_COMPARED, 3);
  decimals[COLUMN_RMSE_SE] = decimals[COLUMN_RMSE];
  decimals[COLUMN_DIFF_LO] = decimals[COLUMN_DIFF_HI] = decimals[COLUMN_DIFF];
  decimals[COLUMN_NLL] = 3;
  decimals[COLUMN_COVER] = 2;
  decimals[COLUMN_SECONDS] = 3;
}

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
  bool folds = r->split_by == REPORT_FOLDS || r->split_by == REPORT_GROUPS;
  char first[64] = "", last[64] = "";

  if (folds)
    {
      snprintf (first, sizeof first, "%zu-fold cross-validation", o->folds);
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
  static const int width[COLUMNS]
      = { [COLUMN_NLL] = 7,   [COLUMN_CRPS] = 8,    [COLUMN_COVER] = 7,
          [COLUMN_WIDTH] = 8, [COLUMN_SD_MEAN] = 8, [COLUMN_SECONDS] = 7 };
  double value[COLUMNS];
  char text[4 * FORMAT_SIZE], se[FORMAT_SIZE], number[FORMAT_SIZE];
  int d = decimals[COLUMN_RMSE];

  report_row (row, value);
  format_number (number, value[COLUMN_RMSE], d);
  fprintf (to, "%-*s", title_width (r), row->method->title);
  if (wide)
    fprintf (to, " %7zu  %7s +- %-7s", row->members, number,
             format_number (se, value[COLUMN_RMSE_SE], d));
  else
    fprintf (to, " %8s", number);
  print_difference (value, decimals, text, sizeof text);
  if (row == &r->c->row[r->c->best])
    strcpy (text, report_reference (r));
  fprintf (to, " %26s", text);
  for (size_t j = COLUMN_NLL; j < COLUMNS; j++)
    if (wide || j == COLUMN_COVER || j == COLUMN_SD_MEAN)
      fprintf (to, " %*s", width[j],
               isnan (value[j])
                   ? "-"
                   : format_number (number, value[j], decimals[j]));
  if (wide)
    fprintf (to, " %6.0f", row->fits);
  if (wide && r->scenario)
    fprintf (to, "  %10s", format_number (number, row->rmse_truth, d));
  fputc ('\n', to);
}

#define WIDE 147 /* columns of the whole table */

void
report_print_table (const report *r, size_t columns, FILE *to)
{
  int decimals[COLUMNS];
  bool wide = columns == 0 || columns >= WIDE;

  report_decimals (r->c, decimals);
  if (wide)
    fprintf (to, "%-*s %7s  %18s %26s %7s %8s %7s %8s %8s %7s %6s%s\n",
             title_width (r), "method", "members", "rmse +- se    ",
             "diff in MSE [95 %]", "nll", "crps", "cover90", "width90",
             "sd_mean", "seconds", "fits", r->scenario ? "  rmse_truth" : "");
  else
    fprintf (to, "%-*s %8s %26s %7s %8s\n", title_width (r), "method", "rmse",
             "diff in MSE [95 %]", "cover90", "sd_mean");
  for (size_t k = 0; k < BD_COMPARED; k++)
    if (r->c->options.use[k])
      print_row (r, &r->c->row[k], decimals, wide, to);
  fputc ('\n', to);
  for (size_t k = 0; k < r->verdict.count; k++)
    fprintf (to, "%s\n", r->verdict.text[k]);
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
           "# diff: MSE less that of the %s, paired over %s, with 95 %% "
           "limits\n",
           report_reference (r), c->splits == 1 ? "test rows" : "splits");
  fputs ("# sd_mean: of the ensemble's mean; bags: infinitesimal jackknife; "
         "dropout: spread between masks; seeds: spread between networks\n",
         to);
}

void
report_write_tsv (const report *r, FILE *to)
{
  char number[BD_NUMBER_SIZE];

  report_write_notes (r, to);
  write_columns (r, to);
  fputs ("method\tmembers", to);
  for (size_t j = 0; j < COLUMNS; j++)
    fprintf (to, "\t%s", report_columns[j]);
  fputs ("\ttuned\tsetting\twon\tfailed\tadditive_share\tgain\tgain_lo"
         "\tgain_hi\trmse_truth\tnll_mixture\tmember_mse\tambiguity\tfits\n",
         to);
  for (size_t k = 0; k < BD_COMPARED; k++)
    {
      const bd_compare_row *row = &r->c->row[k];
      double value[COLUMNS],
          more[] = { row->share,      row->gain.mean,  row->gain.lo,
                     row->gain.hi,    row->rmse_truth, row->mixture,
                     row->member_mse, row->ambiguity,  row->fits };
      if (!r->c->options.use[k])
        continue;
      report_row (row, value);
      fprintf (to, "%s\t%zu", row->method->name, row->members);
      for (size_t j = 0; j < COLUMNS; j++)
        fprintf (to, "\t%s", bd_number_print (number, value[j], 17));
      fprintf (to, "\t%s\t%s\t%zu\t%zu",
               row->method->tuned ? row->method->tuned : "-",
               bd_number_print (number, row->tuned, 17), row->tuned_won,
               row->failed);
      for (size_t j = 0; j < sizeof more / sizeof more[0]; j++)
        fprintf (to, "\t%s", bd_number_print (number, more[j], 17));
      fputc ('\n', to);
    }
}
