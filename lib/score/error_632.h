/* What a fit to all rows would err on new ones, from fits to resampled rows.

   Reference: B. Efron, R. Tibshirani, "Improvements on cross-validation: the
   .632+ bootstrap method", JASA 92 (1997).

   TRAIN is the mean loss of the fit to all rows at those rows, OUT the
   leave-one-out bootstrap error: the mean over rows of the mean loss of the
   single members that left the row out, all losses of one kind.  Both rules
   are made for the ordinary bootstrap of the rows.  */
#ifndef BD_SCORE_ERROR_632_H
#define BD_SCORE_ERROR_632_H

#include <stddef.h>

/* .368 TRAIN + .632 OUT, with (1 - 1/e) for .632.  */
double bd_error_632 (double train, double out);

/* The same with more weight on OUT the more the fit overfits: NONE is the loss
   if inputs and response had nothing to do with each other.  With o = min
   (OUT, NONE), R = (o - TRAIN) / (NONE - TRAIN) where o and NONE exceed TRAIN
   and 0 elsewhere, the weight is .632 / (1 - .368 R) of o.  R goes to OVERFIT,
   if not NULL.  */
double bd_error_632_plus (double train, double out, double none,
                          double *overfit);

/* NONE for squared error: the mean of (y_i - f_j)^2 over all pairs, F being
   the fit at the N rows; in closed form.  */
double bd_no_information_mse (const double y[], const double f[], size_t n);

/* NONE for wrong classes: the share of pairs with y_i != f_j, classes being
   numbers from 0 to K - 1.  */
double bd_no_information_wrong (const size_t y[], const size_t f[], size_t n,
                                size_t k);

#endif
