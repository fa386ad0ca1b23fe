/* What the user chose: text, rates, places.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdlib.h>
#include <string.h>

#include "mask_tools.h"
#include "tap.h"
#include "tools.h"

START_TEST (reads)
{
  bd_mask a = mask_of ("bernoulli", 0.3);

  ck_assert_ptr_eq (a.type, &bd_mask_bernoulli);
  ck_assert (!a.batch && a.pool == 0 && a.when == BD_MASK_ALWAYS);
  ck_assert (a.input == 0 && a.turn == 0.5);
  ck_assert (a.rate[0] == 0.3 && a.rate[BD_NET_LAYERS - 1] == 0.3);
  a = mask_of ("bernoulli:input=0.1,share=batch", 0.3);
  ck_assert (a.batch && a.input == 0.1);
  a = mask_of ("gaussian:pool=64,when=early,turn=0.3", 0);
  ck_assert (a.pool == 64 && a.when == BD_MASK_EARLY && a.turn == 0.3);
  a = mask_of ("block:share=batch,size=5,when=\"rising\"", 0.3);
  ck_assert (a.batch && a.set.value[0] == 5 && a.when == BD_MASK_RISING);
  a = mask_of ("concrete:temperature=0.2,when=late", 0.3);
  ck_assert (a.set.value[0] == 0.2 && a.when == BD_MASK_LATE);
  a = mask_of ("dropconnect", 0.3);
  ck_assert (a.batch && a.type->weights && !a.update);
  a = mask_of ("block:on=update,share=batch", 0.3);
  ck_assert (a.batch && a.update);
  a = mask_of ("gaussian:on=forward", 0.3);
  ck_assert (!a.update);
}
END_TEST

static const struct
{
  const char *spec;
  double q;
  const char *sentence;
} bad[] = {
  { "bernouli", 0.5,
    "no mask is called 'bernouli'; did you mean 'bernoulli'?" },
  { "x", 0.5, "no mask is called 'x'" },
  { ":pool=3", 0.5, "a name is missing before ':pool=3'" },
  { "bernoulli", 1, "the rate is 1; it must be at least 0 and below 1" },
  { "bernoulli", -0.1, "the rate is -0.1; it must be at least 0 and below 1" },
  { "bernoulli", GSL_NAN,
    "the rate is nan; it must be at least 0 and below 1" },
  { "bernoulli:size=3", 0.5, "no knob is called 'size'" },
  { "block:sise=3", 0.5, "no knob is called 'sise'; did you mean 'size'?" },
  { "block:size=0", 0.5,
    "size is 0; it must be a whole number from 1 to 65536" },
  { "gaussian:input=1", 0.5,
    "input is 1; it must be a number from 0 to "
    "0.999" },
  { "gaussian:share=all", 0.5, "share is 'all'; it must be row or batch" },
  { "gaussian:when=never", 0.5,
    "when is 'never'; it must be always, early, late or rising" },
  { "dropconnect:input=0.1", 0.5,
    "dropconnect drops weights and has no rate of the inputs" },
  { "gaussian:on=both", 0.5, "on is 'both'; it must be forward or update" },
  { "bernoulli:on=update", 0.5,
    "on=update needs share=batch and a law that drops whole units (bernoulli "
    "or block), not bernoulli masks of a row" },
  { "gaussian:on=update,share=batch", 0.5,
    "on=update needs share=batch and a law that drops whole units (bernoulli "
    "or block), not gaussian masks of a batch" },
  { "dropconnect:on=update", 0.5,
    "on=update needs share=batch and a law that drops whole units (bernoulli "
    "or block), not dropconnect masks of a batch" },
  { "concrete:share=batch,on=update", 0.5,
    "on=update needs share=batch and a law that drops whole units (bernoulli "
    "or block), not concrete masks of a batch" },
};

START_TEST (refuses)
{
  bd_mask a;
  bd_error err = { "" };

  ck_assert_int_eq (bd_mask_choose (&a, bad[_i].spec, bad[_i].q, &err),
                    GSL_EINVAL);
  ck_assert_str_eq (err.text, bad[_i].sentence);
}
END_TEST

/* All laws can be found and have few enough knobs.  */
START_TEST (registry)
{
  for (size_t k = 0; bd_mask_types[k]; k++)
    {
      const bd_mask_type *type = bd_mask_types[k];
      bd_mask a = mask_of (type->name, 0.25);
      size_t own = type->knobs ? bd_knob_find (type->knobs, "") : 0;
      ck_assert_ptr_eq (bd_mask_find (type->name), type);
      ck_assert_uint_le (own + bd_knob_find (bd_mask_common, ""), BD_KNOB_MAX);
      ck_assert (type->help && type->fill && bd_mask_acts (&a));
      ck_assert (!type->slope == !type->learnt);
    }
  ck_assert_ptr_null (bd_mask_find ("none"));
}
END_TEST

