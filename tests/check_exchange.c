/* What a method is worth in bagged networks: members made by hand.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

#include "score/proper.h"
#include "study/exchange.h"
#include "tap.h"
#include "tools.h"

#define POINTS 60
#define KEPT 16
#define SPLITS 6

START_TEST (sizes)
{
  static const size_t all[] = { 1, 2, 4, 8, 12, 0, 0 },
                      power[] = { 1, 2, 4, 0 };

  for (size_t k = 0; k < LENGTH (all); k++)
    ck_assert_uint_eq (bd_exchange_size (k, 12), all[k]);
  for (size_t k = 0; k < LENGTH (power); k++)
    ck_assert_uint_eq (bd_exchange_size (k, 4), power[k]);
  ck_assert_uint_eq (bd_exchange_size (0, 0), 0);
}
END_TEST

/* Without a variance of the prediction the noise of one half is the mean
   square of the other half.  */
START_TEST (recalibrated)
{
  static const double y[] = { 1, 3, -1, 5 }, mean[] = { 0, 0, 0, 0 };
  static const double none[] = { GSL_NAN, GSL_NAN, GSL_NAN, GSL_NAN };
  double room[8],
      even = 1, odd = sqrt (17),
      want = (bd_crps_normal (1, 0, odd) + bd_crps_normal (3, 0, even)
              + bd_crps_normal (-1, 0, odd) + bd_crps_normal (5, 0, even))
             / 4;

  ck_assert_double_eq_tol (bd_recalibrated_crps (y, mean, NULL, 4, room), want,
                           1e-9);
  ck_assert_double_eq_tol (bd_recalibrated_crps (y, mean, none, 4, room), want,
                           1e-9);
  ck_assert_double_nan (bd_recalibrated_crps (y, mean, NULL, 3, room));
}
END_TEST

/* A bag of networks on SPLIT: members around a mean that errs, one of them
   lost.  */
static void
answer (gsl_rng *r, bd_answer *a, double y[], bd_fold_result *out)
{
  for (size_t i = 0; i < POINTS; i++)
    {
      double centre = gsl_ran_gaussian (r, 1);
      y[i] = centre + gsl_ran_gaussian (r, 0.3);
      a->mean[i] = a->spread[i] = 0;
      for (size_t b = 0; b < KEPT; b++)
        {
          double t = centre + gsl_ran_gaussian (r, 1);
          a->keep[b * POINTS + i] = b == 5 ? GSL_NAN : t;
        }
    }
  const bd_method *bag = bd_method_find ("bag-net");
  ck_assert_int_eq (bd_exchange_scores (bag, a, y, out), GSL_SUCCESS);
}

/* Compared with itself at K members a bag is worth K; so it is with what is
   between two sizes, in order.  */
START_TEST (worth_itself)
{
  gsl_rng *r = stream (76);
  double mean[POINTS], spread[POINTS], y[POINTS];
  double *keep = calloc (KEPT * POINTS, sizeof *keep);
  bd_answer a = { .m = POINTS,
                  .mean = mean,
                  .spread = spread,
                  .keep = keep,
                  .kept = KEPT,
                  .keep_points = POINTS };
  bd_fold_result bag[SPLITS], other[SPLITS];
  bd_comparison *c = calloc (1, sizeof *c);
  bd_compare_row bag_row = { .fold = bag, .members = KEPT },
                 row = { .fold = other };

  ck_assert (keep && c);
  c->splits = SPLITS;
  c->ratio = 0.25;
  for (size_t s = 0; s < SPLITS; s++)
    answer (r, &a, y, &bag[s]);
  for (size_t k = 0; k < 4; k++)
    {
      for (size_t s = 0; s < SPLITS; s++)
        {
          ck_assert (k == 0 || bag[s].exchange[k] < bag[s].exchange[k - 1]);
          other[s].recalibrated = bag[s].exchange[k];
        }
      bd_equivalent e = bd_exchange_of (c, &row, &bag_row);
      ck_assert_double_eq (e.members, ldexp (1, (int)k));
      ck_assert_double_eq (e.lo, e.members);
      ck_assert_double_eq (e.hi, e.members);
    }
  /* All together hold the member that was lost.  */
  ck_assert_double_nan (bag[0].exchange[4]);
  for (size_t s = 0; s < SPLITS; s++)
    other[s].recalibrated = (bag[s].exchange[1] + bag[s].exchange[2]) / 2
                            + 0.001 * (double)s - 0.0025;
  bd_equivalent e = bd_exchange_of (c, &row, &bag_row);
  ck_assert_double_eq_tol (e.members, 1 / (3. / 8), 1e-9);
  ck_assert (e.lo < e.members && e.members < e.hi && e.hi < 4);
  free (c);
  free (keep);
  gsl_rng_free (r);
}
END_TEST

/* Only networks that are averaged have it.  */
START_TEST (of_others)
{
  bd_answer a = { 0 };
  bd_fold_result out;

  ck_assert_int_eq (
      bd_exchange_scores (bd_method_find ("bag-tree"), &a, NULL, &out), 0);
  ck_assert_double_nan (out.recalibrated);
  ck_assert_int_eq (
      bd_exchange_scores (bd_method_find ("net"), &a, NULL, &out), 0);
  ck_assert_double_nan (out.exchange[0]);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("exchange");
  TCase *c = tcase_create ("exchange");

  tcase_add_test (c, sizes);
  tcase_add_test (c, recalibrated);
  tcase_add_test (c, worth_itself);
  tcase_add_test (c, of_others);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
