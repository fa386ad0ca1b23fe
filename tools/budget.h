/* What the files of `bagdrop budget' share.  */
#ifndef BD_TOOLS_BUDGET_H
#define BD_TOOLS_BUDGET_H

#include "../plots/figure.h"
#include "checkpoint.h"
#include "opt.h"
#include "study/budget.h"
#include "tools.h"

#define BUDGET_SIZES 12 /* most sizes */
#define BUDGET_OWN 4    /* most methods that one fitter makes */
#define BUDGET_TITLE 300

/* As typed; NULL, 0 and NaN where nothing was.  */
typedef struct
{
  const char *y, *x, *scenario, *points, *methods, *fitter, *network;
  const char *sizes, *along, *dir, *resume;
  size_t rows, nets;
  double noise;
  bool dry;
} budget_choices;

/* What was made of it.  */
typedef struct
{
  const char *file; /* of the data, or NULL */
  bd_dataset *data; /* its rows; for a scenario some, for the names */
  gsl_matrix *P;
  size_t size[BUDGET_SIZES], sizes; /* 0: one budget, of o.n rows */
  char name[BUDGET_OWN][80], title[BUDGET_OWN][BUDGET_TITLE];
  char knobs[BUDGET_TITLE]; /* of the methods that --fitter makes */
  bd_budget_options o;
  bd_budget *done[BUDGET_SIZES]; /* by size; the first without sizes */
} budget_job;

/* The pieces named by Q into J.  Returns -1 or the status to exit with, the
   mistake told.  */
int budget_choose (const opt_command *c, const budget_choices *q,
                   budget_job *j);

/* Open the trainings in Q->resume that this budget goes on from.  NULL and a
   sentence.  */
checkpoint *budget_kept (const budget_choices *q, const budget_job *j,
                         bd_error *err);

/* What Q's --fitter makes: the fit, its bag and, for networks, the masks or
   other seeds.  */
int budget_choose_fitter (const opt_command *c, const char *spec,
                          budget_job *j);

/* Notes, findings and the table, to TO; the parts at every point.  */
void budget_print (const budget_choices *q, const budget_job *j, FILE *to);
void budget_print_along (const budget_choices *q, const budget_job *j,
                         FILE *to);

/* A sentence for each finding, each a note.  */
void budget_put_findings (const budget_job *j, FILE *to);

#define BUDGET_FIGURES 3

/* The figures of J; NULL where there is nothing to be drawn.  GSL_ENOMEM when
   memory is short; the caller frees them in any case.  */
int budget_figures (const budget_job *j, bd_figure *figure[BUDGET_FIGURES]);

/* How the variances of a method go with the number of rows: slopes of their
   logarithms, with standard errors; NaN where they cannot be had.  */
typedef struct
{
  double variance, variance_se, spread, spread_se;
} budget_slopes;
void budget_slopes_of (const budget_job *j, size_t method, budget_slopes *s);

/* Tables and figures into Q's folder, and the parts at every point into its
   file; and whether that can be done, before the work is.  */
int budget_write (const budget_choices *q, const budget_job *j, bd_error *err);
int budget_check_files (const budget_choices *q, const budget_job *j,
                        bd_error *err);

/* Budgets in J: one, or one for each size.  */
size_t budget_count (const budget_job *j);

#endif
