#include <config.h>

#include <check.h>
#include <gsl/gsl_math.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/knob.h"
#include "base/number.h"
#include "tap.h"
#include "tools.h"

static const bd_knob knobs[] = {
  { "depth", 3, 1, 64, true, "levels", NULL },
  { "rate", 0.5, 0, 0.99, false, "share", NULL },
  { "lambda", 0, -1e300, 1e300, false, "penalty", NULL },
  { NULL, 0, 0, 0, false, NULL, NULL },
};

static const struct
{
  const char *spec;
  double value[3];
} good_spec[] = {
  { "", { 3, 0.5, 0 } },
  { "depth=5", { 5, 0.5, 0 } },
  { "lambda=-1e-3,depth=64", { 64, 0.5, -1e-3 } },
  { "depth=1,rate=0,depth=2", { 2, 0, 0 } },
  { "rate=0.99", { 3, 0.99, 0 } },
  { "depth=5.0,", { 5, 0.5, 0 } },
};

START_TEST (knobs_read)
{
  bd_settings set = { .value = { -7, -7, -7 } };
  bd_error err = { "" };

  ck_assert_int_eq (bd_knob_parse (knobs, good_spec[_i].spec, &set, &err),
                    GSL_SUCCESS);
  ck_assert_str_eq (err.text, "");
  for (int k = 0; k < 3; k++)
    ck_assert_double_eq (set.value[k], good_spec[_i].value[k]);
}
END_TEST

static const struct
{
  const char *spec, *message;
} bad_spec[] = {
  { "dept=5", "no knob is called 'dept'; did you mean 'depth'?" },
  { "xyzzy=5", "no knob is called 'xyzzy'" },
  { "Rate=0.1", "no knob is called 'Rate'; did you mean 'rate'?" },
  { "depth", "'depth' is not knob=value" },
  { ",", "'' is not knob=value" },
  { "depth=", "depth: not a number: ''" },
  { "depth=two", "depth: not a number: 'two'" },
  { "depth=0x2", "depth: not a number: '0x2'" },
  { "rate=nan", "rate: not a number: 'nan'" },
  { "depth=2.5", "depth is 2.5; it must be a whole number from 1 to 64" },
  { "depth=65", "depth is 65; it must be a whole number from 1 to 64" },
  { "depth=0", "depth is 0; it must be a whole number from 1 to 64" },
  { "rate=-0.1", "rate is -0.1; it must be a number from 0 to 0.99" },
  { "rate=1", "rate is 1; it must be a number from 0 to 0.99" },
  { "depth=\x1B[2J", "depth: not a number: ' [2J'" },
};

START_TEST (knobs_refuse)
{
  bd_settings set;
  bd_error err = { "" };

  ck_assert_int_eq (bd_knob_parse (knobs, bad_spec[_i].spec, &set, &err),
                    GSL_EINVAL);
  ck_assert_str_eq (err.text, bad_spec[_i].message);
  ck_assert_int_eq (bd_knob_parse (knobs, bad_spec[_i].spec, &set, NULL),
                    GSL_EINVAL);
}
END_TEST

START_TEST (knobs_found)
{
  char text[300] = "depth=";
  bd_settings set;
  bd_error err = { "" };

  ck_assert_uint_eq (bd_knob_find (knobs, "rate"), 1);
  ck_assert_uint_eq (bd_knob_find (knobs, "rat"), 3);
  memset (text + 6, '0', sizeof text - 7);
  text[sizeof text - 1] = '\0';
  ck_assert_int_eq (bd_knob_parse (knobs, text, &set, &err), GSL_EINVAL);
  ck_assert_str_eq (err.text, "a setting is longer than 255 characters");
}
END_TEST

static const struct
{
  const char *text;
  double value;
} good_number[] = {
  { "0", 0 },
  { "1", 1 },
  { "+1", 1 },
  { "-1", -1 },
  { ".5", 0.5 },
  { "5.", 5 },
  { " 1", 1 },
  { "1 \t", 1 },
  { "1e3", 1e3 },
  { "1E+3", 1e3 },
  { "-1.5e-3", -1.5e-3 },
  { "0.1", 0.1 },
  { "007", 7 },
  { "123456789012345", 123456789012345. },
  { "1234567890123456", 1234567890123456. },
  { "0.123456789012345", 0.123456789012345 },
  { "2.2250738585072011e-308", 2.2250738585072011e-308 },
  { "1.7976931348623157e308", 1.7976931348623157e308 },
  { "4.9406564584124654e-324", 4.9406564584124654e-324 },
  { "1e-400", 0 },
  { "9007199254740993", 9007199254740992. },
  { "179769313486231570000000000000000000000000000000000000000000000",
    1.7976931348623157e62 },
};

START_TEST (numbers_read)
{
  double v = -7;

  ck_assert (bd_number_parse (good_number[_i].text, &v));
  ck_assert_double_eq (v, good_number[_i].value);
}
END_TEST

static const char *const bad_number[]
    = { "",         " ",     "-",     "+",     ".",        "-.",  "e3",
        "1e",       "1e+",   "0x1F",  "1e400", "-1e400",   "1,5", "1_000",
        "Inf",      "inf",   "nan",   "NA",    "1.2.3",    "1 2", "--1",
        "+-1",      "1f",    "1e3.5", "1\n",   "\xD9\xA1", "0b1", "1d3",
        "infinity", "0x1p3", "1e1e1", "'1" };

