#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "net/unit.h"
#include "tools.h"

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
