/* Two identities of ensembles, exact for any predictions and any y.

   The pieces are computed apart from what they add up to, so that the
   difference says whether members, means and variances belong together.  */
#ifndef BD_VARIANCE_AMBIGUITY_H
#define BD_VARIANCE_AMBIGUITY_H

#include <stddef.h>

/* Means over the points: mse = members - ambiguity.  */
typedef struct
{
  size_t members, points; /* counted: without NaN */
  double mse;             /* of the members' mean */
  double single;          /* squared error of a member, on average */
  double ambiguity;       /* squared deviation of a member from their mean */
} bd_ambiguity;

/* Of B members' predictions at m points, T[b * tda + j], for responses Y (m).
   Members with a NaN and points whose response is NaN are left out; all NaN
   where nothing is left.  GSL_ENOMEM when memory is short.  (A. Krogh, J.
   Vedelsby, "Neural network ensembles, cross validation, and active learning",
   NIPS 7 (1995).)  */
int bd_ambiguity_of (size_t B, size_t m, size_t tda, const double T[],
                     const double y[], bd_ambiguity *a);

/* |mse - (single - ambiguity)| relative to the largest of them: rounding, if
   all is well.  */
double bd_ambiguity_gap (const bd_ambiguity *a);

/* Means over the points of what R repetitions of an ensemble of B members
   show: mse = bias2 + variance / B + (1 - 1/B) covariance.  */
typedef struct
{
  size_t repetitions, members, points;
  double mse;        /* of the members' mean, over the repetitions */
  double bias2;      /* square of the bias that the members have on average */
  double variance;   /* of a member over the repetitions, divisor R; mean */
  double covariance; /* of two members of one repetition; mean of pairs;
                        NaN for one member, whose identity needs none */
} bd_covariances;

/* Of predictions T[(r * B + b) * m + j], for targets Y (m), best the truth:
   the noise of responses would be in the bias.  Points whose target is NaN are
   left out; a prediction that is no number makes all NaN.  GSL_ENOMEM when
   memory is short.  (N. Ueda, R. Nakano,
   "Generalization error of ensemble estimators", ICNN 1996.)  */
int bd_covariances_of (size_t R, size_t B, size_t m, const double T[],
                       const double y[], bd_covariances *a);

/* |mse - the sum| relative to the largest part.  */
double bd_covariances_gap (const bd_covariances *a);

#endif
