/* Let S_i = sum (u_i - mean)(t - mean), Q = sum |u - mean|^2 (t - mean)^2,
   A = sum |u - mean|^2 and T = sum (t - mean)^2 over B members.  The mean over
   all ways to take two halves of sum_i C_i (1) C_i (2), C_i (k) the covariance
   of half k with its own means and divisor, is a symmetric unbiased estimate
   of a polynomial in moments, of which there is only one (P. R. Halmos, "The
   theory of unbiased estimation", Ann. Math. Statist. 17 (1946)), and
     E S^2 = (B-1)/B [(B-1) m22 + (B^2 - 2B + 2) m11^2 + m20 m02],
     E Q   = (B-1)/B^2 [(B^2 - 3B + 3) m22 + (2B - 3)(m20 m02 + 2 m11^2)],
     E A T = (B-1)/B [(B-1) m22 + (B-1)^2 m20 m02 + 2 m11^2]
   for each unit leave one combination for m11^2:
     [S^2 - B / (B-2) Q + A T / ((B-1)(B-2))] / (B (B-3)).  */
#include <config.h>

#include <gsl/gsl_math.h>

#include "estimate.h"

void
bd_variance_split (const bd_moments *a, double V[], double se[])
{
  double B = (double)(a->members - a->failed), counts = 0;
  bool known = a->split && B >= 4 && a->p == B;

  bd_variance_ij (a, V);
  for (size_t i = 0; i < a->n; i++)
    counts += a->u2[i];
  for (size_t j = 0; j < a->mc && !a->whole; j++)
    {
      double bias = known ? B / (B - 2) * a->uutt[j]
                                - counts * a->t2[j] / ((B - 1) * (B - 2))
                          : GSL_NAN;
      V[j] = (B * B * V[j] - bias) / (B * (B - 3));
    }
  if (se)
    bd_variance_ij_error (a, V, se);
}
