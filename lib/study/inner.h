/* Inside the training rows of a method: what it is tuned by and what its noise
   is estimated from.  Private to the study.  */
#ifndef BD_STUDY_INNER_H
#define BD_STUDY_INNER_H

#include "ensemble.h"

/* Residuals of the training rows predicted without them, and the variance
   that the method reports for those predictions.  For dropout the first set
   belongs to weight scaling, the second to random masks.  */
typedef struct
{
  size_t n;       /* rows held out: all, but for times the latest */
  double *loss;   /* n: of these rows */
  size_t numbers; /* n; 0 for classes, which have nothing of what follows */
  double *r, *v, *r2;
  double *best_r, *best_v, *best_r2;
  size_t masks;       /* of dropout whose errors are kept; else 0 */
  double *e, *best_e; /* masks x n: errors of the single masks */
  double mean_loss;   /* of the best setting */
} bd_residuals;

/* Room for N rows of a response with CLASSES, 0 for a number, and MASKS.  */
int bd_residuals_init (bd_residuals *a, size_t n, size_t classes,
                       size_t masks);
void bd_residuals_free (bd_residuals *a);

/* Members of the method's ensemble; fewer inside the inner
   cross-validation.  */
size_t bd_members_of (const bd_method *q, const bd_task *t, bool inner);

/* Variance that the method reports for its mean at each point: the steady
   IJ-U of a bag, the spread between masks or seeds.  Points without
   co-moments get the mean of the others.  */
void bd_reported_variance (const bd_method *q, const bd_moments *a,
                           double V[]);

/* Try the grid of the method's tuned knob, or its only setting, by
   cross-validation inside the training rows, by squared error or, for classes,
   by log loss; E is left with the best, OUT
   with its residuals, CHOSEN with its value (NaN when nothing is tuned).  A
   setting that cannot be fitted is passed over.  */
int bd_tune (bd_ensemble *e, const bd_task *t, bd_residuals *out,
             double *chosen, bd_error *err);

/* Rows ROW[0 .. COUNT - 1] of FROM and of RESPONSE as *X and *y, which the
   caller frees also on failure, GSL_ENOMEM.  */
int bd_take_rows (const gsl_matrix *from, const gsl_vector *response,
                  const size_t row[], size_t count, gsl_matrix **X,
                  gsl_vector **y);

#endif
