/* The sums for halves and for little bags against two passes over all members
   in long double, in any blocks and order.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"
#include "tools.h"
#include "variance/moments.h"

#define N 6
#define M 5
#define MC 4
#define B 200
#define BAG 4

typedef struct
{
  double P[B], U[B][N], T[B][M];
  double offset;
} members;

/* A twentieth could not be fitted and hold rubbish.  */
static members *
random_members (uint64_t index, double offset)
{
  gsl_rng *r = stream (index);
  members *a = malloc (sizeof *a);

  ck_assert_ptr_nonnull (a);
  a->offset = offset;
  for (size_t b = 0; b < B; b++)
    {
      bool bad = gsl_rng_uniform (r) < 0.05;
      a->P[b] = bad ? GSL_NAN : 1;
      for (size_t i = 0; i < N; i++)
        a->U[b][i] = bad ? 1e9 : (double)gsl_ran_poisson (r, 1);
      for (size_t j = 0; j < M; j++)
        a->T[b][j] = bad ? GSL_NAN
                         : offset + gsl_ran_exponential (r, 1)
                               + a->U[b][j] * a->U[b][0];
    }
  gsl_rng_free (r);
  return a;
}

static bd_moments *
block (const members *a, size_t first, size_t count)
{
  const bd_moments shape
      = { .n = N, .m = M, .mc = MC, .self = M, .split = true, .little = BAG };
  double U[BD_BLOCK][N], T[BD_BLOCK][M];
  bd_moments *z = bd_moments_like (&shape);

  ck_assert_ptr_nonnull (z);
  memcpy (U, a->U[first], count * sizeof U[0]);
  memcpy (T, a->T[first], count * sizeof T[0]);
  ck_assert_int_eq (bd_moments_block (z, count, a->P + first, U[0], T[0]),
                    GSL_SUCCESS);
  return z;
}

static void
add (bd_moments *to, bd_moments *from)
{
  ck_assert_int_eq (bd_moments_merge (to, from), GSL_SUCCESS);
  bd_moments_free (from);
}

/* Blocks of SIZE, the last one first if BACKWARDS.  */
static bd_moments *
in_turn (const members *a, size_t size, bool backwards)
{
  size_t blocks = (B + size - 1) / size;
  bd_moments *all = block (a, 0, 0);

  for (size_t k = 0; k < blocks; k++)
    {
      size_t first = (backwards ? blocks - 1 - k : k) * size;
      add (all, block (a, first, GSL_MIN (size, B - first)));
    }
  return all;
}

/* Merged in pairs, pairs of pairs, and so on, at multiples of the bags.  */
static bd_moments *
as_tree (const members *a, size_t first, size_t count)
{
  if (count <= 2 * BAG)
    return block (a, first, count);
  size_t half = (count / 3 / BAG + 1) * BAG;
  bd_moments *left = as_tree (a, first, half);
  add (left, as_tree (a, first + half, count - half));
  return left;
}

typedef struct
{
  long double count, u[N], t[M], utt[N][MC], uut[MC], uutt[MC], size[MC];
} sums;

static void
add_member (const members *a, size_t b, sums *s)
{
  long double q = 0;

  for (size_t i = 0; i < N; i++)
    q += powl (a->U[b][i] - s->u[i], 2);
  for (size_t j = 0; j < MC; j++)
    {
      long double d = a->T[b][j] - s->t[j];
      s->uut[j] += q * d;
      s->uutt[j] += q * d * d;
      s->size[j] += q * fabsl (d) + d * d;
      for (size_t i = 0; i < N; i++)
        s->utt[i][j] += (a->U[b][i] - s->u[i]) * d * d;
    }
}

static sums
two_pass (const members *a)
{
  sums s = { 0 };

  for (size_t b = 0; b < B; b++)
    s.count += !gsl_isnan (a->P[b]);
  for (size_t b = 0; b < B; b++)
    {
      for (size_t i = 0; i < N && !gsl_isnan (a->P[b]); i++)
        s.u[i] += a->U[b][i] / s.count;
      for (size_t j = 0; j < M && !gsl_isnan (a->P[b]); j++)
        s.t[j] += a->T[b][j] / s.count;
    }
  for (size_t b = 0; b < B; b++)
    if (!gsl_isnan (a->P[b]))
      add_member (a, b, &s);
  return s;
}

