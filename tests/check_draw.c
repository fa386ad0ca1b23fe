/* Draws against loops of single draws, the mathematical library, the laws that
   they should have, and bits made by tests/golden/draw.py.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "ensemble/draw.h"
#include "tap.h"
#include "tools.h"

typedef struct
{
  size_t n;
  gsl_rng *r;
  uint32_t *scratch;
  double *w;
} place;

static place
place_for (size_t n)
{
  place p = { n, gsl_rng_alloc (bd_rng_philox),
              calloc (bd_draw_scratch (n), sizeof *p.scratch),
              calloc (n, sizeof *p.w) };

  ck_assert_ptr_nonnull (p.r);
  ck_assert_ptr_nonnull (p.scratch);
  ck_assert_ptr_nonnull (p.w);
  return p;
}

static void
release (place *p)
{
  gsl_rng_free (p->r);
  free (p->scratch);
  free (p->w);
}

static void
counts (place *p, size_t count, uint64_t index)
{
  bd_rng_seek (p->r, 1, BD_LANE_RESAMPLE, index);
  bd_draw_counts (p->r, p->scratch, p->n, count, p->w);
}

/* Of COUNT draws those that fall below A of N, bit by bit.  */
static size_t
slow_below (gsl_rng *r, size_t count, size_t a, size_t n)
{
  size_t sum = 0;

  while (count > 0 && a > 0)
    {
      bool digit = 2 * a >= n;
      size_t undecided = 0;
      unsigned long word = 0;

      for (size_t i = 0; i < count; i++)
        {
          word = i % 32 ? word >> 1 : gsl_rng_get (r);
          bool bit = word & 1;
          undecided += bit == digit;
          sum += digit && !bit;
        }
      count = undecided;
      a = 2 * a - (digit ? n : 0);
    }
  return sum;
}

static void
slow_counts (gsl_rng *r, size_t n, size_t count, double w[])
{
  if (n > 8192)
    {
      size_t left = slow_below (r, count, n / 2, n);
      slow_counts (r, n / 2, left, w);
      slow_counts (r, n - n / 2, count - left, w + n / 2);
      return;
    }
  for (size_t i = 0; i < n; i++)
    w[i] = 0;
  while (count > 0)
    {
      unsigned long word = gsl_rng_get (r);
      for (int half = 0; half < 2 && count > 0; half++, word >>= 16)
        {
          size_t product = (word & 65535) * n;
          if (product % 65536 < 65536 % n)
            continue;
          w[product / 65536]++;
          count--;
        }
    }
}

static const struct
{
  size_t n, count;
} sizes[] = {
  { 1, 1 },         { 1, 1000000 },    { 2, 1000000 },     { 3, 200 },
  { 7, 0 },         { 7, 1 },          { 13, 127 },        { 128, 128 },
  { 200, 200 },     { 1000, 1000 },    { 2000, 2000 },     { 8191, 8191 },
  { 8192, 300000 }, { 8193, 8193 },    { 8193, 0 },        { 16385, 1 },
  { 50001, 50001 }, { 100000, 77777 }, { 100000, 100000 }, { 300007, 300007 },
};

START_TEST (counts_are_a_loop)
{
  size_t n = sizes[_i].n, count = sizes[_i].count, differ = 0;
  place p = place_for (n);
  double *want = calloc (n, sizeof *want), sum = 0;

  for (uint64_t index = 0; index < 3; index++)
    {
      counts (&p, count, index);
      bd_rng_seek (p.r, 1, BD_LANE_RESAMPLE, index);
      slow_counts (p.r, n, count, want);
      sum = 0;
      for (size_t i = 0; i < n; i++)
        {
          differ += p.w[i] != want[i];
          sum += p.w[i];
        }
      ck_assert_uint_eq (differ, 0);
      ck_assert_double_eq (sum, (double)count);
    }
  free (want);
  release (&p);
}
END_TEST

/* A chi-square is neither too large nor too small; but for once in 1e9.  With
   many degrees of freedom it is nearly normal.  */
