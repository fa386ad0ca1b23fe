/* References: C. Gini, "Variabilita e mutabilita" (1912); O. Roy, M. Vetterli,
   "The effective rank", EUSIPCO 2007, for the idea of an effective number of
   directions, here by second moments (participation ratio).  */
#include <config.h>

#include <gsl/gsl_linalg.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "interference_overlap.h"

#define FLAT 1e-12 /* variance over mean square of what does not vary */

double
bd_gini (const double x[], size_t count)
{
  double *v = bd_array (count, 1), sum = 0, ranked = 0, n = (double)count;

  if (!v)
    return GSL_NAN;
  for (size_t k = 0; k < count; k++)
    v[k] = GSL_MAX_DBL (x[k], 0);
  gsl_sort (v, 1, count);
  for (size_t k = 0; k < count; k++)
    {
      sum += v[k];
      ranked += (double)(k + 1) * v[k];
    }
  free (v);
  return sum > 0 ? 2 * ranked / (n * sum) - (n + 1) / n : GSL_NAN;
}

/* Centre the unit's values into TO; returns their sum of squares, 0 if they do
   not vary.  */
static double
centre (const double a[], size_t m, double to[])
{
  double mean = 0, ss = 0, all = 0;

  for (size_t i = 0; i < m; i++)
    mean += a[i] / (double)m;
  for (size_t i = 0; i < m; i++)
    {
      to[i] = a[i] - mean;
      ss += to[i] * to[i];
      all += a[i] * a[i];
    }
  return ss > FLAT * all ? ss : 0;
}

/* S = C C' of the COUNT rows of C (count x m).  */
static void
cross (const double C[], size_t count, size_t m, gsl_matrix *S)
{
  for (size_t j = 0; j < count; j++)
    for (size_t k = 0; k <= j; k++)
      {
        double sum = 0;
        for (size_t i = 0; i < m; i++)
          sum += C[j * m + i] * C[k * m + i];
        gsl_matrix_set (S, j, k, sum);
        gsl_matrix_set (S, k, j, sum);
      }
}

static double
effective_rank (const gsl_matrix *S)
{
  double trace = 0, squares = 0;

  for (size_t j = 0; j < S->size1; j++)
    {
      trace += gsl_matrix_get (S, j, j);
      for (size_t k = 0; k < S->size1; k++)
        squares += gsl_pow_2 (gsl_matrix_get (S, j, k));
    }
  return trace * trace / squares;
}

/* r' (R + I)^-1 r of every unit, into TOLD, from the diagonal of the inverse
   of the whole matrix of correlations plus I: that is 1 / (2 - r' (R + I)^-1
   r). S is overwritten.  */
static void
tell (gsl_matrix *S, const double ss[], double told[])
{
  size_t n = S->size1;

  for (size_t j = 0; j < n; j++)
    for (size_t k = 0; k < n; k++)
      {
        double c = gsl_matrix_get (S, j, k) / sqrt (ss[j] * ss[k]);
        gsl_matrix_set (S, j, k, j == k ? 2 : c);
      }
  gsl_linalg_cholesky_decomp1 (S);
  gsl_linalg_cholesky_invert (S);
  for (size_t j = 0; j < n; j++)
    told[j] = 2 - 1 / gsl_matrix_get (S, j, j);
}

static double
weighted_mean (const double x[], const double weight[], size_t n)
{
  double sum = 0, all = 0;

  for (size_t j = 0; j < n; j++)
    {
      double w = GSL_MAX_DBL (weight ? weight[j] : 1, 0);
      sum += w * x[j];
      all += w;
    }
  return all > 0 ? sum / all : GSL_NAN;
}

int
bd_overlap (const double A[], const size_t place[], size_t count, size_t m,
            const double weight[], double *share, double *needed, double *rank)
{
  double *C = bd_array (count, m), *ss = bd_array (3, count);
  size_t used = 0;
  gsl_matrix *S = NULL;
  int code = C && ss ? GSL_SUCCESS : GSL_ENOMEM;

  *share = *needed = *rank = GSL_NAN;
  for (size_t u = 0; !code && u < count; u++)
    {
      ss[used] = centre (A + place[u] * m, m, C + used * m);
      ss[count + used] = weight[u];
      used += ss[used] > 0;
    }
  if (!code && used > 1 && !(S = gsl_matrix_alloc (used, used)))
    code = GSL_ENOMEM;
  if (S)
    {
      double *told = ss + 2 * count;
      cross (C, used, m, S);
      *rank = effective_rank (S);
      tell (S, ss, told);
      *share = weighted_mean (told, NULL, used);
      *needed = weighted_mean (told, ss + count, used);
      gsl_matrix_free (S);
    }
  free (C);
  free (ss);
  return code;
}
