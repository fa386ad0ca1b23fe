#include <config.h>

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "net/mask.h"
#include "net/unit.h"
#include "tools.h"

static const double rates[] = { 0, 1e-4, 0.02, 0.1, 0.5, 0.9, 0.99 };

START_TEST (factors)
{
  bd_mask m = bd_mask_bernoulli (rates[_i]);
  double rate = m.limit / 65536.;

  ck_assert_double_eq_tol (rate, rates[_i], 0.5 / 65536);
  ck_assert_double_eq_tol (m.factor * (1 - rate), 1, 1e-15);
  m = bd_mask_bernoulli (1 - 1e-9);
  ck_assert (gsl_finite (m.factor));
}
END_TEST

#define UNITS 37
#define DRAWS 30000

/* Each of an odd number of units is dropped as often as it should be:
   chi-square over the units, quantiles for 1e-9 on both sides.  */
START_TEST (frequencies)
{
  bd_mask m = bd_mask_bernoulli (rates[_i]);
  gsl_rng *r = stream (1);
  double factor[UNITS], dropped[UNITS] = { 0 }, chi = 0;
  double q = m.limit / 65536., var = DRAWS * q * (1 - q);
  uint32_t words[UNITS + 8];
  size_t wrong = 0;

  for (int k = 0; k < DRAWS; k++)
    {
      bd_mask_draw (m, r, UNITS, words, factor);
      for (size_t i = 0; i < UNITS; i++)
        {
          wrong += factor[i] != 0 && factor[i] != m.factor;
          dropped[i] += factor[i] == 0;
        }
    }
  ck_assert_uint_eq (wrong, 0);
  for (size_t i = 0; i < UNITS; i++)
    if (m.limit == 0)
      ck_assert_double_eq (dropped[i], 0);
    else
      chi += gsl_pow_2 (dropped[i] - DRAWS * q) / var;
  if (m.limit)
    {
      ck_assert_double_lt (chi, gsl_cdf_chisq_Qinv (1e-9, UNITS));
      ck_assert_double_gt (chi, gsl_cdf_chisq_Pinv (1e-9, UNITS));
    }
  gsl_rng_free (r);
}
END_TEST

/* Two units are dropped together as chance has it: six standard errors for
   666 pairs.  */
START_TEST (pairs)
{
  bd_mask m = bd_mask_bernoulli (0.5);
  gsl_rng *r = stream (2);
  static double both[UNITS][UNITS];
  double factor[UNITS];
  uint32_t words[UNITS + 8];

  for (int k = 0; k < DRAWS; k++)
    {
      bd_mask_draw (m, r, UNITS, words, factor);
      for (size_t i = 0; i < UNITS; i++)
        for (size_t j = 0; j < i; j++)
          both[i][j] += factor[i] == 0 && factor[j] == 0;
    }
  for (size_t i = 0; i < UNITS; i++)
    for (size_t j = 0; j < i; j++)
      ck_assert_double_eq_tol (both[i][j], DRAWS / 4.,
                               6 * sqrt (DRAWS * 3. / 16));
  gsl_rng_free (r);
}
END_TEST

/* Any number of units; nothing is written behind them.  */
START_TEST (any_count)
{
  bd_mask m = bd_mask_bernoulli (0.5);

  for (size_t count = 0; count < 70; count++)
    {
      double factor[80];
      size_t need = bd_mask_words (count);
      uint32_t *words = malloc ((need + 1) * sizeof *words);
      gsl_rng *r = stream (count);
      for (size_t i = 0; i < 80; i++)
        factor[i] = -7;
      bd_mask_draw (m, r, count, words, factor);
      for (size_t i = 0; i < 80; i++)
        ck_assert (i < count ? factor[i] == 0 || factor[i] == m.factor
                             : factor[i] == -7);
      free (words);
      gsl_rng_free (r);
    }
}
END_TEST

static double
one_tanh (double z)
{
  bd_units[BD_UNIT_TANH].forward (&z, 1);
  return z;
}

/* Largest absolute error against libm in long double.  */
static double
tanh_error (double from, double to, double step, double factor)
{
  long double most = 0;

  for (double z = from; z < to; z = z * factor + step)
    most = GSL_MAX (most, fabsl (one_tanh (z) - tanhl (z)));
  return (double)most;
}

/* Infinities give their sign; so does a NaN: what is not a number in a hidden
   unit must show elsewhere.  */
START_TEST (tanh_kernel)
{
  ck_assert_double_lt (tanh_error (-25, 25, 1.7e-5, 1), 5e-16);
  ck_assert_double_lt (tanh_error (1e-320, 1e308, 0, 1.001), 5e-16);
  for (double z = 1e-320; z < 1e308; z *= 1.3)
    ck_assert_double_eq (one_tanh (-z), -one_tanh (z));
  ck_assert_double_eq (one_tanh (0), 0);
  ck_assert_double_eq (one_tanh (GSL_POSINF), 1);
  ck_assert_double_eq (one_tanh (GSL_NEGINF), -1);
  ck_assert_double_eq (fabs (one_tanh (GSL_NAN)), 1);
}
END_TEST

START_TEST (slopes)
{
  for (double z = -4.01; z < 4; z += 0.1)
    for (int unit = 0; unit < BD_UNITS; unit++)
      {
        double h = z, up = z + 1e-6, down = z - 1e-6, g = 3;
        bd_units[unit].forward (&h, 1);
        bd_units[unit].forward (&up, 1);
        bd_units[unit].forward (&down, 1);
        bd_units[unit].backward (&h, &g, 1);
        ck_assert_double_eq_tol (g, 3 * (up - down) / 2e-6, 1e-8);
      }
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("unit");
  TCase *c = tcase_create ("unit");

  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, factors, 0, LENGTH (rates));
  tcase_add_loop_test (c, frequencies, 0, LENGTH (rates));
  tcase_add_test (c, pairs);
  tcase_add_test (c, any_count);
  tcase_add_test (c, tanh_kernel);
  tcase_add_test (c, slopes);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  SRunner *sr = srunner_create (suite ());

  gsl_set_error_handler_off ();
  srunner_set_tap (sr, "-");
  srunner_run_all (sr, CK_SILENT);
  srunner_free (sr);
  return EXIT_SUCCESS;
}
