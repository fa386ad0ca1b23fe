#include <config.h>

#include <gsl/gsl_math.h>
#include <stddef.h>
#include <string.h>

#include "conformal.h"

/* Relative rounding of alpha (n + 1) that is forgiven.  */
#define SLACK 1e-10

size_t
bd_conformal_rank (double alpha, size_t n)
{
  double all = (double)n + 1, rank = alpha * all, whole = round (rank);

  if (fabs (rank - whole) > SLACK * all)
    whole = floor (rank);
  return (size_t)GSL_MIN_DBL (GSL_MAX_DBL (whole, 0), all);
}

size_t
bd_conformal_rows (double alpha)
{
  size_t n = alpha > 0 ? (size_t)GSL_MIN_DBL (1 / alpha, 1e15) : 0;

  n -= n > 1 ? 2 : n;
  while (alpha > 0 && bd_conformal_rank (alpha, n) == 0)
    n++;
  return n;
}

static void
swap (double *a, double *b)
{
  double c = *a;
  *a = *b;
  *b = c;
}

/* The middle one of three.  */
static double
middle (double a, double b, double c)
{
  double least = GSL_MIN_DBL (a, b), most = GSL_MAX_DBL (a, b);
  return GSL_MAX_DBL (least, GSL_MIN_DBL (most, c));
}

/* Selection as in Hoare's FIND (1961), the pivot the median of three.  */
double
bd_conformal_smallest (double x[], size_t n, size_t k)
{
  ptrdiff_t lo = 0, hi = (ptrdiff_t)n - 1, at = (ptrdiff_t)k - 1;

  if (k == 0 || k > n)
    return k == 0 ? GSL_NEGINF : GSL_POSINF;
  while (lo < hi)
    {
      double pivot = middle (x[lo], x[lo + (hi - lo) / 2], x[hi]);
      ptrdiff_t i = lo, j = hi;
      do
        {
          while (x[i] < pivot)
            i++;
          while (x[j] > pivot)
            j--;
          if (i <= j)
            swap (&x[i++], &x[j--]);
        }
      while (i <= j);
      if (j < at)
        lo = i;
      if (at < i)
        hi = j;
    }
  return x[at];
}

/* An infinite score takes the whole line, also where the spread is 0.  */
static double
reach (double r, const double scale[], size_t i)
{
  return scale && !gsl_isinf (r) ? r * scale[i] : r;
}

bd_limits
bd_conformal_plus (size_t n, const double mu[], const double r[],
                   const double scale[], double alpha, double scratch[])
{
  size_t rank = bd_conformal_rank (alpha, n);
  bd_limits limits;

  for (size_t i = 0; i < n; i++)
    scratch[i] = mu[i] - reach (r[i], scale, i);
  limits.lo = bd_conformal_smallest (scratch, n, rank);
  for (size_t i = 0; i < n; i++)
    scratch[i] = mu[i] + reach (r[i], scale, i);
  limits.hi = bd_conformal_smallest (scratch, n, n + 1 - rank);
  return limits;
}

double
bd_conformal_split (size_t n, const double r[], double alpha, double scratch[])
{
  memcpy (scratch, r, n * sizeof *r);
  return bd_conformal_smallest (scratch, n,
                                n + 1 - bd_conformal_rank (alpha, n));
}

bd_limits
bd_conformal_signed (size_t n, const double e[], double alpha,
                     double scratch[])
{
  size_t rank = bd_conformal_rank (alpha / 2, n);
  bd_limits limits;

  memcpy (scratch, e, n * sizeof *e);
  limits.lo = bd_conformal_smallest (scratch, n, rank);
  limits.hi = bd_conformal_smallest (scratch, n, n + 1 - rank);
  return limits;
}

double
bd_conformal_promise (double alpha, size_t n, size_t K)
{
  double rows = (double)n, parts = (double)K;
  double one = 2 * (1 - 1 / parts) / (rows / parts + 1);
  double other = (1 - parts / rows) / (parts + 1);

  return GSL_MAX_DBL (1 - 2 * alpha - GSL_MIN_DBL (one, other), 0);
}
