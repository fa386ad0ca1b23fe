/* Order statistics of conformal intervals: ranks, selection, limits against a
   slow program of R, promises, and bins of the spread.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <stdlib.h>
#include <string.h>

#include "conformal_tools.h"
#include "score/conformal.h"
#include "score/spread_bins.h"
#include "study/held_parts.h"
#include "tap.h"
#include "tools.h"

#define ROWS 19
#define AT 4

/* floor (alpha (n + 1)) where the product is whole in the head and not in the
   machine: 1 - .9 and .1, at n = 9, 19, 99 ...  */
START_TEST (ranks)
{
  const struct
  {
    double alpha;
    size_t n, rank;
  } row[] = { { .1, 9, 1 },           { .1, 19, 2 },        { .1, 99, 10 },
              { 1 - .9, 9, 1 },       { 1 - .9, 19, 2 },    { 1 - .9, 99, 10 },
              { .1, 8, 0 },           { .1, 10, 1 },        { .1, 18, 1 },
              { 1 - .8, 4, 1 },       { 1 - .8, 3, 0 },     { .05, 19, 1 },
              { .05, 18, 0 },         { 1 - .95, 19, 1 },   { 1 - .7, 9, 3 },
              { .3, 999999, 300000 }, { 1 - .999, 999, 1 }, { 0, 50, 0 },
              { 1, 50, 51 },          { .1, 0, 0 } };

  for (int k = 0; k < LENGTH (row); k++)
    ck_assert_uint_eq (bd_conformal_rank (row[k].alpha, row[k].n),
                       row[k].rank);
}
END_TEST

START_TEST (rows_needed)
{
  ck_assert_uint_eq (bd_conformal_rows (.1), 9);
  ck_assert_uint_eq (bd_conformal_rows (1 - .9), 9);
  ck_assert_uint_eq (bd_conformal_rows (1 - .95), 19);
  ck_assert_uint_eq (bd_conformal_rows (1 - .99), 99);
  ck_assert_uint_eq (bd_conformal_rows (1 - .999), 999);
  ck_assert_uint_eq (bd_conformal_rows (.3), 3);
  ck_assert_uint_eq (bd_conformal_rows (.5), 1);
  ck_assert_uint_eq (bd_conformal_rows (.99), 1);
}
END_TEST

/* Against sorting, with ties and infinite values.  */
START_TEST (selection)
{
  enum
  {
    MOST = 40
  };
  gsl_rng *r = stream (3);

  for (size_t n = 1; n <= MOST; n++)
    for (size_t k = 1; k <= n; k++)
      {
        double x[MOST], sorted[MOST];
        for (size_t i = 0; i < n; i++)
          x[i] = n % 3 ? gsl_rng_uniform (r)
                       : (double)gsl_rng_uniform_int (r, 5);
        if (n % 7 == 0)
          x[n / 2] = GSL_POSINF;
        memcpy (sorted, x, sizeof x);
        gsl_sort (sorted, 1, n);
        ck_assert_double_eq (bd_conformal_smallest (x, n, k), sorted[k - 1]);
        gsl_sort (x, 1, n);
        ck_assert_mem_eq (x, sorted, n * sizeof *x);
      }
  double two[] = { 1, 2 };
  ck_assert (gsl_isinf (bd_conformal_smallest (two, 2, 0)) == -1);
  ck_assert (gsl_isinf (bd_conformal_smallest (two, 2, 3)) == 1);
  gsl_rng_free (r);
}
END_TEST

/* One interval whose order statistics are counted by hand: 9 rows, so that
   .1 takes the first and the last; with 8 both ends are infinite.  */
