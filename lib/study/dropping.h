/* One dropout network: trained, or read from a file, what its masks say at
   some points, and how sure that is.

   Reference of the untied baseline: D. Warde-Farley, I. Goodfellow, A.
   Courville, Y. Bengio, "An empirical analysis of dropout in piecewise linear
   networks", ICLR 2014.  */
#ifndef BD_STUDY_DROPPING_H
#define BD_STUDY_DROPPING_H

#include "../net/exact.h"
#include "../net/train.h"
#include "../score/forecast.h"
#include "interval.h"
#include "prediction.h"

typedef struct
{
  bd_net_options net; /* with its mask */
  const bd_prediction *predict;
  const gsl_matrix *X;       /* n x d numbers; NULL with MODEL: no rows */
  const gsl_vector *y;       /* n; NULL with MODEL: not known */
  const gsl_matrix *P;       /* m x d */
  const bd_net_model *model; /* trained already; NULL: train on X, y */
  size_t masks;              /* for predictions that draw them */
  size_t untied; /* networks that are trained apart, each with one mask, at the
                    cost of one dropout network, and predict in its place; 0:
                    none */
  bd_interval_wish interval; /* parts that its knobs name are those of the
                                cross-validation, too */
  uint64_t seed;
  int threads; /* below 1: all */

  bool influence; /* as in bd_predicting, of the points */
  double level;
  const bd_stored *stored; /* the masks, made by bd_dropping_store; NULL: they
                              are drawn */
  void (*each) (void *params, uint64_t b, double p, const double u[],
                const double t[]); /* as in bd_predicting */
  void *params;
  bd_progress progress;
} bd_dropping;

#define BD_DROP_SCORES 6

typedef struct
{
  size_t m, k; /* points; predictions of each */
  bd_predicted at;
  double *sd_pred; /* m x k: of a new observation; NaN for classes */
  double noise;    /* standard deviation; NaN: not known, or stated for each
                      point, see at.noise */
  size_t folds;    /* of the cross-validation that the noise and what follows
                      come from; 0: the rows themselves, by a given network */
  double rmse;     /* held out; NaN for classes */
  double log_loss; /* held out, minus the mean log probability of the class
                      that came; NaN for numbers */
  double right;    /* held out, share of rows whose most probable class came */
  bd_scored score[BD_DROP_SCORES]; /* of the same rows, with standard errors */
  size_t scores;                   /* that there are, 0 if none */
  double tied_rmse, tied_log_loss; /* untied networks: of the one dropout
                                      network */
  bd_kept_loss *kept; /* exact, response known: loss of the subnetworks at the
                         rows, by units kept, 0 .. kept_units; NULL: not made,
                         or too much to look at */
  size_t kept_units;
  bd_intervals interval; /* if asked for */
  bd_net_model *own;     /* trained here, or NULL */
  bd_net_trouble trouble;
} bd_dropped;

/* GSL_EINVAL with a sentence when the pieces of O do not go together for data
   of D inputs.  O may lack data and points.  */
int bd_dropping_check (const bd_dropping *o, size_t d, bd_error *err);

/* Run it and fill A, whose arrays bd_dropped_free releases.  On failure there
   is a sentence in ERR and nothing to free.  */
int bd_dropping_run (const bd_dropping *o, bd_dropped *a, bd_error *err);
void bd_dropped_free (bd_dropped *a);

/* Train, draw only the masks that S asks for, and hand them over; for
   predictions that draw whole masks (bd_prediction.members).  A run of all of
   them, with o->stored, gives the bits of a run without.  */
int bd_dropping_store (const bd_dropping *o, const bd_store_options *s,
                       bd_error *err);

/* What it would cost, and a search before it.  */
typedef struct
{
  size_t networks; /* to train */
  uint64_t masks;
  double seconds; /* wall; without the enumeration of `exact' */
} bd_dropping_cost;

/* Train a few steps, draw a few masks and multiply.  */
int bd_dropping_cost_of (const bd_dropping *o, bool search,
                         bd_dropping_cost *cost, bd_error *err);

/* Rates that a search tries.  */
#define BD_RATES 8
extern const double bd_rate_grid[BD_RATES];

typedef struct
{
  double rate;
  double rmse;  /* held out; of numbers.  Classes: root mean squared difference
                   of probability and outcome (Brier score) */
  double score; /* held out, what is chosen by: minus the mean log predictive
                   density (normal, the noise being estimated from the same
                   residuals) or probability */
  double ratio; /* root mean square of the spread between masks over that of
                   the error, held-out error^2 - noise^2; NaN for classes and
                   where the error is not above the noise */
} bd_rate_row;

typedef struct
{
  bd_rate_row row[BD_RATES];
  size_t folds, best;
  double noise;   /* standard deviation, see bd_noise_near; NaN: unknown */
  double matched; /* rate where the ratio is 1, between the rates of the grid
                     on logarithmic scales; 0: below them all, inf: above, NaN:
                     not known */
} bd_rate_search;

/* Cross-validate the rates of the grid inside the rows of O, with everything
   else as it is, and set O's rates to the best.  GSL_EINVAL with a sentence
   when O learns its rates or has too few rows.  */
int bd_dropping_search (bd_dropping *o, bd_rate_search *a, bd_error *err);

/* The standard deviation of the noise of y without any fit.  One input: the
   differences of the rows from the line between their two neighbours (Gasser,
   Sroka and Jennen-Steinmetz 1986).  More: the Gamma test, the intercept of
   half the mean squared difference of responses on the mean squared distance
   of the k-th nearest neighbours, k = 1 .. 10, in standardised inputs, looking
   at 1000 rows at most (Stefansson, Koncar and Jones 1997).  NaN for less than
   20 rows, and where the intercept is negative.  References: Biometrika 73
   (1986); Neural Computing & Applications 5 (1997).  */
double bd_noise_near (const gsl_matrix *X, const gsl_vector *y);

#endif
