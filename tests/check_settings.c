/* Settings with text in them, and the split of NAME:knobs.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/knob.h"

#define LENGTH(array) ((int)(sizeof array / sizeof array[0]))

static const bd_knob knobs[] = {
  { "depth", 3, 1, 64, true, "levels", NULL },
  { "formula", 0, 0, 0, false, "text", "x" },
  { "rate", 0.5, 0, 0.99, false, "share", NULL },
  { NULL, 0, 0, 0, false, NULL, NULL },
};

static const struct
{
  const char *spec, *word;
  double depth, rate;
} good[] = {
  { "", "x", 3, 0.5 },
  { "formula=a+b", "a+b", 3, 0.5 },
  { "formula=a=b", "a=b", 3, 0.5 },
  { "formula=\"a,b\"", "a,b", 3, 0.5 },
  { "depth=5,formula=\"f(a,b)\",rate=0.1", "f(a,b)", 5, 0.1 },
  { "formula=\"say \"\"hi\"\"\",depth=4", "say \"hi\"", 4, 0.5 },
  { "formula=\"\",depth=4", "", 4, 0.5 },
  { "formula=", "", 3, 0.5 },
  { "depth=\"7\"", "x", 7, 0.5 },
  { "formula=it\"s", "it\"s", 3, 0.5 },
  { "formula=a,formula=b,", "b", 3, 0.5 },
};

START_TEST (reads)
{
  bd_settings set;
  bd_error err = { "" };

  memset (&set, 77, sizeof set);
  ck_assert_int_eq (bd_knob_parse (knobs, good[_i].spec, &set, &err), 0);
  ck_assert_str_eq (err.text, "");
  ck_assert_str_eq (set.word[1], good[_i].word);
  ck_assert_str_eq (set.word[0], "");
  ck_assert_double_eq (set.value[0], good[_i].depth);
  ck_assert_double_eq (set.value[2], good[_i].rate);
}
END_TEST

static const struct
{
  const char *spec, *sentence;
} bad[] = {
  { "formula=\"a,b", "formula: the quote is not closed" },
  { "formula=\"", "formula: the quote is not closed" },
  { "formula=\"a\"\"", "formula: the quote is not closed" },
  { "formula=\"a\"b", "formula: there is text after the quote: 'b'" },
  { "formla=\"a,b\"", "no knob is called 'formla'; did you mean 'formula'?" },
  { "formula", "'formula' is not knob=value" },
  { "\"formula\"=a", "no knob is called '\"formula\"'; did you mean "
                     "'formula'?" },
  { "depth=\"x\"", "depth: not a number: 'x'" },
};

START_TEST (refuses)
{
  bd_settings set;
  bd_error err = { "" };

  ck_assert_int_eq (bd_knob_parse (knobs, bad[_i].spec, &set, &err),
                    GSL_EINVAL);
  ck_assert_str_eq (err.text, bad[_i].sentence);
}
END_TEST

/* Texts of every length around the limit, plain and in quotes.  */
START_TEST (long_text)
{
  char spec[600], text[300];
  bd_settings set;
  bd_error err = { "" };

  for (int length = 250; length < 262; length++)
    for (int quoted = 0; quoted < 2; quoted++)
      {
        memset (text, 'a', sizeof text);
        text[length] = '\0';
        snprintf (spec, sizeof spec, quoted ? "formula=\"%s\"" : "formula=%s",
                  text);
        int code = bd_knob_parse (knobs, spec, &set, &err);
        ck_assert_int_eq (code, length < BD_KNOB_WORD ? 0 : GSL_EINVAL);
        ck_assert_str_eq (code ? err.text : set.word[1],
                          code ? "a setting is longer than 255 characters"
                               : text);
        snprintf (spec, sizeof spec, "%s=1", text);
        ck_assert_int_eq (bd_knob_parse (knobs, spec, &set, &err), GSL_EINVAL);
      }
}
END_TEST

START_TEST (splits)
{
  char name[8];
  const char *rest;
  bd_error err = { "" };

  ck_assert_int_eq (bd_knob_split ("tree", name, 8, &rest, &err), 0);
  ck_assert_str_eq (name, "tree");
  ck_assert_str_eq (rest, "");
  ck_assert_int_eq (bd_knob_split ("nls:f=\"a:b\"", name, 8, &rest, &err), 0);
  ck_assert_str_eq (name, "nls");
  ck_assert_str_eq (rest, "f=\"a:b\"");
  ck_assert_int_eq (bd_knob_split (":a=1", name, 8, &rest, &err), GSL_EINVAL);
  ck_assert_str_eq (err.text, "a name is missing before ':a=1'");
  ck_assert_int_eq (bd_knob_split ("12345678", name, 8, &rest, &err),
                    GSL_EINVAL);
  ck_assert_str_eq (err.text,
                    "the name '12345678' is longer than 7 characters");
  ck_assert_int_eq (bd_knob_split ("1234567:", name, 8, &rest, &err), 0);
}
END_TEST

int
main (void)
{
  Suite *s = suite_create ("settings");
  TCase *t = tcase_create ("settings");
  SRunner *r = srunner_create (s);

  gsl_set_error_handler_off ();
  tcase_add_loop_test (t, reads, 0, LENGTH (good));
  tcase_add_loop_test (t, refuses, 0, LENGTH (bad));
  tcase_add_test (t, long_text);
  tcase_add_test (t, splits);
  suite_add_tcase (s, t);
  srunner_set_tap (r, "-");
  srunner_run_all (r, CK_SILENT);
  srunner_free (r);
  return EXIT_SUCCESS;
}
