/* Nonlinear least squares: what it refuses and how it says so, weights as
   counts, members that do not converge.  Its digits: check_nist.c.  */
#include <config.h>

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "fitter/nls.h"

#define LENGTH(array) ((int)(sizeof array / sizeof array[0]))
#define ROWS 40

static const bd_fitter_type *const type = &bd_fitter_nls;

static double ones[ROWS];

typedef struct
{
  gsl_matrix *X;
  gsl_vector *y;
  double w[ROWS * 4];
} sample;

/* b1 (1 - exp (-b2 x)) with some noise, x from 0 to 10; the second input, if
   there is one, adds itself.  */
static sample
draw (uint64_t index, size_t n, size_t d)
{
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  sample s = { gsl_matrix_alloc (n, d), gsl_vector_alloc (n), { 0 } };

  bd_rng_seek (r, 20240609, BD_LANE_NOISE, index);
  for (size_t i = 0; i < n; i++)
    {
      double x = 10 * (double)i / (double)n, z = gsl_ran_ugaussian (r);
      gsl_matrix_set (s.X, i, 0, x);
      if (d > 1)
        gsl_matrix_set (s.X, i, 1, z);
      gsl_vector_set (s.y, i,
                      5 * (1 - exp (-0.4 * x)) + (d > 1 ? z : 0)
                          + 0.2 * gsl_ran_ugaussian (r));
      s.w[i] = (double)gsl_ran_poisson (r, 1);
    }
  gsl_rng_free (r);
  return s;
}

static void
sample_free (sample *s)
{
  gsl_matrix_free (s->X);
  gsl_vector_free (s->y);
}

static void *
plan (const char *formula, const char *start, const sample *s, bd_error *err)
{
  char spec[2 * BD_KNOB_WORD];
  bd_settings set;

  snprintf (spec, sizeof spec, "formula=\"%s\",start=\"%s\"", formula, start);
  ck_assert_int_eq (bd_knob_parse (type->knobs, spec, &set, err), 0);
  return type->plan (&set, s->X, s->y, s->X, err);
}

#ifdef HAVE_MUPARSER

static void
predict (const char *formula, const char *start, const sample *s,
         const gsl_matrix *P, double t[])
{
  bd_error err = { "" };
  bd_settings set;

  bd_settings_default (type->knobs, &set);
  snprintf (set.word[KNOB_FORMULA], BD_KNOB_WORD, "%s", formula);
  snprintf (set.word[KNOB_START], BD_KNOB_WORD, "%s", start);
  void *a = type->plan (&set, s->X, s->y, P, &err);
  ck_assert_msg (a != NULL, "%s", err.text);
  void *work = type->work (a);
  ck_assert_int_eq (type->fit (a, work, s->w, NULL), GSL_SUCCESS);
  ck_assert_int_eq (type->predict (a, work, t), GSL_SUCCESS);
  type->free_work (work);
  type->free_plan (a);
}

static const struct
{
  const char *formula, *start, *sentence;
} bad[] = {
  { "", "b1=1",
    "nls needs a formula, such as "
    "nls:formula=\"b1*exp(-b2*x)\",start=\"b1=1,b2=0.1\"" },
  { "b1*x", "",
    "nls needs the parameters of its formula and where to begin, "
    "such as start=\"b1=1,b2=0.1\"" },
  { "b1*x", "b1", "start: 'b1' is not name=value" },
  { "b1*x", "b1=one", "start: not a number: 'one'" },
  { "b1*x", "b1=1,b1=2", "start: 'b1' is given twice" },
  { "b1*x", "b1=1,b2=2", "start: the formula has no parameter 'b2'" },
  { "b1*x", "b=1", "start: the formula has no parameter 'b'" },
  { "b1*x", "x=1", "start: 'x' is not a parameter: the name is taken" },
  { "b1*pi", "pi=1", "start: 'pi' is not a parameter: the name is taken" },
  { "b1*x", "1b=1", "start: '1b' is not a name: letters, digits, _" },
  { "b1*x", "=1", "start: '' is not a name: letters, digits, _" },
  { "b1+b3*x", "b1=1",
    "formula: there is no such name or sign, at position 4 ('b3')" },
  { "b1*x2", "b1=1",
    "formula: there is no such name or sign, at position 4 ('x2')" },
  { "b1*(x+2", "b1=1",
    "formula: a closing bracket is missing, at position 8" },
  { "b1*x)", "b1=1", "formula: a bracket is out of place, at position 5" },
  { "b1*x+", "b1=1",
    "formula: something is missing at the end, at position 6" },
  { "b1*sin()", "b1=1",
    "formula: too few arguments of a function, at position 8" },
  { "b1*sin(x,x)", "b1=1",
    "formula: too many arguments of a function, at position 11" },
  { "b1 x", "b1=1", "formula: an operator is missing, at position 4 ('x')" },
  { "b1*x, 3", "b1=1", "formula: commas make 2 formulas of it" },
  { "y=b1*x", "b1=1",
    "formula: '=' at position 2: write only what stands to "
    "the right of y =" },
  { "b1*(x=3)", "b1=1",
    "formula: '=' at position 6: write only what stands "
    "to the right of y =" },
  { "b1*x+0*b2", "b1=1,b2=1",
    "the formula does not depend on 'b2' near its start" },
  { "x+b1-b1", "b1=1", "the formula does not depend on 'b1' near its start" },
  { "b1+exp(-b2*(x+1))", "b1=1,b2=1e5",
    "the formula does not depend on 'b2' near its start" },
  { "b1*log(x-5)", "b1=1",
    "the formula gives no number at row 1 with the starting values" },
  { "b1/x", "b1=1",
    "the formula gives infinity at row 1 with the starting values" },
};

