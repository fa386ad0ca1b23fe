/* The moments against two passes over all members in long double.  */
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

#define N 75    /* units: the loops take 64, 8 and one at a time */
#define FRONT 6 /* points before those of the units themselves */
#define M (FRONT + N)
#define MC 73
#define B 300

typedef struct
{
  double P[B], U[B][N], T[B][M];
} members;

/* Members with weights; a tenth could not be fitted and hold rubbish.  */
static members *
random_members (uint64_t index, double offset, bool fail)
{
  gsl_rng *r = stream (index);
  members *a = malloc (sizeof *a);

  ck_assert_ptr_nonnull (a);
  for (size_t b = 0; b < B; b++)
    {
      bool bad = fail && gsl_rng_uniform (r) < 0.1;
      a->P[b] = bad ? GSL_NAN : gsl_rng_uniform (r) * 3 + 1e-3;
      for (size_t i = 0; i < N; i++)
        a->U[b][i] = (double)gsl_ran_poisson (r, 1);
      for (size_t j = 0; j < M; j++)
        a->T[b][j]
            = bad ? (j % 2 ? GSL_NAN : 1e300)
                  : offset + gsl_ran_exponential (r, 1) + a->U[b][j % N];
    }
  gsl_rng_free (r);
  return a;
}

/* Members FIRST .. FIRST + COUNT - 1 in one block.  */
static bd_moments *
block (const members *a, size_t first, size_t count)
{
  double U[BD_BLOCK_MOST][N], T[BD_BLOCK_MOST][M];
  bd_moments *z = bd_moments_alloc (N, M, MC, FRONT);

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

/* Blocks of SIZE merged one after the other.  */
static bd_moments *
in_turn (const members *a, size_t size)
{
  bd_moments *all = bd_moments_alloc (N, M, MC, FRONT);

  for (size_t b = 0; b < B; b += size)
    add (all, block (a, b, GSL_MIN (size, B - b)));
  return all;
}

/* Merged in pairs, pairs of pairs, and so on.  */
static bd_moments *
as_tree (const members *a, size_t first, size_t count)
{
  if (count <= 5)
    return block (a, first, count);
  size_t half = count / 3 + 1;
  bd_moments *left = as_tree (a, first, half);
  add (left, as_tree (a, first + half, count - half));
  return left;
}

/* Sum of p (x - mean)^k (z - mean)^l over the members that were fitted, and
   the sum of their p; x and z stand STRIDE apart.  With LEFT_OUT only members
   in which that unit is 0.  */
typedef struct
{
  long double p, mean, product, power[5];
} sums;

static sums
two_pass (const members *a, const double *x, size_t x_stride, const double *z,
          size_t z_stride, const double *left_out)
{
  sums s = { 0 };
  long double z_mean = 0;

  for (int pass = 0; pass < 2; pass++)
    for (size_t b = 0; b < B; b++)
      {
        if (gsl_isnan (a->P[b]) || (left_out && left_out[b * N] != 0))
          continue;
        long double p = a->P[b], dx = x[b * x_stride] - s.mean / s.p;
        long double dz = z[b * z_stride] - z_mean / s.p;
        if (pass == 0)
          {
            s.p += p;
            s.mean += p * x[b * x_stride];
            z_mean += p * z[b * z_stride];
            continue;
          }
        s.product += p * dx * dz;
        s.power[2] += p * dx * dx;
        s.power[3] += p * dx * dx * dx;
        s.power[4] += p * dx * dx * dx * dx;
      }
  s.mean /= s.p;
  return s;
}

#define NEAR(got, want, scale)                                                \
  ck_assert_double_eq_tol (got, (double)(want), 1e-12 * (double)(scale))

static void
check_points (const bd_moments *z, const members *a, double offset)
{
  const double tall = 1 + fabs (offset); /* rounding of the differences */

  for (size_t j = 0; j < M; j++)
    {
      sums s = two_pass (a, &a->T[0][j], M, &a->T[0][j], M, NULL);
      NEAR (z->p, s.p, s.p);
      NEAR (z->t[j], s.mean, tall);
      NEAR (z->t2[j], s.power[2], tall * s.power[2]);
      NEAR (z->t3[j], s.power[3], tall * s.power[4]);
      NEAR (z->t4[j], s.power[4], tall * s.power[4]);
    }
}

static void
check_units (const bd_moments *z, const members *a, double offset)
{
  const double tall = 1 + fabs (offset);

  for (size_t i = 0; i < N; i++)
    {
      const double *u = &a->U[0][i], *t = &a->T[0][FRONT + i];
      sums s = two_pass (a, u, N, u, N, NULL);
      NEAR (z->u[i], s.mean, 1);
      NEAR (z->u2[i], s.power[2], s.power[2]);
      for (size_t j = 0; j < MC; j++)
        {
          sums c = two_pass (a, u, N, &a->T[0][j], M, NULL);
          NEAR (z->ut[i * MC + j], c.product, tall * s.power[2]);
        }
      s = two_pass (a, t, M, t, M, u);
      NEAR (z->out_p[i], s.p, s.p);
      NEAR (z->out_t[i], s.mean, tall);
      NEAR (z->out_t2[i], s.power[2], tall * s.power[2]);
    }
}

static void
check_all (bd_moments *z, const members *a, double offset)
{
  size_t bad = 0;

  for (size_t b = 0; b < B; b++)
    bad += (size_t)gsl_isnan (a->P[b]);
  ck_assert_uint_eq (z->members, B);
  ck_assert_uint_eq (z->failed, bad);
  check_points (z, a, offset);
  check_units (z, a, offset);
  bd_moments_free (z);
}

static const double offsets[] = { 0, 100, -1e4 };

START_TEST (two_passes)
{
  double offset = offsets[_i / 2];
  members *a = random_members ((uint64_t)_i, offset, _i % 2);
  const size_t size[] = { 1, 3, BD_BLOCK, BD_BLOCK_MOST };

  for (int k = 0; k < LENGTH (size); k++)
    check_all (in_turn (a, size[k]), a, offset);
  check_all (as_tree (a, 0, B), a, offset);
  free (a);
}
END_TEST

/* Nothing merged changes no bit; merged into nothing it is a copy.  */
START_TEST (empty_merges)
{
  members *a = random_members (20, 1, true);
  bd_moments *z = in_turn (a, 64), *same = in_turn (a, 64);
  bd_moments *none = bd_moments_alloc (N, M, MC, FRONT);
  bd_moments *zero = bd_moments_alloc (N, M, MC, FRONT);

  ck_assert_int_eq (bd_moments_merge (none, zero), GSL_SUCCESS);
  same_bits (none, zero);
  ck_assert_int_eq (bd_moments_merge (z, none), GSL_SUCCESS);
  same_bits (z, same);
  ck_assert_int_eq (bd_moments_merge (none, z), GSL_SUCCESS);
  same_bits (none, z);
  bd_moments_reset (none);
  same_bits (none, zero);
  add (z, none);
  same_bits (z, same);
  bd_moments_free (z);
  bd_moments_free (same);
  bd_moments_free (zero);
  free (a);
}
END_TEST

/* A block in which nothing could be fitted leaves a count and no more.  */
START_TEST (all_failed)
{
  members *a = random_members (21, 1, false);
  bd_moments *z = block (a, 0, 64), *same = block (a, 0, 64);

  for (size_t b = 100; b < 110; b++)
    a->P[b] = GSL_NAN;
  bd_moments *lost = block (a, 100, 10);
  ck_assert_uint_eq (lost->members, 10);
  ck_assert_uint_eq (lost->failed, 10);
  add (z, lost);
  ck_assert_uint_eq (z->members, 74);
  ck_assert_uint_eq (z->failed, 10);
  z->members = 64;
  z->failed = 0;
  same_bits (z, same);
  bd_moments_free (z);
  bd_moments_free (same);
  free (a);
}
END_TEST

/* The same members give the same bits after a reset.  */
START_TEST (reset)
{
  members *a = random_members (22, 1, true);
  double U[BD_BLOCK][N], T[BD_BLOCK][M];
  bd_moments *z = block (a, 64, 64), *fresh = block (a, 0, 64);

  bd_moments_reset (z);
  memcpy (U, a->U, sizeof U);
  memcpy (T, a->T, sizeof T);
  bd_moments_block (z, 64, a->P, U[0], T[0]);
  same_bits (z, fresh);
  bd_moments_free (z);
  bd_moments_free (fresh);
  free (a);
}
END_TEST

START_TEST (shapes)
{
  bd_moments *a = bd_moments_alloc (3, 4, 2, 4);
  const size_t other[][4]
      = { { 2, 4, 2, 4 }, { 3, 5, 2, 4 }, { 3, 4, 1, 4 }, { 3, 4, 2, 1 } };

  ck_assert_ptr_null (a->out_t);
  for (int k = 0; k < LENGTH (other); k++)
    {
      bd_moments *b = bd_moments_alloc (other[k][0], other[k][1], other[k][2],
                                        other[k][3]);
      ck_assert_int_eq (bd_moments_merge (a, b), GSL_EBADLEN);
      bd_moments_free (b);
    }
  ck_assert_int_eq (bd_moments_block (a, BD_BLOCK_MOST + 1, NULL, NULL, NULL),
                    GSL_EBADLEN);
  ck_assert_ptr_null (bd_moments_alloc (3, 4, 5, 4));
  ck_assert_ptr_null (bd_moments_alloc (SIZE_MAX / 8, 4, 4, 4));
  bd_moments_free (a);
  bd_moments_free (NULL);
}
END_TEST

/* Blocks are larger where products are merged, as long as they stay small.  */
START_TEST (block_sizes)
{
  const size_t of[][4] = { { 10, 10, 0, BD_BLOCK },
                           { 10, 10, 1, BD_BLOCK_MOST },
                           { 2096, 2000, 9, BD_BLOCK_MOST },
                           { 2097, 2000, 9, BD_BLOCK_MOST / 2 },
                           { 6192, 2000, 9, BD_BLOCK_MOST / 2 },
                           { 1000, 9000, 9, BD_BLOCK } };

  for (int k = 0; k < LENGTH (of); k++)
    {
      const bd_moments a = { .n = of[k][0], .m = of[k][1], .mc = of[k][2] };
      const bd_moments b
          = { .n = 5, .width = a.n, .m = of[k][1], .mc = of[k][2] };
      ck_assert_uint_eq (bd_moments_members (&a), of[k][3]);
      ck_assert_uint_eq (bd_moments_members (&b), of[k][3]);
    }
}
END_TEST

/* Without co-moments the points and the rows left out are the same, and units
   are not looked at.  */
START_TEST (points_only)
{
  members *a = random_members (23, 2, true);
  bd_moments *z = block (a, 0, 200);
  bd_moments *only = bd_moments_alloc (N, M, 0, FRONT);

  bd_moments_block (only, 200, a->P, a->U[0], a->T[0]);
  ck_assert_mem_eq (z->t, only->t, sizeof a->T[0]);
  ck_assert_mem_eq (z->t2, only->t2, sizeof a->T[0]);
  ck_assert_mem_eq (z->t3, only->t3, sizeof a->T[0]);
  ck_assert_mem_eq (z->t4, only->t4, sizeof a->T[0]);
  ck_assert_mem_eq (z->out_t2, only->out_t2, sizeof a->U[0]);
  ck_assert_double_eq (only->u2[0], 0);
  bd_moments_free (z);
  bd_moments_free (only);
  free (a);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("moments");
  TCase *c = tcase_create ("moments");

  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, two_passes, 0, 2 * LENGTH (offsets));
  tcase_add_test (c, empty_merges);
  tcase_add_test (c, all_failed);
  tcase_add_test (c, reset);
  tcase_add_test (c, shapes);
  tcase_add_test (c, block_sizes);
  tcase_add_test (c, points_only);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
