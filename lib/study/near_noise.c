#include <config.h>

#include <gsl/gsl_math.h>
#include <gsl/gsl_permutation.h>
#include <gsl/gsl_sort_vector.h>
#include <stdlib.h>

#include "../base/array.h"
#include "dropping.h"

#define NEAR 10   /* neighbours of the Gamma test */
#define LEAST 20  /* rows that are needed */
#define ROWS 1000 /* that the Gamma test looks at */

/* Squared distances of row I of Z to its NEAR nearest others, and which these
   are.  */
static void
nearest (const double Z[], size_t n, size_t d, size_t i, double distance[NEAR],
         size_t which[NEAR])
{
  size_t count = 0;

  for (size_t j = 0; j < n; j++)
    {
      double sum = 0;
      for (size_t k = 0; j != i && k < d; k++)
        sum += gsl_pow_2 (Z[i * d + k] - Z[j * d + k]);
      if (j == i || (count == NEAR && sum >= distance[NEAR - 1]))
        continue;
      size_t at = count < NEAR ? count++ : NEAR - 1;
      for (; at > 0 && distance[at - 1] > sum; at--)
        {
          distance[at] = distance[at - 1];
          which[at] = which[at - 1];
        }
      distance[at] = sum;
      which[at] = j;
    }
}

/* Intercept of the line through NEAR places (x, y).  */
static double
intercept (const double x[NEAR], const double y[NEAR])
{
  double mx = 0, my = 0, sxy = 0, sxx = 0;

  for (size_t k = 0; k < NEAR; k++)
    {
      mx += x[k] / NEAR;
      my += y[k] / NEAR;
    }
  for (size_t k = 0; k < NEAR; k++)
    {
      sxy += (x[k] - mx) * (y[k] - my);
      sxx += gsl_pow_2 (x[k] - mx);
    }
  return sxx > 0 ? my - sxy / sxx * mx : my;
}

/* Every STEP-th row of X, its columns standardised.  */
static double *
standardised (const gsl_matrix *X, size_t step, size_t n)
{
  double *Z = bd_array (n, X->size2);

  for (size_t k = 0; Z && k < X->size2; k++)
    {
      double mean = 0, ss = 0;
      for (size_t i = 0; i < n; i++)
        mean += gsl_matrix_get (X, i * step, k) / (double)n;
      for (size_t i = 0; i < n; i++)
        ss += gsl_pow_2 (gsl_matrix_get (X, i * step, k) - mean);
      double scale = ss > 0 ? sqrt (ss / (double)n) : 1;
      for (size_t i = 0; i < n; i++)
        Z[i * X->size2 + k] = (gsl_matrix_get (X, i * step, k) - mean) / scale;
    }
  return Z;
}

static double
gamma_test (const gsl_matrix *X, const gsl_vector *y)
{
  size_t step = (X->size1 + ROWS - 1) / ROWS;
  size_t n = X->size1 / GSL_MAX (step, 1);
  double far[NEAR] = { 0 }, half[NEAR] = { 0 };
  double *Z = n < LEAST ? NULL : standardised (X, step, n);

  if (!Z)
    return GSL_NAN;
  for (size_t i = 0; i < n; i++)
    {
      double distance[NEAR] = { 0 };
      size_t which[NEAR] = { 0 };
      nearest (Z, n, X->size2, i, distance, which);
      for (size_t k = 0; k < NEAR; k++)
        {
          double difference = gsl_vector_get (y, i * step)
                              - gsl_vector_get (y, which[k] * step);
          far[k] += distance[k] / (double)n;
          half[k] += difference * difference / 2 / (double)n;
        }
    }
  free (Z);
  return intercept (far, half);
}

/* Each row against the line between its two neighbours.  */
static double
along_line (const gsl_vector *x, const gsl_vector *y)
{
  size_t n = x->size;
  gsl_permutation *p = gsl_permutation_alloc (n);
  double sum = 0;

  if (!p)
    return GSL_NAN;
  gsl_sort_vector_index (p, x);
  for (size_t i = 1; i + 1 < n; i++)
    {
      size_t before = p->data[i - 1], here = p->data[i],
             after = p->data[i + 1];
      double left = gsl_vector_get (x, here) - gsl_vector_get (x, before);
      double right = gsl_vector_get (x, after) - gsl_vector_get (x, here);
      double a = left + right > 0 ? right / (left + right) : 0.5;
      double e = a * gsl_vector_get (y, before)
                 + (1 - a) * gsl_vector_get (y, after)
                 - gsl_vector_get (y, here);
      sum += e * e / (a * a + (1 - a) * (1 - a) + 1);
    }
  gsl_permutation_free (p);
  return sum / (double)(n - 2);
}

double
bd_noise_near (const gsl_matrix *X, const gsl_vector *y)
{
  gsl_vector_const_view x = gsl_matrix_const_column (X, 0);

  if (X->size1 < LEAST)
    return GSL_NAN;
  double v = X->size2 == 1 ? along_line (&x.vector, y) : gamma_test (X, y);
  return v >= 0 ? sqrt (v) : GSL_NAN;
}