START_TEST (refuses)
{
  sample s = draw (1, ROWS, 1);
  bd_error err = { "" };

  ck_assert_ptr_null (plan (bad[_i].formula, bad[_i].start, &s, &err));
  ck_assert_str_eq (err.text, bad[_i].sentence);
  sample_free (&s);
}
END_TEST

START_TEST (refuses_data)
{
  sample s = draw (1, ROWS, 1), few = draw (1, 2, 1);
  bd_error err = { "" };

  ck_assert_ptr_null (plan ("b1+b2*x", "b1=1,b2=1", &few, &err));
  ck_assert_str_eq (err.text, "2 rows, 2 parameters: too few rows");
  gsl_vector_set (s.y, 6, GSL_POSINF);
  ck_assert_ptr_null (plan ("b1+b2*x", "b1=1,b2=1", &s, &err));
  ck_assert_str_eq (err.text, "row 7 is not finite");
  type->free_plan (NULL);
  type->free_work (NULL);
  sample_free (&s);
  sample_free (&few);
}
END_TEST

/* Nothing that is typed may do harm: cut and changed formulas.  */
START_TEST (hostile)
{
  static const char seed[] = "b1*(1-exp(-b2*x))+min(b1,2)^2*(x>1?b2:3e-1)";
  static const char signs[] = "()+-*/^,?:<>=!&|'\". \t\x01\xff"
                              "9eb1x";
  gsl_rng *r = gsl_rng_alloc (bd_rng_philox);
  sample s = draw (1, 10, 1);
  bd_error err = { "" };
  bd_settings set;

  bd_rng_seek (r, 1, BD_LANE_NOISE, 7);
  for (int k = 0; k < 3000; k++)
    {
      bd_settings_default (type->knobs, &set);
      char *text = set.word[KNOB_FORMULA];
      strcpy (text, seed);
      strcpy (set.word[KNOB_START], "b1=1,b2=2");
      set.value[KNOB_ITERATIONS] = 3;
      for (int change = k % 6; change >= 0; change--)
        text[gsl_rng_uniform_int (r, sizeof seed - 1)]
            = signs[gsl_rng_uniform_int (r, sizeof signs - 1)];
      text[1 + gsl_rng_uniform_int (r, sizeof seed - 1)] = '\0';
      err.text[0] = '\0';
      void *a = type->plan (&set, s.X, s.y, s.X, &err);
      ck_assert (a || err.text[0]);
      type->free_plan (a);
    }
  gsl_rng_free (r);
  sample_free (&s);
}
END_TEST

#define RISE "b1*(1-exp(-b2*x))"

START_TEST (weight_is_a_count)
{
  double a[ROWS], b[ROWS];

  for (uint64_t k = 0; k < 10; k++)
    {
      sample s = draw (10 + k, ROWS, 1), t = draw (10 + k, 4 * ROWS, 1);
      size_t n = 0;
      for (size_t i = 0; i < ROWS; i++)
        for (int c = 0; c < (int)s.w[i]; c++, n++)
          {
            gsl_matrix_set (t.X, n, 0, gsl_matrix_get (s.X, i, 0));
            gsl_vector_set (t.y, n, gsl_vector_get (s.y, i));
            t.w[n] = 1;
          }
      t.X->size1 = t.y->size = n;
      predict (RISE, "b1=4,b2=1", &s, s.X, a);
      predict (RISE, "b1=4,b2=1", &t, s.X, b);
      for (size_t i = 0; i < ROWS; i++)
        ck_assert_double_eq_tol (a[i], b[i], 1e-8);
      sample_free (&s);
      sample_free (&t);
    }
}
END_TEST

/* The size of the response, and a straight line in two inputs.  */
START_TEST (units)
{
  static const double unit[] = { 0x1p900, 0x1p-900, -1 };
  double a[ROWS], b[ROWS];
  char start[80];
  sample s = draw (30, ROWS, 2);

  predict ("b1*(1-exp(-b2*x1))+b3*x2", "b1=4,b2=1,b3=0.5", &s, s.X, a);
  gsl_vector_scale (s.y, unit[_i]);
  snprintf (start, sizeof start, "b1=%.17g,b2=1,b3=%.17g", 4 * unit[_i],
            0.5 * unit[_i]);
  predict ("b1*(1-exp(-b2*x1))+b3*x2", start, &s, s.X, b);
  for (size_t i = 0; i < ROWS; i++)
    ck_assert_double_eq_tol (a[i], b[i] / unit[_i], 1e-8);
  sample_free (&s);
}
END_TEST

