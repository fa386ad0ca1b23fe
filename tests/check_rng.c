/* Known answers: D. E. Shaw Research, Random123, file kat_vectors, lines
   philox4x32 10.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_RANDOM123_PHILOX_H
#include <Random123/philox.h>
#endif

#include "base/rng.h"
#include "tap.h"
#include "tools.h"

/* The generator written out plainly.  */
static void
plain (const uint32_t counter[4], const uint32_t key[2], uint32_t x[4])
{
  uint32_t k0 = key[0], k1 = key[1];

  memcpy (x, counter, 4 * sizeof *x);
  for (int round = 0; round < 10; round++)
    {
      uint64_t a = UINT64_C (0xD2511F53) * x[0];
      uint64_t b = UINT64_C (0xCD9E8D57) * x[2];
      uint32_t y[4] = { (uint32_t)(b >> 32) ^ x[1] ^ k0, (uint32_t)b,
                        (uint32_t)(a >> 32) ^ x[3] ^ k1, (uint32_t)a };
      memcpy (x, y, sizeof y);
      k0 += UINT32_C (0x9E3779B9);
      k1 += UINT32_C (0xBB67AE85);
    }
}

#define ONES UINT32_C (0xFFFFFFFF)

static const struct
{
  uint32_t counter[4], key[2], out[4];
} known[] = {
  { { 0, 0, 0, 0 },
    { 0, 0 },
    { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 } },
  { { ONES, ONES, ONES, ONES },
    { ONES, ONES },
    { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd } },
  { { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 },
    { 0xa4093822, 0x299f31d0 },
    { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 } },
};

START_TEST (plain_is_right)
{
  uint32_t out[4];

  plain (known[_i].counter, known[_i].key, out);
  ck_assert_mem_eq (out, known[_i].out, sizeof out);
}
END_TEST

#define SKIP 65536 /* blocks skipped at a time */

/* The counter's first word is the number of the block: the last vector stands
   six hundred million blocks into its stream.  */
START_TEST (known_answers)
{
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  uint32_t *words = malloc (4 * SKIP * sizeof *words);

  ck_assert_ptr_nonnull (r);
  ck_assert_ptr_nonnull (words);
  for (int k = 0; k < LENGTH (known); k += 2)
    {
      const uint32_t *c = known[k].counter, *key = known[k].key;
      uint64_t seed = (uint64_t)key[1] << 32 | key[0];
      uint64_t index = (uint64_t)c[3] << 32 | c[2];
      bd_rng_seek (r, seed, (bd_lane)c[1], index);
      for (uint32_t block = 0; block < c[0];)
        {
          uint32_t some = GSL_MIN (c[0] - block, SKIP);
          bd_rng_words (r, words, some);
          block += some;
        }
      bd_rng_words (r, words, 1);
      ck_assert_mem_eq (words, known[k].out, sizeof known[k].out);
    }
  free (words);
  gsl_rng_free (r);
}
END_TEST

static uint64_t
wide (gsl_rng *r)
{
  uint64_t high = gsl_rng_get (r);
  return high << 32 | gsl_rng_get (r);
}

/* Blocks 0 to 39 of a thousand streams.  */
START_TEST (every_place)
{
  gsl_rng *choose = stream (1), *r = gsl_rng_alloc (bd_rng_philox);
  uint32_t words[160], want[4];

  for (int trial = 0; trial < 1000; trial++)
    {
      uint64_t seed = wide (choose), index = wide (choose);
      uint32_t lane = (uint32_t)gsl_rng_get (choose);
      const uint32_t key[2] = { (uint32_t)seed, (uint32_t)(seed >> 32) };
      bd_rng_seek (r, seed, (bd_lane)lane, index);
      bd_rng_words (r, words, 40);
      for (uint32_t block = 0; block < 40; block++)
        {
          const uint32_t counter[4]
              = { block, lane, (uint32_t)index, (uint32_t)(index >> 32) };
          plain (counter, key, want);
          ck_assert_mem_eq (words + 4 * block, want, sizeof want);
#ifdef HAVE_RANDOM123_PHILOX_H
          const philox4x32_ctr_t c
              = { { counter[0], counter[1], counter[2], counter[3] } };
          const philox4x32_key_t k = { { key[0], key[1] } };
          const philox4x32_ctr_t theirs = philox4x32 (c, k);
          ck_assert_mem_eq (theirs.v, want, sizeof want);
#endif
        }
    }
  gsl_rng_free (choose);
  gsl_rng_free (r);
}
END_TEST