#define NEAR(got, want, scale)                                                \
  ck_assert_double_eq_tol (got, (double)(want), 1e-12 * (double)(scale))

static void
check_halves (const bd_moments *z, const members *a)
{
  sums s = two_pass (a);
  double tall = 1 + fabs (a->offset); /* rounding of the differences */

  for (size_t j = 0; j < MC; j++)
    {
      NEAR (z->uut[j], s.uut[j], tall * s.size[j]);
      NEAR (z->uutt[j], s.uutt[j], tall * s.uutt[j]);
      for (size_t i = 0; i < N; i++)
        NEAR (z->utt[i * MC + j], s.utt[i][j], tall * s.size[j]);
    }
}

/* Bags in which every member was fitted, at point J.  */
static void
check_bags (const bd_moments *z, const members *a, size_t j)
{
  long double mean[B / BAG], within = 0, all = 0, between = 0;
  size_t bags = 0;

  for (size_t first = 0; first < B; first += BAG)
    {
      long double sum = 0;
      for (size_t b = first; b < first + BAG; b++)
        sum += a->P[b] * a->T[b][j];
      if (isnan ((double)sum))
        continue;
      mean[bags] = sum / BAG;
      for (size_t b = first; b < first + BAG; b++)
        within += powl (a->T[b][j] - mean[bags], 2);
      all += mean[bags++];
    }
  for (size_t k = 0; k < bags; k++)
    between += powl (mean[k] - all / bags, 2);
  double tall = 1 + fabs (a->offset);
  ck_assert_uint_eq (z->bags, bags);
  NEAR (z->bag_t[j], all / bags, tall);
  NEAR (z->bag_t2[j], between, tall * between);
  NEAR (z->bag_within[j], within, tall * within);
}

static void
check_all (bd_moments *z, const members *a, bool bags)
{
  check_halves (z, a);
  for (size_t j = 0; j < M && bags; j++)
    check_bags (z, a, j);
  bd_moments_free (z);
}

static const double offsets[] = { 0, 100, -1e4 };

START_TEST (two_passes)
{
  members *a = random_members (70 + (uint64_t)_i, offsets[_i]);
  const size_t size[] = { 1, 3, 4, 28, 64 };

  for (int k = 0; k < LENGTH (size); k++)
    {
      check_all (in_turn (a, size[k], false), a, size[k] % BAG == 0);
      check_all (in_turn (a, size[k], true), a, size[k] % BAG == 0);
    }
  check_all (as_tree (a, 0, B), a, true);
  free (a);
}
END_TEST

/* Nothing merged changes no bit; merged into nothing it is a copy; a reset
   forgets all.  */
START_TEST (empty_merges)
{
  members *a = random_members (75, 1);
  bd_moments *z = in_turn (a, 64, false), *same = in_turn (a, 64, false);
  bd_moments *none = block (a, 0, 0);

  bd_moments_merge (z, none);
  same_bits (z, same);
  bd_moments_merge (none, z);
  same_bits (none, z);
  bd_moments_reset (none);
  bd_moments_merge (z, none);
  same_bits (z, same);
  bd_moments_merge (none, z);
  same_bits (none, z);
  bd_moments_free (z);
  bd_moments_free (same);
  bd_moments_free (none);
  free (a);
}
END_TEST

/* Moments that know different things cannot be merged.  */
START_TEST (shapes)
{
  const bd_moments shape[]
      = { { .n = N, .m = M, .mc = MC, .self = M },
          { .n = N, .m = M, .mc = MC, .self = M, .split = true },
          { .n = N, .m = M, .mc = MC, .self = M, .little = 2 },
          { .n = N, .m = M, .mc = MC, .self = M, .little = 4 } };

  for (int k = 0; k < LENGTH (shape); k++)
    for (int l = 0; l < LENGTH (shape); l++)
      {
        bd_moments *a = bd_moments_like (&shape[k]);
        bd_moments *b = bd_moments_like (&shape[l]);
        ck_assert_int_eq (bd_moments_merge (a, b), k == l ? 0 : GSL_EBADLEN);
        bd_moments_free (a);
        bd_moments_free (b);
      }
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("moments' sums");
  TCase *c = tcase_create ("moments' sums");

  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, two_passes, 0, LENGTH (offsets));
  tcase_add_test (c, empty_merges);
  tcase_add_test (c, shapes);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