START_TEST (respond)
{
  sample s = draw (40, ROWS, 1), other = draw (41, ROWS, 1);
  double a[ROWS], b[ROWS];
  bd_error err = { "" };
  void *p = plan (RISE, "b1=4,b2=1", &s, &err), *work = type->work (p);

  type->respond (p, work, other.y->data);
  ck_assert_int_eq (type->fit (p, work, ones, NULL), GSL_SUCCESS);
  type->predict (p, work, a);
  memcpy (other.w, ones, sizeof ones);
  predict (RISE, "b1=4,b2=1", &other, s.X, b);
  for (size_t i = 0; i < ROWS; i++)
    ck_assert_double_eq_tol (a[i], b[i], 1e-8);
  type->respond (p, work, NULL);
  ck_assert_int_eq (type->fit (p, work, ones, NULL), GSL_SUCCESS);
  type->predict (p, work, a);
  memcpy (s.w, ones, sizeof ones);
  predict (RISE, "b1=4,b2=1", &s, s.X, b);
  ck_assert_int_eq (memcmp (a, b, sizeof a), 0);
  type->free_work (work);
  type->free_plan (p);
  sample_free (&s);
  sample_free (&other);
}
END_TEST

/* Members that cannot be fitted say why.  */
START_TEST (fails)
{
  sample s = draw (50, ROWS, 1);
  double w[ROWS] = { 0 };
  bd_error err = { "" };
  bd_settings set;
  void *p = plan (RISE, "b1=4,b2=1", &s, &err), *work = type->work (p);

  w[5] = 3;
  ck_assert_int_eq (type->fit (p, work, w, NULL), GSL_ESING);
  type->free_work (work);
  type->free_plan (p);
  bd_settings_default (type->knobs, &set);
  strcpy (set.word[KNOB_FORMULA], RISE);
  strcpy (set.word[KNOB_START], "b1=400,b2=10");
  set.value[KNOB_ITERATIONS] = 1;
  p = type->plan (&set, s.X, s.y, s.X, &err);
  work = type->work (p);
  ck_assert_int_eq (type->fit (p, work, ones, NULL), GSL_EMAXITER);
  type->free_work (work);
  type->free_plan (p);
  sample_free (&s);
}
END_TEST

/* Two parameters of which only the product is determined.  */
START_TEST (redundant)
{
  sample s = draw (51, ROWS, 1);
  bd_error err = { "" };
  void *p = plan ("b1*b2*x", "b1=1,b2=1", &s, &err), *work = type->work (p);

  ck_assert_int_ne (type->fit (p, work, ones, NULL), GSL_SUCCESS);
  type->free_work (work);
  type->free_plan (p);
  sample_free (&s);
}
END_TEST

/* No value outside the data: the member fails, NaN does not come out.  */
START_TEST (outside)
{
  sample s = draw (52, ROWS, 1);
  gsl_matrix *P = gsl_matrix_alloc (1, 1);
  double t;
  bd_error err = { "" };
  bd_settings set;

  gsl_matrix_set (P, 0, 0, -3);
  bd_knob_parse (type->knobs, "formula=b1*sqrt(x)+b2,start=\"b1=1,b2=1\"",
                 &set, &err);
  void *p = type->plan (&set, s.X, s.y, P, &err), *work = type->work (p);
  ck_assert_int_eq (type->fit (p, work, ones, NULL), GSL_SUCCESS);
  ck_assert_int_eq (type->predict (p, work, &t), GSL_EDOM);
  type->free_work (work);
  type->free_plan (p);
  gsl_matrix_free (P);
  sample_free (&s);
}
END_TEST

#else

START_TEST (absent)
{
  sample s = draw (1, ROWS, 1);
  bd_error err = { "" };

  ck_assert_ptr_null (plan ("b1*x", "b1=1", &s, &err));
  ck_assert_str_eq (err.text, "this bagdrop was built without muParser, which "
                              "reads formulas");
  sample_free (&s);
}
END_TEST

#endif

int
main (void)
{
  Suite *s = suite_create ("nls");
  TCase *t = tcase_create ("nls");
  SRunner *r = srunner_create (s);

  gsl_set_error_handler_off ();
  for (int i = 0; i < ROWS; i++)
    ones[i] = 1;
#ifdef HAVE_MUPARSER
  tcase_add_loop_test (t, refuses, 0, LENGTH (bad));
  tcase_add_test (t, refuses_data);
  tcase_add_test (t, hostile);
  tcase_add_test (t, weight_is_a_count);
  tcase_add_loop_test (t, units, 0, 3);
  tcase_add_test (t, respond);
  tcase_add_test (t, fails);
  tcase_add_test (t, redundant);
  tcase_add_test (t, outside);
#else
  tcase_add_test (t, absent);
#endif
  suite_add_tcase (s, t);
  srunner_set_tap (r, "-");
  srunner_run_all (r, CK_SILENT);
  srunner_free (r);
  return EXIT_SUCCESS;
}
