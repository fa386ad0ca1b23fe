/* Scores of a bag by the rows that its members left out.  */
#ifndef BD_STUDY_OUT_OF_BAG_H
#define BD_STUDY_OUT_OF_BAG_H

#include <gsl/gsl_vector.h>

#include "../score/forecast.h"
#include "../variance/moments.h"

#define BD_OUT_SCORES 5

typedef struct
{
  size_t rows; /* that two members or more left out; 0: no scores */

  /* The mean of the members that left a row out against its y; the normal
     forecast around it has the noise, the variance of the bag's mean and that
     of so few members.  The noise was fitted to the same rows.  */
  bd_scored score[BD_OUT_SCORES];

  double se;      /* of the root mean squared error of a bag of many members */
  double single;  /* .632+ root mean squared error of the one fit to all rows,
                     see score/error_632.h; NaN where it does not apply */
  double overfit; /* its relative overfitting rate, 0 .. 1 */
} bd_out_of_bag;

/* Fill OUT but for the single fit.  SHARE as in bd_left_out_noise.
   GSL_ENOMEM.  */
int bd_out_of_bag_scores (const bd_moments *a, const gsl_vector *y,
                          double share, double noise, bd_out_of_bag *out);

/* The .632+ error of a fit that is FITTED[0 .. n - 1] at the rows, its members
   having about as many different rows as a bootstrap.  Rows that no member
   left out are not counted.  */
void bd_out_of_bag_single (const bd_moments *a, const gsl_vector *y,
                           const double fitted[], bd_out_of_bag *out);

#endif