START_TEST (acts)
{
  bd_mask a = { .type = NULL };

  ck_assert (!bd_mask_acts (&a));
  a = mask_of ("bernoulli", 0);
  ck_assert (!bd_mask_acts (&a));
  a.rate[1] = 0.1;
  ck_assert (bd_mask_acts (&a));
  a.layers = 1;
  ck_assert (!bd_mask_acts (&a));
  a = mask_of ("bernoulli:input=0.1", 0);
  ck_assert (bd_mask_acts (&a));
  a = mask_of ("dropconnect:output=0.1", 0);
  ck_assert (bd_mask_acts (&a));
  a = mask_of ("bernoulli", 1e-6);
  ck_assert (!bd_mask_acts (&a));
  a = mask_of ("gaussian", 1e-6);
  ck_assert (bd_mask_acts (&a) && bd_mask_trains (&a));
  a = mask_of ("bernoulli:share=batch,on=update", 0.5);
  ck_assert (!bd_mask_acts (&a) && bd_mask_trains (&a));
  ck_assert_double_eq (bd_mask_rate (&a, 0, 0.99), 0.5);
  ck_assert_double_eq (bd_mask_rate (&a, 0, 1), 0);
  a.rate[0] = a.rate[1] = 0;
  ck_assert (!bd_mask_trains (&a));
}
END_TEST

/* Rates are rounded for binary laws, and in their order over the training.  */
START_TEST (schedules)
{
  bd_mask a = mask_of ("gaussian:when=early,turn=0.25,input=0.2", 0.4);

  ck_assert_double_eq (bd_mask_rate (&a, 1, 0), 0.4);
  ck_assert_double_eq (bd_mask_rate (&a, 1, 0.2499), 0.4);
  ck_assert_double_eq (bd_mask_rate (&a, 1, 0.25), 0);
  ck_assert_double_eq (bd_mask_rate (&a, 1, 1), 0.4);
  ck_assert_double_eq (bd_mask_input_rate (&a, 0.1), 0.2);
  ck_assert_double_eq (bd_mask_input_rate (&a, 0.3), 0);
  a.when = BD_MASK_LATE;
  ck_assert_double_eq (bd_mask_rate (&a, 1, 0.2499), 0);
  ck_assert_double_eq (bd_mask_rate (&a, 1, 0.25), 0.4);
  a.when = BD_MASK_RISING;
  ck_assert_double_eq (bd_mask_rate (&a, 1, 0), 0);
  ck_assert_double_eq_tol (bd_mask_rate (&a, 1, 0.025), 0.4 * (1 - exp (-1)),
                           1e-15);
  ck_assert_double_eq (bd_mask_rate (&a, 1, 0.25), 0.4);
  ck_assert_double_eq (bd_mask_rate (&a, 2, 1), 0);
  a = mask_of ("bernoulli:input=0.2", 1 - 1e-9);
  ck_assert_double_eq (bd_mask_rate (&a, 0, 1), 65535. / 65536);
  ck_assert_double_eq (bd_mask_input_rate (&a, 1), 13107. / 65536);
  a = mask_of ("concrete:input=0.2", 0.2);
  ck_assert_double_eq (bd_mask_rate (&a, 0, 1), 0.2);
  ck_assert_double_eq (bd_mask_input_rate (&a, 1), 13107. / 65536);
}
END_TEST

/* Mean of (f - 1)^2 over places AT .. AT + WIDTH - 1 of all rows.  */
static double
spread (const float factor[], size_t rows, size_t places, size_t at,
        size_t width)
{
  double sum = 0;

  for (size_t r = 0; r < rows; r++)
    for (size_t i = at; i < at + width; i++)
      sum += gsl_pow_2 (factor[r * places + i] - 1);
  return sum / (double)(rows * width);
}