/* Words in one go, words one by one, and a start inside a block.  */
START_TEST (words_are_draws)
{
  gsl_rng *a = gsl_rng_alloc (bd_rng_philox);
  gsl_rng *b = gsl_rng_alloc (bd_rng_philox);
  uint32_t words[4 * 50];

  for (size_t count = 0; count <= 50; count++)
    for (unsigned before = 0; before < 9; before++)
      {
        bd_rng_seek (a, 5, BD_LANE_FIT, count);
        bd_rng_seek (b, 5, BD_LANE_FIT, count);
        for (unsigned i = 0; i < before; i++)
          ck_assert_uint_eq (gsl_rng_get (a), gsl_rng_get (b));
        for (unsigned i = before; i % 4; i++)
          gsl_rng_get (b);
        bd_rng_words (a, words, count);
        for (size_t i = 0; i < 4 * count; i++)
          ck_assert_uint_eq (words[i], gsl_rng_get (b));
        ck_assert_uint_eq (gsl_rng_get (a), gsl_rng_get (b));
      }
  gsl_rng_free (a);
  gsl_rng_free (b);
}
END_TEST

/* gsl_rng_set is the start of lane 0; lanes begin again.  */
START_TEST (places)
{
  gsl_rng *a = gsl_rng_alloc (bd_rng_philox);
  gsl_rng *b = gsl_rng_alloc (bd_rng_philox);

  gsl_rng_set (a, 77);
  bd_rng_seek (b, 77, (bd_lane)0, 0);
  ck_assert_uint_eq (gsl_rng_get (a), gsl_rng_get (b));
  bd_rng_seek (a, UINT64_C (1) << 40, BD_LANE_FIT, UINT64_C (1) << 50);
  for (int i = 0; i < 7; i++)
    gsl_rng_get (a);
  bd_rng_lane (a, BD_LANE_TRAIN_MASK);
  bd_rng_seek (b, UINT64_C (1) << 40, BD_LANE_TRAIN_MASK, UINT64_C (1) << 50);
  for (int i = 0; i < 9; i++)
    ck_assert_uint_eq (gsl_rng_get (a), gsl_rng_get (b));
  ck_assert_uint_eq (gsl_rng_max (a), UINT32_MAX);
  ck_assert_uint_eq (gsl_rng_min (a), 0);
  gsl_rng_free (a);
  gsl_rng_free (b);
}
END_TEST

#define DRAWS 1000000
#define BINS 256

/* Five standard errors, and chi-square's quantile for 1 - 1e-9: a right
   generator passes with practically any seed.  */
START_TEST (uniform)
{
  gsl_rng *r = stream (2);
  double sum = 0, squares = 0, chi = 0, bin[BINS] = { 0 };
  const double each = (double)DRAWS / BINS;
  size_t outside = 0;

  for (size_t i = 0; i < DRAWS; i++)
    {
      double u = gsl_rng_uniform (r);
      outside += !(u >= 0 && u < 1);
      sum += u;
      squares += gsl_pow_2 (u - 0.5);
      bin[(size_t)(u * BINS) % BINS]++;
    }
  ck_assert_uint_eq (outside, 0);
  for (size_t k = 0; k < BINS; k++)
    chi += gsl_pow_2 (bin[k] - each) / each;
  ck_assert_double_eq_tol (sum / DRAWS, 0.5, 5 * sqrt (1. / 12 / DRAWS));
  ck_assert_double_eq_tol (squares / DRAWS, 1. / 12,
                           5 * sqrt (1. / 180 / DRAWS));
  ck_assert_double_lt (chi, gsl_cdf_chisq_Qinv (1e-9, BINS - 1));
  ck_assert_double_gt (chi, gsl_cdf_chisq_Pinv (1e-9, BINS - 1));
  gsl_rng_free (r);
}
END_TEST

