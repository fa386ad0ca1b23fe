/* What the files of `bagdrop plot' share.  */
#ifndef BD_TOOLS_PLOT_H
#define BD_TOOLS_PLOT_H

#include <stdbool.h>

#include "../plots/figure.h"
#include "base/error.h"
#include "data/members.h"
#include "data/table.h"

/* A file that one of our commands wrote.  */
typedef struct
{
  char **line; /* what it tells in its lines "# ..." */
  size_t lines;
  bd_table *table;     /* NULL for members */
  bd_members *members; /* the file of --dump-members, or NULL */
  bd_table *data;      /* --data, or NULL */
  bd_table *at;        /* --at, or NULL */
} plot_source;

/* Read FILE ("-": standard input) into S; plot_source_free in any case.  A
   code and a sentence.  */
int plot_source_read (plot_source *s, const char *file, bd_error *err);
void plot_source_free (plot_source *s);

/* The value of the line "# NAME: value" of S, or NULL.  */
const char *plot_note (const plot_source *s, const char *name);

/* The last column of T called NAME, t->columns if there is none.  */
size_t plot_column (const bd_table *t, const char *name);

/* Does S have all columns of NEEDS (with blanks between them)?  */
bool plot_has (const plot_source *s, const char *needs);

/* SENTENCE and what the notes of S tell of members, seed and data into the
   caption of F.  */
int plot_caption (bd_figure *f, const plot_source *s, const char *sentence);

/* The family whose colour it has, and what it is called.  */
const char *plot_family (const plot_source *s);
const char *plot_title (const plot_source *s, char *to, size_t size);

/* "WHAT (response POWER)" into TO, or WHAT where the response has no name.  */
#define PLOT_LABEL 200
const char *plot_label (const plot_source *s, const char *what,
                        const char *power, char to[PLOT_LABEL]);

/* What can be drawn: by which recipe, NULL for that of its name; the columns
   that it needs; columns that would mean another table; what else must be
   there (NULL: nothing); and how.  MAKE fills F; a code and a sentence.  */
typedef struct
{
  const char *name, *recipe, *needs, *without;
  bool (*there) (const plot_source *s);
  int (*make) (const plot_source *s, bd_figure *f, bd_error *err);
  const char *help; /* NULL: the recipe's */
} plot_kind;
extern const plot_kind plot_kinds[]; /* ends with { NULL } */

bool plot_fits (const plot_kind *k, const plot_source *s);

int plot_bands (const plot_source *s, bd_figure *f, bd_error *err);
int plot_variance (const plot_source *s, bd_figure *f, bd_error *err);
int plot_members (const plot_source *s, bd_figure *f, bd_error *err);
int plot_budget (const plot_source *s, bd_figure *f, bd_error *err);
int plot_budget_x (const plot_source *s, bd_figure *f, bd_error *err);
int plot_scores (const plot_source *s, bd_figure *f, bd_error *err);
int plot_calibration (const plot_source *s, bd_figure *f, bd_error *err);
int plot_rate (const plot_source *s, bd_figure *f, bd_error *err);
int plot_masks (const plot_source *s, bd_figure *f, bd_error *err);

/* Is there a list of rates tried, of units kept, in the notes?  */
bool plot_lists_rates (const plot_source *s);
bool plot_lists_kept (const plot_source *s);

/* Are there errors of methods with their standard errors?  */
bool plot_has_errors (const plot_source *s);

int plot_influence (const plot_source *s, bd_figure *f, bd_error *err);
int plot_growth (const plot_source *s, bd_figure *f, bd_error *err);
int plot_ambiguity (const plot_source *s, bd_figure *f, bd_error *err);
int plot_budget_n (const plot_source *s, bd_figure *f, bd_error *err);
int plot_learning (const plot_source *s, bd_figure *f, bd_error *err);
int plot_width (const plot_source *s, bd_figure *f, bd_error *err);

/* Are there several numbers in column `rows', which is there?  Or one, or no
   such column?  Has S limits of a new observation, or their mean widths?  */
bool plot_has_sizes (const plot_source *s);
bool plot_has_one_size (const plot_source *s);
bool plot_has_widths (const plot_source *s);

/* The responses at the ROWS rows of FILE: in its table or in --data, row for
   row.  NULL and a sentence.  They belong to S.  */
const double *plot_responses (const plot_source *s, const char *file,
                              size_t rows, bd_error *err);

/* Of tables with a row for each method: column NAME, which is there; the name
   in row I; LABEL_K = the title of the method called NAME, with its kind, the
   one for classes by plot_set_class_method.
   plot_need_methods: a column of names, none missing, and COUNT of them not
   too many.
   plot_levels: numbers of the names in the order in which they come.  */
#define PLOT_ROWS 20 /* most rows or panels that a figure has */
const double *plot_values (const plot_source *s, const char *name);
const char *plot_method (const plot_source *s, size_t i);
void plot_set_method (bd_figure *f, const char *label, size_t k,
                      const char *name);
void plot_set_class_method (bd_figure *f, const char *label, size_t k,
                            const char *name);
const char *plot_method_family (const char *name);
size_t plot_levels (const plot_source *s, size_t level[PLOT_ROWS]);
int plot_need_methods (const plot_source *s, size_t count, bd_error *err);

/* VARIABLE_K = TEXT.  */
void plot_set (bd_figure *f, const char *variable, size_t k, const char *text);

/* Of the recipe `panels': entry NUMBER (from 1) of the key, the RANK-th of its
   kind; number VALUE of panel K; panel K, of lines.  */
void plot_key (bd_figure *f, size_t number, const char *name, const char *kind,
               size_t rank);
void plot_panel_number (bd_figure *f, const char *label, size_t k,
                        double value);
void plot_panel (bd_figure *f, size_t k, const char *title, const char *x,
                 const char *y);

/* Line L of panel K, of entry ENTRY: COUNT rows x, y, lower and upper end.  */
int plot_line (bd_figure *f, size_t k, size_t l, size_t entry, double row[][4],
               size_t count);

/* Line L of panel K: straight from (X[0], Y[0]) to (X[1], Y[1]) with the band
   LO to HI (NaN: none), of so many rows that it has no marks.  */
#define PLOT_GUIDE 13
int plot_guide (bd_figure *f, size_t k, size_t l, size_t entry,
                const double x[2], const double y[2], double lo, double hi);

/* Line L of panel K: a histogram of the N values V, N > 0, in percent, as a
   line with steps.  *TOP: its height.  It has so many bins, some of them
   empty, that it has no marks.  */
int plot_histogram (bd_figure *f, size_t k, size_t l, size_t entry,
                    const double v[], size_t n, double *top);

#endif