/* Layers and inputs have rates of their own; a rate of 0 is a factor of 1.  */
START_TEST (layers)
{
  static const char *const specs[]
      = { "bernoulli:input=0.5", "gaussian:input=0.5", "block:input=0.5",
          "variational:input=0.5" };
  bd_mask a = mask_of (specs[_i], 0);
  bd_net net = mask_net ();
  size_t rows = 20000, places = bd_mask_places (&a, &net);

  ck_assert_uint_eq (places, MASK_INPUTS + BD_NET_PAD);
  a.rate[1] = 0.25;
  float *f = mask_rows (&a, rows, 11, 1);
  ck_assert (spread (f, rows, places, 0, MASK_SECOND) == 0);
  ck_assert_double_eq_tol (spread (f, rows, places, MASK_SECOND, 32), 1. / 3,
                           0.02);
  ck_assert_double_eq_tol (spread (f, rows, places, MASK_INPUTS, 5), 1, 0.03);
  free (f);
  a.when = BD_MASK_LATE;
  f = mask_rows (&a, rows, 11, 0.4);
  ck_assert (spread (f, rows, places, 0, places) == 0);
  free (f);
  a.input = 0;
  ck_assert_uint_eq (bd_mask_places (&a, &net), MASK_HIDDEN);
}
END_TEST

START_TEST (one_row_for_a_batch)
{
  bd_mask a = mask_of ("bernoulli", 0.5);

  ck_assert_uint_eq (bd_mask_rows (&a, 32), 32);
  a = mask_of ("bernoulli:share=batch", 0.5);
  ck_assert_uint_eq (bd_mask_rows (&a, 32), 1);
  a = mask_of ("dropconnect", 0.5);
  ck_assert_uint_eq (bd_mask_rows (&a, 32), 1);
}
END_TEST

/* Weights into hidden layers are dropped at their rates, those into the output
   at a rate of its own, biases never; nothing is written behind.  */
START_TEST (weights)
{
  bd_mask a = mask_of ("dropconnect:output=0.5", 0.25);
  bd_net net = mask_net ();
  size_t places = bd_mask_places (&a, &net), rows = 300, kept = 0;
  static const double var[] = { 1. / 3, 1. / 9, 1 };

  a.rate[1] = 0.1;
  ck_assert_uint_ge (places, net.size);
  float *f = mask_rows (&a, rows, 12, 1);
  for (size_t l = 0; l < 3; l++)
    {
      size_t end = l < 2 ? net.weight[l + 1] : net.size;
      ck_assert_double_eq_tol (
          spread (f, rows, places, net.weight[l], net.bias[l] - net.weight[l]),
          var[l], 0.08 * var[l]);
      for (size_t i = net.bias[l]; i < end; i++)
        kept += f[(rows - 1) * places + i] == 1;
      ck_assert (spread (f, rows, places, net.bias[l], end - net.bias[l])
                 == 0);
    }
  ck_assert_uint_eq (kept, 48 + 32 + 1);
  free (f);
}
END_TEST

/* Any width; neither gaps nor what stands behind are touched.  */
START_TEST (only_its_places)
{
  static const bd_mask_type *const types[]
      = { &bd_mask_bernoulli, &bd_mask_gaussian, &bd_mask_block,
          &bd_mask_concrete };
  bd_mask a = mask_of (types[_i]->name, 0.3);
  uint32_t words[4096];
  enum
  {
    ROWS = 3,
    STRIDE = 120,
    SIZE = ROWS * STRIDE
  };

  for (size_t width = 1; width < STRIDE - 8; width++)
    {
      float f[SIZE];
      gsl_rng *r = stream (width);
      for (size_t i = 0; i < SIZE; i++)
        f[i] = -77;
      ck_assert_uint_le (bd_mask_words (SIZE), LENGTH (words));
      a.type->fill (&a, width % 2 ? 0.5 : 0.3, r, words,
                    (bd_mask_part){ ROWS, width, STRIDE, f });
      for (size_t i = 0; i < SIZE; i++)
        ck_assert (i % STRIDE < width ? f[i] > -70 : f[i] == -77);
      gsl_rng_free (r);
    }
}
END_TEST

static Suite *
suite (void)
{
  Suite *s = suite_create ("mask");
  TCase *c = tcase_create ("mask");

  tcase_set_timeout (c, 60);
  tcase_add_test (c, reads);
  tcase_add_loop_test (c, refuses, 0, LENGTH (bad));
  tcase_add_test (c, registry);
  tcase_add_test (c, acts);
  tcase_add_test (c, schedules);
  tcase_add_loop_test (c, layers, 0, 4);
  tcase_add_test (c, one_row_for_a_batch);
  tcase_add_test (c, weights);
  tcase_add_loop_test (c, only_its_places, 0, 4);
  suite_add_tcase (s, c);
  return s;
}

int
main (void)
{
  return tap_run (suite ());
}
