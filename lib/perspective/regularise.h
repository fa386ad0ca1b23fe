/* Parts of perspective 5: arms, measures.  Private to the room.  */
#ifndef BD_PERSPECTIVE_REGULARISE_H
#define BD_PERSPECTIVE_REGULARISE_H

#include "cast.h"

enum /* arms beyond the cast, for lines */
{
  BD_REG_RATES = BD_CAST, /* dropout along its rates */
  BD_REG_DECAYS,          /* weight decay along its sizes */
  BD_REG_TRAIN_SINGLE,    /* on the training rows */
  BD_REG_TRAIN_DROPOUT,
  BD_REG_LINEAR_DROPOUT, /* of a linear model */
  BD_REG_LINEAR_RIDGE,
  BD_REG_ARMS
};

#define BD_REG_LENGTHS 6
#define BD_REG_SIZES 4

/* Lengths of training, in passes over N rows: 30 .. 10,000, the last ones cut
   off at 20,000 steps.  Returns how many.  */
size_t bd_regularise_passes (const bd_net_options *base, size_t n,
                             double pass[BD_REG_LENGTHS]);

/* Numbers of training rows around N, and widths around that of BASE.  */
size_t bd_regularise_rows (const bd_perspective_options *o, size_t n,
                           double rows[BD_REG_SIZES]);
size_t bd_regularise_widths (const bd_net_options *base,
                             double width[BD_REG_SIZES]);

/* The variance of the noise that the test responses are free of.  */
double bd_regularise_noise (const bd_perspective_options *o);

/* Effective degrees of freedom, sum_i cov (t_i, y_i) / variance, from K >= 2
   draws of the noise E (K x N) and what was fitted to each, T (K x N).
   Unbiased, and exact on average for any K.  */
double bd_effective_df (size_t K, size_t n, const double t[], const double e[],
                        double variance);

/* Normal equations of a linear model on X whose columns are multiplied by
   masks of rate Q with mean 1: A (c x c), the mean of X_m' X_m, and MEAN (c)
   that of the factors, summed over all 2^c masks.  */
void bd_linear_by_masks (const gsl_matrix *X, double q, gsl_matrix *A,
                         double mean[]);

/* The same of the ridge that it should come to: X'X + q/(1 - q) diag
   (X'X).  */
void bd_linear_by_ridge (const gsl_matrix *X, double q, gsl_matrix *A,
                         double mean[]);

/* Solve them for the response Y: predictions T (n) with all columns, and the
   trace *DF of the matrix that makes them from Y.  A is overwritten.
   GSL_ENOMEM, GSL_EDOM.  */
int bd_linear_solve (const gsl_matrix *X, const double y[], gsl_matrix *A,
                     const double mean[], double t[], double *df);

/* Fill their parts of the record V.  */
int bd_regularise_df (const bd_cast *c, const bd_layout *l, double v[]);
int bd_regularise_linear (const bd_cast *c, const bd_layout *l, double v[]);
void bd_regularise_rates (const bd_cast *c, const bd_layout *l, double v[]);
int bd_regularise_paths (const bd_cast *c, const bd_layout *l, double v[]);

#endif
