#include <config.h>

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "tap.h"
#include "tools.h"

#define BAD "\xEF\xBF\xBD"

/* The ill-formed ones are those of Unicode 15, section 3.9.  */
static const struct
{
  const char *from, *to;
} clean[] = {
  { "plain", "plain" },
  { "a\tb\nc\r", "a b c " },
  { "\x01\x7F", "  " },
  { "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", "\xC3\xA9\xE2\x82\xAC\xF0\x9F"
                                            "\x98\x80" },
  { "\xC2\x85|", " |" },
  { "\xFF", BAD },
  { "\xC0\xAF", BAD BAD },
  { "\xE0\x80\xAF", BAD BAD BAD },
  { "\xED\xA0\x80", BAD BAD BAD },
  { "\xF4\x90\x80\x80", BAD BAD BAD BAD },
  { "\xF5", BAD },
  { "\xE2\x82", BAD BAD },
  { "\xE2x", BAD "x" },
  { "\xF0\x8F\xBF\xBF", BAD BAD BAD BAD },
  { "\xF4\x8F\xBF\xBF", "\xF4\x8F\xBF\xBF" },
};

START_TEST (text_cleaned)
{
  char to[64];

  ck_assert_ptr_eq (bd_text_clean (to, sizeof to, clean[_i].from), to);
  ck_assert_str_eq (to, clean[_i].to);
}
END_TEST

/* Every size, no byte behind it, no character cut in two.  */
START_TEST (text_cut)
{
  const char *from = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xFFz";
  const size_t end[] = { 0, 1, 3, 6, 10, 13, 14 };

  for (size_t size = 1; size < 20; size++)
    {
      char to[32];
      size_t want = 0;
      memset (to, '#', sizeof to);
      bd_text_clean (to, size, from);
      for (int k = 0; k < LENGTH (end); k++)
        if (end[k] < size)
          want = end[k];
      ck_assert_uint_eq (strlen (to), want);
      for (size_t k = want + 1; k < sizeof to; k++)
        ck_assert_int_eq (to[k], '#');
    }
  ck_assert_uint_eq (bd_text_width ("a\xC3\xA9\xE2\x82\xAC"), 3);
  ck_assert_uint_eq (bd_text_width (""), 0);
}
END_TEST

START_TEST (text_nearest)
{
  const char *const name[] = { "height", "weight", "age", "width" };
  char word[200];

  ck_assert_str_eq (bd_text_nearest ("heigth", name, 4), "height");
  ck_assert_str_eq (bd_text_nearest ("wieght", name, 4), "weight");
  ck_assert_str_eq (bd_text_nearest ("Age", name, 4), "age");
  ck_assert_str_eq (bd_text_nearest ("widths", name, 4), "width");
  ck_assert_ptr_null (bd_text_nearest ("colour", name, 4));
  ck_assert_ptr_null (bd_text_nearest ("", name, 4));
  ck_assert_ptr_null (bd_text_nearest ("age", name, 0));
  memset (word, 'x', sizeof word - 1);
  word[sizeof word - 1] = '\0';
  ck_assert_ptr_null (bd_text_nearest (word, name, 4));
}
END_TEST

static char told[BD_ERROR_SIZE];
static int told_code;

static void
remember (const char *reason, const char *file, int line, int code)
{
  (void)file;
  (void)line;
  snprintf (told, sizeof told, "%s", reason);
  told_code = code;
}

START_TEST (errors)
{
  bd_error err;
  char *word = malloc (5000);
  gsl_error_handler_t *before = gsl_set_error_handler (remember);

  ck_assert_ptr_nonnull (word);
  ck_assert_int_eq (BD_FAIL (&err, GSL_EDOM, "%s: '%s'", "a\n", "\xFF"),
                    GSL_EDOM);
  ck_assert_str_eq (err.text, "a : '" BAD "'");
  ck_assert_str_eq (told, err.text);
  ck_assert_int_eq (told_code, GSL_EDOM);
  ck_assert_int_eq (BD_FAIL (NULL, GSL_EINVAL, "none"), GSL_EINVAL);
  ck_assert_str_eq (told, "none");
  memset (word, 'w', 4999);
  word[4999] = '\0';
  BD_FAIL (&err, GSL_EINVAL, "%s", word);
  ck_assert_uint_eq (strlen (err.text), BD_ERROR_SIZE - 1);
  gsl_set_error_handler (before);
  free (word);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("text");
  TCase *c = tcase_create ("text");

  tcase_set_timeout (c, 60);
  tcase_add_loop_test (c, text_cleaned, 0, LENGTH (clean));
  tcase_add_test (c, text_cut);
  tcase_add_test (c, text_nearest);
  tcase_add_test (c, errors);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
