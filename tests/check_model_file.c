#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model_file_tools.h"
#include "tap.h"
#include "tools.h"

/* Cleaning changes nothing but the ends of the lines.  */
static void
shown (const char text[])
{
  static char clean[3 * ROOM];

  bd_text_clean (clean, sizeof clean, text);
  ck_assert_uint_eq (strlen (clean), strlen (text));
  for (size_t k = 0; text[k]; k++)
    ck_assert (clean[k] == (text[k] == '\n' ? ' ' : text[k]));
}

/* What is read is what was written, bit for bit, whatever it is called.  */
START_TEST (round_trip)
{
  static char text[ROOM], again[ROOM];
  bd_net_model *a = network ((size_t)_i);
  bd_error err = { "" };
  char **names;
  size_t d = a->net.width[0], length = write_to (text, a, hostile);

  shown (text);
  bd_net_model *b = read_from (text, length, &names, &err);
  ck_assert_msg (b != NULL, "%s", err.text);
  same (a, b);
  for (size_t k = 0; k <= d; k++)
    ck_assert_str_eq (names[k], hostile[k]);
  ck_assert_ptr_null (names[d + 1]);
  ck_assert_uint_eq (write_to (again, b, (const char *const *)names), length);
  ck_assert_str_eq (text, again);
  free_names (names);
  bd_net_model_free (b);
  length = write_to (text, a, NULL);
  b = read_from (text, length, &names, &err);
  ck_assert_ptr_null (names);
  same (a, b);
  bd_net_model_free (a);
  bd_net_model_free (b);
}
END_TEST

#define HEAD "bagdrop network 1\ninputs 2\nhidden 3\n"
#define KIND "unit tanh\noutput real\n"
#define FIRST "layer 1\n1 2 3\n4 5 6\n7 8 9\n"
#define LAST "layer 2\n0.5 -1 1e3 .25\n"

/* A file as a person writes one.  */
START_TEST (by_hand)
{
  static const char text[] = "bagdrop network 1\r\n\n# mine\ninputs 2\r\n"
                             "hidden\t3\n  unit tanh\noutput real \n" FIRST
                             "  # the output\n" LAST "end\n\n";
  static const double first[] = { 2, 5, 8 }, second[] = { 3, 6, 9 },
                      bias[] = { 1, 4, 7 }, out[] = { -1, 1000, 0.25 };
  bd_error err = { "" };
  bd_net_model *a = read_from (text, strlen (text), NULL, &err);

  ck_assert_msg (a != NULL, "%s", err.text);
  const bd_net *net = &a->net;
  ck_assert_mem_eq (a->w + net->weight[0], first, sizeof first);
  ck_assert_mem_eq (a->w + net->weight[0] + net->padded[1], second,
                    sizeof second);
  ck_assert_mem_eq (a->w + net->bias[0], bias, sizeof bias);
  for (size_t k = 0; k < 3; k++)
    ck_assert (a->w[net->weight[1] + k * net->padded[2]] == out[k]);
  ck_assert (a->w[net->bias[1]] == 0.5 && a->y_mean == 0 && a->y_scale == 1);
  ck_assert (a->x_mean[1] == 0 && a->x_scale[1] == 1 && !a->mask.type);
  bd_net_model_free (a);
}
END_TEST

