/* What `bagdrop compare' writes.  */
#ifndef BD_TOOLS_REPORT_H
#define BD_TOOLS_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "../plots/figure.h"
#include "data/scenario.h"
#include "study/compare.h"
#include "study/verdict.h"

#define REPORT_FIGURES 5
#define REPORT_WIDE 2 /* the first ones are as wide as two columns */

/* How the splits were made: by chance; by a file or a column or a file of
   rows to be tested on.  */
typedef enum
{
  REPORT_FOLDS,
  REPORT_FILE,
  REPORT_GROUPS,
  REPORT_TIME,
  REPORT_TEST
} report_splits;

typedef struct
{
  const bd_comparison *c;
  bd_verdict verdict;
  const char *source;          /* the data, for people; clean UTF-8 */
  const bd_scenario *scenario; /* whose truth is known, or NULL */
  const char *command;         /* to run it again */
  const char *left_out; /* a sentence on methods without classes, or "" */
  double memory[BD_COMPARED]; /* MiB that a process takes at most that trains
                                 the method alone; NaN: not known */
  report_splits split_by;
  char split_word[256];              /* the file or column; clean UTF-8 */
  size_t drawn_class; /* whose probability figures show */
  bd_figure *figure[REPORT_FIGURES]; /* NULL: nothing to be drawn */
  char *svg[REPORT_FIGURES];         /* for the page; NULL: not drawn */
} report;

/* The first columns of every table; the others are of the kind of response. */
enum
{
  COLUMN_ERROR,
  COLUMN_ERROR_SE,
  COLUMN_DIFF,
  COLUMN_DIFF_LO,
  COLUMN_DIFF_HI,
  COLUMN_REST,
  COLUMNS = 11 /* most */
};

/* A number that stands AT so many bytes of a record.  */
typedef struct
{
  const char *name; /* in files */
  size_t at;
} report_field;

/* A column of numbers of a bd_compare_row.  */
typedef struct
{
  const char *name;
  size_t at;
  int decimals;     /* -1: three significant digits */
  int width;        /* on a terminal */
  bool narrow, tex; /* has room on a narrow terminal, in an article */
} report_column;

/* What is shown of a comparison of a kind of responses.  */
typedef struct
{
  const bd_response_type *type;
  size_t columns;
  report_column column[COLUMNS];
  report_field more[16]; /* of a row, in files alone; ends with { NULL } */
  report_field fold[16]; /* of a bd_fold_result; ends with { NULL } */

  /* Sentences: on columns, in summary.tsv; on the scores behind the
     difference; on units; on these scores, as TeX; on how methods work.  */
  const char *note, *scores, *units, *tex, *made;
} report_table;

const report_table *report_table_of (const report *r);

/* The number AT so many bytes of RECORD.  */
double report_number (const void *record, size_t at);

/* MiB of the method of ROW, NaN where it is not known.  */
double report_memory (const report *r, const bd_compare_row *row);

/* The numbers of a row of the table T.  */
void report_row (const report_table *t, const bd_compare_row *row,
                 double value[COLUMNS]);

/* Decimals of each column.  */
void report_decimals (const report *r, int decimals[COLUMNS]);

/* What differences refer to: "best single fit" or, where no single fit is
   compared, "best method".  */
const char *report_reference (const report *r);

/* The setting that won, such as "dropout = 0.05 (6 of 10)"; empty if nothing
   was tuned.  */
char *report_setting (const report *r, const bd_compare_row *row, char *to,
                      size_t size);

/* How the splits were made, in words: "5-fold cross-validation, 2 times".  */
char *report_design (const report *r, char *to, size_t size);

/* The same as it stands in files: "folds", "splits", "groups", "time" or
   "test".  */
const char *report_split_name (const report *r);

/* For a terminal of COLUMNS columns; 0: no limit.  */
void report_print_table (const report *r, size_t columns, FILE *to);
void report_write_tsv (const report *r, FILE *to);

/* The notes that each of its tables begins with.  */
void report_write_notes (const report *r, FILE *to);
int report_write_json (const report *r, FILE *to, bd_error *err);
void report_write_html (const report *r, FILE *to);
void report_write_tex (const report *r, FILE *to);

/* Make r->figure; GSL_ENOMEM when memory is short.  */
int report_make_figures (report *r);

/* Compare again what R compares, on parts of the rows that each of its splits
   trains on, and write the errors by the number of rows to PATH.  A code and a
   sentence.  */
int report_learning (const report *r, const char *path, bd_error *err);

/* Write the folder of R, whose figures are made and freed by it.  */
int compare_write (report *r, const char *dir, bd_error *err);

/* Find out before the work is done what would keep it from being written: DIR
   is it, FILE the data (NULL: none).  */
int compare_check_output (const char *dir, const char *file, bd_error *err);

#endif
