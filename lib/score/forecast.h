/* Forecasts and their scores, by name.

   Every score takes the same input and uses the parts that it needs; a score
   whose parts are not there is NaN, and so is one that meets a value that is
   not a number.  Rows that were not forecast are the caller's to leave out.
   Scores are means over the rows, roots of such means, or numbers of all rows
   together; all come with a standard error that takes the rows as independent
   draws.  Comparing members of different number needs the fair scores.  */
#ifndef BD_SCORE_FORECAST_H
#define BD_SCORE_FORECAST_H

#include <stdbool.h>
#include <stddef.h>

#include "score.h"

typedef struct
{
  size_t n;        /* rows */
  const double *y; /* n: what came; for classes their number, 0 .. k - 1 (for
                      k = 1: 0 or 1) */

  /* NULL, 0 for what is not known.  The arrays are the caller's.  */
  const double *mean, *sd; /* n each: the predictive N (mean_i, sd_i^2) */
  const double *T;         /* B x n: members */
  size_t B;
  double noise;          /* standard deviation around each member */
  const double *lo, *hi; /* n each: ends of the central interval; without them
                            those of N (mean_i, sd_i^2) */
  double level;          /* of the interval; 0: 0.90 */
  const double *p;       /* n x k: probabilities of the classes; for k = 1 of
                            class 1 */
  size_t k;
} bd_forecast;

#define BD_FORECAST_LEVEL 0.90

typedef enum
{
  BD_LESS_IS_BETTER,
  BD_MORE_IS_BETTER,
  BD_AIM_IS_BEST, /* the nearer to `aim' */
  BD_NO_BETTER    /* says something, but neither end is better by itself */
} bd_orientation;

typedef struct
{
  const char *name;  /* short, in files */
  const char *title; /* for people */
  const char *help;
  const char *unit; /* "y", "y^2", "nat", "share" or "1" */
  bd_orientation better;
  double aim; /* NaN where none is */
  bool root;  /* the score is the root of the mean over the rows */

  /* One of the two: the score of each row, or the score of all rows.
     GSL_ENOMEM.  */
  int (*rows) (const bd_forecast *f, double score[]);
  int (*whole) (const bd_forecast *f, double *score);

  /* Standard error and limits by a formula of its own, or NULL; fills all
     four numbers.  GSL_ENOMEM.  */
  int (*limits) (const bd_forecast *f, bd_interval *a);
} bd_score_type;

extern const bd_score_type *const bd_scores[]; /* ends with NULL */

/* The score called NAME, or NULL.  */
const bd_score_type *bd_score_find (const char *name);

/* The score of F with its standard error and 95 % limits: for means over rows
   s / sqrt (n) with Student's t, for their roots the delta method (limits on
   the scale of the mean, then their roots), for the others the jackknife that
   deletes one of 20 groups of rows (the rows i, i + 20, ...; as many groups
   as there are rows, if fewer).  GSL_ENOMEM.  */
int bd_score_mean (const bd_score_type *type, const bd_forecast *f,
                   bd_interval *a);

/* The score of F less that of G, which forecast the same rows, paired row by
   row (for the jackknife: the same groups).  GSL_EBADLEN when their rows
   differ in number, GSL_ENOMEM.  */
int bd_score_paired (const bd_score_type *type, const bd_forecast *f,
                     const bd_forecast *g, bd_interval *a);

typedef struct
{
  const bd_score_type *type;
  bd_interval value;
} bd_scored;

/* bd_score_mean of F for each of COUNT scores by name.  GSL_EINVAL for a name
   that there is not, GSL_ENOMEM.  */
int bd_score_list (const char *const names[], size_t count,
                   const bd_forecast *f, bd_scored list[]);

/* Mean, standard error and 95 % limits of N independent values, Student's t
   with N - 1 degrees of freedom.  */
bd_interval bd_score_of_rows (const double x[], size_t n);

/* Ends of the central interval of row I of F at its level: given, or normal;
   NaN where neither is known.  */
void bd_forecast_ends (const bd_forecast *f, size_t i, double *lo, double *hi);

/* The level of F's intervals.  */
double bd_forecast_level (const bd_forecast *f);

#endif
