/* What the infinitesimal jackknife of few bags is on average: all ensembles of
   B bags of two rows, against the known moments of sample covariances.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "tap.h"
#include "tools.h"
#include "variance/estimate.h"

#define BAGS 4 /* sequences of two draws from two rows */

static const double count[BAGS][2]
    = { { 2, 0 }, { 1, 1 }, { 1, 1 }, { 0, 2 } };

/* Predictions of the four bags: a mean, and something crooked that depends on
   the order of the draws.  */
static const double predicted[2][BAGS] = { { 1, 3, 3, 5 }, { 1, -2, 4, 7 } };

/* Over the bags: variances, covariance and the mean of squared products.  */
typedef struct
{
  double uu, tt, ut, utut;
} population;

static population
moments_of (const double t[], size_t i)
{
  population p = { 0 };
  double mean = mean_of (t, BAGS);

  for (size_t b = 0; b < BAGS; b++)
    {
      double u = count[b][i] - 1, d = t[b] - mean;
      p.uu += u * u / BAGS;
      p.tt += d * d / BAGS;
      p.ut += u * d / BAGS;
      p.utut += u * u * d * d / BAGS;
    }
  return p;
}

/* E of the squared sample covariance and of the product of sample variances,
   both with divisor B (M. G. Kendall, A. Stuart, The Advanced Theory of
   Statistics, vol. 1, ch. 13).  */
static double
squared_covariance (const population *p, double B)
{
  double spread = (p->utut - p->ut * p->ut) / B
                  + (p->uu * p->tt + p->ut * p->ut) / (B * (B - 1));
  return gsl_pow_2 ((B - 1) / B) * (p->ut * p->ut + spread);
}

static double
product_of_variances (const population *p, double B)
{
  double together
      = (p->utut - p->uu * p->tt) / B + 2 * p->ut * p->ut / (B * (B - 1));
  return gsl_pow_2 ((B - 1) / B) * (p->uu * p->tt + together);
}

/* Ensemble number K: its base-4 digits are the bags.  */
static bd_moments *
ensemble (size_t k, size_t B, const double t[])
{
  bd_moments *a = bd_moments_alloc (2, 1, 1, 1);

  for (size_t b = 0; b < B; b++, k /= BAGS)
    add_one (a, 1, count[k % BAGS], &t[k % BAGS]);
  return a;
}

START_TEST (all_ensembles)
{
  const double *t = predicted[_i % 2];
  size_t B = 2 + (size_t)_i / 2, all = (size_t)1 << 2 * B;
  double ij = 0, ij_u = 0, want = 0, less = 0;

  for (size_t k = 0; k < all; k++)
    {
      bd_moments *a = ensemble (k, B, t);
      double V, U;
      bd_variance_ij (a, &V);
      bd_variance_ij_u (a, &U, NULL);
      ij += V / (double)all;
      ij_u += U / (double)all;
      bd_moments_free (a);
    }
  for (size_t i = 0; i < 2; i++)
    {
      population p = moments_of (t, i);
      want += squared_covariance (&p, (double)B);
      less += product_of_variances (&p, (double)B) / (double)B;
    }
  ck_assert_double_eq_tol (ij, want, 1e-12);
  ck_assert_double_eq_tol (ij_u, want - less, 1e-12);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("finite");
  TCase *c = tcase_create ("finite");

  tcase_add_loop_test (c, all_ensembles, 0, 10);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