START_TEST (numbers_refuse)
{
  double v;

  ck_assert_msg (!bd_number_parse (bad_number[_i], &v), "%s read as %g",
                 bad_number[_i], v);
}
END_TEST

/* A double of random bits that is a number.  */
static double
any_double (gsl_rng *r)
{
  double v;

  do
    {
      uint64_t bits = gsl_rng_get (r);
      bits = bits << 32 | gsl_rng_get (r);
      memcpy (&v, &bits, sizeof v);
    }
  while (!gsl_finite (v));
  return v;
}

/* Everyday numbers: few digits, few places.  */
static double
plain_double (gsl_rng *r)
{
  double digits
      = floor (gsl_rng_uniform (r) * pow (10, gsl_rng_uniform (r) * 17));
  return digits / pow (10, (double)gsl_rng_uniform_int (r, 18));
}

START_TEST (numbers_against_strtod)
{
  gsl_rng *r = stream (1);
  static const char *const format[]
      = { "%.17g", "%.15g", "%.6f", "%.14f", "%.3e", "%.0f", "%.16f" };

  for (int i = 0; i < 200000; i++)
    {
      char text[512];
      double v = i % 2 ? any_double (r) : plain_double (r), back;
      snprintf (text, sizeof text, format[i % LENGTH (format)], v);
      double want = strtod (text, NULL);
      ck_assert_msg (bd_number_parse (text, &back), "%s", text);
      ck_assert_msg (back == want, "%s is %a, not %a", text, want, back);
    }
  gsl_rng_free (r);
}
END_TEST

START_TEST (numbers_round_trip)
{
  gsl_rng *r = stream (2);
  char text[BD_NUMBER_SIZE];

  for (int i = 0; i < 100000; i++)
    {
      double v = i % 2 ? any_double (r) : plain_double (r), back;
      ck_assert_ptr_eq (bd_number_print (text, v, 17), text);
      ck_assert (bd_number_parse (text, &back));
      ck_assert_mem_eq (&v, &back, sizeof v);
    }
  ck_assert_str_eq (bd_number_print (text, GSL_NAN, 17), "nan");
  ck_assert_str_eq (bd_number_print (text, -0.1, 6), "-0.1");
  ck_assert_str_eq (bd_number_print (text, 1e6 / 3, 3), "3.33e+05");
  gsl_rng_free (r);
}
END_TEST

/* Where the locale has a decimal comma.  */
START_TEST (numbers_everywhere)
{
  const char *const name[] = { "de_DE.UTF-8", "de_DE", "fr_FR.UTF-8" };
  char text[BD_NUMBER_SIZE];
  double v;

  for (int k = 0; k < LENGTH (name); k++)
    if (setlocale (LC_ALL, name[k]))
      {
        ck_assert (bd_number_parse ("1.5e-7", &v));
        ck_assert_double_eq (v, 1.5e-7);
        ck_assert (bd_number_parse ("0.12345678901234567", &v));
        ck_assert_double_eq (v, 0.12345678901234567);
        ck_assert (!bd_number_parse ("1,5", &v));
        ck_assert_str_eq (bd_number_print (text, 1.5, 6), "1.5");
      }
  setlocale (LC_ALL, "C");
}
END_TEST

START_TEST (arrays)
{
  const size_t size[][2] = { { 1, 1 }, { 0, 3 }, { 3, 0 },   { 7, 1 },
                             { 8, 1 }, { 9, 1 }, { 13, 17 }, { 100, 100 } };

  for (int k = 0; k < LENGTH (size); k++)
    {
      double *a = bd_array (size[k][0], size[k][1]);
      size_t places = GSL_MAX (size[k][0] * size[k][1], 1);
      ck_assert_ptr_nonnull (a);
      ck_assert_uint_eq ((uintptr_t)a % 64, 0);
      for (size_t i = 0; i < places; i++)
        ck_assert_double_eq (a[i], 0);
      free (a);
    }
  ck_assert_ptr_null (bd_array (SIZE_MAX, 2));
  ck_assert_ptr_null (bd_array (2, SIZE_MAX));
  ck_assert_ptr_null (bd_array (SIZE_MAX / 8, 1));
  ck_assert_ptr_null (bd_array ((size_t)1 << 32, (size_t)1 << 32));
  ck_assert_ptr_null (bd_array ((size_t)1 << 31, (size_t)1 << 30));
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("base");
  TCase *c = tcase_create ("base");

  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, knobs_read, 0, LENGTH (good_spec));
  tcase_add_loop_test (c, knobs_refuse, 0, LENGTH (bad_spec));
  tcase_add_test (c, knobs_found);
  tcase_add_loop_test (c, numbers_read, 0, LENGTH (good_number));
  tcase_add_loop_test (c, numbers_refuse, 0, LENGTH (bad_number));
  tcase_add_test (c, numbers_against_strtod);
  tcase_add_test (c, numbers_round_trip);
  tcase_add_test (c, numbers_everywhere);
  tcase_add_test (c, arrays);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
