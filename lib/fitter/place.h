/* Private to the smoothers: the places of a data set, that is its distinct
   inputs on a common scale.

   Rows at one place differ in their responses only, so that a smoother needs
   no more of them than their weight and the weighted sum of their responses:
   ties are met once, in the plan.  */
#ifndef BD_FITTER_PLACE_H
#define BD_FITTER_PLACE_H

#include <gsl/gsl_matrix.h>
#include <gsl/gsl_vector.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/error.h"

typedef enum
{
  PLACE_RAW,    /* as given */
  PLACE_SD,     /* divided by the standard deviation of each input */
  PLACE_TRIMMED /* by that of the middle 80 percent, as R's loess */
} place_scale;

typedef struct
{
  size_t n, d, count, m;
  double *z;     /* count x d: the places, in lexicographic order */
  double *p;     /* m x d: the prediction points on the same scale */
  double *scale; /* d: divisors; 1 for an input that does not vary */
  uint32_t *of;  /* n: the place of each row */
  double *y;     /* n: responses less y0 */
  double y0;     /* their mean */
} bd_places;

/* The places of X (n x d, tda = d), the points P and the responses Y.
   GSL_EINVAL with a sentence for a number that is not finite and for more
   than 2^31 - 1 rows, GSL_ENOMEM.  Whatever happens, release with
   bd_places_free.  */
int bd_places_init (bd_places *s, place_scale how, const gsl_matrix *X,
                    const gsl_vector *y, const gsl_matrix *P, bd_error *err);
void bd_places_free (bd_places *s);

/* Weight W and weighted sum S of the responses at each place (count), for the
   row weights w and the responses Y (n), NULL for those of the plan; both less
   y0.  Returns the total weight; GSL_EDOM is the caller's to raise when it is
   not positive.  */
double bd_places_sum (const bd_places *s, const double w[], const double y[],
                      double W[], double S[]);

/* Squared distance of the place G from the point Z.  */
double bd_places_distance (const bd_places *s, size_t g, const double z[]);

/* The first place, of one input, that is not below Z.  */
size_t bd_places_find (const bd_places *s, double z);

/* Add y0 to t[0..m-1]; GSL_EOVRFLW if a result is not finite.  */
int bd_places_finish (const bd_places *s, double t[]);

#endif