static void
likely (double chi, double freedom)
{
  double far = 6.2 * sqrt (2 * freedom);
  bool many = freedom > 1e4;

  ck_assert_double_lt (chi, many ? freedom + far
                                 : gsl_cdf_chisq_Qinv (1e-9, freedom));
  ck_assert_double_gt (chi, many ? freedom - far
                                 : gsl_cdf_chisq_Pinv (1e-9, freedom));
}

/* COUNT counts that add up to SUM, each with the same mean.  */
static void
even (const double x[], size_t count, double sum)
{
  double each = sum / (double)count, chi = 0;

  for (size_t i = 0; i < count; i++)
    chi += gsl_pow_2 (x[i] - each) / each;
  likely (chi, (double)count - 1);
}

#define MEMBERS 400

/* Every row, over all members; then, in each member, the two halves that a
   split makes, which must differ as those of independent draws do.  */
START_TEST (rows_are_even)
{
  static const size_t n[] = { 2, 200, 1000, 2000, 20001, 100000 };
  place p = place_for (n[_i]);
  double *sum = calloc (p.n, sizeof *sum), total = MEMBERS * (double)p.n;
  double chi = 0, squares = 0, size = (double)p.n;
  double share = (double)(p.n / 2) / size;

  for (uint64_t b = 0; b < MEMBERS; b++)
    {
      double first = 0;
      counts (&p, p.n, b);
      for (size_t i = 0; i < p.n; i++)
        {
          sum[i] += p.w[i];
          squares += gsl_pow_2 (p.w[i] - 1);
          first += i < p.n / 2 ? p.w[i] : 0;
        }
      chi += gsl_pow_2 (first - size * share) / (size * share * (1 - share));
    }
  even (sum, p.n, total);
  likely (chi, MEMBERS);
  /* A count has variance 1 - 1/n; six standard errors, of a Poisson's.  */
  ck_assert_double_eq_tol (squares / total, 1 - 1 / size,
                           6 * sqrt (3 / total));
  free (sum);
  release (&p);
}
END_TEST

static void
against_libm (place *p, uint64_t index)
{
  double worst = 0;

  bd_rng_seek (p->r, 1, BD_LANE_RESAMPLE, index);
  bd_draw_exponential (p->r, p->scratch, p->n, p->w);
  bd_rng_seek (p->r, 1, BD_LANE_RESAMPLE, index);
  for (size_t i = 0; i < p->n; i++)
    {
      long double u = ((long double)gsl_rng_get (p->r) + 0.5L) * 0x1p-32L;
      long double want = -logl (u);
      worst = GSL_MAX (worst, (double)fabsl ((p->w[i] - want) / want));
    }
  ck_assert_double_lt (worst, 1e-13);
}

START_TEST (logarithms)
{
  place p = place_for (1000003);

  against_libm (&p, 0);
  release (&p);
}
END_TEST

/* Streams among whose first four words is the least, the greatest, and those
   on both sides of the root of 1/2.  */
static const struct
{
  uint64_t index;
  int place;
  uint32_t word;
} extreme[] = {
  { 1476635783, 0, 0 },
  { 177534882, 1, UINT32_MAX },
  { 1416873258, 3, 0xb504f333 },
  { 119902305, 1, 0xb504f334 },
};

START_TEST (extreme_words)
{
  place p = place_for (9);

  bd_rng_seek (p.r, 1, BD_LANE_RESAMPLE, extreme[_i].index);
  for (int i = 0; i < extreme[_i].place; i++)
    gsl_rng_get (p.r);
  ck_assert_uint_eq (gsl_rng_get (p.r), extreme[_i].word);
  for (p.n = 1; p.n <= 9; p.n++)
    against_libm (&p, extreme[_i].index);
  release (&p);
}
END_TEST

#define DRAWS 1000000

/* Mean, variance and the largest distance from the law, which is below 3.2 /
   sqrt (DRAWS) but for once in 1e9.  */
