/* The variance budget of methods: how much of their error is bias, how much
   comes from the data, from training, from the members, and from noise.

   Every method is trained S times, with seeds of its own, on each of R data
   sets; variance/anova.h takes the predictions apart.  What is tuned inside a
   method is part of its training and is tuned every time.

   Data sets come from a scenario, whose truth is known, or from the rows of a
   table.  Then data set r is a random half of the rows, and a row is predicted
   from the half that does not contain it (2-fold cross-validation, repeated R
   times): no row is predicted from itself and no row occurs twice, which would
   mislead all that is tuned inside.  The parts then hold for training sets of
   half as many rows; halves of one table vary about half as much as fresh data
   sets of their size would, for which the data part is corrected to first
   order; and the squared bias comes together with the noise.  */
#ifndef BD_STUDY_BUDGET_H
#define BD_STUDY_BUDGET_H

#include "../base/progress.h"
#include "../base/store.h"
#include "../data/scenario.h"
#include "../variance/anova.h"
#include "method.h"

#define BD_BUDGET_METHODS (BD_METHODS + 5)
#define BD_BUDGET_ROWS 20 /* least rows of a data set */

typedef struct
{
  const bd_scenario *scenario; /* NULL: the rows of data */
  const bd_dataset *data;      /* numbers only; outlives the budget */
  size_t n;                    /* rows of a simulated data set */
  double noise;                /* standard deviation of theirs */
  const gsl_matrix *P; /* points of a scenario; NULL: drawn from its inputs */
  size_t points;       /* so many */
  bd_method method[BD_BUDGET_METHODS];
  size_t methods;
  const char *network;         /* as in bd_task */
  size_t R, S;                 /* data sets; trainings on each */
  size_t members, nets, masks; /* M of bags, of networks, of masks */
  uint64_t seed;
  int threads; /* below 1: as many as OpenMP gives; changes no number */
  const bd_record_store *records; /* a piece for each training, so that a run
                                     can go on; NULL: none */
  bd_progress progress;
} bd_budget_options;

/* The sine of 60 rows, its usual noise, 61 points, no method yet; 50 data
   sets, 2 trainings, 20 members of bags, 5 networks, 50 masks, seed 1.  */
bd_budget_options bd_budget_options_default (void);

/* Add METHOD, without the cross-validation that only its noise would need.
   GSL_ETABLE when there are too many.  */
int bd_budget_add (bd_budget_options *o, const bd_method *method);

typedef struct
{
  const bd_method *method;
  size_t members; /* M */

  /* Means over the points, with the standard error over data sets.  */
  bd_error_parts part, part_se;
  double mse, mse_se;           /* with the noise */
  double variance, variance_se; /* of the prediction: d + u + w / M */
  double spread, spread_se;     /* the variance that the method reports for its
                                   prediction; NaN for a single fit */
  double ratio, ratio_se;       /* spread / variance */
  double seconds; /* processor time; 0 where the next method's trainings are
                     used */

  /* The same at each point.  */
  bd_error_parts *at, *at_se;
  double *at_mse, *at_spread;
} bd_budget_row;

typedef struct
{
  bd_budget_options options;
  size_t rows; /* in a training set; of a table half of its own, rounded up */
  size_t m;    /* points */
  gsl_matrix *P; /* m x d, in rising order of a single input */
  double *truth; /* m: noise-free response, or the row's own */
  double noise;  /* variance of the noise; NaN: not known apart from bias */
  double more;   /* as in bd_anova_parts */
  size_t methods;
  bd_budget_row row[BD_BUDGET_METHODS];
} bd_budget;

/* Run it.  Two identities are checked for every method: the parts add to the
   error of the ensembles, and the error of an ensemble is the mean error of
   its members less their ambiguity (Krogh & Vedelsby 1995); GSL_ESANITY, a
   defect of the program, where one does not hold to rounding.  NULL and a
   sentence on failure.  The caller frees.  */
bd_budget *bd_budget_run (const bd_budget_options *o, bd_error *err);
void bd_budget_free (bd_budget *b);

/* Slope of log V on log N by least squares for COUNT sizes, and its standard
   error from the standard errors SE of V.  NaN for fewer than two sizes or a V
   that is not positive.  */
void bd_budget_slope (const double n[], const double v[], const double se[],
                      size_t count, double *slope, double *slope_se);

/* How many trainings the budget is.  */
size_t bd_budget_trainings (const bd_budget_options *o);

#endif
