/* Formulas: what they mean, under every locale.  What is refused:
   check_nls.c.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <locale.h>
#include <stdlib.h>

#include "fitter/formula.h"

#define LENGTH(array) ((int)(sizeof array / sizeof array[0]))

START_TEST (words)
{
  ck_assert (bd_formula_uses ("b1*exp(-b12)", "b1"));
  ck_assert (bd_formula_uses ("exp(b12)", "b12"));
  ck_assert (!bd_formula_uses ("b12+b3", "b1"));
  ck_assert (!bd_formula_uses ("", "b1"));
}
END_TEST

#ifdef HAVE_MUPARSER

/* Operators and functions mean what they mean elsewhere.  */
static const struct
{
  const char *text;
  double value; /* at x = 2 */
} meaning[] = {
  { "-x^2", -4 },
  { "2^3^x", 512 },
  { "log(exp(x))", 2 },
  { "ln(exp(x))", 2 },
  { "log10(100)", 2 },
  { "log2(8)", 3 },
  { "pi", M_PI },
  { "x1*x", 4 },
  { "x>1 ? 3 : 4", 3 },
  { "1.5e1*x", 30 },
  { "atan2(1,1)", M_PI / 4 },
  { "7/x/2", 1.75 },
  { "x-1-1", 0 },
  { "min(x,1)+max(3,x)", 4 },
  { "x>=2 && x!=3", 1 },
  { "abs(-x)+sign(-3)", 1 },
};

START_TEST (means)
{
  double x = 2;
  const bd_formula_name names[] = { { "x", &x }, { "x1", &x } };
  bd_error err = { "" };
  bd_formula *f = bd_formula_new (meaning[_i].text, names, 2, &err);

  ck_assert_msg (f != NULL, "%s", err.text);
  ck_assert_double_eq_tol (bd_formula_value (f), meaning[_i].value, 1e-15);
  bd_formula_free (f);
}
END_TEST

/* A decimal point under every locale.  */
START_TEST (locales)
{
  double x = 2;
  const bd_formula_name names[] = { { "x", &x } };

  setlocale (LC_ALL, "de_DE.UTF-8"); /* where it is installed */
  bd_formula *f = bd_formula_new ("1.5*x+min(0.25,1)", names, 1, NULL);
  ck_assert_double_eq (bd_formula_value (f), 3.25);
  bd_formula_free (f);
}
END_TEST

#endif

int
main (void)
{
  Suite *s = suite_create ("formula");
  TCase *t = tcase_create ("formula");
  SRunner *r = srunner_create (s);

  gsl_set_error_handler_off ();
  tcase_add_test (t, words);
#ifdef HAVE_MUPARSER
  tcase_add_loop_test (t, means, 0, LENGTH (meaning));
  tcase_add_test (t, locales);
#endif
  suite_add_tcase (s, t);
  srunner_set_tap (r, "-");
  srunner_run_all (r, CK_SILENT);
  srunner_free (r);
  return EXIT_SUCCESS;
}