/* 53 bits of the two words, the largest below 1.  */
START_TEST (doubles)
{
  gsl_rng *a = stream (3), *b = stream (3);

  for (int i = 0; i < 1000; i++)
    {
      double high = (double)(gsl_rng_get (b) >> 5);
      double low = (double)(gsl_rng_get (b) >> 6);
      double want = (high * 0x1p26 + low) * 0x1p-53;
      ck_assert_double_eq (gsl_rng_uniform (a), want);
    }
  gsl_rng_free (a);
  gsl_rng_free (b);
}
END_TEST

#define STREAMS 100000

static int
by_value (const void *a, const void *b)
{
  uint64_t x, y;

  memcpy (&x, a, sizeof x);
  memcpy (&y, b, sizeof y);
  return (x > y) - (x < y);
}

static void
all_differ (uint64_t start[])
{
  size_t equal = 0;

  qsort (start, STREAMS, sizeof *start, by_value);
  for (size_t i = 1; i < STREAMS; i++)
    equal += start[i - 1] == start[i];
  ck_assert_uint_eq (equal, 0);
}

/* First 64 bits of streams that differ in one part of their name only.  Two
   equal ones among 1e5 have probability 3e-10.  */
START_TEST (streams_differ)
{
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  uint64_t *start = malloc (STREAMS * sizeof *start);

  ck_assert_ptr_nonnull (start);
  for (uint64_t i = 0; i < STREAMS; i++)
    {
      uint64_t part = _i % 2 ? i << 32 : i; /* both halves of a number */
      bd_rng_seek (r, _i / 2 == 0 ? part : 1,
                   _i / 2 == 1 ? (bd_lane)i : BD_LANE_FIT,
                   _i / 2 == 2 ? part : 1);
      start[i] = _i / 2 == 3   ? bd_rng_derive (part, 3)
                 : _i / 2 == 4 ? bd_rng_derive (3, part)
                               : wide (r);
    }
  all_differ (start);
  free (start);
  gsl_rng_free (r);
}
END_TEST

/* Neighbouring indexes and lanes are not correlated: five standard errors.  */
START_TEST (streams_are_independent)
{
  gsl_rng *a = gsl_rng_alloc (bd_rng_philox);
  gsl_rng *b = gsl_rng_alloc (bd_rng_philox);
  double sum = 0;

  for (uint64_t i = 0; i < STREAMS; i++)
    {
      bd_rng_seek (a, 1, BD_LANE_FIT, i);
      bd_rng_seek (b, 1, _i ? BD_LANE_RESAMPLE : BD_LANE_FIT, i + !_i);
      sum += (gsl_rng_uniform (a) - 0.5) * (gsl_rng_uniform (b) - 0.5);
    }
  ck_assert_double_eq_tol (12 * sum / STREAMS, 0, 5 / sqrt (STREAMS));
  gsl_rng_free (a);
  gsl_rng_free (b);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("rng");
  TCase *c = tcase_create ("rng");

  tcase_set_timeout (c, 600);
  tcase_add_loop_test (c, plain_is_right, 0, LENGTH (known));
  tcase_add_test (c, known_answers);
  tcase_add_test (c, every_place);
  tcase_add_test (c, words_are_draws);
  tcase_add_test (c, places);
  tcase_add_test (c, uniform);
  tcase_add_test (c, doubles);
  tcase_add_loop_test (c, streams_differ, 0, 10);
  tcase_add_loop_test (c, streams_are_independent, 0, 2);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