START_TEST (by_hand)
{
  const double mu[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8 },
               r[] = { 9, 1, 1, 1, 1, 1, 1, 1, 2 };
  double scratch[9];
  bd_limits both = bd_conformal_plus (9, mu, r, NULL, 1 - .9, scratch);

  ck_assert_double_eq (both.lo, -9);
  ck_assert_double_eq (both.hi, 10);
  both = bd_conformal_plus (9, mu, r, NULL, 1 - .8, scratch);
  ck_assert_double_eq (both.lo, 0);
  ck_assert_double_eq (both.hi, 9);
  both = bd_conformal_plus (8, mu, r, NULL, .1, scratch);
  ck_assert (gsl_isinf (both.lo) == -1 && gsl_isinf (both.hi) == 1);
  ck_assert_double_eq (bd_conformal_split (9, r, .1, scratch), 9);
  ck_assert_double_eq (bd_conformal_split (9, r, .2, scratch), 2);
  ck_assert (gsl_isinf (bd_conformal_split (8, r, .1, scratch)) == 1);
  both = bd_conformal_signed (9, mu, .2, scratch);
  ck_assert_double_eq (both.lo, 0);
  ck_assert_double_eq (both.hi, 8);
  both = bd_conformal_signed (9, mu, .1, scratch);
  ck_assert (gsl_isinf (both.lo) == -1 && gsl_isinf (both.hi) == 1);
}
END_TEST

/* Barber et al. (2021), theorem 4, worked out by hand.  */
START_TEST (promises)
{
  ck_assert_double_eq_tol (bd_conformal_promise (.1, 100, 100), .8, 1e-15);
  ck_assert_double_eq_tol (bd_conformal_promise (.1, 100, 5), .8 - 1.6 / 21,
                           1e-15);
  ck_assert_double_eq_tol (bd_conformal_promise (.1, 20, 10), .8 - .5 / 11,
                           1e-15);
  ck_assert_double_eq (bd_conformal_promise (.5, 20, 10), 0);
}
END_TEST

static void
same_limits (const bd_intervals *a, const char *name)
{
  char word[32];
  double lo[AT], hi[AT];

  snprintf (word, sizeof word, "%s_lo", name);
  reference (word, lo, AT);
  snprintf (word, sizeof word, "%s_hi", name);
  reference (word, hi, AT);
  ck_assert_ptr_null (a->why);
  for (size_t j = 0; j < AT; j++)
    {
      ck_assert_double_eq_tol (a->lo[j], lo[j], 1e-9);
      ck_assert_double_eq_tol (a->hi[j], hi[j], 1e-9);
    }
}

/* Three parts of a line's rows, the spread at z being .2 + z^2 / 9.  */
static bd_held_parts
three_parts (void)
{
  double x[ROWS], at[AT];
  bd_held_parts h;

  reference ("x", x, ROWS);
  reference ("at", at, AT);
  ck_assert_int_eq (bd_held_parts_init (&h, ROWS, AT, 3), 0);
  reference ("cv_r", h.r, ROWS);
  reference ("cv_mean", h.mean, 3 * AT);
  reference ("cv_usual", h.usual, 3);
  for (size_t j = 0; j < 3 * AT; j++)
    h.sd[j] = .2 + at[j % AT] * at[j % AT] / 9;
  for (size_t i = 0; i < ROWS; i++)
    {
      h.part[i] = (i + 1) % 3;
      h.s[i] = .2 + x[i] * x[i] / 9;
    }
  return h;
}

START_TEST (scaled_cv_plus)
{
  bd_held_parts h = three_parts ();
  bd_interval_wish w = wish ("scaled-cv+:level=.8");
  bd_intervals a;

  ck_assert_int_eq (bd_intervals_init (&a, &w, AT), 0);
  ck_assert_int_eq (bd_intervals_from_parts (&a, &h), 0);
  same_limits (&a, "cv");
  ck_assert_uint_eq (a.n, ROWS);
  ck_assert_uint_eq (a.parts, 3);
  ck_assert_uint_eq (a.needed, 0);
  ck_assert_uint_eq (a.all.inside, 16); /* all but .2 (19 - 1 + 1) = 3 */
  bd_intervals_free (&a);
  bd_held_parts_free (&h);
}
END_TEST