static const struct
{
  const char *text, *sentence;
} damage[] = {
  { "", "net.txt:1: this is no network of bagdrop: the first line must be "
        "'bagdrop network 1'" },
  { "x,y\n1,2\n", "net.txt:1: this is no network of bagdrop: the first line "
                  "must be 'bagdrop network 1'" },
  { "bagdrop network 2\nanything",
    "net.txt:1: was written by a newer bagdrop (format 2; this one reads 1)" },
  { "bagdrop network one",
    "net.txt:1: the format is 'one'; this bagdrop reads 1" },
  { "bagdrop network 1\n",
    "net.txt:2: the file ends where the line 'inputs' should come" },
  { "bagdrop network 1\nhidden 3\n",
    "net.txt:2: the line 'inputs' should come here, not 'hidden 3'" },
  { "bagdrop network 1\ninputs 0\n",
    "net.txt:2: inputs is 0; it must be a whole number from 1 to 100000" },
  { "bagdrop network 1\ninputs 2 3\n",
    "net.txt:2: there is more than should be: '3'" },
  { "bagdrop network 1\ninputs two\n", "net.txt:2: not a number: 'two'" },
  { "bagdrop network 1\ninputs 2\nhidden\n",
    "net.txt:3: hidden has no number" },
  { "bagdrop network 1\ninputs 2\nhidden 3 9000\n",
    "net.txt:3: hidden is 9000; it must be a whole number from 1 to 8192" },
  { "bagdrop network 1\ninputs 2\nhidden 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 "
    "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1\n",
    "net.txt:3: there are more than 32 hidden layers" },
  { "bagdrop network 1\ninputs 2\nhidden 8192 8192\n" KIND,
    "net.txt:6: the network has more than 33554432 weights" },
  { HEAD "unit tahn\n",
    "net.txt:4: no unit is called 'tahn'; did you mean 'tanh'?" },
  { HEAD "unit tanh\noutput softmax\n" FIRST,
    "net.txt:6: the line 'classes' should come here, not 'layer 1'" },
  { HEAD "unit tanh\noutput logistic\nclasses 3\n",
    "net.txt:6: classes is 3; it must be a whole number from 2 to 2" },
  { HEAD KIND "names \"a\" \"b\"\n", "net.txt:6: there are too few names" },
  { HEAD KIND "names \"a\" b\n", "net.txt:6: a name must stand in quotes" },
  { HEAD KIND "names \"a\" \"b\" \"c\n",
    "net.txt:6: the quote of a name is not closed" },
  { HEAD KIND "names \"a\\n\" \"b\" \"c\"\n",
    "net.txt:6: a \\ in a name must stand before \", \\ or x and two digits, "
    "as in \\x0a" },
  { HEAD KIND "mask bernouli\n",
    "net.txt:6: no mask is called 'bernouli'; did you mean 'bernoulli'?" },
  { HEAD KIND "mask bernoulli\n" FIRST,
    "net.txt:7: the line 'rates' should come here, not 'layer 1'" },
  { HEAD KIND "mask bernoulli\nrates 0.5 0.5\n",
    "net.txt:7: rates has 2 numbers, not 1" },
  { HEAD KIND "mask bernoulli\nrates 1\n",
    "net.txt:7: a rate is 1; it must be at least 0 and below 1" },
  { HEAD KIND "mask bernoulli\nrates 0.5\npool_seed -1\n",
    "net.txt:8: not a seed: '-1'" },
  { HEAD KIND "mask bernoulli\nrates 0.5\npool_seed 18446744073709551616\n",
    "net.txt:8: the seed is above 18446744073709551615" },
  { HEAD KIND "mean 1\n", "net.txt:6: mean has 1 number, not 2" },
  { HEAD KIND "scale 1 0\n", "net.txt:6: a scale is 0; it must be above 0" },
  { HEAD KIND "response nan 1\n", "net.txt:6: not a number: 'nan'" },
  { HEAD KIND "response 1 -1\n",
    "net.txt:6: a scale is -1; it must be above 0" },
  { HEAD KIND "layer 2\n",
    "net.txt:6: layer is 2; it must be a whole number from 1 to 1" },
  { HEAD KIND "layer 1\n1 2 3\n4 5\n",
    "net.txt:8: unit 2 of layer 1 has 2 numbers, not 3" },
  { HEAD KIND "layer 1\n1 2 3\n4 5 6 7\n",
    "net.txt:8: unit 2 of layer 1 has 4 numbers, not 3" },
  { HEAD KIND "layer 1\n1 2 3\n4 inf 6\n", "net.txt:8: not a number: 'inf'" },
  { HEAD KIND "layer 1\n1 2 3\n",
    "net.txt:8: the file ends before unit 2 of layer 1" },
  { HEAD KIND FIRST "1 2 3\n",
    "net.txt:10: the line 'layer' should come here, not '1 2 3'" },
  { HEAD KIND FIRST LAST,
    "net.txt:12: the file ends where the line 'end' should come" },
  { HEAD KIND FIRST LAST "end\nmore\n",
    "net.txt:13: there is more than should be: 'more'" },
  { HEAD KIND FIRST LAST "end 0123456789abcdef\n",
    "net.txt:12: the network does not match its checksum '0123456789abcdef': "
    "it is damaged, or was changed by hand and the checksum left behind "
    "'end'" },
};

START_TEST (damaged)
{
  bd_error err = { "" };
  char **names;

  ck_assert_ptr_null (
      read_from (damage[_i].text, strlen (damage[_i].text), &names, &err));
  ck_assert_ptr_null (names);
  ck_assert_str_eq (err.text, damage[_i].sentence);
}
END_TEST

START_TEST (zero_byte)
{
  static const char text[] = "bagdrop network 1\ninputs 2\0\n";
  bd_error err = { "" };

  ck_assert_ptr_null (read_from (text, sizeof text - 1, NULL, &err));
  ck_assert_str_eq (err.text,
                    "net.txt:2: there is a zero byte: this is no text");
}
END_TEST

START_TEST (not_finite)
{
  bd_net_model *a = network ((size_t)_i);
  FILE *f = tmpfile ();
  double *const where[] = { &a->w[a->net.bias[0]], a->x_mean, a->x_scale,
                            &a->y_mean, &a->y_scale };

  *where[_i] = _i % 2 ? GSL_NAN : GSL_POSINF;
  ck_assert_int_eq (bd_net_model_write (a, NULL, f), GSL_EDOM);
  ck_assert_int_eq (ftell (f), 0);
  fclose (f);
  f = fopen ("/dev/full", "w");
  *where[_i] = 1;
  if (f)
    {
      ck_assert_int_eq (bd_net_model_write (a, NULL, f), GSL_EFAILED);
      fclose (f);
    }
  bd_net_model_free (a);
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("model_file");
  TCase *c = tcase_create ("model_file");

  tcase_set_timeout (c, 120);
  tcase_add_loop_test (c, round_trip, 0, 5 * 4 * 8);
  tcase_add_test (c, by_hand);
  tcase_add_loop_test (c, damaged, 0, LENGTH (damage));
  tcase_add_test (c, zero_byte);
  tcase_add_loop_test (c, not_finite, 0, 5);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
