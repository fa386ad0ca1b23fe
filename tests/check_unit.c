#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>

#include "net/output.h"
#include "net/unit.h"
#include "tap.h"
#include "tools.h"

/* Slopes by central differences, away from the kink of the rectifier.  */
START_TEST (slopes)
{
  const bd_unit *u = &bd_units[_i];

  for (double z = -4.01; z < 4; z += 0.1)
    ck_assert_double_eq_tol (
        u->slope (z), (u->value (z + 1e-6) - u->value (z - 1e-6)) / 2e-6,
        1e-8);
}
END_TEST

/* Values that stand in tables.  */
START_TEST (values)
{
  ck_assert_double_eq_tol (bd_unit_find ("gelu")->value (1),
                           0.84134474606854293, 1e-15);
  ck_assert_double_eq_tol (bd_unit_find ("gelu")->value (-2),
                           -2 * 0.022750131948179195, 1e-15);
  ck_assert_double_eq_tol (bd_unit_find ("logistic")->value (2),
                           0.88079707797788243, 1e-15);
  ck_assert_double_eq (bd_unit_find ("logistic")->value (-800), 0);
  ck_assert_double_eq (bd_unit_find ("logistic")->value (800), 1);
  ck_assert_double_eq (bd_unit_find ("relu")->value (-3), 0);
  ck_assert (gsl_isnan (bd_unit_find ("relu")->value (GSL_NAN)));
  /* As in the kernels.  */
  ck_assert (signbit (bd_unit_find ("relu")->value (-0.0)));
  ck_assert_double_eq (bd_unit_find ("linear")->value (-3), -3);
  ck_assert_ptr_null (bd_unit_find ("Tanh"));
  ck_assert_ptr_null (bd_unit_find (NULL));
}
END_TEST

/* Derivatives of the losses, inside and outside of where they bend.  */
START_TEST (losses)
{
  const bd_output *o = &bd_outputs[_i];
  const double y = o->classes ? 1 : 0.3;
  double z[3], e[3], unused[3], h = 1e-6;
  size_t outputs = o->outputs (3);

  for (double a = -3; a <= 3; a += 0.75)
    for (size_t k = 0; k < outputs; k++)
      {
        z[0] = a;
        z[1] = 0.5 - a;
        z[2] = 1;
        o->loss (outputs, z, y, e);
        double was = z[k];
        z[k] = was + h;
        double up = o->loss (outputs, z, y, unused);
        z[k] = was - h;
        double down = o->loss (outputs, z, y, unused);
        z[k] = was;
        ck_assert_double_eq_tol (e[k], (up - down) / (2 * h), 1e-7);
      }
}
END_TEST

/* Nothing overflows; probabilities stay probabilities.  */
START_TEST (far_out)
{
  double z[3] = { 900, -900, 0 }, e[3], t[3];

  for (const bd_output *o = bd_outputs; o->name; o++)
    {
      ck_assert (gsl_finite (o->loss (o->outputs (3), z, 1, e)));
      for (size_t k = 0; k < o->outputs (3); k++)
        ck_assert (gsl_finite (e[k]));
    }
  bd_output_find ("softmax")->predict (3, z, 5, 7, t);
  ck_assert_double_eq_tol (t[0] + t[1] + t[2], 1, 1e-15);
  bd_output_find ("logistic")->predict (1, z, 5, 7, t);
  ck_assert_double_eq (t[0], 1);
  bd_output_find ("real")->predict (1, z, 5, 7, t);
  ck_assert_double_eq (t[0], 5 + 7 * 900.);
  z[1] = log (4);
  ck_assert_double_eq_tol (bd_output_find ("gaussian")->noise (z, 3), 36,
                           1e-12);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("unit");
  TCase *c = tcase_create ("unit");

  tcase_add_loop_test (c, slopes, 0, BD_UNITS);
  tcase_add_test (c, values);
  tcase_add_loop_test (c, losses, 0, BD_OUTPUTS);
  tcase_add_test (c, far_out);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