/* Part 0 alone, and the same from the rule for many parts.  */
START_TEST (scaled_split)
{
  bd_held_parts h = three_parts ();
  bd_interval_wish w = wish ("scaled-split:level=.7");
  double mu[ROWS], r[ROWS], scale[ROWS], scratch[ROWS];
  bd_intervals a;
  size_t n = 0;

  h.parts = 1;
  ck_assert_int_eq (bd_intervals_init (&a, &w, AT), 0);
  ck_assert_int_eq (bd_intervals_from_parts (&a, &h), 0);
  same_limits (&a, "split");
  for (size_t i = 0; i < ROWS; i++)
    if (h.part[i] == 0)
      {
        mu[n] = h.mean[1];
        scale[n] = h.sd[1] + .1 * h.usual[0];
        r[n++] = fabs (h.r[i]) / (h.s[i] + .1 * h.usual[0]);
      }
  bd_limits both = bd_conformal_plus (n, mu, r, scale, 1 - .7, scratch);
  ck_assert_double_eq_tol (both.lo, a.lo[1], 1e-12);
  ck_assert_double_eq_tol (both.hi, a.hi[1], 1e-12);
  ck_assert_uint_eq (a.n, n);
  ck_assert_double_eq_tol (a.promise, .7, 1e-15);
  bd_intervals_free (&a);
  bd_held_parts_free (&h);
}
END_TEST

/* Without a spread there is nothing to scale by; .999 takes 999 rows.  */
START_TEST (unknown)
{
  bd_held_parts h = three_parts ();
  bd_interval_wish w = wish ("scaled-cv+"), plain = wish ("cv+:level=.999");
  bd_intervals a;

  for (size_t k = 0; k < 3; k++)
    h.usual[k] = 1e-15;
  ck_assert_int_eq (bd_intervals_init (&a, &w, AT), 0);
  ck_assert_int_eq (bd_intervals_from_parts (&a, &h), 0);
  ck_assert_ptr_nonnull (a.why);
  ck_assert (gsl_isnan (a.lo[0]) && gsl_isnan (a.hi[AT - 1]));
  bd_intervals_free (&a);
  ck_assert_int_eq (bd_intervals_init (&a, &plain, AT), 0);
  ck_assert_int_eq (bd_intervals_from_parts (&a, &h), 0);
  ck_assert_ptr_null (a.why);
  ck_assert (gsl_isinf (a.lo[0]) == -1 && gsl_isinf (a.hi[AT - 1]) == 1);
  ck_assert_uint_eq (a.needed, 999);
  bd_intervals_free (&a);
  bd_held_parts_free (&h);
}
END_TEST

/* Thirteen rows in three bins: 4, 4, 5; limits of binom.test.  */
START_TEST (bins)
{
  const double spread[] = { 9, 1, 8, 2, 7, 3, 6, 4, 5, 5, 0, 10, 11 };
  const bool inside[] = { 1, 1, 0, 1, 0, 0, 1, 1, 0, 1, 1, 0, 0 };
  const size_t k[] = { 0, 7, 12 };
  double limits[2];
  char name[32];
  bd_spread_bin to[3];

  ck_assert_int_eq (bd_spread_bins (13, spread, inside, 3, to), 0);
  ck_assert_uint_eq (to[0].n, 4); /* 0 1 2 3 */
  ck_assert_uint_eq (to[0].inside, 3);
  ck_assert_uint_eq (to[1].n, 4); /* 4 5 5 6 */
  ck_assert_uint_eq (to[1].inside, 3);
  ck_assert_uint_eq (to[2].n, 5); /* 7 8 9 10 11 */
  ck_assert_uint_eq (to[2].inside, 1);
  ck_assert_double_eq (to[1].least, 4);
  ck_assert_double_eq (to[1].most, 6);
  for (int i = 0; i < LENGTH (k); i++)
    {
      bool in[12];
      for (size_t j = 0; j < 12; j++)
        in[j] = j < k[i];
      snprintf (name, sizeof name, "binomial%zu", k[i]);
      reference (name, limits, 2);
      ck_assert_int_eq (bd_spread_bins (12, spread, in, 1, to), 0);
      ck_assert_double_eq_tol (to[0].lo, limits[0], 1e-12);
      ck_assert_double_eq_tol (to[0].hi, limits[1], 1e-12);
    }
  ck_assert_int_eq (bd_spread_bins (0, spread, inside, 1, to), 0);
  ck_assert (gsl_isnan (to[0].lo) && gsl_isnan (to[0].least));
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("conformal");
  TCase *c = tcase_create ("conformal");

  tcase_add_test (c, ranks);
  tcase_add_test (c, rows_needed);
  tcase_add_test (c, selection);
  tcase_add_test (c, by_hand);
  tcase_add_test (c, promises);
  tcase_add_test (c, scaled_cv_plus);
  tcase_add_test (c, scaled_split);
  tcase_add_test (c, unknown);
  tcase_add_test (c, bins);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