START_TEST (exponential_law)
{
  place p = place_for (DRAWS);
  double distance = 0, sd;

  bd_rng_seek (p.r, 2, BD_LANE_RESAMPLE, 0);
  bd_draw_exponential (p.r, p.scratch, p.n, p.w);
  sd = sd_of (p.w, p.n);
  ck_assert_double_eq_tol (mean_of (p.w, p.n), 1, 6 / sqrt (DRAWS));
  ck_assert_double_eq_tol (sd * sd, 1, 6 * sqrt (8. / DRAWS));
  gsl_sort (p.w, 1, p.n);
  for (size_t i = 0; i < p.n; i++)
    {
      double law = -expm1 (-p.w[i]), step = 1. / DRAWS;
      distance = GSL_MAX (distance, fabs (law - (double)i * step));
      distance = GSL_MAX (distance, fabs (law - (double)(i + 1) * step));
    }
  ck_assert_double_lt (distance, 3.2 / sqrt (DRAWS));
  ck_assert_double_gt (distance, 0.2 / sqrt (DRAWS));
  release (&p);
}
END_TEST

/* The weights' squares tell Dirichlet (1, ..., 1): n^2 E v^2 = 2n / (n + 1)
   for v that add up to 1.  */
START_TEST (dirichlet_law)
{
  place p = place_for (50);
  double squares = 0;

  for (uint64_t b = 0; b < MEMBERS * 50; b++)
    {
      double sum = 0;
      bd_rng_seek (p.r, 3, BD_LANE_RESAMPLE, b);
      bd_draw_dirichlet (p.r, p.scratch, p.n, p.w);
      for (size_t i = 0; i < p.n; i++)
        {
          sum += p.w[i];
          squares += gsl_pow_2 (p.w[i]);
        }
      ck_assert_double_eq_tol (sum, 50, 1e-12);
    }
  ck_assert_double_eq_tol (squares / (MEMBERS * 2500.), 100. / 51,
                           6 * sqrt (20. / (MEMBERS * 2500)));
  release (&p);
}
END_TEST

/* As tests/golden/draw.py prints it.  */
static const struct
{
  size_t n;
  double first[2];
  uint64_t hash[2];
} golden[] = {
  { 1,
    { 0x1.4e8e9a6e4da23p+0, 1 },
    { UINT64_C (0x6df038517798e7a2), UINT64_C (0xc293bd4a929c5dbb) } },
  { 13,
    { 0x1.cc805fca35f74p-2, 0x1.71c98fbdab8e1p-2 },
    { UINT64_C (0x194b4e0fde4d40dd), UINT64_C (0xa12d4f7bb483e20d) } },
  { 1000,
    { 0x1.5753b250e5ce9p+1, 0x1.5aaf4fdd43680p+1 },
    { UINT64_C (0x9389d33869ad59f8), UINT64_C (0xffbb966543bac914) } },
  { 20011,
    { 0x1.25c189e07ac2dp-3, 0x1.236ec23d26ee7p-3 },
    { UINT64_C (0xc6eb7e4a0d3e6bee), UINT64_C (0x04f8bd1f724c1014) } },
};

static uint64_t
hash (const double w[], size_t n)
{
  uint64_t h = UINT64_C (14695981039346656037), bits;

  for (size_t i = 0; i < n; i++)
    {
      memcpy (&bits, &w[i], sizeof bits);
      h = (h ^ bits) * UINT64_C (1099511628211);
      h ^= h >> 29;
    }
  return h;
}

START_TEST (same_bits_everywhere)
{
  place p = place_for (golden[_i].n);

  for (int k = 0; k < 2; k++)
    {
      bd_rng_seek (p.r, 1, BD_LANE_RESAMPLE, p.n);
      if (k == 0)
        bd_draw_exponential (p.r, p.scratch, p.n, p.w);
      else
        bd_draw_dirichlet (p.r, p.scratch, p.n, p.w);
      ck_assert_double_eq (p.w[0], golden[_i].first[k]);
      ck_assert_uint_eq (hash (p.w, p.n), golden[_i].hash[k]);
    }
  release (&p);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("draw");
  TCase *c = tcase_create ("draw");

  tcase_set_timeout (c, 600);
  tcase_add_loop_test (c, counts_are_a_loop, 0, LENGTH (sizes));
  tcase_add_loop_test (c, rows_are_even, 0, 6);
  tcase_add_test (c, logarithms);
  tcase_add_loop_test (c, extreme_words, 0, LENGTH (extreme));
  tcase_add_test (c, exponential_law);
  tcase_add_test (c, dirichlet_law);
  tcase_add_loop_test (c, same_bits_everywhere, 0, LENGTH (golden));
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
