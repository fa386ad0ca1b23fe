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

/* VARIABLE_K = TEXT.  */
void plot_set (bd_figure *f, const char *variable, size_t k, const char *text);

#endif
