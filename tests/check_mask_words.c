/* Which random word becomes which factor.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "mask_tools.h"
#include "net/mask_fill.h"
#include "tap.h"
#include "tools.h"

/* The factors are what the words say: at rate 1/2 bit j of a word is place j
   of 32 places in a row; else the low halves of 16 words come before the high
   ones.  FROM: the first word of a row.  */
static double
bernoulli_place (double q, const uint32_t *from, size_t i)
{
  if (q == 0.5)
    return from[i / 32] >> i % 32 & 1 ? 2 : 0;
  uint32_t word = from[i / 32 * 16 + i % 16], limit = (uint32_t)(q * 65536);
  uint32_t half = i % 32 < 16 ? word & 0xffff : word >> 16;
  return half < limit ? 0 : 65536. / (65536 - limit);
}

static const double exact_rates[] = { 0.5, 0.125, 0.25 };

/* Enough rows for several pieces of words.  */
START_TEST (one_rate_of_words)
{
  double q = exact_rates[_i];
  bd_mask a = mask_of ("bernoulli", q);
  size_t rows = 2500, places = rows * MASK_HIDDEN;
  float *factor = mask_rows (&a, rows, 3, 1);
  uint32_t *words = mask_stream (places / 2 + 32, 3);

  for (size_t i = 0; i < places; i++)
    if (fabs (factor[i] - bernoulli_place (q, words, i)) > 1e-6)
      ck_abort_msg ("place %zu", i);
  free (factor);
  free (words);
}
END_TEST

/* Layers with rates of their own: the rows of the first, then those of the
   second, each row with words of its own.  */
START_TEST (two_rates_of_words)
{
  bd_mask a = mask_of ("bernoulli", 0.5);
  size_t rows = 300, place = 0;
  uint32_t *words = mask_stream (rows * 2 + rows * 16, 4);

  a.rate[1] = 0.25;
  float *factor = mask_rows (&a, rows, 4, 1);
  for (size_t r = 0; r < rows; r++)
    for (size_t i = 0; i < MASK_HIDDEN; i++, place++)
      {
        double f = i < MASK_SECOND
                       ? bernoulli_place (0.5, words + 2 * r, i)
                       : bernoulli_place (0.25, words + 2 * rows + 16 * r,
                                          i - MASK_SECOND);
        ck_assert_double_eq_tol (factor[place], f, 1e-6);
      }
  free (factor);
  free (words);
}
END_TEST

/* A draw begins with the block of four words behind the last one's.  */
START_TEST (draws_follow)
{
  bd_mask a = mask_of ("bernoulli", 0.125);
  bd_net net = mask_net ();
  enum
  {
    FIRST = 1700,
    SECOND = 3
  };
  float *factor = malloc (FIRST * MASK_HIDDEN * sizeof *factor);
  uint32_t *words = malloc (bd_mask_words (0) * sizeof *words);
  size_t used = FIRST * MASK_HIDDEN / 2;
  uint32_t *all = mask_stream (used + SECOND * MASK_HIDDEN, 16);
  gsl_rng *r = stream (16);

  bd_mask_draw (&a, &net, r, 9, 1, FIRST, words, factor);
  bd_mask_draw (&a, &net, r, 9, 1, SECOND, words, factor);
  for (size_t i = 0; i < SECOND * MASK_HIDDEN; i++)
    ck_assert_double_eq_tol (factor[i], bernoulli_place (0.125, all + used, i),
                             1e-6);
  gsl_rng_free (r);
  free (factor);
  free (words);
  free (all);
}
END_TEST

/* Words j and 16 + j of 32 are a radius and an angle.  Near 1 u is rounded to
   2^-24, which shows in small radii.  */
START_TEST (normal_words)
{
  bd_mask a = mask_of ("gaussian", 0.5);
  const size_t rows = 6000, groups = rows * MASK_HIDDEN / 32;
  size_t wrong = 0;
  float *factor = mask_rows (&a, rows, 9, 1);
  uint32_t *words = mask_stream (32 * groups, 9);

  for (size_t g = 0; g < groups; g++)
    for (size_t j = 0; j < 16; j++)
      {
        uint32_t turn = words[32 * g + 16 + j];
        double u = (words[32 * g + j] / 2 + 0.5) * 0x1p-31;
        double angle = (int32_t)(turn << 2) * (M_PI_4 * 0x1p-31);
        double radius = sqrt (-2 * log (u)) * (turn >> 31 ? -1 : 1);
        bool change = turn >> 30 & 1;
        double most = 1e-6 + 6e-8 / fabs (radius);
        double x = radius * (change ? sin (angle) : cos (angle));
        double y = radius * (change ? cos (angle) : sin (angle));
        wrong += fabs (factor[32 * g + j] - 1 - x) > most
                 || fabs (factor[32 * g + 16 + j] - 1 - y) > most;
      }
  ck_assert_uint_eq (wrong, 0);
  free (factor);
  free (words);
}
END_TEST

/* The ends of the range of a word: the largest normal numbers, and concrete
   factors of a unit that is kept or dropped for sure.  */
START_TEST (extreme_words)
{
  bd_mask_maker normal = bd_mask_maker_normal (0.5);
  bd_mask_maker relaxed = bd_mask_maker_relaxed (0.25, 0.1);
  uint32_t words[BD_MASK_GROUP] = { 0, UINT32_MAX };
  float f[BD_MASK_GROUP];

  normal.make (&normal, 1, words, f);
  ck_assert_double_eq_tol (f[0], 1 + sqrt (64 * M_LN2), 1e-5);
  ck_assert (f[1] == 1 && f[16] == 1 && f[17] == 1);
  relaxed.make (&relaxed, 1, words, f);
  ck_assert_double_eq_tol (f[0], 4. / 3, 1e-6);
  ck_assert (f[1] >= 0 && f[1] < 1e-30);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("mask_words");
  TCase *c = tcase_create ("mask_words");

  tcase_set_timeout (c, 120);
  tcase_add_loop_test (c, one_rate_of_words, 0, LENGTH (exact_rates));
  tcase_add_test (c, two_rates_of_words);
  tcase_add_test (c, normal_words);
  tcase_add_test (c, draws_follow);
  tcase_add_test (c, extreme_words);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
