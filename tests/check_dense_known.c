/* Moments of members all in memory where the answer is known: all resamples,
   shifted predictions, very many members; sums of bytes against plain
   loops.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>

#include "tap.h"
#include "tools.h"
#include "variance/dense.h"
#include "variance/dots.h"
#include "variance/estimate.h"
#include "variance/estimator.h"

typedef struct
{
  size_t n, m, B;
  double *U, *T;
} members;

static members
make (size_t n, size_t m, size_t B)
{
  members a = { n, m, B, calloc (B, n * sizeof (double)),
                calloc (B, m * sizeof (double)) };

  ck_assert (a.U && a.T);
  return a;
}

static void
release (members *a)
{
  free (a->U);
  free (a->T);
}

/* Points are the rows as far as there are enough of them.  */
static bd_moments *
dense (const members *a, bd_form form)
{
  const bd_moments like = { .n = a->n,
                            .m = a->m,
                            .mc = a->m,
                            .self = a->m < a->n ? a->m : 0,
                            .apart = true,
                            .summed = true };
  const double **u = malloc (a->B * sizeof *u),
               **t = malloc (a->B * sizeof *t);
  bd_moments *to = bd_moments_like (&like);

  for (size_t b = 0; b < a->B; b++)
    {
      u[b] = a->U + b * a->n;
      t[b] = a->T + b * a->m;
    }
  const bd_dense_members in = { a->B, u, NULL, t };
  ck_assert_int_eq (bd_moments_dense (to, &in, form, 1), GSL_SUCCESS);
  free (u);
  free (t);
  return to;
}

/* All 256 resamples of four numbers.  For their mean, Efron (2014): V_IJ is
   sum (x - mean)^2 / n^2; without row i the mean is that of the others, and
   (n - 1)/n sum D_i^2 is sum (x - mean)^2 / (n (n - 1)).  */
START_TEST (all_resamples)
{
  static const double x[4] = { 1, 2, 4, 9 };
  members m = make (4, 1, 256);
  double V, W;

  for (size_t b = 0; b < 256; b++)
    for (size_t k = 0; k < 8; k += 2)
      {
        m.U[4 * b + (b >> k) % 4]++;
        m.T[b] += x[(b >> k) % 4] / 4;
      }
  bd_moments *a = dense (&m, (bd_form)_i);
  a->whole = true;
  bd_estimator_find ("ij")->estimate (a, 1, &V, NULL);
  bd_estimator_find ("jab")->estimate (a, 1, &W, NULL);
  ck_assert_double_eq_tol (V, 38 / 16., 1e-6);
  ck_assert_double_eq_tol (W, 38 / 12., 1e-6);
  bd_moments_free (a);
  release (&m);
}
END_TEST

/* Predictions far from 0 differ as much as near it: the mean of 2^45 and more
   is wrong by some of their deviations, which are whole eighths.  */
START_TEST (far_from_zero)
{
  members m = make (12, 20, 70);
  gsl_rng *r = stream (11);
  double bound = _i == BD_FORM_GRAM ? 1e-10 : 1e-6;

  for (size_t k = 0; k < m.B * m.n; k++)
    m.U[k] = gsl_ran_poisson (r, 1);
  for (size_t k = 0; k < m.B * m.m; k++)
    m.T[k] = m.U[k / m.m * m.n + k % m.n] + (double)(k % 7) / 8;
  bd_moments *a = dense (&m, BD_FORM_GRAM);
  for (size_t k = 0; k < m.B * m.m; k++)
    m.T[k] += 0x1p45;
  bd_moments *b = dense (&m, (bd_form)_i);
  for (size_t j = 0; j < m.m; j++)
    {
      ck_assert_double_eq_tol (a->ij[j], b->ij[j], bound * a->ij[j]);
      ck_assert_double_eq_tol (a->jab[j], b->jab[j], bound * a->jab[j]);
    }
  for (size_t i = 0; i < m.n; i++)
    ck_assert_double_eq_tol (a->out_t2[i], b->out_t2[i], 1e-10);
  bd_moments_free (a);
  bd_moments_free (b);
  gsl_rng_free (r);
  release (&m);
}
END_TEST

/* More members than a sum of 32 bits holds: two members that alternate.  */
START_TEST (many_members)
{
  members m = make (2, 1, 300000);
  double V;

  for (size_t b = 0; b < m.B; b++)
    {
      m.U[2 * b] = b % 2 ? 127 : 0;
      m.U[2 * b + 1] = 3;
      m.T[b] = b % 2 ? 10 : 0;
    }
  bd_moments *a = dense (&m, BD_FORM_TILES);
  bd_variance_ij (a, &V);
  ck_assert_double_eq_tol (V, gsl_pow_2 (63.5 * 5), 1e-3);
  bd_moments_free (a);
  release (&m);
}
END_TEST

/* Bytes at their limits too; each set that the machine has.  */
START_TEST (sums_of_bytes)
{
  static const char *const sets[] = { "plain", "avx2", NULL };
  static const size_t fours[] = { 1, 2, 3, 17, 500 };
  size_t k = fours[_i], step = BD_DOTS_OTHER + 4 * (size_t)_i;
  uint8_t *p = malloc (k * BD_DOTS_PANEL);
  int8_t *q = malloc (k * step);
  int32_t to[BD_DOTS_HIGH * BD_DOTS_WIDE];
  gsl_rng *r = stream (9);

  for (size_t i = 0; i < k * BD_DOTS_PANEL; i++)
    p[i] = i % 3 ? 127 : (uint8_t)gsl_rng_uniform_int (r, 128);
  for (size_t i = 0; i < k * step; i++)
    q[i] = (int8_t)(i % 2 ? -128 : (int)gsl_rng_uniform_int (r, 256) - 128);
  for (int set = 0; set < LENGTH (sets); set++)
    {
      bd_dots_find (sets[set]) (k, p, q, step, to);
      for (size_t h = 0; h < BD_DOTS_HIGH; h++)
        for (size_t w = 0; w < BD_DOTS_WIDE; w++)
          {
            int sum = 0;
            for (size_t i = 0; i < 4 * k; i++)
              sum += p[i / 4 * BD_DOTS_PANEL + 4 * w + i % 4]
                     * q[i / 4 * step + 4 * h + i % 4];
            ck_assert_int_eq (to[h * BD_DOTS_WIDE + w], sum);
          }
    }
  gsl_rng_free (r);
  free (p);
  free (q);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("dense_known");
  TCase *c = tcase_create ("dense_known");

  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, all_resamples, BD_FORM_TILES, BD_FORM_GRAM + 1);
  tcase_add_loop_test (c, far_from_zero, BD_FORM_TILES, BD_FORM_GRAM + 1);
  tcase_add_test (c, many_members);
  tcase_add_loop_test (c, sums_of_bytes, 0, 5);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
