#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "model_file_tools.h"
#include "tools.h"

/* TEXT is refused with a sentence, or it is the network A.  */
static bool
refused (const char text[], size_t length, const bd_net_model *a)
{
  bd_error err = { "" };
  char **names;
  bd_net_model *b = read_from (text, length, &names, &err);

  if (b)
    same (a, b);
  else
    ck_assert_int_eq (strncmp (err.text, "net.txt:", 8), 0);
  free_names (names);
  bd_net_model_free (b);
  return !b;
}

/* Cut off anywhere; one or more bytes changed anywhere.  */
START_TEST (fuzz)
{
  static char text[ROOM], copy[ROOM];
  bd_net_model *a = network ((size_t)_i);
  size_t length = write_to (text, a, hostile), good = 0;
  gsl_rng *r = stream (1000 + (uint64_t)_i);

  for (size_t cut = 0; cut < length; cut++)
    good += !refused (text, cut, a);
  ck_assert_uint_eq (good, 3); /* "end", with a space, with the checksum */
  for (size_t k = 0; k < length; k++)
    for (int bit = 0; bit < 8; bit++)
      {
        memcpy (copy, text, length);
        copy[k] = (char)(copy[k] ^ 1 << bit);
        refused (copy, length, a);
      }
  for (int k = 0; k < 3000; k++)
    {
      size_t from = gsl_rng_uniform_int (r, length), some, left;
      memcpy (copy, text, length);
      left = length - from;
      some = 1 + gsl_rng_uniform_int (r, GSL_MIN (left, 40));
      size_t to = gsl_rng_uniform_int (r, length - some + 1);
      memmove (copy + to, text + from, some);
      refused (copy, length, a);
    }
  gsl_rng_free (r);
  bd_net_model_free (a);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("fuzz_model_file");
  TCase *c = tcase_create ("fuzz_model_file");

  tcase_set_timeout (c, 120);
  tcase_add_loop_test (c, fuzz, 0, 3);
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
